"""How well fields were found: precision, recall and their F1 mean, exact and lenient.

In: true and found values by field name. Out: `Tally`, to be added up over documents.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

Fields = Mapping[str, object]

NAMES = (
    "organName",
    "parentOrganName",
    "codeNumber",
    "codeNotation",
    "issuedPlace",
    "issuedDate",
    "typeName",
    "subject",
    "signerName",
    "signerPosition",
    "toPlaces",
    "secrecy",
    "priority",
)
"""Fields as `sohoa describe` names them."""

_NEAR = 0.9
_EXACT_ONLY = frozenset({"codeNumber", "issuedDate", "secrecy", "priority"})
"""A near miss there is another document, another day, another level."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of values: `true` on paper, `found` by the program, `right` of them; `near` counts small misreadings as right."""

    true: int = 0
    found: int = 0
    right: int = 0
    near: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.true + other.true, self.found + other.found, self.right + other.right, self.near + other.near)

    @property
    def f1(self) -> float:
        """Exact F1."""
        return 2 * self.right / max(1, self.true + self.found)

    @property
    def lenient_f1(self) -> float:
        """F1 with misreadings of up to a tenth of the characters forgiven."""
        return 2 * self.near / max(1, self.true + self.found)


def compare_fields(truth: Fields, found: Fields) -> dict[str, Tally]:
    """Compare the fields of one document; a missing key, None, "" and [] are all "not given". Recipients count one by one."""
    return {name: _compare(name, _values(truth.get(name)), _values(found.get(name))) for name in NAMES}


def sum_up(tallies: Mapping[str, Tally]) -> Tally:
    """All fields together, every value weighing the same."""
    total = Tally()
    for tally in tallies.values():
        total += tally
    return total


def plain(value: object) -> str:
    """The comparable form of a value: NFC, lower case, single spaces, long dashes short, no punctuation at the ends."""
    text = unicodedata.normalize("NFC", str(value)).casefold()
    for dash in "–—‐‑":  # noqa: RUF001  # dashes that stand for one another in print
        text = text.replace(dash, "-")
    return " ".join(text.split()).strip(" .,;:-")


def _values(value: object) -> list[str]:
    items = value if isinstance(value, list | tuple) else [value]
    return [text for item in items if item is not None and (text := plain(item))]


def _compare(name: str, truth: list[str], found: list[str]) -> Tally:
    right = (Counter(truth) & Counter(found)).total()
    near = right if name in _EXACT_ONLY else _near_pairs(truth, found)
    return Tally(len(truth), len(found), right, near)


def _near_pairs(truth: list[str], found: list[str]) -> int:
    """Pairs of like values, best first, each value in one pair."""
    likeness = sorted(
        ((Levenshtein.normalized_similarity(a, b), i, j) for i, a in enumerate(truth) for j, b in enumerate(found)), reverse=True
    )
    taken_truth: set[int] = set()
    taken_found: set[int] = set()
    for score, i, j in likeness:
        if score >= _NEAR and i not in taken_truth and j not in taken_found:
            taken_truth.add(i)
            taken_found.add(j)
    return len(taken_truth)
