"""What the kill test needs: starting a batch, killing its whole process tree, and looking at a store from outside.

In: folders of scans and of a store. Out: `Observed` stores and the differences between them, as sentences. The store is looked at
with `sohoa status`, its files and read-only SQL, not with the program's own store code.
"""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import json
import os
import signal
import sqlite3
import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path

from dossier.model import OPERATOR
from dossier.settings import IndexSettings
from indexer import Question, open_index, parse_query

_SOHOA = (sys.executable, "-m", "flows", "--lang", "en")
_WELL = (0, 3)
_FINISHED = ("read", "blank", "set_aside", "stopped", "duplicate", "separator")


@dataclass(frozen=True, slots=True)
class Observed:
    """A store as it looks from outside.

    Attributes:
        pages: page file -> (inode, time of writing): a page that was read again has another.
        states: (file, page number) -> (state, when it was noted).
        documents: document file -> its content.
        counts: what `sohoa status` says. hits: ids of the documents the index finds. Both only at the end of a batch.
    """

    pages: dict[str, tuple[int, int]]
    states: dict[tuple[str, int], tuple[str, str]]
    documents: dict[str, str]
    counts: dict[str, object]
    hits: tuple[str, ...]
    all_assembled: bool

    @property
    def complete(self) -> bool:
        """Whether every page that came in has its state."""
        return bool(self.states) and all(state != "pending" for state, _ in self.states.values())

    def __str__(self) -> str:
        finished = sum(state != "pending" for state, _ in self.states.values())
        return f"{len(self.states)} pages counted, {finished} finished, {len(self.documents)} documents"

    def summary(self) -> str:
        """The counts at the end of a batch."""
        return f"{self}, {len(self.hits)} in the index"


def start(scans: Path, store: Path, index: str) -> subprocess.Popen[bytes]:
    """Start `sohoa digitise` in a session of its own."""
    command = [*_SOHOA, "digitise", str(scans), "--store", str(store), "--index", index]
    return subprocess.Popen(command, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def kill_tree(process: subprocess.Popen[bytes]) -> int:
    """SIGKILL to every process of the run, also those in process groups of their own; answers how many."""
    doomed = [pid for pid, session in _sessions().items() if session == process.pid]
    for pid in doomed:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    process.wait()
    return len(doomed)


def _sessions() -> dict[int, int]:
    found = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError):
                found[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[3])
    return found


def finish(scans: Path, store: Path, index: str, timeout_s: float) -> Observed:
    """Run the batch to its end and look at the result, index included.

    Raises:
        SystemExit: when the batch does not end well.
    """
    command = [*_SOHOA, "digitise", str(scans), "--store", str(store), "--index", index]
    done = subprocess.run(command, capture_output=True, timeout=timeout_s, check=False)
    if done.returncode not in _WELL:
        raise SystemExit(f"sohoa digitise ended with {done.returncode}:\n{done.stderr.decode()}")
    asked = [*_SOHOA, "status", "--json", "--store", str(store), "--index", index]
    status = subprocess.run(asked, capture_output=True, check=False)
    if status.returncode:
        raise SystemExit(f"sohoa status ended with {status.returncode}:\n{status.stderr.decode()}{status.stdout.decode()}")
    hits, page_count = _index(store, index)
    counts = json.loads(status.stdout)
    for measure in ("answering_since", "size_bytes"):  # of this very index, not of what it holds
        counts["index"].pop(measure)
    return observe(store, counts={**counts, "index_pages": page_count}, hits=hits)


def observe(store: Path, *, counts: dict[str, object] | None = None, hits: tuple[str, ...] = ()) -> Observed:
    """Look at a store, from outside and without changing it."""
    pages = {path.name: _mark(path) for path in store.glob("dossiers/*/pages/*.json.gz")}
    documents = {path.name: path.read_text() for path in store.glob("dossiers/*/documents/*.json")}
    states, assembled = _ledger(store / "ledger.sqlite")
    return Observed(pages, states, documents, counts or {}, hits, assembled)


def _mark(path: Path) -> tuple[int, int]:
    with contextlib.suppress(FileNotFoundError):
        status = path.stat()
        return status.st_ino, status.st_mtime_ns
    return 0, 0


