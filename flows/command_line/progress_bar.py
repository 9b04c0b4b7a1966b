"""A progress bar with pages a second and time left, on standard error."""

from __future__ import annotations

import time
from types import TracebackType

from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.text import Text

from flows.command_line.console import errors
from flows.command_line.language import say
from flows.page_worker import PageOutcome


class _Rate(ProgressColumn):
    def render(self, task: Task) -> Text:
        """Pages a second since the start."""
        elapsed = task.elapsed or 0.0
        rate = task.completed / elapsed if elapsed > 0 else 0.0
        return Text(say("progress.rate", rate=f"{rate:.2f}"))


class ProgressBar:
    """Listens to a batch and shows it; silent lines every few seconds where there is no terminal."""

    _QUIET_S = 15.0

    def __init__(self) -> None:
        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            _Rate(),
            TimeRemainingColumn(compact=True),
        )
        self._progress = Progress(*columns, console=errors, disable=not errors.is_terminal)
        self._task = self._progress.add_task(say("progress.reading"), total=None, visible=False)
        self._total = self._done = 0
        self._start = self._said = time.monotonic()

    def __enter__(self) -> ProgressBar:
        self._progress.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._progress.stop()

    def pages_waiting(self, count: int) -> None:
        """See `flows.progress.Listener`."""
        self._total = count
        self._progress.update(self._task, total=count, visible=count > 0)

    def page_done(self, outcome: PageOutcome) -> None:
        """See `flows.progress.Listener`."""
        self._done += 1
        self._progress.advance(self._task)
        now = time.monotonic()
        if self._progress.disable and (now - self._said >= self._QUIET_S or self._done == self._total):
            self._said = now
            rate = say("progress.rate", rate=f"{self._done / max(now - self._start, 1e-6):.2f}")
            errors.print(f"{say('progress.reading')}: {self._done}/{self._total}, {rate}")
