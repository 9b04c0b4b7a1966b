"""Ruled tables as offices draw them: merged cells, rules thin, thick, double, dotted or missing.

In: a `TableSpec` and a flow. Out: the table on the flow's sheets, its lines and cells in their truth. Rows that do not fit
go over to new sheets; every sheet then holds a table of its own in the truth.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from PIL import ImageFont

from sample_printer.flow import Flow, words_of, wrap
from sample_printer.fonts import font
from sample_printer.sheet import Ink, Sheet
from sample_printer.truth import PrintedCell, PrintedTable, joined

MM_PER_POINT = 25.4 / 72
SIDE_MM = 1.3
LEAST_POINTS = 7.0


@dataclass(frozen=True, slots=True)
class CellSpec:
    """A cell: first row and column (from 0), spans, text, how it is set ("left", "centre", "right"), bold or not."""

    row: int
    column: int
    text: str = ""
    row_span: int = 1
    column_span: int = 1
    align: str = "left"
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Rules:
    """How a table is ruled.

    Attributes:
        inner_mm: width of the rules inside.
        outer_mm: width of the frame, 0 where it is left out (see `sides`).
        gap_mm: distance of the two lines of a double frame, 0 for a single one.
        sides: the left and right sides are drawn.
        uprights: the rules between columns are drawn.
        between: the rules between body rows: "solid", "dotted" or "none".
        ink: colour of the rules.
    """

    inner_mm: float = 0.2
    outer_mm: float = 0.2
    gap_mm: float = 0.0
    sides: bool = True
    uprights: bool = True
    between: str = "solid"
    ink: Ink = (22, 22, 26)


@dataclass(frozen=True, slots=True)
class TableSpec:
    """A table to print; `head_rows` rows are its head, `repeat_head` prints them again on a new sheet."""

    rows: int
    columns: int
    cells: tuple[CellSpec, ...]
    head_rows: int = 1
    rules: Rules = Rules()
    points: float = 11.0
    padding_mm: float = 1.0
    repeat_head: bool = False


@dataclass(frozen=True, slots=True)
class _Setting:
    """How a table is set on a flow: size of type and edges of columns in mm."""

    flow: Flow
    spec: TableSpec
    points: float
    edges: tuple[float, ...]

    def face(self, bold: bool) -> ImageFont.FreeTypeFont:
        return _face(self.flow, self.points, bold=bold)

    @property
    def leading(self) -> float:
        return self.points * 1.22 * MM_PER_POINT

    def lines(self, cell: CellSpec) -> list[str]:
        width = self.edges[cell.column + cell.column_span] - self.edges[cell.column] - 2 * SIDE_MM
        lines = wrap(words_of(cell.text, self.face(cell.bold)), width=width, indent=0, dpi=self.flow.dpi)
        return [" ".join(word for word, _ in line) for line in lines]


def print_ruled_table(flow: Flow, spec: TableSpec) -> None:
    """Print a table over the whole text width from the flow's height on."""
    setting = _set(flow, spec)
    heights = _row_heights(setting)
    first = 0
    while first < spec.rows:
        again = spec.head_rows if spec.repeat_head and first else 0
        room = flow.sheet.height_mm - 15.0 - flow.y - sum(heights[:again])
        last = _rows_that_fit(spec, heights, first=first, room=room)
        if last == first:
            if flow.y <= 30.0:
                raise ValueError("a row of the table is higher than a sheet")
            flow.new_sheet(landscape=flow.sheet.landscape)
            flow.y += 4
            continue
        part = _part(spec, first, last, again)
        _print_part(replace(setting, spec=part), [*heights[:again], *heights[first:last]])
        first = last
        if first < spec.rows:
            flow.new_sheet(landscape=flow.sheet.landscape)
            flow.y += 4
    flow.y += 3


