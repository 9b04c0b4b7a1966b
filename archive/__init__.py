"""A finished dossier for somebody else: lists in the forms of NĐ 30/2020 PL V as spreadsheet, print, CSV and JSON."""

from archive.lists import (
    Compiler,
    ListForm,
    ListFormat,
    PrintedList,
    TableFormat,
    list_of_documents,
    list_of_dossiers,
    print_font,
    write_list,
    write_table,
)

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
