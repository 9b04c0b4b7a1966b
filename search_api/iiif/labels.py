"""Words of manifests: language maps, the document's name, its fields as label and value.

In: a document, the facts of its dossier. Out: JSON of the Presentation API. Labels in both languages, values as on paper.
"""

from __future__ import annotations

from collections.abc import Iterator

from dossier.messages import LANGUAGES, Messages
from dossier.model import ArchivalFacts, Document, Found, single_fields
from search_api.iiif.answers import Json

_LANGUAGE = "vi"

_LEFT_OUT = {"codeNumber", "codeNotation", "language", "autograph"}
"""Shown together as one number, or of no use in a viewer."""


def in_both(key: str, **facts: object) -> Json:
    """A sentence of the catalogue as a language map."""
    return {language: [Messages(language).text(key, **facts)] for language in LANGUAGES}


def as_written(*values: str) -> Json:
    """What stands on the paper as a language map."""
    return {_LANGUAGE: list(values)}


def name_of(document: Document) -> Json:
    """What people call a document: kind, number and subject, as far as they are known."""
    kind = document.type_name.value if document.type_name is not None else ""
    head = " ".join(part for part in (kind, document.number) if part)
    subject = document.subject.value if document.subject is not None else ""
    name = ": ".join(part for part in (head, subject) if part)
    return as_written(name) if name else in_both("iiif.untitled")


def fields_of(document: Document, facts: ArchivalFacts) -> list[Json]:
    """Label and value of every field that is known, in the order of the form (NĐ 30/2020 PL VI), then of the dossier."""
    rows = [] if document.number is None else [_row("iiif.number", document.number)]
    for name, found in single_fields(document):
        if found is not None and name not in _LEFT_OUT:
            rows.append(_row(f"field.{name}", found.value))
    if document.to_places:
        rows.append(_row("field.toPlaces", *(place.value for place in document.to_places)))
    rows += [_row(key, value) for key, value in _archival(facts)]
    return [*rows, _row("iiif.pages", str(len(document.page_ids)))]


def statement_of(facts: ArchivalFacts) -> Json:
    """What has to be shown beside every picture: where the paper is, and that the paper counts."""
    where = ", ".join(part for part in (facts.fonds, facts.title) if part)
    value = {
        language: [Messages(language).text("iiif.statement", where=where or Messages(language).text("iiif.this_archive"))]
        for language in LANGUAGES
    }
    return {"label": in_both("iiif.kept_at"), "value": value}


def annex_label(title: Found | None) -> Json:
    """The name of an annex."""
    return in_both("iiif.annex_untitled") if title is None else in_both("iiif.annex", title=title.value)


def _archival(facts: ArchivalFacts) -> Iterator[tuple[str, str]]:
    for key, value in (("iiif.fonds", facts.fonds), ("iiif.dossier", facts.title), ("iiif.file_number", facts.file_number)):
        if value:
            yield key, value


def _row(key: str, *values: str) -> Json:
    return {"label": in_both(key), "value": as_written(*values)}
