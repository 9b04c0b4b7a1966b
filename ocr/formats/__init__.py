"""A page of words as text, JSON, hOCR or ALTO."""

from ocr.formats.alto import to_alto
from ocr.formats.hocr import to_hocr
from ocr.formats.plain import to_json, to_text

__all__ = ["to_alto", "to_hocr", "to_json", "to_text"]
