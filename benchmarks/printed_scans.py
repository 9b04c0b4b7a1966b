"""Scans printed for a section: pages of `sample_printer` on disk, with what is printed on them.

In: orders. Out: `PrintedScan`s, in the same order; the same order prints the same page.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from math import cos, radians, sin
from pathlib import Path

from benchmarks.workers import in_workers
from sample_printer import PageTruth, PrintedPage
from sample_printer.files import image_bytes

_QUALITY = 75


@dataclass(frozen=True, slots=True)
class Order:
    """A page to be printed: `kind` is what the section counts it under, `variant` what it makes of that, `seed` which one."""

    kind: str
    variant: str
    seed: int
    dpi: int = 200


@dataclass(frozen=True, slots=True)
class PrintedScan:
    """A page on disk."""

    order: Order
    path: Path
    truth: PageTruth


Press = Callable[[Order, random.Random], PrintedPage]


def print_scans(press: Press, orders: Sequence[Order], folder: Path, jobs: int) -> list[PrintedScan]:
    """Print all orders as JPEGs into a folder; `press` must be a function of a module."""
    return in_workers(partial(_print, press, folder), orders, jobs)


def _print(press: Press, folder: Path, order: Order) -> PrintedScan:
    page = press(order, random.Random(f"bench/{order.kind}/{order.variant}/{order.seed}/{order.dpi}"))
    path = folder / f"{order.kind}-{order.variant}-{order.seed}.jpg".replace(" ", "-").replace(",", "")
    path.write_bytes(image_bytes(page, path.suffix, quality=_QUALITY))
    return PrintedScan(order, path, page.truth)


def on_upright_page(truth: PageTruth, x: float, y: float) -> tuple[float, float]:
    """A point of an unturned scan on the page before it was laid down askew (`sample_printer.truth` says which pixels)."""
    return _turned(x, y, (truth.width - 1) / 2, (truth.height - 1) / 2, truth.skew_deg)


def _turned(x: float, y: float, middle_x: float, middle_y: float, degrees: float) -> tuple[float, float]:
    """Clockwise about the middle, y pointing down."""
    turn = radians(degrees)
    across, down = x - middle_x, y - middle_y
    return middle_x + across * cos(turn) - down * sin(turn), middle_y + across * sin(turn) + down * cos(turn)
