"""What hits must be, besides matching words: ticked values, days, and what the reader may see.

In: filters and a reader. Out: plans that add nothing to the score.
"""

from __future__ import annotations

from dossier.model import Reader
from dossier.text import fold, number_key
from indexer.plan import All, AnyOf, Between, Combine, Nothing, Plan
from indexer.question import Facet, Filters


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
            keys = values if facet is Facet.DOSSIER else tuple(" ".join(fold(value).split()) for value in values)
            plans[facet.value] = AnyOf(f"{facet.value}_key", keys)
    if filters.number:
        plans["number"] = AnyOf("number_key", tuple(number_key(number) for number in filters.number))
    first, last = filters.days()
    if first is not None or last is not None:
        plans["date"] = within_days(first, last)
    return plans


def within_days(first: int | None, last: int | None) -> Plan:
    """Documents whose days overlap these; a document without date has day 0 and is never within."""
    return Combine(must=(Between("first_day", 1, last), Between("last_day", max(1, first or 1), None)))
