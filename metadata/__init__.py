"""Pages of words to documents and their fields (NĐ 30/2020). Pure: no files, no pixels, no network.

In: `dossier.model.Page`s. Out: `dossier.model.Document`s whose every field names its page, box, confidence and rule.
"""

from metadata.documents import find_documents
from metadata.heads.document_types import DOCUMENT_TYPES, DocumentType, type_code
from metadata.parting.front_matter import FrontMatter, front_matter_of
from metadata.parting.listing import reconcile
from metadata.parting.separators import SEPARATOR_KEYS, BadSeparator, is_separator, separator_content, separator_facts
from metadata.pressed.secrecy import secrecy_mark
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
