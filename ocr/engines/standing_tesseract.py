"""A Tesseract that stays: started once a worker, it reads single lines as they come; a start costs more than the lines of a page.

In: files with one line each (PGM). Out: Tesseract's table of words, the files numbered from 1. It takes file names from its
standard input one by one (`stream_filelist`); that it is done shows when it comes to a blank picture behind them.
"""

from __future__ import annotations

import contextlib
import os
import selectors
import signal
import subprocess
import tempfile
import time
import weakref
from collections.abc import Sequence
from pathlib import Path

from dossier.errors import MissingTool, TimedOut, Unreadable

_COMMAND = (
    *("env", "OMP_THREAD_LIMIT=1"),
    *("setpriv", "--pdeathsig", "KILL"),  # it never outlives its worker
    *("stdbuf", "-oL"),  # every row as soon as it is read
    *("tesseract", "-", "-", "--psm", "7", "--oem", "1", "--dpi", "300"),
    *("-c", "tessedit_do_invert=0", "-c", "stream_filelist=1"),
)
_NAME = "tesseract"
_BLANK = b"P5\n30 30\n255\n" + b"\xff" * 900
_CHUNK = 65_536


class StandingTesseract:
    """One process, started when the first line comes and again after a failure."""

    def __init__(self, language: str) -> None:
        """Prepare for `language`; nothing is started yet."""
        self._command = (*_COMMAND, "-l", language, "tsv")
        self._running: _Running | None = None

    def read(self, paths: Sequence[Path], *, limit_s: float) -> str:
        """The table of words of these pictures.

        Raises:
            TimedOut: it took longer; the process was killed.
            Unreadable: it failed or wrote no table.
            MissingTool: it is not installed.
        """
        if self._running is None or self._running.has_ended():
            self._running = _Running(self._command)
        try:
            return self._running.table_of(paths, limit_s=limit_s)
        except BaseException:
            self._running.stop()
            self._running = None
            raise


class _Running:
    """The process, what it wrote and how many pictures it was given."""

    def __init__(self, command: Sequence[str]) -> None:
        try:
            self._process = subprocess.Popen(
                command,
                bufsize=0,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        except FileNotFoundError as error:
            raise MissingTool(
                tool=str(error.filename), install="sudo apt-get install tesseract-ocr util-linux coreutils"
            ) from error
        self.stop = weakref.finalize(self, _stop, self._process)
        self._head, self._pending, self._given = "", b"", 0

    def has_ended(self) -> bool:
        return self._process.poll() is not None

    def table_of(self, paths: Sequence[Path], *, limit_s: float) -> str:
        assert self._process.stdin is not None
        first = self._given + 1
        end = first + len(paths)
        with tempfile.NamedTemporaryFile(prefix="sohoa-", suffix=".pgm") as blank:
            blank.write(_BLANK)
            blank.flush()
            try:
                self._process.stdin.write("".join(f"{path}\n" for path in (*paths, blank.name)).encode())
            except OSError as error:
                raise self._failure() from error
            self._given = end
            rows = self._rows_until(end, deadline=time.monotonic() + limit_s, limit_s=limit_s)
        own = [f"{level}\t{page - first + 1}\t{rest}" for level, page, rest in rows if first <= page < end]
        return "\n".join([self._head, *own]) + "\n"

    def _rows_until(self, page: int, *, deadline: float, limit_s: float) -> list[tuple[str, int, str]]:
        """Rows up to the first of picture `page`, split into level, number of the picture and the rest."""
        rows: list[tuple[str, int, str]] = []
        while True:
            line = self._line(deadline, limit_s)
            if not self._head:
                self._head = line
                continue
            level, _, rest = line.partition("\t")
            number, _, rest = rest.partition("\t")
            if not number.isdecimal():
                raise Unreadable(engine=_NAME, detail=f"TSV: {line[:80]}")
            if int(number) >= page:
                return rows
            rows.append((level, int(number), rest))

    def _line(self, deadline: float, limit_s: float) -> str:
        assert self._process.stdout is not None
        while b"\n" not in self._pending:
            with selectors.DefaultSelector() as ready:
                ready.register(self._process.stdout, selectors.EVENT_READ)
                if not ready.select(max(0.0, deadline - time.monotonic())):
                    raise TimedOut(engine=_NAME, timeout_s=limit_s)
            more = os.read(self._process.stdout.fileno(), _CHUNK)
            if not more:
                raise self._failure()
            self._pending += more
        line, _, self._pending = self._pending.partition(b"\n")
        return line.decode("utf-8", "replace")

    def _failure(self) -> Unreadable:
        self.stop()
        return Unreadable(engine=_NAME, detail=f"{self._process.returncode}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Kill the process and what it started."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with contextlib.suppress(OSError):
                pipe.close()
