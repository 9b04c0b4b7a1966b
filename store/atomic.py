"""Writing files so that a half-written one is never visible: temporary name, fsync, rename, fsync of the folder."""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from dossier.errors import Damaged, Unavailable

_BLOCK_BYTES = 1 << 20
PREFIX = ".writing-"
"""Names of files that are being written; leftovers of a killed process are swept by `sweep`."""


def write_bytes(path: Path, data: bytes) -> None:
    """Put `data` at `path`, whole or not at all.

    Raises:
        Unavailable: when the disk does not take it (full, read-only).
    """
    with _replacing(path) as file:
        file.write(data)


def copy_file(source: Path, target: Path, sha256: str) -> None:
    """Copy a file, whole or not at all.

    Raises:
        Damaged: when it cannot be read, or its content no longer has the digest `sha256` (it is still being written).
        Unavailable: when the disk does not take it.
    """
    with _replacing(target) as file:
        seen = hashlib.sha256()
        for block in _blocks(source):
            seen.update(block)
            file.write(block)
        if seen.hexdigest() != sha256:
            raise Damaged(detail=f"{source.name}: SHA-256")


def sweep(folder: Path) -> int:
    """Remove what a killed process left half written; answers how many files. Call it only while nobody else writes."""
    leftovers = list(folder.rglob(f"{PREFIX}*"))
    for leftover in leftovers:
        leftover.unlink(missing_ok=True)
    return len(leftovers)


def _blocks(source: Path) -> Iterator[bytes]:
    try:
        with source.open("rb") as file:
            while block := file.read(_BLOCK_BYTES):
                yield block
    except OSError as error:
        raise Damaged(detail=f"{source.name}: {error.strerror}") from error


@contextlib.contextmanager
def _replacing(path: Path) -> Iterator[IO[bytes]]:
    try:
        with _replacing_or_refused(path) as file:
            yield file
    except OSError as error:
        raise Unavailable(what="store", detail=f"{path.name}: {error.strerror}") from error


@contextlib.contextmanager
def _replacing_or_refused(path: Path) -> Iterator[IO[bytes]]:
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(prefix=PREFIX, dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o640)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
