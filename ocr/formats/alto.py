"""Pages as ALTO 4.3 (Library of Congress), unit pixel of the upright page; valid against its schema.

`Page` > `PrintSpace` > `TextBlock` > `TextLine` > `String`. A ruled table is a `ComposedBlock` of type "table" with one text block
a cell, whose tag tells row and column; marks of digital signatures are tagged blocks of their own, outside the reading order.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.etree import ElementTree

from dossier.model import Box, Cell, Ink, Line, Page
from ocr.formats.blocks import FilledTable, TextRun, blocks_of

_NAMESPACE = "http://www.loc.gov/standards/alto/ns-v4#"
_SCHEMA = "http://www.loc.gov/standards/alto/v4/alto-4-3.xsd"
_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
_VERSION = "4.3"
_LANGUAGE = "vi"
_RED, _OVERLAY = "ink_red", "overlay_signature"


def to_alto(pages: Sequence[Page]) -> str:
    """One ALTO file with all pages."""
    root = ElementTree.Element(
        "alto",
        {
            "xmlns": _NAMESPACE,
            "xmlns:xsi": _INSTANCE,
            "xsi:schemaLocation": f"{_NAMESPACE} {_SCHEMA}",
            "SCHEMAVERSION": _VERSION,
        },
    )
    _add_description(root, pages)
    _add_tags(root, pages)
    order = ElementTree.SubElement(root, "ReadingOrder")
    layout = ElementTree.SubElement(root, "Layout")
    for place, page in enumerate(pages, start=1):
        blocks = _add_page(layout, page, place)
        if blocks:
            group = ElementTree.SubElement(order, "OrderedGroup", {"ID": f"order_{place}"})
            for block in blocks:
                ElementTree.SubElement(group, "ElementRef", {"ID": f"order_{block}", "REF": block})
    if len(order) == 0:
        root.remove(order)
    ElementTree.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ElementTree.tostring(root, encoding="unicode")}\n'


def _add_description(root: ElementTree.Element, pages: Sequence[Page]) -> None:
    description = ElementTree.SubElement(root, "Description")
    ElementTree.SubElement(description, "MeasurementUnit").text = "pixel"
    if pages:
        source = ElementTree.SubElement(description, "sourceImageInformation")
        for page in pages:
            ElementTree.SubElement(source, "fileIdentifier").text = page.id
    for place, page in enumerate(pages, start=1):
        _add_processing(description, page, place)


def _add_processing(description: ElementTree.Element, page: Page, place: int) -> None:
    """How one page was read: the cleaning in order, the turn that made it upright, the engine."""
    made = page.provenance
    processing = ElementTree.SubElement(description, "Processing", {"ID": f"processing_{place}"})
    ElementTree.SubElement(processing, "processingCategory").text = "contentGeneration"
    for step in made.steps:
        ElementTree.SubElement(processing, "processingStepDescription").text = step
    settings = {
        "dpi": page.dpi,
        "rotation_deg": page.rotation_deg,
        "skew_deg": page.skew_deg,
        "model": made.model,
        "settings": made.settings_digest,
        "sohoa": made.software_version,
    }
    told = " ".join(f"{name}={value}" for name, value in settings.items() if value != "")
    ElementTree.SubElement(processing, "processingStepSettings").text = told
    software = ElementTree.SubElement(processing, "processingSoftware")
    ElementTree.SubElement(software, "softwareName").text = made.engine
    ElementTree.SubElement(software, "softwareVersion").text = made.engine_version


def _add_tags(root: ElementTree.Element, pages: Sequence[Page]) -> None:
    tags = ElementTree.SubElement(root, "Tags")
    if any(line.ink is Ink.RED for page in pages for line in (*page.lines, *page.overlays)):
        ElementTree.SubElement(tags, "OtherTag", {"ID": _RED, "TYPE": "ink", "LABEL": Ink.RED.value})
    if any(page.overlays for page in pages):
        label = {"LABEL": "digital signature", "DESCRIPTION": "laid over the page when it was signed"}
        ElementTree.SubElement(tags, "LayoutTag", {"ID": _OVERLAY, "TYPE": "overlay", **label})
    for name, cell in dict(_cells(pages)).items():
        label = {"LABEL": f"row {cell.row} column {cell.column} rows {cell.row_span} columns {cell.column_span}"}
        ElementTree.SubElement(tags, "StructureTag", {"ID": name, "TYPE": "cell", **label})
    if len(tags) == 0:
        root.remove(tags)


def _cells(pages: Sequence[Page]) -> Iterator[tuple[str, Cell]]:
    for page in pages:
        for table in page.tables:
            for cell in table.cells:
                yield _cell_tag(cell), cell


def _cell_tag(cell: Cell) -> str:
    """Cells at the same place of their tables share a tag; rows and columns count from 0."""
    return f"cell_{cell.row}_{cell.column}_{cell.row_span}_{cell.column_span}"


def _add_page(layout: ElementTree.Element, page: Page, place: int) -> list[str]:
    """Add a page; answers the ids of its blocks in reading order."""
    size = {"WIDTH": str(page.width), "HEIGHT": str(page.height)}
    made = {"PROCESSINGREFS": f"processing_{place}", "PC": f"{page.confidence:.3f}"}
    element = ElementTree.SubElement(
        layout, "Page", {"ID": f"page_{place}", "PHYSICAL_IMG_NR": str(page.number), **size, **made, **_findings(page)}
    )
    space = ElementTree.SubElement(element, "PrintSpace", {"HPOS": "0", "VPOS": "0", **size})
    names = []
    for position, block in enumerate(blocks_of(page), start=1):
        name = f"block_{place}_{position}"
        names.append(name)
        if isinstance(block, TextRun):
            _add_block(space, block.lines, name, _place(block.box))
        else:
            _add_table(space, block, name)
    for position, line in enumerate((line for line in page.overlays if line.words), start=1):
        _add_block(space, [line], f"overlay_{place}_{position}", {**_place(line.box), "TAGREFS": _OVERLAY})
    return names


def _findings(page: Page) -> dict[str, str]:
    """Verdicts and issues: the kinds as the page's class, with how sure they are and what they rest on as its quality."""
    found = [
        f"{verdict.kind.value} {verdict.confidence:.3f} ("
        + ", ".join(f"{name}={value:g}" for name, value in sorted(verdict.evidence.items()))
        + ")"
        for verdict in page.verdicts
    ]
    classes = [verdict.kind.value for verdict in page.verdicts] or (["blank"] if page.blank else [])
    told = {"PAGECLASS": " ".join(classes), "QUALITY_DETAIL": "; ".join((*found, *page.issues))}
    return {name: value for name, value in told.items() if value}


