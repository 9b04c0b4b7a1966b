"""Shapes of pages: words where they stand, tables, marks laid over, verdicts. In: `dossier.model.Page`."""

from __future__ import annotations

from pydantic import BaseModel, Field

from dossier.model import Line, Page, PageKind, Symbology
from search_api.shapes.places import Corners, PageLinks, corners, page_links
from search_api.shapes.search import MatchedBoxShape


class VerdictShape(BaseModel):
    """A finding about a whole page."""

    kind: PageKind
    confidence: float


class PageMatchShape(BaseModel):
    """What matches on a page."""

    score: float
    snippets: list[str] = Field(description="Pieces of text, escaped for HTML, matches inside <em>; best first.")
    boxes: list[MatchedBoxShape]


class PageEntryShape(BaseModel):
    """A page in the list of a document's pages."""

    id: str
    page: int = Field(description="Position in the document, from 1.")
    available: bool = Field(description="False when the page was set aside: then it has neither words nor picture.")
    blank: bool | None = Field(description="Known to carry no text; null when not available.")
    width: int | None
    height: int | None
    confidence: float | None
    verdicts: list[VerdictShape] = Field(description="What the page is: turned, low resolution, handwritten, form, drawing ...")
    links: PageLinks | None
    match: PageMatchShape | None = Field(None, description="What matches on it, when words were asked for.")


class PagesShape(BaseModel):
    """All pages of a document, or those on which certain words stand."""

    document: str
    items: list[PageEntryShape]
    query: str = Field("", description="What was asked.")
    interpreted: str = Field("", description="How it was read, in the query language itself.")
    wide: bool = Field(False, description="Words typed without marks were looked for anywhere on a page, not side by side.")


class WordShape(BaseModel):
    """A word where it stands."""

    text: str
    box: Corners
    confidence: float


class CellPlaceShape(BaseModel):
    """Where a line stands in a ruled table; all counted from 0."""

    table: int
    row: int
    column: int


class LineShape(BaseModel):
    """A line of print."""

    text: str
    box: Corners
    confidence: float
    ink: str
    cell: CellPlaceShape | None
    words: list[WordShape]


class TableShape(BaseModel):
    """A ruled table; its text is in the lines that name it."""

    box: Corners
    rows: int
    columns: int


class BarcodeShape(BaseModel):
    """A bar code with its content."""

    symbology: Symbology
    text: str
    box: Corners


class PageShape(BaseModel):
    """A page that was read: everything on it, where it stands, how sure the engine was."""

    id: str
    number: int = Field(description="Number of the page in its scan file, from 1.")
    width: int = Field(description="Width of the upright page in pixels; boxes count in these.")
    height: int
    dpi: int
    rotation_deg: int = Field(description="Clockwise turn that made the scan upright.")
    skew_deg: float
    blank: bool
    confidence: float
    issues: list[str] = Field(description="Codes of what a person should know about this page.")
    verdicts: list[VerdictShape] = Field(description="What the page is: turned, low resolution, handwritten, form, drawing ...")
    engine: str = Field(description="Reader and its version.")
    lines: list[LineShape]
    overlays: list[LineShape] = Field(description="Marks of digital signatures laid over the page; not part of `lines`.")
    tables: list[TableShape]
    barcodes: list[BarcodeShape]
    leaves: list[Corners] = Field(description="The two leaves of a spread, left then right; empty for a single page.")
    links: PageLinks


def page_entry(position: int, page_id: str, page: Page | None) -> PageEntryShape:
    """A page of a document; `page` is None when it was set aside."""
    return PageEntryShape(
        id=page_id,
        page=position,
        available=page is not None,
        blank=page and page.blank,
        width=page and page.width,
        height=page and page.height,
        confidence=page and round(page.confidence, 3),
        verdicts=_verdicts(page) if page else [],
        links=page_links(page_id) if page else None,
    )


def page_shape(page: Page) -> PageShape:
    """A page as the API answers it."""
    return PageShape(
        id=page.id,
        number=page.number,
        width=page.width,
        height=page.height,
        dpi=page.dpi,
        rotation_deg=page.rotation_deg,
        skew_deg=page.skew_deg,
        blank=page.blank,
        confidence=round(page.confidence, 3),
        issues=list(page.issues),
        verdicts=_verdicts(page),
        engine=f"{page.provenance.engine} {page.provenance.engine_version}",
        lines=[_line(line) for line in page.lines],
        overlays=[_line(line) for line in page.overlays],
        tables=[TableShape(box=corners(table.box), rows=table.rows, columns=table.columns) for table in page.tables],
        barcodes=[BarcodeShape(symbology=code.symbology, text=code.text, box=corners(code.box)) for code in page.barcodes],
        leaves=[corners(leaf) for leaf in page.leaves],
        links=page_links(page.id),
    )


def _verdicts(page: Page) -> list[VerdictShape]:
    return [VerdictShape(kind=verdict.kind, confidence=round(verdict.confidence, 3)) for verdict in page.verdicts]


def _line(line: Line) -> LineShape:
    place = line.cell
    return LineShape(
        text=line.text,
        box=corners(line.box),
        confidence=round(line.confidence, 3),
        ink=line.ink,
        cell=CellPlaceShape(table=place.table, row=place.row, column=place.column) if place else None,
        words=[WordShape(text=word.text, box=corners(word.box), confidence=word.confidence) for word in line.words],
    )
