"""Runs a command and writes what it and all its descendants cost, also those that outlive their parent.

In: `tree_cost.py REPORT.json LIMIT_S COMMAND…`. Out: the report, and the command's exit code (124: killed at the limit). A program
of its own with nothing but the standard library: it adopts orphans (Linux: PR_SET_CHILD_SUBREAPER), waits for every one of them,
and watches their memory.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import resource
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

_SUBREAPER = 36
_LOOK_EVERY_S = 0.25
_ORPHANS_MAY_TAKE_S = 30.0
_TIMED_OUT = 124
_KIB = 1024


class _Memory(threading.Thread):
    """Looks at the memory of all descendants now and then; a process's own high-water mark makes that exact enough."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.highest: dict[int, tuple[str, int]] = {}
        self.together = 0
        self.stop = threading.Event()

    def run(self) -> None:
        """Look until told to stop."""
        while not self.stop.wait(_LOOK_EVERY_S):
            together = 0
            for pid in _descendants(os.getpid()):
                with contextlib.suppress(OSError, ValueError, KeyError):  # it ended meanwhile
                    role, highest, now = _look(pid)
                    self.highest[pid] = (role, max(highest, self.highest.get(pid, ("", 0))[1]))
                    together += now
            self.together = max(self.together, together)

    def by_role(self) -> dict[str, int]:
        """The largest process of each role, in bytes."""
        roles: dict[str, int] = {}
        for role, highest in self.highest.values():
            roles[role] = max(roles.get(role, 0), highest)
        return roles


def _descendants(pid: int) -> list[int]:
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            with contextlib.suppress(OSError, ValueError, IndexError):
                parent = int((entry / "stat").read_text(errors="replace").rpartition(")")[2].split()[1])
                children.setdefault(parent, []).append(int(entry.name))
    found, waiting = [], [pid]
    while waiting:
        below = children.get(waiting.pop(), [])
        waiting += below
        found += below
    return found


def _look(pid: int) -> tuple[str, int, int]:
    """Role, high-water mark and present size of a process; shared pages count in each."""
    status = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines() if ":" in line)
    command = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    role = "main"
    if "multiprocessing" in command:
        role = "tracker" if "resource_tracker" in command else "worker"
    elif "uvicorn" in command or "prefect.server" in command:
        role = "server"
    elif not status["Name"].strip().startswith(("python", "sohoa")):
        role = status["Name"].strip()
    return role, int(status["VmHWM"].split()[0]) * _KIB, int(status["VmRSS"].split()[0]) * _KIB


def _wait_for_orphans(seconds: float) -> None:
    """Wait for adopted processes; those that stay longer are killed."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            pid, _ = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if not pid:
            if time.monotonic() > deadline:
                for child in _descendants(os.getpid()):
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(child, signal.SIGKILL)
            time.sleep(0.05)


def main() -> int:
    """Run, wait, write."""
    report, limit_s, command = Path(sys.argv[1]), float(sys.argv[2]), sys.argv[3:]
    if ctypes.CDLL(None, use_errno=True).prctl(_SUBREAPER, 1, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "cannot adopt orphans")
    memory = _Memory()
    memory.start()
    started_at, start = time.time(), time.perf_counter()
    try:
        code = subprocess.run(command, timeout=limit_s, check=False).returncode
    except subprocess.TimeoutExpired:
        code = _TIMED_OUT
    wall_s = time.perf_counter() - start
    _wait_for_orphans(0.0 if code == _TIMED_OUT else _ORPHANS_MAY_TAKE_S)
    memory.stop.set()
    memory.join()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    cost = {
        "cpu_s": used.ru_utime + used.ru_stime,
        "wall_s": wall_s,
        "started_at": started_at,
        "largest_bytes": used.ru_maxrss * _KIB,
        "together_bytes": memory.together,
        "bytes_by_role": memory.by_role(),
    }
    report.write_text(json.dumps(cost), encoding="utf-8")
    return code


if __name__ == "__main__":
    sys.exit(main())
