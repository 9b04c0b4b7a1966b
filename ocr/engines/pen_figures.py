"""Figures that clerks wrote by pen into the head of a paper are read again by a network that knows hands.

In: lines of a page, whoever read them, and the grey page. Out: the same lines; where the second reading of a slot ("Số: … /",
"ngày … tháng … năm", "Số: …" and "Ngày: …" of a stamp of arrival) is the better one, it stands in its place. The weights were
fitted by `scripts/fit_pen_figures.py`, which says on what.
"""

from __future__ import annotations

import json
import math
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from dossier.model import Box, Line
from ocr.engines.networks.pen_reader import PenReader, PenReading
from ocr.engines.networks.pen_window import pen_window
from ocr.engines.pen_slots import Slot, SlotKind, slots_of, with_figures
from ocr.engines.second_reading import log_odds, logistic
from ocr.intake.rendering import Pixels

WEIGHTS_FILE = Path(__file__).with_name("pen_figures.json")
MOST_SLOTS = 12
"""Slots of a page that are read again; a head has three, a sheet of cited papers a few more."""
LEAST_BETTER, SURE = 0.8, 0.999
"""How probably better the second reading must be; how sure of figures that can stand there the first must be to count in any case.
Both keep print as it was read, in typefaces too that the pen reader does not know."""
_MOST = {SlotKind.NUMBER: 99_999, SlotKind.STAMPED: 99_999, SlotKind.DAY: 31, SlotKind.MONTH: 12}
_NUMBERS = (SlotKind.NUMBER, SlotKind.STAMPED)
_DATE = re.compile(r"(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?:19|20)?\d\d")
_CUTS = ((0.0, 0.0), (-0.15, 0.12), (0.1, -0.08))
"""Cuts of a slot: where they begin and how much they see above and below, in heights of its line."""
_FLOOR = -12.0
"""Logarithm of the probability below which readings are equally unlikely."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Logistic regressions over `features`; the last weight of each is the constant.

    Attributes:
        better: that the pen reader is right where it differs.
        decided: that figures which it put in place are right.
    """

    better: tuple[float, ...]
    decided: tuple[float, ...]


def load_weights() -> Weights:
    """The weights that ship with the program."""
    known = json.loads(WEIGHTS_FILE.read_text(encoding="utf-8"))
    return Weights(*(tuple(map(float, known[name])) for name in ("better", "decided")))


class PenFigures:
    """The reader and what it was found to be worth; one a worker process."""

    name = "pen-figures"

    def __init__(self) -> None:
        """Load network and weights.

        Raises:
            MissingTool: the network is not there.
            ChangedModel: it is not the file that was tested.
        """
        self._reader, self._weights = PenReader(), load_weights()

    def read_again(self, lines: Sequence[Line], grey: Pixels) -> tuple[Line, ...]:
        """The lines with better figures in their slots."""
        changed = list(lines)
        slots = list(slots_of(lines, height=grey.shape[0]))[:MOST_SLOTS]
        # From right to left: a slot may give way to fewer letters, and those before it must keep their places.
        for slot, readings in sorted(zip(slots, self.readings(slots, grey), strict=True), key=lambda each: -each[0].start):
            if chosen := self._chosen(slot, readings):
                changed[slot.line] = with_figures(changed[slot.line], slot, *chosen)
        return tuple(changed)

    def readings(self, slots: Sequence[Slot], grey: Pixels) -> list[tuple[PenReading, ...]]:
        """What the network sees in each slot, as far as it can stand there."""
        return read_slots(self._reader, slots, grey)

    def _chosen(self, slot: Slot, readings: tuple[PenReading, ...]) -> tuple[str, float] | None:
        if not readings or same_figures(slot.kind, slot.figures, readings[0].text):
            return None
        if not is_better(slot, readings, self._weights):
            return None
        return readings[0].text, logistic(self._weights.decided, features(slot, readings))


def open_pen_figures() -> PenFigures | None:
    """The reader of pen-written figures, or None where networks cannot run at all (Tesseract reads alone there).

    Raises:
        MissingTool: the network is not there.
        ChangedModel: it is not the file that was tested.
    """
    return PenFigures() if find_spec("onnxruntime") else None


