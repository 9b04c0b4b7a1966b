"""How fast pages go into the embedded index and questions come out, beside SQLite's full-text search on the same text.

In: printed lines of the sample scans, shuffled into many pages. Out: a section of the results.
"""

from __future__ import annotations

import random
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.cost import own_cpu_s
from benchmarks.plan import Plan
from benchmarks.report import Section, table
from benchmarks.samples import load_samples
from dossier.model import (
    OPERATOR,
    Access,
    ArchivalFacts,
    Box,
    Document,
    Dossier,
    DossierStatus,
    Found,
    Line,
    Page,
    Provenance,
    Word,
)
from dossier.settings import IndexSettings
from dossier.text import fold
from indexer import Facet, Index, Put, Question, entries_of, open_index, parse_query

NAME = "indexing"
_DOCUMENTS, _DOCUMENTS_QUICK = 2000, 400
_PAGES_EACH = 2
_LINES_A_PAGE = 36
_DOCUMENTS_A_WRITE = 100
_QUESTIONS, _QUESTIONS_QUICK = 300, 60
_LIMIT = 20

_Read = tuple[Document, tuple[Page, ...]]
_DOSSIER = Dossier("h-1", "ho-so-01", ArchivalFacts(), DossierStatus.COMPLETE, (), ())
_PROVENANCE = Provenance("print", "", "", "", "", ())


@dataclass(frozen=True, slots=True)
class _Answers:
    """Milliseconds of one kind of question."""

    middle_ms: float
    slowest_twentieth_ms: float


def measure(plan: Plan) -> Section:
    """Fill both, ask both."""
    rng = random.Random(5)
    lines = [line for sample in load_samples(plan.samples) for page in sample.pages for line in page.lines]
    documents = [_document(number, lines, rng) for number in range(_DOCUMENTS_QUICK if plan.quick else _DOCUMENTS)]
    questions = _questions(lines, rng, _QUESTIONS_QUICK if plan.quick else _QUESTIONS)
    pages = len(documents) * _PAGES_EACH
    with tempfile.TemporaryDirectory(prefix="sohoa-bench-") as name:
        index = open_index(IndexSettings(), Path(name) / "index")
        try:
            ours_cpu_s = _fill(index, documents)
            ours = {kind: _time(words, lambda text: _ask(index, text)) for kind, words in questions.items()}
            size = sum(path.stat().st_size for path in Path(name).rglob("*") if path.is_file())
        finally:
            index.close()
        database = sqlite3.connect(Path(name) / "peer.sqlite")
        peer_cpu_s = _fill_sqlite(database, documents)
        peer = {kind: _time(words, lambda text: _ask_sqlite(database, text)) for kind, words in questions.items()}
        database.close()
    parts = [
        f"{len(documents)} documents of {_PAGES_EACH} pages, {_LINES_A_PAGE} lines each, in writes of {_DOCUMENTS_A_WRITE} "
        f"documents ({size / pages / 1024:.1f} KiB of index a page). SQLite FTS5 holds the same text once, without marks, "
        "fields or facets: a floor, not a rival.",
        table(
            ("index", "pages a CPU s", "CPU ms a page", "against SQLite"),
            [
                _filling_row("embedded (tantivy)", pages, ours_cpu_s, peer_cpu_s),
                _filling_row("SQLite FTS5", pages, peer_cpu_s, peer_cpu_s),
            ],
        ),
        f"Questions of two words; ours answers with the first {_LIMIT} documents, the count and two facets. "
        "Milliseconds by wall clock.",
        table(
            ("question", "middle", "95 of 100 within", "SQLite, middle", "against SQLite"),
            [
                [
                    kind,
                    f"{answers.middle_ms:.2f}",
                    f"{answers.slowest_twentieth_ms:.2f}",
                    f"{peer[kind].middle_ms:.2f}",
                    f"{answers.middle_ms / peer[kind].middle_ms:.1f}",
                ]
                for kind, answers in ours.items()
            ],
        ),
        *plan.notes,
    ]
    return Section(NAME, "Index", "\n\n".join(parts))


