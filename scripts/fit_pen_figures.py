"""Fit when figures that the pen reader sees count; run it again whenever a network or the language changes.

    python -m scripts.fit_pen_figures [--pages 24] [--seed 11] [--write]

In: sheets of number and date lines and of rows of stamps, figures printed, written in fonts that imitate hands (but for one, the
pen reader was not trained on them) or drawn as strokes by hands it has not met, damaged by `sample_printer`; the default reader.
Out: how many slots it and the pen reader get right, judged on sheets that were not fitted; with --write the weights, fitted on all
sheets, in `ocr/engines/pen_figures.json`.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from dossier.settings import OcrSettings
from ocr.cleaning.flat_field import flatten_field
from ocr.engine_choice import open_engine
from ocr.engines.networks.pen_reader import PenReader, PenReading
from ocr.engines.pen_figures import WEIGHTS_FILE, Weights, features, is_better, read_slots, same_figures
from ocr.engines.pen_slots import Slot, SlotKind, slots_of
from sample_printer import RECIPES, damage
from scripts.pen_sheets import Ways, print_sheet

_WAYS = (Ways.PRINT, Ways.FONT, Ways.PRINT, Ways.STROKES)
Matrix = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Case:
    """A slot that was read twice, and what stands in it; `way` tells how it was written."""

    page: int
    way: Ways
    slot: Slot
    readings: tuple[PenReading, ...]
    truth: str

    @property
    def first_right(self) -> bool:
        """Whether the default reader had it."""
        return same_figures(self.slot.kind, self.slot.figures, self.truth)

    @property
    def pen_right(self) -> bool:
        """Whether the pen reader has it."""
        return bool(self.readings) and same_figures(self.slot.kind, self.readings[0].text, self.truth)

    @property
    def differs(self) -> bool:
        """Whether there is anything to decide."""
        return bool(self.readings) and not same_figures(self.slot.kind, self.slot.figures, self.readings[0].text)


def main() -> None:
    """Print, read, fit, judge."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=44)
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    cases = list(read_sheets(options.pages, options.seed))
    halves = [[case for case in cases if case.page // len(_WAYS) % 2 == half] for half in (0, 1)]
    judge(halves[1], fit(halves[0]))
    if options.write:
        whole = fit(cases)
        note = f"fitted by scripts/fit_pen_figures.py on {options.pages} sheets, seed {options.seed}"
        known = {"note": note, **{name: [round(w, 4) for w in getattr(whole, name)] for name in Weights.__slots__}}
        WEIGHTS_FILE.write_text(json.dumps(known, indent=1) + "\n", encoding="utf-8")


def read_sheets(pages: int, seed: int) -> Iterator[Case]:
    """Print sheets and read every slot with both readers."""
    engine, pen = open_engine(OcrSettings()), PenReader()
    for page in range(pages):
        rng = random.Random(f"{seed}/{page}")
        dpi = rng.choice((150, 200, 200, 300))
        way = _WAYS[page % len(_WAYS)]
        sheet, rows = print_sheet(way, rng, dpi=dpi)
        recipe = RECIPES[tuple(RECIPES)[page // len(_WAYS) % len(RECIPES)]]
        scan = damage(sheet, replace(recipe, skew_deg=0.0, rotation_deg=0), rng).image
        grey = flatten_field(np.ascontiguousarray(scan[:, :, 0] if scan.ndim == 3 else scan), dpi=dpi)
        lines = engine.read(grey, dpi=dpi)
        slots = list(slots_of(lines, height=4 * grey.shape[0]))
        read = read_slots(pen, slots, grey)
        for slot, readings in zip(slots, read, strict=True):
            middle = (slot.box.y0 + slot.box.y1) / 2
            row = min(rows, key=lambda each: abs(each.middle - middle))
            number, day = (SlotKind.NUMBER, SlotKind.STAMPED), {SlotKind.DAY: row.day, SlotKind.MONTH: row.month}
            truth = row.number if slot.kind in number else day.get(slot.kind, row.arrived)
            yield Case(page, way, slot, readings, truth)


def fit(cases: Sequence[Case]) -> Weights:
    """Both regressions."""
    told = [case for case in cases if case.differs]
    better = _regression([(features(c.slot, c.readings), c.pen_right) for c in told if c.pen_right != c.first_right])
    decided = _regression([(features(c.slot, c.readings), c.pen_right) for c in told])
    return Weights(better, decided)


def judge(cases: Sequence[Case], weights: Weights) -> None:
    """Print what was right with one reader and with both."""
    for way in Ways:
        own = [case for case in cases if case.way is way]
        chosen = [c.differs and is_better(c.slot, c.readings, weights) for c in own]
        both = sum(c.pen_right if pen else c.first_right for c, pen in zip(own, chosen, strict=True))
        lost = sum(pen and c.first_right for c, pen in zip(own, chosen, strict=True))
        rights = (sum(c.first_right for c in own), sum(c.pen_right for c in own), both)
        print(f"{way.value:8} {len(own):5} slots: first {rights[0]}, pen {rights[1]}, both {rights[2]}; {lost} lost")


def _regression(rows: Sequence[tuple[tuple[float, ...], bool]], *, ridge: float = 0.3) -> tuple[float, ...]:
    """Newton's way to the weights; the constant comes last."""
    x: Matrix = np.array([[*seen, 1.0] for seen, _ in rows])
    y: Matrix = np.array([float(outcome) for _, outcome in rows])
    weights = np.zeros(x.shape[1])
    for _ in range(30):
        expected = 1 / (1 + np.exp(-np.clip(x @ weights, -30, 30)))
        slope = x.T @ (y - expected) - ridge * weights
        bend = (x * (expected * (1 - expected))[:, None]).T @ x + ridge * np.eye(len(weights))
        weights = weights + np.linalg.solve(bend, slope)
    return tuple(float(weight) for weight in weights)


if __name__ == "__main__":
    main()
