"""One process of the measurement of a large index, so that memory is its own: fills an index, or asks it.

In: `build PAGES FOLDER` or `ask EACH FOLDER`. Out: one JSON object on standard output. CPU is this process's own, all threads.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from benchmarks.million_questions import RANKED, READER, beginnings, everything, questions, with_facets
from benchmarks.synthetic_archive import write_archive
from dossier.settings import IndexSettings
from indexer import Index, Put, Question, Results, open_index

BATCH_PAGES = 500
_MIB = 2**20

Asked = TypeVar("Asked")
Numbers = dict[str, float]


def main() -> None:
    """Do one of the two jobs."""
    job, count, folder = sys.argv[1:]
    index = open_index(IndexSettings(), Path(folder))
    try:
        print(json.dumps((build if job == "build" else ask)(index, int(count))))
    finally:
        index.close()


def build(index: Index, pages: int) -> Numbers:
    """Fill a new generation as `sohoa reindex` does; only what the index itself costs is counted."""
    archive = write_archive()
    before, cpu_s, documents = memory_mib(), 0.0, 0
    start = time.process_time()
    with index.rebuild() as generation:
        cpu_s += time.process_time() - start
        for batch in batches(archive.documents(pages)):
            start = time.process_time()
            generation.write(batch)
            cpu_s += time.process_time() - start
            documents += len(batch)
        start = time.process_time()
    cpu_s += time.process_time() - start
    return {"cpu_s": cpu_s, "pages_a_s": pages / cpu_s, "documents": documents, "mib_before": before, "mib": memory_mib()}


def batches(documents: Iterator[Put]) -> Iterator[list[Put]]:
    """Writes of about 500 pages."""
    batch: list[Put] = []
    pages = 0
    for document in documents:
        batch.append(document)
        pages += len(document.pages)
        if pages >= BATCH_PAGES:
            yield batch
            batch, pages = [], 0
    if batch:
        yield batch


def ask(index: Index, each: int) -> dict[str, Numbers]:
    """Put every kind of question."""
    archive = write_archive()
    before = memory_mib()
    asked = questions(archive, each + 1)
    for ones in asked.values():  # what is loaded with the first question of a kind is there in a running service
        index.search(ones.pop())
    ranked = [question for kind in RANKED for question in asked[kind]]
    taken = {kind: [_cpu_ms(index.search, one) for one in ones] for kind, ones in asked.items()}
    found = {kind: spread(ones) for kind, ones in taken.items()}
    found["all ranked kinds"] = spread([one for kind in RANKED for one in taken[kind]])
    found["ranked, with eight facets"] = timed(index.search, [with_facets(one) for one in ranked])
    found["eight facets over everything"] = timed(index.search, everything(each))
    found["pages of 20 documents"] = _time_pages(index, ranked)
    if deep := _time_deep(index, asked["one frequent word"]):
        found["hits 1,981 to 2,000"] = spread(deep)
    found["while typing"] = timed(lambda text: index.suggest(text, reader=READER), beginnings(archive, 5 * each))
    return found | {"memory": {"mib_before": before, "mib": memory_mib()}}


def timed(ask_one: Callable[[Asked], object], asked: Sequence[Asked]) -> Numbers:
    """Milliseconds of CPU: half of the questions, and 95 of 100, were answered within."""
    ask_one(asked[0])  # files are warm in a running service
    return spread([_cpu_ms(ask_one, one) for one in asked[1:]])


def spread(taken: Sequence[float]) -> Numbers:
    """Middle and 95 of 100."""
    ordered = sorted(taken)
    return {"p50": ordered[len(ordered) // 2], "p95": ordered[len(ordered) * 95 // 100], "count": len(ordered)}


def _cpu_ms(ask_one: Callable[[Asked], object], one: Asked) -> float:
    start = time.process_time()
    ask_one(one)
    return 1000 * (time.process_time() - start)


def _time_pages(index: Index, asked: Sequence[Question]) -> Numbers:
    pairs = [(one, found) for one in asked if (found := index.search(one)).hits]

    def pages(pair: tuple[Question, Results]) -> object:
        one, found = pair
        return index.search_pages(one.query, [hit.document_id for hit in found.hits], reader=READER, wide=found.wide)

    return timed(pages, pairs)


def _time_deep(index: Index, asked: Sequence[Question]) -> list[float]:
    taken = []
    for one in asked:
        found = index.search(Question(one.query, limit=980, reader=READER))
        if found.next is not None:
            found = index.search(Question(one.query, limit=1000, after=found.next, reader=READER))
        if found.next is not None:
            last = Question(one.query, after=found.next, reader=READER)
            taken.append(_cpu_ms(index.search, last))
    return taken


def memory_mib() -> float:
    """The process's own memory, without files mapped into it."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("RssAnon:")[2].split()[0]) * 1024 / _MIB


if __name__ == "__main__":
    main()
