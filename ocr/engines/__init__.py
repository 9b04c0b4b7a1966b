"""Readers of pages: the seam (`Engine`) and what stands behind it."""

from ocr.engines.engine import Engine
from ocr.engines.fused import Fused
from ocr.engines.line_place import Arrange, LinePlace
from ocr.engines.tesseract import Tesseract

__all__ = ["Arrange", "Engine", "Fused", "LinePlace", "Tesseract"]
