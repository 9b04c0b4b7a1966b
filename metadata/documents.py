"""Pages of words to documents with their fields: the one place where the rules meet.

In: the pages of a file, or of consecutive single-page files. Out: documents in order, every page in exactly one; separator sheets
are in none.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dossier.model import Arrival, Document, Found, Page, Secrecy, document_id
from metadata.checks import doubted, doubts_inside, doubts_of
from metadata.citations.references import references_of
from metadata.closings.closing import Closing, closing_of
from metadata.closings.joint import issuers_of, joint_issuers
from metadata.field_confidence import FieldConfidence, calibrated, fitted
from metadata.heads.head_fields import HeadFields, read_head
from metadata.heads.passage import passed_on
from metadata.heads.stamps import own_print
from metadata.language import language_of
from metadata.mentions import mentions_of
from metadata.own_mentions import own_mentions, settled_date, settled_number
from metadata.packs import Pack, load_packs, record_of
from metadata.parting.annexes import annexes_of
from metadata.parting.boundaries import Stretch, is_annex, papers_in
from metadata.parting.front_matter import front_matter
from metadata.parting.page_evidence import PaperKind
from metadata.parting.separators import with_separator_fields
from metadata.pressed.arrival import arrival_of
from metadata.pressed.copies import copy_mark_of, mode_of, without_copy_block
from metadata.pressed.digital_signatures import signatures_of
from metadata.pressed.handwriting import autograph_of
from metadata.pressed.secrecy import secrecy_of
from metadata.sheets.layout import Sheet, sheet_of
from metadata.units import units_of

LOCAL_TIME = dt.timezone(dt.timedelta(hours=7))
_LEVELS = [level.value for level in (Secrecy.TOP_SECRET, Secrecy.SECRET, Secrecy.CONFIDENTIAL)]


def find_documents(
    pages: Sequence[Page],
    *,
    today: dt.date | None = None,
    confidence: FieldConfidence | None = None,
    packs: Sequence[Pack] | None = None,
) -> tuple[Document, ...]:
    """Split a stack of pages into documents and read the fields of each.

    Annexes, forms and blank backs stay with the document before them; the first page always begins one.

    Args:
        pages: in the order in which they lie.
        today: dates after it are doubted; None takes that of the clock in Việt Nam.
        confidence: curves for the fields; None takes the fitted ones.
        packs: of the dossier types whose papers are known; None takes those of the product.
    """
    curves = confidence or fitted()
    known = load_packs() if packs is None else packs
    day = today or dt.datetime.now(LOCAL_TIME).date()
    return tuple(_checked(_paper(stretch, curves, known), stretch, day) for stretch in papers_in(pages))


def _checked(document: Document, stretch: Stretch, today: dt.date) -> Document:
    """With doubts and today's units; a cover or list of papers need not have what a document must."""
    doubts = doubts_of(document, today=today) if stretch.kind is PaperKind.DOCUMENT else ()
    return replace(doubted(document, (*doubts_inside(stretch.doubtful), *doubts)), units=units_of(document))


def _paper(stretch: Stretch, curves: FieldConfidence, packs: Sequence[Pack]) -> Document:
    """The document of a stretch of pages, with what is known of it beyond its own words."""
    document = calibrated(replace(_document(stretch.pages, packs), boundary=stretch.boundary), curves)
    return with_separator_fields(front_matter(document, stretch), stretch.values)


