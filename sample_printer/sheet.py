"""One sheet of paper under the press: millimetres in, ink and truth out.

In: text with a typeface and a place in millimetres. Out: an RGB image and the lines printed on it. A typewriter sheet
strikes letter by letter with the unevenness of worn type.
"""

import random
from dataclasses import dataclass, field

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from sample_printer.truth import PageTruth, PrintedLine, PrintedPage, PrintedTable, joined

A4_MM = (210.0, 297.0)
BLACK = (22, 22, 26)
BLUE_INK = (38, 52, 140)
RED_INK = (204, 38, 48)
Ink = tuple[int, int, int]
Box = tuple[int, int, int, int]


@dataclass(slots=True)
class Sheet:
    """A sheet being printed; `finish` gives the page.

    Attributes:
        strike: randomness of a typewriter's type; None prints evenly.
    """

    dpi: int
    landscape: bool = False
    strike: random.Random | None = None
    lines: list[PrintedLine] = field(default_factory=list)
    optional: list[str] = field(default_factory=list)
    tables: list[PrintedTable] = field(default_factory=list)
    pressed: list[PrintedLine] = field(default_factory=list)
    image: Image.Image = field(init=False)
    draw: ImageDraw.ImageDraw = field(init=False)

    def __post_init__(self) -> None:
        self.image = Image.new("RGB", (self.pixels(self.width_mm), self.pixels(self.height_mm)), "white")
        self.draw = ImageDraw.Draw(self.image)

    @property
    def width_mm(self) -> float:
        """Width as it is read."""
        return A4_MM[1] if self.landscape else A4_MM[0]

    @property
    def height_mm(self) -> float:
        """Height as it is read."""
        return A4_MM[0] if self.landscape else A4_MM[1]

    def pixels(self, millimetres: float) -> int:
        """Convert millimetres to whole pixels."""
        return round(millimetres * self.dpi / 25.4)

    def millimetres(self, pixels: float) -> float:
        """Convert pixels to millimetres."""
        return pixels * 25.4 / self.dpi

    def print_words(
        self,
        words: list[tuple[str, float, ImageFont.FreeTypeFont]],
        *,
        baseline: float,
        ink: Ink = BLACK,
        truth: bool = True,
        stroke: int = 0,
    ) -> Box:
        """Print words that form one line: each with its left edge in mm and its font; `baseline` in mm.

        Returns:
            The box of the ink in pixels.
        """
        y = self.pixels(baseline)
        boxes: list[Box] = []
        for text, left, font in words:
            x = self.pixels(left)
            if self.strike is None:
                self.draw.text((x, y), text, font=font, fill=ink, anchor="ls", stroke_width=stroke)
            else:
                self._type_letters(text, (x, y), font=font, ink=ink)
            around = font.getbbox(text, anchor="ls", stroke_width=stroke)
            boxes.append((int(x + around[0]), int(y + around[1]), round(x + around[2]), round(y + around[3])))
        box = union(boxes)
        if truth:
            self.lines.append(PrintedLine(joined(" ".join(text for text, _, _ in words)), box))
        return box

    def note(self, text: str, boxes: list[Box]) -> None:
        """Add a line to the truth that was printed in pieces."""
        self.lines.append(PrintedLine(joined(text), union(boxes)))

    def note_pressed(self, text: str, *, left: float, baseline: float, high: float, red: bool = False) -> None:
        """Remember where words of a stamp or a pen stand (mm), for whoever wants to read them too; they are no print."""
        wide = 0.62 * high * len(text)
        corners = (self.pixels(left), self.pixels(baseline - high), self.pixels(left + wide), self.pixels(baseline))
        self.pressed.append(PrintedLine(joined(text), corners, red))

    def _type_letters(self, text: str, start: tuple[int, int], *, font: ImageFont.FreeTypeFont, ink: Ink) -> None:
        """Strike letters one by one: each a little high or low, and with more or less ink."""
        assert self.strike is not None
        x, y = float(start[0]), start[1]
        wobble = self.dpi / 200
        for letter in text:
            pale = self.strike.randint(0, 70) if self.strike.random() < 0.25 else self.strike.randint(0, 25)
            colour = (ink[0] + pale, ink[1] + pale, ink[2] + pale)
            place = (x + self.strike.gauss(0, 0.45) * wobble, y + self.strike.gauss(0, 0.75) * wobble)
            self.draw.text(place, letter, font=font, fill=colour, anchor="ls")
            x += font.getlength(letter)

    def print_line(
        self,
        text: str,
        *,
        font: ImageFont.FreeTypeFont,
        baseline: float,
        left: float | None = None,
        centre: float | None = None,
        right: float | None = None,
        ink: Ink = BLACK,
        truth: bool = True,
    ) -> Box:
        """Print a line placed by exactly one of its left edge, its centre or its right edge (mm)."""
        width = self.millimetres(font.getlength(text))
        if left is None:
            left = centre - width / 2 if centre is not None else (right or 0.0) - width
        return self.print_words([(text, left, font)], baseline=baseline, ink=ink, truth=truth)

    def rule(self, start: tuple[float, float], end: tuple[float, float], *, width_mm: float = 0.25, ink: Ink = BLACK) -> None:
        """Draw a straight rule between two points in mm."""
        ends = [self.pixels(start[0]), self.pixels(start[1]), self.pixels(end[0]), self.pixels(end[1])]
        self.draw.line(ends, fill=ink, width=max(1, self.pixels(width_mm)))

    def press(self, stamp: Image.Image, *, left: float, top: float) -> None:
        """Press a stamp (RGBA) onto the sheet: inks multiply, so print shows through."""
        x, y = max(0, self.pixels(left)), max(0, self.pixels(top))
        around = (x, y, min(self.image.width, x + stamp.width), min(self.image.height, y + stamp.height))
        layer = np.asarray(stamp.crop((0, 0, around[2] - x, around[3] - y)), dtype=np.float32) / 255
        cover = layer[..., 3:4]
        paper = np.asarray(self.image.crop(around), dtype=np.float32)
        inked = paper * (1 - cover + cover * layer[..., :3])
        self.image.paste(Image.fromarray(inked.round().astype(np.uint8)), (x, y))

    def finish(self, number: int, *, state: str = "text") -> PrintedPage:
        """Return the printed page as page `number`."""
        image = np.array(self.image)
        height, width = image.shape[:2]
        lines, optional, tables = tuple(self.lines), tuple(self.optional), tuple(self.tables)
        pressed = tuple(self.pressed)
        truth = PageTruth(number, state, self.dpi, width, height, lines, optional, tables=tables, pressed=pressed)
        return PrintedPage(image, truth)


def union(boxes: list[Box]) -> Box:
    """Return the smallest box around all boxes."""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)
