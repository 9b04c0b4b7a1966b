"""One question from start to end, the same for every engine: reading of words, widening, cursors, totals.

In: a question and the engine's way to run a plan. Out: results.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from dossier.errors import BadQuery
from indexer.filtering import plan_filters, visible_to
from indexer.narrowing import Facet, Sort
from indexer.nearing import A_FEW_PAGES, FEW, HARDLY_ANY, rare_words, rarity_of, with_near
from indexer.plan import Plan
from indexer.planning import can_loosen, can_widen, plan_documents, plan_verbatim
from indexer.query import Query
from indexer.question import FACET_LIMIT, PAGE_LIMIT, TOTAL_LIMIT, Cursor, Hit, Question, Results, Total
from indexer.records import ORDERS, facet_counts

SORT_FIELDS: dict[Sort, tuple[str, bool]] = {
    Sort.OLDEST: ("oldest_day", False),
    Sort.NEWEST: ("first_day", True),
    Sort.TITLE: ("title_order", False),
    Sort.NUMBER: ("number_lowest", False),
    Sort.HIGHEST_NUMBER: ("number_highest", True),
    Sort.ARRIVAL: ("arrival_oldest", False),
    Sort.LATEST_ARRIVAL: ("arrival_first", True),
    Sort.AGENCY: ("agency_order", False),
    Sort.SIGNER: ("signer_order", False),
    Sort.SHORTEST: ("page_amount", False),
    Sort.LONGEST: ("page_amount", True),
}
"""Field of each order and whether it descends; ties go by `seq` ascending. Relevance has no field."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What an engine runs: the words, what the reader may see, the filters by name, and the rest of the question as it was."""

    words: Plan
    visible: Plan
    filters: Mapping[str, Plan]
    sort: Sort
    facets: tuple[Facet, ...]
    limit: int
    after: Cursor | None
    total_limit: int
    facet_limit: int = FACET_LIMIT
    facet_beginning: str = ""


@dataclass(frozen=True, slots=True)
class Answered:
    """What an engine found: hits with their sort values, how many in all (counted up to the limit and one more)."""

    hits: tuple[tuple[Hit, tuple[str | int | float, ...]], ...]
    count: int
    more: bool
    facets: Mapping[Facet, list[tuple[str, int]]]
    view: str | None = None


def answer(question: Question, run: Callable[[Asked], Answered], count: Callable[[Plan], int]) -> Results:
    """Ask an engine; words without marks side by side first, then anywhere; words that nearly nothing holds one letter changed.

    Args:
        question: what is asked.
        run: the engine's way to answer.
        count: how many documents that the reader may see a plan finds.

    Raises:
        BadQuery: a cursor of another question, a limit out of bounds, a bound that is no date.
    """
    _check(question)
    widens = can_widen(question.query)
    after = question.after
    wide = after.wide if after else bool(question.wide) and widens
    query = with_near(question.query, after.near) if after else question.query
    near, rarity = (after.near, after.rarity) if after else ((), ())
    found = run(_asked(question, query, wide=wide, loose=bool(after and after.loose), rarity=rarity))
    if not found.count and widens and not wide and question.wide is None and after is None:
        wide = True
        found = run(_asked(question, query, wide=True))
    if found.count < FEW and after is None and (wide or not widens) and (near := rare_words(query, count)):
        query = with_near(query, near)
        found = run(_asked(question, query, wide=wide))
    loose = after.loose if after else _is_hardly_held(question, query, found.count, run, wide=wide)
    if loose and after is None:
        wide, rarity = wide or widens, rarity_of(query, count)
        found = run(_asked(question, query, wide=wide, loose=True, rarity=rarity))
    return Results(
        hits=tuple(hit for hit, _ in found.hits),
        total=_total(found.count, question.total_limit),
        facets={
            facet: facet_counts(facet, buckets, question.facet_limit, question.facet_beginning)
            for facet, buckets in found.facets.items()
        },
        next=_next(question, found, wide=wide, near=near, loose=loose, rarity=rarity),
        wide=wide,
        can_widen=widens and not wide,
        query=query,
        near=near,
        loose=loose,
    )


def _is_hardly_held(question: Question, query: Query, held: int, run: Callable[[Asked], Answered], *, wide: bool) -> bool:
    """Whether documents that lack a part of the question are meant too.

    When hardly any holds all parts; and when few do, hardly any of them with the words side by side: then the one that is meant may
    have a word misread.
    """
    if question.wide is False or not can_loosen(query) or held >= A_FEW_PAGES:
        return False
    verbatim = plan_verbatim(query, wide=wide) if wide or not can_widen(query) else None
    if held < HARDLY_ANY or verbatim is None:
        return held < HARDLY_ANY
    asked = replace(_asked(question, query, wide=wide), words=verbatim, facets=(), limit=0, total_limit=HARDLY_ANY)
    return run(asked).count < HARDLY_ANY


def _check(question: Question) -> None:
    if not 0 <= question.limit <= PAGE_LIMIT:
        raise BadQuery(position=0, problem="query.bad_limit", limit=PAGE_LIMIT)
    cursor = question.after
    if cursor is None:
        return
    if cursor.question != question.digest:
        raise BadQuery(position=0, problem="query.other_cursor")
    texts = SORT_FIELDS.get(question.sort, ("", False))[0] in ORDERS
    if len(cursor.values) < 2 or isinstance(cursor.values[0], str) is not texts or not isinstance(cursor.values[1], int):
        raise BadQuery(position=0, problem="query.bad_cursor")


def _asked(question: Question, query: Query, *, wide: bool, loose: bool = False, rarity: Sequence[int] = ()) -> Asked:
    return Asked(
        words=plan_documents(query, wide=wide, loose=loose, rarity=rarity),
        visible=visible_to(question.reader),
        filters=plan_filters(question.filters),
        sort=question.sort,
        facets=question.facets,
        limit=question.limit,
        after=question.after,
        total_limit=question.total_limit,
        facet_limit=question.facet_limit,
        facet_beginning=question.facet_beginning,
    )


def _total(count: int, limit: int) -> Total:
    return Total(limit, "gte") if count > limit else Total(count, "eq")


def _next(
    question: Question, found: Answered, *, wide: bool, near: tuple[str, ...], loose: bool, rarity: tuple[int, ...]
) -> Cursor | None:
    """Where to go on; by relevance the way ends after `TOTAL_LIMIT` hits, by field it has no end."""
    if not found.hits or not found.more:
        return None
    seen = (question.after.seen if question.after else 0) + len(found.hits)
    if question.sort is Sort.RELEVANCE and seen >= TOTAL_LIMIT:
        return None
    return Cursor(question.digest, found.hits[-1][1], seen, wide, found.view, near, loose, rarity)
