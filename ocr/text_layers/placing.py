"""Boxes of a page as it was rendered, moved to where they stand on the upright page. In and out: boxes and lines in pixels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from dossier.model import Box, Line, enclosing


@dataclass(frozen=True, slots=True)
class Uprighting:
    """How a page was put upright: size before, clockwise quarter turn, then the counter-clockwise skew taken out."""

    width: int
    height: int
    rotation_deg: int
    skew_deg: float

    def box(self, box: Box) -> Box:
        """Where a box of the rendered page stands on the upright page; the smallest box around it when it leans."""
        turned, size = self._turned(box)
        return turned if self.skew_deg == 0 else _leaning(turned, size, self.skew_deg)

    def lines(self, lines: Sequence[Line]) -> tuple[Line, ...]:
        """Lines with their words, moved; a line is as high as its words then are."""
        if self.rotation_deg == 0 and self.skew_deg == 0:
            return tuple(lines)
        moved = []
        for line in lines:
            words = tuple(replace(word, box=self.box(word.box)) for word in line.words)
            moved.append(replace(line, words=words, box=enclosing(word.box for word in words) if words else self.box(line.box)))
        return tuple(moved)

    def _turned(self, box: Box) -> tuple[Box, tuple[int, int]]:
        x0, y0, x1, y1 = box
        if self.rotation_deg == 90:
            return Box(self.height - y1, x0, self.height - y0, x1), (self.height, self.width)
        if self.rotation_deg == 180:
            return Box(self.width - x1, self.height - y1, self.width - x0, self.height - y0), (self.width, self.height)
        if self.rotation_deg == 270:
            return Box(y0, self.width - x1, y1, self.width - x0), (self.height, self.width)
        return box, (self.width, self.height)


def _leaning(box: Box, size: tuple[int, int], skew_deg: float) -> Box:
    """As `ocr.cleaning.turning.straighten` moves pixels."""
    width, height = size
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), -skew_deg, 1.0)
    cosine, sine = abs(matrix[0, 0]), abs(matrix[0, 1])
    new_width, new_height = round(height * sine + width * cosine), round(height * cosine + width * sine)
    matrix[0, 2] += (new_width - width) / 2
    matrix[1, 2] += (new_height - height) / 2
    corners = np.array([(x, y, 1.0) for x in (box.x0, box.x1) for y in (box.y0, box.y1)]) @ matrix.T
    x0, y0 = np.clip(np.floor(corners.min(axis=0)), 0, (new_width, new_height))
    x1, y1 = np.clip(np.ceil(corners.max(axis=0)), 0, (new_width, new_height))
    return Box(int(x0), int(y0), int(x1), int(y1))
