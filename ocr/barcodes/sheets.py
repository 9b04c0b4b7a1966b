"""Prints separator sheets: a patch code T, a QR code, a line of bars (Code 128), and words for people.

In: `SeparatorSheet`s. Out: pictures of A4 sheets, or a PDF of them. The same content is in both codes, so that one may be spoilt.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import zxingcpp
from PIL import Image, ImageDraw, ImageFont

from dossier.errors import MissingTool
from ocr.barcodes.patch_codes import LENGTH_MM, NARROW_MM, T_BARS
from ocr.intake.rendering import Pixels

PRINT_DPI = 300
_WIDTH_MM, _HEIGHT_MM = 210.0, 297.0
_MARGIN_MM = 20.0
_PATCH_TOPS_MM = (12.0,)
_QR_TOP_MM, _QR_SIDE_MM = 190.0, 60.0
_BARS_TOP_MM, _BARS_HIGH_MM, _MODULE_MM, _LEAST_MODULE_MM = 262.0, 16.0, 0.5, 0.33
_TITLE_PT, _ROW_PT, _NOTE_PT = 30.0, 15.0, 10.0
_FONTS = (
    ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf"),
    ("NotoSans-Regular.ttf", "NotoSans-Bold.ttf"),
    ("Arimo-Regular.ttf", "Arimo-Bold.ttf"),
    ("FreeSans.ttf", "FreeSansBold.ttf"),
    ("arial.ttf", "arialbd.ttf"),
)
"""Fonts with all Vietnamese letters; the first is there wherever poppler is (Debian)."""
_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "/Library/Fonts", "C:/Windows/Fonts")


@dataclass(frozen=True, slots=True)
class SeparatorSheet:
    """One tờ phân cách.

    Attributes:
        content: what the QR code carries. bars: the same in ASCII, for the line of bars.
        marker: the shortest content that says that this is a separator, where the bars would be wider than the paper.
        title, rows, note: words for people, from top to bottom.
    """

    content: str
    bars: str
    marker: str
    title: str
    rows: tuple[str, ...] = ()
    note: str = ""


def draw_separator(sheet: SeparatorSheet, *, dpi: int = PRINT_DPI) -> Pixels:
    """A sheet as a grey picture.

    Raises:
        MissingTool: no font with Vietnamese letters is installed.
        ValueError: the content is too long for a QR code.
    """
    image = Image.new("L", (_pixels(_WIDTH_MM, dpi), _pixels(_HEIGHT_MM, dpi)), 255)
    draw = ImageDraw.Draw(image)
    for top in _PATCH_TOPS_MM:
        _patch(draw, top, dpi)
    top = _words(draw, sheet.title, 62.0, _TITLE_PT, dpi, bold=True) + 6
    for row in sheet.rows:
        top = _words(draw, row, top, _ROW_PT, dpi) + 2
    qr = _modules(sheet.content, zxingcpp.BarcodeFormat.QRCode)
    _paste(image, qr, side_mm=_QR_SIDE_MM, left=(_WIDTH_MM - _QR_SIDE_MM) / 2, top=_QR_TOP_MM, dpi=dpi)
    _bars(image, sheet, dpi)
    _words(draw, sheet.note, 283.0, _NOTE_PT, dpi)
    return np.asarray(image)


def print_separators(sheets: Sequence[SeparatorSheet]) -> bytes:
    """A PDF with one A4 page a sheet, black and white.

    Raises:
        MissingTool: no font with Vietnamese letters is installed.
        ValueError: no sheet, or a content that is too long for a QR code.
    """
    if not sheets:
        raise ValueError("no separator sheet to print")
    pages = [Image.fromarray(draw_separator(sheet)).convert("1", dither=Image.Dither.NONE) for sheet in sheets]
    out = io.BytesIO()
    pages[0].save(out, "PDF", save_all=True, append_images=pages[1:], resolution=float(PRINT_DPI))
    return out.getvalue()


def _pixels(millimetres: float, dpi: int) -> int:
    return round(millimetres * dpi / 25.4)


def _patch(draw: ImageDraw.ImageDraw, top: float, dpi: int) -> None:
    """Bars across the way of the paper, as a scanner with a patch reader wants them at the leading edge."""
    left = (_WIDTH_MM - LENGTH_MM) / 2
    for bar in T_BARS:
        corners = [(_pixels(left, dpi), _pixels(top, dpi)), (_pixels(left + LENGTH_MM, dpi), _pixels(top + bar, dpi) - 1)]
        draw.rectangle(corners, fill=0)
        top += bar + NARROW_MM


def _modules(content: str, kind: zxingcpp.BarcodeFormat) -> Pixels:
    """A code with one pixel a module, without quiet zones."""
    options = {"ec_level": "Q"} if kind == zxingcpp.BarcodeFormat.QRCode else {}
    code = zxingcpp.create_barcode(content, kind, **options)
    return np.array(code.to_image(scale=1, add_quiet_zones=False), dtype=np.uint8)


def _paste(image: Image.Image, modules: Pixels, *, side_mm: float, left: float, top: float, dpi: int) -> None:
    side = max(1, _pixels(side_mm, dpi) // len(modules)) * len(modules)
    code = Image.fromarray(modules).resize((side, side), Image.Resampling.NEAREST)
    image.paste(code, (_pixels(left, dpi) + (_pixels(side_mm, dpi) - side) // 2, _pixels(top, dpi)))


def _bars(image: Image.Image, sheet: SeparatorSheet, dpi: int) -> None:
    """The line of bars, with the marker where the content would be wider than the paper."""
    room = _WIDTH_MM - 2 * _MARGIN_MM
    widest = 11 * len(sheet.bars) + 35  # modules of a Code 128: 11 a letter, start, check digit and stop besides
    fits = widest * _LEAST_MODULE_MM <= room
    row = _modules(sheet.bars if fits else sheet.marker, zxingcpp.BarcodeFormat.Code128)[0]
    module = max(1, int(min(_MODULE_MM, room / len(row)) * dpi / 25.4))
    bars = np.repeat(np.repeat(row, module)[np.newaxis], _pixels(_BARS_HIGH_MM, dpi), axis=0)
    image.paste(Image.fromarray(bars), ((image.width - bars.shape[1]) // 2, _pixels(_BARS_TOP_MM, dpi)))


def _words(draw: ImageDraw.ImageDraw, text: str, top: float, points: float, dpi: int, *, bold: bool = False) -> float:
    """Print centred text from a height in mm, broken into lines; answers where it ends."""
    font = _font(bold, round(points * dpi / 72))
    room = _pixels(_WIDTH_MM - 2 * _MARGIN_MM, dpi)
    lines: list[str] = []
    for word in text.split():
        if lines and font.getlength(f"{lines[-1]} {word}") <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    for line in lines:
        top += points * 1.35 * 25.4 / 72
        draw.text((_pixels(_WIDTH_MM / 2, dpi), _pixels(top, dpi)), line, font=font, fill=0, anchor="ms")
    return top


@cache
def _font(bold: bool, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(_font_file(bold)), size)


@cache
def _font_file(bold: bool) -> Path:
    installed = {path.name: path for folder in _FOLDERS if Path(folder).is_dir() for path in Path(folder).rglob("*.ttf")}
    for names in _FONTS:
        if names[bold] in installed:
            return installed[names[bold]]
    raise MissingTool(tool=_FONTS[0][bold], install="apt-get install fonts-dejavu-core")
