"""A throw-away PostgreSQL for the tests: `python -m scripts.postgresql start|stop|env`.

In: the PostgreSQL of the system (`apt-get install postgresql`). Out: a cluster on a loopback port in a folder of its own, owned by
an unprivileged user, since PostgreSQL refuses to run as root; `env` prints the line that tells the tests where it is.
"""

from __future__ import annotations

import argparse
import os
import pwd
import shutil
import socket
import subprocess
import sys
from pathlib import Path

HOME = Path("/tmp/sohoa-postgresql")  # short: a socket's path may have 107 characters
_USER = "postgres"
_INSTALL = "PostgreSQL is missing. Install it with: sudo apt-get install postgresql"


def main() -> int:
    """Do as told; answers the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("action", choices=("start", "stop", "env"))
    action = parser.parse_args().action
    if action == "start":
        return start()
    return stop() if action == "stop" else env()


def start() -> int:
    """Make a cluster and start it."""
    if is_running():
        return env()
    programs = find_programs()
    if programs is None:
        print(_INSTALL, file=sys.stderr)
        return 1
    stop()
    HOME.mkdir(mode=0o700)
    if os.geteuid() == 0:
        account = pwd.getpwnam(_USER)
        os.chown(HOME, account.pw_uid, account.pw_gid)
    data = HOME / "data"
    _as_user(
        programs / "initdb", "--auth=trust", "--username=sohoa", "--encoding=UTF8", "--locale=C", "--no-sync", f"--pgdata={data}"
    )
    options = f"-c listen_addresses=127.0.0.1 -c port={_free_port()} -c fsync=off -c unix_socket_directories={HOME}"
    _as_user(programs / "pg_ctl", "start", "--wait", f"--pgdata={data}", f"--log={HOME / 'log'}", f"--options={options}")
    _as_user(programs / "createdb", "--host=127.0.0.1", f"--port={port()}", "--username=sohoa", "sohoa")
    return env()


def stop() -> int:
    """Stop the cluster and remove it."""
    programs = find_programs()
    if programs is not None and is_running():
        _as_user(programs / "pg_ctl", "stop", "--mode=immediate", f"--pgdata={HOME / 'data'}")
    shutil.rmtree(HOME, ignore_errors=True)
    return 0


def env() -> int:
    """Print where the cluster is, for a shell's `eval`."""
    if not is_running():
        print("PostgreSQL is not running: python -m scripts.postgresql start", file=sys.stderr)
        return 1
    print(f"export SOHOA_TEST_POSTGRESQL_URL=postgresql+psycopg://sohoa@127.0.0.1:{port()}/sohoa")
    return 0


def find_programs() -> Path | None:
    """The folder of the newest installed PostgreSQL; Debian keeps it off the PATH."""
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
    if installed:
        return installed[-1].parent
    found = shutil.which("initdb")
    return None if found is None else Path(found).resolve().parent


def is_running() -> bool:
    """Whether the cluster's process lives."""
    try:
        first = int((HOME / "data" / "postmaster.pid").read_text().splitlines()[0])
    except (OSError, ValueError, IndexError):
        return False
    return Path(f"/proc/{first}").exists()


def port() -> int:
    """The port it listens on."""
    return int((HOME / "data" / "postmaster.pid").read_text().splitlines()[3])


def _as_user(*command: object) -> None:
    words = [str(word) for word in command]
    if os.geteuid() == 0:
        words = ["setpriv", f"--reuid={_USER}", f"--regid={_USER}", "--init-groups", *words]
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL, cwd="/")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    sys.exit(main())
