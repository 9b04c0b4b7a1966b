"""The letters that a PDF page holds as text, and those that annotations (marks of digital signatures) draw over it.

In: a page of a PDF file. Out: glyphs in the order of the file, with font, whether they show, and a box in pixels.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
from pypdfium2 import raw

from dossier.model import Box
from ocr.intake.lone_scans import open_whole_page

_INVISIBLE = 3
"""Text rendering mode of the layers that OCR programs lay under a scan (ISO 32000-1, 9.3.6)."""
_FONT_NAME_BYTES = 256
_KIND_LETTERS = 16
_ANGLES = 200
"""Glyphs of a page that are asked which way they run."""
_GAPS = " \t\r\n"
"""Other characters that count as space are letters in VISCII."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character of a PDF page as the file gives it.

    Attributes:
        embedded: the file holds the letter's shape; without it whoever draws the page takes another font.
        hidden: it is not drawn.
        box: None for spaces and line ends.
    """

    character: str
    font: str
    embedded: bool
    hidden: bool
    box: Box | None


@dataclass(frozen=True, slots=True)
class PageGlyphs:
    """What a page holds as text.

    Attributes:
        body: glyphs of the page itself, then those of the fields of a form that was filled in.
        overlay: glyphs of other annotations: marks of digital signatures, remarks.
        signatures: where signature fields stand.
        turned_deg: clockwise turn (0, 90, 180, 270) of the rendered page after which its text runs from left to right; all boxes
            are those of the page turned so.
    """

    body: tuple[Glyph, ...]
    overlay: tuple[Glyph, ...]
    signatures: tuple[Box, ...]
    turned_deg: int


@dataclass(frozen=True, slots=True)
class _View:
    """Size in pixels of the picture that boxes refer to."""

    width: int
    height: int


def read_glyphs(path: Path, number: int, *, width: int, height: int) -> PageGlyphs | None:
    """Glyphs of page `number` (from 1) as it is rendered at `width` x `height` pixels; None when there are none.

    A file that this library cannot open is read from its image: that is no error here.
    """
    try:
        document = pypdfium2.PdfDocument(path)
    except (pypdfium2.PdfiumError, OSError):
        return None
    try:
        return _of_page(document, number - 1, _View(width, height))
    except pypdfium2.PdfiumError:
        return None
    finally:
        document.close()


def _of_page(document: pypdfium2.PdfDocument, index: int, view: _View) -> PageGlyphs | None:
    page = open_whole_page(document, index)
    if turns := _leaning_quarters(page):
        # Words and lines are found along the rows of the page: turn it until the text runs along them.
        page.set_rotation((page.get_rotation() + 90 * turns) % 360)
        page, view = _again(document, page, index), _View(view.height, view.width) if turns % 2 else view
    body = list(_glyphs(page, view))
    overlay: list[Glyph] = []
    fields = tuple(_fields(page, view))
    if raw.FPDFPage_GetAnnotCount(page) and raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY) == raw.FLATTEN_SUCCESS:
        page = _again(document, page, index)
        entries = [box for kind, box in fields if kind not in ("Sig", "")]
        place = overlay
        for glyph in list(_beyond(_glyphs(page, view), body)):
            if glyph.box is not None:  # gaps go where the letter before them went
                place = body if any(_lies_in(glyph.box, entry) for entry in entries) else overlay
            place.append(glyph)
    page.close()
    signatures = tuple(box for kind, box in fields if kind == "Sig")
    overlay = overlay if any(glyph.box for glyph in overlay) else []
    return PageGlyphs(tuple(body), tuple(overlay), signatures, 90 * turns) if body or overlay or signatures else None


def _again(document: pypdfium2.PdfDocument, page: pypdfium2.PdfPage, index: int) -> pypdfium2.PdfPage:
    """The same page, opened anew: what was changed counts from then on."""
    page.close()
    return document[index]


def _leaning_quarters(page: pypdfium2.PdfPage) -> int:
    """Clockwise quarter turns that make most of the text run from left to right as the page is shown."""
    text = page.get_textpage()
    step = max(1, text.count_chars() // _ANGLES)
    angles = [raw.FPDFText_GetCharAngle(text, index) for index in range(0, text.count_chars(), step)]
    text.close()
    quarters = Counter(round(angle / (math.pi / 2)) % 4 for angle in angles if angle >= 0)
    return (quarters.most_common(1)[0][0] - page.get_rotation() // 90) % 4 if quarters else 0


def _glyphs(page: pypdfium2.PdfPage, view: _View) -> Iterator[Glyph]:
    text = page.get_textpage()
    fonts: dict[int, tuple[str, bool]] = {}
    for index in range(text.count_chars()):
        character = chr(raw.FPDFText_GetUnicode(text, index))
        if raw.FPDFText_IsHyphen(text, index) == 1:
            character = "-"
        part = raw.FPDFText_GetTextObject(text, index)
        if raw.FPDFText_IsGenerated(text, index) == 1 or not part or character in _GAPS:
            yield Glyph("\n" if character in "\r\n" else " ", "", embedded=True, hidden=False, box=None)
            continue
        key = ctypes.addressof(part.contents)
        name, embedded = fonts[key] if key in fonts else fonts.setdefault(key, _font_of(part))
        hidden = raw.FPDFTextObj_GetTextRenderMode(part) == _INVISIBLE
        yield Glyph(character, name, embedded, hidden, _glyph_box(page, text, index, view))
    text.close()


def _font_of(part: object) -> tuple[str, bool]:
    """Name of the font of a text object, and whether its shapes are in the file."""
    font = raw.FPDFTextObj_GetFont(part)
    buffer = ctypes.create_string_buffer(_FONT_NAME_BYTES)
    if not font:
        return "", True
    named = raw.FPDFFont_GetBaseFontName(font, buffer, _FONT_NAME_BYTES)
    return buffer.value.decode("utf-8", "replace") if named else "", raw.FPDFFont_GetIsEmbedded(font) == 1


def _glyph_box(page: pypdfium2.PdfPage, text: pypdfium2.PdfTextPage, index: int, view: _View) -> Box | None:
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    if not raw.FPDFText_GetCharBox(text, index, left, right, bottom, top):
        return None
    return _to_pixels(page, (left.value, bottom.value, right.value, top.value), view)


def _fields(page: pypdfium2.PdfPage, view: _View) -> Iterator[tuple[str, Box]]:
    """Fields of a form: kind ("Sig" for signatures, "Tx" for text, ...) and place."""
    for index in range(raw.FPDFPage_GetAnnotCount(page)):
        annotation = raw.FPDFPage_GetAnnot(page, index)
        if not annotation:
            continue
        place = raw.FS_RECTF()
        if raw.FPDFAnnot_GetSubtype(annotation) == raw.FPDF_ANNOT_WIDGET and raw.FPDFAnnot_GetRect(annotation, place):
            corners = (place.left, place.bottom, place.right, place.top)
            box = _to_pixels(page, corners, view)
            if box is not None and place.left != place.right and place.bottom != place.top:
                yield _field_kind(annotation), box
        raw.FPDFPage_CloseAnnot(annotation)


def _field_kind(annotation: object) -> str:
    letters = (ctypes.c_ushort * _KIND_LETTERS)()
    written = raw.FPDFAnnot_GetStringValue(annotation, b"FT", letters, ctypes.sizeof(letters))
    return bytes(letters)[: max(0, written - 2)].decode("utf-16-le", "replace")


def _to_pixels(page: pypdfium2.PdfPage, corners: tuple[float, float, float, float], view: _View) -> Box | None:
    """A rectangle of the page in pixels of its picture; None when it lies outside."""
    left, bottom, right, top = corners
    places = []
    for x, y in ((left, bottom), (right, top)):
        # The library answers whole pixels: ask at tenfold size to keep the edges.
        across, down = ctypes.c_int(), ctypes.c_int()
        raw.FPDF_PageToDevice(page, 0, 0, view.width * 10, view.height * 10, 0, x, y, across, down)
        places.append((across.value / 10, down.value / 10))
    (x0, x1), (y0, y1) = sorted(place[0] for place in places), sorted(place[1] for place in places)
    if x1 <= 0 or y1 <= 0 or x0 >= view.width or y0 >= view.height:
        return None
    return Box(max(0, int(x0)), max(0, int(y0)), min(view.width, int(x1) + 1), min(view.height, int(y1) + 1))


def _lies_in(box: Box, outer: Box) -> bool:
    x, y = box.centre
    return outer.x0 <= x <= outer.x1 and outer.y0 <= y <= outer.y1


def _beyond(glyphs: Iterator[Glyph], body: Sequence[Glyph]) -> Iterator[Glyph]:
    """Glyphs that were not on the page before its annotations were drawn into it; gaps stay gaps."""
    known = Counter((glyph.character, glyph.box) for glyph in body)
    for glyph in glyphs:
        key = (glyph.character, glyph.box)
        if glyph.box is not None and known[key] > 0:
            known[key] -= 1
        else:
            yield glyph
