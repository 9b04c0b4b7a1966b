"""Figures as a hand writes them: strokes, shaken, bent, slanted, run together, drawn with the breadth of a pen.

In: the figures and randomness. Out: strokes as points (x to the right, y down; the height of a figure is 1, its foot stands at 1),
and their drawing. Every figure is known in the shapes that clerks give it (`pen_shapes.json`): 1 with a hook or a foot, 2 with a
curl or a loop, 4 open, 7 crossed. Shapes drawn in the same way stand in one family; a hand writes something between two of them.
"""

from __future__ import annotations

import json
import math
import random
from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
Shape = list[list[tuple[float, float]]]
"""Strokes of points; a point given twice is a corner."""

_SMOOTH, _POINTS = 8, 40
"""Points of a curve between two noted points, and points of a stroke that is written."""
_FINE = 4
"""Fractional bits of the points that are drawn."""
_PIECES = 6
"""Pieces of a stroke that differ in breadth."""

SHAPES: dict[str, list[list[Shape]]] = json.loads(Path(__file__).with_name("pen_shapes.json").read_text(encoding="utf-8"))
"""Figures and the families of shapes that hands give them, noted by us from how clerks write."""


@dataclass(frozen=True, slots=True)
class Form:
    """What a hand makes of a figure: `share` of the way from one shape of the family to another."""

    family: int
    first: int
    second: int
    share: float


@dataclass(frozen=True, slots=True)
class Hand:
    """How one clerk writes; `forms` holds what the hand makes of each figure."""

    slant: float
    narrow: float
    gap: float
    shaken: float
    bent: float
    waist: float
    joined: float
    uneven: float
    climbing: float
    twice: float
    forms: dict[str, Form] = field(default_factory=dict)


def some_hand(rng: random.Random) -> Hand:
    """A clerk nobody has met."""
    return Hand(
        slant=rng.gauss(0.2, 0.18),
        narrow=rng.uniform(0.72, 1.35),
        gap=rng.choice((rng.uniform(-0.05, 0.08), rng.uniform(0.05, 0.25), rng.uniform(0.1, 0.5))),
        shaken=rng.uniform(0.004, 0.035),
        bent=rng.uniform(0.0, 0.06),
        waist=rng.gauss(0, 0.13),
        joined=rng.choice((0.0, 0.0, 0.0, 0.15, 0.5)),
        uneven=rng.uniform(0.03, 0.12),
        climbing=rng.gauss(0, 0.03),
        twice=rng.choice((0.0,) * 9 + (0.7,)),
        forms={figure: _some_form(figure, rng) for figure in SHAPES},
    )


def write(text: str, hand: Hand, rng: random.Random) -> list[Points]:
    """Strokes of the figures from left to right."""
    strokes: list[Points] = []
    x = 0.0
    for place, figure in enumerate(text):
        form = hand.forms[figure] if rng.random() < 0.85 else _some_form(figure, rng)
        own = _figure(SHAPES[figure][form.family], form, hand, rng)
        left = min(float(stroke[:, 0].min()) for stroke in own)
        for stroke in own:
            stroke += (x - left, -place * hand.climbing)
        if strokes and rng.random() < hand.joined:
            strokes.append(np.array([strokes[-1][-1], own[0][0]]))
        strokes += own
        x = max(float(stroke[:, 0].max()) for stroke in own) + hand.gap + rng.gauss(0, 0.04)
        if rng.random() < hand.twice:
            strokes += [stroke + np.array([rng.gauss(0, 0.04), rng.gauss(0, 0.04)]) for stroke in own]
    for stroke in strokes:
        stroke[:, 0] += (1 - stroke[:, 1]) * hand.slant
    least = min(float(stroke[:, 0].min()) for stroke in strokes)
    for stroke in strokes:
        stroke[:, 0] -= least
    return strokes


