"""Rules of Vietnamese text, used alike for reading fields, indexing, querying and highlighting. Pure."""

from dossier.text.collation import given_name, name_sort_key, sort_key
from dossier.text.dates import Days, WrittenDate, find_dates, written_days
from dossier.text.letters import exact_key, fold, folded_key, has_marks, normalise
from dossier.text.numbers import looks_like_number, number_key
from dossier.text.numerals import NUMBER_WORDS, number_of_words, words_of_number
from dossier.text.rescans import NEAR, Signature, band_keys, signature_of, similarity
from dossier.text.tokens import ANALYSIS, Stream, Token, join_streams, stream, tokenise

__all__ = [
    "ANALYSIS",
    "NEAR",
    "NUMBER_WORDS",
    "Days",
    "Signature",
    "Stream",
    "Token",
    "WrittenDate",
    "band_keys",
    "exact_key",
    "find_dates",
    "fold",
    "folded_key",
    "given_name",
    "has_marks",
    "join_streams",
    "looks_like_number",
    "name_sort_key",
    "normalise",
    "number_key",
    "number_of_words",
    "signature_of",
    "similarity",
    "sort_key",
    "stream",
    "tokenise",
    "words_of_number",
    "written_days",
]
