"""Finds the fields of a recognised paper: labels first, then the print that belongs to them.

In: a `Run` and the `Paper` that it is. Out: values with their evidence (`Found`, source `pack.<pack>.<field>`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from dossier.model import Found, Line, PageKind, enclosing
from metadata.packs.matching import flat
from metadata.packs.model import FieldRule, Paper, Where
from metadata.packs.runs import Piece, Run
from metadata.packs.sections import FUZZY_LIKENESS, SHORTEST_FUZZY, Span, joined, spans_of, words_pattern
from metadata.packs.slices import Slice, column_below, value_slice
from metadata.packs.values import Reading, read_shape, read_value

SHORTEST_PLAIN = 3
"""A label of so few letters ("Số") is one only at the beginning of a line; within a line it belongs to the words before it."""

USUAL, LIKE, PATTERN = 0.95, 0.85, 0.9
"""How sure a value is whose label was read exactly, nearly, or that was found by its shape."""

INVALID, BY_HAND = 0.5, 0.6
"""What is left of that where the value breaks the rules of its kind, and where most of the page is handwriting."""


@dataclass(frozen=True, slots=True)
class Label:
    """A label found in a run: characters [start, end) and its folded words.

    Attributes:
        plain: a colon or its place says that it is a label, not words of the text. colon: a colon or dots follow it.
        lead: where its number or bullet begins ("c) Diện tích"); values before it end there.
    """

    start: int
    end: int
    words: str
    plain: bool
    colon: bool
    lead: int


@dataclass(frozen=True, slots=True)
class _Candidate:
    rank: tuple[bool, bool, bool, int, int]
    cut: Slice
    reading: Reading
    strength: float


def fields_of(run: Run, paper: Paper, *, pack: str) -> dict[str, Found]:
    """All fields of a paper that can be found."""
    labels = _labels(run, paper)
    spans = spans_of(run, paper)
    whole = Span(0, len(run.text))
    fields: dict[str, Found] = {}
    for rule in paper.fields:
        span = spans[rule.section] if rule.section is not None else whole
        if span is None:
            continue
        for number, (cut, reading, strength) in enumerate(_values(run, rule, labels, span), start=1):
            name = rule.name if number == 1 else f"{rule.name}.{number}"
            fields[name] = _found(run, cut, reading, strength=strength, source=f"pack.{pack}.{rule.name}")
    return fields


def _values(run: Run, rule: FieldRule, labels: Sequence[Label], span: Span) -> Iterator[tuple[Slice, Reading, float]]:
    candidates = list(_candidates(run, rule, labels, span))
    if not candidates and rule.where is not Where.TEXT:
        near = _near_label(run, rule, span)
        candidates = list(_read(run, rule, near, labels, span, strength=LIKE)) if near else []
    if rule.repeat:
        seen: set[tuple[int, int]] = set()
        for one in candidates:
            if one.cut.parts[0] not in seen:
                seen.add(one.cut.parts[0])
                yield one.cut, one.reading, one.strength
    elif candidates:
        best = min(candidates, key=lambda one: one.rank)
        yield best.cut, best.reading, best.strength


def _candidates(run: Run, rule: FieldRule, labels: Sequence[Label], span: Span) -> Iterator[_Candidate]:
    if rule.where is Where.TEXT:
        yield from _by_pattern(run, rule, span)
        return
    wanted = [flat(text) for text in rule.after]
    for label in labels:
        if label.words in wanted and span.holds(run, label.start):
            yield from _read(run, rule, label, labels, span, strength=USUAL)


def _read(run: Run, rule: FieldRule, label: Label, labels: Sequence[Label], span: Span, *, strength: float) -> Iterator[_Candidate]:
    """What stands where the rule says, beside one label."""
    ends = [each.lead for each in labels if each.plain and each.start >= label.end]
    ends += [match.start() for text in rule.until for match in words_pattern(flat(text)).finditer(run.key, label.end, span.end)]
    ends.append(span.end)
    wanted = [flat(text) for text in rule.after]
    order = wanted.index(label.words) if label.words in wanted else len(wanted)
    if rule.where is Where.COLUMN:
        cuts: Iterable[Slice] = column_below(run, label.start, label.end)
    else:
        cut = value_slice(run, label.end, ends=ends, lines=rule.lines, below=rule.where is Where.BELOW)
        cuts = [cut] if cut is not None else []
    for each in cuts:
        reading = read_value(rule, each.text)
        if reading is not None:
            yield _Candidate((not reading.valid, not label.colon, not label.plain, order, label.start), each, reading, strength)


def _by_pattern(run: Run, rule: FieldRule, span: Span) -> Iterator[_Candidate]:
    assert rule.pattern is not None
    for match in re.compile(rule.pattern).finditer(run.key, span.start, span.end):
        cut = Slice.of(run, [match.span(1) if match.re.groups else match.span()])
        reading = read_shape(rule, cut.text)
        if reading is not None:
            yield _Candidate((not reading.valid, False, False, 0, match.start()), cut, reading, PATTERN)


@lru_cache(maxsize=512)
def _label_pattern(paper: Paper) -> re.Pattern[str]:
    """All labels of a paper, the longest first, so that "họ tên mẹ" is not taken for "họ tên"."""
    words = {flat(text) for rule in paper.fields for text in rule.after} - {""}
    ordered = sorted(words, key=lambda text: (-len(text), text))
    return re.compile(rf"(?<![a-z0-9])(?:{'|'.join(joined(text) for text in ordered)})(?![a-z0-9])" if ordered else r"(?!)")


_LEAD_IN = re.compile(r"[\s\W_]*(?:[\(\[]?(?:\d{1,2}|[ivx]{1,4}|[a-z])[.)\]:]{1,2}[\s\W_]*){0,3}$")
_BULLET = re.compile(r"(?:(?<=\s)|(?<=;))(?:[\(\[]?(?:\d{1,2}(?:\.\d{1,2})?|[ivx]{1,4}|[a-z])[.)\]]{1,2}|[-–+*])\s*$")
_COLON = re.compile(r"\s*(?:\([^)\n]{0,60}\)?)?[\s.…_]{0,4}(?:\(?\d?\)?)\s?[:;]|\s*[.…_]{3}")


def _labels(run: Run, paper: Paper) -> list[Label]:
    found = []
    for match in _label_pattern(paper).finditer(run.key):
        piece = run.pieces[run.piece_at(match.start())]
        leads = _LEAD_IN.fullmatch(run.key, piece.start, match.start()) is not None
        colon = _COLON.match(run.key, match.end()) is not None
        plain = leads or (colon and match.end() - match.start() > SHORTEST_PLAIN)
        bullet = _BULLET.search(run.key, max(piece.start, match.start() - 8), match.start())
        lead = piece.start if leads else bullet.start() if bullet else match.start()
        found.append(Label(match.start(), match.end(), flat(match.group()), plain, colon, lead))
    return found


def _near_label(run: Run, rule: FieldRule, span: Span) -> Label | None:
    """The place most like one of the rule's labels, where none was read without an error."""
    best: Label | None = None
    least = FUZZY_LIKENESS
    for text in rule.after:
        words = flat(text)
        if len(words) < SHORTEST_FUZZY:
            continue
        place = fuzz.partial_ratio_alignment(words, run.key[span.start : span.end], score_cutoff=least)
        if place is None or place.score <= least:
            continue
        start, end = span.start + place.dest_start, span.start + place.dest_end
        while end < span.end and run.key[end].isalnum():
            end += 1
        least, best = place.score, Label(start, end, words, plain=False, colon=False, lead=start)
    return best


def _found(run: Run, cut: Slice, reading: Reading, *, strength: float, source: str) -> Found:
    """The value with its words' place; sure as the rule, the reading and the engine are."""
    pieces = list(cut.pieces(run, reading.start, reading.end))
    words = [word for piece, start, end in pieces for word in piece.words(start, end)]
    sheet = pieces[0][0].sheet
    words_here = [word for piece, start, end in pieces if piece.sheet is sheet for word in piece.words(start, end)]
    box = enclosing(word.box for word in words_here)
    read = Line(box, tuple(words)).confidence
    sure = strength * read * (1.0 if reading.valid else INVALID) * (BY_HAND if _by_hand(pieces[0][0]) else 1.0)
    return Found(reading.value, sheet.page.id, box, round(min(1.0, sure), 3), source)


def _by_hand(piece: Piece) -> bool:
    return any(verdict.kind is PageKind.HANDWRITTEN for verdict in piece.sheet.page.verdicts)
