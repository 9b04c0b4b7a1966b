r"""OCRmyPDF in a virtual environment of its own, so that its packages and ours never meet.

In: `peers.lock` (every package with its hash; made from `peers.in`). Out: the path of the program, or None with a sentence why.

    uv pip compile --generate-hashes --no-emit-index-url --no-header --python-version 3.11 \
        benchmarks/peers.in -o benchmarks/peers.lock
"""

from __future__ import annotations

import subprocess
import sys
from functools import cache
from pathlib import Path

_LOCK = Path(__file__).with_name("peers.lock")
_FOLDER = Path(__file__).parents[1] / ".venv-peers"
_INSTALL_TIMEOUT_S = 600


@cache
def ocrmypdf() -> Path | None:
    """The installed program; None where `install_peers` has not put one."""
    program = _FOLDER / "bin" / "ocrmypdf"
    return program if program.exists() and (_FOLDER / ".lock").exists() else None


def install_peers() -> str | None:
    """Install the locked packages unless that was done before; answers why it could not be done, or None."""
    done = _FOLDER / ".lock"
    lock = _LOCK.read_text(encoding="utf-8")
    if not done.exists() or done.read_text(encoding="utf-8") != lock:
        ocrmypdf.cache_clear()
        for command in (
            [sys.executable, "-m", "venv", "--clear", str(_FOLDER)],
            [str(_FOLDER / "bin" / "pip"), "install", "--quiet", "--require-hashes", "--requirement", str(_LOCK)],
        ):
            try:
                subprocess.run(command, check=True, capture_output=True, text=True, timeout=_INSTALL_TIMEOUT_S)
            except (subprocess.CalledProcessError, subprocess.TimeoutExpired, OSError) as error:
                words = str(getattr(error, "stderr", "") or error).strip().splitlines()
                return f"OCRmyPDF could not be installed: {words[-1] if words else error}"
        (_FOLDER / ".gitignore").write_text("*\n", encoding="utf-8")
        done.write_text(lock, encoding="utf-8")
    return None


def ocrmypdf_version() -> str:
    """Version of the installed OCRmyPDF."""
    program = ocrmypdf()
    if program is None:
        return "not installed"
    return subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout.strip()
