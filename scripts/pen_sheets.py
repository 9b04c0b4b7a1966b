"""Sheets full of number and date lines and rows of stamps, for fitting what counts of figures written by pen.

In: how figures are written, and randomness. Out: a printed page and what stands in each of its rows.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from PIL import Image, ImageFont

from recogniser_training.pen_strokes import draw, some_hand, write
from sample_printer import PrintedPage
from sample_printer.fonts import FAMILIES, font, pens
from sample_printer.sheet import BLUE_INK, Sheet

_ROWS, _TOP_MM, _LEADING_MM = 26, 25.0, 9.6
_NUMBER_MM, _DATE_MM = 26.0, 100.0
_POINTS, _GAP_MM = 13.5, 1.2
_STAMPED = 0.2
"""Share of rows that are those of a stamp of arrival."""
_NOTATIONS = ("QĐ-UBND", "TB-STTTT", "SYT-NVY", "KH-SYT", "CT-UBND", "NQ-HĐND", "BC-STC", "CV-VP", "TTr-SNV", "HD-BTC", "GM-UBND")
_PLACES = ("Hà Nội", "Cần Thơ", "Tiền Giang", "Kiên Giang", "Quảng Ngãi", "Bến Tre", "Lào Cai", "Đắk Lắk", "Hòa Bình")
_USUAL = ("tinos", "tinos", "termes", "freeserif", "arimo")
_FAMILIES = tuple(name for name in FAMILIES if name != "chorus")
"""Print is taken from all typefaces: the pen reader was trained on few of them, and print must stay."""
_INKS = (BLUE_INK, (22, 22, 26), (70, 40, 130), (20, 40, 90))


class Ways(StrEnum):
    """How figures come onto the sheet."""

    PRINT = "print"
    FONT = "font"
    STROKES = "strokes"


@dataclass(frozen=True, slots=True)
class SheetRow:
    """What stands in a row; `middle` is its height on the page in pixels."""

    middle: float
    number: str
    day: str
    month: str
    arrived: str
    """Date of arrival; empty in a row that is not one of a stamp."""


def print_sheet(way: Ways, rng: random.Random, *, dpi: int) -> tuple[PrintedPage, list[SheetRow]]:
    """One sheet in one printed font, every row written by another hand."""
    sheet = Sheet(dpi=dpi)
    family = rng.choice(_FAMILIES if way is Ways.PRINT else _USUAL)
    plain, italic = (font(family, face, points=_POINTS, dpi=dpi) for face in ("regular", "italic"))
    rows = []
    for place in range(_ROWS):
        baseline = _TOP_MM + place * _LEADING_MM
        number = str(rng.randint(1, 10 ** rng.choice((1, 2, 3, 3, 4, 4)) - 1)).zfill(2)
        day, month = f"{rng.randint(1, 31):02}", f"{rng.randint(1, 12):02}"
        year, arrived = rng.randint(1995, 2025), ""
        head = [("Số:", False), (number, True), (f"/{rng.choice(_NOTATIONS)}", False)]
        date = [(f"{rng.choice(_PLACES)}, ngày", False), (day, True), ("tháng", False), (month, True), (f"năm {year}", False)]
        if rng.random() < _STAMPED:
            arrived = f"{int(day)}/{int(month)}/{rng.choice((year, f'{year % 100:02}'))}"
            head, date = head[:2], [("Ngày:", False), (arrived, True)]
        by_hand = _Pen(sheet, way, rng, dpi)
        by_hand.fill_in(head, face=plain, left=_NUMBER_MM, baseline=baseline)
        by_hand.fill_in(date, face=italic, left=_DATE_MM, baseline=baseline)
        rows.append(SheetRow(sheet.pixels(baseline - 1.6), number, day, month, arrived))
    return sheet.finish(1), rows


class _Pen:
    """One hand on a sheet."""

    def __init__(self, sheet: Sheet, way: Ways, rng: random.Random, dpi: int) -> None:
        self._sheet, self._way, self._rng, self._dpi = sheet, way, rng, dpi
        self._font = font(rng.choice(pens()), points=rng.uniform(14, 19), dpi=dpi)
        self._hand, self._ink = some_hand(rng), rng.choice(_INKS)
        self._high, self._breadth = rng.uniform(2.8, 5.2), rng.uniform(0.22, 0.5)

    def fill_in(self, pieces: list[tuple[str, bool]], *, face: ImageFont.FreeTypeFont, left: float, baseline: float) -> None:
        """Print pieces from the left; those marked were left out by the press."""
        for words, by_hand in pieces:
            if not by_hand:
                self._sheet.print_words([(words, left, face)], baseline=baseline)
                left += self._sheet.millimetres(face.getlength(words))
                left += 0 if self._way is Ways.PRINT and words == "Số:" else self._gap()
            elif self._way is Ways.PRINT:
                self._sheet.print_words([(words, left + (_GAP_MM if pieces[0][0] == "Số:" else 0), face)], baseline=baseline)
                left += self._sheet.millimetres(face.getlength(words)) + _GAP_MM
            else:
                left += self._write(words, left, baseline - self._rng.uniform(-0.4, 0.9)) + self._gap()

    def _gap(self) -> float:
        return _GAP_MM if self._way is Ways.PRINT else self._rng.uniform(-0.2, 2.0)

    def _write(self, figures: str, left: float, baseline: float) -> float:
        """Write figures; return how wide they are in mm."""
        if self._way is Ways.FONT:
            self._sheet.print_words([(figures, left, self._font)], baseline=baseline, ink=self._ink)
            return self._sheet.millimetres(self._font.getlength(figures))
        strokes = write(figures, self._hand, self._rng)
        wide = max(float(stroke[:, 0].max()) for stroke in strokes) * self._high
        layer = np.full(self._sheet.image.size[::-1], 255, np.uint8)
        at = (self._sheet.pixels(left), self._sheet.pixels(baseline))
        breadth = self._breadth / 25.4 * self._dpi
        draw(layer, strokes, at=at, height=self._high / 25.4 * self._dpi, breadth=breadth, rng=self._rng)
        self._sheet.image.paste(self._ink, mask=Image.fromarray(255 - layer))
        return wide
