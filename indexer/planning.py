"""The query's tree to a plan for engines: how words match, and what comes first.

In: tree, the reading of words typed without marks. Out: a plan for documents and one for the pages inside them.

Order of hits: a document whose number is asked for; documents with the marks as typed before folded ones (a step per word
larger than any BM25 sum); then BM25 with phrases, subject, signer and number weighing more.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dossier.text import exact_key, fold, folded_key, has_marks, looks_like_number, number_key, tokenise
from indexer.filtering import within_days
from indexer.plan import All, AnyOf, Best, Combine, Constant, FuzzyOf, Nothing, PhraseOf, Plan, PrefixOf, Term, Weighted
from indexer.query import (
    And,
    DateWord,
    Everything,
    Fuzzy,
    InDays,
    InField,
    Leaf,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    TextField,
    Word,
    grouped,
    is_marked,
)

FOLDED = 0.3
"""Weight of a match without the marks asked for (facts: measured on judged queries later)."""

EXACT_STEP = 8_000.0
"""Added per word found with its marks as typed; above what BM25 and the weights below sum up to."""

NUMBER_STEP = 1_000_000.0
"""Added when the document's own number is asked for."""

WORD_STEP = 100.0
"""Added to a page per part of the question it holds: pages with more of them come first."""

PHRASE_EXACT, PHRASE_FOLDED, SUBJECT_EXACT, SUBJECT_FOLDED, SIGNER, NUMBER = 3.0, 2.0, 4.0, 2.0, 2.0, 4.0

TEXT = "text"


@dataclass(frozen=True, slots=True)
class Reading:
    """How words are read: `adjacent` words without marks side by side; `marked` words mean the marks they carry."""

    adjacent: bool
    marked: bool
    pages: bool = False


def can_widen(query: Query) -> bool:
    """Whether the question has words without marks side by side, so that it can be read in two ways."""
    return not is_marked(query) and _has_run(query)


def _has_run(query: Query) -> bool:
    match query:
        case And(children):
            return any(len(run) > 1 for run in grouped(children)) or any(_has_run(child) for child in children)
        case Or(children):
            return any(_has_run(child) for child in children)
        case Not(child) | InField(_, child):
            return _has_run(child)
        case _:
            return False


def plan_documents(query: Query, *, wide: bool) -> Plan:
    """What documents have to match."""
    marked = is_marked(query)
    plan = _plan(query, TEXT, Reading(adjacent=not wide and not marked, marked=marked))
    boosts = tuple(_boosts(query))
    return Combine(must=(plan,), should=boosts) if boosts else plan


def plan_pages(query: Query, *, wide: bool) -> Plan:
    """What pages inside a document found have to match: at least one part of the question; more parts come first."""
    marked = is_marked(query)
    parts = tuple(_page_parts(query, Reading(adjacent=not wide and not marked, marked=marked, pages=True)))
    steps = tuple(Constant(part, WORD_STEP) for part in parts)
    return Combine(should=parts + steps) if parts else Nothing()


def _plan(query: Query, field: str, reading: Reading) -> Plan:
    match query:
        case And(children):
            return _conjunction(children, field, reading)
        case Or(children):
            return Combine(should=tuple(_plan(child, field, reading) for child in children))
        case Not(child):
            return Combine(must=(All(),), must_not=(_plan(child, field, reading),))
        case InField(inner, child):
            return _plan(child, inner.value, reading)
        case _:
            return _plan_leaf(query, field, reading)


def _conjunction(children: tuple[Query, ...], field: str, reading: Reading) -> Plan:
    must: list[Plan] = []
    must_not: list[Plan] = []
    for run in grouped(children):
        if reading.adjacent and len(run) > 1:
            must.append(_word(_text_of(run), field, reading))
            continue
        for child in run:
            if isinstance(child, Not):
                must_not.append(_plan(child.child, field, reading))
            else:
                must.append(_plan(child, field, reading))
    return Combine(must=tuple(must) or (All(),), must_not=tuple(must_not))


def _text_of(run: tuple[Query, ...]) -> str:
    return " ".join(child.text for child in run if isinstance(child, Word))


