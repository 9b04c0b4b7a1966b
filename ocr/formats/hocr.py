"""Pages as hOCR 1.2 (XHTML): `ocr_page` > `ocr_line` > `ocrx_word` with `bbox` and `x_wconf`."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree

from dossier.model import Box, Line, Page

_XHTML = "http://www.w3.org/1999/xhtml"


def to_hocr(pages: Sequence[Page]) -> str:
    """One hOCR file with all pages."""
    root = ElementTree.Element("html", {"xmlns": _XHTML, "lang": "vi"})
    head = ElementTree.SubElement(root, "head")
    ElementTree.SubElement(head, "title").text = "sohoa"
    ElementTree.SubElement(head, "meta", {"charset": "utf-8"})
    ElementTree.SubElement(head, "meta", {"name": "ocr-system", "content": _system(pages)})
    ElementTree.SubElement(head, "meta", {"name": "ocr-capabilities", "content": "ocr_page ocr_line ocrx_word"})
    body = ElementTree.SubElement(root, "body")
    for page in pages:
        _add_page(body, page)
    ElementTree.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n{ElementTree.tostring(root, encoding="unicode")}\n'


def _system(pages: Sequence[Page]) -> str:
    return " ".join(sorted({f"{page.provenance.engine} {page.provenance.engine_version}" for page in pages})) or "sohoa"


def _add_page(body: ElementTree.Element, page: Page) -> None:
    title = f"bbox 0 0 {page.width} {page.height}; ppageno {page.number - 1}; scan_res {page.dpi} {page.dpi}"
    block = ElementTree.SubElement(body, "div", {"class": "ocr_page", "id": f"page_{page.number}", "title": title})
    for position, line in enumerate(page.lines, start=1):
        _add_line(block, line, f"{page.number}_{position}")


def _add_line(block: ElementTree.Element, line: Line, place: str) -> None:
    span = ElementTree.SubElement(block, "span", {"class": "ocr_line", "id": f"line_{place}", "title": _bbox(line.box)})
    for position, word in enumerate(line.words, start=1):
        title = f"{_bbox(word.box)}; x_wconf {round(word.confidence * 100)}"
        attributes = {"class": "ocrx_word", "id": f"word_{place}_{position}", "title": title}
        element = ElementTree.SubElement(span, "span", attributes)
        element.text = word.text
        element.tail = " "


def _bbox(box: Box) -> str:
    return f"bbox {box.x0} {box.y0} {box.x1} {box.y1}"
