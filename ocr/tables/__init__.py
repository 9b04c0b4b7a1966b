"""Ruled tables: found on the page, their rules erased, lines of print put into their cells."""

from ocr.tables.assigning import lines_in_cells
from ocr.tables.erasing import erase_rules
from ocr.tables.finding import find_tables
from ocr.tables.framed_cells import find_framed, without_cells
from ocr.tables.placing import place_lines

__all__ = ["erase_rules", "find_framed", "find_tables", "lines_in_cells", "place_lines", "without_cells"]
