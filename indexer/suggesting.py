"""Typeahead (gợi ý khi gõ): what the last words typed may become.

In: what was typed so far and a way to look hints up. Out: suggestions, each with the number of documents that the reader may see.
Typing is compared without marks; suggestions with the very marks typed come first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from dossier.text import Token, fold, has_marks, normalise, number_key, tokenise
from indexer.hints import Hint, HintKind, Lookup

LookUp = Callable[[Sequence[Lookup]], tuple[tuple[Hint, ...], ...]]

MOST_TYPED = 200
"""Characters of the typed text that are looked at, from its end."""

MOST_SUGGESTIONS = 50

_MOST_WORDS = 6
"""Words at the end of what was typed that a name may begin with."""

_PHRASES_FROM, _NAMES_FROM, _SUBJECTS_FROM = 3, 2, 10
"""Letters that have to be typed before phrases, names and titles are looked up: fewer stand for half the dictionary."""

_SHORT_WORDS = 2
"""Words that are continued to phrases when too few letters were typed to look phrases up."""

_WORDS = ("phrase", "word")

_NAMES = (HintKind.AGENCY, HintKind.SIGNER, HintKind.DOSSIER)

_KIND_NAMES = {
    HintKind.WORD: "word",
    HintKind.PAIR: "phrase",
    HintKind.TRIPLE: "phrase",
    HintKind.NUMBER: "number",
    HintKind.AGENCY: "agency",
    HintKind.SIGNER: "signer",
    HintKind.SUBJECT: "subject",
    HintKind.DOSSIER: "dossier",
}

_SPARE = 2
"""Hints of a kind looked up beyond its share, for what turns out to say the same."""

_SHARE = {"number": 6, "phrase": 4, "word": 4, "agency": 2, "signer": 2, "dossier": 2, "subject": 2}
"""Suggestions of each kind when there are more than can be shown, in the order in which they are shown."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One thing that may be meant.

    Attributes:
        kind: word, phrase, number, agency, signer, dossier or subject.
        text: what to put in place of the typed text from `start` on.
        count: documents that the reader may see and that hold it; phrases and names are looked for in headings only.
        start: where in the typed text the completed words begin, in characters.
    """

    kind: str
    text: str
    count: int
    start: int = 0


@dataclass(frozen=True, slots=True)
class _Asked:
    """A lookup with the place where its words begin."""

    start: int
    lookup: Lookup


def suggest(look_up: LookUp, prefix: str, *, limit: int = 10) -> tuple[Suggestion, ...]:
    """Complete the last words of `prefix`.

    Args:
        look_up: hints for one reader.
        prefix: as typed, of any length.
        limit: at most `MOST_SUGGESTIONS`.
    """
    limit = max(0, min(limit, MOST_SUGGESTIONS))
    cut = max(0, len(prefix) - MOST_TYPED)
    typed = _Typed(prefix[cut:], limit)
    asked = typed.lookups()
    if not asked or not limit:
        return ()
    found = list(zip(asked, look_up([one.lookup for one in asked]), strict=True))
    if typed.is_short and (more := typed.continued(found)):
        found += zip(more, look_up([one.lookup for one in more]), strict=True)
    return _chosen(_merged(found, cut), prefix, limit=limit)


class _Typed:
    """What was typed, as words; the last one is open unless something stands after it."""

    def __init__(self, text: str, limit: int) -> None:
        self.text = text
        self.limit = limit
        self.words: list[Token] = tokenise(text)
        self.open = bool(self.words) and self.words[-1].end == len(text)

    @property
    def is_short(self) -> bool:
        """Whether only a letter or two of a word stand there."""
        return self.open and len(self.words[-1].fo) < _PHRASES_FROM

    def lookups(self) -> list[_Asked]:
        """What to look up."""
        return [*self._numbers(), *self._words(), *self._names()] if self.words else []

    def _numbers(self) -> Iterator[_Asked]:
        piece = self.text.split()[-1]
        if not self.open or not piece[0].isdigit():
            return
        key = number_key(piece)
        # One figure begins a tenth of all numbers: it is taken for a whole one.
        beginning = f"{HintKind.NUMBER}{key}" if len(key) > 1 else f"{HintKind.NUMBER}{key}/"
        yield _Asked(len(self.text) - len(piece), Lookup((beginning,), self.limit))

    def _words(self) -> Iterator[_Asked]:
        last = self.words[-1]
        if self.open:
            yield self._asked(HintKind.WORD, 1)
        if self.open and len(last.fo) < _PHRASES_FROM and len(self.words) == 1:
            return
        if len(self.words) > 1:
            yield self._asked(HintKind.TRIPLE, 2)
            if self.open:
                yield self._asked(HintKind.PAIR, 2)
        if len(self.words) > 2 and self.open:
            yield self._asked(HintKind.TRIPLE, 3)
        if not self.open or len(last.fo) >= _PHRASES_FROM:
            yield self._asked(HintKind.PAIR, 1)

    def _names(self) -> Iterator[_Asked]:
        """Names from all of what was typed and from its end; people go by their last name too. Titles only from all of it."""
        most = min(len(self.words), _MOST_WORDS)
        for size in dict.fromkeys((most, min(most, 2), 1)):
            kinds = _NAMES if size == most or size > 1 else (HintKind.SIGNER,)
            if self._letters(size) >= _NAMES_FROM:
                yield from (self._asked(kind, size) for kind in kinds)
        if self._letters(most) >= _SUBJECTS_FROM:
            yield self._asked(HintKind.SUBJECT, most)

    def _letters(self, size: int) -> int:
        return sum(len(word.fo) for word in self.words[-size:])

    def _asked(self, kind: HintKind, size: int) -> _Asked:
        """The lookup of hints that begin with the last `size` words."""
        *whole, last = self.words[-size:]
        start = "".join(f"{word.fo} " for word in whole)
        # An open word may be half a syllable, to which the rules for its end (ky = ki) do not apply yet.
        ends = dict.fromkeys((fold(last.ex), last.fo)) if self.open else (f"{last.fo} ",)
        beginnings = tuple(f"{kind}{start}{end}" for end in ends)
        return _Asked(self.words[-size].start, Lookup(beginnings, min(self.limit, _SHARE[_KIND_NAMES[kind]] + _SPARE)))

    def continued(self, found: Sequence[tuple[_Asked, tuple[Hint, ...]]]) -> list[_Asked]:
        """Phrases that begin with the best words found for one or two letters."""
        words = (hint.folded for _, hints in found for hint in hints if hint.kind is HintKind.WORD)
        best = list(dict.fromkeys(words))[:_SHORT_WORDS]
        beginnings = tuple(f"{HintKind.PAIR}{word} " for word in best)
        return [_Asked(self.words[-1].start, Lookup(beginnings, self.limit))] if best else []


def _merged(found: Iterable[tuple[_Asked, tuple[Hint, ...]]], cut: int) -> list[Suggestion]:
    """Hints as suggestions: spellings of one name are one, under the most frequent; what completes more words goes before."""
    best: dict[tuple[str, str], Suggestion] = {}
    for asked, hints in found:
        names: dict[tuple[str, str], Suggestion] = {}
        for hint in hints:
            kind = _KIND_NAMES[hint.kind]
            identity = (kind, hint.label if kind in ("word", "phrase") else " ".join(fold(hint.label).split()))
            known = names.get(identity)
            label, count = (known.text, known.count) if known else (hint.label, 0)
            names[identity] = Suggestion(kind, label, count + hint.count, asked.start + cut)
        for identity, suggestion in names.items():
            if identity not in best or suggestion.start < best[identity].start:
                best[identity] = suggestion
    return list(best.values())


def _worth(suggestions: list[Suggestion]) -> Iterator[Suggestion]:
    """All but those that say less than another: the last word alone when the words before it go with it, a name's shorter end."""
    last = max((one.start for one in suggestions), default=0)
    ends: dict[str, int] = {}
    first: dict[str, int] = {}
    for one in suggestions:
        first[one.kind] = min(one.start, first.get(one.kind, one.start))
        if one.kind in _WORDS:
            words = one.text.split()
            for place in range(1, len(words)):
                end = " ".join(words[place:])
                ends[end] = max(one.count, ends.get(end, 0))
    goes_with = any(one.kind in _WORDS and one.start < last for one in suggestions)
    for one in suggestions:
        if one.kind in _WORDS:
            if not (goes_with and one.start == last) and ends.get(one.text, 0) < one.count:
                yield one
        elif one.start == first[one.kind]:
            yield one


