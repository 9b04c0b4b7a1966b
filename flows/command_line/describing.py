"""`sohoa describe`: the documents of one file and their fields, with confidence and evidence."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields as fields_of
from enum import StrEnum
from typing import Annotated

import typer
from rich.table import Table

from dossier.model import (
    Annex,
    Arrival,
    DigitalSignature,
    Document,
    Doubt,
    Found,
    Issuer,
    page_number,
    single_fields,
)
from dossier.settings import load_settings
from flows.command_line.console import output, write
from flows.command_line.language import say
from flows.command_line.options import FileArgument
from flows.command_line.reading import read_pages
from metadata import find_documents


class DescribeFormat(StrEnum):
    """Formats of `sohoa describe`."""

    JSON = "json"
    TABLE = "table"


def describe(
    file: FileArgument,
    output_format: Annotated[DescribeFormat, typer.Option("--format", help=say("help.describe_format"))] = DescribeFormat.JSON,
) -> None:
    """Describe a file; see the help text in the catalogue."""
    documents = find_documents(read_pages(file, load_settings()))
    if output_format is DescribeFormat.JSON:
        write(json.dumps({"documents": [_plain(document) for document in documents]}, ensure_ascii=False, indent=1) + "\n")
        return
    for document in documents:
        output.print(_table(document))


def _plain(document: Document) -> dict[str, object]:
    fields = dict(single_fields(document))
    found = {name: value for name, value in fields.items() if value is not None}
    places = document.to_places
    confidence = {name: round(value.confidence, 3) for name, value in found.items()}
    evidence: dict[str, object] = {name: _evidence(value) for name, value in found.items()}
    if places:
        confidence["toPlaces"] = round(min(place.confidence for place in places), 3)
        evidence["toPlaces"] = [_evidence(place) for place in places]
    return {
        "pages": [page_number(document.page_ids[0]), page_number(document.page_ids[-1])],
        **{name: None if value is None else value.value for name, value in fields.items()},
        "toPlaces": [place.value for place in places],
        "number": document.number,
        "pageAmount": document.page_amount,
        "arrival": _parts_of(document.arrival) if document.arrival else None,
        "digitalSignatures": [_parts_of(signature) for signature in document.digital_signatures],
        "coIssuers": [_parts_of(issuer) for issuer in document.co_issuers],
        "annexes": [_annex(annex) for annex in document.annexes],
        "doubts": [{"field": doubt.field, "code": doubt.code, **doubt.facts} for doubt in document.doubts],
        "confidence": confidence,
        "evidence": evidence,
    }


def _parts_of(part: Arrival | DigitalSignature | Issuer) -> dict[str, object]:
    """The found values of a part of a document under the names of the regulations' style, without those it has not."""
    values = {_camel(each.name): getattr(part, each.name) for each in fields_of(part)}
    return {name: {"value": value.value, **_evidence(value)} for name, value in values.items() if value is not None}


def _annex(annex: Annex) -> dict[str, object]:
    numbers = [page_number(page_id) for page_id in annex.page_ids]
    return {"pages": [numbers[0], numbers[-1]], "title": annex.title.value if annex.title else None}


def _camel(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(other.capitalize() for other in others)


def _evidence(found: Found) -> dict[str, object]:
    return {"page": page_number(found.page_id), "box": list(found.box)}


def _table(document: Document) -> Table:
    first, last = page_number(document.page_ids[0]), page_number(document.page_ids[-1])
    table = Table(title=f"{say('field.pages')} {first}-{last}")
    for column in ("name", "value", "confidence"):
        table.add_column(say(f"field.{column}"), overflow="fold")
    for name, value in _rows(document):
        table.add_row(say(f"field.{name}"), value.value, f"{value.confidence:.2f}")
    if document.page_amount is not None:
        table.add_row(say("field.pageAmount"), str(document.page_amount), "")
    for doubt in document.doubts:
        table.add_row(say("field.doubt"), say(f"doubt.{doubt.code}", **_doubt_facts(doubt)), "")
    return table


def _rows(document: Document) -> Iterator[tuple[str, Found]]:
    """Every value of a document with the key of its name in the catalogue."""
    yield from ((name, value) for name, value in single_fields(document) if value is not None)
    yield from (("toPlaces", place) for place in document.to_places)
    parts: list[tuple[str, Arrival | DigitalSignature | Issuer]] = [("arrival", document.arrival)] if document.arrival else []
    parts += [("digitalSignature", signature) for signature in document.digital_signatures]
    parts += [("coIssuer", issuer) for issuer in document.co_issuers]
    for prefix, part in parts:
        for each in fields_of(part):
            value = getattr(part, each.name)
            if value is not None:
                yield f"{prefix}_{_camel(each.name)}", value
    yield from (("annex_title", annex.title) for annex in document.annexes if annex.title)


def _doubt_facts(doubt: Doubt) -> dict[str, str]:
    """The facts of a doubt for its sentence: fields by the names that staff see."""
    return {**doubt.facts, "field": say(f"field.{doubt.field}")}
