"""Part lines that the detector joined although they stand at different heights: a stamp and the print beside it.

In: the points of every line that the network painted, each with the middle of its line, and the picture the network saw. Out: the
owners of the points, those right of such a step under a new number.

A line may slope and bow; one that leaps up or down at one place is two. The leap is found as a further term of the line's course.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

_UNEVEN = 0.03
"""Lines whose middle runs off a bow by less than this (of their height, root mean square) have no step; print is under 0.02."""
_LEAST_STEP = 0.12
"""Least leap, in heights of the line."""
_LEFT_OVER = 0.5
"""The leap explains the unevenness when at most this share of its square is left."""
_LEAST_WIDTH = 3.0
"""Lines narrower than this (in heights) hold no two texts."""
_LEAST_PART = 1.0
"""Nor does a part narrower than this."""
_REACH = 0.5
"""The widest white so near to the leap (in heights) is where the line is cut."""

Column = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Points:
    """What the network painted, in pixels of its output: a row, a column and a line number a point; 0 is no line.

    Attributes:
        middles: where the line's middle lies, in rows, as each point tells it.
        heights: height of every line, by number.
    """

    rows: npt.NDArray[np.intp]
    columns: npt.NDArray[np.intp]
    owners: npt.NDArray[np.int64]
    middles: Column
    heights: Column


def parted(points: Points, ink: npt.NDArray[np.float32]) -> Points:
    """The points, those of joined lines with an owner for each part.

    Args:
        points: all points of a page.
        ink: darkness of the page, at the resolution of the points.
    """
    owners, heights = points.owners.copy(), points.heights.tolist()
    order = np.argsort(owners, kind="stable")
    members = np.split(order, np.cumsum(np.bincount(owners, minlength=len(heights)))[:-1])
    for owner, own in enumerate(members):  # the list grows: a part may leap once more
        cut = _step(points.columns[own], points.middles[own], heights[owner]) if owner and len(own) else None
        if cut is None:
            continue
        place = _whitest(ink, points.rows[own], cut, round(_REACH * heights[owner]))
        right = points.columns[own] >= place
        if right.all() or not right.any():
            continue
        members[owner] = own[~right]
        members.append(own[right])
        owners[own[right]] = len(heights)
        heights.append(heights[owner])
    return replace(points, owners=owners, heights=np.array(heights))


def _step(columns: npt.NDArray[np.intp], middles: Column, height: float) -> int | None:
    """The column where a line leaps, or None."""
    first = int(columns.min())
    count = np.bincount(columns - first)
    if len(count) < _LEAST_WIDTH * height:
        return None
    there = np.flatnonzero(count)
    middle = np.bincount(columns - first, weights=middles)[there] / count[there]
    place = 2.0 * there / len(count) - 1.0
    bow = np.linalg.qr(np.stack([np.ones_like(place), place, place * place], axis=1))[0]
    off = middle - bow @ (bow.T @ middle)
    uneven = float(off @ off)
    if uneven < len(off) * (_UNEVEN * height) ** 2:
        return None
    leaps = np.tri(len(off), k=-1)[:, max(1, round(_LEAST_PART * height)) : -max(1, round(_LEAST_PART * height))]
    leaps = leaps - bow @ (bow.T @ leaps)
    norms, fits = np.square(leaps).sum(axis=0), off @ leaps
    best = int((fits * fits / norms).argmax())
    if abs(fits[best] / norms[best]) < _LEAST_STEP * height or fits[best] ** 2 / norms[best] < (1 - _LEFT_OVER) * uneven:
        return None
    return first + int(there[best + max(1, round(_LEAST_PART * height))]) + 1


def _whitest(ink: npt.NDArray[np.float32], rows: npt.NDArray[np.intp], cut: int, reach: int) -> int:
    """The middle of the least inked columns near a cut."""
    left = max(0, cut - reach)
    dark = ink[int(rows.min()) : int(rows.max()) + 1, left : cut + reach + 1].sum(axis=0)
    white = np.flatnonzero(dark <= dark.min() + 0.1)
    runs = np.split(white, np.flatnonzero(np.diff(white) > 1) + 1)
    widest = max(runs, key=lambda run: (len(run), -abs(float(run.mean()) + left - cut)))
    return left + (int(widest[0]) + int(widest[-1]) + 1) // 2
