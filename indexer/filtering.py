"""What hits must be, besides matching words: ticked values, days, and what the reader may see.

In: filters and a reader. Out: plans that add nothing to the score.
"""

from __future__ import annotations

from collections.abc import Iterable

from dossier.model import Reader
from dossier.text import number_key
from indexer.narrowing import Facet, Filters, value_key
from indexer.plan import All, AnyOf, Between, Combine, Nothing, Plan


def visible_to(reader: Reader) -> Plan:
    """Documents and pages that `reader.may_see`; what has no group is seen by nobody but the program itself."""
    if reader.sees_all:
        return All()
    if not reader.groups:
        return Nothing()
    must: list[Plan] = [AnyOf("acl", tuple(sorted(reader.groups))), Between("level", None, int(reader.clearance))]
    if not reader.sees_embargoed:
        must.append(Between("open_from", None, reader.today))
    return Combine(must=tuple(must))


def plan_filters(filters: Filters) -> dict[str, Plan]:
    """One plan for each filter that is set, by name; facet names are the names of `Facet`."""
    plans: dict[str, Plan] = {}
    for facet in Facet:
        values = tuple(str(value) for value in getattr(filters, facet.value))
        if values:
            plans[facet.value] = AnyOf(f"{facet.value}_key", values if facet is Facet.DOSSIER else _keys(values))
    plans |= _number_filters(filters)
    if filters.file:
        plans["file"] = AnyOf("file_key", filters.file)
    if filters.branch:
        plans["branch"] = AnyOf("branch_key", _keys(filters.branch))
    first, last = filters.days()
    if first is not None or last is not None:
        plans["date"] = within_days(first, last)
    first, last = filters.arrival_days()
    if first is not None or last is not None:
        plans["arrival_date"] = within_days(first, last, field="arrival")
    if filters.pages_from is not None or filters.pages_to is not None:
        plans["pages"] = Between("page_amount", filters.pages_from, filters.pages_to)
    return plans


def _keys(values: Iterable[str]) -> tuple[str, ...]:
    """Values as they are compared, and as they are for those that are ids."""
    return tuple(dict.fromkeys(key for value in values for key in (value_key(value), value)))


def _number_filters(filters: Filters) -> dict[str, Plan]:
    plans: dict[str, Plan] = {}
    if filters.number:
        keys = tuple(number_key(number) for number in filters.number)
        plans["number"] = Combine(should=(AnyOf("number_key", keys), AnyOf("number_part", keys)))
    if filters.cites:
        plans["cites"] = AnyOf("cites_key", tuple(number_key(number) for number in filters.cites))
    if filters.arrival_number:
        plans["arrival_number"] = AnyOf("arrival_number_key", tuple(number_key(number) for number in filters.arrival_number))
    return plans


def issued_on(day: int) -> Plan:
    """Documents issued on this very day."""
    return Combine(must=(Between("first_day", day, day), Between("last_day", day, day)))


def within_days(first: int | None, last: int | None, *, field: str = "") -> Plan:
    """Documents whose days overlap these; a document without date has day 0 and is never within."""
    low, high = (f"{field}_first", f"{field}_last") if field else ("first_day", "last_day")
    return Combine(must=(Between(low, 1, last), Between(high, max(1, first or 1), None)))
