"""The pixels of one page at the scan's own resolution.

In: a `PageScan` and settings. Out: a `PageImage`, grey or RGB, between `min_dpi` and `max_dpi`; annotations and overlays drawn on a
PDF page are part of it.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
from pdf2image import convert_from_path
from pdf2image.exceptions import PDFInfoNotInstalledError, PDFPageCountError, PDFPopplerTimeoutError, PDFSyntaxError
from PIL import Image, ImageOps

from dossier.errors import Damaged, MissingTool
from dossier.model import PageScan, ScanFormat
from dossier.settings import IntakeSettings, OcrSettings
from ocr.intake.lone_scans import open_sheet
from ocr.intake.opening import check_pixels
from ocr.intake.poppler import INSTALL_POPPLER, page_size_points, scan_dpi

Pixels = npt.NDArray[np.uint8]

_BORN_DIGITAL_DPI = 300
_A4_LONG_SIDE_INCHES = 11.69
_LOWEST_BELIEVED_DPI = 100
"""Image files often carry a default of 72 or 96 that nobody scanned at; below this the paper is taken to be A4."""
_RENDER_TIMEOUT_S = 120


@dataclass(frozen=True, slots=True)
class PageImage:
    """Pixels of a page: H x W (grey) or H x W x 3 (RGB), uint8, at `dpi`.

    `scanned_dpi` is the resolution of the scan before it was enlarged or reduced to `dpi`; 0 where nothing was scanned.
    """

    pixels: Pixels
    dpi: int
    scanned_dpi: float = 0.0

    @property
    def is_colour(self) -> bool:
        """Whether the page has colour channels."""
        return self.pixels.ndim == 3


def load_page(scan: PageScan, settings: OcrSettings, limits: IntakeSettings) -> PageImage:
    """Decode or render one page.

    Raises:
        BadScan: when the page is damaged or larger than the limits allow.
        MissingTool: when poppler is not installed.
    """
    if scan.format is ScanFormat.PDF:
        return _render_pdf(scan, settings, limits)
    return _decode_image(scan, settings, limits)


def _clamp(dpi: float, settings: OcrSettings) -> int:
    return int(min(max(round(dpi), settings.min_dpi), settings.max_dpi))


def _render_pdf(scan: PageScan, settings: OcrSettings, limits: IntakeSettings) -> PageImage:
    path = Path(scan.path)
    with open_sheet(path, scan.number) as sheet:
        scanned_dpi = sheet.scanned_dpi if sheet else scan_dpi(path, scan.number)
        dpi = _clamp(scanned_dpi or _BORN_DIGITAL_DPI, settings)
        width, height = (sheet.width, sheet.height) if sheet else page_size_points(path, scan.number)
        check_pixels(round(width / 72 * dpi) * round(height / 72 * dpi), limits)
        pixels = sheet.draw(dpi, most_pixels=limits.max_pixels) if sheet else None
    if pixels is None:
        pixels = _drawn_by_poppler(path, scan.number, dpi)
    return PageImage(_without_idle_colour(pixels), dpi, scanned_dpi or 0.0)


def _drawn_by_poppler(path: Path, number: int, dpi: int) -> Pixels:
    try:
        images = convert_from_path(path, dpi=dpi, first_page=number, last_page=number, thread_count=1, timeout=_RENDER_TIMEOUT_S)
    except PDFInfoNotInstalledError as error:
        raise MissingTool(tool="poppler", install=INSTALL_POPPLER) from error
    except (PDFPageCountError, PDFSyntaxError, PDFPopplerTimeoutError, OSError, ValueError) as error:
        raise Damaged(detail=str(error)[:160]) from error
    if not images:
        raise Damaged(detail=f"trang {number}")
    return np.asarray(images[0])


def _decode_image(scan: PageScan, settings: OcrSettings, limits: IntakeSettings) -> PageImage:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(scan.path) as image:
                if scan.format is ScanFormat.TIFF:
                    image.seek(scan.number - 1)
                check_pixels(image.width * image.height, limits)
                dpi = _dpi_of(image)
                ImageOps.exif_transpose(image, in_place=True)  # a page that lies right is not copied
                pixels = _as_array(image)
    except (OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError, EOFError) as error:
        raise Damaged(detail=str(error)[:160]) from error
    target = _clamp(dpi, settings)
    if abs(target - dpi) > 1:
        way = cv2.INTER_AREA if target < dpi else cv2.INTER_CUBIC
        pixels = _uint8(cv2.resize(pixels, None, fx=target / dpi, fy=target / dpi, interpolation=way))
    return PageImage(_without_idle_colour(pixels), target, dpi)


def _dpi_of(image: Image.Image) -> float:
    stated = image.info.get("dpi", (0, 0))
    try:
        dpi = max(float(stated[0]), float(stated[1]))
    except (TypeError, ValueError, IndexError, ZeroDivisionError):
        dpi = 0.0
    return dpi if dpi >= _LOWEST_BELIEVED_DPI else max(image.size) / _A4_LONG_SIDE_INCHES


def _as_array(image: Image.Image) -> Pixels:
    if image.mode.startswith("I;16") or image.mode in ("I", "F"):
        values = np.asarray(image, dtype=np.float32)
        return _uint8(np.clip(values / max(255.0, float(values.max())) * 255, 0, 255))
    if "A" in image.getbands() or "transparency" in image.info:
        image = image.convert("RGBA")
        paper = Image.new("RGB", image.size, "white")
        paper.paste(image, mask=image.getchannel("A"))
        image = paper
    if image.mode not in ("L", "RGB"):
        image = image.convert("L" if image.mode == "1" else "RGB")
    return np.asarray(image)


def _without_idle_colour(pixels: Pixels) -> Pixels:
    """Drop the colour channels of a page that is grey all over: three equal channels cost time and memory for nothing."""
    if pixels.ndim == 2:
        return pixels
    red, green, blue = cv2.split(np.ascontiguousarray(pixels[::4, ::4]))
    spread = cv2.subtract(cv2.max(cv2.max(red, green), blue), cv2.min(cv2.min(red, green), blue))
    coloured = np.count_nonzero(spread > 24) > 1e-5 * spread.size
    return pixels if coloured else _uint8(cv2.extractChannel(pixels, 1))


def _uint8(array: npt.NDArray[np.generic] | cv2.typing.MatLike) -> Pixels:
    return np.asarray(array, dtype=np.uint8)
