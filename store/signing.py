"""The key with which the server signs what it hands out and takes back (cursors): made once, kept beside the ledger.

In: the store's folder. Out: 32 bytes, the same for every process that serves this store.
"""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path

from dossier.errors import Unavailable

_FILE = "signing.key"
_BYTES = 32


def signing_key(folder: Path) -> bytes:
    """The store's key; made at the first call. Whoever deletes the file makes every cursor handed out before worthless.

    Raises:
        Unavailable: when the folder cannot be written, or the file is not a key.
    """
    path = folder / _FILE
    try:
        if not path.exists():
            _make(path)
        key = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except (OSError, ValueError) as error:
        raise Unavailable(what="store", detail=f"{_FILE}: {error}"[:160]) from error
    if len(key) != _BYTES:
        raise Unavailable(what="store", detail=f"{_FILE}: {len(key)} bytes")
    return key


def _make(path: Path) -> None:
    """Two processes may come at once: the first link wins, and both read what it holds."""
    new = path.with_name(f".{_FILE}-{secrets.token_hex(4)}")
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(_BYTES))
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            path.hardlink_to(new)
    finally:
        new.unlink(missing_ok=True)
