"""Reads data packs and says in which line what is wrong with one.

In: YAML files (those of the product, and an office's own folder). Out: `Pack`s, sorted by id; each file is parsed once a process
and again when it changes. A wrong key or value is a `BadFacts` that names file, line and key.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from dossier.errors import BadFacts, NotFound
from metadata.packs.model import Pack
from metadata.packs.reading import pack_of

SHIPPED = Path(__file__).parent / "data"


def load_packs(folder: Path | None = None) -> tuple[Pack, ...]:
    """The packs of the product with those of `folder`; a pack there replaces the product's of the same id.

    Raises:
        BadFacts: naming file, line, key and problem.
        NotFound: when there is no such folder.
    """
    packs = {pack.id: pack for pack in own_packs(SHIPPED)}
    if folder is not None:
        packs |= {pack.id: pack for pack in own_packs(folder)}
    return tuple(packs[pack_id] for pack_id in sorted(packs))


def own_packs(folder: Path) -> tuple[Pack, ...]:
    """The packs of one folder.

    Raises:
        BadFacts: naming file, line, key and problem; also where two files bear one id or a required paper is none of theirs.
        NotFound: when there is no such folder.
    """
    if not folder.is_dir():
        raise NotFound(what="path", id=str(folder))
    files = sorted(folder.glob("*.yaml"))
    return _loaded(tuple((path, path.stat().st_mtime_ns) for path in files))


@lru_cache(maxsize=8)
def _loaded(files: Sequence[tuple[Path, int]]) -> tuple[Pack, ...]:
    packs: dict[str, Pack] = {}
    for path, _ in files:
        pack = pack_of(path)
        if pack.id in packs:
            raise BadFacts(file=path.name, line=1, key="id", problem="pack.same_id", value=pack.id)
        packs[pack.id] = pack
    return tuple(packs.values())
