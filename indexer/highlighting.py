"""Says why a page matched: snippets with marked words, and the boxes of those words on the page image.

In: text or a page, and the query's tree. Out: plain text with the spans to mark (`Snippet.html` escapes and marks), boxes.
The analysis is the index's own, so the words that matched are the words that are marked.
"""

from __future__ import annotations

import html
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dossier.model import Box, Page, Word, enclosing
from dossier.text import Token
from indexer.matching import Match, find_matches, tokens_of
from indexer.query import Query

WINDOW = 30
"""Words in a snippet."""


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of text, NOT escaped, and the spans [start, end) in it to mark."""

    text: str
    spans: tuple[tuple[int, int], ...]

    def html(self) -> str:
        """The snippet escaped for HTML, matches inside `<em>`."""
        parts, at = [], 0
        for start, end in self.spans:
            parts += [html.escape(self.text[at:start]), "<em>", html.escape(self.text[start:end]), "</em>"]
            at = end
        return "".join([*parts, html.escape(self.text[at:])])


@dataclass(frozen=True, slots=True)
class MatchedBox:
    """Where a match stands on the page: one box a line of print. `exact`: its marks are the ones asked for."""

    box: Box
    text: str
    exact: bool


def highlight(text: str, query: Query, *, wide: bool = False, count: int = 3, window: int = WINDOW) -> tuple[Snippet, ...]:
    """Best snippets of `text`, best first; none when nothing matches.

    Args:
        text: as the store keeps it.
        query: the tree.
        wide: as in `Results.wide`.
        count: most snippets.
        window: words in each.
    """
    tokens = tokens_of(text)
    matches = find_matches(tokens, query, wide=wide)
    snippets = []
    for first, last in _windows(matches, len(tokens), count, window):
        inside = [match for match in matches if first <= match.first and match.last <= last]
        start, end = tokens[first].start, tokens[last].end
        spans = _merged((tokens[match.first].start - start, tokens[match.last].end - start) for match in inside)
        snippets.append(Snippet(text[start:end].replace("\n", " "), tuple(spans)))
    return tuple(snippets)


def _windows(matches: Sequence[Match], tokens: int, count: int, window: int) -> Iterator[tuple[int, int]]:
    """Windows of token indices, best first: most distinct words of the query, then exact over folded, then earliest."""
    left = list(matches)
    for _ in range(count):
        best: tuple[tuple[int, int, int], list[Match]] | None = None
        for index, match in enumerate(left):
            inside = [other for other in left[index:] if other.last < match.first + window]
            worth = (
                sum(len(leaf.split()) for leaf in {other.leaf for other in inside}),
                sum(other.exact for other in inside),
                -match.first,
            )
            if inside and (best is None or worth > best[0]):
                best = (worth, inside)
        if best is None:
            return
        inside = best[1]
        spare = max(0, window - (inside[-1].last - inside[0].first + 1))
        first = max(0, inside[0].first - spare // 2)
        last = min(tokens - 1, max(first + window - 1, inside[-1].last))
        yield first, last
        left = [match for match in left if match.last < first or match.first > last]


def _merged(spans: Iterator[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def matched_boxes(page: Page, query: Query, *, wide: bool = False) -> tuple[MatchedBox, ...]:
    """Boxes of the words that matched, joined along each line of print, in reading order."""
    tokens = tokens_of(page.text)
    matches = find_matches(tokens, query, wide=wide)
    words = list(_placed_words(page))
    boxes: list[MatchedBox] = []
    for match in matches:
        touched = list(_touched(words, tokens[match.first : match.last + 1]))
        for number in dict.fromkeys(line for line, _ in touched):
            on_line = [word for line, word in touched if line == number]
            box = MatchedBox(enclosing(word.box for word in on_line), " ".join(word.text for word in on_line), match.exact)
            if box not in boxes:
                boxes.append(box)
    return tuple(boxes)


def _placed_words(page: Page) -> Iterator[tuple[int, int, int, Word]]:
    """Words with the characters [start, end) of `Page.text` they stand for, and their line."""
    at = 0
    for number, line in enumerate(page.lines):
        for word in line.words:
            yield at, at + len(word.text), number, word
            at += len(word.text) + 1
        if not line.words:
            at += 1  # an empty line still has its line break


def _touched(words: Sequence[tuple[int, int, int, Word]], tokens: Sequence[Token]) -> Iterator[tuple[int, Word]]:
    """Words that a run of tokens stands in, with their lines."""
    at = max(0, bisect_right(words, tokens[0].start, key=lambda placed: placed[0]) - 1)
    for start, end, line, word in words[at:]:
        if start >= tokens[-1].end:
            return
        if any(token.start < end and start < token.end for token in tokens):
            yield line, word
