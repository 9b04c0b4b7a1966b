"""The two lists of a dossier's papers that archives exchange (NĐ 30/2020 PL V)."""

from archive.lists.forms import Compiler, ListForm, PrintedList, list_of_documents, list_of_dossiers
from archive.lists.tables import TableFormat, write_table
from archive.lists.writing import ListFormat, print_font, write_list

__all__ = [
    "Compiler",
    "ListForm",
    "ListFormat",
    "PrintedList",
    "TableFormat",
    "list_of_documents",
    "list_of_dossiers",
    "print_font",
    "write_list",
    "write_table",
]