def _face(flow: Flow, points: float, *, bold: bool) -> ImageFont.FreeTypeFont:
    family = flow.spec.font or ("cousine" if flow.typed else "tinos")
    return font(family, "bold" if bold and not flow.typed else "regular", points=points, dpi=flow.dpi)


def _set(flow: Flow, spec: TableSpec) -> _Setting:
    """Find column widths; where the longest words do not fit side by side the type gets smaller.

    Raises:
        ValueError: the words do not fit in the smallest size.
    """
    points = spec.points
    width = flow.right - flow.left
    while True:
        needed = _needed(flow, spec, points)
        if sum(needed) <= width:
            break
        points -= 0.5
        if points < LEAST_POINTS:
            raise ValueError("the columns of the table do not fit on the sheet")
    longest = [
        max((len(c.text) for c in spec.cells if c.column == k and c.column_span == 1), default=1) for k in range(spec.columns)
    ]
    share = [max(1, min(length, 60)) ** 0.8 for length in longest]
    spare = width - sum(needed)
    widths = [least + spare * weight / sum(share) for least, weight in zip(needed, share, strict=True)]
    return _Setting(flow, spec, points, tuple(accumulate(widths, initial=flow.left)))


def _needed(flow: Flow, spec: TableSpec, points: float) -> list[float]:
    """Least width of each column in mm: its longest word."""
    needed = [2 * SIDE_MM + 2.0] * spec.columns
    for cell in spec.cells:
        face = _face(flow, points, bold=cell.bold)
        widest = max((flow.sheet.millimetres(face.getlength(word)) for word in cell.text.split()), default=0.0)
        each = (widest + 2 * SIDE_MM + 0.6) / cell.column_span
        for column in range(cell.column, cell.column + cell.column_span):
            needed[column] = max(needed[column], each)
    return needed


def _row_heights(setting: _Setting) -> list[float]:
    spec = setting.spec
    heights = [setting.leading + 2 * spec.padding_mm] * spec.rows
    for cell in sorted(spec.cells, key=lambda cell: cell.row_span):
        height = len(setting.lines(cell)) * setting.leading + 2 * spec.padding_mm
        rows = slice(cell.row, cell.row + cell.row_span)
        lack = height - sum(heights[rows])
        if lack > 0:
            heights[rows] = [row + lack / cell.row_span for row in heights[rows]]
    return heights


def _rows_that_fit(spec: TableSpec, heights: Sequence[float], *, first: int, room: float) -> int:
    """Number of the row before which the sheet ends; merged cells and the head are not torn apart."""
    fitting = first
    used = 0.0
    for row in range(first, spec.rows):
        used += heights[row]
        if used > room:
            break
        torn = any(cell.row <= row < cell.row + cell.row_span - 1 for cell in spec.cells)
        if not torn and row + 1 >= spec.head_rows:
            fitting = row + 1
    return fitting


def _part(spec: TableSpec, first: int, last: int, again: int) -> TableSpec:
    """Rows `first` to `last`, below the head again where `again` rows of it are repeated."""
    head = tuple(cell for cell in spec.cells if cell.row < again)
    body = tuple(replace(cell, row=cell.row - first + again) for cell in spec.cells if first <= cell.row < last)
    head_rows = spec.head_rows if first == 0 or again else 0
    return replace(spec, rows=last - first + again, cells=head + body, head_rows=head_rows)


def _print_part(setting: _Setting, heights: Sequence[float]) -> None:
    """Print what stands on one sheet and note its truth."""
    flow, spec = setting.flow, setting.spec
    tops = tuple(accumulate(heights, initial=flow.y))
    cells = [_print_cell(setting, cell, tops) for cell in sorted(spec.cells, key=lambda cell: (cell.row, cell.column))]
    _Ruling(flow.sheet, spec, setting.edges, tops).draw()
    box = _box(flow.sheet, setting.edges[0], tops[0], setting.edges[-1], tops[-1])
    flow.sheet.tables.append(PrintedTable(box, spec.rows, spec.columns, tuple(cells)))
    flow.y = tops[-1]


