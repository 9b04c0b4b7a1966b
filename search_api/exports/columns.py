"""Columns of an export. In: a document with its dossier. Out: text, as lists show it; sensitive personal data never."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum

from dossier.model import Document, Dossier, Found
from search_api.masking import Veil, hidden_numbers, without_numbers
from store import StoredDocument


class Column(StrEnum):
    """What can stand in a column; names are those of `/v1/search`."""

    ID = "id"
    NUMBER = "number"
    TYPE_NAME = "typeName"
    ISSUED_DATE = "issuedDate"
    ISSUED_PLACE = "issuedPlace"
    PARENT_ORGAN_NAME = "parentOrganName"
    ORGAN_NAME = "organName"
    SUBJECT = "subject"
    SIGNER_NAME = "signerName"
    SIGNER_POSITION = "signerPosition"
    TO_PLACES = "toPlaces"
    PRIORITY = "priority"
    SECRECY = "secrecy"
    LANGUAGE = "language"
    MODE = "mode"
    RECORD = "record"
    ARRIVAL_NUMBER = "arrivalNumber"
    ARRIVAL_DATE = "arrivalDate"
    PAGE_COUNT = "page_count"
    DOUBTS = "doubts"
    DOSSIER = "dossier"
    DOSSIER_TITLE = "dossierTitle"
    FONDS = "fonds"
    CATALOGUE = "catalogue"
    BOX = "box"
    FILE_NUMBER = "fileNumber"
    MAINTENANCE = "maintenance"


USUAL = (
    Column.ID, Column.NUMBER, Column.TYPE_NAME, Column.ISSUED_DATE, Column.ORGAN_NAME, Column.SUBJECT, Column.SIGNER_NAME,
    Column.PAGE_COUNT, Column.DOSSIER, Column.DOSSIER_TITLE, Column.FONDS,
)  # fmt: skip
"""What is exported when nothing else is said."""

_OF_DOCUMENT: Mapping[Column, Callable[[Document], Found | str | int | None]] = {
    Column.ID: lambda one: one.id,
    Column.NUMBER: lambda one: one.number,
    Column.TYPE_NAME: lambda one: one.type_name,
    Column.ISSUED_DATE: lambda one: one.issued_date,
    Column.ISSUED_PLACE: lambda one: one.issued_place,
    Column.PARENT_ORGAN_NAME: lambda one: one.parent_organ_name,
    Column.ORGAN_NAME: lambda one: one.organ_name,
    Column.SUBJECT: lambda one: one.subject,
    Column.SIGNER_NAME: lambda one: one.signer_name,
    Column.SIGNER_POSITION: lambda one: one.signer_position,
    Column.TO_PLACES: lambda one: "; ".join(found.value for found in one.to_places),
    Column.PRIORITY: lambda one: one.priority,
    Column.SECRECY: lambda one: one.secrecy,
    Column.LANGUAGE: lambda one: one.language,
    Column.MODE: lambda one: one.mode,
    Column.RECORD: lambda one: one.record.name if one.record else None,
    Column.ARRIVAL_NUMBER: lambda one: one.arrival.number if one.arrival else None,
    Column.ARRIVAL_DATE: lambda one: one.arrival.date if one.arrival else None,
    Column.PAGE_COUNT: lambda one: len(one.page_ids),
    Column.DOUBTS: lambda one: "; ".join(dict.fromkeys(doubt.code for doubt in one.doubts)),
}

_OF_DOSSIER: Mapping[Column, Callable[[Dossier], str | None]] = {
    Column.DOSSIER: lambda one: one.id,
    Column.DOSSIER_TITLE: lambda one: one.known_facts.title or one.name,
    Column.FONDS: lambda one: one.known_facts.fonds,
    Column.CATALOGUE: lambda one: one.known_facts.catalogue,
    Column.BOX: lambda one: one.known_facts.box,
    Column.FILE_NUMBER: lambda one: one.known_facts.file_number,
    Column.MAINTENANCE: lambda one: one.known_facts.maintenance,
}


def row_of(stored: StoredDocument, dossier: Dossier, columns: tuple[Column, ...]) -> dict[str, str]:
    """A row, by names of columns; the id is always in it. Numbers of people that are sensitive are masked in running text."""
    hidden = hidden_numbers(stored.document, Veil.SENSITIVE)
    row = {Column.ID.value: stored.document.id}
    for column in columns:
        value = _OF_DOSSIER[column](dossier) if column in _OF_DOSSIER else _OF_DOCUMENT[column](stored.document)
        text = value.value if isinstance(value, Found) else "" if value is None else str(value)
        masked = column not in (Column.ID, Column.DOSSIER)
        row[column.value] = without_numbers(text, hidden) if masked else text
    return row
