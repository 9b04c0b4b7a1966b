"""The Tesseract that stays reads page after page in one process; when it fails it is killed, and the next page starts another."""

import os
import signal
import time
from pathlib import Path

import numpy as np
import pytest

from dossier.errors import TimedOut, Unreadable
from dossier.settings import OcrSettings
from ocr.engines import Tesseract
from ocr.engines.standing_tesseract import StandingTesseract


@pytest.fixture(scope="module")
def lines(sheet) -> list[np.ndarray]:
    """Crops of some printed lines."""
    grey = sheet.image[:, :, 0]
    boxes = [line.box for line in sheet.truth.lines if len(line.text) > 20][:4]
    return [np.ascontiguousarray(grey[box[1] - 4 : box[3] + 4, box[0] - 8 : box[2] + 8]) for box in boxes]


def children() -> set[int]:
    return set(map(int, Path("/proc/thread-self/children").read_text().split()))


def texts(found) -> list[str]:
    return [" ".join(word.text for word in words) for words in found]


def fake(folder: Path, monkeypatch, body: str) -> None:
    program = folder / "tesseract"
    program.write_text(f"#!/bin/sh\n{body}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")


def test_one_process_serves_page_after_page(lines):
    engine, before = Tesseract(OcrSettings()), children()
    first = texts(engine.read_lines(lines))
    started = children() - before
    assert len(started) == 1
    assert texts(engine.read_lines(lines[:1])) == first[:1]
    assert texts(engine.read_lines(lines[::-1])) == first[::-1]
    assert children() - before == started
    assert len(set(first)) == len(lines)


def test_it_ends_with_its_engine(lines):
    engine, before = Tesseract(OcrSettings()), children()
    engine.read_lines(lines[:1])
    del engine
    assert children() <= before


def test_another_is_started_when_it_was_killed(lines):
    engine, before = Tesseract(OcrSettings()), children()
    first = texts(engine.read_lines(lines))
    (pid,) = children() - before
    os.kill(pid, signal.SIGKILL)
    time.sleep(0.1)
    assert texts(engine.read_lines(lines)) == first


def ended(stat: Path, *, within_s: float = 5.0) -> bool:
    """Whether a process is gone or a zombie soon: a signal takes a moment on a busy machine."""
    end = time.monotonic() + within_s
    while time.monotonic() < end:
        try:
            if stat.read_text().rpartition(")")[2].split()[0] == "Z":
                return True
        except (FileNotFoundError, ProcessLookupError):
            return True
        time.sleep(0.02)
    return False


def test_one_that_hangs_is_killed_with_all_that_it_started(tmp_path, monkeypatch):
    fake(tmp_path, monkeypatch, f"sleep 300 & echo $! > {tmp_path}/grandchild; wait")
    standing, before, start = StandingTesseract("vie"), children(), time.monotonic()
    with pytest.raises(TimedOut) as caught:
        standing.read([tmp_path / "a.pgm"], limit_s=1.0)
    assert time.monotonic() - start < 3
    assert caught.value.facts == {"engine": "tesseract", "timeout_s": 1.0}
    assert children() <= before
    grandchild = Path(f"/proc/{(tmp_path / 'grandchild').read_text().strip()}/stat")
    assert ended(grandchild), "killed as well"


@pytest.mark.parametrize("body", ["exit 3", "echo head; echo nonsense; sleep 300", "kill -SEGV $$"])
def test_one_that_fails_or_lies_is_no_reader(tmp_path, monkeypatch, body):
    fake(tmp_path, monkeypatch, body)
    before = children()
    with pytest.raises(Unreadable):
        StandingTesseract("vie").read([tmp_path / "a.pgm"], limit_s=5.0)
    assert children() <= before


def test_a_picture_that_is_not_there_ends_it_and_the_next_page_is_read(lines, tmp_path):
    standing = StandingTesseract("vie")
    with pytest.raises(Unreadable):
        standing.read([tmp_path / "none.pgm"], limit_s=5.0)
    path = tmp_path / "line.pgm"
    path.write_bytes(b"P5\n%d %d\n255\n" % lines[0].shape[::-1] + lines[0].tobytes())
    assert standing.read([path], limit_s=10.0).startswith("level\tpage_num\t")
