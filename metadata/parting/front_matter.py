"""Covers (bìa hồ sơ) and lists of papers (mục lục văn bản) as documents, and what they say of the dossier.

In: pages, or the stretch of pages that is such a paper. Out: its `Document`; the facts of a cover and the rows of a list, which
belong to the dossier and not to any document.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dossier.model import Document, Found, ListedPaper, Page, document_id
from metadata.parting.boundaries import Stretch, papers_in
from metadata.parting.cover import cover_of
from metadata.parting.listing import listing_of
from metadata.parting.page_evidence import PaperKind
from metadata.parting.separators import separator_facts
from metadata.sheets.layout import Sheet, found, sheet_of

COVER_NAME, LISTING_NAME = "Bìa hồ sơ", "Mục lục văn bản"
"""Names of these papers as types; TT 05/2025/TT-BNV knows them as "khác"."""


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What a stack says of its dossier.

    Attributes:
        cover: fields of the cover, or of separator sheets, by the attribute names of `ArchivalFacts`.
        listing: rows of the list of papers.
        document_ids: the documents that are cover or list: they are not papers that a list would name.
    """

    cover: dict[str, Found]
    listing: tuple[ListedPaper, ...]
    document_ids: tuple[str, ...]


def front_matter(document: Document, stretch: Stretch) -> Document:
    """The document of a cover or list: its kind as type, the dossier's title as subject, and no number, signer or recipients."""
    if stretch.kind is PaperKind.DOCUMENT:
        return document
    sheet = sheet_of(stretch.pages[0])
    name = COVER_NAME if stretch.kind is PaperKind.COVER else LISTING_NAME
    kept = Document(id=document.id, page_ids=document.page_ids, boundary=stretch.boundary, secrecy=document.secrecy)
    return replace(
        kept,
        type_name=_named(sheet, name),
        subject=cover_of(sheet).get("title") if stretch.kind is PaperKind.COVER else None,
        language=document.language,
        page_amount=document.page_amount,
        autograph=document.autograph,
    )


def front_matter_of(pages: Sequence[Page]) -> FrontMatter:
    """Read covers, lists of papers and separator sheets of a stack; the first cover and what it says first count."""
    cover: dict[str, Found] = {}
    rows: list[ListedPaper] = []
    ids: list[str] = []
    for stretch in papers_in(pages):
        if stretch.kind is PaperKind.COVER:
            cover = {**cover_of(sheet_of(stretch.pages[0])), **cover}
        elif stretch.kind is PaperKind.LISTING:
            rows += listing_of(stretch.pages)
        if stretch.kind is not PaperKind.DOCUMENT:
            ids.append(stretch.pages[0].id)
    return FrontMatter({**cover, **separator_facts(pages)}, tuple(rows), tuple(document_id(identifier) for identifier in ids))


def _named(sheet: Sheet, name: str) -> Found:
    return found(sheet, name, sheet.segments[:1], strength=0.95, source="tcvn9251.kind" if name == COVER_NAME else "nd30.pl5.kind")
