"""Where words stand inside one document, in its order of pages.

In: the words of a question, the document, the index. Out: places with what stands before and after them on their line.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dossier.model import Box, Document, Line, Page, Reader
from dossier.text import fold, tokenise
from indexer import Index, MatchedBox, Query, matched_boxes, parse_query
from search_api.access import Gate
from search_api.iiif.canvases import Frame, frame_of, page_if_read

PAGES_AT_ONCE = 50
"""Pages with matches in one answer; the rest is behind `next`."""

_CONTEXT = 8
"""Words before and after a match."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A match on one line of print, its box on the canvas; `line` counts from 1 as the annotations of the page do."""

    page_id: str
    line: int
    text: str
    before: str
    after: str
    box: Box


@dataclass(frozen=True, slots=True)
class Spots:
    """Matches on some pages of a document; `more` when further pages match."""

    found: tuple[Spot, ...]
    more: bool


def spots_of(words: str, document: Document, gate: Gate, index: Index, *, part: int = 1, at_once: int = PAGES_AT_ONCE) -> Spots:
    """The matches of `words` in a document, read as the search reads them.

    Args:
        words: in the query language.
        document: one that the reader may see.
        gate: to its pages.
        index: knows which of them match.
        part: from 1.
        at_once: pages with matches in a part.

    Raises:
        BadQuery: when the words cannot be understood.
        Unavailable: when the search engine does not answer.
    """
    query = parse_query(words)
    matching, wide = _matching_pages(query, document, index, gate.reader)
    start = (part - 1) * at_once
    pages = [page_if_read(gate, page_id) for page_id in matching[start : start + at_once]]
    found = tuple(spot for page in pages if page is not None for spot in _spots(page, frame_of(gate, page), query, wide))
    return Spots(found, more=len(matching) > start + at_once)


def completions(prefix: str, document: Document, gate: Gate, *, least: int, limit: int) -> list[tuple[str, int]]:
    """Words of a document that begin with `prefix`, marks or not, and how often they stand in it; most frequent first."""
    wanted = fold(prefix.strip().lower())
    counts: Counter[str] = Counter()
    for page_id in document.page_ids:
        page = page_if_read(gate, page_id)
        if page is not None:
            counts.update(token.ex for token in tokenise(page.text) if token.fo.startswith(wanted))
    ordered = sorted(counts.items(), key=lambda counted: (-counted[1], counted[0]))
    return [(word, count) for word, count in ordered if count >= least][:limit]


def _matching_pages(query: Query, document: Document, index: Index, reader: Reader) -> tuple[list[str], bool]:
    """Pages of the document that match, in its order, and whether words typed without marks count wherever they stand."""
    for wide in (False, True):
        found = index.search_pages(query, [document.id], reader=reader, wide=wide, per_document=len(document.page_ids))
        hits = found.get(document.id)
        if hits is not None and hits.hits:
            matched = {hit.page_id for hit in hits.hits}
            return [page_id for page_id in document.page_ids if page_id in matched], wide
    return [], True


def _spots(page: Page, frame: Frame, query: Query, wide: bool) -> Iterator[Spot]:
    for match in matched_boxes(page, query, wide=wide):
        for number, line in enumerate(page.lines, start=1):
            inside = [at for at, word in enumerate(line.words) if _lies_in(word.box, match)]
            words = [word.text for word in line.words]
            if inside and " ".join(words[inside[0] : inside[-1] + 1]) == match.text:
                before, after = _around(page.lines, number - 1, inside[0], inside[-1] + 1)
                yield Spot(page.id, number, match.text, before, after, frame.fit(match.box))
                break


def _around(lines: Sequence[Line], line: int, start: int, end: int) -> tuple[str, str]:
    """The words before and after, over the ends of the line."""
    words = [word.text for word in lines[line].words]
    earlier = [word.text for word in lines[line - 1].words] if line else []
    later = [word.text for word in lines[line + 1].words] if line + 1 < len(lines) else []
    before = [*earlier, *words[:start]][-_CONTEXT:]
    after = [*words[end:], *later][:_CONTEXT]
    return " ".join([*before, ""]), " ".join(["", *after])


def _lies_in(box: Box, match: MatchedBox) -> bool:
    outer = match.box
    return outer.x0 <= box.x0 and box.x1 <= outer.x1 and outer.y0 <= box.y0 and box.y1 <= outer.y1
