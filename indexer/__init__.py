"""A dossier to index entries, a question to hits; the same answers from the embedded engine and from Elasticsearch."""

from indexer.entries import DocumentEntry, PageEntry, entries_of
from indexer.explaining import Reason, other_forms, reasons
from indexer.form import words_of
from indexer.grammar import GRAMMAR, parse_query
from indexer.highlighting import MatchedBox, Snippet, highlight, matched_boxes
from indexer.hints import Hint, Lookup
from indexer.narrowing import TREE, Facet, Filters, Sort, branch_key
from indexer.numbering import find_numbers
from indexer.opening import consumer_name, open_index, place_of_index
from indexer.plan import Plan
from indexer.port import Delete, Details, Health, Index, Operation, Outcome, OutcomeKind, Put, Rebuild, Stats
from indexer.query import Query, interpret
from indexer.question import (
    Cursor,
    FacetCount,
    Hit,
    PageHit,
    PageHits,
    Question,
    Results,
    Total,
)
from indexer.similar import Likeness, likeness_of, similar_documents
from indexer.spelling import Reading, better_spelling, readings_of
from indexer.suggesting import Suggestion

__all__ = [
    "GRAMMAR",
    "TREE",
    "Cursor",
    "Delete",
    "Details",
    "DocumentEntry",
    "Facet",
    "FacetCount",
    "Filters",
    "Health",
    "Hint",
    "Hit",
    "Index",
    "Likeness",
    "Lookup",
    "MatchedBox",
    "Operation",
    "Outcome",
    "OutcomeKind",
    "PageEntry",
    "PageHit",
    "PageHits",
    "Plan",
    "Put",
    "Query",
    "Question",
    "Reading",
    "Reason",
    "Rebuild",
    "Results",
    "Snippet",
    "Sort",
    "Stats",
    "Suggestion",
    "Total",
    "better_spelling",
    "branch_key",
    "consumer_name",
    "entries_of",
    "find_numbers",
    "highlight",
    "interpret",
    "likeness_of",
    "matched_boxes",
    "open_index",
    "other_forms",
    "parse_query",
    "place_of_index",
    "readings_of",
    "reasons",
    "similar_documents",
    "words_of",
]
