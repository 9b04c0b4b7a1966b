"""Whether the documents that a paper names are found: on printed and damaged pages, and in citations of laws and decrees.

In: pages printed for this section and, where `SOHOA_DATA` names it, the list of instruments and the law texts. Out: a section of
the results. What a printed page names is taken from its words by expressions of this module, not by the rules that are measured.
"""

from __future__ import annotations

import csv
import lzma
import random
import re
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.plan import Plan
from benchmarks.printed_scans import Order, print_scans
from benchmarks.readers import OURS, read_files
from benchmarks.report import Section, percent, table
from dossier.model import Box, Ink, Line, Page, Provenance, Reference, Word, enclosing, page_id
from dossier.text import number_key
from metadata.citations.references import references_of
from metadata.heads.stamps import own_print
from metadata.sheets.layout import sheet_of
from sample_printer import RECIPES, PageTruth, PrintedPage, damage, print_document
from sample_printer.writing import write_document

NAME = "references"

_SEED = 61_000
_PAGES_A_RECIPE = 3
_PARAGRAPHS = 2_000
_KINDS = ("Quyết định", "Nghị quyết")
_NUMBERED = re.compile(r"(?:Nghị định|Quyết định|Kế hoạch) số (?P<number>\d+(?:/\d{4})?/[A-ZĐ]+-[A-ZĐ]+) ngày (?P<date>\S+)")
_LAWS = re.compile(r"Căn cứ (?P<title>Luật [^;]*?)(?: và các văn bản[^;]*)?;")
_NORMATIVE = re.compile(r"(?<![\w/])\d{1,4}/(?:19|20)\d\d/(?:NĐ|TT|QĐ|NQ|CT|TTLT)-[A-ZĐ][A-ZĐa-z]+\b(?!-)")
_LETTER, _TALL = 15, 26

Row = tuple[str, ...]


def measure(plan: Plan) -> Section:
    """Print, read and compare; then the citations."""
    rows = list(_printed(plan))
    parts = [
        "Legal bases and citations on printed pages, read by us: a number counts as found when it is the same after normalising, "
        "a law by its name. False: numbers and laws found that are not on the page.",
        table(("pages", "named", "found", "%", "false"), rows),
    ]
    if plan.data is not None:
        parts += [
            "Citations put together from a list of instruments (kind, number, date, issuer, title): share that comes back.",
            table(("citations", "number", "date", "kind", "issuer of decrees and circulars"), [_citations(plan.data, plan)]),
            "Numbers with a year in paragraphs of law texts, found by a plain expression, and found as references.",
            table(("paragraphs", "numbers", "found", "%"), [_paragraphs(plan.data, plan)]),
        ]
    return Section(NAME, "Documents that a paper names", "\n\n".join([*parts, *(plan.notes[-1:] if plan.quick else ())]))


def _printed(plan: Plan) -> Iterator[Row]:
    orders = [Order(recipe, kind, _SEED + number) for recipe in RECIPES for kind in _KINDS for number in range(_PAGES_A_RECIPE)]
    with tempfile.TemporaryDirectory(prefix="sohoa-bench-") as name:
        scans = print_scans(_press, plan.some(orders), Path(name), plan.jobs)
        texts = read_files(OURS, [scan.path for scan in scans], plan.jobs)
    counts: dict[str, Counter[str]] = {}
    for scan, text in zip(scans, texts, strict=True):
        named = _named(scan.truth)
        found = {_identity(each) for each in references_of([own_print(sheet_of(page)) for page in text.read])}
        count = counts.setdefault(scan.order.kind, Counter())
        count.update(pages=1, named=len(named), found=len(named & found), false=len(found - named))
    total = sum(counts.values(), Counter())
    for recipe, count in [*counts.items(), ("all", total)]:
        share = percent(count["found"] / max(1, count["named"]), 1)
        yield f"{recipe}, {count['pages']}", str(count["named"]), str(count["found"]), share, str(count["false"])


def _press(order: Order, rng: random.Random) -> PrintedPage:
    """The first page of a paper with legal bases."""
    page = print_document(write_document(rng, type_name=order.variant, paragraphs=4), rng=rng, dpi=order.dpi)[0]
    return damage(page, RECIPES[order.kind], rng)


def _named(truth: PageTruth) -> set[str]:
    text = " ".join(line.text for line in truth.lines)
    laws = {matched["title"].lower() for matched in _LAWS.finditer(text)}
    return {number_key(matched["number"]) for matched in _NUMBERED.finditer(text)} | laws


def _identity(reference: Reference) -> str:
    return number_key(reference.number) if reference.number else (reference.title or reference.found.value).lower()


def _citations(data: Path, plan: Plan) -> Row:
    with (data / "corpus" / "instruments.tsv").open(encoding="utf-8") as file:
        rows = plan.some(list(csv.DictReader(file, delimiter="\t")))
    right: Counter[str] = Counter()
    for row in rows:
        year, month, day = row["date"].split("-")
        text = f"Căn cứ {row['kind']} số {row['number']} ngày {day}/{month}/{year} của {row['issuer']} {row['title'].rstrip('. ')};"
        first = next(iter(_in_text(text)), None)
        right.update(number=first is not None and number_key(first.number or "") == number_key(row["number"]))
        right.update(date=first is not None and first.issued_date == row["date"])
        right.update(kind=first is not None and first.type_name == row["kind"])
        if row["kind"] in ("Nghị định", "Thông tư"):
            right.update(issued=1, issuer=first is not None and first.organ_name == row["issuer"])
    shares = [percent(right[name] / len(rows), 1) for name in ("number", "date", "kind")]
    return str(len(rows)), *shares, percent(right["issuer"] / right["issued"], 1)


def _paragraphs(data: Path, plan: Plan) -> Row:
    """Recall against an expression that needs no words around a number."""
    with lzma.open(data / "corpus" / "decisions.txt.xz", "rt", encoding="utf-8") as file:
        named = [line.strip() for line in file if _NORMATIVE.search(line)]
    chosen = plan.some(random.Random(_SEED).sample(named, min(_PARAGRAPHS, len(named))))
    wanted = found = 0
    for text in chosen:
        numbers = {number_key(number) for number in _NORMATIVE.findall(text)}
        wanted += len(numbers)
        found += len(numbers & {number_key(each.number) for each in _in_text(text) if each.number})
    return str(len(chosen)), str(wanted), str(found), percent(found / wanted, 1)


def _in_text(text: str) -> Sequence[Reference]:
    """References of a text on one line of a page."""
    words: list[Word] = []
    right = 100
    for word in text.split():
        words.append(Word(word, Box(right, 400, right + _LETTER * len(word), 400 + _TALL), 1.0))
        right += _LETTER * (len(word) + 1)
    line = Line(enclosing(word.box for word in words), tuple(words), Ink.BLACK)
    made_by = Provenance("text", "1", "none", "", "0", ())
    page = Page(page_id("5e" * 32, 1), 1, max(right, 1654), 2339, 200, 0, 0.0, (line,), False, (), made_by)
    return references_of([sheet_of(page)])
