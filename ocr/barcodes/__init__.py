"""Bar codes: found on pages, and printed on the separator sheets that people lay between papers."""

from ocr.barcodes.finding import find_barcodes
from ocr.barcodes.sheets import SeparatorSheet, draw_separator, print_separators

__all__ = ["SeparatorSheet", "draw_separator", "find_barcodes", "print_separators"]
