"""Dashes and bullets that stand alone at the ends of a line, where the line detector often stops before them.

In: an upright grey page and the places of lines. Out: the places, made longer where such a mark stands beside the line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from dossier.model import Box
from ocr.engines.line_place import LinePlace
from ocr.engines.networks.ink import ink_limit
from ocr.intake.rendering import Pixels

_REACH = (2.4, 1.3)
"""How far left and right of a line a mark is looked for, in heights of the line (as the numbers below): bullets stand apart."""
_BAND = (0.25, 0.85)
"""Dashes and bullets stand in this part of the line's height."""
_WIDTH, _HEIGHT = (0.16, 0.85), (0.03, 0.42)
_LEAST_AREA = 0.012
"""In squares of the line's height; a speck is smaller."""
_CLEAR = 0.35
"""Above and below the band nothing may stand for so far: rules, seals and signatures do not end there."""
_SPARE = 0.12
_SMALL = 1.6
"""A box so narrow for its height may hold such a mark alone."""


def with_end_marks(grey: Pixels, places: Sequence[LinePlace]) -> list[LinePlace]:
    """The places in the same order, without those that were nothing but such a mark."""
    boxes = [place.box for place in places]
    longer = [_longer(grey, place, boxes) for place in places]
    return [place for place in longer if not (_is_small(place.box) and any(_covers(other.box, place.box) for other in longer))]


def _is_small(box: Box) -> bool:
    return box.width <= _SMALL * box.height


def _covers(box: Box, small: Box) -> bool:
    middle = ((small.x0 + small.x1) // 2, (small.y0 + small.y1) // 2)
    return box is not small and not _is_small(box) and box.x0 <= middle[0] < box.x1 and box.y0 <= middle[1] < box.y1


def _longer(grey: Pixels, place: LinePlace, others: Sequence[Box]) -> LinePlace:
    box = place.box
    before, after = (round(share * box.height) for share in _REACH)
    if _is_small(box):
        return place
    beside = [other for other in others if not _is_small(other) and _overlap(other, box) > 0.3 * box.height and other is not box]
    least = max([0, box.x0 - before, *(other.x1 for other in beside if other.x1 <= box.x0 + box.height // 2)])
    most = min([grey.shape[1], box.x1 + after, *(other.x0 for other in beside if other.x0 >= box.x1 - box.height // 2)])
    left = _mark(grey, place, (least, box.x0), nearest_right=True)
    right = _mark(grey, place, (box.x1, most), nearest_right=False)
    if left is None and right is None:
        return place
    spare = round(_SPARE * box.height)
    x0 = box.x0 if left is None else max(0, left[0] - spare)
    x1 = box.x1 if right is None else min(grey.shape[1], right[1] + spare)
    return replace(place, box=Box(x0, box.y0, x1, box.y1))


def _overlap(one: Box, other: Box) -> int:
    return min(one.y1, other.y1) - max(one.y0, other.y0)


def _mark(grey: Pixels, place: LinePlace, span: tuple[int, int], *, nearest_right: bool) -> tuple[int, int] | None:
    """Columns of the one mark between two page columns; None when there is none, or more than one."""
    box, height = place.box, place.box.height
    if span[1] - span[0] < _WIDTH[0] * height:
        return None
    drop = round(place.bend.at(sum(span) / 2)) if place.bend else 0
    top, bottom = box.y0 + drop, box.y1 + drop
    clear = round(_CLEAR * height)
    rows = slice(max(0, top - clear), min(grey.shape[0], bottom + clear))
    inked = grey[rows, span[0] : span[1]] < ink_limit(grey, box)
    columns = np.flatnonzero(inked.any(axis=0))
    if not len(columns):
        return None
    runs = np.split(columns, np.flatnonzero(np.diff(columns) > 1) + 1)
    run = runs[-1] if nearest_right else runs[0]
    first, last = int(run[0]), int(run[-1]) + 1
    if (first == 0 and not nearest_right) or (last == inked.shape[1] and nearest_right):
        return None  # it is part of what stands in the box already, or of something longer
    there = np.flatnonzero(inked[:, first:last].any(axis=1)) + rows.start - top
    tall, wide = int(there[-1]) - int(there[0]) + 1, last - first
    inside = _BAND[0] * height <= there[0] and there[-1] <= _BAND[1] * height
    shaped = _WIDTH[0] * height <= wide <= _WIDTH[1] * height and _HEIGHT[0] * height <= tall <= _HEIGHT[1] * height
    if inside and shaped and inked[:, first:last].sum() >= _LEAST_AREA * height * height:
        return span[0] + first, span[0] + last
    return None
