"""What flows and faults share: the command as a child process, and one small batch that it digitised.

`sohoa("status", "--json", store=...)` runs the real command; `batch` lays out a few sample scans; `digitised` is the store they
became, made once and to be read only (`digitised_copy` is one to spoil).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

SAMPLES = Path(__file__).parents[1] / "sample_scans"
SOHOA = Path(sys.executable).with_name("sohoa")

Sohoa = Callable[..., "subprocess.CompletedProcess[str]"]


@dataclass(frozen=True, slots=True)
class Digitised:
    """A finished batch: its folder of scans, its store, and what the command said."""

    scans: Path
    store: Path
    said: subprocess.CompletedProcess[str]


def clean_environment(changes: dict[str, str]) -> dict[str, str]:
    """The environment without settings of whoever runs the tests; wide, so that tables are not wrapped."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SOHOA_", "PREFECT_"))}
    return {**kept, "COLUMNS": "200", "SOHOA_FLOWS__ENGINE": "inline", **changes}


def run_sohoa(*words: object, timeout_s: float = 180, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run the command to its end; settings are SECTION__NAME="value", other upper-case names go as they are."""
    as_they_are = ("PATH", "HOME", "PREFECT")
    given = {name if name.startswith(as_they_are) else f"SOHOA_{name}": value for name, value in settings.items()}
    command = [str(SOHOA), *map(str, words)]
    return subprocess.run(command, env=clean_environment(given), capture_output=True, text=True, timeout=timeout_s, check=False)


@pytest.fixture(scope="session")
def sohoa() -> Sohoa:
    """Runs the real command."""
    return run_sohoa


@pytest.fixture(scope="session")
def environment() -> Callable[[dict[str, str]], dict[str, str]]:
    """Makes the environment of a command that a test starts by itself."""
    return clean_environment


def lay_out(folder: Path) -> Path:
    """Three dossiers of sample scans: a secret one, one with a broken file, one with facts and the same page twice."""
    shutil.copytree(SAMPLES / "06-cong-tac-bao-mat-2019", folder / "06-bao-mat", ignore=shutil.ignore_patterns("*.truth.json"))
    mixed = folder / "05-hội đồng"
    mixed.mkdir()
    for name in ("03-giay-moi.jpg", "04-ban-quet-hong.pdf"):
        shutil.copy(SAMPLES / "05-hdnd-huyen-dong-khe-2016" / name, mixed)
    land = folder / "01-giao-đất"
    land.mkdir()
    for name in ("03-bien-ban-ban-giao.jpg", "ho-so.yaml"):
        shutil.copy(SAMPLES / "01-giao-dat-tai-dinh-cu" / name, land)
    shutil.copy(land / "03-bien-ban-ban-giao.jpg", land / "03-bien-ban-ban-giao (bản sao).jpg")
    return folder


@pytest.fixture
def batch(tmp_path: Path) -> Path:
    """A folder of three small dossiers: 7 pages to read, 3 of them secret."""
    folder = tmp_path / "đợt quét"
    folder.mkdir()
    return lay_out(folder)


@pytest.fixture(scope="session")
def digitised(tmp_path_factory: pytest.TempPathFactory) -> Digitised:
    """The batch, digitised once; read only."""
    folder = tmp_path_factory.mktemp("digitised")
    scans = folder / "đợt quét"
    scans.mkdir()
    said = run_sohoa("digitise", lay_out(scans), "--store", folder / "kho")
    assert said.returncode == 3, said.stderr
    return Digitised(scans, folder / "kho", said)


@pytest.fixture
def digitised_copy(digitised: Digitised, tmp_path: Path) -> Digitised:
    """The same, to be spoilt."""
    shutil.copytree(digitised.store, tmp_path / "kho")
    return Digitised(digitised.scans, tmp_path / "kho", digitised.said)
