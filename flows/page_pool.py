"""Worker processes that read pages, one a core, kept for a whole run; a page that kills its worker ends alone.

In: `PageTask`s. Out: `PageOutcome`s in any order. Threads may share a pool.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from queue import SimpleQueue
from types import TracebackType

from dossier.model import PageState
from dossier.settings import IntakeSettings, OcrSettings
from flows.page_worker import PageOutcome, PageTask, is_ready, prepare_worker, read_one
from store import Reason, Shelf


class PagePool:
    """Reads pages in `jobs` processes of its own."""

    def __init__(self, jobs: int, shelf: Shelf, ocr: OcrSettings, limits: IntakeSettings) -> None:
        self.jobs = jobs
        self._prepare = (shelf, ocr, limits)
        self._lock = threading.Lock()
        self._executor: ProcessPoolExecutor | None = None

    def __enter__(self) -> PagePool:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        with self._lock:
            if self._executor is not None:
                self._executor.shutdown(wait=True, cancel_futures=True)
                self._executor = None

    def warm_up(self) -> None:
        """Start the worker processes now, so that they load their engine while the caller is still busy."""
        self._open().submit(is_ready)

    def cancel(self) -> None:
        """Drop every page that no worker has begun; whoever waits for one gets `CancelledError`."""
        with self._lock:
            if self._executor is not None:
                self._executor.shutdown(wait=False, cancel_futures=True)

    def read(self, tasks: Sequence[PageTask]) -> Iterator[PageOutcome]:
        """Read pages; those in flight when a worker dies are read again one by one, so the guilty one is known.

        Raises:
            MissingTool, Unavailable: from a worker; nothing wrong with the pages.
            CancelledError: after `cancel`.
        """
        executor = self._open()
        try:
            futures: dict[Future[PageOutcome], PageTask] = {executor.submit(read_one, task): task for task in tasks}
        except BrokenProcessPool:
            self._discard(executor)
            futures, bereft = {}, list(tasks)
        else:
            bereft = []
        # Callbacks hear of cancelled futures; `as_completed` would wait for those for ever.
        done: SimpleQueue[Future[PageOutcome]] = SimpleQueue()
        for future in futures:
            future.add_done_callback(done.put)
        for _ in range(len(futures)):
            future = done.get()
            try:
                yield future.result()
            except BrokenProcessPool:
                bereft.append(futures[future])
        if bereft:
            self._discard(executor)
            yield from (self._read_alone(task) for task in bereft)

    def _read_alone(self, task: PageTask) -> PageOutcome:
        with self._new_executor(1) as executor:
            try:
                return executor.submit(read_one, task).result()
            except BrokenProcessPool:
                facts = {"engine": "worker", "detail": "crashed"}
                return PageOutcome(task, PageState.SET_ASIDE, Reason("unreadable", facts))

    def _open(self) -> ProcessPoolExecutor:
        with self._lock:
            if self._executor is None:
                self._executor = self._new_executor(self.jobs)
            return self._executor

    def _discard(self, executor: ProcessPoolExecutor) -> None:
        with self._lock:
            if self._executor is executor:
                self._executor = None
        executor.shutdown(wait=False, cancel_futures=True)

    def _new_executor(self, jobs: int) -> ProcessPoolExecutor:
        # spawn: OpenCV and ONNX Runtime are not safe to fork.
        return ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=prepare_worker, initargs=self._prepare)
