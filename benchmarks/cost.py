"""What a command costs: CPU of its whole process tree, wall clock, memory.

In: a command. Out: a `Cost`. CPU seconds are user and system time of all descendants, so they hold on a busy machine too; wall
seconds do not.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_TREE_COST = Path(__file__).with_name("tree_cost.py")


@dataclass(frozen=True, slots=True)
class Cost:
    """Cost of one command. `bytes_by_role` is the largest process of each kind: main, worker, server, tesseract and so on."""

    code: int
    cpu_s: float
    wall_s: float
    started_at: float
    largest_bytes: int
    together_bytes: int
    bytes_by_role: Mapping[str, int]
    output: str
    complaints: str


class Failed(Exception):
    """A command that must work did not; the message is its last words."""


def cost_of(
    command: Sequence[str | Path],
    *,
    environment: Mapping[str, str] | None = None,
    well: Sequence[int] = (0,),
    timeout_s: float = 1800,
) -> Cost:
    """Run a command to its end, with one thread a Tesseract.

    Args:
        command: program and arguments.
        environment: variables on top of those of this process.
        well: exit codes that are not a failure.
        timeout_s: seconds after which it is given up.

    Raises:
        Failed: on another exit code.
    """
    with tempfile.TemporaryDirectory(prefix="sohoa-bench-") as folder:
        report = Path(folder) / "cost.json"
        wrapped = [sys.executable, "-I", "-S", str(_TREE_COST), str(report), str(timeout_s), *map(str, command)]
        variables = {**os.environ, "OMP_THREAD_LIMIT": "1", **(environment or {})}
        done = subprocess.run(wrapped, env=variables, capture_output=True, text=True, errors="replace", check=False)
        if done.returncode not in well or not report.exists():
            raise Failed(f"{' '.join(map(str, command))[:200]} → {done.returncode}: {done.stderr.strip()[-600:]}")
        facts = json.loads(report.read_text(encoding="utf-8"))
    return Cost(code=done.returncode, output=done.stdout, complaints=done.stderr, **facts)


def own_cpu_s() -> float:
    """CPU seconds of this process and of its children: those that have ended and those that stay (the second reader)."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used) + sum(map(_cpu_s_of, _children()))


def _children() -> list[str]:
    return Path("/proc/thread-self/children").read_text(encoding="ascii").split()


def _cpu_s_of(pid: str) -> float:
    """User and system time of a process and of its own children that have ended; 0 when it has just ended itself."""
    try:
        times = Path(f"/proc/{pid}/stat").read_text(errors="replace").rpartition(")")[2].split()[11:15]
    except OSError:
        return 0.0
    return sum(map(int, times)) / os.sysconf("SC_CLK_TCK")
