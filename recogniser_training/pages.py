"""Pages for training: printed, worn out at random, scanned, and put upright as the reader does it.

In: the corpus and randomness. Out: grey pages with the text and box of every printed line.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.cleaning.flat_field import flatten_field
from ocr.cleaning.turning import straighten
from ocr.intake.rendering import Pixels
from recogniser_training.texts import Corpus, document
from sample_printer import RECIPES, DamageRecipe, PrintedLine, PrintedPage, Style, damage, print_document
from sample_printer.damage import Mode
from sample_printer.fonts import FAMILIES
from sample_printer.table_pages import print_table_pages

_USUAL = ("tinos", "tinos", "tinos", "termes", "freeserif", "arimo", "cousine", "cousine", "cursor", "freemono")
_OTHERS = tuple(name for name in FAMILIES if name not in {*_USUAL, "chorus"})
_TABLES = 0.15
_RESOLUTIONS = (150, 150, 150, 200, 200, 300)


@dataclass(frozen=True, slots=True)
class CleanPage:
    """A grey upright page and its printed lines."""

    grey: Pixels
    dpi: int
    lines: tuple[PrintedLine, ...]


def pages(corpus: Corpus, rng: random.Random) -> list[CleanPage]:
    """Print one document and scan each of its pages."""
    dpi = rng.choice(_RESOLUTIONS)
    printed = print_table_pages(rng, dpi=dpi) if rng.random() < _TABLES else _document(corpus, rng, dpi)
    return [_scan(page, printed[number - 1], dpi, rng) for number, page in enumerate(printed)]


def _document(corpus: Corpus, rng: random.Random, dpi: int) -> list[PrintedPage]:
    font = rng.choice(_USUAL) if rng.random() < 0.7 else rng.choice(_OTHERS)
    spec = document(corpus, rng, font=font)
    if font in {"cousine", "cursor", "freemono", "cmutype"}:
        spec = replace(spec, style=Style.TYPEWRITER)
    return print_document(spec, rng=rng, dpi=dpi)


def _scan(page: PrintedPage, reverse: PrintedPage, dpi: int, rng: random.Random) -> CleanPage:
    scan = damage(page, _recipe(rng), rng, reverse=reverse)
    image = _compressed(_uneven(np.ascontiguousarray(scan.image), rng), rng)
    grey = np.ascontiguousarray(image[:, :, 0]) if rng.random() < 0.8 else cv2.cvtColor(image, cv2.COLOR_RGB2GRAY)
    before = grey.shape
    grey = straighten(grey, scan.truth.skew_deg + rng.gauss(0, 0.12))
    right, down = (grey.shape[1] - before[1]) // 2, (grey.shape[0] - before[0]) // 2  # `straighten` grows the page on all sides
    if rng.random() < 0.75:
        grey = flatten_field(grey, dpi=dpi)
    lines = tuple(
        PrintedLine(line.text, (line.box[0] + right, line.box[1] + down, line.box[2] + right, line.box[3] + down))
        for line in scan.truth.lines
    )
    return CleanPage(grey, dpi, lines)


def _recipe(rng: random.Random) -> DamageRecipe:
    """A recipe of the printer, or one of random strengths, often worse than those."""
    if rng.random() < 0.3:
        return rng.choice(tuple(RECIPES.values()))
    paper = rng.choice((None, (252, 251, 247), (244, 244, 244), (226, 226, 226), (229, 210, 168), (214, 190, 140), (235, 226, 205)))
    return DamageRecipe(
        mode=rng.choice((Mode.COLOUR, Mode.COLOUR, Mode.GREY, Mode.GREY, Mode.BILEVEL)),
        max_skew_deg=rng.choice((1.0, 4.0, 8.0)),
        paper=paper,
        fade=rng.choice((0.0, rng.uniform(0, 0.3), rng.uniform(0.2, 0.55), rng.uniform(0.5, 0.8))),
        broken=rng.choice((0.0, rng.uniform(0, 0.35), rng.uniform(0.2, 0.7))),
        stains=rng.choice((0, 0, 4)),
        folds=rng.choice((0, 0, 2)),
        bleed=rng.choice((0.0, 0.0, rng.uniform(0, 0.2), rng.uniform(0.15, 0.5))),
        gutter=rng.choice((0.0, rng.uniform(0, 0.6))),
        blur_mm=rng.uniform(0.0, 0.11),
        grain=rng.choice((0.0, rng.uniform(0, 4), rng.uniform(2, 10))),
        specks=rng.choice((0, 60, 300, 700)),
        drum_lines=rng.choice((0, 0, 3)),
    )


def _uneven(image: Pixels, rng: random.Random) -> Pixels:
    """Ribbon and toner that gave too little here and there, and paper with a grain of its own."""
    noise = np.random.default_rng(rng.getrandbits(64))
    size = (image.shape[1], image.shape[0])
    if rng.random() < 0.35:
        kept = _clouds(size, rng.uniform(0.02, 0.3), noise) * rng.uniform(0.3, 0.9) + rng.uniform(0.15, 0.6)
        image = (255 - (255 - image.astype(np.float32)) * np.clip(kept, 0.12, 1.0)[..., None]).clip(0, 255).astype(np.uint8)
    if rng.random() < 0.35:
        rough = (_clouds(size, rng.uniform(0.3, 0.7), noise) - 0.5) * rng.uniform(15, 70)
        image = (image.astype(np.float32) + rough[..., None]).clip(0, 255).astype(np.uint8)
    return image


def _clouds(size: tuple[int, int], share: float, noise: np.random.Generator) -> NDArray[np.float32]:
    """A field of 0 to 1 in patches of about `1 / share` pixels."""
    small = noise.random((max(2, round(size[1] * share)), max(2, round(size[0] * share))), dtype=np.float32)
    return np.asarray(cv2.resize(small, size, interpolation=cv2.INTER_CUBIC), dtype=np.float32)


def _compressed(image: Pixels, rng: random.Random) -> Pixels:
    """As the scanner's JPEG left it."""
    if rng.random() < 0.25:
        return image
    _, data = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, rng.choice((rng.randint(22, 45), rng.randint(40, 85)))])
    return np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR), dtype=np.uint8)
