"""What the rules of this folder hand over: a place in running text with what stands there.

In: nothing. Out: `Spot`, and the digits of print in which letters were read for digits.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from dossier.model import MentionKind

_STROKES = str.maketrans({"O": "0", "o": "0", "l": "1", "I": "1", "|": "1", "S": "5", "B": "8", "Z": "2"})
_NO_DIGIT = re.compile(r"[^\d]")


@dataclass(frozen=True, slots=True)
class Spot:
    """A person or number from `start` to `end` of a running text.

    Attributes:
        value: normalised. valid: it obeys the rules of its kind; `reason` says which one it breaks, or "".
        strength: share of such places that are right. label: what says so ("label"), or only the shape ("shape").
    """

    kind: MentionKind
    start: int
    end: int
    value: str
    reason: str
    strength: float
    label: str
    alternatives: tuple[str, ...] = ()

    @property
    def valid(self) -> bool:
        """Whether no rule of its kind is broken."""
        return not self.reason


def digits_of(text: str) -> tuple[str, bool]:
    """The digits of a text and whether a letter had to be read as one."""
    repaired = text.translate(_STROKES)
    return _NO_DIGIT.sub("", repaired), repaired != text
