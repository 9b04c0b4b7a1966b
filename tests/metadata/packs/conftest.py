"""Printed forms as a perfect engine would read them: the packs judge words and places, no pixels."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from functools import cache

import pytest

from dossier.model import Box, CellPlace, Line, Page, Provenance, Word, enclosing, page_id
from metadata.packs import load_packs
from sample_printer import PageTruth, PrintedPage
from sample_printer.form_printing import print_form
from sample_printer.forms import FilledForm, FormText, fill_form

DPI = 72
MADE_BY = Provenance("hand", "1", "none", "", "0", ())


def words_in(text: str, box: tuple[int, int, int, int]) -> tuple[Word, ...]:
    """Words of a printed line, each with its share of the line's width."""
    unit, position, words = (box[2] - box[0]) / len(text), 0, []
    for word in text.split():
        start = text.index(word, position)
        position = start + len(word)
        words.append(Word(word, Box(int(box[0] + start * unit), box[1], int(box[0] + position * unit), box[3]), 0.95))
    return tuple(words)


def read_perfectly(printed: Sequence[PageTruth], spoil: Callable[[str], str] = str) -> list[Page]:
    """The printed lines at their places, in the cells they stand in; `spoil` may misread the text of a line."""
    pages = []
    for truth in printed:
        cells = [(CellPlace(n, c.row, c.column), c.box) for n, table in enumerate(truth.tables) for c in table.cells]
        lines = []
        for line in truth.lines:
            words = words_in(spoil(line.text), line.box)
            x, y = (line.box[0] + line.box[2]) / 2, (line.box[1] + line.box[3]) / 2
            cell = next((place for place, box in cells if box[0] <= x < box[2] and box[1] <= y < box[3]), None)
            lines.append(Line(enclosing(word.box for word in words), words, cell=cell))
        made = (page_id("ab" * 32, truth.number), truth.number, truth.width, truth.height, truth.dpi, 0, 0.0)
        pages.append(Page(*made, tuple(lines), False, (), MADE_BY))
    return pages


@pytest.fixture(scope="session")
def packs():
    return load_packs()


@cache
def printed_form(form: FormText, seed: int) -> tuple[FilledForm, tuple[PageTruth, ...]]:
    """A form filled in by a seed, printed once."""
    rng = random.Random(f"{form.pack}/{form.paper}/{seed}")
    form_filled = fill_form(form, rng)
    return form_filled, tuple(page.truth for page in print_form(form_filled, rng=rng, dpi=DPI))


@pytest.fixture
def filled() -> Callable[..., tuple[FilledForm, list[Page]]]:
    """Fills a form in and reads it perfectly, or with a given kind of misreading."""

    def fill(form: FormText, spoil: Callable[[str], str] = str, *, seed: int = 1) -> tuple[FilledForm, list[Page]]:
        form_filled, truths = printed_form(form, seed)
        return form_filled, read_perfectly(truths, spoil)

    return fill


@pytest.fixture
def read_documents() -> Callable[[Sequence[PrintedPage]], list[Page]]:
    """Reads printed pages perfectly."""
    return lambda printed: read_perfectly([page.truth for page in printed])
