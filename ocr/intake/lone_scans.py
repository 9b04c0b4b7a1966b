"""A PDF page that is nothing but one scan, drawn pixel for pixel in this process.

In: a page of a PDF file. Out: its size and the resolution of its scan, and, where one picture is all that shows, its pixels. Every
other page is for poppler (docs/decisions/0014): drawing one picture takes bounded time, drawing whatever a page may hold does not.
"""

from __future__ import annotations

import ctypes
import math
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pypdfium2
from pypdfium2 import raw

from ocr.intake.picture_streams import is_plain

_MOST_OBJECTS = 20_000
"""Pages of more parts are drawings; looking at each would take longer than a child process."""
_INVISIBLE = 3
"""Text rendering mode of the layers that OCR programs lay under a scan (ISO 32000-1, 9.3.6)."""
_UNSEEN_FLAGS = raw.FPDF_ANNOT_FLAG_HIDDEN | raw.FPDF_ANNOT_FLAG_NOVIEW
_TRUSTED_FILTERS = frozenset({"DCTDecode", "CCITTFaxDecode", "JPXDecode", "FlateDecode", "LZWDecode", "RunLengthDecode"})
"""JBIG2 is a program of its own for its decoder to run: that stays in a child process."""
_LEAN = 1e-3
"""Share of its length by which the edge of a picture may lean and still count as level."""
_SAME_RESOLUTION = 0.02
_POINTS = 72
_EVERYTHING = (-1e6, -1e6, 1e6, 1e6)


@dataclass(frozen=True, slots=True)
class _Scan:
    """A level picture and where it lies on the page as shown: pixels, and corner and size in points from the upper left."""

    width: int
    height: int
    left: float
    top: float
    across: float
    down: float

    @property
    def dpi(self) -> tuple[float, float]:
        """Pixels an inch across and down."""
        return self.width / self.across * _POINTS, self.height / self.down * _POINTS


class Sheet:
    """An open page of a PDF file.

    Attributes:
        width: in points, as shown.
        height: in points, as shown.
        scanned_dpi: resolution of the finest of its large pictures; None when the page holds no picture.
    """

    def __init__(self, page: pypdfium2.PdfPage, pictures: list[pypdfium2.PdfImage], *, lone: bool) -> None:
        """Measure `page`; `lone` says that nothing shows on it but its one picture."""
        self._page, self._pictures = page, pictures
        self.width, self.height = page.get_size()
        self.scanned_dpi = _finest_dpi(pictures)
        self._scan = _place(page, pictures[0]) if lone else None

    def draw(self, dpi: int, *, most_pixels: int) -> npt.NDArray[np.uint8] | None:
        """The page at `dpi`, grey or RGB; pixel for pixel where the scan has that resolution.

        None when the page is more than one level picture, the picture has more pixels than `most_pixels` or does not show.
        """
        scan = self._scan
        if scan is None or scan.width * scan.height > most_pixels:
            return None
        across, down = scan.dpi
        if max(abs(across / dpi - 1), abs(down / dpi - 1)) > _SAME_RESOLUTION:
            across = down = dpi
        x_scale, y_scale = across / _POINTS, down / _POINTS
        # The scan begins on a whole pixel: each of its pixels becomes one of the page.
        x_shift = round(scan.left * x_scale) - scan.left * x_scale
        y_shift = round(scan.top * y_scale) - scan.top * y_scale
        matrix = raw.FS_MATRIX(x_scale, 0, 0, y_scale, x_shift, y_shift)
        pixels = _drawn(
            self._page, matrix, round(self.width * x_scale), round(self.height * y_scale), grey=_is_grey(self._pictures[0])
        )
        # All one shade: the picture may be of a kind that this library cannot decode.
        return None if pixels is None or pixels.min() == pixels.max() else pixels


@contextmanager
def open_sheet(path: Path, number: int) -> Iterator[Sheet | None]:
    """Open page `number` (from 1); None when this library cannot or when its pictures are not for it to place."""
    try:
        document = pypdfium2.PdfDocument(path)
    except (pypdfium2.PdfiumError, OSError):
        yield None
        return
    try:
        yield _sheet_of(path, document, number - 1)
    finally:
        document.close()


def open_whole_page(document: pypdfium2.PdfDocument, index: int) -> pypdfium2.PdfPage:
    """Page `index` (from 0) without its crop box: poppler draws the whole sheet, so places have to refer to the whole sheet.

    Raises:
        PdfiumError: the page cannot be opened.
    """
    page = document[index]
    if page.get_bbox() == page.get_mediabox(fallback_ok=False):
        return page
    page.set_cropbox(*_EVERYTHING)  # what is shown is where it meets the media box, which may be that of all pages
    page.close()
    return document[index]


