"""The machine and the programs a table was measured with, in one line that names no host."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
from importlib.metadata import version
from pathlib import Path

_FLAGS = ("sse4_2", "avx2", "avx512f", "avx512_vnni", "amx_tile", "asimd", "sve")


def describe_machine() -> str:
    """Cores, instruction sets, memory and versions."""
    cores = len(os.sched_getaffinity(0))
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    parts = [
        f"{cores} cores ({platform.machine()}: {', '.join(_flags()) or 'no known extensions'})",
        f"{memory:.0f} GiB",
        f"Python {platform.python_version()}",
        f"Tesseract {_first_word_after('tesseract', '--version', 'tesseract')}",
        f"sohoa {version('sohoa')} at {commit()}",
    ]
    return ", ".join(parts)


def busy_cores() -> float:
    """Processes that wanted a core during the last minute; well above 0 before a run, its wall times are not to be trusted."""
    return os.getloadavg()[0]


def commit() -> str:
    """Short name of the commit, with a plus when files differ from it."""
    if shutil.which("git") is None:
        return "unknown commit"
    folder = Path(__file__).parent
    told = subprocess.run(["git", "describe", "--always", "--dirty=+"], cwd=folder, capture_output=True, text=True, check=False)
    return told.stdout.strip() or "unknown commit"


def _flags() -> list[str]:
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return []
    present = set(text.split())
    return [flag for flag in _FLAGS if flag in present]


def _first_word_after(program: str, option: str, word: str) -> str:
    if shutil.which(program) is None:
        return "missing"
    told = subprocess.run([program, option], capture_output=True, text=True, check=False)
    words = (told.stdout + told.stderr).split()
    return words[words.index(word) + 1] if word in words[:-1] else "?"
