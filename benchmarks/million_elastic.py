"""The same archive on Elasticsearch: our questions beside a plain `match` on the same node.

In: URL of a server, number of pages. Out: milliseconds, ours and plain. The plain index holds the same text as printed words in one
analysed field: what somebody would set up in an hour.
"""

from __future__ import annotations

import json
import time
import urllib.request
import uuid
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from benchmarks.million_questions import RANKED, questions
from benchmarks.million_worker import Numbers, batches, spread
from benchmarks.synthetic_archive import Archive
from dossier.settings import IndexSettings
from indexer import Put, Question, interpret, open_index

_SIZE = 20


def measure_elastic(url: str, archive: Archive, pages: int, each: int) -> dict[str, Numbers]:
    """Fill both indices, ask both, take both away again. Times are wall clock of one client, HTTP included, for both alike."""
    prefix = f"sohoa-bench-{uuid.uuid4().hex[:8]}"
    plain = f"{prefix}-plain"
    index = open_index(IndexSettings(engine="elasticsearch", urls=(url,), prefix=prefix, timeout_s=120), Path())
    try:
        _call(url, "PUT", plain, {"mappings": {"properties": {"text": {"type": "text"}}}})
        with index.rebuild() as generation:
            for batch in batches(archive.documents(pages)):
                generation.write(batch)
                _bulk(url, plain, batch)
        _call(url, "POST", f"{plain}/_refresh")
        index.refresh()
        asked = questions(archive, each)
        ranked = [question for kind in RANKED for question in asked[kind]]
        return {
            "ours": _wall(index.search, ranked),
            "plain": _wall(lambda question: _match(url, plain, question), ranked),
        }
    finally:
        index.close()
        names = urllib.request.urlopen(f"{url}/_cat/indices/{prefix}-*?h=index", timeout=60).read().decode().split()
        for name in names:
            _call(url, "DELETE", name)


def _wall(ask_one: Callable[[Question], object], asked: Sequence[Question]) -> Numbers:
    for question in asked[:5]:
        ask_one(question)
    taken = []
    for question in asked:
        start = time.perf_counter()
        ask_one(question)
        taken.append(1000 * (time.perf_counter() - start))
    return spread(taken)


def _match(url: str, plain: str, question: Question) -> object:
    query = {"match": {"text": {"query": interpret(question.query), "operator": "and"}}}
    return _call(url, "POST", f"{plain}/_search", {"query": query, "size": _SIZE, "_source": False})


def _bulk(url: str, plain: str, batch: Sequence[Put]) -> None:
    lines = "".join(f"{line}\n" for line in _lines(batch))
    request = urllib.request.Request(
        f"{url}/{plain}/_bulk", lines.encode(), {"Content-Type": "application/x-ndjson"}, method="POST"
    )
    urllib.request.urlopen(request, timeout=120).close()


def _lines(batch: Sequence[Put]) -> Iterator[str]:
    for put in batch:
        yield json.dumps({"index": {"_id": put.document_id}})
        yield json.dumps({"text": put.document.text.ex})


def _call(url: str, method: str, path: str, body: object = None) -> object:
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(f"{url}/{path}", data, {"Content-Type": "application/json"}, method=method)
    with urllib.request.urlopen(request, timeout=120) as answer:
        return json.loads(answer.read())