def _document(number: int, lines: Sequence[str], rng: random.Random) -> _Read:
    pages = tuple(_page(f"{number:08x}-{place:04d}", place, rng.choices(lines, k=_LINES_A_PAGE)) for place in (1, _PAGES_EACH))
    value = {
        "subject": rng.choice(lines),
        "code_number": str(rng.randint(1, 999)),
        "code_notation": rng.choice(("QĐ-UBND", "TB-SNN", "BC-UBND")),
        "issued_date": f"{rng.randint(1990, 2026)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}",
        "type_name": rng.choice(("Quyết định", "Thông báo", "Báo cáo")),
        "organ_name": rng.choice(("Ủy ban nhân dân huyện Đông Khê", "Sở Nông nghiệp", "Ủy ban nhân dân xã Hòa Bình")),
    }
    found = {name: Found(text, pages[0].id, Box(0, 0, 1, 1), 1.0, "print") for name, text in value.items()}
    document = Document(id=f"d-{number}", page_ids=tuple(page.id for page in pages))
    return replace(document, **found), pages  # type: ignore[arg-type]  # every key is a field that holds one Found


def _page(identifier: str, number: int, lines: Sequence[str]) -> Page:
    box = Box(0, 0, 1, 1)
    read = tuple(Line(box, tuple(Word(word, box, 1.0) for word in line.split())) for line in lines)
    return Page(identifier, number, 1654, 2339, 200, 0, 0.0, read, blank=False, issues=(), provenance=_PROVENANCE)


def _parts(documents: Sequence[_Read]) -> Iterator[Sequence[_Read]]:
    for start in range(0, len(documents), _DOCUMENTS_A_WRITE):
        yield documents[start : start + _DOCUMENTS_A_WRITE]


def _questions(lines: Sequence[str], rng: random.Random, count: int) -> dict[str, list[str]]:
    """Words that stand side by side in print, so every question has an answer; the same ones in three ways."""
    words = [line.split() for line in lines if len(line.split()) > 3]
    runs = [line[start : start + 2] for line in rng.choices(words, k=count) for start in [rng.randrange(len(line) - 1)]]
    pairs = [" ".join(word.strip(',.;:"()') for word in run) for run in runs]
    sound = [pair for pair in pairs if all(word.isalpha() for word in pair.split()) and len(pair.split()) == 2]
    return {
        "with marks": sound,
        "without marks": [fold(pair) for pair in sound],
        "in quotation marks": [f'"{pair}"' for pair in sound],
    }


def _fill(index: Index, documents: Sequence[_Read]) -> float:
    start = own_cpu_s()
    for part in _parts(documents):
        index.write([Put(*entries_of(document, pages, _DOSSIER, 1, Access(("chung",)))) for document, pages in part])
    index.refresh()
    return own_cpu_s() - start


def _ask(index: Index, text: str) -> object:
    return index.search(Question(parse_query(text), facets=(Facet.AGENCY, Facet.TYPE), limit=_LIMIT, reader=OPERATOR))


def _fill_sqlite(database: sqlite3.Connection, documents: Sequence[_Read]) -> float:
    start = own_cpu_s()
    database.execute("CREATE VIRTUAL TABLE page USING fts5(document UNINDEXED, text)")
    for part in _parts(documents):
        database.executemany("INSERT INTO page VALUES (?, ?)", _rows(part))
        database.commit()
    return own_cpu_s() - start


def _rows(documents: Sequence[_Read]) -> Iterator[tuple[str, str]]:
    for document, pages in documents:
        yield from ((document.id, fold(page.text)) for page in pages)


def _ask_sqlite(database: sqlite3.Connection, text: str) -> object:
    folded = fold(text)
    match = folded if folded.startswith('"') else " ".join(f'"{word}"' for word in folded.split())
    ranked = "SELECT document FROM page WHERE page MATCH ? ORDER BY rank LIMIT ?"
    return database.execute(ranked, (match, _LIMIT)).fetchall()


def _time(questions: Sequence[str], ask: Callable[[str], object]) -> _Answers:
    for text in questions[:10]:  # files and caches are warm in a running service
        ask(text)
    taken = []
    for text in questions:
        start = time.perf_counter()
        ask(text)
        taken.append((time.perf_counter() - start) * 1000)
    taken.sort()
    return _Answers(taken[len(taken) // 2], taken[len(taken) * 95 // 100])


def _filling_row(name: str, pages: int, cpu_s: float, peer_cpu_s: float) -> list[str]:
    return [name, f"{pages / cpu_s:.0f}", f"{1000 * cpu_s / pages:.2f}", f"{cpu_s / peer_cpu_s:.1f}"]
