"""Further wear of a line's window while training, new at every look. In and out: ink 0-255, uint8, 192 pixels high."""

from __future__ import annotations

import random

import cv2
import numpy as np

from recogniser_training.letters import LINE_HEIGHT, Pixels


def wear(ink: Pixels, rng: random.Random, noise: np.random.Generator) -> Pixels:
    """Stretch, blur, thicken, coarsen, fade and sprinkle the window, each now and then."""
    if rng.random() < 0.5:
        ink = _resized(ink, rng.uniform(0.86, 1.16), 1.0)
    if rng.random() < 0.2:  # scanned more coarsely
        size = ink.shape
        share = rng.uniform(0.4, 0.8)
        small = cv2.resize(ink, None, fx=share, fy=share, interpolation=cv2.INTER_AREA)
        ink = np.asarray(cv2.resize(small, (size[1], size[0]), interpolation=cv2.INTER_LINEAR), dtype=np.uint8)
    if rng.random() < 0.2:
        ink = np.asarray(cv2.GaussianBlur(ink, (0, 0), rng.uniform(0.5, 2.2)), dtype=np.uint8)
    if rng.random() < 0.15:
        shape = np.ones((rng.choice((1, 2, 3)), rng.choice((1, 2, 3))), np.uint8)
        ink = np.asarray(cv2.dilate(ink, shape) if rng.random() < 0.6 else cv2.erode(ink, shape), dtype=np.uint8)
    if rng.random() < 0.08:
        ink = np.asarray((ink > rng.randint(70, 150)) * 255, dtype=np.uint8)
    if rng.random() < 0.5:
        grey = ink.astype(np.float32) * rng.uniform(0.45, 1.15) + rng.uniform(-12, 25)
        if rng.random() < 0.4:
            grey += noise.normal(0, rng.uniform(2, 14), ink.shape).astype(np.float32)
        ink = np.clip(grey, 0, 255).astype(np.uint8)
    if rng.random() < 0.12:
        ink = _crossed(ink.copy(), rng)
    return ink


def _resized(ink: Pixels, across: float, down: float) -> Pixels:
    return np.asarray(cv2.resize(ink, None, fx=across, fy=down, interpolation=cv2.INTER_LINEAR), dtype=np.uint8)


def _crossed(ink: Pixels, rng: random.Random) -> Pixels:
    """Draw what crosses lines: a rule under it, a table's upright, the arc of a seal, a pen stroke."""
    height, width = ink.shape
    dark = rng.randint(60, 230)
    kind = rng.random()
    if kind < 0.35:
        y = round(height / 2 + rng.choice((-1, 1)) * rng.uniform(0.38, 0.55) * LINE_HEIGHT)
        cv2.line(ink, (0, y), (width, y + rng.randint(-4, 4)), dark, rng.randint(1, 4))
    elif kind < 0.55:
        x = rng.choice((rng.randint(0, 12), width - rng.randint(1, 13)))
        cv2.line(ink, (x, 0), (x, height), dark, rng.randint(1, 4))
    else:
        radius = rng.randint(80, 260)
        centre = (rng.randint(0, width), rng.randint(-100, height + 100))
        cv2.circle(ink, centre, radius, min(dark, 140), rng.randint(1, 4), cv2.LINE_AA)
    return ink