def _chosen(suggestions: list[Suggestion], prefix: str, *, limit: int) -> tuple[Suggestion, ...]:
    """As many as wanted: of every kind its share, then what is left; those with the marks typed first."""
    ordered = sorted(_worth(suggestions), key=lambda one: (one.start, -one.count, one.text))
    kinds = {kind: [one for one in ordered if one.kind == kind] for kind in _SHARE}
    first = list(chain.from_iterable(kinds[kind][:share] for kind, share in _SHARE.items()))
    rest = chain.from_iterable(kinds[kind][share:] for kind, share in _SHARE.items())
    chosen = [*first, *rest][:limit]
    places = {kind: place for place, kind in enumerate(_SHARE)}
    chosen.sort(key=lambda one: places[one.kind])
    return tuple(sorted(chosen, key=lambda one: not _has_marks_typed(one, prefix)))


def _has_marks_typed(suggestion: Suggestion, prefix: str) -> bool:
    """Whether nothing typed contradicts the marks of a suggestion; words typed without marks ask for none."""
    typed = normalise(prefix[suggestion.start :]).lower()
    return not has_marks(typed) or " ".join(typed.split()) in " ".join(_exact(suggestion.text))


def _exact(text: str) -> list[str]:
    return [token.ex for token in tokenise(text)]
