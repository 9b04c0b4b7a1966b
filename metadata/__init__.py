"""Pages of words to documents and their fields (NĐ 30/2020). Pure: no files, no pixels, no network.

In: `dossier.model.Page`s. Out: `dossier.model.Document`s whose every field names its page, box, confidence and rule.
"""

from metadata.document_types import DOCUMENT_TYPES, DocumentType, type_code
from metadata.documents import find_documents
from metadata.front_matter import FrontMatter, front_matter_of
from metadata.listing import reconcile
from metadata.secrecy import secrecy_mark
from metadata.separators import SEPARATOR_KEYS, BadSeparator, is_separator, separator_content, separator_facts
from metadata.whole_dossier import look_over

__all__ = [
    "DOCUMENT_TYPES",
    "SEPARATOR_KEYS",
    "BadSeparator",
    "DocumentType",
    "FrontMatter",
    "find_documents",
    "front_matter_of",
    "is_separator",
    "look_over",
    "reconcile",
    "secrecy_mark",
    "separator_content",
    "separator_facts",
    "type_code",
]
