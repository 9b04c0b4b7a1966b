"""Administrative units with their time: what a place was called, when, and what it is today.

In: names as printed ("xã Đông Hòa, huyện An Minh, tỉnh Kiên Giang"), a day. Out: units and their successors. The data is
`units.tsv`, built by `scripts/build_catalogues.py`; NQ 202/2025/QH15 merged the provinces, Luật 72/2025/QH15 ended the districts.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from dossier.text import exact_key, fold

UNITS_FILE = Path(__file__).with_name("units.tsv")

COLUMNS = ("id", "level", "name", "key", "parent", "valid_from", "valid_to", "successors")
"""Columns of the file: ids are `<code system>:<code>`, `key` the folded name without its type, days ISO of any precision ("" open),
successors by spaces, default first."""


class Level(StrEnum):
    """Level of a unit: tỉnh, huyện (until 30/06/2025), xã."""

    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"


@dataclass(frozen=True, slots=True)
class AdminUnit:
    """Đơn vị hành chính.

    Attributes:
        id: code system and code ("gso2025:92"); the same code names other units in other systems.
        name: with its type ("Thành phố Cần Thơ"). parent: id of the unit above, "" for a province.
        valid_from, valid_to: ISO, of day or year precision; "" where open or unknown.
        successors: ids of what came after it, the one with its seat first; empty for a unit of today.
    """

    id: str
    level: Level
    name: str
    parent: str
    valid_from: str
    valid_to: str
    successors: tuple[str, ...]

    def stood_on(self, day: str) -> bool:
        """Tell whether the unit can have existed on a day (ISO, any precision)."""
        return not (self.valid_from and day < self.valid_from[: len(day)]) and not (
            self.valid_to and day[: len(self.valid_to)] > self.valid_to[: len(day)]
        )


_TYPES = (
    "thành phố", "tỉnh", "quận", "huyện", "thị xã", "thị trấn", "phường", "xã", "đặc khu",
    "tp", "tx", "tt", "t", "q", "h", "p", "x",
)  # fmt: skip
_TYPE = re.compile(rf"^(?:{'|'.join(fold(name) for name in _TYPES)})[.\s]+(?=\S)")
_LEVELS = {
    **dict.fromkeys(("tinh", "t"), (Level.PROVINCE,)),
    **dict.fromkeys(("thanh pho", "tp"), (Level.PROVINCE, Level.DISTRICT)),
    **dict.fromkeys(("quan", "huyen", "thi xa", "q", "h", "tx"), (Level.DISTRICT,)),
    **dict.fromkeys(("phuong", "xa", "thi tran", "dac khu", "p", "x", "tt"), (Level.COMMUNE,)),
}
_SPELLINGS = {"dak lac": "dak lak", "dac lac": "dak lak", "dac lak": "dak lak", "bac can": "bac kan", "kontum": "kon tum"}
"""Folded spellings of province names that old papers use (facts of the gazetteers: Đắc Lắc, Bắc Cạn, Kontum)."""
_APART = re.compile(
    r"\s*[,;–]\s*|\s+-\s+(?=(?:tinh|thanh pho|tp|huyen|quan|thi xa)\b)"
    r"|\s+(?=(?:tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn)\s)(?<!thị )",
    re.IGNORECASE,
)


def name_key(name: str) -> str:
    """Form in which names are compared: lower case, marks kept, one style of tone placement, single spaces."""
    return " ".join(exact_key(word) for word in re.sub(r"\s*-\s*", " - ", name).split())


def bare_name(folded: str) -> tuple[str, tuple[Level, ...]]:
    """A folded name without its type, and the levels that the type can stand for."""
    folded = " ".join(folded.split())
    match = _TYPE.match(folded)
    if match is None:
        return _SPELLINGS.get(folded, folded), tuple(Level)
    bare = folded[match.end() :]
    return _SPELLINGS.get(bare, bare), _LEVELS[match.group().strip(" .")]


class Gazetteer:
    """All units by id and by name. Load it once: `gazetteer()`."""

    def __init__(self, units: Iterable[tuple[str, AdminUnit]]) -> None:
        """Index units by id, by the folded name that comes with each, and by predecessor."""
        self._units: dict[str, AdminUnit] = {}
        self._named: dict[str, list[AdminUnit]] = defaultdict(list)
        self._before: dict[str, list[AdminUnit]] = defaultdict(list)
        for key, unit in units:
            self._units[unit.id] = unit
            self._named[key].append(unit)
            for successor in unit.successors:
                self._before[successor].append(unit)

    def __len__(self) -> int:
        """Number of units."""
        return len(self._units)

    def __iter__(self) -> Iterator[AdminUnit]:
        """All units, in the order of the file."""
        return iter(self._units.values())

    def unit(self, identifier: str) -> AdminUnit:
        """The unit with that id.

        Raises:
            KeyError: when there is none.
        """
        return self._units[identifier]

    def named(self, name: str, *, day: str | None = None, within: AdminUnit | None = None) -> tuple[AdminUnit, ...]:
        """Units of that name: with or without its type, marks optional; those whose marks agree win over the others.

        Args:
            name: as printed ("phường Lái Hiếu", "Hậu Giang", "TP. Cần Thơ").
            day: ISO; only units that stood then.
            within: only units below this one, at any depth and in any time of it.
        """
        bare, levels = bare_name(fold(name).strip(" .,;:"))
        found = [unit for unit in self._named.get(bare, ()) if unit.level in levels]
        if day is not None:
            found = [unit for unit in found if unit.stood_on(day)]
        if within is not None:
            found = [unit for unit in found if self._is_below(unit, within)]
        wanted = name_key(name).strip(" .,;:")
        exact = [unit for unit in found if name_key(unit.name).endswith(wanted) or wanted.endswith(name_key(unit.name))]
        return tuple(exact or found)

    def place(self, text: str, *, day: str | None = None) -> AdminUnit | None:
        """The one unit that a place text names, smallest first ("xã Đông Hòa, huyện An Minh, tỉnh Kiên Giang").

        None when the text leaves several possible: a wrong place is worse than none.
        """
        parts = [part for part in _APART.split(text) if part and part.strip()]
        candidates: Sequence[AdminUnit] = ()
        for part in reversed(parts):
            if not candidates:
                candidates = self.named(part, day=day)
                continue
            below = [unit for above in candidates for unit in self.named(part, day=day, within=above)]
            if not below:
                return None
            candidates = below
        return self._settled({unit.id: unit for unit in candidates}.values())

    def _settled(self, units: Iterable[AdminUnit]) -> AdminUnit | None:
        """A name without its type means the largest unit of that name; of one line through time, the latest unit."""
        units = list(units)
        largest = next((level for level in Level if any(unit.level is level for unit in units)), None)
        chosen = [unit for unit in units if unit.level is largest]
        lines = {tuple(sorted(now.id for now in self.today(unit))) for unit in chosen}
        return max(chosen, key=lambda unit: (not unit.valid_to, unit.valid_to)) if len(lines) == 1 else None

    def today(self, unit: AdminUnit) -> tuple[AdminUnit, ...]:
        """What a unit is today: itself, its successor, or several where it was split (the one with its seat first)."""
        if not unit.successors:
            return (unit,)
        found: dict[str, AdminUnit] = {}
        for successor in unit.successors:
            found |= {now.id: now for now in self.today(self._units[successor])}
        return tuple(found.values())

    def before(self, unit: AdminUnit) -> tuple[AdminUnit, ...]:
        """Every unit that went into this one, at any time."""
        found: dict[str, AdminUnit] = {}
        for former in self._before.get(unit.id, ()):
            found[former.id] = former
            found |= {earlier.id: earlier for earlier in self.before(former)}
        return tuple(found.values())

    def above(self, unit: AdminUnit) -> tuple[AdminUnit, ...]:
        """The units that contain this one, nearest first."""
        if not unit.parent:
            return ()
        parent = self._units[unit.parent]
        return (parent, *self.above(parent))

    def _is_below(self, unit: AdminUnit, other: AdminUnit) -> bool:
        same = {other.id, *(now.id for now in self.today(other))} if other.level is Level.PROVINCE else {other.id}
        return any(above.id in same or not same.isdisjoint(above.successors) for above in self.above(unit))


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """The catalogue that comes with the program, read once a process."""
    with UNITS_FILE.open(encoding="utf-8") as file:
        head = file.readline().rstrip("\n").split("\t")
        if tuple(head) != COLUMNS:
            raise ValueError(f"{UNITS_FILE.name} has the columns {head}")
        levels = {level.value: level for level in Level}
        rows = (line.rstrip("\n").split("\t") for line in file)
        return Gazetteer(
            (key, AdminUnit(identifier, levels[level], name, parent, begun, ended, tuple(heirs.split())))
            for identifier, level, name, key, parent, begun, ended, heirs in rows
        )
