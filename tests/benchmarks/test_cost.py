"""What commands cost: CPU of all descendants, memory, exit codes, time limits."""

from __future__ import annotations

import sys
import time

import pytest

from benchmarks.cost import Failed, cost_of, own_cpu_s

BURN = "import time; end = time.process_time() + 0.3\nwhile time.process_time() < end: pass"


def test_cpu_of_a_child_counts() -> None:
    nested = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {BURN!r}], check=True)"
    assert 0.3 <= cost_of([sys.executable, "-c", nested]).cpu_s < 3


def test_cpu_of_an_orphan_counts() -> None:
    orphan = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {BURN!r}])"
    assert cost_of([sys.executable, "-c", orphan]).cpu_s >= 0.3


def test_memory_of_a_hungry_command_is_seen() -> None:
    hungry = "import time; room = b'x' * 60_000_000; time.sleep(0.8)"
    cost = cost_of([sys.executable, "-c", hungry])
    assert cost.bytes_by_role["main"] >= 60_000_000
    assert cost.together_bytes >= 60_000_000


def test_output_and_expected_exit_codes_pass() -> None:
    cost = cost_of([sys.executable, "-c", "print('chào'); raise SystemExit(3)"], well=(0, 3))
    assert (cost.code, cost.output) == (3, "chào\n")


def test_another_exit_code_is_a_failure_with_its_last_words() -> None:
    with pytest.raises(Failed, match="hỏng"):
        cost_of([sys.executable, "-c", "raise SystemExit('hỏng')"])


def test_a_command_that_hangs_is_killed_with_its_children() -> None:
    start = time.monotonic()
    with pytest.raises(Failed, match="124"):
        cost_of(["sh", "-c", "sleep 60 & sleep 60"], timeout_s=0.5)
    assert time.monotonic() - start < 20


def test_own_cpu_grows_with_work() -> None:
    start = own_cpu_s()
    end = time.process_time() + 0.05
    while time.process_time() < end:
        pass
    assert own_cpu_s() - start >= 0.05