def _plan_leaf(leaf: Leaf, field: str, reading: Reading) -> Plan:
    match leaf:
        case Everything():
            return All()
        case Word(text):
            return _word(text, field, reading)
        case Phrase(text, exact):
            return _side_by_side(f"{field}_ex", _exact(text)) if exact else _word(text, field, reading)
        case Prefix(text):
            return _prefix(text, field, reading)
        case Fuzzy(text):
            near = Constant(FuzzyOf(f"{field}_fo", folded_key(text)), 1.0)
            return Combine(must=(near,), should=(_word(text, field, reading),))
        case DateWord(text, day):
            written = _word(text, field, reading)
            return Best((written, Term("dates", f"d{day:08d}"))) if field == TEXT else written
        case InDays(_, first, last):
            return within_days(first, last)


def _exact(text: str) -> tuple[str, ...]:
    return tuple(token.ex for token in tokenise(text))


def _folded(text: str) -> tuple[str, ...]:
    return tuple(token.fo for token in tokenise(text))


def _side_by_side(field: str, tokens: tuple[str, ...]) -> Plan:
    return Term(field, tokens[0]) if len(tokens) == 1 else PhraseOf(field, tokens)


def _word(text: str, field: str, reading: Reading) -> Plan:
    """One word or words side by side: exact marks at full weight, other marks at `FOLDED`."""
    exact = _side_by_side(f"{field}_ex", _exact(text))
    ways: list[Plan] = [exact, Weighted(_side_by_side(f"{field}_fo", _folded(text)), FOLDED)]
    if not reading.pages and field in (TEXT, TextField.NUMBER) and looks_like_number(text):
        ways.append(Constant(AnyOf("number_key", (number_key(text),)), NUMBER_STEP))
    best = Best(tuple(ways))
    if reading.marked and any(letter.isalpha() for letter in text):
        return Combine(must=(best,), should=(Constant(exact, EXACT_STEP),))
    return best


def _prefix(text: str, field: str, reading: Reading) -> Plan:
    ways: list[Plan] = []
    if not reading.pages and field in (TEXT, TextField.NUMBER) and text[0].isdigit():
        ways.append(PrefixOf("number_key", number_key(text)))
    if len(tokenise(text)) == 1:
        # the typed letters may be half a syllable, so only a whole one gets the rules for syllable ends (hoà*, ky*)
        ways += [PrefixOf(f"{field}_fo", fold(text)), Constant(Term(f"{field}_fo", folded_key(text)), 1.0)]
    if not ways:
        return Nothing()
    if not has_marks(text):
        return Combine(should=tuple(ways))
    exact = (PrefixOf(f"{field}_ex", text.lower()), Term(f"{field}_ex", exact_key(text)))
    return Combine(must=(Combine(should=tuple(ways)),), should=(Constant(Combine(should=exact), EXACT_STEP),))


def _boosts(query: Query) -> Iterator[Plan]:
    """What adds to the score without being asked for: words side by side, in the subject, as signer, as number."""
    runs = grouped(query.children) if isinstance(query, And) else [(query,)]
    for run in runs:
        words = tuple(child for child in run if isinstance(child, Word))
        for word in words:
            yield Weighted(_side_by_side("subject_ex", _exact(word.text)), SUBJECT_EXACT)
            yield Weighted(_side_by_side("subject_fo", _folded(word.text)), SUBJECT_FOLDED)
            yield Weighted(_side_by_side("number_fo", _folded(word.text)), NUMBER)
        if len(words) > 1:
            text = _text_of(words)
            yield Weighted(PhraseOf("text_fo", _folded(text)), PHRASE_FOLDED)
            yield Weighted(PhraseOf("text_ex", _exact(text)), PHRASE_EXACT)
            yield Weighted(PhraseOf("signer_fo", _folded(text)), SIGNER)


def _page_parts(query: Query, reading: Reading) -> Iterator[Plan]:
    match query:
        case And(children):
            for run in grouped(children):
                if reading.adjacent and len(run) > 1:
                    yield _word(_text_of(run), TEXT, reading)
                    continue
                for child in run:
                    yield from _page_parts(child, reading)
        case Or(children):
            for child in children:
                yield from _page_parts(child, reading)
        case Not() | InField() | InDays() | Everything():
            return
        case _:
            yield _plan_leaf(query, TEXT, reading)
