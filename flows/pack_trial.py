"""Tries data packs on scans whose fields are known.

In: a folder of scans, beside each `<file name>.expected.yaml` (pack, paper, fields); packs; a reader of pages. Out: a trial a
scan: what was recognised, and every field beside what it should be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from dossier.errors import BadFacts, NotFound
from dossier.model import Found, Page, Record
from dossier.text import normalise
from metadata import packs as data_packs

EXPECTED = ".expected.yaml"


@dataclass(frozen=True, slots=True)
class FieldTrial:
    """A field as it should be, and as it was read."""

    name: str
    expected: str
    found: Found | None

    @property
    def right(self) -> bool:
        """Whether the value is the expected one, letter by letter."""
        return self.found is not None and normalise(self.found.value) == normalise(self.expected)


@dataclass(frozen=True, slots=True)
class PaperTrial:
    """One scan: the pack and paper that it should be, what it was taken for, its fields."""

    file: Path
    pack: str
    paper: str
    record: Record | None
    fields: tuple[FieldTrial, ...]

    @property
    def recognised(self) -> bool:
        """Whether it was taken for what it is."""
        return self.record is not None and (self.record.pack, self.record.paper) == (self.pack, self.paper)


def try_packs(
    folder: Path, packs: Sequence[data_packs.Pack], read: Callable[[Path], Sequence[Page]], *, only: str | None = None
) -> Iterator[PaperTrial]:
    """Read every scan of a folder that says what is on it.

    Args:
        folder: scans with their `.expected.yaml`, also in sub-folders.
        packs: all packs; papers compete as they do in a batch.
        read: gives the pages of a scan.
        only: try only scans of the pack of this id.

    Raises:
        BadFacts: an `.expected.yaml` that cannot be used.
        NotFound: a scan that an `.expected.yaml` lies beside is not there.
    """
    for path in sorted(folder.rglob(f"*{EXPECTED}")):
        pack, paper, fields = _expected(path)
        if only is not None and pack != only:
            continue
        scan = path.with_name(path.name.removesuffix(EXPECTED))
        if not scan.is_file():
            raise NotFound(what="file", id=str(scan))
        record = data_packs.record_of_pages(read(scan), packs)
        known = record if record is not None and (record.pack, record.paper) == (pack, paper) else None
        trials = (FieldTrial(name, value, known.fields.get(name) if known else None) for name, value in fields.items())
        yield PaperTrial(scan, pack, paper, record, tuple(trials))


def _expected(path: Path) -> tuple[str, str, dict[str, str]]:
    try:
        content = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
        return str(content["pack"]), str(content["paper"]), {str(name): str(value) for name, value in content["fields"].items()}
    except (YAMLError, TypeError, KeyError, AttributeError, UnicodeDecodeError) as error:
        raise BadFacts(file=path.name, line=1, key="fields", problem="pack.no_expectation") from error
