"""Where the words of a question stand inside one document. In: the words, a document, the index. Out: pages, and what to mark."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dossier.errors import BadQuery, Unavailable
from dossier.model import Page, Reader, Word
from indexer import Index, MatchedBox, Query, matched_boxes, parse_query

MOST_HIT_PAGES = 60
"""Links to pages with matches above the page."""


@dataclass(frozen=True, slots=True)
class Matching:
    """The words of a question inside one document; `error` says why there are none to mark."""

    query: Query | None = None
    wide: bool = False
    pages: tuple[int, ...] = ()
    error: BadQuery | None = None

    def boxes(self, page: Page) -> tuple[MatchedBox, ...]:
        """Boxes of the matches on a page."""
        return matched_boxes(page, self.query, wide=self.wide) if self.query is not None else ()


def find_in_document(text: str, document_id: str, open_index: Callable[[], Index], *, reader: Reader) -> Matching:
    """Where the words of a question are in one document, read as the search read them.

    Words typed without marks count side by side first; where that finds nothing here, anywhere. Without the search engine the
    page shown can still be marked, only the list of pages is missing.
    """
    try:
        query = parse_query(text)
    except BadQuery as error:
        return Matching(error=error)
    try:
        index = open_index()
        for wide in (False, True):
            found = index.search_pages(query, [document_id], reader=reader, wide=wide, per_document=MOST_HIT_PAGES).get(document_id)
            if found is not None and found.hits:
                return Matching(query, wide, tuple(sorted(hit.number for hit in found.hits)))
    except Unavailable:
        return Matching(query, wide=True)
    return Matching(query, wide=True)


def is_marked(word: Word, boxes: tuple[MatchedBox, ...]) -> bool:
    """Whether a word lies in the box of a match: then its text beside the picture is marked too."""
    across, down = word.box.centre
    return any(
        match.box.x0 <= across < match.box.x1 and match.box.y0 <= down < match.box.y1 and word.text in match.text.split(" ")
        for match in boxes
    )
