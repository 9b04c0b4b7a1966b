"""Fetches published artifacts with Maven, from whatever repository Maven is set up to use.

In: artifact coordinates and a folder; out: the files in that folder.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from scripts.elasticsearch_servers.problems import MissingPrerequisite, ServerProblem

_TIMEOUT_S = 900
_PROJECT = """\
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>sohoa</groupId><artifactId>elasticsearch-core</artifactId><version>1</version><packaging>pom</packaging>
  <dependencies>
{dependencies}
  </dependencies>
</project>
"""


def copy_artifact(coordinates: str, folder: Path) -> None:
    """Copy one artifact (`group:name:version:type`) into a folder.

    Raises:
        MissingPrerequisite: Maven is not installed.
        ServerProblem: Maven could not fetch it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    _run(["dependency:copy", f"-Dartifact={coordinates}", f"-DoutputDirectory={folder}"], folder)


def copy_with_dependencies(coordinates: Sequence[tuple[str, str, str]], folder: Path) -> None:
    """Copy artifacts (group, name, version) and everything they depend on into a folder.

    Raises:
        MissingPrerequisite: Maven is not installed.
        ServerProblem: Maven could not fetch them.
    """
    folder.mkdir(parents=True, exist_ok=True)
    project = folder.parent / "pom.xml"
    project.write_text(project_text(coordinates), encoding="utf-8")
    _run(["-f", str(project), "dependency:copy-dependencies", f"-DoutputDirectory={folder}"], folder)


def project_text(coordinates: Sequence[tuple[str, str, str]]) -> str:
    """Return the Maven project whose only content is its dependencies."""
    lines = [
        f"    <dependency><groupId>{group}</groupId><artifactId>{name}</artifactId><version>{version}</version></dependency>"
        for group, name, version in coordinates
    ]
    return _PROJECT.format(dependencies="\n".join(lines))


def _run(arguments: Sequence[str], folder: Path) -> None:
    program = shutil.which("mvn")
    if program is None:
        raise MissingPrerequisite("Maven (mvn) is needed to fetch Elasticsearch: install the package maven.")
    command = [program, "-q", "-B", "--strict-checksums", "-Dstyle.color=never", *arguments]
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=_TIMEOUT_S, check=False)
    except subprocess.TimeoutExpired as error:
        raise ServerProblem(f"Maven did not finish within {_TIMEOUT_S} s: check the network and try again.") from error
    if done.returncode != 0:
        said = "\n".join((done.stdout + done.stderr).strip().splitlines()[:12])
        raise ServerProblem(f"Maven could not fetch Elasticsearch (exit {done.returncode}):\n{said}")
