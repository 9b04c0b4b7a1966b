"""Shapes of a search inside one document or one page."""

from __future__ import annotations

from pydantic import BaseModel, Field

from dossier.model import Page
from indexer import MatchedBox, Query, matched_boxes
from search_api.shapes.pages import WordShape
from search_api.shapes.places import corners
from search_api.shapes.search import MatchedBoxShape


class MarkedWordShape(WordShape):
    """A word where it stands; `matched` when the query is about it."""

    matched: bool


class WordsShape(BaseModel):
    """The words of a page and which of them match."""

    page: str = Field(description="Id of the page.")
    width: int = Field(description="Width of the upright page in pixels; boxes count in these.")
    height: int
    dpi: int
    query: str
    interpreted: str = Field(description="How it was read, in the query language itself; empty without a query.")
    wide: bool = Field(description="Words typed without marks were looked for anywhere on the page, not side by side.")
    words: list[MarkedWordShape]
    boxes: list[MatchedBoxShape] = Field(description="The matches; one over two lines of print has two boxes.")


def words_shape(page: Page, asked: str, query: Query | None, interpreted: str, *, wide: bool) -> WordsShape:
    """The words of a page with the matches of a query."""
    boxes = matched_boxes(page, query, wide=wide) if query is not None else ()
    return WordsShape(
        page=page.id,
        width=page.width,
        height=page.height,
        dpi=page.dpi,
        query=asked,
        interpreted=interpreted,
        wide=wide,
        words=[
            MarkedWordShape(
                text=word.text, box=corners(word.box), confidence=word.confidence, matched=_is_inside(*word.box.centre, boxes)
            )
            for line in page.lines
            for word in line.words
        ],
        boxes=box_shapes(boxes),
    )


def box_shapes(boxes: tuple[MatchedBox, ...]) -> list[MatchedBoxShape]:
    """Boxes of matches as the API answers them."""
    return [MatchedBoxShape(box=corners(match.box), text=match.text, exact=match.exact) for match in boxes]


def _is_inside(across: float, down: float, boxes: tuple[MatchedBox, ...]) -> bool:
    return any(one.box.x0 <= across < one.box.x1 and one.box.y0 <= down < one.box.y1 for one in boxes)
