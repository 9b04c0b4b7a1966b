"""A document specification becomes printed pages.

In: `DocumentSpec`, randomness, a resolution. Out: clean pages with their truth, upright and unskewed, as they leave the
press; `sample_printer.damage` makes scans of them.
"""

import random
import re
from collections.abc import Iterable
from itertools import groupby

from sample_printer.closing import closing_height, print_closing
from sample_printer.copying import print_copy_block, print_later_marks
from sample_printer.flow import INDENT_MM, Flow, words_of, wrap
from sample_printer.head import print_annex_mark, print_head
from sample_printer.sheet import Sheet
from sample_printer.spec import DocumentSpec, Style
from sample_printer.tables import print_table
from sample_printer.truth import PrintedPage

BREAK = "{break}"
ANNEX_MARK = "{annex}"
MOST_LINES_TAKEN_OVER = 8

_ARTICLE = re.compile(r"(Điều \d+\.|Điều \d+:)\s+(.*)", re.DOTALL)


def print_document(spec: DocumentSpec, *, rng: random.Random, dpi: int = 200) -> list[PrintedPage]:
    """Print a document with its annexes.

    Args:
        spec: what is to be printed.
        dpi: resolution of the page images.
        rng: decides the shape of signatures, seals and worn type; the words are all in `spec`.

    Returns:
        Its pages, numbered from 1; a landscape annex is a page that is wider than high. With a secrecy mark every page
        has the state "secret".

    Raises:
        FontMissing: a font is not installed.
    """
    flow = Flow(spec, dpi, rng)
    flow.new_sheet()
    print_head(flow)
    _print_body(flow, spec.body[:-1])
    if spec.signatures:
        _keep_company(flow, spec.body[-1:])
    _print_body(flow, spec.body[-1:])
    if spec.signatures:
        print_closing(flow)
    if spec.copy and not spec.annexes:
        print_copy_block(flow, spec.copy)
    for annex in spec.annexes:
        flow.new_sheet(landscape=annex.landscape)
        _print_body(flow, annex.body)
    if spec.copy and spec.annexes:
        print_copy_block(flow, spec.copy)
    print_later_marks(flow)
    flow.number_at_foot()
    state = "secret" if spec.secrecy else "text"
    return [sheet.finish(number, state=state) for number, sheet in enumerate(flow.sheets, start=1)]


def _keep_company(flow: Flow, last: tuple[str, ...]) -> None:
    """Take the last paragraph over to the new sheet where the signature would stand there alone."""
    for block in last:
        lines = len(wrap(words_of(block, flow.font()), width=flow.right - flow.left, indent=INDENT_MM, dpi=flow.dpi))
        if lines <= MOST_LINES_TAKEN_OVER and not block.startswith("|"):
            flow.keep(lines * flow.leading() + 6 + closing_height(flow))


def blank_page(*, dpi: int = 200, number: int = 1) -> PrintedPage:
    """Return an empty side, as the back of a sheet is."""
    return Sheet(dpi).finish(number, state="blank")


def _print_body(flow: Flow, body: Iterable[str]) -> None:
    """Print the blocks of the markup described in `sample_printer.spec`."""
    for is_table, blocks in groupby(body, key=lambda block: block.startswith("|")):
        if is_table:
            print_table(flow, [_cells(block) for block in blocks])
            continue
        for block in blocks:
            _print_block(flow, block)


def _cells(row: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in row.strip().strip("|").split("|"))


def _print_block(flow: Flow, block: str) -> None:
    """Print one block of the markup that is not a table row."""
    mark, _, text = block.partition(" ")
    if block == BREAK:
        flow.new_sheet()
    elif block == ANNEX_MARK:
        print_annex_mark(flow)
    elif mark in {"#", ">"}:
        face = flow.font("bold" if mark == "#" else "regular")
        flow.paragraph(words_of(text, face), left=flow.left, right=flow.right, align="centre", gap=1.5)
    elif mark == "##":
        flow.keep(3 * flow.leading())
        flow.paragraph(words_of(text, flow.font("bold")), left=flow.left, right=flow.right, indent=INDENT_MM, gap=1.5)
    elif mark == "~":
        face = flow.font("italic" if flow.spec.style is Style.DECREE30 else "regular")
        flow.paragraph(words_of(text, face), left=flow.left, right=flow.right, indent=INDENT_MM, gap=1.8)
    elif article := _ARTICLE.match(block):
        words = words_of(article[1], flow.font("bold")) + words_of(article[2], flow.font())
        flow.paragraph(words, left=flow.left, right=flow.right, indent=INDENT_MM, gap=2.1)
    else:
        flow.paragraph(words_of(block, flow.font()), left=flow.left, right=flow.right, indent=INDENT_MM, gap=2.1)
