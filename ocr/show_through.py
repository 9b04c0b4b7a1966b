"""Tell print from the other side of the sheet showing through (chữ in hằn từ mặt sau): it is pale, and it reads better in a mirror.

In: the lines that were read, the cleaned page and the engine. Out: the lines of this side, and what was measured. Contrast alone
does not decide, for faint print is pale too; so pale lines that the engine does not believe in are read once more, mirrored.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from dossier.model import Box, Line
from ocr.cleaning.flat_field import PAPER
from ocr.engines import Engine
from ocr.intake.rendering import Pixels
from ocr.stamp_reading import holds_mark

_PALE_SHARE = 0.6
"""Lines of less contrast than this share of the page's print are pale beside it."""
_PALE = 110.0
"""A page whose print has less contrast than this is pale as a whole; black print has 150 to 245."""
_SURELY_READ = 0.93
"""Pale lines that the engine is so sure of are print of this side."""
_SEVERAL, _WELL_READ = 3, 0.8
"""What shows through comes in numbers: fewer pale lines, a stamp's, need not be read so surely."""
_GHOST_SHARE = 0.3
"""Lines paler than this share of the page's print, and not surely read, are dropped whatever the mirror says."""
_PRINT_CONFIDENCE, _PRINT_LETTERS = 0.85, 4
"""Lines so sure and so long tell how dark the page's print is."""
_BELIEVED = 0.5
_DARKEST_SHARE = 0.05
"""Share of the pixels of a line that its contrast is taken from: strokes cover more than this."""
_SPARSE_SHARE = 0.015
"""The same for lines in cells of tables: a single digit, its box as wide as the specks beside it."""
_RIM_PX = 6
_LEFT_TO_RIGHT, _HEAD_OVER = 1, 0
"""How OpenCV flips: what shows through is mirrored, and turned as well where the sheet was printed for turning over its head."""


@dataclass(frozen=True, slots=True)
class SideReading:
    """Lines of this side of the sheet.

    Attributes:
        dropped: how many lines showed through from the other side.
        letters: what was believed of the pale lines as they stand, in letters.
        mirrored_letters: the same, read in the mirror; both 0 when nobody had to look.
    """

    lines: tuple[Line, ...]
    dropped: int = 0
    letters: float = 0.0
    mirrored_letters: float = 0.0


def lines_of_this_side(lines: Sequence[Line], grey: Pixels, engine: Engine, *, dpi: int) -> SideReading:
    """Drop lines that show through: those pale beside the page's print, and all of a page that is pale as a whole.

    Raises:
        BadScan: the engine gave up on the mirrored page.
    """
    contrasts = [contrast(grey, line.box, share=_strokes_of(line)) for line in lines]
    dark = print_contrast(lines, contrasts)
    pale = [value < _PALE_SHARE * dark and not _is_dash_in_cell(line) for line, value in zip(lines, contrasts, strict=True)]
    beside = [line for line, is_pale in zip(lines, pale, strict=True) if is_pale]
    rest = [line for line, is_pale in zip(lines, pale, strict=True) if not is_pale]
    gone: set[int] = set()
    here = there = 0.0
    for group, alone in ((beside, False), (rest if dark < _PALE else [], True)):
        if not group or _confidence(group) >= (_SURELY_READ if len(group) >= _SEVERAL else _WELL_READ):
            continue
        seen = _in_mirror(group, grey, engine, dpi=dpi)
        as_is, mirrored = believed_letters(group), believed_letters(seen)
        here, there = here + as_is, there + mirrored
        if mirrored > as_is:
            gone |= {id(line) for line in group if alone or not _is_print(line, seen)}
        elif not alone:
            gone |= {id(line) for line in group if _is_mirrored(line, seen) or _is_ghost(line, grey, dark)}
    kept = tuple(line for line in lines if id(line) not in gone or _is_stamp(line))
    return SideReading(kept, len(lines) - len(kept), here, there)


def print_contrast(lines: Sequence[Line], contrasts: Sequence[float]) -> float:
    """How dark the print of this side is: the darkest lines but one of those that are surely print."""
    sure = [
        value
        for line, value in zip(lines, contrasts, strict=True)
        if line.confidence >= _PRINT_CONFIDENCE and sum(map(str.isalnum, line.text)) >= _PRINT_LETTERS
    ]
    among = sorted(sure or contrasts)
    return among[max(0, len(among) - 2)] if among else 0.0


