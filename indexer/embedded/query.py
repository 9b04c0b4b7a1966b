"""Plans in tantivy's terms: one small translation a node, no rule of its own.

In: a plan. Out: a tantivy query.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import tantivy
from tantivy import Occur, Query

from indexer.embedded.pairs import PAIRED, PAIRS, pairs_of_phrase
from indexer.plan import (
    All,
    AnyOf,
    Best,
    Between,
    Combine,
    Constant,
    FuzzyOf,
    Most,
    Nothing,
    PhraseOf,
    Plan,
    PrefixOf,
    Term,
    Weighted,
)


def translate(plan: Plan, schema: tantivy.Schema) -> Query:
    """The tantivy query of a plan."""
    match plan:
        case Best(children):
            return Query.disjunction_max_query([translate(child, schema) for child in children])
        case Weighted(child, weight):
            return Query.boost_query(translate(child, schema), weight)
        case Constant(child, score):
            return Query.const_score_query(translate(child, schema), score)
        case Combine(must, should, must_not):
            parts = [
                *((Occur.Must, translate(child, schema)) for child in must),
                *((Occur.Should, translate(child, schema)) for child in should),
                *((Occur.MustNot, translate(child, schema)) for child in must_not),
            ]
            return Query.boolean_query(parts)
        case Most(children, least):
            either = [(Occur.Should, translate(child, schema)) for child in children]
            return Query.boolean_query(either, minimum_number_should_match=least)
        case _:
            return _leaf(plan, schema)


def _leaf(plan: All | Nothing | Term | PhraseOf | PrefixOf | FuzzyOf | AnyOf | Between, schema: tantivy.Schema) -> Query:
    match plan:
        case All():
            return Query.all_query()
        case Nothing():
            return Query.empty_query()
        case Term(field, token):
            return Query.term_query(schema, field, token)
        case PhraseOf(field, tokens, slop):
            phrase = Query.phrase_query(schema, field, list(tokens), slop)
            return _where_pairs_are(phrase, tokens, schema) if field in PAIRED and not slop else phrase
        case PrefixOf(field, beginning):
            return Query.regex_query(schema, field, _literal(beginning) + ".*")
        case FuzzyOf(field, token):
            return Query.const_score_query(Query.fuzzy_term_query(schema, field, token, distance=1), 1.0)
        case AnyOf(field, values):
            return Query.const_score_query(Query.term_set_query(schema, field, list(values)), 1.0)
        case Between(field, low, high):
            if low is None and high is None:
                return Query.all_query()
            return Query.const_score_query(
                Query.range_query(schema, field, tantivy.FieldType.Unsigned, lower_bound=low, upper_bound=high), 1.0
            )


def _where_pairs_are(phrase: Query, tokens: Sequence[str], schema: tantivy.Schema) -> Query:
    """The phrase, looked up only where its pairs are: else positions are compared wherever all its words are, nearly everywhere."""
    try:
        pairs = [Query.term_query(schema, PAIRS, pair) for pair in pairs_of_phrase(tokens)]
    except ValueError:  # pages have no pairs
        return phrase
    return restrict(phrase, pairs)


def _literal(text: str) -> str:
    """Text for a regular expression of tantivy, which refuses to have anything escaped but the punctuation of ASCII."""
    return re.sub(r"([!-/:;=?@\[-^`{-~])", r"\\\1", text)


def restrict(words: Query, filters: Iterable[Query], excluded: Query | None = None) -> Query:
    """`words` within filters, which add nothing to the score."""
    parts = [(Occur.Must, words), *((Occur.Must, Query.const_score_query(query, 0.0)) for query in filters)]
    if excluded is not None:
        parts.append((Occur.MustNot, excluded))
    return Query.boolean_query(parts)
