"""Whether seals and signatures are read as words that nobody printed.

In: printed pages with a closing block and, where `SOHOA_DATA` names them, the drawn pages. Out: a section of the results. Looked at
is the closing block: from the position of the signer down to the name, where signature and seal lie.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

from rapidfuzz import fuzz

from benchmarks.given_pages import GivenPage, given_pages
from benchmarks.plan import Plan
from benchmarks.printed_scans import Order, PrintedScan, on_upright_page, print_scans
from benchmarks.readers import OURS, TESSERACT, read_files, read_once
from benchmarks.report import Section, percent, table, target
from benchmarks.stray_words import PlacedWord, Region, stray_words
from benchmarks.tesseract_words import tesseract_words
from dossier.model import Line, Page
from sample_printer import RECIPES, PageTruth, PrintedPage, damage, print_document
from sample_printer.writing import write_document

NAME = "junk"

_SEED = 52_000
_PAGES_A_RECIPE = 3
_BESIDE_MM, _BELOW_MM, _TO_NAME_MM = 45.0, 4.0, 42.0
"""A seal is 35 mm wide and lies left of the middle; the name stands about so far below the position."""
_RIM_MM = 5.0
_SAME_LINE, _BAD_READING = 75.0, 55.0
_TARGET = 0.95


@dataclass(frozen=True, slots=True)
class _Found:
    """The stray words of a page's closing block."""

    reader: str
    group: str
    page: str
    stray: tuple[str, ...]


def measure(plan: Plan) -> Section:
    """Read the pages and look for words that are not printed."""
    with tempfile.TemporaryDirectory(prefix="sohoa-bench-") as name:
        orders = [Order(recipe, "closing", _SEED + number) for number in range(_PAGES_A_RECIPE) for recipe in RECIPES]
        found = list(_on_printed(print_scans(_press, plan.some(orders), Path(name), plan.jobs), plan))
    drawn = [page for page in given_pages(plan.data) if page.signature] if plan.data is not None else []
    blocks, unseen = _on_drawn(plan.some(drawn), plan)
    found += blocks
    ours = [each for each in found if each.reader == OURS]
    clean = mean(not each.stray for each in ours) if ours else 0.0
    claim = f"no stray word on at least {percent(_TARGET, 0)} % of pages ({percent(clean, 1)} %)"
    stray = [f"{each.page}: {' '.join(each.stray)}" for each in ours if each.stray]
    parts = [
        "Closing blocks with signature and seal. A word is stray when it stands where nothing is printed, no printed word is left "
        "that it could be a reading of (half of the letters alike), and it is no word of the seal. The blocks of printed pages are "
        "known to the millimetre, those of drawn pages are found by what was read of them.",
        table(("reader", "pages", "without stray words", "%", "stray words"), list(_rows(found))),
        target(claim, reached=clean >= _TARGET),
        *([f"Drawn pages whose closing block was not found: {', '.join(unseen)}."] if unseen else []),
        *(["Ours:", "\n".join(f"- {line}" for line in stray)] if stray else []),
        *plan.notes,
    ]
    return Section(NAME, "Words read in seals and signatures", "\n\n".join(parts))


def _press(order: Order, rng: random.Random) -> PrintedPage:
    """The page with the closing block."""
    pages = print_document(write_document(rng, paragraphs=rng.randint(3, 7)), rng=rng, dpi=order.dpi)
    signed = next((page for page in reversed(pages) if page.truth.optional), pages[-1])  # one in ten bears no seal
    return damage(signed, RECIPES[order.kind], rng)


def _on_printed(scans: Sequence[PrintedScan], plan: Plan) -> Iterator[_Found]:
    paths = [scan.path for scan in scans]
    with ThreadPoolExecutor(plan.jobs) as threads:
        others = list(threads.map(tesseract_words, paths))
    for scan, text, (words, _) in zip(scans, read_files(OURS, paths, plan.jobs), others, strict=True):
        truth, name = scan.truth, scan.path.stem
        straight = [PlacedWord(word.text, *on_upright_page(truth, word.x, word.y)) for word in words]
        read = _words(text.read[0].lines, truth.dpi / text.read[0].dpi) if text.read else []
        block, printed = _printed_block(truth)
        lines = [_grown(line.box, truth.dpi / 25.4) for line in truth.lines]
        for reader, seen in ((OURS, read), (TESSERACT, straight)):
            inside = [word.text for word in seen if block.holds(word) and not any(line.holds(word) for line in lines)]
            yield _Found(reader, "printed", name, tuple(stray_words(inside, printed, truth.optional)))