def _document(pages: Sequence[Page], packs: Sequence[Pack]) -> Document:
    sheets = [sheet_of(page) for page in pages]
    printed = [sheet for sheet in sheets if sheet.page.lines]
    document = Document(id=document_id(pages[0].id), page_ids=tuple(page.id for page in pages), secrecy=_highest_mark(printed))
    if not printed:
        return document
    copied = copy_mark_of(printed)
    proper = without_copy_block(printed, copied)
    own = [own_print(sheet) for sheet in proper]
    parts = _parts(own or [own_print(printed[0])])
    document = _with_own_mentions(_with_head_and_closing(document, parts), own[1:])
    end = _position(pages, printed[len(own)]) if 0 < len(own) < len(printed) else len(pages)
    return replace(
        document,
        arrival=_first_arrival(printed),
        mode=mode_of(copied, document.signer_name or document.signer_position),
        language=language_of(parts.proper),
        page_amount=len(printed),
        autograph=autograph_of(printed),
        digital_signatures=tuple(signature for sheet in sheets for signature in signatures_of(sheet)),
        annexes=annexes_of(pages[:end], sheets, start=_position(pages, parts.annex) if parts.annex else end),
        references=references_of(
            own, own_number=document.number, own_date=document.issued_date.value if document.issued_date else None
        ),
        mentions=mentions_of(own),
        record=record_of(proper, packs),
    )


@dataclass(frozen=True, slots=True)
class _Parts:
    """The sheets of the document proper, what its head and its end say, and the sheet that begins its annexes."""

    proper: Sequence[Sheet]
    head: HeadFields
    closing: Closing
    annex: Sheet | None


def _parts(own: Sequence[Sheet]) -> _Parts:
    """An annex says so at its top, or stands behind the signature (PL I mục III.1)."""
    head = read_head(own[0])
    first_annex = next((number for number, sheet in enumerate(own) if number and is_annex(sheet)), len(own))
    closing = closing_of(own[:first_annex], head_end=head.end)
    if closing.position_in_stack is not None:
        first_annex = min(first_annex, closing.position_in_stack + 1)
    return _Parts(own[:first_annex], head, closing, own[first_annex] if first_annex < len(own) else None)


def _with_head_and_closing(document: Document, parts: _Parts) -> Document:
    head, closing = parts.head, parts.closing
    document = replace(
        document,
        organ_name=head.organ_name,
        parent_organ_name=head.parent_organ_name,
        code_number=head.code_number,
        code_notation=head.code_notation,
        number_joint=head.number_joint,
        issued_place=head.issued_place,
        issued_date=head.issued_date or passed_on(parts.proper),
        type_name=head.type_name,
        subject=head.subject,
        priority=head.priority,
        signer_name=closing.name,
        signer_position=closing.position,
        signer_authority=closing.authority,
        to_places=closing.to_places,
    )
    return _with_co_issuers(document, parts)


def _with_own_mentions(document: Document, later: Sequence[Sheet]) -> Document:
    """Annexes repeat number and date of their document."""
    mentions = tuple(own_mentions(later))
    number = settled_number(document.code_number, document.code_notation, mentions)
    return replace(document, code_number=number, issued_date=settled_date(document.issued_date, mentions))


def _with_co_issuers(document: Document, parts: _Parts) -> Document:
    """A joint document is issued by its chairing agency; the others follow with their own signatures."""
    notation = document.code_notation.value if document.code_notation else None
    joint = joint_issuers(parts.head.organs, notation)
    if joint is None:
        return document
    signed = parts.closing.position_in_stack
    sheet = parts.proper[signed] if signed is not None else None
    chair, *others = issuers_of(joint, sheet, below=0.0 if signed else parts.head.end)
    return replace(
        document,
        organ_name=chair.organ_name,
        parent_organ_name=joint.parent,
        signer_name=chair.signer_name or document.signer_name,
        signer_position=chair.signer_position or document.signer_position,
        signer_authority=chair.signer_authority if chair.signer_name else document.signer_authority,
        co_issuers=tuple(others),
    )


def _position(pages: Sequence[Page], sheet: Sheet) -> int:
    return next(number for number, page in enumerate(pages) if page.id == sheet.page.id)


def _first_arrival(sheets: Sequence[Sheet]) -> Arrival | None:
    return next((arrival for sheet in sheets if (arrival := arrival_of(sheet))), None)


def _highest_mark(sheets: Sequence[Sheet]) -> Found | None:
    marks = [mark for sheet in sheets if (mark := secrecy_of(sheet))]
    return min(marks, key=lambda mark: _LEVELS.index(mark.value)) if marks else None
