"""Lines to tune and to judge with: printed, worn out, found and recognised, each with what is printed there.

In: the corpus and a seed. Out: what the recogniser saw in each line, and its truth. Texts are paragraphs that were held out of the
counts, between heads and closings of `sample_printer`. Run again whenever a network changes.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np

from dossier.model import Box
from language_builder.texts import paragraphs
from ocr.cleaning.turning import straighten
from ocr.engines.networks import Greedy, TrueOcr
from ocr.engines.networks.alternatives import Alternatives
from ocr.intake.rendering import Pixels
from sample_printer import RECIPES, DocumentSpec, PrintedPage, damage, print_document
from sample_printer.writing import write_document

RESOLUTIONS = (150, 200, 200, 300)
_OWN_BLOCKS = 4
"""Blocks of the invented document that stay: legal bases, numbers, sometimes a table; paragraphs of law follow."""
_MARKUP = "#~>|{"
_LONGEST = 600
_COVERED, _ALIKE_WIDTH, _ALIKE_HEIGHT = 0.97, 0.9, 0.6


@dataclass(frozen=True, slots=True)
class PrintedSample:
    """A line as it was seen, and what is printed there; `page` counts the pages of the run, `recipe` names its damage."""

    truth: str
    seen: Alternatives
    page: int
    recipe: str


def printed_samples(corpus: Path, *, pages: int, seed: int) -> Iterator[PrintedSample]:
    """Print and read `pages` first pages, every recipe as often as the others."""
    rng = random.Random(seed)
    texts = [text for text in paragraphs(corpus, held_out=True) if len(text) < _LONGEST and text[0] not in _MARKUP]
    reader = TrueOcr(Greedy())
    for number in range(pages):
        recipe = list(RECIPES)[number % len(RECIPES)]
        dpi = rng.choice(RESOLUTIONS)
        printed = print_document(_document(rng, texts), rng=rng, dpi=dpi)
        scan = damage(printed[0], RECIPES[recipe], rng, reverse=printed[1] if len(printed) > 1 else None)
        for truth, seen in _matched(scan, reader, dpi):
            yield PrintedSample(truth, seen, number, recipe)


def _document(rng: random.Random, texts: Sequence[str]) -> DocumentSpec:
    spec = write_document(rng)
    return replace(spec, body=(*spec.body[:_OWN_BLOCKS], *rng.sample(texts, rng.randint(5, 9))))


def _matched(scan: PrintedPage, reader: TrueOcr, dpi: int) -> Iterator[tuple[str, Alternatives]]:
    """Lines that were found as they were printed; parted and joined ones are the business of others."""
    grey = _upright(np.asarray(cv2.cvtColor(scan.image, cv2.COLOR_RGB2GRAY), np.uint8), scan.truth.skew_deg)
    for reading in reader.read_lines(grey, dpi=dpi):
        within = [line.text for line in scan.truth.lines if _same(reading.place.box, line.box)]
        if len(within) == 1:
            yield within[0], reading.alternatives


def _upright(grey: Pixels, skew_deg: float) -> Pixels:
    """The page without its skew, of its old size, so that the boxes of the truth fit."""
    level = straighten(grey, skew_deg)
    top, left = (level.shape[0] - grey.shape[0]) // 2, (level.shape[1] - grey.shape[1]) // 2
    return level[top : top + grey.shape[0], left : left + grey.shape[1]]


def _same(found: Box, printed: tuple[int, int, int, int]) -> bool:
    """Whether a box that was found is that of a printed line."""
    left, top, right, bottom = printed
    width, height = min(found.x1, right) - max(found.x0, left), min(found.y1, bottom) - max(found.y0, top)
    alike = width > _ALIKE_WIDTH * (found.x1 - found.x0) and height > _ALIKE_HEIGHT * (bottom - top)
    return alike and width > _COVERED * (right - left)
