"""What a worker process does: read one page, look for a secrecy mark, keep the result.

In: a `PageTask`. Out: a `PageOutcome`; words and image are on the shelf, only small facts travel. Engine and networks
are loaded once a process, and the process ends when its parent is gone.
"""

from __future__ import annotations

import atexit
import errno
import os
import signal
import tempfile
import threading
import time
from dataclasses import dataclass
from multiprocessing import parent_process
from multiprocessing.connection import wait

from dossier.errors import BadScan, Damaged, DossierError, NotFound, Unavailable
from dossier.model import Page, PageScan, PageState
from dossier.settings import IntakeSettings, OcrSettings
from metadata import find_documents, is_separator, secrecy_mark
from ocr import Reader, open_reader, read_page
from store import Reason, Shelf

_OF_THE_MACHINE = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EFBIG}
"""Errors that no other scan of the page would mend: the batch stops and goes on later."""


@dataclass(frozen=True, slots=True)
class PageTask:
    """One page to be read. `file_id` is the file's row in the ledger; `waived`: a person has found that its mark is none."""

    file_id: str
    dossier_id: str
    scan: PageScan
    waived: bool = False


@dataclass(frozen=True, slots=True)
class PageOutcome:
    """What became of a page. `seconds` is how long it took; 0 when it had been kept before."""

    task: PageTask
    state: PageState
    reason: Reason | None = None
    seconds: float = 0.0


@dataclass(slots=True)
class _Desk:
    shelf: Shelf
    reader: Reader


_desk: _Desk | None = None
_failure: DossierError | None = None


def prepare_worker(shelf: Shelf, ocr: OcrSettings, limits: IntakeSettings) -> None:
    """Load what reading needs; run once at the start of a worker process."""
    global _desk, _failure
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole process group; the parent decides
    shelf.desk.mkdir(parents=True, exist_ok=True, mode=0o700)
    tempfile.tempdir = str(shelf.desk)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    # At once, when the work is done: the thread above keeps Python from taking itself down, and libraries would complain of that.
    atexit.register(os._exit, 0)
    try:
        _desk = _Desk(shelf, open_reader(ocr, limits))
    except DossierError as error:  # raised here it would only break the pool and look like a crash on every page
        _failure = error


def is_ready() -> bool:
    """Whether a worker process can read; asking for it starts one."""
    return _desk is not None


def read_one(task: PageTask) -> PageOutcome:
    """Read a page unless it is kept already. This is the page boundary: whatever is wrong with a page sets it aside.

    Raises:
        MissingTool, Unavailable: nothing wrong with the page; the batch has to stop.
    """
    if _desk is None:
        raise _failure or RuntimeError("prepare_worker was not run")
    start = time.perf_counter()
    kept = _kept(task, _desk.shelf)
    if kept is not None:
        return PageOutcome(task, _state(kept), _no_text_of(kept))
    try:
        reading = read_page(task.scan, _desk.reader)
    except BadScan as error:
        return PageOutcome(task, PageState.SET_ASIDE, Reason(error.code, error.facts))
    except DossierError:
        raise
    except OSError as error:
        if error.errno in _OF_THE_MACHINE:
            raise Unavailable(what="store", detail=str(error)) from error
        return _set_aside(task, error)
    except Exception as error:  # noqa: BLE001  # page boundary: a decoder may raise anything on a broken page
        return _set_aside(task, error)
    if not task.waived and secrecy_mark(reading.page) is not None:
        # Before anything is kept (Luật Bảo vệ bí mật nhà nước; facts of the stop rule in docs/decisions).
        return PageOutcome(task, PageState.STOPPED, Reason("secret", _place_of(reading.page)))
    _desk.shelf.save_page(task.dossier_id, reading.page, reading.view_jpeg)
    return PageOutcome(task, _state(reading.page), _no_text_of(reading.page), time.perf_counter() - start)


def _state(page: Page) -> PageState:
    if is_separator(page):
        return PageState.SEPARATOR
    if page.blank:
        return PageState.BLANK
    return PageState.SET_ASIDE if "no_text" in page.issues else PageState.READ


def _no_text_of(page: Page) -> Reason | None:
    return Reason("no_text") if "no_text" in page.issues else None


def _kept(task: PageTask, shelf: Shelf) -> Page | None:
    """The page when it was read before a kill came; one whose file was damaged since is read again."""
    try:
        return shelf.page(task.dossier_id, task.scan.id)
    except (NotFound, Damaged):
        return None


def _set_aside(task: PageTask, error: Exception) -> PageOutcome:
    detail = f"{type(error).__name__}: {error}"[:160]
    return PageOutcome(task, PageState.SET_ASIDE, Reason("unreadable", {"engine": "decode", "detail": detail}))


def _place_of(page: Page) -> dict[str, int]:
    """All that is remembered of a page with a secrecy mark: it separates papers, or it shows the head of a document or none."""
    if is_separator(page):
        return {"separator": 1}
    document = find_documents((page,), packs=())[0]
    return {"starts": int(any((document.organ_name, document.code_number, document.issued_date)))}


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