def _add_table(space: ElementTree.Element, block: FilledTable, name: str) -> None:
    element = ElementTree.SubElement(space, "ComposedBlock", {"ID": name, "TYPE": "table", **_place(block.box)})
    for position, filled in enumerate(block.cells, start=1):
        place = {**_place(filled.box), "TAGREFS": _cell_tag(filled.cell)}
        _add_block(element, filled.lines, f"{name}_{position}", place)


def _add_block(parent: ElementTree.Element, lines: Sequence[Line], name: str, place: dict[str, str]) -> None:
    block = ElementTree.SubElement(parent, "TextBlock", {"ID": name, "LANG": _LANGUAGE, **place})
    for position, line in enumerate(lines, start=1):
        _add_line(block, line, f"{name}_line_{position}")


def _add_line(block: ElementTree.Element, line: Line, name: str) -> None:
    tag = {"TAGREFS": _RED} if line.ink is Ink.RED else {}
    element = ElementTree.SubElement(block, "TextLine", {"ID": name, **_place(line.box), **tag})
    for position, word in enumerate(line.words, start=1):
        if position > 1:
            ElementTree.SubElement(element, "SP")
        content = {"CONTENT": word.text, "WC": f"{word.confidence:.3f}"}
        ElementTree.SubElement(element, "String", {"ID": f"{name}_{position}", **content, **_place(word.box)})


def _place(box: Box) -> dict[str, str]:
    return {"HPOS": str(box.x0), "VPOS": str(box.y0), "WIDTH": str(box.width), "HEIGHT": str(box.height)}
