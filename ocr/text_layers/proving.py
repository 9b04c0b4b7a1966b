"""Is a text layer good enough to stand for the page? In: its text on the upright page and the cleaned image. Out: a `Proof`.

A layer has to be Vietnamese, to cover the ink, to have ink under its words, and to agree with a reading of a few lines. What an
earlier OCR laid under a scan has to agree much better than text that was written: it is kept only when reading could not do better.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import cv2
import numpy as np
from rapidfuzz.distance import Levenshtein

from dossier.model import Box, Line
from dossier.text.legacy_encodings import marked_share, over_converted, vietnamese_share
from ocr.engines import Engine
from ocr.intake.rendering import Pixels
from ocr.text_layers.words import LayerText

_LEAST_LETTERS = 20
_LEAST_VIETNAMESE = {"shown": 0.75, "hidden": 0.9}
_LEAST_MARKED = 0.3
_DARK = 160
_LETTER_MM = (0.8, 9.0)
_WIDEST_MM = 25.0
"""Touching letters of a word; rules, frames and scribbles are larger."""
_BORDER_MM = 4.0
_PAD_MM = 0.6
_BESIDE = 0.4
"""Share of its height by which a word may lie beside its print: layers under scans place words by the widths of another font."""
_MOST_UNCOVERED_SHARE = 0.02
_MOST_UNCOVERED_MM2 = 6.0
"""Ink of about five letters of size 13: a number that was filled in by hand is more."""
_MOST_INKLESS_SHARE = 0.03
_SAMPLES = 6
_SAMPLE_LETTERS = 10
_MOST_ERRORS = {"shown": 0.05, "hidden": 0.015}
"""Share of the letters of the sampled lines that differ. True layers of pages of the sample printer differ by 0.008 at most."""
_GAP_PX = 40


class Refusal(StrEnum):
    """Why a layer was not kept; goes into the page's provenance."""

    TOO_LITTLE = "too-little-text"
    NOT_VIETNAMESE = "not-vietnamese"
    OVER_CONVERTED = "over-converted"
    INK_UNCOVERED = "ink-uncovered"
    NO_INK = "words-without-ink"
    DISAGREES = "disagrees-with-image"


@dataclass(frozen=True, slots=True)
class Proof:
    """The judgement of a layer, with the measures that it rests on."""

    refusal: Refusal | None
    evidence: dict[str, float]


def prove(layer: LayerText, grey: Pixels, engine: Engine, *, dpi: int, exempt: Sequence[Box] = ()) -> Proof:
    """Judge a layer; cheap tests first, the image is read only when all others were passed.

    Args:
        layer: text with boxes of the upright page.
        grey: the upright page, flat and clean.
        engine: reads the sample.
        dpi: resolution of `grey`.
        exempt: places whose ink is no text of the page (marks of digital signatures).
    """
    trust = "hidden" if layer.hidden_share > 0.5 else "shown"
    refusal, evidence = _judge_text(layer, trust)
    if refusal is None:
        refusal, measured = _judge_ink(layer.lines, grey, dpi, exempt)
        evidence |= measured
    # Old fonts that are not in the file are drawn by another font, as other letters: there is nothing to agree with.
    if refusal is None and layer.misdrawn_share < 0.5:
        evidence["errors"] = errors = disagreement(layer.lines, grey, engine, dpi=dpi)
        refusal = Refusal.DISAGREES if errors > _MOST_ERRORS[trust] else None
    return Proof(refusal, evidence)


def _judge_text(layer: LayerText, trust: str) -> tuple[Refusal | None, dict[str, float]]:
    text = layer.text
    vietnamese, marked = vietnamese_share(text), marked_share(text)
    evidence = {"vietnamese": vietnamese, "marked": marked, "hidden": layer.hidden_share}
    if sum(letter.isalnum() for letter in text) < _LEAST_LETTERS:
        return Refusal.TOO_LITTLE, evidence
    if vietnamese < _LEAST_VIETNAMESE[trust] or marked < _LEAST_MARKED:
        return Refusal.NOT_VIETNAMESE, evidence
    return Refusal.OVER_CONVERTED if over_converted(text) else None, evidence


