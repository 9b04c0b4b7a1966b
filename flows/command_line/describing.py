"""`sohoa describe`: the documents of one file and their fields, with confidence and evidence."""

from __future__ import annotations

import json
from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated

import typer
from rich.table import Table

from dossier.model import Document, Doubt, Found, page_number, single_fields
from dossier.settings import load_settings
from flows.command_line.console import output, write
from flows.command_line.document_parts import Part, evidence_of, found_values, parts_of
from flows.command_line.language import say
from flows.command_line.options import FileArgument
from flows.command_line.reading import read_pages
from metadata import find_documents
from metadata.packs import load_packs


class DescribeFormat(StrEnum):
    """Formats of `sohoa describe`."""

    JSON = "json"
    TABLE = "table"


def describe(
    file: FileArgument,
    output_format: Annotated[DescribeFormat, typer.Option("--format", help=say("help.describe_format"))] = DescribeFormat.JSON,
) -> None:
    """Describe a file; see the help text in the catalogue."""
    settings = load_settings()
    packs = load_packs(settings.metadata.packs)
    documents = find_documents(read_pages(file, settings), packs=packs)
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
    evidence: dict[str, object] = {name: evidence_of(value) for name, value in found.items()}
    if places:
        confidence["toPlaces"] = round(min(place.confidence for place in places), 3)
        evidence["toPlaces"] = [evidence_of(place) for place in places]
    return {
        "pages": [page_number(document.page_ids[0]), page_number(document.page_ids[-1])],
        **{name: None if value is None else value.value for name, value in fields.items()},
        "toPlaces": [place.value for place in places],
        **parts_of(document),
        "confidence": confidence,
        "evidence": evidence,
    }


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
    parts: list[tuple[str, Part]] = [("arrival", document.arrival)] if document.arrival else []
    parts += [("digitalSignature", signature) for signature in document.digital_signatures]
    parts += [("coIssuer", issuer) for issuer in document.co_issuers]
    for prefix, part in parts:
        yield from ((f"{prefix}_{name}", value) for name, value in found_values(part).items())
    yield from (("annex_title", annex.title) for annex in document.annexes if annex.title)


def _doubt_facts(doubt: Doubt) -> dict[str, str]:
    """The facts of a doubt for its sentence: fields by the names that staff see."""
    return {**doubt.facts, "field": say(f"field.{doubt.field}")}
