"""A watched inbox: files are taken when they rest, again when something kept them from being finished, until told to stop."""

import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from dossier.errors import NotFound
from dossier.settings import IntakeSettings
from flows import watching
from flows.watching import watch

FAST = IntakeSettings(stable_s=0.4, poll_s=0.05)


class Inbox:
    """Runs `watch` in a thread and notes what it hands over."""

    def __init__(self, folder, answers=()):
        self.folder = folder
        self.taken = []
        self.answers = list(answers)
        self.stop = threading.Event()
        self.thread = threading.Thread(target=watch, args=([folder], FAST, self.take, self.stop))

    def take(self, folders):
        self.taken.append({folder.name: [file.name for file in folder.files] for folder in folders})
        return self.answers.pop(0) if self.answers else True

    def wait_for(self, count, timeout_s=10):
        deadline = time.monotonic() + timeout_s
        while len(self.taken) < count and time.monotonic() < deadline:
            time.sleep(0.02)
        return self.taken

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.stop.set()
        self.thread.join(10)
        assert not self.thread.is_alive()


def test_a_file_that_grows_is_not_taken_before_it_rests(tmp_path):
    path = tmp_path / "a" / "1.pdf"
    path.parent.mkdir()
    with Inbox(tmp_path) as inbox:
        with path.open("wb") as file:
            for _ in range(10):
                file.write(b"more")
                file.flush()
                time.sleep(0.1)
                assert inbox.taken == []
        assert inbox.wait_for(1) == [{"a": ["1.pdf"]}]
        time.sleep(0.3)
        assert len(inbox.taken) == 1


def test_files_at_rest_do_not_wait_for_one_that_grows(tmp_path):
    for name in ("1.pdf", "2.pdf"):
        (tmp_path / "a").mkdir(exist_ok=True)
        (tmp_path / "a" / name).write_bytes(b"x")
    growing = tmp_path / "a" / "2.pdf"
    with Inbox(tmp_path) as inbox:
        while not inbox.taken:
            with growing.open("ab") as file:
                file.write(b"more")
            time.sleep(0.05)
        assert inbox.taken == [{"a": ["1.pdf"]}]
        assert inbox.wait_for(2)[1] == {"a": ["1.pdf", "2.pdf"]}


def test_a_changed_file_and_corrected_facts_are_taken_again(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "1.pdf").write_bytes(b"x")
    with Inbox(tmp_path) as inbox:
        inbox.wait_for(1)
        (tmp_path / "a" / "ho-so.yaml").write_text("phông: A")
        inbox.wait_for(2)
        (tmp_path / "a" / "1.pdf").write_bytes(b"scanned again")
        assert inbox.wait_for(3) == [{"a": ["1.pdf"]}] * 3


def test_what_could_not_be_finished_is_offered_again(tmp_path, monkeypatch):
    monkeypatch.setattr(watching, "_AGAIN_AFTER_S", 0.05)
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "1.pdf").write_bytes(b"x")
    with Inbox(tmp_path, answers=[False, False, True]) as inbox:
        inbox.wait_for(3)
        time.sleep(0.5)
        assert inbox.taken == [{"a": ["1.pdf"]}] * 3


def test_a_folder_that_goes_away_is_waited_for(tmp_path):
    inbox_folder = tmp_path / "vào"
    (inbox_folder / "a").mkdir(parents=True)
    (inbox_folder / "a" / "1.pdf").write_bytes(b"x")
    with Inbox(inbox_folder) as inbox:
        inbox.wait_for(1)
        inbox_folder.rename(tmp_path / "tháo ra")
        time.sleep(0.3)
        (tmp_path / "tháo ra").rename(inbox_folder)
        (inbox_folder / "a" / "2.pdf").write_bytes(b"y")
        assert inbox.wait_for(2)[1] == {"a": ["1.pdf", "2.pdf"]}


def test_a_folder_that_was_never_there_is_an_error(tmp_path):
    with pytest.raises(NotFound):
        watch([tmp_path / "không có"], FAST, lambda _: True, threading.Event())


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_command_takes_a_file_and_ends_when_told(tmp_path, environment, scan, number):
    inbox, store = tmp_path / "vào", tmp_path / "kho"
    (inbox / "a").mkdir(parents=True)
    settings = {"SOHOA_INTAKE__STABLE_S": "0.3", "SOHOA_INTAKE__POLL_S": "0.1", "SOHOA_FLOWS__JOBS": "1"}
    command = [str(Path(sys.executable).with_name("sohoa")), "digitise", str(inbox), "--watch", "--store", str(store)]
    with subprocess.Popen(command, env=environment(settings), stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        half = scan(tmp_path / "1.png", "watch")
        shutil.copy(half, inbox / "a" / "đang chép.png")
        (inbox / "a" / "đang chép.png").rename(inbox / "a" / "1.png")
        deadline = time.monotonic() + 60
        while not list(store.glob("dossiers/*/manifest-sha256.txt")) and time.monotonic() < deadline:
            time.sleep(0.1)
        time.sleep(0.5)
        process.send_signal(number)
        said, problems = process.communicate(timeout=30)
    assert process.returncode == 0, problems.decode()
    assert list(store.glob("dossiers/*/manifest-sha256.txt")), problems.decode()
    assert "Đang theo dõi" in problems.decode()
    assert "Kết quả số hóa" in said.decode()
