"""The query's tree to a plan for engines: what has to match, and what comes first.

In: tree, the reading of words typed without marks. Out: a plan for documents and one for the pages inside them. How words match and
what that is worth is the affair of `indexer.wording`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from dossier.catalogues.abbreviations import abbreviations
from dossier.text import exact_key, fold, folded_key, has_marks, number_key, tokenise
from indexer.filtering import issued_on, within_days
from indexer.plan import All, Best, Combine, Constant, Most, Nothing, Plan, PrefixOf, Term, Weighted
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
    is_adjacent,
    is_marked,
)
from indexer.wording import (
    DATE_STEP,
    EXACT_STEP,
    TEXT,
    PlainWord,
    Reading,
    beside,
    exact_tokens,
    folded_tokens,
    match_near,
    match_run,
    match_text,
    number_steps,
    run_steps,
    side_by_side,
)

__all__ = ["EXACT_STEP", "can_widen", "plan_documents", "plan_pages", "plan_verbatim"]

WORD_STEP = 100.0
"""Added to a page per part of the question it holds: pages with more of them come first."""

_MANY, _VERY_MANY = 3, 6
"""Parts of a question of which one may be missing, and two."""

NUMBER_WORD = 4.0
"""Weight of a word that stands in the document's number."""


def can_widen(query: Query) -> bool:
    """Whether the question has words without marks side by side, so that it can be read in two ways."""
    return not is_marked(query) and _has_run(query)


def _has_run(query: Query) -> bool:
    match query:
        case And(children):
            return any(len(run) > 1 and is_adjacent(run) for run in grouped(children)) or any(_has_run(child) for child in children)
        case Or(children):
            return any(_has_run(child) for child in children)
        case Not(child) | InField(_, child):
            return _has_run(child)
        case _:
            return False


def can_loosen(query: Query) -> bool:
    """Whether the question has so many parts that one may be missing."""
    return isinstance(query, And) and sum(not isinstance(child, Not) for child in query.children) >= _MANY


def plan_documents(query: Query, *, wide: bool, loose: bool = False, rarity: Sequence[int] = ()) -> Plan:
    """What documents have to match; with `loose` one or two parts of the question may be missing.

    Args:
        query: the tree.
        wide: words without marks may stand apart.
        loose: parts may be missing.
        rarity: how many steps each of `neighbours` is worth.
    """
    marked = is_marked(query)
    worth = dict(zip(neighbours(query), rarity, strict=False))
    reading = Reading(adjacent=not wide and not marked, marked=marked, loose=loose, rarity=worth)
    plan = _loosened(_plan(query, TEXT, reading), _pairs_of(query)) if loose else _plan(query, TEXT, reading)
    boosts = tuple(_boosts(query, reading))
    return Combine(must=(plan,), should=boosts) if boosts else plan


def plan_verbatim(query: Query, *, wide: bool) -> Plan | None:
    """Documents that hold all parts of the question and its words side by side, but for one seam; None when it is no such text."""
    pairs = _pairs_of(query)
    if len(pairs) < _MANY:
        return None
    return Combine(must=(plan_documents(query, wide=wide), Most(pairs, len(pairs) - 1)))


