"""The folder of the embedded index: generations beside each other and a pointer file to the one that answers.

    index/current            "v1-3": swapped atomically
    index/v1-3/format.json   versions of schema, analysis and engine that made it
    index/v1-3/documents/ pages/
    index/lock               shared by writers, held alone for the moment in which the pointer moves
    index/rebuild.lock       held by the one process that fills a new generation

In: the folder. Out: names of generations, created, swapped, removed.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.metadata import version
from pathlib import Path

from dossier.errors import Unavailable
from dossier.text import ANALYSIS
from indexer.records import GENERATION_STEM

FORMAT = {"schema": GENERATION_STEM, "analysis": ANALYSIS, "engine": version("tantivy"), "pairs": "1"}

_POINTER, _FORMAT_FILE, _LOCK, _REBUILD_LOCK = "current", "format.json", "lock", "rebuild.lock"

_PATIENCE_S = 60.0
"""How long a write waits for a swap, and a swap for a write; either takes a few seconds at most."""

_LOOK_S = 0.02


class IndexFolder:
    """Generations of an index on disk."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def current(self) -> str | None:
        """Name of the generation that answers, None before there is one."""
        try:
            return (self.path / _POINTER).read_text(encoding="ascii").strip()
        except FileNotFoundError:
            return None

    def ensure(self) -> str:
        """Name of the generation that answers; an empty one is made when there is none."""
        if (name := self.current()) is not None:
            return name
        with self.locked(alone=True):
            if (name := self.current()) is None:
                name = self.create()
                self.swap(name)
        return name

    def check(self, name: str) -> None:
        """Refuse a generation that another version of this program made.

        Raises:
            Unavailable: when it has to be rebuilt.
        """
        if self.made_by(name) != FORMAT:
            raise Unavailable(what=str(self.path), detail="problem.other_version")

    def made_by(self, name: str) -> dict[str, str]:
        """Versions that made a generation, {} when they are not known."""
        try:
            return {str(key): str(value) for key, value in json.loads((self.path / name / _FORMAT_FILE).read_bytes()).items()}
        except (OSError, ValueError, AttributeError):
            return {}

    def swapped_at(self) -> float:
        """When the pointer moved last, in seconds since the epoch."""
        return (self.path / _POINTER).stat().st_mtime

    def size_bytes(self, name: str) -> int:
        """How much disk a generation takes; files that a merge takes away meanwhile do not count."""
        total = 0
        for path in (self.path / name).rglob("*"):
            with suppress(FileNotFoundError):
                total += path.stat().st_size
        return total

    def create(self) -> str:
        """A new, empty generation, numbered after all others."""
        numbers = [int(found.name.rpartition("-")[2]) for found in self._generations()]
        name = f"{GENERATION_STEM}-{max(numbers, default=0) + 1}"
        (self.path / name).mkdir(parents=True)
        (self.path / name / _FORMAT_FILE).write_text(json.dumps(FORMAT), encoding="utf-8")
        return name

    def swap(self, name: str) -> None:
        """Let `name` answer from now on."""
        fresh = self.path / f"{_POINTER}.new"
        with fresh.open("w", encoding="ascii") as file:
            file.write(name)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self.path / _POINTER)
        handle = os.open(self.path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

    def remove_others(self, name: str) -> None:
        """Remove every generation but `name`; readers keep the files they have open."""
        for found in self._generations():
            if found.name != name:
                shutil.rmtree(found, ignore_errors=True)

    def remove(self, name: str) -> None:
        """Remove one generation."""
        shutil.rmtree(self.path / name, ignore_errors=True)

    def _generations(self) -> list[Path]:
        found = self.path.glob("v*-*") if self.path.is_dir() else iter(())
        return [path for path in found if path.name.rpartition("-")[2].isdigit()]

    @contextmanager
    def locked(self, *, alone: bool) -> Iterator[None]:
        """Hold the folder's lock, shared for a write or alone for a swap; it goes with the process.

        Raises:
            Unavailable: when somebody holds it for longer than anybody should.
        """
        with self._held(_LOCK, fcntl.LOCK_EX if alone else fcntl.LOCK_SH, _PATIENCE_S, "problem.being_written"):
            yield

    @contextmanager
    def rebuilding(self) -> Iterator[None]:
        """Be the only one who fills a new generation; a killed holder frees it.

        Raises:
            Unavailable: when another process is at it.
        """
        with self._held(_REBUILD_LOCK, fcntl.LOCK_EX, 0.0, "problem.being_rebuilt"):
            yield

    @contextmanager
    def _held(self, name: str, kind: int, patience_s: float, problem: str) -> Iterator[None]:
        self.path.mkdir(parents=True, exist_ok=True)
        latest = time.monotonic() + patience_s
        with (self.path / name).open("a") as file:
            while True:
                try:
                    fcntl.flock(file, kind | fcntl.LOCK_NB)
                    break
                except BlockingIOError as error:
                    if time.monotonic() >= latest:
                        raise Unavailable(what=str(self.path), detail=problem) from error
                    time.sleep(_LOOK_S)
            yield
