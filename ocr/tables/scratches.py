"""Tell rules from scratches (vết xước): folds and the marks of a scratched drum run across the whole sheet.

In: rules and the relief that they were found on, both of one direction. Out: those that end where a table ends.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
import numpy.typing as npt

from ocr.intake.rendering import Pixels
from ocr.tables.rules import Rule

_EDGE_SHARE, _SCRATCH_SHARE, _SCRATCH_CONTRAST, _SCRATCH_DARKNESS = 0.09, 0.45, 6, 0.4
"""Ink over this share of the line's way through the two strips of the sheet along its edges, so wide, tells that it runs across the
whole sheet; ink has this contrast and this share of the rule's own darkness, for a rule may lie on the line of a scratch."""
_BEYOND = 2
"""Rows beyond the sheet that lines which lean out of it are looked for in."""


def without_scratches(rules: Sequence[Rule], relief: Pixels) -> list[Rule]:
    """Leave out lines that run on to both edges of the sheet: folds and the marks of a scratched drum."""
    if not rules:
        return []
    length = relief.shape[1]
    band = round(_EDGE_SHARE * length)
    places = np.concatenate([np.arange(band), np.arange(length - band, length)])
    edges = _spread(relief[:, places])
    starts, ends, offsets, leans = np.array([(rule.start, rule.end, rule.offset, rule.lean) for rule in rules]).T[:, :, None]
    across = np.rint(offsets + leans * (places - (starts + ends) / 2)).astype(np.intp)
    outside = edges[np.clip(across, -_BEYOND, len(relief) + _BEYOND - 1) + _BEYOND, np.arange(2 * band)]
    suspects = _run_on(outside, np.full(len(rules), _SCRATCH_CONTRAST), band)
    if not suspects.any():
        return list(rules)
    dark = _spread(relief)
    contrasts = np.array(
        [_SCRATCH_DARKNESS * _darkness(dark, rule) if suspect else 0.0 for rule, suspect in zip(rules, suspects, strict=True)]
    )
    scratches = suspects & _run_on(outside, contrasts, band)
    return [rule for rule, scratch in zip(rules, scratches, strict=True) if not scratch]


def _run_on(outside: Pixels, contrasts: npt.NDArray[np.float64], band: int) -> npt.NDArray[np.bool_]:
    """Of which rules ink of a contrast lies in both strips along the edges."""
    inked = outside > contrasts[:, None]
    return np.asarray(np.minimum(inked[:, :band].mean(axis=1), inked[:, band:].mean(axis=1)) >= _SCRATCH_SHARE)


def _spread(relief: Pixels) -> Pixels:
    """The darkest of each pixel and those beside it across; beyond the sheet all is as at its edge."""
    wide = cv2.copyMakeBorder(relief, _BEYOND, _BEYOND, 0, 0, cv2.BORDER_REPLICATE)
    return np.asarray(cv2.dilate(wide, np.ones((3, 1), np.uint8)), np.uint8)


def _darkness(spread: Pixels, rule: Rule) -> float:
    """How dark a rule is, on average."""
    along = np.arange(rule.start, rule.end)
    across = np.clip(np.rint(rule.at(along)).astype(np.intp) + _BEYOND, 0, len(spread) - 1)
    return float(spread[across, np.clip(along.astype(np.intp), 0, spread.shape[1] - 1)].mean())
