"""Tells which paper of which pack a document is.

In: sheets as a `Run`, packs. Out: the paper whose phrases it bears, with how sure that is. Exact phrases in folded text choose the
few papers worth a closer look; only those are compared letter by letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

from metadata.packs.model import Anchor, AnchorPlace, Pack, Paper
from metadata.packs.runs import UPPER_PART, Run
from metadata.sheets.anchors import is_capitals, key, letters

LEAST = 0.6
"""Least sum of weights of a paper that is taken for one of the pack."""

TITLE_LIKENESS, PHRASE_LIKENESS = 84.0, 88.0
"""Least likeness (0-100) of a title's letters, and of a phrase in the text."""

STEEPNESS = 3.0
"""A phrase with errors counts by how much less than all of it is there: 90 % of its letters leave 70 % of its weight."""

SHORTEST = 8
"""Letters of the shortest phrase that may be found with errors."""

TITLE_LINES = 4
"""A title runs over so many lines at most."""

_NOT_LETTERS = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Match:
    """A paper that was recognised, and how sure that is (0-1)."""

    pack: Pack
    paper: Paper
    confidence: float


@dataclass(frozen=True, slots=True)
class _Texts:
    """What anchors are looked for in: title lines (letters only), the upper part of page 1 and all of it (folded words)."""

    titles: tuple[str, ...]
    upper: str
    whole: str


@dataclass(frozen=True, slots=True)
class _Phrase:
    """An anchor made ready for comparing."""

    anchor: Anchor
    words: str
    letters: str


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A paper with its phrases."""

    pack: Pack
    paper: Paper
    phrases: tuple[_Phrase, ...]


def match_of(run: Run, packs: Sequence[Pack]) -> Match | None:
    """The paper that the run bears the most signs of, or None."""
    candidates, titles = _candidates(tuple(packs))
    texts = _texts(run)
    near = set(_near_titles(texts, titles))
    best: tuple[float, int, _Candidate] | None = None
    for number, candidate in enumerate(candidates):
        if number not in near and not any(_exact(texts, phrase) for phrase in candidate.phrases if phrase.anchor.weight > 0):
            continue
        score, shown = _score(texts, candidate)
        if score >= LEAST and (best is None or (score, shown) > best[:2]):
            best = score, shown, candidate
    if best is None:
        return None
    return Match(best[2].pack, best[2].paper, round(min(0.99, best[0]), 3))


def flat(text: str) -> str:
    """Folded words of a text with single spaces, without any other character."""
    return _NOT_LETTERS.sub(" ", key(text)).strip()


@lru_cache(maxsize=8)
def _candidates(packs: tuple[Pack, ...]) -> tuple[tuple[_Candidate, ...], dict[int, str]]:
    """All papers, and their titles by a number that tells the paper: `number // 100`."""
    candidates: list[_Candidate] = []
    titles: dict[int, str] = {}
    for pack in packs:
        for paper in pack.papers:
            phrases = tuple(_Phrase(each, f" {flat(each.text)} ", letters(each.text)) for each in paper.anchors)
            shown = [phrase.letters for phrase in phrases if phrase.anchor.at is AnchorPlace.TITLE]
            titles |= {len(candidates) * 100 + number: title for number, title in enumerate(shown)}
            candidates.append(_Candidate(pack, paper, phrases))
    return tuple(candidates), titles


def _texts(run: Run) -> _Texts:
    folded = _NOT_LETTERS.sub(" ", run.key)
    return _Texts(tuple(_titles(run)), f" {_NOT_LETTERS.sub(' ', run.key[: run.upper])} ", f" {folded} ")


def _titles(run: Run) -> Iterator[str]:
    """Lines of capitals in the upper part of the first page, alone and joined with those after them."""
    first = run.pieces[0].sheet if run.pieces else None
    lines: list[str] = []
    for piece in run.pieces:
        if piece.sheet is not first or piece.start >= run.upper:
            break
        if piece.sheet.high(piece.segment) < UPPER_PART and is_capitals(piece.segment.text, least=0.8):
            lines.append(letters(piece.segment.text))
    for start in range(len(lines)):
        for end in range(start + 1, min(len(lines), start + TITLE_LINES) + 1):
            yield "".join(lines[start:end])


def _near_titles(texts: _Texts, titles: dict[int, str]) -> Iterator[int]:
    for line in texts.titles:
        for _, _, number in process.extract(line, titles, scorer=fuzz.ratio, score_cutoff=TITLE_LIKENESS, limit=None):
            yield number // 100


def _exact(texts: _Texts, phrase: _Phrase) -> bool:
    if phrase.anchor.at is AnchorPlace.TITLE:
        return phrase.letters in texts.titles
    return phrase.words in (texts.upper if phrase.anchor.at is AnchorPlace.HEAD else texts.whole)


def _likeness(texts: _Texts, phrase: _Phrase) -> float:
    """How well a phrase is found (0-1), 0 where it is not."""
    if _exact(texts, phrase):
        return 1.0
    if len(phrase.letters) < SHORTEST:
        return 0.0
    if phrase.anchor.at is AnchorPlace.TITLE:
        best = process.extractOne(phrase.letters, texts.titles, scorer=fuzz.ratio, score_cutoff=TITLE_LIKENESS)
        return _worth(best[1]) if best else 0.0
    text = texts.upper if phrase.anchor.at is AnchorPlace.HEAD else texts.whole
    return _worth(fuzz.partial_ratio(phrase.words.strip(), text, score_cutoff=PHRASE_LIKENESS))


def _worth(likeness: float) -> float:
    return max(0.0, 1 - STEEPNESS * (1 - likeness / 100)) if likeness else 0.0


def _score(texts: _Texts, candidate: _Candidate) -> tuple[float, int]:
    """Sum of the weights found (of titles the best), and how many letters say so: of equal papers the longer name wins."""
    score, title, shown = 0.0, 0.0, 0
    for phrase in candidate.phrases:
        likeness = _likeness(texts, phrase)
        worth = phrase.anchor.weight * likeness
        if phrase.anchor.at is AnchorPlace.TITLE and worth > 0:
            title = max(title, worth)
        else:
            score += worth
        if likeness and phrase.anchor.weight > 0:
            shown += len(phrase.letters)
    return title + score, shown
