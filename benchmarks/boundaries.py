"""Whether the papers of a stack are told apart: stacks with and without separator sheets, annexes, blank backs, pages upside down.

In: stacks that `sample_printer.stacks` prints, read by our reader. Out: a section of the results. Pages that an earlier run read
with the same reader are not read again: they wait in the system's folder for temporary files.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.plan import Plan
from benchmarks.readers import our_reader
from benchmarks.report import Section, percent, table, target
from benchmarks.workers import in_workers
from dossier.codec import decode, encode
from dossier.model import Document, Page, PageScan
from metadata import find_documents, front_matter_of, reconcile
from ocr import open_scan, read_page
from ocr.reading import provenance
from sample_printer.files import pdf_bytes
from sample_printer.stacks import StackTruth, print_stack

NAME = "boundaries"

_STACKS, _SEED = 60, 71_000
_TARGET = 0.98
_COVER_FIELDS = ("fonds", "catalogue", "box", "file_number", "title", "maintenance", "leaves")


@dataclass(frozen=True, slots=True)
class _Judged:
    """A stack: how it is grouped, its pages, starts found and right, wrong and missed, fields and rows right of how many.

    `without_sheets`: starts right, found and there when the separator sheets are taken out and the first page does not count.
    """

    group: str
    pages: int
    papers: int
    right: int
    wrong: tuple[str, ...]
    missed: tuple[str, ...]
    unsure: int
    sheets: int
    sheets_known: int
    cover: tuple[int, int]
    rows: tuple[int, int]
    reconciled: tuple[int, int]
    without_sheets: tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class _Kept:
    """What is kept of a stack for the next run."""

    truth: StackTruth
    pages: tuple[Page, ...]


def measure(plan: Plan) -> Section:
    """Print and read the stacks, and compare where papers begin."""
    judged = in_workers(_judge, plan.some(range(_SEED, _SEED + _STACKS)), plan.jobs)
    rows = [_row(group, [each for each in judged if group in ("all", each.group)]) for group in _groups(judged)]
    f1 = _f1(judged)
    faults = [fault for each in judged for fault in (*each.wrong, *each.missed)]
    cover, listed, reconciled = (_sum(getattr(each, name) for each in judged) for name in ("cover", "rows", "reconciled"))
    sheets, known = sum(each.sheets for each in judged), sum(each.sheets_known for each in judged)
    parts = [
        f"{len(judged)} printed stacks of {sum(each.pages for each in judged)} pages: documents of all types and periods with "
        "annexes, papers of the Party and of older states, civil papers, contracts, minutes and filled forms; blank backs, pages "
        "upside down, tables on their side. First pages of stacks and pages behind separator sheets count as all others.",
        table(("stacks", "pages", "papers", "found", "wrong", "missed", "precision", "recall", "F1", "unsure"), rows),
        target(f"F1 at least {_TARGET} ({f1:.4f})", reached=f1 >= _TARGET),
        f"The same stacks with their separator sheets taken out, first pages of stacks not counted: {_hard_f1(judged)}.",
        f"Separator sheets and their backs known as such: {known} of {sheets}. Fields of covers right: {cover[0]} of {cover[1]}. "
        f"Numbers, dates and subjects in lists of papers right: {listed[0]} of {listed[1]}. Rows of lists with the right document, "
        f"or rightly without one: {reconciled[0]} of {reconciled[1]}.",
        *(["\n".join(f"- {fault}" for fault in faults)] if faults else []),
        *plan.notes,
    ]
    return Section(NAME, "Where papers begin", "\n\n".join(parts))


def _f1(judged: Sequence[_Judged]) -> float:
    right = sum(each.right for each in judged)
    wrong, missed = sum(len(each.wrong) for each in judged), sum(len(each.missed) for each in judged)
    return 2 * right / max(1, 2 * right + wrong + missed)


def _hard_f1(judged: Sequence[_Judged]) -> str:
    right, found, wanted = (sum(each.without_sheets[place] for each in judged) for place in range(3))
    return f"{right} right of {found} found, {wanted} there, F1 {2 * right / max(1, found + wanted):.4f}"


def _groups(judged: Sequence[_Judged]) -> list[str]:
    return [*sorted({each.group for each in judged}), "all"]


def _row(group: str, judged: Sequence[_Judged]) -> list[str]:
    pages, papers, right = (sum(getattr(each, name) for each in judged) for name in ("pages", "papers", "right"))
    wrong, missed = (sum(len(getattr(each, name)) for each in judged) for name in ("wrong", "missed"))
    precision, recall = right / max(1, right + wrong), right / max(1, papers)
    counts = (len(judged), pages, papers, right + wrong, wrong, missed)
    unsure = sum(each.unsure for each in judged)
    return [f"{group} ({counts[0]})", *map(str, counts[1:]), percent(precision), percent(recall), f"{_f1(judged):.4f}", str(unsure)]


def _sum(pairs: Iterator[tuple[int, int]]) -> tuple[int, int]:
    all_pairs = list(pairs)
    return sum(pair[0] for pair in all_pairs), sum(pair[1] for pair in all_pairs)


def _judge(seed: int) -> _Judged:
    told, pages = _read(seed)
    documents = find_documents(pages)
    numbers = {page.id: page.number for page in pages}
    found = {numbers[document.page_ids[0]]: document for document in documents}
    wanted = dict(zip(told.starts, told.kinds, strict=True))
    inside = {identifier for document in documents for identifier in document.page_ids}
    return _Judged(
        group="with separator sheets" if told.separators else "without",
        pages=len(pages),
        papers=len(wanted),
        right=len(found.keys() & wanted.keys()),
        wrong=tuple(f"{seed} p{n}: begins nothing ({_why(found[n])})" for n in sorted(found.keys() - wanted.keys())),
        missed=tuple(f"{seed} p{n}: {wanted[n]} not told from the paper before" for n in sorted(wanted.keys() - found.keys())),
        unsure=sum(document.boundary is not None and document.boundary.confidence < 0.9 for document in documents),
        sheets=len(told.separators),
        without_sheets=_without_sheets(told, pages),
        sheets_known=sum(page.id not in inside for page in pages if page.number in told.separators),
        **_front(told, pages, documents),
    )


def _without_sheets(told: StackTruth, pages: Sequence[Page]) -> tuple[int, int, int]:
    """Starts right, found and wanted where nothing but the papers themselves tells them apart."""
    left = [page for page in pages if page.number not in told.separators]
    numbers = {page.id: page.number for page in left}
    found = {numbers[document.page_ids[0]] for document in find_documents(left)} - {left[0].number}
    wanted = set(told.starts) - {left[0].number}
    return len(found & wanted), len(found), len(wanted)


def _why(document: Document) -> str:
    return ", ".join(document.boundary.evidence) if document.boundary else ""


def _front(stack: StackTruth, pages: Sequence[Page], documents: Sequence[Document]) -> dict[str, tuple[int, int]]:
    """What cover and list of papers say, compared with what is printed."""
    front = front_matter_of(pages)
    cover = rows = reconciled = (0, 0)
    if stack.cover is not None:
        dates = {"start_date": stack.cover.start.isoformat(), "end_date": stack.cover.end.isoformat()}
        wanted = {name: str(getattr(stack.cover, name)) for name in _COVER_FIELDS} | dates
        cover = (sum(name in front.cover and front.cover[name].value == value for name, value in wanted.items()), len(wanted))
    if stack.listed:
        paired, _ = reconcile(front.listing, [each for each in documents if each.id not in front.document_ids])
        printed = [(row.number, row.day.isoformat() if row.day else None, row.subject) for row in stack.listed]
        read = [tuple(cell and cell.value for cell in (row.number, row.issued_date, row.subject)) for row in paired]
        right = sum(
            ours == theirs for got, want in zip(read, printed, strict=False) for ours, theirs in zip(got, want, strict=True)
        )
        rows = (right, 3 * len(printed))
        begins = {page.id: page.number for page in pages}
        starts = {each.id: begins[each.page_ids[0]] for each in documents}
        pairs = zip(paired, stack.listed, strict=False)
        agreed = sum(starts.get(row.document_id or "") == stack.start_of(want.number) for row, want in pairs)
        reconciled = (agreed, len(stack.listed))
    return {"cover": cover, "rows": rows, "reconciled": reconciled}


def _read(seed: int) -> tuple[StackTruth, list[Page]]:
    """A stack printed and read, or kept from an earlier run."""
    settings, reader = our_reader()
    made_by = provenance(reader)
    folder = Path(tempfile.gettempdir()) / f"sohoa-boundaries-{made_by.settings_digest}-{made_by.software_version}"
    folder.mkdir(exist_ok=True)
    kept = folder / f"{seed}.json"
    if not kept.exists():
        stack = print_stack(random.Random(f"bench/stack/{seed}"), sheets=seed % 3 == 0)
        path = folder / f"{seed}.pdf"
        path.write_bytes(pdf_bytes(stack.pages, quality=70))
        scan = open_scan(path, settings.intake)
        numbers = range(1, scan.page_count + 1)
        pages = [read_page(PageScan(scan.path, scan.sha256, scan.format, number), reader).page for number in numbers]
        path.unlink()
        kept.write_bytes(encode(_Kept(stack.truth, tuple(pages))))
    known = decode(_Kept, kept.read_bytes())
    return known.truth, list(known.pages)