def read_slots(reader: PenReader, slots: Sequence[Slot], grey: Pixels) -> list[tuple[PenReading, ...]]:
    """What the network sees in each slot, as far as it can stand there.

    Every slot is looked at in several cuts: where a line begins and ends is known roughly only, and what is read in all of them is
    likelier than what one cut shows.
    """
    read = []
    for slot in slots:
        cuts = reader.read([pen_window(grey, box) for box in _cuts(slot.box)])
        read.append(together([possible(slot.kind, readings, least=slot.least) for readings in cuts]))
    return read


def together(cuts: Sequence[Sequence[PenReading]]) -> tuple[PenReading, ...]:
    """Readings of several cuts, the mean of their logarithms; one that a cut does not show is as unlikely there as can be."""
    known = [{reading.text: reading.log_probability for reading in readings} for readings in cuts]
    texts = {text for each in known for text in each}
    means = {text: sum(max(each.get(text, _FLOOR), _FLOOR) for each in known) / len(known) for text in texts}
    return tuple(PenReading(text, mean) for text, mean in sorted(means.items(), key=lambda each: (-each[1], each[0])))


def _cuts(box: Box) -> Iterator[Box]:
    """The box, and what is left and right of it a bit more and less, seen nearer and farther."""
    for left, around in _CUTS:
        up = round(around * box.height)
        yield Box(max(0, round(box.x0 + left * box.height)), max(0, box.y0 - up), box.x1, box.y1 + up)


def possible(kind: SlotKind, readings: Sequence[PenReading], *, least: int = 1) -> tuple[PenReading, ...]:
    """Readings that are figures of this kind, `least` many, likeliest first; those that differ only behind the figures are one."""
    chances: dict[str, float] = defaultdict(float)
    for reading in readings:
        figures = reading.text if kind is SlotKind.DATE else reading.text.partition("/")[0]
        if len(figures) >= least and allowed(kind, figures):
            chances[figures] += math.exp(reading.log_probability)
    ordered = sorted(chances.items(), key=lambda each: -each[1])
    return tuple(PenReading(figures, math.log(max(chance, 1e-300))) for figures, chance in ordered)


def allowed(kind: SlotKind, figures: str) -> bool:
    """Whether a paper can bear these figures there."""
    if kind is SlotKind.DATE:
        date = _DATE.fullmatch(figures)
        return date is not None and allowed(SlotKind.DAY, date["day"]) and allowed(SlotKind.MONTH, date["month"])
    return figures.isdigit() and 1 <= int(figures) <= _MOST[kind] and (kind in _NUMBERS or len(figures) <= len("31"))


def same_figures(kind: SlotKind, first: str, second: str) -> bool:
    """Equal figures; a zero before a day or month says nothing."""
    if first == second or kind in _NUMBERS:
        return first == second
    parts = [figures.split("/") for figures in (first, second)]
    return all(part.isdigit() for own in parts for part in own) and list(map(int, parts[0])) == list(map(int, parts[1]))


def is_better(slot: Slot, readings: Sequence[PenReading], weights: Weights) -> bool:
    """Whether the pen reader's first reading, which differs, counts."""
    if slot.confidence >= SURE and allowed(slot.kind, slot.figures):
        return False
    return logistic(weights.better, features(slot, readings)) > LEAST_BETTER


def features(slot: Slot, readings: Sequence[PenReading]) -> tuple[float, ...]:
    """What tells whether the pen reader's first reading is better than what was read in the slot."""
    valid = allowed(slot.kind, slot.figures)
    own = [reading.log_probability for reading in readings if same_figures(slot.kind, slot.figures, reading.text)]
    best = max(readings[0].log_probability, _FLOOR)
    other = max((reading.log_probability for reading in readings[1:]), default=_FLOOR)
    return (
        log_odds(slot.confidence) if valid else 0.0,
        float(not valid),
        log_odds(math.exp(best)),
        max(own[0] if own and valid else _FLOOR, _FLOOR) - best,
        max(other, _FLOOR) - best,
        float(slot.kind in _NUMBERS),
    )
