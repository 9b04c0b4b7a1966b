"""Pages of words to documents and their fields (NĐ 30/2020). Pure: no files, no pixels, no network.

In: `dossier.model.Page`s. Out: `dossier.model.Document`s whose every field names its page, box, confidence and rule.
"""

from metadata.document_types import DOCUMENT_TYPES, DocumentType, type_code
from metadata.documents import find_documents
from metadata.secrecy import secrecy_mark
from metadata.separators import SEPARATOR_KEYS, BadSeparator, is_separator, separator_content, separator_facts

__all__ = [
    "DOCUMENT_TYPES",
    "SEPARATOR_KEYS",
    "BadSeparator",
    "DocumentType",
    "find_documents",
    "is_separator",
    "secrecy_mark",
    "separator_content",
    "separator_facts",
    "type_code",
]
