"""The same archive in what one would use without this program: SQLite FTS5 and a plain Elasticsearch index.

In: the archive, then questions as typed. Out: ids of the first documents. Both get title and text, all words of a question have to
match in either, quoted words side by side; nothing of ours is in them.
"""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from elasticsearch import Elasticsearch
from elasticsearch.helpers import bulk

from benchmarks.judged_archive import Judged

INDEX = "sohoa-bench-plain"
_QUOTED = re.compile(r'"([^"]*)"')


def _title(judged: Judged) -> str:
    read = judged.read
    return f"{read.type_name} {read.number} {read.organ} {read.subject} {read.signer}"


class Sqlite:
    """FTS5 with `unicode61 remove_diacritics 2`, ranked by its bm25."""

    name = "SQLite FTS5"

    def __init__(self, archive: Sequence[Judged], path: Path) -> None:
        self.database = sqlite3.connect(path)
        self.database.execute(
            "create virtual table t using fts5(id unindexed, title, text, tokenize='unicode61 remove_diacritics 2')"
        )
        rows = ((judged.id, _title(judged), judged.read_text) for judged in archive)
        with self.database:
            self.database.executemany("insert into t values (?, ?, ?)", rows)

    def first(self, text: str, limit: int) -> list[str]:
        """Ids in order; title words count four times."""
        parts = [text.strip('"')] if text.startswith('"') else text.split()
        wanted = " ".join(f'"{part}"' for part in parts if any(letter.isalnum() for letter in part))
        rows = self.database.execute("select id from t where t match ? order by bm25(t, 0, 4, 1) limit ?", (wanted, limit))
        return [row[0] for row in rows]


class PlainElasticsearch:
    """`standard` tokenizer, `lowercase`, folding as `asciifolding` does it; `multi_match` across both fields, all words.

    A test server has no `asciifolding` (it stands in a module that is not published with it), so letters are folded before they are
    sent, text and question alike: letter by letter, combining marks that stand alone stay, as the filter leaves them.
    """

    name = "plain Elasticsearch"

    def __init__(self, archive: Sequence[Judged], url: str) -> None:
        self.client = Elasticsearch(url, request_timeout=60)
        self.close()
        field = {"type": "text", "analyzer": "standard"}
        mappings: dict[str, Any] = {"properties": {"title": field, "text": field}}
        self.client.indices.create(index=INDEX, settings={"number_of_shards": 1, "number_of_replicas": 0}, mappings=mappings)
        actions = (
            {"_index": INDEX, "_id": judged.id, "title": ascii_folded(_title(judged)), "text": ascii_folded(judged.read_text)}
            for judged in archive
        )
        bulk(self.client, actions, chunk_size=500)
        self.client.indices.refresh(index=INDEX)

    def first(self, text: str, limit: int) -> list[str]:
        """Ids in order; title words count four times."""
        kind = "phrase" if text.startswith('"') else "cross_fields"
        query: dict[str, Any] = {"query": ascii_folded(text), "fields": ["title^4", "text"], "type": kind, "operator": "and"}
        if kind == "phrase":
            del query["operator"]
        answer = self.client.search(index=INDEX, query={"multi_match": query}, size=limit, source=False)
        return [hit["_id"] for hit in answer["hits"]["hits"]]

    def close(self) -> None:
        """Take the index away."""
        self.client.options(ignore_status=404).indices.delete(index=INDEX)


def ascii_folded(text: str) -> str:
    """Each letter that has one replaced by its ASCII letter."""
    return "".join(_folded(letter) for letter in text)


def _folded(letter: str) -> str:
    if letter.isascii() or unicodedata.combining(letter):
        return letter
    return {"đ": "d", "Đ": "D"}.get(letter, unicodedata.normalize("NFD", letter)[0])
