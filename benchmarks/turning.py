"""How often the turn of a page is found, and at what cost: the network against Tesseract's own orientation detection.

In: printed pages of the sample scans, each laid down all four ways. Out: a section of the results.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from benchmarks.cost import Failed, own_cpu_s
from benchmarks.plan import Plan
from benchmarks.report import Section, percent, table
from benchmarks.samples import Sample, load_samples
from dossier.model import PageScan
from dossier.settings import Settings, load_settings
from ocr import open_scan
from ocr.cleaning.orientation import Orientation, OrientationByTesseract, OrientationNetwork, likeliest_turn, open_orientation
from ocr.cleaning.turning import measure_skew, straighten, turn_quarters
from ocr.intake.rendering import Pixels, load_page

NAME = "turning"
_TURNS = (0, 90, 180, 270)
_THUMBNAIL = 1000


@dataclass(frozen=True, slots=True)
class _Laid:
    """A page as it was laid down: straight, in full and small; `answer` is the clockwise turn that makes it upright."""

    grey: Pixels
    small: Pixels
    answer: int


@dataclass(frozen=True, slots=True)
class _Score:
    right: int
    wrong_turns: int
    cpu_s: float


def measure(plan: Plan) -> Section:
    """Ask both about every page.

    Raises:
        Failed: when the network is not installed.
    """
    network = open_orientation()
    if not isinstance(network, OrientationNetwork):
        raise Failed("the network for orientation is not installed: run `make setup`")
    settings = load_settings()
    pages = [laid for sample in plan.some(load_samples(plan.samples)) for laid in _laid(sample, settings)]
    by_tesseract = OrientationByTesseract()
    scores = {
        "network (ours)": _score(network, [page.small for page in pages], pages),
        "Tesseract, small picture (stands in)": _score(by_tesseract, [page.small for page in pages], pages),
        "Tesseract, full picture": _score(by_tesseract, [page.grey for page in pages], pages),
    }
    rows = [
        [way, f"{score.right}", percent(score.right / len(pages), 1), f"{score.wrong_turns}", f"{score.cpu_s / len(pages):.3f}"]
        for way, score in scores.items()
    ]
    parts = [
        f"{len(pages) // len(_TURNS)} printed pages of the sample scans, each laid down all four ways, skew taken out before. An "
        "upright page that is turned is lost; a turned page that is left as it lies is no worse than before.",
        table((f"way, of {len(pages)}", "right", "%", "turned wrongly", "CPU s a page"), rows),
        *plan.notes,
    ]
    return Section(NAME, "Turned pages", "\n\n".join(parts))


def _laid(sample: Sample, settings: Settings) -> Iterator[_Laid]:
    scan = open_scan(sample.path, settings.intake)
    for page in sample.pages:
        if page.state == "blank":
            continue
        image = load_page(PageScan(scan.path, scan.sha256, scan.format, page.number), settings.ocr, settings.intake)
        grey = np.ascontiguousarray(image.pixels[..., 0]) if image.is_colour else image.pixels
        upright = turn_quarters(grey, page.rotation_deg)
        straight = straighten(upright, measure_skew(upright))
        scale = min(1.0, _THUMBNAIL / max(straight.shape))
        small = np.asarray(cv2.resize(straight, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), dtype=np.uint8)
        for turn in _TURNS:
            yield _Laid(turn_quarters(straight, -turn % 360), turn_quarters(small, -turn % 360), turn)


def _score(way: Orientation, pictures: Sequence[Pixels], pages: Sequence[_Laid]) -> _Score:
    start = own_cpu_s()
    answers = [likeliest_turn(way.odds(picture)) for picture in pictures]
    return _Score(
        right=sum(answer == page.answer for answer, page in zip(answers, pages, strict=True)),
        wrong_turns=sum(answer not in (0, page.answer) for answer, page in zip(answers, pages, strict=True)),
        cpu_s=own_cpu_s() - start,
    )
