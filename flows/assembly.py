"""From the pages of a dossier to its documents, once every page of a stack has its state.

In: the ledger's pages and the shelf. Out: documents on the shelf and in the catalogue (and so in the outbox). A document with a
secrecy mark is stopped whole: all its pages, words and images are purged, its original goes to quarantine.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from pathlib import Path

from dossier.catalogues import Procedure, read_procedures
from dossier.model import Barcode, Box, Document, Line, Page, PageState, Provenance, ScanFormat, Symbology, Word
from dossier.settings import AccessSettings, MetadataSettings
from flows.access_rules import UNSAID, base_access
from flows.folders import natural_key
from metadata import find_documents, is_separator, look_over
from metadata.packs import NO_PROCEDURES, Pack, load_packs
from store import DossierRecord, FileRecord, FileState, PageRecord, Reason, Store

_SINGLE_IMAGES = frozenset(ScanFormat) - {ScanFormat.PDF}
_NOBODY = Provenance("none", "", "", "", "", ())


@dataclass(frozen=True, slots=True)
class StackSheet:
    """A page of a stack and the file it came in."""

    file: FileRecord
    record: PageRecord


def assemble(
    dossier: DossierRecord,
    store: Store,
    *,
    packs: Sequence[Pack] | None = None,
    procedures: Mapping[str, Procedure] = NO_PROCEDURES,
    access: AccessSettings = UNSAID,
) -> None:
    """Find the documents of a dossier and record what changed; doing it again changes nothing.

    Args:
        dossier: whose pages all have their state.
        store: where it rests.
        packs: data packs of the papers that are known; None takes those of the product.
        procedures: the office's catalogue of procedures by code.
        access: who may see what nothing else is said of.
    """
    found: list[Document] = []
    stopped: list[Document] = []
    stacks: list[list[Page]] = []
    texts: dict[str, str] = {}
    waived = store.releases.waived(dossier.id)
    for stack in stacks_of(store, dossier.id):
        if any(sheet.record.state is PageState.PENDING for sheet in stack):
            continue
        by_id = {sheet.record.id: sheet for sheet in stack}
        pages = {sheet.record.id: _page(store, sheet) for sheet in stack}
        shown = set(pages)
        for document in find_documents(list(pages.values()), packs=packs):
            sheets = [by_id[identifier] for identifier in document.page_ids]
            document = _without_waived(document, waived)
            if document.secrecy is not None or any(sheet.record.state is PageState.STOPPED for sheet in sheets):
                _stop(store, sheets)
                told = _sheets_before(stack, document, pages)
                _stop_separators(store, told)
                stopped.append(Document(id=document.id, page_ids=document.page_ids))
                shown -= {*document.page_ids, *(sheet.record.id for sheet in told)}
            else:
                found.append(document)
                texts[document.id] = "\n".join(pages[identifier].text for identifier in document.page_ids)
        stacks.append([page for identifier, page in pages.items() if identifier in shown])
    findings, documents = look_over(stacks, found, packs=packs, procedures=procedures)
    for document in documents:
        store.shelf.save_document(dossier.id, document)
    store.shelf.save_findings(dossier.id, findings)
    # Before the documents are announced: no index may learn of one without knowing who may see it.
    store.access.note(dossier.id, base_access(documents, load_packs() if packs is None else packs, access))
    store.catalogue.record(dossier.id, documents, stopped, texts)
    store.shelf.keep_documents(dossier.id, {document.id for document in documents})
    _bring_back(store, dossier.id)
    store.shelf.save_dossier(store.dossier(dossier.id))
    store.ledger.finish_assembly(dossier.id)


def _without_waived(document: Document, waived: Collection[str]) -> Document:
    """Without a mark that a person has found to be none."""
    mark = document.secrecy
    return replace(document, secrecy=None) if mark is not None and mark.page_id in waived else document


def _bring_back(store: Store, dossier_id: str) -> None:
    """Originals of which nothing is stopped any more leave the quarantine; until every page is read again they stay there."""
    for file in store.ledger.files(dossier_id):
        if file.state is FileState.OPEN:
            states = {page.state for page in store.ledger.pages(file.id)}
            if not states & {PageState.STOPPED, PageState.PENDING}:
                store.shelf.bring_back_original(dossier_id, file.sha256, Path(file.name).suffix.lower())


def assemble_all(store: Store, settings: MetadataSettings, access: AccessSettings = UNSAID) -> None:
    """Find the documents of every dossier anew from its pages: after new packs, catalogues or an upgrade; no page is read again.

    Raises:
        BadFacts, BadCatalogue: a pack or catalogue of the office cannot be used.
    """
    packs = load_packs(settings.packs)
    procedures = read_procedures(settings.procedures) if settings.procedures else NO_PROCEDURES
    for dossier in store.ledger.dossiers():
        if not store.ledger.pending_pages(dossier.id):
            assemble(dossier, store, packs=packs, procedures=procedures, access=access)


def stacks_of(store: Store, dossier_id: str) -> Iterator[list[StackSheet]]:
    """Pages that may form documents together: each PDF or multi-page TIFF alone, single images in a row as one stack."""
    row: list[StackSheet] = []
    files = [file for file in store.ledger.files(dossier_id) if file.state is FileState.OPEN]
    for file in sorted(files, key=lambda file: natural_key(file.name)):
        sheets = [StackSheet(file, record) for record in store.ledger.pages(file.id)]
        if file.format in _SINGLE_IMAGES and len(sheets) == 1:
            row += sheets
            continue
        if row:
            yield row
        row = []
        yield sheets
    if row:
        yield row


def _page(store: Store, sheet: StackSheet) -> Page:
    """The page as read, or an empty stand-in for one that was set aside or stopped, so that every page stays in its place."""
    if store.shelf.has_page(sheet.file.dossier_id, sheet.record.id):
        return store.shelf.page(sheet.file.dossier_id, sheet.record.id)
    facts = sheet.record.reason.facts if sheet.record.reason is not None else {}
    lines, codes = _HEAD if facts.get("starts") else (), (_SEPARATES,) if facts.get("separator") else ()
    return replace(_EMPTY, id=sheet.record.id, number=sheet.record.number, lines=lines, barcodes=codes)


def _stop(store: Store, sheets: list[StackSheet]) -> None:
    for position, sheet in enumerate(sheets):
        if sheet.record.state is not PageState.STOPPED:
            # Before its words go: that a document starts here is remembered, or the next assembly would join it to the one before.
            reason = Reason("secret", {"starts": int(position == 0)})
            store.ledger.finish_page(sheet.file.id, sheet.record.number, PageState.STOPPED, reason)
        _purge(store, sheet)


def _purge(store: Store, sheet: StackSheet) -> None:
    store.shelf.purge_page(sheet.file.dossier_id, sheet.record.id)
    store.shelf.quarantine_original(sheet.file.dossier_id, sheet.file.sha256, Path(sheet.file.name).suffix.lower())


def _sheets_before(stack: list[StackSheet], document: Document, pages: Mapping[str, Page]) -> list[StackSheet]:
    """The separator sheets right before a document: they may say what it is about."""
    first = next(place for place, sheet in enumerate(stack) if sheet.record.id == document.page_ids[0])
    before = takewhile(lambda sheet: is_separator(page := pages[sheet.record.id]) or page.blank, reversed(stack[:first]))
    return [sheet for sheet in before if is_separator(pages[sheet.record.id])]


def _stop_separators(store: Store, sheets: list[StackSheet]) -> None:
    for sheet in sheets:
        if sheet.record.state is not PageState.STOPPED:
            store.ledger.finish_page(sheet.file.id, sheet.record.number, PageState.STOPPED, Reason("secret", {"separator": 1}))
        _purge(store, sheet)


def _head_lines() -> tuple[Line, ...]:
    """Quốc hiệu and tiêu ngữ where they stand on an A4 page: the head that is on every document and no secret."""
    texts = (("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 160), ("Độc lập - Tự do - Hạnh phúc", 210))
    lines = []
    for text, top in texts:
        words, left = [], 800
        for part in text.split():
            words.append(Word(part, Box(left, top, left + 14 * len(part), top + 30), 1.0))
            left += 14 * len(part) + 12
        lines.append(Line(Box(800, top, left, top + 30), tuple(words)))
    return tuple(lines)


_HEAD = _head_lines()
_SEPARATES = Barcode(Symbology.PATCH_T, "", Box(0, 0, 1, 1))
_EMPTY = Page(
    id="",
    number=1,
    width=1654,
    height=2339,
    dpi=200,
    rotation_deg=0,
    skew_deg=0.0,
    lines=(),
    blank=False,
    issues=("set_aside",),
    provenance=_NOBODY,
)
