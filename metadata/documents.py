"""Pages of words to documents with their fields: the one place where the rules meet.

In: the pages of a file, or of consecutive single-page files. Out: documents in order, every page in exactly one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from dossier.model import Document, Found, Page, Secrecy, document_id
from metadata.boundaries import first_pages, is_annex
from metadata.head_fields import HeadFields, read_head
from metadata.layout import Sheet, found, sheet_of
from metadata.recipients import recipients_heading, recipients_of
from metadata.secrecy import secrecy_of
from metadata.signer import Signer, signer_of
from metadata.stamps import own_print

_LEVELS = [level.value for level in (Secrecy.TOP_SECRET, Secrecy.SECRET, Secrecy.CONFIDENTIAL)]


def find_documents(pages: Sequence[Page]) -> tuple[Document, ...]:
    """Split a stack of pages into documents and read the fields of each.

    Annexes, forms and blank backs stay with the document before them; the first page always begins one.
    """
    edges = [*first_pages(pages), len(pages)]
    return tuple(_document(pages[start:end]) for start, end in pairwise(edges))


def _document(pages: Sequence[Page]) -> Document:
    printed = [sheet_of(page) for page in pages if page.lines]
    document = Document(id=document_id(pages[0].id), page_ids=tuple(page.id for page in pages), secrecy=_highest_mark(printed))
    sheets = [own_print(sheet) for sheet in printed]
    if not sheets:
        return document
    head = read_head(sheets[0])
    closing = _closing(sheets, head)
    return replace(
        document,
        organ_name=head.organ_name,
        parent_organ_name=head.parent_organ_name,
        code_number=head.code_number,
        code_notation=head.code_notation,
        issued_place=head.issued_place,
        issued_date=head.issued_date,
        type_name=head.type_name,
        subject=head.subject,
        priority=head.priority,
        signer_name=closing.name,
        signer_position=closing.position,
        to_places=closing.to_places,
    )


def _highest_mark(sheets: Sequence[Sheet]) -> Found | None:
    marks = [mark for sheet in sheets if (mark := secrecy_of(sheet))]
    return min(marks, key=lambda mark: _LEVELS.index(mark.value)) if marks else None


@dataclass(frozen=True, slots=True)
class _Closing:
    """Fields at the end of a document (ô 7 and 9b)."""

    name: Found | None = None
    position: Found | None = None
    to_places: tuple[Found, ...] = ()


def _closing(sheets: Sequence[Sheet], head: HeadFields) -> _Closing:
    """Read signature and recipients from the last page of the document proper that has them; annexes come after it."""
    own = [sheets[0]]
    for sheet in sheets[1:]:
        if is_annex(sheet):
            break
        own.append(sheet)
    for sheet in reversed(own):
        below = head.end if sheet is sheets[0] else 0.0
        heading = recipients_heading(sheet)
        signer = signer_of(sheet, below=max(below, heading.middle - 6 * sheet.line_height if heading else below))
        if heading is not None or (signer is not None and (signer.name or signer.position)):
            places = recipients_of(sheet, heading) if heading else ()
            return _with_evidence(
                sheet, signer, tuple(found(sheet, p.text, p.segments, strength=0.9, source="nd30.o9b.list") for p in places)
            )
    return _Closing()


def _with_evidence(sheet: Sheet, signer: Signer | None, to_places: tuple[Found, ...]) -> _Closing:
    if signer is None:
        return _Closing(to_places=to_places)
    name = position = None
    if signer.name is not None:
        name = found(sheet, signer.name, signer.name_segments, strength=signer.name_strength, source="nd30.o7b.name")
    if signer.position is not None:
        position = found(
            sheet, signer.position, signer.position_segments, strength=signer.position_strength, source="nd30.o7a.position"
        )
    return _Closing(name, position, to_places)
