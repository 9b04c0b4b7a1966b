"""Filled forms become printed pages.

In: a `FilledForm`, randomness, a resolution. Out: clean pages with their truth; `sample_printer.damage` makes scans of them.
"""

import random
from datetime import date
from itertools import groupby

from sample_printer.flow import Flow, words_of, wrap
from sample_printer.forms import FilledForm
from sample_printer.ruled_tables import CellSpec, TableSpec, print_ruled_table
from sample_printer.spec import DocumentSpec, Style
from sample_printer.stamps import round_seal, scribble
from sample_printer.truth import PrintedPage

STATE_NAME = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
LEFT_CENTRE_MM, RIGHT_CENTRE_MM = 62.0, 145.0
DOTS = "…"


def print_form(form: FilledForm, *, rng: random.Random, dpi: int = 200) -> list[PrintedPage]:
    """Print a form.

    Args:
        form: what is on it.
        rng: decides the typeface, the shape of signature and seal.
        dpi: resolution of the page images.

    Raises:
        FontMissing: a font is not installed.
    """
    flow = Flow(_spec(form, rng), dpi, rng)
    flow.new_sheet()
    _head(flow, form)
    for is_table, lines in groupby(form.text.lines, key=lambda line: line.startswith("|")):
        if is_table:
            _table(flow, [_cells(line) for line in lines])
            continue
        for line in lines:
            _line(flow, line)
    _sign(flow, form)
    return [sheet.finish(number) for number, sheet in enumerate(flow.sheets, start=1)]


def _spec(form: FilledForm, rng: random.Random) -> DocumentSpec:
    """What `Flow` wants to know: the typeface and its size."""
    return DocumentSpec(
        type_name="", organ_name="", code_number="", code_notation="", issued_place="", issued_date=date(2020, 1, 1), subject="",
        body=(), signatures=(), style=Style.DECREE30, font=rng.choice(("tinos", "tinos", "termes")), body_pt=form.text.points,
    )  # fmt: skip


def _head(flow: Flow, form: FilledForm) -> None:
    if form.text.head == "none":
        return
    middle = (flow.left + flow.right) / 2 if form.text.head == "state" else RIGHT_CENTRE_MM
    top = flow.y
    for number, text in enumerate(form.text.office):
        face = flow.font("bold" if number == len(form.text.office) - 1 else "regular", 12)
        flow.sheet.print_line(text, font=face, baseline=top + flow.leading(12) * (number + 0.8), centre=LEFT_CENTRE_MM)
    flow.sheet.print_line(STATE_NAME, font=flow.font("bold", 12.5), baseline=top + flow.leading(12) * 0.8, centre=middle)
    flow.sheet.print_line(MOTTO, font=flow.font("bold", 13), baseline=top + flow.leading(12) * 1.85, centre=middle)
    half = flow.sheet.millimetres(flow.font("bold", 13).getlength(MOTTO)) / 2
    under = top + flow.leading(12) * 2.1
    flow.sheet.rule((middle - half, under), (middle + half, under))
    flow.y = top + flow.leading(12) * max(2.6, len(form.text.office) + 0.4)


def _line(flow: Flow, line: str) -> None:
    mark, _, text = line.partition(" ")
    if not line.strip():
        flow.y += 3
    elif line == "{break}":
        flow.new_sheet()
    elif "||" in line:
        _columns(flow, [part.strip() for part in line.split("||")])
    elif mark == "=":
        flow.paragraph(words_of(text, flow.font("bold", 14)), left=flow.left, right=flow.right, align="centre", points=14)
    elif mark == ">":
        flow.paragraph(words_of(text, flow.font()), left=flow.left, right=flow.right, align="centre")
    elif mark == "^":
        middle = (flow.left + flow.right) / 2
        flow.paragraph(words_of(text, flow.font("italic")), left=middle, right=flow.right, align="centre")
    elif line.endswith(DOTS):
        _dotted(flow, line)
    else:
        face = flow.font({"!": "bold", "~": "italic"}.get(mark, "regular"))
        words = words_of(text if mark in {"!", "~"} else line, face)
        flow.paragraph(words, left=flow.left, right=flow.right, align="justify", gap=0.8)


def _dotted(flow: Flow, line: str) -> None:
    """Print a line and dots up to the right edge: the truth has no dots, they are no text."""
    face = flow.font()
    words = words_of(line.rstrip(DOTS), face)
    lines = wrap(words, width=flow.right - flow.left, indent=0, dpi=flow.dpi)
    flow.paragraph(words, left=flow.left, right=flow.right, align="left")
    used = flow.sheet.millimetres(sum(face.getlength(word + " ") for word, _ in lines[-1]))
    room = flow.right - flow.left - used - 2
    dots = "." * int(room / max(0.1, flow.sheet.millimetres(face.getlength("."))))
    if len(dots) > 4:
        baseline = flow.y - 0.25 * flow.leading()
        flow.sheet.print_line(dots, font=face, baseline=baseline, left=flow.left + used + 1, truth=False)
    flow.y += 0.8


def _columns(flow: Flow, parts: list[str]) -> None:
    """Print columns side by side, each wrapped in its own width; bold where it is all capitals."""
    flow.keep(2 * flow.leading())
    top, bottom, width = flow.y, flow.y, (flow.right - flow.left) / len(parts)
    for number, part in enumerate(parts):
        flow.y = top
        face = flow.font("bold" if part.isupper() else "regular")
        left = flow.left + number * width
        align = "centre" if part.isupper() else "left"
        flow.paragraph(words_of(part, face), left=left, right=left + width - 3, align=align)
        bottom = max(bottom, flow.y)
    flow.y = bottom + 0.8


def _table(flow: Flow, rows: list[list[str]]) -> None:
    cells = [
        CellSpec(row, column, text, align="centre" if row == 0 else "left", bold=row == 0)
        for row, texts in enumerate(rows)
        for column, text in enumerate(texts)
    ]
    flow.y += 1.5
    print_ruled_table(flow, TableSpec(rows=len(rows), columns=len(rows[0]), cells=tuple(cells), points=11.5))


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def _sign(flow: Flow, form: FilledForm) -> None:
    """Press seal and signature below the last line, in the right half."""
    flow.keep(36)
    pen = scribble(dpi=flow.dpi, rng=flow.rng)
    flow.sheet.press(pen, left=RIGHT_CENTRE_MM - 12, top=flow.y + 6)
    if form.text.office:
        seal = round_seal(form.text.office[-1], dpi=flow.dpi, rng=flow.rng)
        flow.sheet.press(seal, left=RIGHT_CENTRE_MM - 34, top=flow.y)
        flow.sheet.optional.append(form.text.office[-1].upper())
