"""Rules of Vietnamese text, used alike for reading fields, indexing, querying and highlighting. Pure."""

from dossier.text.collation import sort_key
from dossier.text.dates import Days, WrittenDate, find_dates, written_days
from dossier.text.letters import exact_key, fold, folded_key, has_marks, normalise
from dossier.text.numbers import looks_like_number, number_key
from dossier.text.tokens import ANALYSIS, Stream, Token, join_streams, stream, tokenise

__all__ = [
    "ANALYSIS",
    "Days",
    "Stream",
    "Token",
    "WrittenDate",
    "exact_key",
    "find_dates",
    "fold",
    "folded_key",
    "has_marks",
    "join_streams",
    "looks_like_number",
    "normalise",
    "number_key",
    "sort_key",
    "stream",
    "tokenise",
    "written_days",
]
