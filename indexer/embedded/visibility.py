"""What a reader may see, in the form that is quickest here: groups as single terms, bounds as what is left out.

In: the plan of what a reader may see (`indexer.filtering.visible_to`). Out: a query that finds the same entries. A set of terms
would be made anew for every question, and a range that nearly everything is in would be read value by value.
"""

from __future__ import annotations

import tantivy
from tantivy import FieldType, Occur, Query

from indexer.embedded.query import translate
from indexer.plan import AnyOf, Between, Combine, Plan


def seen(visible: Plan, schema: tantivy.Schema) -> Query:
    """Entries that a reader may see; bounds are turned round only beside his groups, without which no entry is seen."""
    match visible:
        case Combine((AnyOf("acl", groups), *bounds), (), ()) if all(
            isinstance(one, Between) and one.low is None for one in bounds
        ):
            parts = [(Occur.Must, _any_of(groups, schema))]
            parts += [(Occur.MustNot, _above(one, schema)) for one in bounds if isinstance(one, Between)]
            return Query.boolean_query(parts)
        case _:
            return translate(visible, schema)


def _any_of(groups: tuple[str, ...], schema: tantivy.Schema) -> Query:
    return Query.boolean_query([(Occur.Should, Query.term_query(schema, "acl", group)) for group in groups])


def _above(bound: Between, schema: tantivy.Schema) -> Query:
    return Query.range_query(schema, bound.field, FieldType.Unsigned, bound.high, None, include_lower=False)