def _judge_ink(lines: Sequence[Line], grey: Pixels, dpi: int, exempt: Sequence[Box]) -> tuple[Refusal | None, dict[str, float]]:
    millimetre = dpi / 25.4
    words = [word.box for line in lines for word in line.words]
    total, bare = _ink(grey, words, exempt, millimetre)
    inkless = sum(not (grey[box.y0 : box.y1, box.x0 : box.x1] < _DARK).any() for box in words) / max(1, len(words))
    evidence = {"uncovered": bare / max(total, 1e-9), "uncovered_mm2": bare, "inkless": inkless}
    if bare > _MOST_UNCOVERED_MM2 or bare > _MOST_UNCOVERED_SHARE * total:
        return Refusal.INK_UNCOVERED, evidence
    return Refusal.NO_INK if inkless > _MOST_INKLESS_SHARE else None, evidence


def _ink(grey: Pixels, words: Sequence[Box], exempt: Sequence[Box], millimetre: float) -> tuple[float, float]:
    """Ink of letters and what of it lies under no word, in square millimetres."""
    dark = (grey < _DARK).astype(np.uint8)
    border = round(_BORDER_MM * millimetre)
    dark[:border], dark[-border:], dark[:, :border], dark[:, -border:] = 0, 0, 0, 0
    for box in exempt:
        dark[box.y0 : box.y1, box.x0 : box.x1] = 0
    count, labels, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    under = np.zeros_like(dark)
    pad = round(_PAD_MM * millimetre)
    for box in words:
        beside = max(pad, round(_BESIDE * box.height))
        under[max(0, box.y0 - pad) : box.y1 + pad, max(0, box.x0 - beside) : box.x1 + beside] = 1
    covered = np.bincount(labels[under.astype(bool)], minlength=count)
    heights, widths, areas = (stats[:, column] for column in (cv2.CC_STAT_HEIGHT, cv2.CC_STAT_WIDTH, cv2.CC_STAT_AREA))
    low, high = (side * millimetre for side in _LETTER_MM)
    letters = (heights >= low) & (heights <= high) & (widths <= _WIDEST_MM * millimetre)
    letters[0] = False  # the paper
    bare = letters & (covered < areas / 2)
    return float(areas[letters].sum()) / millimetre**2, float(areas[bare].sum()) / millimetre**2


def disagreement(lines: Sequence[Line], grey: Pixels, engine: Engine, *, dpi: int) -> float:
    """Share of letters that differ between a few lines of the layer, spread over the page, and a reading of their image."""
    sample = _sample(lines)
    if not sample:
        return 1.0
    read = engine.read(_sheet(sample, grey), dpi=dpi, layout="block")
    return Levenshtein.normalized_distance(_letters(sample), _letters(read))


def _sample(lines: Sequence[Line]) -> list[Line]:
    """The longest line of each of a few bands of the page."""
    long = sorted((line for line in lines if sum(map(str.isalpha, line.text)) >= _SAMPLE_LETTERS), key=lambda line: line.box.y0)
    bands = [long[round(band * len(long) / _SAMPLES) : round((band + 1) * len(long) / _SAMPLES)] for band in range(_SAMPLES)]
    return [max(band, key=lambda line: len(line.text)) for band in bands if band]


def _sheet(sample: Sequence[Line], grey: Pixels) -> Pixels:
    cuts = []
    for line in sample:
        pad = max(2, line.box.height // 6)
        cuts.append(grey[max(0, line.box.y0 - pad) : line.box.y1 + pad, max(0, line.box.x0 - 2 * pad) : line.box.x1 + 2 * pad])
    width = max(cut.shape[1] for cut in cuts) + 2 * _GAP_PX
    sheet = np.full((sum(cut.shape[0] + _GAP_PX for cut in cuts) + _GAP_PX, width), 255, np.uint8)
    top = _GAP_PX
    for cut in cuts:
        sheet[top : top + cut.shape[0], _GAP_PX : _GAP_PX + cut.shape[1]] = cut
        top += cut.shape[0] + _GAP_PX
    return sheet


def _letters(lines: Sequence[Line]) -> str:
    """Letters and digits alone: spaces, dashes and quotation marks are drawn alike and coded differently."""
    return "".join(letter for line in lines for letter in line.text.lower() if letter.isalnum())
