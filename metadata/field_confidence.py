"""Makes the confidence of a field what it is meant to be: the share of such values that are right.

In: a document whose values bear what their rule and the engine think of them. Out: the same document with calibrated confidences;
the table `field_confidence.toml` has them by rule and is written by `scripts/fit_field_confidence.py`.
"""

from __future__ import annotations

import tomllib
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from dossier.model import SINGLE_FIELDS, Document, Found

TABLE = Path(__file__).with_name("field_confidence.toml")
ANY = "any"
"""Rules of which too few values were seen share this curve."""

Knots = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class FieldConfidence:
    """Curves by rule (`Found.source`): raw confidence -> share of right values, straight between the knots."""

    curves: Mapping[str, Knots]

    def of(self, found: Found) -> float:
        """The calibrated confidence of a value; raw where no curve fits its rule."""
        return round(self.share(found.source, found.confidence), 3)

    def share(self, rule: str, raw: float) -> float:
        """Share of the values of a rule that are right when it is so sure of them."""
        knots = self.curves.get(rule)
        return raw if knots is None else _on(knots, raw)


UNFITTED = FieldConfidence({})
"""Leaves every confidence as its rule gave it."""


@cache
def fitted() -> FieldConfidence:
    """The table that lies beside this module."""
    table = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    return FieldConfidence({rule: tuple((raw, share) for raw, share in knots) for rule, knots in table["curves"].items()})


def calibrated(document: Document, table: FieldConfidence) -> Document:
    """The document with the confidences of its fields on the curves of their rules."""
    fields: dict[str, Any] = {
        attribute: replace(found, confidence=table.of(found))
        for attribute in SINGLE_FIELDS
        if isinstance(found := getattr(document, attribute), Found)
    }
    places = tuple(replace(place, confidence=table.of(place)) for place in document.to_places)
    return replace(document, to_places=places, **fields)


def _on(knots: Knots, raw: float) -> float:
    place = bisect_right(knots, raw, key=lambda knot: knot[0])
    if place == 0:
        return knots[0][1]
    if place == len(knots):
        return knots[-1][1]
    (x0, y0), (x1, y1) = knots[place - 1], knots[place]
    return y0 + (y1 - y0) * (raw - x0) / (x1 - x0)
