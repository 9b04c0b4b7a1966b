"""Starts a server's process, finds it again later and ends it for certain.

In: an `Instance` that is installed and configured; out: a running process, or none.
A process is recognised by a property on its own command line that names its folder, so no process of anybody else can be
ended by mistake and none of ours is lost when a pid file is.
"""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path

from scripts.elasticsearch_servers import configure, health
from scripts.elasticsearch_servers.account import Account
from scripts.elasticsearch_servers.java import Java
from scripts.elasticsearch_servers.problems import ServerProblem
from scripts.elasticsearch_servers.releases import Instance

_START_S = 180
_END_S = 30
_PROCESSES = Path("/proc")


def find(instance: Instance) -> list[int]:
    """Return the process ids of this instance, usually one or none."""
    marker = instance.marker.encode()
    found = []
    for folder in _PROCESSES.iterdir():
        if folder.name.isdigit():
            try:
                words = (folder / "cmdline").read_bytes().split(b"\0")
            except OSError:  # it ended while we looked
                continue
            if marker in words:
                found.append(int(folder.name))
    return sorted(found)


def memory_mb(process_id: int) -> int:
    """Return the resident memory of a process in megabytes, 0 when it has ended."""
    try:
        status = (_PROCESSES / str(process_id) / "status").read_text(encoding="utf-8")
    except OSError:
        return 0
    sizes = [line.split()[1] for line in status.splitlines() if line.startswith("VmRSS:")]
    return int(sizes[0]) // 1024 if sizes else 0


def launch(instance: Instance, java: Java, account: Account) -> subprocess.Popen[bytes]:
    """Start the process in a session of its own, so that it outlives this command."""
    with instance.console.open("wb") as console:
        return subprocess.Popen(
            configure.command(instance, java),
            cwd=instance.logs,
            env=configure.environment(instance, java),
            stdin=subprocess.DEVNULL,
            stdout=console,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            user=account.uid if account.lent else None,
            group=account.gid if account.lent else None,
            extra_groups=[] if account.lent else None,
        )


def wait_until_ready(instance: Instance, launched: subprocess.Popen[bytes], timeout_s: float = _START_S) -> None:
    """Return when the server is ready for work.

    Raises:
        ServerProblem: It ended or took too long; the message ends with what it printed last.
    """
    deadline = time.monotonic() + timeout_s
    while time.monotonic() < deadline:
        code = launched.poll()
        if code is not None and not find(instance):
            raise ServerProblem(_obituary(instance, f"ended with exit code {code}"))
        if health.answers(instance):
            return
        time.sleep(0.2)
    end(instance)
    launched.kill()
    launched.wait()
    raise ServerProblem(_obituary(instance, f"was not ready after {timeout_s:.0f} s"))


def end(instance: Instance, patience_s: float = _END_S) -> bool:
    """End the server: politely first, then for certain. Return whether there was anything to end.

    Raises:
        ServerProblem: It is still there, which only happens when it belongs to another user.
    """
    running = find(instance)
    for signal_number in (signal.SIGTERM, signal.SIGKILL):
        for process_id in find(instance):
            _send(process_id, signal_number)
        deadline = time.monotonic() + patience_s
        while find(instance):
            if time.monotonic() > deadline:
                break
            time.sleep(0.1)
        else:
            return bool(running)
    raise ServerProblem(f"process {running} of Elasticsearch {instance.release.version} does not end.")


def _send(process_id: int, signal_number: signal.Signals) -> None:
    try:
        os.kill(process_id, signal_number)
    except ProcessLookupError:
        return
    except PermissionError as error:
        raise ServerProblem(f"process {process_id} belongs to another user: stop it as that user or as root.") from error


def _obituary(instance: Instance, fate: str) -> str:
    said = instance.console.read_text(encoding="utf-8", errors="replace").splitlines()[-15:]
    return "\n".join([f"Elasticsearch {instance.release.version} {fate}; {instance.console} ends with:", *said])
