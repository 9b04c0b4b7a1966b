"""Text that flows from sheet to sheet.

In: words with their typefaces, one paragraph at a time. Out: sheets with lines on them. Knows margins, page numbers and
the typefaces of a style; what the parts of a document are is the business of `head`, `tables` and `closing`.
"""

import random
from dataclasses import dataclass, field

from PIL import ImageFont

from sample_printer.fonts import font
from sample_printer.sheet import Sheet
from sample_printer.spec import DocumentSpec, Style

LEFT_MM, RIGHT_MM, TOP_MM, BOTTOM_MM = 30.0, 17.0, 21.0, 21.0
INDENT_MM = 12.7
MM_PER_POINT = 25.4 / 72

Word = tuple[str, ImageFont.FreeTypeFont]

_FAMILY = {Style.DECREE30: "tinos", Style.CIRCULAR2011: "termes", Style.TYPEWRITER: "cousine"}


@dataclass(slots=True)
class Flow:
    """Sheets being filled; `y` is the next free height in mm on the last one."""

    spec: DocumentSpec
    dpi: int
    rng: random.Random
    sheets: list[Sheet] = field(default_factory=list)
    y: float = TOP_MM

    @property
    def sheet(self) -> Sheet:
        """The sheet being printed now."""
        return self.sheets[-1]

    @property
    def typed(self) -> bool:
        """Whether a typewriter prints this."""
        return self.spec.style is Style.TYPEWRITER

    @property
    def left(self) -> float:
        """Left edge of the text in mm."""
        return LEFT_MM

    @property
    def right(self) -> float:
        """Right edge of the text in mm."""
        return self.sheet.width_mm - RIGHT_MM

    def font(self, face: str = "regular", points: float | None = None) -> ImageFont.FreeTypeFont:
        """Return a face in the document's family; a typewriter has one face and one size."""
        family = self.spec.font or _FAMILY[self.spec.style]
        if self.typed:
            return font(family, points=12, dpi=self.dpi)
        return font(family, face, points=points or self.spec.body_pt, dpi=self.dpi)

    def leading(self, points: float | None = None) -> float:
        """Distance of two baselines in mm."""
        if self.typed:
            return 12 * 1.42 * MM_PER_POINT
        return (points or self.spec.body_pt) * 1.32 * MM_PER_POINT

    def new_sheet(self, *, landscape: bool = False) -> None:
        """Begin a sheet and print its page number where the style wants it."""
        strike = random.Random(self.rng.getrandbits(64)) if self.typed else None
        self.sheets.append(Sheet(self.dpi, landscape=landscape, strike=strike))
        self.y = TOP_MM
        number = len(self.sheets)
        if number > 1 and self.spec.style is not Style.CIRCULAR2011:
            text = f"- {number} -" if self.typed else str(number)
            self.sheet.print_line(text, font=self.font(), baseline=14, centre=self.sheet.width_mm / 2)

    def number_at_foot(self) -> None:
        """Print the page number of the older style, bottom right, on every sheet but the first."""
        if self.spec.style is Style.CIRCULAR2011:
            for number, sheet in enumerate(self.sheets[1:], start=2):
                sheet.print_line(str(number), font=self.font(), baseline=sheet.height_mm - 12, right=sheet.width_mm - RIGHT_MM)

    def keep(self, height: float) -> None:
        """Begin a new sheet unless `height` mm are left on this one."""
        if self.y + height > self.sheet.height_mm - BOTTOM_MM:
            self.new_sheet(landscape=self.sheet.landscape)

    def paragraph(
        self,
        words: list[Word],
        *,
        left: float,
        right: float,
        align: str = "justify",
        indent: float = 0.0,
        points: float | None = None,
        gap: float = 0.0,
    ) -> None:
        """Print a paragraph between two edges (mm), flowing over to new sheets, `gap` mm below it.

        `align` is "justify", "left" or "centre"; `indent` is that of the first line, in mm.
        """
        lines = wrap(words, width=right - left, indent=indent, dpi=self.dpi)
        for number, line in enumerate(lines):
            self.keep(self.leading(points))
            self.y += self.leading(points)
            start = left + (indent if number == 0 else 0.0)
            stretch = align == "justify" and number < len(lines) - 1 and not self.typed
            placed = _place(line, left=start, right=right, stretch=stretch, centre=align == "centre", dpi=self.dpi)
            self.sheet.print_words(placed, baseline=self.y - 0.25 * self.leading(points))
        self.y += gap


def words_of(text: str, font: ImageFont.FreeTypeFont) -> list[Word]:
    """Split text into words of one typeface."""
    return [(word, font) for word in text.split()]


def wrap(words: list[Word], *, width: float, indent: float, dpi: int) -> list[list[Word]]:
    """Break words into lines no wider than `width` mm, the first `indent` mm narrower."""
    lines: list[list[Word]] = []
    line: list[Word] = []
    used = indent * dpi / 25.4
    limit = width * dpi / 25.4
    for word, face in words:
        long = face.getlength(word) + (face.getlength(" ") if line else 0.0)
        if line and used + long > limit:
            lines.append(line)
            line, used, long = [], 0.0, face.getlength(word)
        line.append((word, face))
        used += long
    return [*lines, line] if line else lines


def _place(
    line: list[Word], *, left: float, right: float, stretch: bool, centre: bool, dpi: int
) -> list[tuple[str, float, ImageFont.FreeTypeFont]]:
    """Give every word of a line its left edge in mm."""
    per_mm = dpi / 25.4
    lengths = [face.getlength(word) / per_mm for word, face in line]
    space = line[0][1].getlength(" ") / per_mm
    natural = sum(lengths) + space * (len(line) - 1)
    if stretch and len(line) > 1:
        space += (right - left - natural) / (len(line) - 1)
    x = left + (right - left - natural) / 2 if centre else left
    placed = []
    for (word, face), length in zip(line, lengths, strict=True):
        placed.append((word, x, face))
        x += length + space
    return placed
