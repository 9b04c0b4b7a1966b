"""SIGKILL at any moment and disks that take no more: run again, and nothing is lost, doubled or half written."""

import json
import random
import resource
import subprocess
import sys
import time
from pathlib import Path

import pytest

from scripts.killing import compare, examine, finish, kill_tree, observe, start

SOHOA = str(Path(sys.executable).with_name("sohoa"))


@pytest.fixture
def _inline(monkeypatch):
    monkeypatch.setenv("SOHOA_FLOWS__ENGINE", "inline")


@pytest.mark.slow
@pytest.mark.usefixtures("_inline")
def test_three_kills_lose_and_double_nothing(digitised, tmp_path):
    """`scripts/kill_test.py` does this at twenty moments."""
    store, chance = tmp_path / "kho", random.Random(7)
    reference = finish(digitised.scans, digitised.store, "embedded", 180)
    before = None
    for moment in ("counted", "reading", "assembled"):
        process = start(digitised.scans, store, "embedded")
        deadline = time.monotonic() + 120
        while process.poll() is None and time.monotonic() < deadline:
            seen = observe(store)
            reached = {"counted": bool(seen.states), "reading": len(seen.pages) >= 2, "assembled": bool(seen.documents)}
            if reached[moment]:
                break
            time.sleep(0.01)
        time.sleep(chance.uniform(0, 0.1))
        assert kill_tree(process) >= 0
        assert examine(store, before) == []
        before = observe(store)
    after = finish(digitised.scans, store, "embedded", 180)
    assert examine(store, before) == []
    assert compare(after, reference) == []


def _limited(size):
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


@pytest.mark.parametrize("size", [20_000, 120_000])
def test_a_full_disk_stops_the_batch_and_room_lets_it_go_on(digitised, environment, sohoa, tmp_path, size):
    """No file may grow over a limit, as on a full disk: first the ledger, then originals and pages are refused."""
    scans, store = digitised.scans / "05-hội đồng", tmp_path / "kho"
    command = [SOHOA, "digitise", str(scans), "--store", str(store), "--lang", "en"]
    stopped = subprocess.run(
        command, env=environment({}), preexec_fn=_limited(size), capture_output=True, text=True, timeout=120, check=False
    )
    assert stopped.returncode == 1, stopped.stdout
    assert "Traceback" not in stopped.stderr
    assert "try again later" in stopped.stderr
    assert examine(store, None) == []
    healed = sohoa("digitise", scans, "--store", store)
    assert healed.returncode == 3, healed.stderr
    counts = json.loads(sohoa("status", "--json", "--store", store).stdout)
    assert counts["adds_up"]
    assert (counts["pages"]["read"], counts["files"]["set_aside"], counts["index"]["indexed"]) == (1, 1, 1)
