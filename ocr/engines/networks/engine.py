"""The reader made of networks: lines are found, cut out, read, decoded and put in reading order.

In: an upright grey page. Out: lines of words; for the fused reader also what the recogniser saw in each line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from dossier.model import Box, Line, Word, enclosing
from ocr.engines.engine import Layout
from ocr.engines.line_place import Arrange, LinePlace
from ocr.engines.networks.alternatives import Alternatives, ReadWord
from ocr.engines.networks.detection import LineDetector
from ocr.engines.networks.greedy import Decoder
from ocr.engines.networks.models import PACKAGE
from ocr.engines.networks.order import ReadingOrder
from ocr.engines.networks.recogniser import Recogniser
from ocr.intake.rendering import Pixels

_HALF_LETTER = 0.3
"""A letter reaches so far left and right of the step that tells it, in heights of its line."""


@dataclass(frozen=True, slots=True)
class LineReading:
    """A line that was read: where it stands, what was seen and which words were chosen."""

    place: LinePlace
    alternatives: Alternatives
    words: tuple[ReadWord, ...]

    @property
    def text(self) -> str:
        """The words with single spaces between."""
        return " ".join(word.text for word in self.words)

    def as_line(self) -> Line:
        """The line with a box for every word."""
        return Line(box=self.place.box, words=tuple(self._placed()), cell=self.place.cell)

    def _placed(self) -> Sequence[Word]:
        edges = _edges(self.place.box, self.alternatives, self.words)
        return [
            Word(text=word.text, box=self._box(left, right), confidence=word.confidence)
            for word, (left, right) in zip(self.words, edges, strict=True)
        ]

    def _box(self, left: int, right: int) -> Box:
        """The box between two columns, moved with the line's bend."""
        box, bend = self.place.box, self.place.bend
        drop = round(bend.at((left + right) / 2)) if bend else 0
        return Box(left, max(0, box.y0 + drop), right, max(1, box.y1 + drop))


class TrueOcr:
    """The networks with one decoder, loaded once a worker process."""

    name = "trueocr"
    wants_strokes = False

    def __init__(self, decoder: Decoder) -> None:
        """Load the networks.

        Raises:
            MissingTool: they are not installed, or not the files that were tested (`ChangedModel`).
        """
        self._decoder = decoder
        self._detector, self._recogniser, self._order = LineDetector(), Recogniser(), ReadingOrder()
        try:
            self.version = f"{version(PACKAGE)}+onnxruntime-{version('onnxruntime')}"
        except PackageNotFoundError:
            self.version = "?"
        digests = (self._detector.digest, self._recogniser.digest, self._order.digest)
        self.model = "+".join([*(digest[:8] for digest in digests), decoder.name])

    def read(self, grey: Pixels, *, dpi: int, layout: Layout = "page", arrange: Arrange | None = None) -> tuple[Line, ...]:
        """See `Engine.read`."""
        del layout  # lines are found one by one, whatever stands around them
        return tuple(reading.as_line() for reading in self.read_lines(grey, dpi=dpi, arrange=arrange))

    def read_lines(self, grey: Pixels, *, dpi: int, arrange: Arrange | None = None) -> list[LineReading]:
        """Lines with at least one word, in reading order."""
        places: Sequence[LinePlace] = self._detector.find(grey, dpi=dpi)
        if arrange is not None:
            places = arrange(places)
        seen = self._recogniser.read(grey, places)
        readings = [
            LineReading(place, alternatives, words)
            for place, alternatives in zip(places, seen, strict=True)
            if (words := self._decoder.decode(alternatives))
        ]
        size = (grey.shape[1], grey.shape[0])
        return [readings[index] for index in _in_order(readings, self._order, size)]


def _in_order(readings: Sequence[LineReading], order: ReadingOrder, size: tuple[int, int]) -> list[int]:
    """Reading order of lines; the lines of a ruled table count as one, in the order that they came in."""
    tables: dict[int, list[int]] = {}
    units: list[list[int]] = []
    for index, reading in enumerate(readings):
        cell = reading.place.cell
        if cell is None:
            units.append([index])
        elif cell.table in tables:
            tables[cell.table].append(index)
        else:
            units.append(tables.setdefault(cell.table, [index]))
    boxes = [enclosing(readings[index].place.box for index in unit) for unit in units]
    texts = [readings[unit[0]].text if len(unit) == 1 else "" for unit in units]
    return [index for unit in order.sort(boxes, texts, size) for index in units[unit]]


def _edges(box: Box, seen: Alternatives, words: Sequence[ReadWord]) -> list[tuple[int, int]]:
    """Left and right of every word on the page, none over its neighbour."""
    reach = _HALF_LETTER * box.height
    spans = [(seen.x_of(word.first_step + 0.5) - reach, seen.x_of(word.last_step + 0.5) + reach) for word in words]
    for place in range(1, len(spans)):
        (left, end), (start, right) = spans[place - 1], spans[place]
        if start < end:
            spans[place - 1], spans[place] = (left, (start + end) / 2), ((start + end) / 2, right)
    edges = []
    for left, right in spans:
        inner = min(max(round(left), box.x0), box.x1)
        edges.append((inner, max(inner, min(round(right), box.x1))))
    return edges