def _loosened(plan: Plan, pairs: tuple[Plan, ...]) -> Plan:
    """One or two of many parts may be missing where at least half of the rest stands side by side as in the question."""
    if not isinstance(plan, Combine) or len(plan.must) < _MANY:
        return plan
    missing = 1 if len(plan.must) < _VERY_MANY else 2
    most: tuple[Plan, ...] = (Most(plan.must, len(plan.must) - missing),)
    if len(pairs) > 1:
        whole_or_close = Combine(should=(Combine(must=plan.must), Most(pairs, (len(pairs) + 1) // 2)))
        most = (*most, Constant(whole_or_close, 1.0))
    return Combine(must=most, should=plan.should, must_not=plan.must_not)


def neighbours(query: Query) -> list[tuple[str, str]]:
    """Each two words that are side by side in the question, once."""
    runs = _plain_runs(query)
    pairs = ((left.text, right.text) for run in runs for left, right in pairwise(run))
    return list(dict.fromkeys((*pairs, *_seams(runs))))


def _pairs_of(query: Query) -> tuple[Plan, ...]:
    runs = _plain_runs(query)
    seams = (side_by_side("text_fo", folded_tokens(" ".join(pair))) for pair in _seams(runs))
    return (*(pair for run in runs for pair in beside(run)), *seams)


def _plain_runs(query: Query) -> list[tuple[PlainWord, ...]]:
    """The plain words of a question in their runs; a run of something else is empty."""
    return [plain_words(run) for run in grouped(query.children)] if isinstance(query, And) else []


def _seams(runs: Sequence[tuple[PlainWord, ...]]) -> Iterator[tuple[str, str]]:
    """A number in the midst of words with its neighbours ("đợt 16 trên"), unless it is that of a paper."""
    for at, run in enumerate(runs):
        before, behind = runs[at - 1] if at else (), runs[at + 1] if at + 1 < len(runs) else ()
        if len(run) != 1 or run[0].near or not run[0].text.isdigit():
            continue
        if not before or _type_at_end(" ".join(word.text for word in before)) is not None:
            continue
        yield before[-1].text, run[0].text
        if behind:
            yield run[0].text, behind[0].text


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
        if words := plain_words(run):
            must += match_run(words, field, reading)
            continue
        for child in run:
            if isinstance(child, Not):
                must_not.append(_plan(child.child, field, reading))
            else:
                must.append(_plan(child, field, reading))
    return Combine(must=tuple(must) or (All(),), must_not=tuple(must_not))


def plain_words(run: Sequence[Query]) -> tuple[PlainWord, ...]:
    """The words of a run, none when it is something else."""
    words = tuple(PlainWord(child.text, isinstance(child, Fuzzy)) for child in run if isinstance(child, Word | Fuzzy))
    return words if len(words) == len(run) else ()


def _plan_leaf(leaf: Leaf, field: str, reading: Reading) -> Plan:
    match leaf:
        case Everything():
            return All()
        case Word(text):
            return Combine(must=tuple(match_run((PlainWord(text),), field, reading)))
        case Phrase(text, exact):
            return side_by_side(f"{field}_ex", exact_tokens(text)) if exact else match_text(text, field, reading)
        case Prefix(text):
            return _prefix(text, field, reading)
        case Fuzzy(text):
            return match_near(text, field, reading)
        case DateWord(text, day):
            written = match_text(text, field, reading)
            return Best((written, Term("dates", f"d{day:08d}"))) if field == TEXT else written
        case InDays(_, first, last):
            return within_days(first, last)


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


def _boosts(query: Query, reading: Reading) -> Iterator[Plan]:
    """What adds to the score without being asked for: words side by side, in the subject, as signer, as number."""
    for first, second in _seams(_plain_runs(query)):
        yield Constant(side_by_side("text_fo", folded_tokens(f"{first} {second}")), reading.pair_step(first, second))
    runs = grouped(query.children) if isinstance(query, And) else [(query,)]
    before = ""
    for run in runs:
        for child in run:
            if isinstance(child, DateWord):
                yield Constant(issued_on(child.day), DATE_STEP)
        words = plain_words(run)
        if words:
            yield from run_steps(words, reading)
        for word in words:
            yield Weighted(side_by_side("number_fo", folded_tokens(word.text)), NUMBER_WORD)
        if len(words) == 1:
            yield from number_steps(words[0].text, type_name=_type_at_end(before), alone=len(runs) == 1)
        before = " ".join(word.text for word in words)


def _type_at_end(words: str) -> str | None:
    """The type of paper that stands before a number, "" for "số"; None when the words before it are no such thing."""
    folded = " ".join(folded_tokens(words))
    if folded == "so" or folded.endswith(" so"):
        return _type_at_end(folded[:-2].strip()) or ""
    return next((name for key, name in _types() if folded == key or folded.endswith(f" {key}")), None)


@lru_cache(maxsize=1)
def _types() -> tuple[tuple[str, str], ...]:
    """Types of paper and their abbreviations, folded, the longest first."""
    pairs = [pair for pair in abbreviations() if pair.kind == "type"]
    keys = {" ".join(folded_tokens(form)): pair.long for pair in pairs for form in (pair.short, pair.long)}
    return tuple(sorted(keys.items(), key=lambda item: -len(item[0])))


def _page_parts(query: Query, reading: Reading) -> Iterator[Plan]:
    match query:
        case And(children):
            for run in grouped(children):
                if words := plain_words(run):
                    yield from match_run(words, TEXT, reading)
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
