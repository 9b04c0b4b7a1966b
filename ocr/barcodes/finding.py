"""Finds the bar codes of a page. In: the cleaned upright page. Out: its `Barcode`s from top to bottom.

QR codes and lines of bars are looked for at full resolution, which takes a few milliseconds; lines of bars are found where they
stand upright or upside down, QR codes and patch codes every way.
"""

from __future__ import annotations

import cv2
import numpy as np
import zxingcpp

from dossier.model import Barcode, Box, Symbology
from ocr.barcodes.patch_codes import find_patch_codes
from ocr.intake.rendering import Pixels

_SYMBOLOGIES = {
    zxingcpp.BarcodeFormat.QRCode: Symbology.QR,
    zxingcpp.BarcodeFormat.Code128: Symbology.CODE_128,
    zxingcpp.BarcodeFormat.Code39: Symbology.CODE_39,
}
_FORMATS = zxingcpp.BarcodeFormats(list(_SYMBOLOGIES))
_HOLE_PX = 5
_LEAST_CODE_39 = 4
"""Code 39 has no check digit: rules of tables look like its shortest texts."""


def find_barcodes(grey: Pixels, *, dpi: int) -> tuple[Barcode, ...]:
    """All bar codes of a page, from top to bottom."""
    codes = [Barcode(Symbology.PATCH_T, "", box) for box in find_patch_codes(grey, dpi=dpi)]
    read = _coded(grey)
    if codes and not any(code.symbology is Symbology.QR for code in read):
        read += [code for code in _coded(_worn(grey), rotate=True) if code.symbology not in {known.symbology for known in read}]
    return tuple(sorted([*codes, *read], key=lambda code: (code.box.y0, code.box.x0)))


def _worn(grey: Pixels) -> Pixels:
    """A separator sheet that was used often: holes in its ink are filled before its codes are read again."""
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (_HOLE_PX, _HOLE_PX))
    return np.asarray(cv2.GaussianBlur(cv2.morphologyEx(grey, cv2.MORPH_OPEN, kernel), (0, 0), 1.5), dtype=np.uint8)


def _coded(grey: Pixels, *, rotate: bool = False) -> list[Barcode]:
    codes = []
    for read in zxingcpp.read_barcodes(grey, formats=_FORMATS, try_rotate=rotate, try_downscale=rotate, try_invert=False):
        symbology = _symbology(read.format)
        if symbology is None or (symbology is Symbology.CODE_39 and len(read.text) < _LEAST_CODE_39):
            continue
        codes.append(Barcode(symbology, read.text, _box(read.position, grey)))
    return codes


def _symbology(found: zxingcpp.BarcodeFormat) -> Symbology | None:
    """The kind of code; variants (QR model 2, Code 39 extended) are named after it."""
    name = str(found).rpartition(".")[2]
    return next((ours for theirs, ours in _SYMBOLOGIES.items() if name.startswith(str(theirs).rpartition(".")[2])), None)


def _box(position: zxingcpp.Position, grey: Pixels) -> Box:
    corners = (position.top_left, position.top_right, position.bottom_right, position.bottom_left)
    lefts, tops = [corner.x for corner in corners], [corner.y for corner in corners]
    return Box(max(0, min(lefts)), max(0, min(tops)), min(grey.shape[1], max(lefts)), min(grey.shape[0], max(tops)))
