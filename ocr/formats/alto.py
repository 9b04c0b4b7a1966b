"""Pages as ALTO 4 (Library of Congress): `Page` > `PrintSpace` > `TextBlock` > `TextLine` > `String`, unit pixel."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree

from dossier.model import Box, Line, Page, enclosing

_NAMESPACE = "http://www.loc.gov/standards/alto/ns-v4#"


def to_alto(pages: Sequence[Page]) -> str:
    """One ALTO file with all pages."""
    root = ElementTree.Element("alto", {"xmlns": _NAMESPACE})
    _add_description(root, pages)
    layout = ElementTree.SubElement(root, "Layout")
    for page in pages:
        _add_page(layout, page)
    ElementTree.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ElementTree.tostring(root, encoding="unicode")}\n'


def _add_description(root: ElementTree.Element, pages: Sequence[Page]) -> None:
    description = ElementTree.SubElement(root, "Description")
    ElementTree.SubElement(description, "MeasurementUnit").text = "pixel"
    for index, known in enumerate(sorted({(p.provenance.engine, p.provenance.engine_version) for p in pages})):
        processing = ElementTree.SubElement(description, "Processing", {"ID": f"processing_{index}"})
        software = ElementTree.SubElement(processing, "processingSoftware")
        ElementTree.SubElement(software, "softwareName").text = known[0]
        ElementTree.SubElement(software, "softwareVersion").text = known[1]


def _add_page(layout: ElementTree.Element, page: Page) -> None:
    size = {"WIDTH": str(page.width), "HEIGHT": str(page.height)}
    number = str(page.number)
    element = ElementTree.SubElement(layout, "Page", {"ID": f"page_{number}", "PHYSICAL_IMG_NR": number, **size})
    space = ElementTree.SubElement(element, "PrintSpace", {"HPOS": "0", "VPOS": "0", **size})
    if page.lines:
        box = enclosing(line.box for line in page.lines)
        block = ElementTree.SubElement(space, "TextBlock", {"ID": f"block_{number}", **_place(box)})
        for position, line in enumerate(page.lines, start=1):
            _add_line(block, line, f"{number}_{position}")


def _add_line(block: ElementTree.Element, line: Line, place: str) -> None:
    element = ElementTree.SubElement(block, "TextLine", {"ID": f"line_{place}", **_place(line.box)})
    for position, word in enumerate(line.words, start=1):
        if position > 1:
            ElementTree.SubElement(element, "SP")
        content = {"CONTENT": word.text, "WC": f"{word.confidence:.3f}"}
        ElementTree.SubElement(element, "String", {"ID": f"word_{place}_{position}", **content, **_place(word.box)})


def _place(box: Box) -> dict[str, str]:
    return {"HPOS": str(box.x0), "VPOS": str(box.y0), "WIDTH": str(box.width), "HEIGHT": str(box.height)}
