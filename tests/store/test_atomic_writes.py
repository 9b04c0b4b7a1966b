"""A file is there whole or not at all, whatever happens to the writer."""

import hashlib
import signal
import subprocess
import sys
import time

import pytest

from dossier.errors import Damaged, Unavailable
from store.atomic import PREFIX, copy_file, sweep, write_bytes

WRITER = """
import sys, time
from pathlib import Path
from store.atomic import _replacing
with _replacing(Path(sys.argv[1])) as file:
    file.write(b"x" * 1_000_000)
    file.flush()
    print("half", flush=True)
    time.sleep(60)
"""


def visible(folder):
    return sorted(path.name for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))


def test_a_killed_writer_leaves_the_old_file_and_no_half_one(tmp_path):
    target = tmp_path / "pages" / "page.json"
    write_bytes(target, b"before")
    with subprocess.Popen([sys.executable, "-c", WRITER, str(target)], stdout=subprocess.PIPE) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"half\n"
        writer.send_signal(signal.SIGKILL)
    assert visible(tmp_path) == ["page.json"]
    assert target.read_bytes() == b"before"
    leftovers = list(tmp_path.rglob(f"{PREFIX}*"))
    assert [path.stat().st_size for path in leftovers] == [1_000_000]
    assert sweep(tmp_path) == 1
    assert list(tmp_path.rglob(".*")) == []
    assert sweep(tmp_path) == 0


def test_kills_at_any_moment_leave_whole_files(tmp_path):
    """A writer that replaces one file again and again is killed four times; the file is always one of the two contents."""
    loop = """
import sys
from pathlib import Path
from store.atomic import write_bytes
print("go", flush=True)
while True:
    for letter in (b"a", b"b"):
        write_bytes(Path(sys.argv[1]), letter * 300_000)
"""
    target = tmp_path / "file"
    for round_number in range(4):
        with subprocess.Popen([sys.executable, "-c", loop, str(target)], stdout=subprocess.PIPE) as writer:
            assert writer.stdout is not None
            writer.stdout.readline()
            time.sleep(0.005 + 0.007 * round_number)
            writer.kill()
        if target.exists():
            assert target.read_bytes() in (b"a" * 300_000, b"b" * 300_000)
    assert target.exists()


def test_a_failed_write_leaves_nothing(tmp_path):
    with pytest.raises(TypeError):
        write_bytes(tmp_path / "file", "text")
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_refuses_is_unavailable(tmp_path):
    (tmp_path / "folder").write_bytes(b"a file where a folder should be")
    with pytest.raises(Unavailable) as caught:
        write_bytes(tmp_path / "folder" / "file", b"x")
    assert caught.value.facts["what"] == "store"


def test_a_copy_is_checked_against_its_digest(tmp_path):
    source = tmp_path / "source"
    source.write_bytes(b"scan" * 1_000_000)
    copy_file(source, tmp_path / "copy", hashlib.sha256(source.read_bytes()).hexdigest())
    assert (tmp_path / "copy").read_bytes() == source.read_bytes()
    assert (tmp_path / "copy").stat().st_mode & 0o777 == 0o640
    with pytest.raises(Damaged):
        copy_file(source, tmp_path / "other", "0" * 64)
    assert visible(tmp_path) == ["copy", "source"]


def test_a_source_that_cannot_be_read_is_damaged_not_unavailable(tmp_path):
    with pytest.raises(Damaged):
        copy_file(tmp_path / "nothing", tmp_path / "copy", "0" * 64)
    assert list(tmp_path.iterdir()) == []
