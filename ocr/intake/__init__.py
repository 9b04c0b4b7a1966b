"""From a file on disk to the pixels of one page."""

from ocr.intake.opening import open_scan
from ocr.intake.rendering import PageImage, load_page

__all__ = ["PageImage", "load_page", "open_scan"]
