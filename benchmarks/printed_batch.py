"""A batch of dossiers to measure speed on, printed anew so that no page is there twice.

In: a number of pages and a seed. Out: a batch folder: dossiers of ten pages, PDFs of several pages and single JPEGs, office scans,
photocopies, old paper and black-and-white scans in about the shares of a provincial archive's daily work.
"""

from __future__ import annotations

import os
import random
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from sample_printer import RECIPES, PrintedPage, damage, print_document
from sample_printer.files import scan_bytes
from sample_printer.writing import write_document

PAGES_A_DOSSIER = 10
_RECIPES = ("office",) * 6 + ("photocopy",) * 2 + ("old-paper", "bilevel")
_RESOLUTIONS = (200, 200, 300)


@dataclass(frozen=True, slots=True)
class _Order:
    folder: Path
    pages: int
    seed: str


def print_batch(folder: Path, pages: int, *, seed: int = 2026) -> list[Path]:
    """Print a batch; answers its scan files. The same seed prints the same batch."""
    orders = [
        _Order(folder / f"ho-so-{number:02}", min(PAGES_A_DOSSIER, pages - start), f"{seed}/{number}")
        for number, start in enumerate(range(0, pages, PAGES_A_DOSSIER), start=1)
    ]
    with ProcessPoolExecutor(len(os.sched_getaffinity(0)), mp_context=get_context("spawn")) as pool:
        return [path for paths in pool.map(_print_dossier, orders) for path in paths]


def _print_dossier(order: _Order) -> list[Path]:
    rng = random.Random(order.seed)
    order.folder.mkdir(parents=True)
    left = order.pages
    paths: list[Path] = []
    while left:
        pages = _scan_document(rng)[:left]
        left -= len(pages)
        path = order.folder / f"{len(paths) + 1:02}{'.jpg' if len(pages) == 1 else '.pdf'}"
        path.write_bytes(scan_bytes(pages, path.suffix))
        paths.append(path)
    return paths


def _scan_document(rng: random.Random) -> list[PrintedPage]:
    recipe, dpi = RECIPES[rng.choice(_RECIPES)], rng.choice(_RESOLUTIONS)
    printed = print_document(write_document(rng), rng=rng, dpi=dpi)
    return [damage(page, recipe, rng).numbered(number) for number, page in enumerate(printed, start=1)]
