"""How well the fields of documents are found, beside regular expressions over plain text, and how far their confidence holds.

In: documents printed with seeds on which nothing was fitted and, where `SOHOA_DATA` names them, the given scans, page by page.
Out: a section.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.field_rates import NAMES, Fields, Tally, compare_fields, plain, sum_up
from benchmarks.given_fields import REAL, given_fields
from benchmarks.plain_rules import fields_of_text
from benchmarks.plan import Plan
from benchmarks.printed_documents import print_documents
from benchmarks.readers import OURS, TESSERACT, FileText, fields_of, read_once
from benchmarks.reliability import JudgedWord, bins, calibration_error
from benchmarks.report import Section, percent, table, target
from dossier.model import Document, single_fields
from dossier.text import exact_key
from metadata import find_documents

NAME = "fields"

_FIRST_SEED, _DOCUMENTS = 50_000, 48
_RULES = "regular expressions"
_LEAST_F1 = {
    "clean": 0.96,
    "office": 0.96,
    "photocopy": 0.90,
    "old": 0.90,
    "L0": 0.96,
    "L1": 0.96,
    "L2": 0.90,
    "L3": 0.90,
    REAL: 0.93,
}
_LEAST_LENIENT = 0.97
_CERTAIN, _MUST_BE_CERTAIN = ("codeNumber", "codeNotation", "issuedDate"), {"clean", "office", "L0", "L1", REAL}
_LEAST_CERTAIN = 0.98
_MOST_ERROR = 0.05


@dataclass(frozen=True, slots=True)
class _Reading:
    """A document to be found: what is printed, what both ways made of it."""

    group: str
    truth: Fields
    ours: Document | None
    plain: Fields

    @property
    def found(self) -> Fields:
        return fields_of(self.ours) if self.ours else {}


def measure(plan: Plan) -> Section:
    """Read the documents with both readers and compare their fields with what is printed."""
    readings = [*_printed(plan), *_given(plan)]
    groups = list(dict.fromkeys(reading.group for reading in readings))
    ours = {group: _tally([(each.truth, each.found) for each in readings if each.group == group]) for group in groups}
    theirs = {group: _tally([(each.truth, each.plain) for each in readings if each.group == group]) for group in groups}
    values = [value for reading in readings for value in _judged(reading)]
    error = calibration_error(values)
    parts = [
        f"{len(readings)} documents: printed with seeds on which nothing was fitted (levels of damage: `printed_documents.py`), "
        f"and the given scans, page by page. Beside it: {_RULES} over plain Tesseract's text (`plain_rules.py`). Micro F1; every "
        "recipient is a value; lenient forgives misreadings of up to a tenth of the characters.",
        _groups_table(ours, theirs),
        _fields_table(ours, theirs),
        "\n".join(f"- {line}" for line in _targets(ours)),
        _reliability(values),
        target(f"expected calibration error of fields at most {_MOST_ERROR} ({error:.4f})", reached=error <= _MOST_ERROR),
        *plan.notes,
    ]
    return Section(NAME, "Fields of documents", "\n\n".join(parts))


def _printed(plan: Plan) -> Iterator[_Reading]:
    with tempfile.TemporaryDirectory(prefix="sohoa-bench-") as name:
        seeds = plan.some(range(_FIRST_SEED, _FIRST_SEED + _DOCUMENTS))
        documents = print_documents(seeds, Path(name), plan.jobs)
        paths = [document.path for document in documents]
        both = (read_once(reader, paths, plan.jobs) for reader in (OURS, TESSERACT))
        for document, ours, theirs in zip(documents, *both, strict=True):
            yield _Reading(document.level, document.fields, _first(ours, None), fields_of_text(theirs.pages))


def _given(plan: Plan) -> Iterator[_Reading]:
    pages = plan.some(list(given_fields(plan.data))) if plan.data is not None else []
    paths = sorted({page.path for page in pages})
    ours, theirs = (dict(zip(paths, read_once(reader, paths, plan.jobs), strict=True)) for reader in (OURS, TESSERACT))
    for page in pages:
        text = theirs[page.path].pages[page.number - 1 : page.number]
        yield _Reading(page.group, page.fields, _first(ours[page.path], page.number), fields_of_text(text))


def _first(text: FileText, number: int | None) -> Document | None:
    """The first document of a file, or of one page of it."""
    pages = [page for page in text.read if number in (None, page.number)]
    return next(iter(find_documents(pages)), None)


def _tally(pairs: Sequence[tuple[Fields, Fields]]) -> dict[str, Tally]:
    total = dict.fromkeys(NAMES, Tally())
    for truth, found in pairs:
        for name, tally in compare_fields(truth, found).items():
            total[name] += tally
    return total


def _judged(reading: _Reading) -> Iterator[JudgedWord]:
    """Every value that was found: how sure that was, and whether it is printed."""
    if reading.ours is None:
        return
    found = [(name, value) for name, value in single_fields(reading.ours) if value is not None and name in reading.truth]
    for name, value in [*found, *(("toPlaces", place) for place in reading.ours.to_places)]:
        true = reading.truth.get(name)
        wanted = true if isinstance(true, list) else [true]
        right = exact_key(plain(value.value)) in {exact_key(plain(each)) for each in wanted if each}
        yield JudgedWord(value.confidence, right)


Groups = Mapping[str, Mapping[str, Tally]]


def _groups_table(ours: Groups, theirs: Groups) -> str:
    rows = []
    for group, fields in ours.items():
        both = [sum_up(fields), sum_up(theirs[group])]
        rows.append([group, str(both[0].true), *(percent(rate, 1) for each in both for rate in (each.f1, each.lenient_f1))])
    return table(("documents", "values", "F1 %", "lenient F1 %", f"{_RULES}: F1 %", "lenient F1 %"), rows)


def _fields_table(ours: Groups, theirs: Groups) -> str:
    head = ["field, F1 %", *ours, "all", f"{_RULES}, all"]
    rows = []
    for name in NAMES:
        each = [ours[group][name] for group in ours]
        each += [sum_up({group: groups[group][name] for group in groups}) for groups in (ours, theirs)]
        if each[-2].true:
            rows.append([name, *(percent(tally.f1, 1) if tally.true + tally.found else "–" for tally in each)])
    return table(head, rows)


def _targets(ours: Groups) -> Iterator[str]:
    for group, fields in ours.items():
        total, least = sum_up(fields), _LEAST_F1[group]
        yield target(f"{group}: F1 at least {percent(least, 0)} % ({percent(total.f1, 1)})", reached=total.f1 >= least)
        lenient = total.lenient_f1
        claim = f"{group}: lenient F1 at least {percent(_LEAST_LENIENT, 0)} % ({percent(lenient, 1)})"
        yield target(claim, reached=lenient >= _LEAST_LENIENT)
        if group in _MUST_BE_CERTAIN:
            certain = sum_up({name: fields[name] for name in _CERTAIN}).f1
            claim = f"{group}: number, notation and date at least {percent(_LEAST_CERTAIN, 0)} % ({percent(certain, 1)})"
            yield target(claim, reached=certain >= _LEAST_CERTAIN)


def _reliability(values: Sequence[JudgedWord]) -> str:
    rows = [
        [f"{each.low:.1f}-{each.high:.1f}", str(each.words), percent(each.confidence, 1), percent(each.share_right, 1)]
        for each in bins(values)
        if each.words
    ]
    return table(("confidence of a field", "values", "said %", "right %"), rows)
