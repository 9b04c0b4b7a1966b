"""Readers of pages: the seam (`Engine`) and what stands behind it."""

from ocr.engines.engine import Engine
from ocr.engines.tesseract import Tesseract

__all__ = ["Engine", "Tesseract"]
