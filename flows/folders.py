"""Which dossiers a path holds. In: paths the operator named. Out: `ScanFolder`s with their files, nothing opened yet.

A path is a batch folder whose sub-folders are dossiers, one dossier folder, or one file. A dossier is known by the path of its
batch folder and its own name, however it was named on the command line.
"""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from dossier.errors import NotFound

FACTS_FILE = "ho-so.yaml"


@dataclass(frozen=True, slots=True)
class ScanFolder:
    """A dossier as it lies on disk; `files` are paths in the order of a person (2 before 10)."""

    batch: str
    name: str
    folder: Path
    files: tuple[Path, ...]

    def name_of(self, file: Path) -> str:
        """The file's name inside the dossier."""
        return file.relative_to(self.folder).as_posix()


def find_folders(paths: Iterable[Path], ignore: Sequence[str]) -> list[ScanFolder]:
    """The dossiers of all paths, each once.

    Raises:
        NotFound: when a path does not exist.
    """
    found: dict[tuple[str, str], ScanFolder] = {}
    for path in paths:
        for folder in _folders_of(path.resolve(), ignore):
            key = (folder.batch, folder.name)
            known = found.get(key)
            files = folder.files if known is None else tuple(dict.fromkeys(known.files + folder.files))
            found[key] = ScanFolder(folder.batch, folder.name, folder.folder, files)
    return list(found.values())


def _folders_of(path: Path, ignore: Sequence[str]) -> list[ScanFolder]:
    if not path.exists():
        raise NotFound(what="path", id=str(path))
    if path.is_file():
        return [_folder(path.parent, (path,))]
    if (path / FACTS_FILE).is_file():  # one dossier, whatever sub-folders its scans lie in
        return [_folder(path, _files_below(path, ignore))]
    children = sorted((child for child in path.iterdir() if not _ignored(child, ignore)), key=natural_key)
    loose = tuple(child for child in children if child.is_file())
    folders = [_folder(path, loose)] if loose else []
    for child in children:
        if child.is_dir():
            folders.append(_folder(child, _files_below(child, ignore)))
    return folders


def _files_below(folder: Path, ignore: Sequence[str]) -> tuple[Path, ...]:
    found = (file for file in folder.rglob("*") if file.is_file() and not _hidden(file, folder, ignore))
    return tuple(sorted(found, key=natural_key))


def _folder(path: Path, files: tuple[Path, ...]) -> ScanFolder:
    return ScanFolder(str(path.parent), path.name, path, files)


def _hidden(file: Path, folder: Path, ignore: Sequence[str]) -> bool:
    return any(_matches(part, ignore) for part in file.relative_to(folder).parts)


def _ignored(path: Path, ignore: Sequence[str]) -> bool:
    return _matches(path.name, ignore)


def _matches(name: str, ignore: Sequence[str]) -> bool:
    return any(fnmatch.fnmatch(name, pattern) for pattern in ignore)


def natural_key(path: Path | str) -> tuple[tuple[int, str], ...]:
    """Sort key in which `trang 2` comes before `trang 10`."""
    return tuple((int(part), "") if part.isdecimal() else (-1, part.casefold()) for part in re.split(r"(\d+)", str(path)))
