"""A watched inbox: files that have stopped growing are taken in, again and again, until told to stop.

In: paths and settings. Out: batches of complete files, handed to a function. Events are not needed: each look compares the folder
with what was seen before, so nothing is lost on network shares either, and the ledger skips what is done.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from dossier.settings import IntakeSettings
from flows.folders import FACTS_FILE, ScanFolder, find_folders

_Shape = tuple[int, int]


def watch(paths: Sequence[Path], settings: IntakeSettings, take: Callable[[list[ScanFolder]], None], stop: threading.Event) -> None:
    """Look every `poll_s` seconds; hand over dossiers with files that have not changed for `stable_s` seconds.

    Raises:
        NotFound: when a path does not exist at the start.
    """
    seen: dict[Path, tuple[_Shape, float]] = {}
    taken: dict[Path, _Shape] = {}
    while not stop.is_set():
        ready = []
        for folder in find_folders(paths, settings.ignore):
            complete = [path for path in folder.files if _is_complete(path, seen, settings.stable_s)]
            if any(taken.get(path) != seen[path][0] for path in complete) or _facts_changed(folder, taken):
                ready.append(replace(folder, files=tuple(complete)))
                taken |= {path: seen[path][0] for path in complete}
        if ready:
            take(ready)
        stop.wait(settings.poll_s)


def _is_complete(path: Path, seen: dict[Path, tuple[_Shape, float]], stable_s: float) -> bool:
    try:
        status = path.stat()
    except FileNotFoundError:  # moved away between two looks
        return False
    shape = (status.st_size, status.st_mtime_ns)
    if path not in seen or seen[path][0] != shape:
        seen[path] = (shape, time.monotonic())
    return time.monotonic() - seen[path][1] >= stable_s


def _facts_changed(folder: ScanFolder, taken: dict[Path, _Shape]) -> bool:
    """Whether a `ho-so.yaml` was corrected under files that were taken before."""
    path = folder.folder / FACTS_FILE
    if not path.is_file():
        return False
    status = path.stat()
    shape = (status.st_size, status.st_mtime_ns)
    changed = path in taken and taken[path] != shape
    taken[path] = shape
    return changed