def _print_cell(setting: _Setting, cell: CellSpec, tops: Sequence[float]) -> PrintedCell:
    left, right = setting.edges[cell.column], setting.edges[cell.column + cell.column_span]
    top, bottom = tops[cell.row], tops[cell.row + cell.row_span]
    lines = setting.lines(cell)
    y = (top + bottom - len(lines) * setting.leading) / 2
    for text in lines:
        y += setting.leading
        place = {"left": left + SIDE_MM, "centre": (left + right) / 2, "right": right - SIDE_MM}[cell.align]
        setting.flow.sheet.print_line(
            text,
            font=setting.face(cell.bold),
            baseline=y - 0.25 * setting.leading,
            left=place if cell.align == "left" else None,
            centre=place if cell.align == "centre" else None,
            right=place if cell.align == "right" else None,
        )
    box = _box(setting.flow.sheet, left, top, right, bottom)
    return PrintedCell(cell.row, cell.column, cell.row_span, cell.column_span, joined(cell.text), box)


def _box(sheet: Sheet, left: float, top: float, right: float, bottom: float) -> tuple[int, int, int, int]:
    return sheet.pixels(left), sheet.pixels(top), sheet.pixels(right), sheet.pixels(bottom)


@dataclass(frozen=True, slots=True)
class _Ruling:
    """Draws the rules of one table: `edges` of columns and `tops` of rows in mm."""

    sheet: Sheet
    spec: TableSpec
    edges: Sequence[float]
    tops: Sequence[float]

    def draw(self) -> None:
        """Draw every rule that no merged cell covers."""
        owner = {
            (row, column): number
            for number, cell in enumerate(self.spec.cells)
            for row in range(cell.row, cell.row + cell.row_span)
            for column in range(cell.column, cell.column + cell.column_span)
        }
        for row, y in enumerate(self.tops):
            for column, (left, right) in enumerate(pairwise(self.edges)):
                if row in {0, self.spec.rows}:
                    self._outer((left, y), (right, y), inward=(0, 1 if row == 0 else -1))
                elif owner.get((row - 1, column), -1) != owner.get((row, column), -2):
                    self._between((left, y), (right, y), in_head=row <= self.spec.head_rows)
        for column, x in enumerate(self.edges):
            for row, (top, bottom) in enumerate(pairwise(self.tops)):
                if column in {0, self.spec.columns}:
                    if self.spec.rules.sides:
                        self._outer((x, top), (x, bottom), inward=(1 if column == 0 else -1, 0))
                elif self.spec.rules.uprights and owner.get((row, column - 1), -1) != owner.get((row, column), -2):
                    self._rule((x, top), (x, bottom), self.spec.rules.inner_mm)

    def _outer(self, start: tuple[float, float], end: tuple[float, float], *, inward: tuple[int, int]) -> None:
        rules = self.spec.rules
        self._rule(start, end, rules.outer_mm)
        if rules.gap_mm:
            dx, dy = -inward[0] * rules.gap_mm, -inward[1] * rules.gap_mm
            self._rule((start[0] + dx, start[1] + dy), (end[0] + dx, end[1] + dy), rules.outer_mm)

    def _between(self, start: tuple[float, float], end: tuple[float, float], *, in_head: bool) -> None:
        rules = self.spec.rules
        if in_head or rules.between == "solid":
            self._rule(start, end, rules.inner_mm)
        elif rules.between == "dotted":
            x = start[0]
            while x < end[0]:
                self._rule((x, start[1]), (min(x + 0.3, end[0]), end[1]), rules.inner_mm)
                x += 0.9

    def _rule(self, start: tuple[float, float], end: tuple[float, float], width_mm: float) -> None:
        self.sheet.rule(start, end, width_mm=width_mm, ink=self.spec.rules.ink)
