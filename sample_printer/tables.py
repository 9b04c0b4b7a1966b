"""Ruled tables.

In: rows of cell texts. Out: a table with all its rules on the flow's sheets; a row that does not fit begins a new sheet.
"""

from itertools import pairwise

from PIL import ImageFont

from sample_printer.flow import Flow, words_of, wrap

PADDING_MM = 1.6
POINTS = 12.0

Cell = list[str]


def print_table(flow: Flow, rows: list[tuple[str, ...]]) -> None:
    """Print a table over the whole text width; the first row is its head."""
    edges = _edges(flow, rows)
    for number, row in enumerate(rows):
        face = flow.font("bold" if number == 0 else "regular", POINTS)
        cells = [_cell_lines(flow, text, face, right - left) for text, (left, right) in zip(row, pairwise(edges), strict=True)]
        height = max(len(cell) for cell in cells) * flow.leading(POINTS) + 2 * PADDING_MM
        flow.keep(height)
        _print_row(flow, cells, edges=edges, height=height, face=face, centred=number == 0)
        flow.y += height
    flow.y += 3


def _edges(flow: Flow, rows: list[tuple[str, ...]]) -> list[float]:
    """Share the width among the columns: each gets its longest word, the rest goes by the root of the longest text."""
    face = flow.font("bold", POINTS)
    columns = list(zip(*rows, strict=True))
    needed = [
        max(flow.sheet.millimetres(face.getlength(word)) for text in column for word in text.split() or [""]) + 2 * PADDING_MM + 0.5
        for column in columns
    ]
    share = [max(len(text) for text in column) ** 0.7 for column in columns]
    spare = flow.right - flow.left - sum(needed)
    edges = [flow.left]
    for least, weight in zip(needed, share, strict=True):
        edges.append(edges[-1] + least + spare * weight / sum(share))
    return edges


def _cell_lines(flow: Flow, text: str, face: ImageFont.FreeTypeFont, width: float) -> Cell:
    lines = wrap(words_of(text, face), width=width - 2 * PADDING_MM, indent=0, dpi=flow.dpi)
    return [" ".join(word for word, _ in line) for line in lines]


def _print_row(
    flow: Flow, cells: list[Cell], *, edges: list[float], height: float, face: ImageFont.FreeTypeFont, centred: bool
) -> None:
    """Print the words and rules of one row at the flow's height."""
    top = flow.y
    for number, (cell, (left, right)) in enumerate(zip(cells, pairwise(edges), strict=True)):
        y = top + PADDING_MM + (height - 2 * PADDING_MM - len(cell) * flow.leading(POINTS)) / 2
        for text in cell:
            y += flow.leading(POINTS)
            middle = (left + right) / 2
            place = middle if centred or number == 0 or len(" ".join(cell)) < 10 else None
            flow.sheet.print_line(text, font=face, baseline=y - 0.27 * flow.leading(POINTS), centre=place, left=_left(place, left))
    for edge in edges:
        flow.sheet.rule((edge, top), (edge, top + height))
    for y in (top, top + height):
        flow.sheet.rule((edges[0], y), (edges[-1], y))


def _left(centre: float | None, edge: float) -> float | None:
    return edge + PADDING_MM if centre is None else None
