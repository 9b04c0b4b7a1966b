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

from dossier.errors import NotFound
from dossier.settings import IntakeSettings
from flows.folders import FACTS_FILE, ScanFolder, find_folders

_Shape = tuple[int, int]
_AGAIN_AFTER_S = 10.0


def watch(paths: Sequence[Path], settings: IntakeSettings, take: Callable[[list[ScanFolder]], bool], stop: threading.Event) -> None:
    """Look every `poll_s` seconds; hand over dossiers with files that have not changed for `stable_s` seconds.

    Args:
        paths: what to watch. One that goes away later (a network share) is waited for.
        settings: how often to look, how long a file has to rest.
        take: works on what is ready; False when it has to be offered again.
        stop: ends the watch.

    Raises:
        NotFound: when a path does not exist at the start.
    """
    seen: dict[Path, tuple[_Shape, float]] = {}
    taken: dict[Path, _Shape] = {}
    folders = find_folders(paths, settings.ignore)
    while not stop.is_set():
        ready, shapes = [], dict[Path, _Shape]()
        for folder in folders:
            complete = [path for path in folder.files if _is_complete(path, seen, settings.stable_s)]
            new = {path: seen[path][0] for path in complete} | _facts_shape(folder)
            if complete and any(taken.get(path) != shape for path, shape in new.items()):
                ready.append(replace(folder, files=tuple(complete)))
                shapes |= new
        well = not ready or take(ready)
        if well:
            taken |= shapes
        stop.wait(settings.poll_s if well else _AGAIN_AFTER_S)
        folders = _look_again(paths, settings)


def _is_complete(path: Path, seen: dict[Path, tuple[_Shape, float]], stable_s: float) -> bool:
    try:
        status = path.stat()
    except OSError:  # moved away between two looks
        return False
    shape = (status.st_size, status.st_mtime_ns)
    if path not in seen or seen[path][0] != shape:
        seen[path] = (shape, time.monotonic())
    return time.monotonic() - seen[path][1] >= stable_s


def _facts_shape(folder: ScanFolder) -> dict[Path, _Shape]:
    """The `ho-so.yaml` of a dossier: corrected under files that were taken before, it makes the dossier ready again."""
    path = folder.folder / FACTS_FILE
    try:
        status = path.stat()
    except OSError:
        return {}
    return {path: (status.st_size, status.st_mtime_ns)}


def _look_again(paths: Sequence[Path], settings: IntakeSettings) -> list[ScanFolder]:
    try:
        return find_folders(paths, settings.ignore)
    except (NotFound, OSError):  # moved away between two looks; it may come back
        return []
