"""Finds the Java installations of this machine and picks the one a server needs.

In: environment variables and the folders under /usr/lib/jvm; out: a `Java` with its home folder and major version.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from scripts.elasticsearch_servers.problems import MissingPrerequisite

_INSTALLATIONS = Path("/usr/lib/jvm")
_VERSION_LINE = re.compile(r'^JAVA_VERSION="(?:1\.)?(\d+)', re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Java:
    """A Java installation: its home folder, its major version and whether it has the compiler."""

    home: Path
    major: int
    has_compiler: bool


def read_installation(home: Path) -> Java | None:
    """Return the installation in a folder, or None when the folder holds none that says its version."""
    release = home / "release"
    if not release.is_file() or not (home / "bin" / "java").is_file():
        return None
    version = _VERSION_LINE.search(release.read_text(encoding="utf-8", errors="replace"))
    if version is None:
        return None
    return Java(home, int(version.group(1)), (home / "bin" / "javac").is_file())


def find_installations(environment: Mapping[str, str], folder: Path = _INSTALLATIONS) -> list[Java]:
    """Return every installation found: the one the user named first, then the rest from oldest to newest."""
    named = [Path(environment[name]) for name in ("ES_JAVA_HOME", "JAVA_HOME") if environment.get(name)]
    program = shutil.which("java", path=environment.get("PATH"))
    listed = sorted(folder.iterdir()) if folder.is_dir() else []
    if program is not None:
        listed.append(Path(program).resolve().parent.parent)
    wished = _read_once(named)
    others = sorted(_read_once(listed), key=lambda java: java.major)
    return wished + [java for java in others if java.home not in {wish.home for wish in wished}]


def _read_once(homes: Iterable[Path]) -> list[Java]:
    """Read each folder once, whatever symbolic links lead to it."""
    distinct = dict.fromkeys(home.resolve() for home in homes)
    return [java for home in distinct if (java := read_installation(home)) is not None]


def choose(
    installations: Iterable[Java],
    minimum: int,
    *,
    compiler: bool,
    reachable: Callable[[Path], bool] = lambda home: True,
) -> Java:
    """Return the first installation that fits.

    Args:
        installations: What is on the machine, in order of preference.
        minimum: The oldest major version that will do.
        compiler: Whether javac is needed too.
        reachable: Tells whether the account the server runs as can read a folder.

    Raises:
        MissingPrerequisite: Nothing fits; the message names the package.
    """
    found = list(installations)
    for java in found:
        if java.major >= minimum and (java.has_compiler or not compiler) and reachable(java.home):
            return java
    seen = ", ".join(f"{java.major} in {java.home}" for java in found) or "none"
    kind = "a JDK (with javac)" if compiler else "Java"
    raise MissingPrerequisite(
        f"{kind} {minimum} or newer is needed, readable by the account the server runs as; found: {seen}. "
        f"Install the package openjdk-{minimum}-jdk-headless or temurin-{max(minimum, 21)}-jdk, or set JAVA_HOME."
    )
