"""A new generation of the embedded index, filled beside the one that answers while everybody else goes on.

In: operations. Out: the pointer moved to the new generation, or nothing changed. Writes of other processes go to the old generation
meanwhile; their changes stand in the outbox, and who rebuilds writes the last of them after `settle`, when writers wait.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import ExitStack
from types import TracebackType

from indexer.embedded.folder import IndexFolder
from indexer.embedded.generation import Generation
from indexer.embedded.seam import engine_errors
from indexer.port import Operation, Outcome

_GRACE_S = 1.0
"""How long the old generation stays after the swap: a question that has just read the pointer opens it still."""


class EmbeddedRebuild:
    """A new generation in its own folder; the pointer moves to it at the end."""

    def __init__(self, folder: IndexFolder) -> None:
        self.folder = folder
        self.generation = ""
        self._held = ExitStack()
        self._filling: Generation | None = None
        self._settled = False

    def __enter__(self) -> EmbeddedRebuild:
        with engine_errors(self.folder.path), ExitStack() as held:
            held.enter_context(self.folder.rebuilding())
            if (current := self.folder.current()) is not None:
                self.folder.remove_others(current)  # what a rebuild that was killed left behind
            self.generation = self.folder.create()
            self._filling = Generation(self.folder.path / self.generation)
            self._held = held.pop_all()
        return self

    def write(self, operations: Sequence[Operation]) -> list[Outcome]:
        """See `Rebuild.write`."""
        return self._open().fill(operations)

    def settle(self) -> None:
        """See `Rebuild.settle`: what takes long is done first, then writers of the old generation wait."""
        if not self._settled:
            self._open().commit()
            self._open().finish()
            self._held.enter_context(self.folder.locked(alone=True))
            self._settled = True

    def _open(self) -> Generation:
        if self._filling is None:
            raise RuntimeError("a rebuild writes inside its with block only")
        return self._filling

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        filling = self._filling
        with self._held:
            if filling is None:
                return
            try:
                if kind is None:
                    self._swap(filling)
            finally:
                self._filling = None
                if self.folder.current() != self.generation:
                    filling.release()
                    self.folder.remove(self.generation)

    def _swap(self, filling: Generation) -> None:
        with engine_errors(self.folder.path):
            self.settle()
            filling.commit()
            filling.release()  # writers wait: segments of the last changes are merged by whoever writes next
            self.folder.swap(self.generation)
            time.sleep(_GRACE_S)
            self.folder.remove_others(self.generation)
