"""Search at a million pages on one machine: filling, asking, memory, many clients at once, beside Elasticsearch.

In: `SOHOA_BENCH_PAGES` (default a million), `SOHOA_BENCH_ELASTICSEARCH` (URL of a server to fill with a fifth of the pages, at most
200,000). Out: a section of the results. Index processes are separate, so that their memory and CPU are their own.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from pathlib import Path

from benchmarks.cost import cost_of
from benchmarks.million_elastic import measure_elastic
from benchmarks.million_load import ask_at_once, server
from benchmarks.million_questions import questions
from benchmarks.million_worker import Numbers, spread
from benchmarks.plan import Plan
from benchmarks.report import Section, table, target
from benchmarks.synthetic_archive import write_archive
from indexer import interpret

NAME = "million"

_PAGES, _PAGES_QUICK = 1_000_000, 50_000
_ELASTIC_PAGES = 200_000
_EACH, _EACH_QUICK = 60, 20
_CLIENTS, _TEXTS = 50, 12
_DAY_S = 86_400

_RANKED_MS, _FACETS_MS, _TYPING_MS, _PAGES_A_S = 50, 100, 5, 1_000


def measure(plan: Plan) -> Section:
    """Grow an index, ask it at every size, ask the largest through the API."""
    pages = int(os.environ.get("SOHOA_BENCH_PAGES", _PAGES_QUICK if plan.quick else _PAGES))
    each = _EACH_QUICK if plan.quick else _EACH
    sizes = [size for size in (10_000, 100_000) if size < pages] + [pages]
    filled: dict[int, Numbers] = {}
    asked: dict[int, dict[str, Numbers]] = {}
    with tempfile.TemporaryDirectory(prefix="sohoa-bench-") as name:
        for size in sizes:
            folder = Path(name) / f"index-{size}"
            filled[size] = json.loads(_worker("build", size, folder))
            filled[size]["bytes"] = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
            asked[size] = json.loads(_worker("ask", each, folder))
        load = _load(Path(name), Path(name) / f"index-{pages}")
    parts = [
        "An invented archive (`benchmarks/synthetic_archive.py`): about 340 words a page, 4.5 pages a document, two words in a "
        "hundred damaged. A reader who belongs to half of the groups asks; every answer has 20 hits and the exact number of all. "
        "Milliseconds are CPU of the process that asks, all threads.",
        _growth(filled),
        _answers(asked),
        load,
        _elastic(pages, each),
        *_targets(filled[pages], asked[pages]),
        *plan.notes,
    ]
    return Section(NAME, f"Search at {pages:,} pages", "\n\n".join(part for part in parts if part))


def _worker(job: str, count: int, folder: Path) -> str:
    done = cost_of([sys.executable, "-m", "benchmarks.million_worker", job, str(count), folder], timeout_s=_DAY_S)
    return done.output


def _growth(filled: dict[int, Numbers]) -> str:
    rows = [
        [
            f"{size:,}",
            f"{numbers['documents']:,.0f}",
            f"{size / numbers['cpu_s']:,.0f}",
            f"{numbers['bytes'] / size:,.0f}",
            f"{numbers['mib'] - numbers['mib_before']:.0f}",
        ]
        for size, numbers in filled.items()
    ]
    head = ("pages", "documents", "pages a CPU s, without analysis", "bytes a page", "MiB of the filling process")
    return table(head, rows)


def _answers(asked: dict[int, dict[str, Numbers]]) -> str:
    kinds = [kind for kind in list(asked.values())[-1] if kind != "memory"]
    head = ["question", *(f"{size:,} pages: half, 95 of 100 within (ms)" for size in asked)]
    rows = [[kind, *(_both(found.get(kind)) for found in asked.values())] for kind in kinds]
    rows.append(
        ["MiB of the asking process", *(f"{one['memory']['mib'] - one['memory']['mib_before']:.0f}" for one in asked.values())]
    )
    return table(head, rows)


def _both(numbers: Numbers | None) -> str:
    """Middle and 95 of 100; a small index has no far hits."""
    return "–" if numbers is None else f"{numbers['p50']:.1f}, {numbers['p95']:.1f}"


def _load(folder: Path, index: Path) -> str:
    ranked = questions(write_archive(), 4)
    texts = [interpret(question.query) for kind in ranked for question in ranked[kind]][:_TEXTS]
    with server(folder / "kho", index) as address:
        ask_at_once(address, texts, 1)
        alone, _ = ask_at_once(address, texts, 1)
        together, a_second = ask_at_once(address, texts, _CLIENTS)
    one, many = spread(alone), spread(together)
    return (
        "Through the API (the store holds no papers, so no snippets are made), four facets with every answer, wall clock: one "
        f"client waits {1000 * one['p50']:.0f} ms (half) and "
        f"{1000 * one['p95']:.0f} ms (95 of 100); {_CLIENTS} clients that never pause wait {1000 * many['p50']:.0f} ms and "
        f"{1000 * many['p95']:.0f} ms, {a_second:.1f} answers a second from one server process."
    )


def _elastic(pages: int, each: int) -> str:
    url = os.environ.get("SOHOA_BENCH_ELASTICSEARCH")
    if not url:
        return "Elasticsearch was not measured: `SOHOA_BENCH_ELASTICSEARCH` names no server."
    size = min(_ELASTIC_PAGES, max(pages // 5, 1))
    found = measure_elastic(url, write_archive(), size, each)
    ours, plain = found["ours"], found["plain"]
    return (
        f"On Elasticsearch, {size:,} pages, wall clock of one client: ours {ours['p50']:.1f} ms (half), {ours['p95']:.1f} ms "
        f"(95 of 100); a plain `match` of all words on the same node {plain['p50']:.1f} ms and {plain['p95']:.1f} ms: "
        f"{ours['p50'] / plain['p50']:.1f} times as long."
    )


def _targets(filled: Numbers, asked: dict[str, Numbers]) -> list[str]:
    speed = filled["pages_a_s"]
    ranked, facets = asked["all ranked kinds"]["p95"], asked["eight facets over everything"]["p95"]
    typing = asked["while typing"]["p95"]
    return [
        target(f"ranked questions within {_RANKED_MS} ms of CPU in 95 of 100 ({ranked:.1f})", reached=ranked <= _RANKED_MS),
        target(f"eight facets over everything within {_FACETS_MS} ms ({facets:.1f})", reached=facets <= _FACETS_MS),
        target(f"words while typing within {_TYPING_MS} ms ({typing:.1f})", reached=typing <= _TYPING_MS),
        target(f"at least {_PAGES_A_S:,} pages a CPU s ({speed:,.0f})", reached=speed >= _PAGES_A_S),
    ]
