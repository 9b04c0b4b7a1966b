"""A dossier as one reader sees it: made of the documents that he may see, as if there were no others.

In: a store, a dossier, the rows of the documents that he may see. Out: a `Dossier`. Left out is what comes from looking at all of
its papers at once and would tell of closed ones: how many leaves it has, which papers it lacks, which numbers are out of order.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from dossier.model import Document, Dossier, DossierStatus, Findings, Found, ListedPaper, StoredFile
from store import DocumentRow, FileState, Store, StoredDocument

_SERIES = frozenset({"number_twice", "number_out_of_order"})
"""Doubts that come from comparing the documents of a dossier."""


def without_series_doubts(stored: StoredDocument) -> StoredDocument:
    """A document without doubts that tell of others."""
    return replace(stored, document=_without_series_doubts(stored.document))


def dossier_of(store: Store, dossier_id: str, rows: Sequence[DocumentRow], *, whole: bool = True) -> Dossier:
    """The dossier of these documents; without `whole` only its heading."""
    record = store.ledger.dossier(dossier_id)
    lost = store.page_owners.any_set_aside([row.id for row in rows])
    heading = Dossier(
        id=record.id,
        name=record.name,
        facts=replace(record.facts, leaves=None),
        status=DossierStatus.PARTIAL if lost else DossierStatus.COMPLETE,
        files=(),
        documents=(),
    )
    if not whole:
        return heading
    documents = tuple(_without_series_doubts(store.shelf.document(dossier_id, row.id)) for row in rows)
    pages = frozenset(page_id for document in documents for page_id in document.page_ids)
    findings = _findings(store.shelf.findings(dossier_id), documents, pages)
    return replace(heading, files=tuple(_files(store, dossier_id, pages)), documents=documents, findings=findings)


def _files(store: Store, dossier_id: str, pages: Collection[str]) -> Iterator[StoredFile]:
    """Files with visible pages, as if these were all of their pages."""
    for file in store.ledger.files(dossier_id):
        count = sum(page.id in pages for page in store.ledger.pages(file.id)) if file.state is FileState.OPEN else 0
        if count:
            yield StoredFile(file.name, file.sha256, count)


def _without_series_doubts(document: Document) -> Document:
    kept = tuple(doubt for doubt in document.doubts if doubt.code not in _SERIES)
    return replace(document, doubts=kept)


def _findings(findings: Findings, documents: Sequence[Document], pages: Collection[str]) -> Findings:
    """What visible pages say: of the cover, and rows of the dossier's list that are of no closed paper."""
    ids = frozenset(document.id for document in documents)
    return Findings(
        cover={name: found for name, found in findings.cover.items() if found.page_id in pages and name != "leaves"},
        listing=tuple(row for row in findings.listing if _is_open(row, ids, pages)),
        extra=tuple(identifier for identifier in findings.extra if identifier in ids),
        front=tuple(identifier for identifier in findings.front if identifier in ids),
    )


def _is_open(row: ListedPaper, ids: Collection[str], pages: Collection[str]) -> bool:
    said: list[Found] = [found for found in (row.number, row.issued_date, row.subject, row.organ_name) if found is not None]
    return (row.document_id is None or row.document_id in ids) and all(found.page_id in pages for found in said)
