"""An engine that hangs, crashes or talks nonsense costs one page, never the run, and leaves no process behind."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from dossier.errors import MissingTool, TimedOut, Unreadable
from dossier.messages import Messages
from dossier.settings import IntakeSettings, OcrSettings
from ocr import check_tools, open_reader
from ocr.engines import Tesseract

PAGE = np.full((300, 200), 255, np.uint8)
HEAD = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"


@pytest.fixture
def fake_tesseract(tmp_path, monkeypatch):
    """Put a shell script in front of the real Tesseract; questions about version and languages are still answered by that."""
    real = subprocess.run(["which", "tesseract"], capture_output=True, text=True, check=True).stdout.strip()

    def install(body: str) -> Path:
        folder = tmp_path / "bin"
        folder.mkdir()
        program = folder / "tesseract"
        program.write_text(f'#!/bin/sh\ncase $1 in --version|--list-langs) exec {real} "$@";; esac\nout=$2\n{body}\n')
        program.chmod(0o755)
        monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")
        return tmp_path

    return install


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def wait_until(condition, *, limit_s: float) -> bool:
    end = time.monotonic() + limit_s
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def pids_in(folder: Path, *names: str) -> list[int]:
    files = [folder / name for name in names]
    assert wait_until(lambda: all(f.exists() and f.read_text().strip() for f in files), limit_s=10)
    return [int(f.read_text()) for f in files]


SLOW = "sleep 300 & echo $! > {folder}/grandchild\necho $$ > {folder}/child\nwait"


def test_timeout_kills_the_engine_and_what_it_started(fake_tesseract, tmp_path):
    fake_tesseract(SLOW.format(folder=tmp_path))
    engine = Tesseract(OcrSettings(timeout_s=1.0))
    start = time.monotonic()
    with pytest.raises(TimedOut) as caught:
        engine.read(PAGE, dpi=150)
    assert time.monotonic() - start < 2.0
    assert caught.value.facts == {"engine": "tesseract", "timeout_s": 1.0}
    assert "SOHOA_OCR__TIMEOUT_S" in Messages("vi").error(caught.value)
    pids = pids_in(tmp_path, "child", "grandchild")
    assert wait_until(lambda: not any(alive(pid) for pid in pids), limit_s=2)


def test_another_page_can_be_read_after_a_timeout(fake_tesseract, tmp_path):
    fake_tesseract(f'if [ -e {tmp_path}/once ]; then printf "{HEAD}\\n" > $out.tsv; else touch {tmp_path}/once; sleep 300; fi')
    engine = Tesseract(OcrSettings(timeout_s=0.5))
    with pytest.raises(TimedOut):
        engine.read(PAGE, dpi=150)
    assert engine.read(PAGE, dpi=150) == ()


def test_engine_dies_with_a_killed_parent(fake_tesseract, tmp_path):
    fake_tesseract(f"echo $$ > {tmp_path}/child\nexec sleep 300")
    code = (
        "import numpy as np\nfrom dossier.settings import OcrSettings\nfrom ocr.engines import Tesseract\n"
        "Tesseract(OcrSettings()).read(np.full((300, 200), 255, np.uint8), dpi=150)"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], cwd=Path(__file__).parents[2])
    try:
        pids = pids_in(tmp_path, "child")
        assert alive(pids[0])
    finally:
        parent.send_signal(signal.SIGKILL)
        parent.wait()
    assert wait_until(lambda: not alive(pids[0]), limit_s=2)


@pytest.mark.parametrize(
    "body",
    [
        "echo 'read_params_file: out of memory' >&2; exit 1",
        "kill -SEGV $$",
        "kill -KILL $$",
        "exit 0",
        ": > $out.tsv",
        "printf 'level\\tpage' > $out.tsv",
        f"printf '{HEAD}\\n5\\t1\\t1' > $out.tsv",
        f"printf '{HEAD}\\n5\\t1\\t1\\t1\\t1\\t1\\tx\\t0\\t5\\t5\\t90\\ta\\n' > $out.tsv",
        f"printf '{HEAD}\\n5\\t1\\t1\\t1\\t1\\t1\\t-40\\t0\\t5\\t5\\t90\\ta\\n' > $out.tsv",
        f"printf '{HEAD}\\n5\\t1\\t1\\t1\\t1\\t1\\t0\\t0\\t5\\t5\\tnan\\ta\\n' > $out.tsv",
        f"printf '{HEAD}\\n5\\t1\\t1\\t1\\t1\\t1\\t0\\t0\\t5\\t5\\t90\\t\\377\\376\\n' > $out.tsv",
        "head -c 5000 /dev/urandom > $out.tsv",
    ],
    ids=["exit", "segfault", "killed", "silent", "empty", "half-head", "half-row", "letters", "outside", "nan", "utf8", "noise"],
)
def test_engine_that_fails_or_talks_nonsense(fake_tesseract, body):
    fake_tesseract(body)
    engine = Tesseract(OcrSettings())
    with pytest.raises(Unreadable) as caught:
        engine.read(PAGE, dpi=150)
    assert not isinstance(caught.value, TimedOut)
    assert caught.value.facts["engine"] == "tesseract"
    assert len(Messages("vi").error(caught.value)) < 400


def test_control_characters_do_not_reach_the_page(fake_tesseract):
    row = "5\\t1\\t1\\t1\\t1\\t1\\t3\\t4\\t50\\t60\\t90\\t"
    fake_tesseract(f"printf '{HEAD}\\n{row}a\\014\\001b\\n{row}\\014\\n{row}de\\314\\201n\\n' > $out.tsv")
    (line,) = Tesseract(OcrSettings()).read(PAGE, dpi=150)
    assert [word.text for word in line.words] == ["ab", "d\u00e9n"]
    assert line.words[0].box == (3, 4, 53, 64)


def test_nothing_is_left_in_the_temporary_folder(fake_tesseract, tmp_path, monkeypatch):
    fake_tesseract("exit 1")
    folder = tmp_path / "tam"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    with pytest.raises(Unreadable):
        Tesseract(OcrSettings()).read(PAGE, dpi=150)
    assert list(folder.iterdir()) == []


def test_missing_program_names_the_command_that_installs_it(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(MissingTool) as caught:
        open_reader(OcrSettings(engine="tesseract"), IntakeSettings())
    assert "apt-get install tesseract-ocr" in Messages("vi").error(caught.value)
    tools = {tool.key: tool for tool in check_tools(OcrSettings())}
    assert not tools["tesseract"].present
    assert not tools["poppler"].present
    assert tools["poppler"].install.startswith("sudo apt-get install")


def test_missing_language_names_its_package():
    with pytest.raises(MissingTool) as caught:
        open_reader(OcrSettings(engine="tesseract", language="vie+tlh"), IntakeSettings())
    assert caught.value.facts["install"] == "sudo apt-get install tesseract-ocr-tlh"


def test_all_tools_are_found_here():
    for tool in check_tools(OcrSettings()):
        assert tool.present, tool.install
        assert tool.version
