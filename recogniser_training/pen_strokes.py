"""Figures as a hand writes them: strokes, shaken, slanted, run together, drawn with the breadth of a pen.

In: the figures and randomness. Out: strokes as points (x to the right, y down; the height of a figure is 1, its foot stands at 1),
and their drawing. Every figure is known in the shapes that clerks give it (`pen_shapes.json`): 1 with a hook or a foot, 2 with a
loop, 4 open, 7 crossed.
"""

from __future__ import annotations

import json
import random
from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
Shape = list[list[tuple[float, float]]]
"""Strokes of points; a point given twice is a corner."""

_SMOOTH = 8
_FINE = 4
"""Fractional bits of the points that are drawn."""

SHAPES: dict[str, list[Shape]] = json.loads(Path(__file__).with_name("pen_shapes.json").read_text(encoding="utf-8"))
"""Figures and the shapes that hands give them, noted by us from how clerks write."""


@dataclass(frozen=True, slots=True)
class Hand:
    """How one clerk writes: `choices` holds the shape that the hand gives each figure."""

    slant: float
    narrow: float
    gap: float
    shaken: float
    joined: float
    choices: dict[str, int] = field(default_factory=dict)


def some_hand(rng: random.Random) -> Hand:
    """A clerk nobody has met."""
    return Hand(
        slant=rng.gauss(0.18, 0.16),
        narrow=rng.uniform(0.8, 1.3),
        gap=rng.choice((rng.uniform(-0.03, 0.08), rng.uniform(0.05, 0.25), rng.uniform(0.1, 0.5))),
        shaken=rng.uniform(0.012, 0.055),
        joined=rng.choice((0.0, 0.0, 0.15, 0.5)),
        choices={figure: rng.randrange(len(shapes)) for figure, shapes in SHAPES.items()},
    )


def write(text: str, hand: Hand, rng: random.Random) -> list[Points]:
    """Strokes of the figures from left to right."""
    strokes: list[Points] = []
    x = 0.0
    for figure in text:
        shapes = SHAPES[figure]
        shape = shapes[hand.choices[figure] if rng.random() < 0.85 else rng.randrange(len(shapes))]
        own = [_shaken(stroke, hand, rng) for stroke in shape]
        size = rng.uniform(0.86, 1.1)
        low, turn = rng.gauss(0, 0.03), rng.gauss(0, 0.05)
        for stroke in own:
            stroke[:, 0], stroke[:, 1] = (
                stroke[:, 0] * hand.narrow * size + stroke[:, 1] * turn,
                1 + low + (stroke[:, 1] - 1) * size - stroke[:, 0] * turn,
            )
        left = min(float(stroke[:, 0].min()) for stroke in own)
        for stroke in own:
            stroke[:, 0] += x - left
        if strokes and rng.random() < hand.joined:
            strokes.append(np.array([strokes[-1][-1], own[0][0]]))
        strokes += own
        x = max(float(stroke[:, 0].max()) for stroke in own) + hand.gap + rng.gauss(0, 0.04)
    for stroke in strokes:
        stroke[:, 0] += (1 - stroke[:, 1]) * hand.slant
    least = min(float(stroke[:, 0].min()) for stroke in strokes)
    for stroke in strokes:
        stroke[:, 0] -= least
    return strokes


def draw(canvas: NDArray[np.uint8], strokes: list[Points], *, at: tuple[float, float], height: float, breadth: float) -> None:
    """Draw onto a grey canvas: `at` is the left foot, `height` that of a figure and `breadth` that of the pen in pixels."""
    scale = 2**_FINE
    for stroke in strokes:
        points = (stroke * height + np.array([at[0], at[1] - height])) * scale
        whole = max(1, round(breadth))
        cv2.polylines(canvas, [np.round(points).astype(np.int32)], False, 0, whole, cv2.LINE_AA, _FINE)


def _shaken(noted: list[tuple[float, float]], hand: Hand, rng: random.Random) -> Points:
    """The stroke through moved points, rounded where it has no corner."""
    stroke = np.array(noted)
    moved = stroke + np.array([[rng.gauss(0, hand.shaken), rng.gauss(0, hand.shaken)] for _ in stroke])
    for place in range(1, len(stroke)):
        if (stroke[place] == stroke[place - 1]).all():
            moved[place] = moved[place - 1]
    return _curve(moved)


def _curve(points: Points) -> Points:
    """Catmull and Rom's curve through the points; a point given twice stays a corner."""
    padded = np.concatenate([points[:1], points, points[-1:]])
    at = np.linspace(0, 1, _SMOOTH, endpoint=False)[:, None]
    parts = []
    for a, b, c, d in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        if (b == c).all():
            continue
        parts.append(0.5 * (2 * b + (c - a) * at + (2 * a - 5 * b + 4 * c - d) * at**2 + (3 * b - a - 3 * c + d) * at**3))
    return np.concatenate([*parts, points[-1:]])
