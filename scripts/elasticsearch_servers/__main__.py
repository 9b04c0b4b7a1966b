"""The command: fetch, start, stop and show the test servers.

In: an action and its options; out: lines for people (`env`: one line for a shell) and an exit code:
0 done, 1 failed, 2 wrong usage, 3 not running (`status`, `env`), 4 Java, Maven or an account is missing.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from scripts.elasticsearch_servers import account, configure, health, install, java, process
from scripts.elasticsearch_servers.problems import ServerProblem
from scripts.elasticsearch_servers.releases import RELEASES, Instance, instances_in

_REPOSITORY = Path(__file__).resolve().parents[2]
_URLS = "SOHOA_TEST_ELASTICSEARCH_URLS"
_NOT_RUNNING = 3


def fetch(instances: Sequence[Instance], owner: account.Account) -> None:
    """Fetch and lay out what is not there yet."""
    for instance in instances:
        if install.is_installed(instance):
            print(f"{instance.release.version}: already fetched, in {instance.server}")
            continue
        started = time.monotonic()
        if instance.release.official:
            install.install_official(instance)
        else:
            install.install_core(instance, _java_for(instance, owner))
        print(f"{instance.release.version}: fetched in {time.monotonic() - started:.0f} s, in {instance.server}")


def start(instances: Sequence[Instance], owner: account.Account) -> None:
    """Fetch what is missing, start what is not running, all at once, and wait until everything answers."""
    idle = [instance for instance in instances if not _report_running(instance)]
    choices = [(instance, _java_for(instance, owner)) for instance in idle]
    fetch(idle, owner)
    started = time.monotonic()
    launched = []
    for instance, chosen in choices:
        process.end(instance)  # one that hangs and does not answer
        health.refuse_taken_ports(instance)
        configure.prepare(instance, owner)
        launched.append((instance, process.launch(instance, chosen, owner)))
    for instance, child in launched:
        process.wait_until_ready(instance, child)
        print(f"{instance.release.version}: ready after {time.monotonic() - started:.0f} s, {instance.url}")


def stop(instances: Sequence[Instance]) -> None:
    """End every server of this home folder."""
    for instance in instances:
        ended = process.end(instance)
        print(f"{instance.release.version}: {'stopped' if ended else 'was not running from ' + str(instance.home)}")


def status(instances: Sequence[Instance]) -> int:
    """Print one line per server; 0 when all of them answer."""
    ready = 0
    for instance in instances:
        answering = health.answers(instance)
        ready += answering
        running = process.find(instance)
        whose = f"process {running[0]}, {process.memory_mb(running[0])} MB" if running else "started from elsewhere"
        fetched = "stopped" if install.is_installed(instance) else "not fetched"
        state = f"ready, {instance.url}, {whose}" if answering else f"not ready, {whose}" if running else fetched
        print(f"{instance.release.version}: {state}")
    return 0 if ready == len(instances) else _NOT_RUNNING


def print_environment(instances: Sequence[Instance]) -> int:
    """Print the variable the tests read, for the servers that answer."""
    urls = [instance.url for instance in instances if health.answers(instance)]
    if not urls:
        print("no test server is running: `make elasticsearch` starts them", file=sys.stderr)
        return _NOT_RUNNING
    print(f"{_URLS}={','.join(urls)}")
    return 0


def _report_running(instance: Instance) -> bool:
    if not health.answers(instance):
        return False
    elsewhere = "" if process.find(instance) else " (started from elsewhere)"
    print(f"{instance.release.version}: already running{elsewhere}, {instance.url}")
    return True


def _java_for(instance: Instance, owner: account.Account) -> java.Java:
    return java.choose(
        java.find_installations(os.environ),
        instance.release.minimum_java,
        compiler=not instance.release.official,
        reachable=lambda home: account.can_reach(home, owner),
    )


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    """Let one command at a time change a home folder; a second one waits."""
    account.make_home(home)
    with (home / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    parser = argparse.ArgumentParser(prog="python -m scripts.elasticsearch_servers", description=__doc__)
    parser.add_argument("action", choices=["fetch", "start", "stop", "status", "env"])
    parser.add_argument("--version", choices=["all", *(release.version for release in RELEASES)], default="all")
    parser.add_argument("--home", type=Path, help="where servers and data lie (default: .elasticsearch in the repository)")
    parser.add_argument("--port-offset", type=int, default=0, help="added to every port, for a second set beside the first")
    options = parser.parse_args(arguments)
    try:
        owner = account.choose_account()
        home, remark = account.choose_home(options.home, _REPOSITORY, owner)
        if remark is not None:
            print(remark, file=sys.stderr)
        instances = instances_in(home, options.version, port_offset=options.port_offset)
        if options.action in ("status", "env"):
            return status(instances) if options.action == "status" else print_environment(instances)
        with _alone(home):
            if options.action == "stop":
                stop(instances)
            else:
                (fetch if options.action == "fetch" else start)(instances, owner)
    except ServerProblem as problem:
        print(f"elasticsearch: {problem}", file=sys.stderr)
        return problem.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
