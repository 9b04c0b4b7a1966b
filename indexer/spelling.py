"""Did you mean (ý bạn là): a question with its marks, decoded keystrokes and corrected letters, when that finds something.

In: a question as typed and an index. Out: the question as it was probably meant. All counts are of documents that the reader
may see, so that nothing is proposed, and nothing left unproposed, because of papers that are closed to him.

Every word gets candidates: marked forms of the same letters, what its keystrokes make, syllables one slip of the hand or of the
recogniser away, two words for one without a space. The likeliest row of them is proposed: frequent words, pairs that stand side by
side, small changes.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

from dossier.errors import BadQuery
from dossier.model import Reader
from dossier.text import exact_key, folded_key, has_marks, normalise
from indexer.grammar import parse_query
from indexer.hints import MARK, Hint, HintKind, Lookup, word_beginning
from indexer.keystrokes import decoded
from indexer.plan import Combine, PhraseOf, Term
from indexer.port import Index
from indexer.question import Question
from indexer.slips import slips, splits

_AS_TYPED, _MARKED, _OTHER_MARKS, _DECODED, _SPLIT, _SLIP = 0.0, 0.1, 1.7, 0.3, 2.0, 5.0
"""What a change costs, in the unit in which counts speak (natural logarithm): a slip has to be 150 times as frequent."""

_ALONE = 4.0
"""What it costs besides to change the marks that somebody typed on a word with no neighbour to tell."""

_LEFT_BARE = 1.5
"""What it costs to leave a word without marks: few Vietnamese words have none."""

_PAIR, _WORD = 1.0, 0.5
"""Weights of the logarithms of the counts of pairs and of words."""

_RARE = 5
"""A word in fewer documents may be a slip."""

_FORMS, _CANDIDATES, _RARE_CANDIDATES, _PAIRS = 18, 6, 30, 60
"""Marked forms looked up, candidates kept of a word and of a rare one, pairs looked up for two neighbours."""

_MOST_WORDS, _MOST_COUNTED = 12, 6
"""Words corrected in one question; pairs of neighbours counted in whole texts, when headings say too little."""

_TELLING = 20
"""A pair of neighbours in so many headings needs no counting in whole texts."""

_WORD_SHAPE = re.compile(r"[^\W\d_][^\W_]{0,19}")

Count = Callable[[str, str], int]
LookUp = Callable[[Sequence[Lookup]], tuple[tuple[Hint, ...], ...]]


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a word typed without marks, and in how many documents that the reader may see it stands."""

    text: str
    count: int


@dataclass(frozen=True, slots=True)
class _Candidate:
    """What a typed word may have been meant to be, two words for one without a space; documents, cost of the change."""

    exact: str
    folded: str
    count: int
    cost: float

    @property
    def worth(self) -> float:
        return _WORD * math.log1p(self.count) - self.cost


def readings_of(index: Index, word: str, *, reader: Reader) -> tuple[Reading, ...]:
    """The marked forms of one syllable, most frequent first ("ma": má 120, mã 80, mà 44); nothing for more than one word."""
    if not _WORD_SHAPE.fullmatch(word := normalise(word).strip()):
        return ()
    (found,) = index.look_up([Lookup((word_beginning(folded_key(word)),), _FORMS)], reader=reader)
    return tuple(Reading(hint.label, hint.count) for hint in found)


def better_spelling(index: Index, query: str, *, reader: Reader) -> str | None:
    """The question as it was probably meant, None when it is good as it is or nothing better finds anything.

    Phrases in quotes, fields, numbers and operators stay as they are.
    """
    text = normalise(query)
    changed = text
    places = _runs(text)
    look_up = partial(index.look_up, reader=reader)
    for run in reversed(places):  # from the end, so that places before keep their offsets
        typed = [text[start:end] for start, end in run]
        count = partial(_together, index, reader)
        meant = _meant(typed, _candidates(typed, look_up, count), look_up, count)
        if not _stand_together(index, meant, reader):
            continue
        for (start, end), word, exact in reversed(list(zip(run, typed, meant, strict=True))):
            if exact_key(word) != exact:
                changed = changed[:start] + _in_case_of(word, exact) + changed[end:]
    return changed if changed != text and _finds(index, changed, reader) else None


def _runs(text: str) -> list[list[tuple[int, int]]]:
    """Places of plain words side by side, outside quotes, fields and numbers."""
    runs: list[list[tuple[int, int]]] = [[]]
    quoted, count = False, 0
    for match in re.finditer(r"\S+", text):
        piece = match.group()
        plain = not quoted and piece != "OR" and _WORD_SHAPE.fullmatch(piece) is not None and count < _MOST_WORDS
        quoted ^= piece.count('"') % 2 == 1
        if plain:
            runs[-1].append(match.span())
            count += 1
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if run]