def draw(
    canvas: NDArray[np.uint8],
    strokes: list[Points],
    *,
    at: tuple[float, float],
    height: float,
    breadth: float,
    rng: random.Random | None = None,
) -> None:
    """Draw onto a grey canvas: `at` is the left foot, `height` that of a figure and `breadth` that of the pen in pixels.

    With `rng` the pen is pressed harder here and there.
    """
    scale = 2**_FINE
    pressed = rng.uniform(0, 0.45) if rng else 0.0
    for stroke in strokes:
        points = np.round((stroke * height + np.array([at[0], at[1] - height])) * scale).astype(np.int32)
        length = max(2, -(-len(points) // _PIECES))
        for start in range(0, len(points) - 1, length) if rng and pressed > 0.1 else (0,):
            piece = points[start : start + length + 1] if rng and pressed > 0.1 else points
            whole = max(1, round(breadth * (1 + (rng.uniform(-pressed, pressed) if rng else 0))))
            cv2.polylines(canvas, [piece], False, 0, whole, cv2.LINE_AA, _FINE)


def _some_form(figure: str, rng: random.Random) -> Form:
    families = SHAPES[figure]
    family = rng.choices(range(len(families)), [len(shapes) for shapes in families])[0]
    one, other = rng.randrange(len(families[family])), rng.randrange(len(families[family]))
    return Form(family, one, other, rng.choice((0.0, rng.random())))


def _figure(family: list[Shape], form: Form, hand: Hand, rng: random.Random) -> list[Points]:
    """Strokes of one figure as this hand writes it this time."""
    pairs = zip(family[form.first], family[form.second], strict=True)
    share = min(max(form.share + rng.gauss(0, 0.08), 0), 1) if form.share else 0.0
    own = [(1 - share) * _shaken(one, hand, rng) + share * _shaken(other, hand, rng) for one, other in pairs]
    size, wide = 1 + rng.gauss(-0.03, hand.uneven), rng.uniform(0.88, 1.14)
    low, turn = rng.gauss(0, 0.03), rng.gauss(0, 0.06)
    waves = [(rng.gauss(0, hand.bent), rng.uniform(0, 2 * math.pi), rng.uniform(2, 7)) for _ in "xy"]
    # A longer last stroke, or one that ends early
    own[-1] = _tail(own[-1], rng)
    for stroke in own:
        x, y = stroke[:, 0].copy(), stroke[:, 1].copy()
        inside = np.clip(y, 0, 1)
        y = y + hand.waist * inside * (1 - inside) * 2
        x = x + waves[0][0] * np.sin(waves[0][2] * y + waves[0][1])
        y = y + waves[1][0] * np.sin(waves[1][2] * 1.5 * x + waves[1][1])
        stroke[:, 0] = x * hand.narrow * wide * size + y * turn
        stroke[:, 1] = 1 + low + (y - 1) * size - x * turn
    return own


def _tail(stroke: Points, rng: random.Random) -> Points:
    kind = rng.random()
    if kind < 0.2:
        return stroke[: len(stroke) - rng.randint(1, 4)].copy()
    if kind < 0.4:
        step, turned = stroke[-1] - stroke[-4], rng.gauss(0, 0.12)
        angles = turned * np.arange(1, 7)[:, None]
        steps = np.concatenate(
            [step[0] * np.cos(angles) - step[1] * np.sin(angles), step[0] * np.sin(angles) + step[1] * np.cos(angles)], axis=1
        )
        return np.concatenate([stroke, stroke[-1] + np.cumsum(steps * rng.uniform(0.1, 0.5), axis=0)])
    return stroke


def _shaken(noted: list[tuple[float, float]], hand: Hand, rng: random.Random) -> Points:
    """The stroke through moved points, rounded where it has no corner."""
    stroke = np.array(noted)
    moved = stroke + np.array([[rng.gauss(0, hand.shaken), rng.gauss(0, hand.shaken)] for _ in stroke])
    for place in range(1, len(stroke)):
        if (stroke[place] == stroke[place - 1]).all():
            moved[place] = moved[place - 1]
    return _evenly(_curve(moved))


def _evenly(curve: Points) -> Points:
    """As many points for every stroke, so that two can be mixed."""
    run = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(curve, axis=0).T))])
    at = np.linspace(0, run[-1], _POINTS)
    return np.stack([np.interp(at, run, curve[:, 0]), np.interp(at, run, curve[:, 1])], axis=1)


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