def _printed_block(truth: PageTruth) -> tuple[Region, list[str]]:
    """The block of the last signature, and the lines that reach into it: the name is the last line in the right half."""
    right = [line for line in truth.lines if (line.box[0] + line.box[2]) / 2 > truth.width / 2 and line.box[0] > 0.4 * truth.width]
    last = max(right, key=lambda line: line.box[3])
    millimetre = truth.dpi / 25.4
    middle = (last.box[0] + last.box[2]) / 2
    block = Region(
        left=middle - _BESIDE_MM * millimetre,
        top=last.box[1] - _TO_NAME_MM * millimetre,
        right=middle + _BESIDE_MM * millimetre,
        bottom=last.box[3] + _BELOW_MM * millimetre,
    )
    rim = _RIM_MM * millimetre
    return block, [line.text for line in truth.lines if _reaches(line.box, block, rim)]


def _grown(box: tuple[int, int, int, int], millimetre: float) -> Region:
    """Where a word that was read is a reading of this printed line, good or bad."""
    return Region(box[0] - 2 * millimetre, box[1] - millimetre, box[2] + 2 * millimetre, box[3] + millimetre)


def _reaches(box: tuple[int, int, int, int], block: Region, rim: float) -> bool:
    """Whether a printed line reaches into a block, or so near to it that skew left in the reading may put its words there."""
    across = box[2] > block.left - rim and box[0] < block.right + rim
    return across and box[3] > block.top - rim and box[1] < block.bottom + rim


def _on_drawn(pages: Sequence[GivenPage], plan: Plan) -> tuple[list[_Found], list[str]]:
    """Ours only; also the names of the pages on which nothing of the signature block was read."""
    found, unseen = [], []
    for page, text in zip(pages, read_once(OURS, [page.path for page in pages], plan.jobs), strict=True):
        read = text.read[0] if text.read else None
        block = _drawn_block(page, read) if read else None
        if read is None or block is None:
            unseen.append(page.path.stem)
            continue
        lines = [line for line in read.lines if not _reads(line.text, page.closing)]
        inside = [word.text for word in _words(lines, 1.0) if block.holds(word)]
        found.append(
            _Found(OURS, f"given, {page.set_name}", page.path.stem, tuple(stray_words(inside, page.closing, page.optional)))
        )
    return found, unseen


def _reads(text: str, printed: Sequence[str]) -> bool:
    """Whether a line is a reading of a printed line, with no word more: a bad reading is an error and no junk."""
    words = len(text.split())
    return any(words <= len(line.split()) and fuzz.ratio(text, line) >= _BAD_READING for line in printed)


def _drawn_block(page: GivenPage, read: Page) -> Region | None:
    """From the first line of the signature block that was read to the last; where the name was not, as far as names stand."""
    places = {}
    for line in read.lines:
        for number, printed in enumerate(page.signature):
            if fuzz.ratio(line.text, printed) >= _SAME_LINE:
                places[number] = line.box
    if not places:
        return None
    millimetre = read.dpi / 25.4
    middle = mean(box.centre[0] for box in places.values())
    top, bottom = min(box.y0 for box in places.values()), max(box.y1 for box in places.values())
    if len(page.signature) - 1 not in places:
        bottom = round(top + _TO_NAME_MM * millimetre)
    return Region(middle - _BESIDE_MM * millimetre, top, middle + _BESIDE_MM * millimetre, bottom + _BELOW_MM * millimetre)


def _words(lines: Sequence[Line], scale: float) -> list[PlacedWord]:
    return [PlacedWord(word.text, *(scale * value for value in word.box.centre)) for line in lines for word in line.words]


def _rows(found: Sequence[_Found]) -> Iterator[list[str]]:
    """A row for every reader and group, and one for all of ours."""
    groups = list(dict.fromkeys((each.reader, each.group) for each in found))
    for reader, group in [*groups, (OURS, "")]:
        some = [each for each in found if each.reader == reader and group in ("", each.group)]
        clean = sum(not each.stray for each in some)
        stray = sum(len(each.stray) for each in some)
        name = f"{reader}: {group or 'all'}"
        yield [name, str(len(some)), str(clean), percent(clean / max(1, len(some)), 1), str(stray)]
