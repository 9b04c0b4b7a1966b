"""A dossier to index entries, a question to hits; the same answers from the embedded engine and from Elasticsearch."""

from indexer.entries import DocumentEntry, PageEntry, entries_of
from indexer.grammar import parse_query
from indexer.highlighting import MatchedBox, Snippet, highlight, matched_boxes
from indexer.narrowing import TREE, Facet, Filters, Sort, branch_key
from indexer.opening import open_index
from indexer.port import Delete, Health, Index, Operation, Outcome, OutcomeKind, Put, Rebuild, Stats
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

__all__ = [
    "TREE",
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
    "branch_key",
    "entries_of",
    "highlight",
    "interpret",
    "matched_boxes",
    "open_index",
    "parse_query",
]
