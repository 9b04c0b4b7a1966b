"""A document specification becomes printed pages.

In: `DocumentSpec`, randomness, a resolution. Out: clean pages with their truth, upright and unskewed, as they leave the
press; `sample_printer.damage` makes scans of them.
"""

import random
import re
from collections.abc import Iterable
from itertools import groupby

from sample_printer.closing import print_closing
from sample_printer.flow import INDENT_MM, Flow, words_of
from sample_printer.head import print_annex_mark, print_head
from sample_printer.sheet import Sheet
from sample_printer.spec import DocumentSpec, Style
from sample_printer.tables import print_table
from sample_printer.truth import PrintedPage

BREAK = "{break}"
ANNEX_MARK = "{annex}"

_ARTICLE = re.compile(r"(Điều \d+\.|Điều \d+:)\s+(.*)", re.DOTALL)


def print_document(spec: DocumentSpec, *, rng: random.Random, dpi: int = 200) -> list[PrintedPage]:
    """Print a document with its annexes.

    Args:
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
    _print_body(flow, spec.body)
    if spec.signatures:
        print_closing(flow)
    for annex in spec.annexes:
        flow.new_sheet(landscape=annex.landscape)
        _print_body(flow, annex.body)
    flow.number_at_foot()
    state = "secret" if spec.secrecy else "text"
    return [sheet.finish(number, state=state) for number, sheet in enumerate(flow.sheets, start=1)]


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
    edges = {"left": flow.left, "right": flow.right}
    mark, _, text = block.partition(" ")
    if block == BREAK:
        flow.new_sheet()
    elif block == ANNEX_MARK:
        print_annex_mark(flow)
    elif mark in {"#", ">"}:
        face = flow.font("bold" if mark == "#" else "regular")
        flow.paragraph(words_of(text, face), **edges, align="centre", gap=1.5)
    elif mark == "##":
        flow.keep(3 * flow.leading())
        flow.paragraph(words_of(text, flow.font("bold")), **edges, indent=INDENT_MM, gap=1.5)
    elif mark == "~":
        face = flow.font("italic" if flow.spec.style is Style.DECREE30 else "regular")
        flow.paragraph(words_of(text, face), **edges, indent=INDENT_MM, gap=1.8)
    elif article := _ARTICLE.match(block):
        words = words_of(article[1], flow.font("bold")) + words_of(article[2], flow.font())
        flow.paragraph(words, **edges, indent=INDENT_MM, gap=2.1)
    else:
        flow.paragraph(words_of(block, flow.font()), **edges, indent=INDENT_MM, gap=2.1)
