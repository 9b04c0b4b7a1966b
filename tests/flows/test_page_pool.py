"""Worker processes: a page that kills its worker ends alone; work of before is not done again."""

import os
import stat
import time
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from dossier.model import PageState
from dossier.settings import OcrSettings
from flows.batch import Workshop, admit_batch, complete_batch, run_in_threads
from flows.folders import find_folders
from flows.page_pool import PagePool
from flows.progress import Silence

KILLER = """#!/bin/sh
# Tesseract for every page but square ones: those take their whole worker process with them.
case "$1" in --version|--list-langs) exec {real} "$@" ;; esac
size=$(head -c 20 "$1" | sed -n 2p)
if [ "${{size% *}}" = "${{size#* }}" ]; then
  limiter=$(awk '{{print $4}}' /proc/$PPID/stat)
  kill -KILL "$limiter"
  sleep 5
fi
exec {real} "$@"
"""


def page(path, size, text):
    image = Image.new("L", size, 255)
    draw = ImageDraw.Draw(image)
    for row in range(6):
        draw.text((40, 40 + 30 * row), f"{text} {row} cong hoa xa hoi", fill=0, font_size=20)
    path.parent.mkdir(parents=True, exist_ok=True)
    image.save(path, dpi=(150, 150))


@pytest.fixture
def killer(tmp_path, monkeypatch):
    """A Tesseract first on the PATH that kills the reader of square pages."""
    import shutil

    real = shutil.which("tesseract")
    program = tmp_path / "bin" / "tesseract"
    program.parent.mkdir()
    program.write_text(KILLER.format(real=real))
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")


def test_a_page_that_kills_its_worker_is_set_aside_alone(tesseract_desk, tmp_path, killer):
    for number in range(5):
        page(tmp_path / "a" / f"{number}.png", (600, 600) if number == 2 else (600, 800), f"trang {number}")
    report = tesseract_desk.run(tmp_path / "a")
    (row,) = report.rows
    assert row.counts.pages[PageState.READ] == 4
    assert row.counts.pages[PageState.SET_ASIDE] == 1
    guilty = [
        (file.name, one.reason.code, one.reason.facts["detail"])
        for file in tesseract_desk.store.ledger.files(row.counts.dossier_id)
        for one in tesseract_desk.store.ledger.pages(file.id)
        if one.state is PageState.SET_ASIDE
    ]
    assert guilty == [("2.png", "unreadable", "crashed")]
    assert report.needs_a_person


def test_two_workers_share_the_pages_and_kept_ones_are_not_read_again(desk, tmp_path):
    for number in range(4):
        page(tmp_path / "a" / f"{number}.png", (600, 800), f"trang {number}")
    with PagePool(2, desk.store.shelf, desk.settings.ocr, desk.settings.intake) as pool:
        workshop = Workshop(desk.settings, desk.store, pool, Silence())
        batch = admit_batch(find_folders([tmp_path / "a"], desk.settings.intake.ignore), workshop)
        (chunk,) = batch.chunks
        outcomes = list(pool.read(chunk.tasks))  # as if a kill came before the ledger was told
        assert {outcome.state for outcome in outcomes} == {PageState.READ}
        assert all(outcome.seconds > 0 for outcome in outcomes)
        before = {path: path.stat().st_mtime_ns for path in desk.store.folder.glob("dossiers/*/pages/*")}
        assert len(before) == 8
        again = list(pool.read(chunk.tasks))
        assert {(outcome.state, outcome.seconds) for outcome in again} == {(PageState.READ, 0.0)}
        complete_batch(batch, workshop, run_in_threads)
    assert {path: path.stat().st_mtime_ns for path in before} == before
    assert desk.store.counts().pages[PageState.READ] == 4
    assert not [path for path in desk.store.shelf.desk.rglob("*") if path.is_file()]


def test_a_kept_page_whose_file_was_spoilt_is_read_anew(desk, tmp_path):
    page(tmp_path / "a" / "1.png", (600, 800), "trang")
    batch = admit_batch(find_folders([tmp_path / "a"], desk.settings.intake.ignore), desk.workshop)
    (task,) = batch.chunks[0].tasks
    kept = desk.store.shelf.dossier_folder(task.dossier_id) / "pages" / f"{task.scan.id}.json.gz"
    kept.parent.mkdir(parents=True)
    kept.write_bytes(b"\x1f\x8b spoilt")
    complete_batch(batch, desk.workshop, run_in_threads)
    assert desk.store.counts().pages[PageState.READ] == 1
    assert "cong hoa" in desk.store.page(task.scan.id).text


def test_workers_end_with_their_parent(tmp_path):
    """A killed parent leaves no worker that goes on reading."""
    import multiprocessing
    import signal

    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    parent = context.Process(target=_start_pool, args=(tmp_path, sender))
    parent.start()
    workers = receiver.recv()
    assert workers
    assert all(Path(f"/proc/{worker}").exists() for worker in workers)
    os.kill(parent.pid, signal.SIGKILL)
    parent.join()
    deadline = time.monotonic() + 20
    while any(_lives(worker) for worker in workers) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not [worker for worker in workers if _lives(worker)]


def _lives(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def _start_pool(folder, sender):
    from dossier.settings import IntakeSettings
    from store import Shelf

    pool = PagePool(1, Shelf(folder), OcrSettings(), IntakeSettings())
    executor = pool._open()
    executor.submit(os.getpid).result()
    sender.send(list(executor._processes))
    time.sleep(60)
