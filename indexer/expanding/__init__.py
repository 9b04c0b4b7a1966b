"""Other ways to write what was asked: abbreviations, old and new names, damaged letters, keys of a keyboard program.

In: words of a question. Out: spans of them with their other forms; the catalogues of `dossier` know which. Pure.
"""

from indexer.expanding.damage import damaged_forms, misread_numbers
from indexer.expanding.spans import Other, OtherKind, Span, spans_of
from indexer.expanding.typed_keys import as_meant

__all__ = ["Other", "OtherKind", "Span", "as_meant", "damaged_forms", "misread_numbers", "spans_of"]
