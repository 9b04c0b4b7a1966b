"""The one place where the engine's own errors become ours.

In: whatever tantivy raises, its panics included. Out: `Unavailable`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dossier.errors import Unavailable

BUSY = "another process is writing"


@contextmanager
def engine_errors(folder: Path) -> Iterator[None]:
    """Turn errors of the engine into `Unavailable`: try again, or rebuild the index from the store."""
    try:
        yield
    except (ValueError, OSError, RuntimeError) as error:
        busy = "LockBusy" in str(error)
        detail = BUSY if busy else f"{type(error).__name__}: {error}"[:300]
        raise Unavailable(what=f"{folder}", detail=detail) from error
    except BaseException as error:
        # A panic of the engine comes as pyo3_runtime.PanicException, which no module exports, straight under BaseException.
        if type(error).__name__ != "PanicException":
            raise
        raise Unavailable(what=f"{folder}", detail=f"the engine failed: {error}"[:300]) from error
