"""Pages as plain text or as the JSON that `sohoa read` promises."""

from __future__ import annotations

import json
from collections.abc import Sequence

from dossier.model import Line, Page, Table


def to_text(pages: Sequence[Page]) -> str:
    """One line of print a line, NFC, pages separated by form feed."""
    return "\f".join(page.text + "\n" for page in pages)


def to_json(pages: Sequence[Page]) -> str:
    """`{"pages": [...]}`: boxes are pixels of the upright page, confidences 0-1."""
    return json.dumps({"pages": [_page(page) for page in pages]}, ensure_ascii=False, indent=1)


def _page(page: Page) -> dict[str, object]:
    return {
        "number": page.number,
        "width": page.width,
        "height": page.height,
        "dpi": page.dpi,
        "rotation_deg": page.rotation_deg,
        "skew_deg": page.skew_deg,
        "engine": page.provenance.engine,
        "confidence": round(page.confidence, 4),
        "blank": page.blank,
        "lines": [_line(line) for line in page.lines],
        "overlays": [_line(line) for line in page.overlays],
        "tables": [_table(table) for table in page.tables],
        "verdicts": [
            {"kind": verdict.kind.value, "confidence": round(verdict.confidence, 4), "evidence": dict(verdict.evidence)}
            for verdict in page.verdicts
        ],
    }


def _table(table: Table) -> dict[str, object]:
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
                "box": list(cell.box),
            }
            for cell in table.cells
        ],
    }


def _line(line: Line) -> dict[str, object]:
    place = line.cell
    return {
        "box": list(line.box),
        "text": line.text,
        "confidence": round(line.confidence, 4),
        "ink": line.ink.value,
        "cell": None if place is None else {"table": place.table, "row": place.row, "column": place.column},
        "words": [{"box": list(word.box), "text": word.text, "confidence": round(word.confidence, 4)} for word in line.words],
    }
