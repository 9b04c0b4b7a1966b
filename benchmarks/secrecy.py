"""Whether marks of secrecy stop their pages and nothing else does: stamped pages and ordinary ones at four levels of wear.

In: pages that `sample_printer` prints, read by our reader. Out: a section of the results. What was read is kept in the system's
folder for temporary files, under the digest of the code that printed and read it: a run that was broken off goes on where it was.
"""

from __future__ import annotations

import hashlib
import random
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PIL import Image

from benchmarks.plan import Plan
from benchmarks.readers import our_reader
from benchmarks.report import Section, percent, table, target
from benchmarks.workers import in_workers
from dossier.codec import decode, encode
from dossier.model import Page, PageScan
from metadata import secrecy_mark
from ocr import open_scan, read_page
from ocr.reading import provenance
from sample_printer import RECIPES, damage
from sample_printer.lookalike_pages import ordinary_page
from sample_printer.secrecy_stamps import secret_page

NAME = "secrecy"
LEVELS: Mapping[str, tuple[tuple[str, ...], tuple[int, ...]]] = {
    "L0": (("clean",), (150, 200, 300)),
    "L1": (("office",), (150, 200, 300)),
    "L2": (("photocopy", "bilevel"), (150, 200, 200)),
    "L3": (("poor-photocopy", "old-paper"), (150, 200, 150)),
}
"""Levels of wear: recipes, and resolutions of the scanner."""

_SECRET, _ORDINARY = 200, 2000
_MOST_FALSE = 0.01
_ROOT = Path(__file__).parents[1]
_CODE = ("sample_printer", "ocr")


@dataclass(frozen=True, slots=True)
class Case:
    """One page to print: its number decides everything but whether it is secret."""

    number: int
    secret: bool

    @property
    def level(self) -> str:
        """Its level of wear: in turn."""
        return list(LEVELS)[self.number % len(LEVELS)]

    @property
    def name(self) -> str:
        """Unique among all."""
        return f"{'secret' if self.secret else 'ordinary'}-{self.number}"


@dataclass(frozen=True, slots=True)
class Judged:
    """A page as it was printed, and the level of its mark as it was found."""

    case: Case
    told: str
    words: str
    found: str | None


@dataclass(frozen=True, slots=True)
class _Kept:
    """What is kept of a page for the next run."""

    told: str
    words: str
    page: Page


def measure(plan: Plan) -> Section:
    """Print, read and judge all pages."""
    secret = plan.some([Case(number, secret=True) for number in range(_SECRET)])
    others = plan.some([Case(number, secret=False) for number in range(_ORDINARY)])
    judged = judge_pages([*secret, *others], pages_folder(), plan.jobs)
    marked, plain = (_only(judged, secret=secret) for secret in (True, False))
    missed, wrong = [each for each in marked if each.found is None], [each for each in plain if each.found is not None]
    share = len(wrong) / max(1, len(plain))
    level_right = sum(each.found == each.words for each in marked)
    parts = [
        f"{len(marked)} pages with a stamp MẬT, TỐI MẬT or TUYỆT MẬT (under the number, at the head, in a corner, in margins, at "
        f"the foot, in and over the text, on empty backs; red, violet, black; with and without frame) and {len(plain)} ordinary "
        "ones: headings such as MẬT ONG, papers about state secrets, other stamps, seals, forms, tables. L0 as printed, L1 office "
        "scanner, L2 photocopy or one bit, L3 poor photocopy or old paper; 150 to 300 dpi.",
        table(("level", "secret", "let through", "ordinary", "stopped", "%"), [_row(level, judged) for level in (*LEVELS, "all")]),
        target(f"no secret page let through ({len(missed)})", reached=not missed),
        target(f"at most {percent(_MOST_FALSE, 0)} % of ordinary pages stopped ({percent(share)} %)", reached=share <= _MOST_FALSE),
        f"The level of the mark was right on {level_right} of {len(marked)}.",
        *_listed("Let through", missed),
        *_listed("Stopped for nothing", wrong),
        *(["Quick run: a part of the pages, numbers are rough."] if plan.quick else []),
    ]
    return Section(NAME, "Marks of secrecy", "\n\n".join(parts))


def judge_pages(cases: Sequence[Case], folder: Path, jobs: int) -> list[Judged]:
    """Print and read pages that are not in the folder yet, and judge all."""
    return in_workers(partial(judge_page, folder), cases, jobs)


def pages_folder() -> Path:
    """Where pages read with this code and these settings are kept."""
    _, reader = our_reader()
    digest = hashlib.sha256(encode(provenance(reader)))
    for path in sorted(path for name in _CODE for path in (_ROOT / name).rglob("*") if path.is_file() and path.suffix != ".pyc"):
        digest.update(path.read_bytes())
    folder = Path(tempfile.gettempdir()) / f"sohoa-secrecy-{digest.hexdigest()[:16]}"
    folder.mkdir(exist_ok=True)
    return folder


def _only(judged: Sequence[Judged], *, secret: bool, level: str = "all") -> list[Judged]:
    return [each for each in judged if each.case.secret is secret and level in ("all", each.case.level)]


def _row(level: str, judged: Sequence[Judged]) -> list[str]:
    marked, plain = (_only(judged, secret=secret, level=level) for secret in (True, False))
    missed, wrong = sum(each.found is None for each in marked), sum(each.found is not None for each in plain)
    return [level, *map(str, (len(marked), missed, len(plain), wrong)), percent(wrong / max(1, len(plain)))]


def _listed(title: str, judged: Sequence[Judged]) -> list[str]:
    rows = [f"- {each.case.name}: {each.told}" + (f": {each.found}" if each.found else "") for each in judged]
    return ["\n".join((f"{title}:\n", *rows))] if rows else []


def judge_page(folder: Path, case: Case) -> Judged:
    """Print and read a page unless the folder has it, and judge it."""
    path = folder / f"{case.name}.json"
    if not path.exists():
        kept = _read(folder, case)
        written = path.with_suffix(".part")
        written.write_bytes(encode(kept))
        written.replace(path)
    else:
        kept = decode(_Kept, path.read_bytes())
    mark = secrecy_mark(kept.page)
    return Judged(case, kept.told, kept.words, mark.value if mark else None)


def _read(folder: Path, case: Case) -> _Kept:
    settings, reader = our_reader()
    rng = random.Random(f"bench/secrecy/{case.name}")
    recipes, resolutions = LEVELS[case.level]
    dpi, recipe = rng.choice(resolutions), rng.choice(recipes)
    if case.secret:
        page, stamp = secret_page(rng, dpi=dpi)
        told, words = str(stamp), stamp.words.capitalize()
    else:
        (page, told), words = ordinary_page(rng, dpi=dpi), ""
    path = folder / f"{case.name}.png"
    Image.fromarray(damage(page, RECIPES[recipe], rng).image).save(path, dpi=(dpi, dpi), compress_level=1)
    scan = open_scan(path, settings.intake)
    read = read_page(PageScan(scan.path, scan.sha256, scan.format, 1), reader).page
    path.unlink()
    return _Kept(f"{told}, {recipe}, {dpi} dpi", words, read)
