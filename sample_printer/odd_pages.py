"""Pages that are no plain sheet of print: spreads, forms to be filled in, drawings, pages written by hand.

In: randomness and a resolution. Out: clean `PrintedPage`s like those of `sample_printer.layout`; their boxes are those of the page.
"""

import math
import random
from dataclasses import replace
from itertools import pairwise

import numpy as np

from sample_printer.fonts import font
from sample_printer.layout import print_document
from sample_printer.sheet import BLUE_INK, Sheet
from sample_printer.truth import PrintedLine, PrintedPage
from sample_printer.writing import person, write_document

_FIELDS = (
    "Họ và tên:", "Ngày, tháng, năm sinh:", "Nơi sinh:", "Quê quán:", "Dân tộc:", "Nơi thường trú:", "Số định danh cá nhân:",
    "Trình độ chuyên môn:", "Nghề nghiệp:", "Cơ quan công tác:", "Số điện thoại:", "Nội dung đề nghị:",
)  # fmt: skip


def spread(rng: random.Random, *, dpi: int = 200) -> PrintedPage:
    """Two pages of a bound volume on one image; the lines of the left leaf come first."""
    leaves = [print_document(write_document(rng, paragraphs=6), rng=rng, dpi=dpi)[0] for _ in range(2)]
    image = np.concatenate([leaf.image for leaf in leaves], axis=1)
    across = leaves[0].image.shape[1]
    moved = [PrintedLine(line.text, (line.box[0] + across, *_right_of(line.box, across))) for line in leaves[1].truth.lines]
    truth = replace(leaves[0].truth, width=image.shape[1], lines=(*leaves[0].truth.lines, *moved), optional=())
    return PrintedPage(image, truth)


def _right_of(box: tuple[int, int, int, int], across: int) -> tuple[int, int, int]:
    return box[1], box[2] + across, box[3]


def form(rng: random.Random, *, dpi: int = 200, filled: bool = False) -> PrintedPage:
    """A form with dotted lines behind its labels; `filled` writes on some of them by pen."""
    sheet = Sheet(dpi)
    face, bold = font("tinos", points=13, dpi=dpi), font("tinos", "bold", points=14, dpi=dpi)
    sheet.print_line("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", font=bold, baseline=25, centre=105)
    sheet.print_line("ĐƠN ĐỀ NGHỊ CẤP BẢN SAO", font=bold, baseline=40, centre=105)
    y = 55.0
    for label in rng.sample(_FIELDS, rng.randint(8, 12)):
        box = sheet.print_line(label, font=face, baseline=y, left=25)
        start = sheet.millimetres(box[2]) + 2
        _dots(sheet, start, 190.0, y, pitch=rng.choice((1.0, 1.2, 1.5)))
        if filled and rng.random() < 0.6:
            sheet.print_line(person(rng), font=font("chorus", points=14, dpi=dpi), baseline=y - 0.6, left=start + 4, ink=BLUE_INK)
        y += 10.5
        if rng.random() < 0.3:
            _dots(sheet, 25.0, 190.0, y, pitch=1.2)
            y += 10.5
    sheet.print_line("Người làm đơn", font=bold, baseline=y + 8, centre=150)
    return sheet.finish(1)


def _dots(sheet: Sheet, start: float, end: float, y: float, *, pitch: float) -> None:
    size = 0.17
    for x in np.arange(start, end, pitch):
        corners = [sheet.pixels(x - size), sheet.pixels(y - 2 * size), sheet.pixels(x + size), sheet.pixels(y)]
        sheet.draw.ellipse(corners, fill=(22, 22, 26))


def drawing(rng: random.Random, *, dpi: int = 200) -> PrintedPage:
    """A plan of a plot of land: outlines, hatching, a north arrow, a few captions."""
    sheet = Sheet(dpi)
    face = font("arimo", points=10, dpi=dpi)
    sheet.print_line("SƠ ĐỒ VỊ TRÍ THỬA ĐẤT", font=font("arimo", "bold", points=13, dpi=dpi), baseline=22, centre=105)
    for number in range(rng.randint(5, 9)):
        middle = (rng.uniform(50, 160), rng.uniform(60, 230))
        corners = [
            (middle[0] + rng.uniform(15, 38) * math.cos(turn), middle[1] + rng.uniform(15, 38) * math.sin(turn))
            for turn in sorted(rng.uniform(0, 2 * math.pi) for _ in range(rng.randint(4, 7)))
        ]
        for start, end in pairwise([*corners, corners[0]]):
            sheet.rule(start, end, width_mm=rng.choice((0.25, 0.4)))
        if number % 3 == 0:
            for step in range(12):
                sheet.rule((middle[0] - 12 + 2 * step, middle[1] + 9), (middle[0] - 4 + 2 * step, middle[1] - 9), width_mm=0.15)
        if number < 4:
            sheet.print_line(f"Thửa {rng.randint(2, 400)}", font=face, baseline=middle[1], centre=middle[0])
    for radius in (18, 30, 42):
        x, y, around = sheet.pixels(100), sheet.pixels(150), sheet.pixels(radius)
        sheet.draw.arc([x - around, y - around, x + around, y + around], rng.randint(0, 90), rng.randint(180, 330), fill=0, width=2)
    return sheet.finish(1)


def handwriting(rng: random.Random, *, dpi: int = 200, lines: int = 14) -> PrintedPage:
    """A page of pen strokes that look like writing from afar; no words, so its truth is empty."""
    sheet = Sheet(dpi)
    width = max(1, sheet.pixels(0.45))
    for row in range(lines):
        x, y = rng.uniform(22, 32), 40 + row * rng.uniform(12.5, 13.5)
        end = rng.uniform(150, 188)
        while x < end:
            letters = rng.randint(2, 7)
            path = _letters(rng, x, y, letters)
            points = [(sheet.pixels(place[0]), sheet.pixels(place[1])) for place in path]
            sheet.draw.line(points, fill=BLUE_INK, width=width, joint="curve")
            x = path[-1][0] + rng.uniform(2.5, 5.0)
    return sheet.finish(1)


def _letters(rng: random.Random, x: float, y: float, count: int) -> list[tuple[float, float]]:
    """The way of the pen through a word: loops of uneven height that lean to the right."""
    path = []
    for _ in range(count):
        high, wide = rng.choice((2.2, 2.4, 2.8, 5.5)) * rng.uniform(0.8, 1.2), rng.uniform(2.0, 3.2)
        for step in range(14):
            turn = 2 * math.pi * step / 14
            lift = (1 - math.cos(turn)) / 2 * high
            path.append((x + wide * step / 14 + 0.25 * lift + 0.6 * math.sin(turn), y - lift + rng.gauss(0, 0.05)))
        x += wide
    return path
