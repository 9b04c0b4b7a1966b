"""Pages as hOCR 1.2 (XHTML): `ocr_page` > `ocr_carea` > `ocr_par` > `ocr_line` > `ocrx_word` with `bbox` and `x_wconf`.

A ruled table is an `ocr_table` with rows and cells; marks of digital signatures are `ocr_textfloat`. What hOCR has no property for
(ink, turn, verdicts, how the page was read) stands in `data-` attributes, which other programs pass over.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from xml.etree import ElementTree

from dossier.model import Box, Ink, Line, Page
from ocr.formats.blocks import FilledTable, TextRun, blocks_of

_XHTML = "http://www.w3.org/1999/xhtml"
_CLASSES = "ocr_page ocr_carea ocr_par ocr_line ocrx_word ocr_table ocr_textfloat ocrp_lang"
Attributes = dict[str, str]


def to_hocr(pages: Sequence[Page]) -> str:
    """One hOCR file with all pages."""
    root = ElementTree.Element("html", {"xmlns": _XHTML, "lang": "vi", "xml:lang": "vi"})
    head = ElementTree.SubElement(root, "head")
    ElementTree.SubElement(head, "meta", {"charset": "utf-8"})
    ElementTree.SubElement(head, "title").text = "sohoa"
    named = {
        "ocr-system": _system(pages),
        "ocr-capabilities": _CLASSES,
        "ocr-number-of-pages": str(len(pages)),
        "ocr-langs": "vi",
        "ocr-scripts": "Latn",
    }
    for name, content in named.items():
        ElementTree.SubElement(head, "meta", {"name": name, "content": content})
    body = ElementTree.SubElement(root, "body")
    for place, page in enumerate(pages, start=1):
        _add_page(body, page, place)
    ElementTree.indent(root)
    for element in body.iter():
        if len(element) == 0 and not element.text:
            element.text = " "  # readers of HTML would take <div/> for the start of a division
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n{ElementTree.tostring(root, encoding="unicode")}\n'


def _system(pages: Sequence[Page]) -> str:
    return " ".join(sorted({f"{page.provenance.engine} {page.provenance.engine_version}" for page in pages})) or "sohoa"


def _add_page(body: ElementTree.Element, page: Page, place: int) -> None:
    title = f"bbox 0 0 {page.width} {page.height}; ppageno {page.number - 1}; scan_res {page.dpi} {page.dpi}"
    names = {"class": "ocr_page", "id": f"page_{place}", "title": title}
    element = ElementTree.SubElement(body, "div", {**names, **_known(page)})
    for position, block in enumerate(blocks_of(page), start=1):
        name = f"{place}_{position}"
        if isinstance(block, TextRun):
            area = _part(element, "div", "ocr_carea", f"area_{name}", block.box)
            _add_lines(_part(area, "p", "ocr_par", f"par_{name}", block.box), block.lines, name)
        else:
            _add_table(element, block, name)
    for position, line in enumerate((line for line in page.overlays if line.words), start=1):
        mark = _part(element, "div", "ocr_textfloat", f"float_{place}_{position}", line.box)
        mark.set("data-kind", "digital-signature")
        _add_lines(mark, [line], f"{place}_float_{position}")


def _known(page: Page) -> Attributes:
    """What is known of the page beside its text."""
    made = page.provenance
    verdicts = [
        f"{verdict.kind.value} {verdict.confidence:.3f}"
        + "".join(f" {name}={value:g}" for name, value in sorted(verdict.evidence.items()))
        for verdict in page.verdicts
    ]
    told = {
        "data-rotation-deg": str(page.rotation_deg),
        "data-skew-deg": str(page.skew_deg),
        "data-engine": f"{made.engine} {made.engine_version} {made.model}".strip(),
        "data-steps": "; ".join(made.steps),
        "data-verdicts": "; ".join(verdicts) or ("blank" if page.blank else ""),
        "data-issues": " ".join(page.issues),
    }
    return {name: value for name, value in told.items() if value}


def _add_table(parent: ElementTree.Element, block: FilledTable, name: str) -> None:
    table = _part(parent, "table", "ocr_table", f"table_{name}", block.box)
    body = ElementTree.SubElement(table, "tbody")
    position = 0
    for _, cells in groupby(block.cells, key=lambda filled: filled.cell.row):
        row = ElementTree.SubElement(body, "tr")
        for filled in cells:
            position += 1
            spans = {"rowspan": str(filled.cell.row_span), "colspan": str(filled.cell.column_span)}
            spans = {span: count for span, count in spans.items() if count != "1"}
            cell = ElementTree.SubElement(row, "td", {"id": f"cell_{name}_{position}", "title": _bbox(filled.box), **spans})
            _add_lines(cell, filled.lines, f"{name}_{position}")


def _part(parent: ElementTree.Element, tag: str, kind: str, name: str, box: Box) -> ElementTree.Element:
    return ElementTree.SubElement(parent, tag, {"class": kind, "id": name, "title": _bbox(box)})


def _add_lines(parent: ElementTree.Element, lines: Sequence[Line], name: str) -> None:
    for position, line in enumerate(lines, start=1):
        span = _part(parent, "span", "ocr_line", f"line_{name}_{position}", line.box)
        if line.ink is not Ink.BLACK:
            span.set("data-ink", line.ink.value)
        for number, word in enumerate(line.words, start=1):
            title = f"{_bbox(word.box)}; x_wconf {round(word.confidence * 100)}"
            attributes = {"class": "ocrx_word", "id": f"word_{name}_{position}_{number}", "title": title}
            element = ElementTree.SubElement(span, "span", attributes)
            element.text = word.text
            element.tail = " "


def _bbox(box: Box) -> str:
    return f"bbox {box.x0} {box.y0} {box.x1} {box.y1}"