def _candidates(typed: Sequence[str], look_up: LookUp, count: Count) -> list[list[_Candidate]]:
    """Candidates of every word, the likeliest first."""
    forms = [dict.fromkeys((folded_key(word), *((folded_key(meant),) if (meant := decoded(word)) else ()))) for word in typed]
    found = look_up([Lookup(tuple(map(word_beginning, own)), _FORMS) for own in forms])
    rare = [sum(hint.count for hint in hints) < _RARE for hints in found]
    near = [sorted(slips(word)) if is_rare else [] for word, is_rare in zip(typed, rare, strict=True)]
    nearby = look_up([Lookup(tuple(map(word_beginning, own)), _FORMS) for own in near])
    alone = _ALONE if len(typed) == 1 else 0.0
    candidates = []
    for word, same, others, is_rare in zip(typed, found, nearby, rare, strict=True):
        own = {exact_key(word): _Candidate(exact_key(word), folded_key(word), 0, _cost_as_typed(word))}
        for hint in same:
            cost = _cost_of_marks(word, hint.label) + (alone if has_marks(word) and hint.label != exact_key(word) else 0.0)
            own[hint.label] = _Candidate(hint.label, hint.folded, hint.count, cost)
        for hint in others:
            own.setdefault(hint.label, _Candidate(hint.label, hint.folded, hint.count, _SLIP))
        parted = _parted(word, look_up, count) if is_rare else []
        candidates.append(
            sorted((*own.values(), *parted), key=lambda one: -one.worth)[: _RARE_CANDIDATES if is_rare else _CANDIDATES]
        )
    return candidates


def _parted(word: str, look_up: LookUp, count: Count) -> list[_Candidate]:
    """Two words that were typed without the space between them: those of headings, or those that stand together in a text."""
    parts = list(splits(word))
    if not parts:
        return []
    (pairs,) = look_up([Lookup(tuple(f"{HintKind.PAIR}{one} {other}{MARK}" for one, other in parts), _FORMS)])
    counts = {hint.label: hint.count for hint in pairs}
    if not counts:
        forms = look_up([Lookup((word_beginning(part),), _FORMS) for both in parts for part in both])
        likely = [[_Candidate(hint.label, hint.folded, hint.count, _MARKED) for hint in hints[:_CANDIDATES]] for hints in forms]
        for one, other in zip(likely[::2], likely[1::2], strict=True):
            counts |= _counted(one, other, count)
    return [_Candidate(text, folded_key(text), number, _SPLIT) for text, number in counts.items() if number]


def _cost_as_typed(word: str) -> float:
    return _AS_TYPED if has_marks(word) else _LEFT_BARE


def _cost_of_marks(word: str, exact: str) -> float:
    if exact == exact_key(word):
        return _cost_as_typed(word)
    if exact == decoded(word):
        return _DECODED
    if folded_key(word) != folded_key(exact):
        return _DECODED + _OTHER_MARKS
    return _OTHER_MARKS if has_marks(word) else _MARKED


def _meant(
    typed: Sequence[str],
    candidates: Sequence[Sequence[_Candidate]],
    look_up: LookUp,
    count: Count,
) -> list[str]:
    """The likeliest row of candidates (Viterbi's way)."""
    best = [(one.worth, [one.exact]) for one in candidates[0]]
    neighbours = list(pairwise(candidates))
    lookups = [Lookup(tuple(_pair_beginnings(before, after)), _PAIRS) for before, after in neighbours]
    for (before, after), hints in zip(neighbours, look_up(lookups), strict=True):
        known = {hint.label: hint.count for hint in hints}
        if max(known.values(), default=0) < _TELLING:  # headings say too little: whole texts, which cost more to count in
            known |= _counted(before, after, count)
        rows = []
        for one in after:
            scores = [
                (score + _PAIR * math.log1p(known.get(f"{last.exact.split()[-1]} {one.exact.split()[0]}", 0)), row)
                for (score, row), last in zip(best, before, strict=True)
            ]
            score, row = max(scores, key=lambda pair: pair[0])
            rows.append((score + one.worth, [*row, one.exact]))
        best = rows
    return max(best, key=lambda pair: pair[0])[1] if typed else []


def _pair_beginnings(before: Iterable[_Candidate], after: Iterable[_Candidate]) -> dict[str, None]:
    folded = [(one.folded.split()[-1], other.folded.split()[0]) for one in before for other in after]
    return dict.fromkeys(f"{HintKind.PAIR}{one} {other}{MARK}" for one, other in folded)


def _counted(before: Sequence[_Candidate], after: Sequence[_Candidate], count: Count) -> dict[str, int]:
    """Pairs counted in whole texts: the likeliest ones, for no heading has any."""
    likely = sorted(((one, other) for one in before for other in after), key=lambda pair: -(pair[0].worth + pair[1].worth))
    texts = [(one.exact, other.exact) for one, other in likely if one.count and other.count and " " not in one.exact + other.exact]
    return {f"{one} {other}": count(one, other) for one, other in texts[:_MOST_COUNTED]}


def _together(index: Index, reader: Reader, one: str, other: str) -> int:
    return index.count(PhraseOf("text_ex", (one, other)), reader=reader)


def _stand_together(index: Index, meant: Sequence[str], reader: Reader) -> bool:
    """Whether a document has all these words with these very marks."""
    words = dict.fromkeys(word for exact in meant for word in exact.split())
    return index.count(Combine(must=tuple(Term("text_ex", word) for word in words)), reader=reader) > 0


def _in_case_of(word: str, exact: str) -> str:
    """The exact form in the case in which the word was typed."""
    if len(word) > 1 and word.isupper():
        return exact.upper()
    return exact.capitalize() if word[:1].isupper() else exact


def _finds(index: Index, text: str, reader: Reader) -> bool:
    """Whether the question finds something just as it is proposed."""
    try:
        found = index.search(Question(parse_query(text), reader=reader, wide=None, limit=1, total_limit=1))
    except BadQuery:
        return False
    return bool(found.hits)