def _ledger(path: Path) -> tuple[dict[tuple[str, int], tuple[str, str]], bool]:
    if not path.exists():
        return {}, False
    with contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=30)) as connection:
        try:
            rows = connection.execute("SELECT file_id, number, state, changed_at FROM pages").fetchall()
            open_dossiers = connection.execute("SELECT count(*) FROM dossiers WHERE NOT assembled").fetchone()[0]
        except sqlite3.OperationalError:  # killed before the tables were made
            return {}, False
    return {(row[0], row[1]): (row[2], row[3]) for row in rows}, bool(rows) and open_dossiers == 0


def _index(store: Path, engine: str) -> tuple[tuple[str, ...], int]:
    """Ids of all documents the index holds, each as often as it is found, and how many pages it holds."""
    settings = IndexSettings().model_copy(update={"engine": engine})
    index = open_index(settings, store / "index")
    try:
        found: list[str] = []
        question: Question | None = Question(query=parse_query(""), limit=100, reader=OPERATOR)
        while question is not None:
            results = index.search(question)
            found += [hit.document_id for hit in results.hits]
            question = replace(question, after=results.next) if results.next else None
        return tuple(sorted(found)), index.stats().pages
    finally:
        index.close()


def examine(store: Path, before: Observed | None) -> list[str]:
    """What is wrong with a store after a kill or at the end: half-written files, pages read twice, pages lost."""
    visible = [path for folder in ("dossiers", "quarantine") for path in sorted((store / folder).rglob("*"))]
    problems = [problem for path in visible if (problem := _broken(path))]
    if before is None:
        return problems
    now = observe(store)
    for name, mark in before.pages.items():
        if name not in now.pages:
            if not _was_stopped(name, now):
                problems.append(f"page {name} was kept and is gone")
        elif now.pages[name] != mark:
            problems.append(f"page {name} was read twice")
    for key, (state, noted) in before.states.items():
        if key not in now.states:
            problems.append(f"page {key} left the ledger")
        elif state in _FINISHED and now.states[key] != (state, noted) and now.states[key][0] != "stopped":
            problems.append(f"page {key} was {state} and became {now.states[key][0]}")
    return problems


def _was_stopped(name: str, now: Observed) -> bool:
    """A page that was kept may go when its document turns out to be secret."""
    number = int(name.partition(".")[0].rpartition("-")[2])
    return any(state == "stopped" and key[1] == number for key, (state, _) in now.states.items())


def _broken(path: Path) -> str | None:
    """Why a visible file is not whole; files whose names begin with a dot are being written and seen by nobody."""
    if not path.is_file() or path.name.startswith("."):
        return None
    try:
        if path.name.endswith(".json.gz"):
            json.loads(gzip.decompress(path.read_bytes()))
        elif path.parent.name == "documents" or path.name == "dossier.json":
            json.loads(path.read_bytes())
        elif path.parent.name == "pages" and not path.read_bytes().endswith(b"\xff\xd9"):
            return f"{path.name} is half a picture"
        elif path.parent.name in ("originals", "quarantine"):
            with path.open("rb") as file:
                if hashlib.file_digest(file, "sha256").hexdigest() != path.stem:
                    return f"{path.name} is not what its name says"
    except (ValueError, OSError, EOFError) as error:
        return f"{path.name} is half written: {error}"
    return None


def compare(after: Observed, reference: Observed) -> list[str]:
    """Differences between a batch that was killed and one that was not."""
    problems = []
    if after.counts != reference.counts:
        problems.append(f"counts differ: {after.counts} instead of {reference.counts}")
    if {key: state for key, (state, _) in after.states.items()} != {key: state for key, (state, _) in reference.states.items()}:
        problems.append("states of pages differ")
    if after.pages.keys() != reference.pages.keys():
        problems.append(f"kept pages differ: {sorted(after.pages.keys() ^ reference.pages.keys())}")
    problems += [
        f"document {name} differs"
        for name in sorted(after.documents.keys() | reference.documents.keys())
        if after.documents.get(name) != reference.documents.get(name)
    ]
    if after.hits != reference.hits:
        problems.append(f"the index holds {len(after.hits)} documents instead of {len(reference.hits)}")
    if len(set(after.hits)) != len(after.hits):
        problems.append("the index holds a document twice")
    return problems
