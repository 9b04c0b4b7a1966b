"""What a printed page really says, for whoever checks a reading of it.

In: what was printed. Out: `PageTruth` and `DocumentTruth` values and their JSON. Boxes are pixels of the upright page
before skew, at the page's dpi: turn the scan clockwise by `rotation_deg`, then clockwise by `skew_deg` about the middle
of the page, and they fit.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

from numpy import uint8
from numpy.typing import NDArray

from sample_printer.spec import DocumentSpec

Pixels = NDArray[uint8]
JsonObject = dict[str, object]


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """One printed line (or one line of a table cell) and where its ink lies: left, top, right, bottom."""

    text: str
    box: tuple[int, int, int, int]
    red: bool = False


@dataclass(frozen=True, slots=True)
class PrintedCell:
    """A cell of a ruled table: first row and column (from 0), how many of each it spans, its text and the box of its inside."""

    row: int
    column: int
    row_span: int
    column_span: int
    text: str
    box: tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """A ruled table, or the part of one that stands on this page: its rows count from 0 on every page."""

    box: tuple[int, int, int, int]
    rows: int
    columns: int
    cells: tuple[PrintedCell, ...]


@dataclass(frozen=True, slots=True)
class PageTruth:
    """What is on one page.

    Attributes:
        state: "text", "blank" or "secret".
        rotation_deg: clockwise turn (0, 90, 180, 270) that makes the scan upright.
        skew_deg: counter-clockwise skew left after that turn.
        width: pixels of the upright page; `height` likewise.
        lines: printed lines in reading order.
        optional: words that may be read or not: seals, arrival stamps, secrecy and urgency marks.
        pressed: stamps, pen notes and marks of digital signatures with their places; not written into the JSON.
        tables: ruled tables whose cells are known (those of `table_pages`), from top to bottom.
    """

    number: int
    state: str
    dpi: int
    width: int
    height: int
    lines: tuple[PrintedLine, ...] = ()
    optional: tuple[str, ...] = ()
    rotation_deg: int = 0
    skew_deg: float = 0.0
    tables: tuple[PrintedTable, ...] = ()
    pressed: tuple[PrintedLine, ...] = ()


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """A page image (RGB, height x width x 3) with its truth."""

    image: Pixels
    truth: PageTruth

    def numbered(self, number: int) -> "PrintedPage":
        """Return the page as page `number` of its file."""
        return replace(self, truth=replace(self.truth, number=number))


def joined(text: str) -> str:
    """Join forced line breaks with a space, in NFC."""
    return unicodedata.normalize("NFC", " ".join(text.split()))


def document_truth(spec: DocumentSpec, pages: Sequence[int]) -> JsonObject:
    """Return the true fields of a document, keyed as `sohoa describe` prints them.

    Of two signatures (contracts, minutes) the second counts: the party that issues signs on the right.
    """
    signature = spec.signatures[-1] if spec.signatures else None
    return {
        "pages": [pages[0], pages[-1]],
        "organName": joined(spec.organ_name),
        "parentOrganName": joined(spec.parent_organ_name) if spec.parent_organ_name else None,
        "codeNumber": spec.code_number or None,
        "codeNotation": spec.code_notation or None,
        "issuedPlace": spec.issued_place,
        "issuedDate": spec.issued_date.isoformat(),
        "typeName": spec.type_name,
        "subject": joined(spec.subject),
        "signerName": signature.name if signature else None,
        "signerPosition": joined(signature.position) if signature else None,
        "toPlaces": list(spec.to_places),
        "secrecy": spec.secrecy,
        "priority": spec.priority,
    }


def page_json(truth: PageTruth) -> JsonObject:
    """Return a page's truth as a JSON object; `boxes` runs beside `lines`; `tables` only where cells are known."""
    tables: JsonObject = {"tables": [_table_json(table) for table in truth.tables]} if truth.tables else {}
    return {
        "number": truth.number,
        "state": truth.state,
        "rotation_deg": truth.rotation_deg,
        "skew_deg": truth.skew_deg,
        "dpi": truth.dpi,
        "width": truth.width,
        "height": truth.height,
        "lines": [line.text for line in truth.lines],
        "boxes": [list(line.box) for line in truth.lines],
        "optional": list(truth.optional),
        **tables,
    }


def _table_json(table: PrintedTable) -> JsonObject:
    return {
        "box": list(table.box),
        "rows": table.rows,
        "columns": table.columns,
        "cells": [
            {
                "row": cell.row,
                "column": cell.column,
                "row_span": cell.row_span,
                "column_span": cell.column_span,
                "text": cell.text,
                "box": list(cell.box),
            }
            for cell in table.cells
        ],
    }


def file_truth(pages: Sequence[PageTruth], documents: Sequence[JsonObject]) -> JsonObject:
    """Return what lies beside a scan file as `<file name>.truth.json`."""
    return {"pages": [page_json(page) for page in pages], "documents": list(documents)}
