"""Page image -> page of lines and words. Pure: no network, no writes."""

from ocr.barcodes import SeparatorSheet, draw_separator, print_separators
from ocr.formats import to_alto, to_hocr, to_json, to_text
from ocr.intake.opening import digest, open_scan
from ocr.reading import Reader, Reading, open_reader, read_page
from ocr.tools import Tool, check_tools

__all__ = [
    "Reader",
    "Reading",
    "SeparatorSheet",
    "Tool",
    "check_tools",
    "digest",
    "draw_separator",
    "open_reader",
    "open_scan",
    "print_separators",
    "read_page",
    "to_alto",
    "to_hocr",
    "to_json",
    "to_text",
]
