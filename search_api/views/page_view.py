"""The page shown by the viewer: picture with boxes, what kind of page it is, text with the matches marked.

In: a page that was read, the rows beside it, the matches. Out: values for the template.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from dossier.messages import Messages
from dossier.model import Box, Line, Page, PageKind
from indexer import MatchedBox
from search_api.masking import masked_words
from search_api.views.matches import Matching, is_marked
from search_api.views.rows import FieldView

DOUBTFUL = 0.6
"""Words read with less confidence than this are underlined; a choice for the eye, not a measured bound."""

_PLAIN = frozenset({PageKind.BLANK, PageKind.HANDWRITTEN, PageKind.FORM, PageKind.DRAWING})
"""Kinds of paper; every other kind says something of the scan, which a person may want to look at or make again."""


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A box of the overlay, in pixels of the upright page."""

    x: int
    y: int
    width: int
    height: int
    text: str = ""
    field: str = ""
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class WordView:
    """A word of the text beside the picture."""

    text: str
    matched: bool
    unsure: bool


@dataclass(frozen=True, slots=True)
class VerdictView:
    """What the page is; `bad` when a person should look at it."""

    label: str
    bad: bool


@dataclass(frozen=True, slots=True)
class PageView:
    """The page shown."""

    id: str
    width: int
    height: int
    blank: bool
    confidence: float
    has_picture: bool
    verdicts: list[VerdictView]
    lines: list[list[WordView]]
    overlays: list[str]
    match_boxes: list[Rectangle]
    field_boxes: list[Rectangle]
    overlay_boxes: list[Rectangle]


def page_view(
    page: Page,
    rows: Iterable[FieldView],
    matching: Matching,
    hidden: Collection[str],
    *,
    has_picture: bool,
    messages: Messages,
) -> PageView:
    """One page with the boxes of every row that it shows; `hidden`: numbers of people to mask in its text."""
    matches = matching.boxes(page)
    return PageView(
        id=page.id,
        width=page.width,
        height=page.height,
        blank=page.blank,
        confidence=page.confidence,
        has_picture=has_picture,
        verdicts=[
            VerdictView(messages.text(f"web_verdict.{verdict.kind.value}"), verdict.kind not in _PLAIN) for verdict in page.verdicts
        ],
        lines=[_words(line, matches, hidden) for line in page.lines],
        overlays=[line.text for line in page.overlays],
        match_boxes=[_rectangle(match.box, text=match.text) for match in matches],
        field_boxes=[
            _rectangle(row.box, field=row.name, chosen=row.chosen) for row in rows if row.box is not None and row.page_id == page.id
        ],
        overlay_boxes=[_rectangle(line.box, text=line.text) for line in page.overlays],
    )


def _words(line: Line, matches: tuple[MatchedBox, ...], hidden: Collection[str]) -> list[WordView]:
    """The words of a line; hidden numbers are masked unless they are what was asked for."""
    texts = masked_words([word.text for word in line.words], hidden) if hidden else [word.text for word in line.words]
    views = []
    for word, text in zip(line.words, texts, strict=True):
        marked = is_marked(word, matches)
        views.append(WordView(word.text if marked else text, marked, word.confidence < DOUBTFUL))
    return views


def _rectangle(box: Box, *, text: str = "", field: str = "", chosen: bool = False) -> Rectangle:
    return Rectangle(box.x0, box.y0, box.width, box.height, text, field, chosen)
