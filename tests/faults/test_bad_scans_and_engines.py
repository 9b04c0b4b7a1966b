"""Broken paper and broken engines: each is set aside with its reason, and the batch goes on."""

import json
import os
import shutil
from pathlib import Path

import pytest

SAMPLES = Path(__file__).parents[2] / "sample_scans"
LETTER = SAMPLES / "05-hdnd-huyen-dong-khe-2016" / "03-giay-moi.jpg"
ORDINARY = SAMPLES / "06-cong-tac-bao-mat-2019" / "01-cong-van-thuong.pdf"

ENGINE = """#!/bin/sh
# Answers what it is, and misbehaves when given a page.
case "$1" in --version|--list-langs) exec {real} "$@" ;; esac
echo $$ >> {log}
{deed}
"""


@pytest.fixture
def engine(tmp_path):
    """Puts a Tesseract first on the PATH that does `deed` instead of reading; answers (PATH, file of its process ids)."""

    def make(deed):
        program, log = tmp_path / "bin" / "tesseract", tmp_path / "pids"
        program.parent.mkdir()
        program.write_text(ENGINE.format(real=shutil.which("tesseract"), deed=deed, log=log))
        program.chmod(0o755)
        return f"{program.parent}:{os.environ['PATH']}", log

    return make


def reasons_of(store):
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(store / "ledger.sqlite")) as ledger:
        return ledger.execute("SELECT state, reason FROM pages ORDER BY id").fetchall()


def lives(pid):
    """Whether a process runs; one that ended and that nobody has asked after yet does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.parametrize(
    ("deed", "reason", "sentence"),
    [
        ("sleep 600 & wait", "timed_out", "Đọc trang quá 1"),
        ("kill -SEGV $$", "unreadable", "Không đọc được trang này"),
        ("echo 'out of memory' >&2; exit 1", "unreadable", "out of memory"),
    ],
    ids=["hangs", "crashes", "fails"],
)
def test_a_page_on_which_the_engine_fails_is_set_aside(sohoa, engine, tmp_path, deed, reason, sentence):
    path, log = engine(deed)
    said = sohoa("digitise", LETTER, "--store", tmp_path / "kho", PATH=path, OCR__TIMEOUT_S="1", OCR__ENGINE="tesseract")
    assert said.returncode == 3, said.stderr
    assert sentence in " ".join(said.stdout.split())
    assert reasons_of(tmp_path / "kho") == [("set_aside", reason)]
    for pid in log.read_text().split():
        assert not lives(pid), "an engine outlived its page"


def test_a_second_reader_that_hangs_costs_no_page(sohoa, engine, tmp_path):
    path, log = engine("sleep 600 & wait")
    said = sohoa("digitise", LETTER, "--store", tmp_path / "kho", PATH=path, OCR__TIMEOUT_S="1")
    assert said.returncode == 0, said.stderr
    assert reasons_of(tmp_path / "kho") == [("read", None)]
    for pid in log.read_text().split():
        assert not lives(pid), "an engine outlived its page"


def test_a_page_that_was_set_aside_is_read_again_when_asked_for(sohoa, engine, tmp_path):
    path, _ = engine("exit 1")
    failed = sohoa("digitise", LETTER, "--store", tmp_path / "kho", PATH=path, OCR__ENGINE="tesseract")
    assert failed.returncode == 3
    again = sohoa("digitise", LETTER, "--store", tmp_path / "kho")
    assert again.returncode == 3, "not unasked"
    retried = sohoa("digitise", LETTER, "--store", tmp_path / "kho", "--retry")
    assert retried.returncode == 0, retried.stderr
    assert reasons_of(tmp_path / "kho") == [("read", None)]


def test_an_engine_that_lies_gives_no_page_of_nonsense(sohoa, engine, tmp_path):
    path, _ = engine('printf "this is no table\\n" > "$2.tsv"')
    said = sohoa("digitise", LETTER, "--store", tmp_path / "kho", PATH=path, OCR__ENGINE="tesseract")
    assert said.returncode == 3, said.stderr
    ((state, _),) = reasons_of(tmp_path / "kho")
    assert state == "set_aside"
    assert "Traceback" not in said.stderr


def test_broken_files_stop_nobody(sohoa, tmp_path):
    scans = tmp_path / "đợt" / "a"
    scans.mkdir(parents=True)
    shutil.copy(ORDINARY, scans / "1-tốt.pdf")
    whole = ORDINARY.read_bytes()
    (scans / "2-cắt cụt.pdf").write_bytes(whole[: len(whole) // 2])
    (scans / "3-rỗng.pdf").write_bytes(b"")
    (scans / "4-sai tên.jpg").write_bytes(whole)
    (scans / "5-ghi chú.docx").write_bytes(b"PK\x03\x04")
    (scans / "6-cắt cụt.jpg").write_bytes(LETTER.read_bytes()[:20_000])
    said = sohoa("digitise", scans.parent, "--store", tmp_path / "kho")
    assert said.returncode == 3, said.stderr
    assert "Traceback" not in said.stderr
    counts = json.loads(sohoa("status", "--json", "--store", tmp_path / "kho").stdout)
    assert counts["adds_up"]
    assert counts["pages"]["read"] == 1
    assert counts["pages"]["pending"] == 0
    assert counts["files"]["counted"] == 0
    assert sum(counts["files"].values()) == 6
    for name in ("2-cắt cụt.pdf", "3-rỗng.pdf", "5-ghi chú.docx", "6-cắt cụt.jpg"):
        assert name in said.stdout