def contrast(grey: Pixels, box: Box, *, share: float = _DARKEST_SHARE) -> float:
    """How much darker than paper the darkest strokes in a box, a share of its pixels, are (0-255)."""
    part = grey[box.y0 : box.y1 : 2, box.x0 : box.x1 : 2]
    return max(0.0, PAPER - float(np.quantile(part, share))) if part.size else 0.0


def _strokes_of(line: Line) -> float:
    return _SPARSE_SHARE if line.cell else _DARKEST_SHARE


def _in_mirror(pale: Sequence[Line], grey: Pixels, engine: Engine, *, dpi: int) -> list[Line]:
    """The pale lines read in the mirror, boxes as they stand on the page; the back may have been printed head over."""
    alone = np.full_like(grey, PAPER)
    for line in pale:
        box = line.box
        rows, columns = slice(max(0, box.y0 - _RIM_PX), box.y1 + _RIM_PX), slice(max(0, box.x0 - _RIM_PX), box.x1 + _RIM_PX)
        alone[rows, columns] = grey[rows, columns]
    upright = _read_flipped(alone, _LEFT_TO_RIGHT, engine, dpi=dpi)
    if believed_letters(upright) > believed_letters(pale):
        return upright
    return max(upright, _read_flipped(alone, _HEAD_OVER, engine, dpi=dpi), key=believed_letters)


def _read_flipped(grey: Pixels, flip: int, engine: Engine, *, dpi: int) -> list[Line]:
    height, width = grey.shape
    found = []
    for line in engine.read(np.asarray(cv2.flip(grey, flip), dtype=np.uint8), dpi=dpi):
        box = line.box
        back = Box(width - box.x1, box.y0, width - box.x0, box.y1)
        found.append(Line(back if flip == _LEFT_TO_RIGHT else Box(box.x0, height - box.y1, box.x1, height - box.y0), line.words))
    return found


def _is_dash_in_cell(line: Line) -> bool:
    """A dash covers too little of its box for a contrast, and says in a table that there is nothing."""
    return line.cell is not None and not any(map(str.isalnum, line.text))


def _is_stamp(line: Line) -> bool:
    """Stamps are pale and short and must not be lost; mirrored letters make no such words with certainty."""
    return line.confidence >= _PRINT_CONFIDENCE and holds_mark(line)


def _is_print(line: Line, seen: Sequence[Line]) -> bool:
    """Whether a pale line is print of this side although most others are not."""
    there = sum(_believed(other) for other in seen if _overlap(line.box, other.box))
    return line.confidence >= _SURELY_READ and sum(map(str.isalnum, line.text)) > _PRINT_LETTERS and _believed(line) > 2 * there


def _is_ghost(line: Line, grey: Pixels, dark: float) -> bool:
    """Whether a line is hardly visible beside the page's print, and neither long nor sure."""
    unsure = line.confidence < _SURELY_READ or sum(map(str.isalnum, line.text)) <= _PRINT_LETTERS
    return unsure and contrast(grey, line.box, share=_strokes_of(line)) < _GHOST_SHARE * dark


def _is_mirrored(line: Line, seen: Sequence[Line]) -> bool:
    """Whether a pale line is not print of this side although most others are."""
    there = sum(_believed(other) for other in seen if _overlap(line.box, other.box))
    return there >= 2.0 and there > 1.5 * _believed(line)


def _confidence(lines: Sequence[Line]) -> float:
    return sum(line.confidence * len(line.text) for line in lines) / max(1, sum(len(line.text) for line in lines))


def believed_letters(lines: Sequence[Line]) -> float:
    """Letters of lines, by how far the engine believes in their words."""
    return sum(map(_believed, lines))


def _believed(line: Line) -> float:
    sure = ((word, (word.confidence - _BELIEVED) / (1 - _BELIEVED)) for word in line.words)
    return sum(sum(map(str.isalnum, word.text)) * belief**2 for word, belief in sure if belief > 0)


def _overlap(one: Box, other: Box) -> bool:
    across = min(one.x1, other.x1) - max(one.x0, other.x0)
    down = min(one.y1, other.y1) - max(one.y0, other.y0)
    return across > 0 and down > 0.5 * min(one.height, other.height)
