"""A dossier to index entries, a question to hits; the same answers from the embedded engine and from Elasticsearch."""

from indexer.entries import DocumentEntry, PageEntry, entries_of
from indexer.grammar import parse_query
from indexer.highlighting import MatchedBox, Snippet, highlight, matched_boxes
from indexer.opening import open_index
from indexer.port import Delete, Health, Index, Operation, Outcome, OutcomeKind, Put, Rebuild, Stats
from indexer.query import Query, interpret
from indexer.question import (
    Cursor,
    Facet,
    FacetCount,
    Filters,
    Hit,
    PageHit,
    PageHits,
    Question,
    Results,
    Sort,
    Total,
)

__all__ = [
    "Cursor",
    "Delete",
    "DocumentEntry",
    "Facet",
    "FacetCount",
    "Filters",
    "Health",
    "Hit",
    "Index",
    "MatchedBox",
    "Operation",
    "Outcome",
    "OutcomeKind",
    "PageEntry",
    "PageHit",
    "PageHits",
    "Put",
    "Query",
    "Question",
    "Rebuild",
    "Results",
    "Snippet",
    "Sort",
    "Stats",
    "Total",
    "entries_of",
    "highlight",
    "interpret",
    "matched_boxes",
    "open_index",
    "parse_query",
]
