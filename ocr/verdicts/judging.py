"""Judge what a page is from what was seen of it. In: a `Sighting`. Out: verdicts, each with the measures it rests on by name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from dossier.model import Line, PageKind, Verdict
from ocr.intake.rendering import Pixels
from ocr.upright import Upright
from ocr.verdicts.shapes import Shapes, measure_shapes
from ocr.verdicts.spreads import Gutter

_LOW_DPI = 150.0
_LOW_X_HEIGHT_PX = 7.5
"""Letters without ascenders lower than this lose their marks."""
_X_HEIGHT_SHARE = 0.36
"""Height of an x, of the height of a line's box."""
_LEAST_LINES = 4
_BELIEVED = 0.75
_LEAST_INK_MM2 = 40.0
_UNREADABLE_SHARE = 0.35
"""Share of the words that are believed, under which a page with so much ink is unreadable."""
_PEN_STROKES, _PEN_SHARE = 25, 0.55
_LEADERS = 5
_OBLIQUE_MM2, _OBLIQUE_SHARE = 40.0, 0.5


@dataclass(frozen=True, slots=True)
class Sighting:
    """What is known of an upright page.

    Attributes:
        scanned_dpi: resolution of the scan before it was enlarged or reduced for reading; 0 where nothing was scanned.
        upright: the turn that was applied.
        blank: the verdict that it is blank, if it is.
    """

    grey: Pixels
    dpi: int
    scanned_dpi: float
    lines: Sequence[Line]
    upright: Upright
    blank: Verdict | None
    gutter: Gutter | None


def judge_page(seen: Sighting) -> tuple[Verdict, ...]:
    """All verdicts on a page."""
    return tuple(_verdicts(seen))


def _verdicts(seen: Sighting) -> Iterator[Verdict]:
    if seen.upright.turn_deg:
        evidence = {"turn_deg": float(seen.upright.turn_deg), "read_both_ways": float(seen.upright.read_both_ways)}
        yield Verdict(PageKind.TURNED, round(seen.upright.certainty, 2), evidence)
    if seen.blank is not None:
        yield seen.blank
        return
    yield from _low_resolution(seen)
    if seen.gutter is not None:
        yield Verdict(PageKind.SPREAD, _sure(seen.gutter.width_mm, 8.0), _gutter_evidence(seen.gutter))
    else:
        yield from _kinds(seen.lines, measure_shapes(seen.grey, seen.lines, dpi=seen.dpi))


def _low_resolution(seen: Sighting) -> Iterator[Verdict]:
    if not seen.scanned_dpi:
        return
    evidence = {"dpi": round(seen.scanned_dpi, 1)}
    if len(seen.lines) >= _LEAST_LINES:
        x_height = _X_HEIGHT_SHARE * median(line.box.height for line in seen.lines) * seen.scanned_dpi / seen.dpi
        evidence["x_height_px"] = round(x_height, 1)
    if seen.scanned_dpi < _LOW_DPI or evidence.get("x_height_px", _LOW_X_HEIGHT_PX) < _LOW_X_HEIGHT_PX:
        yield Verdict(PageKind.LOW_RESOLUTION, 0.9, evidence)


def _kinds(lines: Sequence[Line], shapes: Shapes) -> Iterator[Verdict]:
    words = [word for line in lines for word in line.words]
    believed = sum(word.confidence >= _BELIEVED for word in words)
    ink = shapes.print_mm2 + shapes.pen_mm2
    share = shapes.pen_mm2 / max(1.0, ink)
    if shapes.leaders >= _LEADERS:
        yield Verdict(PageKind.FORM, _sure(shapes.leaders, _LEADERS), {"leaders": float(shapes.leaders)})
    if shapes.oblique_mm2 >= _OBLIQUE_MM2 and shapes.oblique_mm2 >= _OBLIQUE_SHARE * shapes.print_mm2:
        evidence = {"oblique_mm2": shapes.oblique_mm2, "large_mm2": shapes.large_mm2, "print_mm2": shapes.print_mm2}
        yield Verdict(PageKind.DRAWING, _sure(shapes.oblique_mm2, _OBLIQUE_MM2), evidence)
        return
    if shapes.pen_strokes >= _PEN_STROKES and share >= _PEN_SHARE:
        evidence = {"pen_mm2": shapes.pen_mm2, "pen_strokes": float(shapes.pen_strokes), "print_mm2": shapes.print_mm2}
        yield Verdict(PageKind.HANDWRITTEN, round(share, 2), evidence)
        return
    if ink >= _LEAST_INK_MM2 and believed < _UNREADABLE_SHARE * max(1, len(words)):
        evidence = {"words": float(len(words)), "believed_words": float(believed), "ink_mm2": round(ink, 1)}
        yield Verdict(PageKind.UNREADABLE, 0.8, evidence)


def _gutter_evidence(gutter: Gutter) -> dict[str, float]:
    return {
        "gutter_mm": gutter.width_mm,
        "left_lines": float(gutter.left_lines),
        "right_lines": float(gutter.right_lines),
    }


def _sure(value: float, limit: float) -> float:
    """0.5 at the limit, towards 1 beyond it."""
    return round(value / (value + limit), 2)