def _sheet_of(path: Path, document: pypdfium2.PdfDocument, index: int) -> Sheet | None:
    try:
        page = open_whole_page(document, index)
    except (pypdfium2.PdfiumError, IndexError):
        return None
    if raw.FPDFPage_CountObjects(page) > _MOST_OBJECTS:
        return None
    pictures: list[pypdfium2.PdfImage] = []
    lone = not _has_seen_annotations(page)
    for part in page.get_objects(max_depth=1):
        if part.type == raw.FPDF_PAGEOBJ_FORM:
            return None
        if isinstance(part, pypdfium2.PdfImage):
            pictures.append(part)
        elif part.type != raw.FPDF_PAGEOBJ_TEXT or raw.FPDFTextObj_GetTextRenderMode(part) != _INVISIBLE:
            lone = False
    return Sheet(page, pictures, lone=lone and len(pictures) == 1 and _is_safe(path, pictures[0]))


def _is_safe(path: Path, picture: pypdfium2.PdfImage) -> bool:
    """Whether decoding takes time and memory by the size that the picture states."""
    filters = picture.get_filters()
    if not set(filters) <= _TRUSTED_FILTERS:
        return False
    stored = bytes(picture.get_data(decode_simple=False))
    return is_plain(path, stored, picture.get_px_size(), filters=filters)


def _has_seen_annotations(page: pypdfium2.PdfPage) -> bool:
    for index in range(raw.FPDFPage_GetAnnotCount(page)):
        annotation = raw.FPDFPage_GetAnnot(page, index)
        if not annotation:
            return True
        place = raw.FS_RECTF()
        empty = raw.FPDFAnnot_GetRect(annotation, place) and (place.left == place.right or place.bottom == place.top)
        unseen = empty or raw.FPDFAnnot_GetFlags(annotation) & _UNSEEN_FLAGS
        raw.FPDFPage_CloseAnnot(annotation)
        if not unseen:
            return True
    return False


def _finest_dpi(pictures: list[pypdfium2.PdfImage]) -> int | None:
    """As `ocr.intake.poppler.scan_dpi`: the finest resolution that covers at least half as much as the commonest."""
    areas: dict[int, float] = defaultdict(float)
    for picture in pictures:
        a, b, c, d, _, _ = picture.get_matrix().get()
        width, height = picture.get_px_size()
        across, down = math.hypot(a, b), math.hypot(c, d)
        if across > 0 and down > 0:
            areas[round(max(width / across, height / down) * _POINTS)] += across * down
    areas.pop(0, None)
    return max((dpi for dpi, area in areas.items() if area >= max(areas.values()) / 2), default=None)


def _place(page: pypdfium2.PdfPage, picture: pypdfium2.PdfImage) -> _Scan | None:
    """Where a picture lies on the page as shown; None when it leans."""
    a, b, c, d, e, f = picture.get_matrix().get()
    width, height = picture.get_px_size()
    length = math.hypot(a, b, c, d)
    if max(abs(a), abs(d)) <= _LEAN * length:
        width, height = height, width
    elif max(abs(b), abs(c)) > _LEAN * length:
        return None
    x_edges, y_edges = sorted((e, e + a + c)), sorted((f, f + b + d))
    left, bottom, right, top = page.get_bbox()
    x0, x1, y0, y1 = x_edges[0] - left, right - x_edges[1], top - y_edges[1], y_edges[0] - bottom  # margins around it
    across, down = x_edges[1] - x_edges[0], y_edges[1] - y_edges[0]
    turn = page.get_rotation()
    if turn % 180:
        width, height, across, down = height, width, down, across
    if min(across, down) <= 0 or min(width, height) <= 0:
        return None
    corner = {0: (x0, y0), 90: (y1, x0), 180: (x1, y1), 270: (y0, x1)}[turn]
    return _Scan(width, height, *corner, across, down)


def _is_grey(picture: pypdfium2.PdfImage) -> bool:
    if "JPXDecode" in picture.get_filters():  # its header is not asked alone: the whole picture would be decoded for it
        return False
    return picture.get_metadata().colorspace in (raw.FPDF_COLORSPACE_DEVICEGRAY, raw.FPDF_COLORSPACE_CALGRAY)


def _drawn(page: pypdfium2.PdfPage, matrix: raw.FS_MATRIX, width: int, height: int, *, grey: bool) -> npt.NDArray[np.uint8] | None:
    """Draw on white paper of our own memory."""
    if min(width, height) < 1:
        return None
    channels, kind = (1, raw.FPDFBitmap_Gray) if grey else (3, raw.FPDFBitmap_BGR)
    stride = -(-width * channels // 4) * 4
    paper = np.full((height, stride), 255, np.uint8)
    bitmap = raw.FPDFBitmap_CreateEx(width, height, kind, paper.ctypes.data_as(ctypes.c_void_p), stride)
    if not bitmap:
        return None
    flags = 0 if grey else raw.FPDF_REVERSE_BYTE_ORDER
    raw.FPDF_RenderPageBitmapWithMatrix(bitmap, page, matrix, raw.FS_RECTF(0, 0, width, height), flags)
    raw.FPDFBitmap_Destroy(bitmap)
    return paper[:, :width] if grey else paper[:, : width * 3].reshape(height, width, 3)
