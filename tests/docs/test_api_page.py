"""The page about the API names its paths, parameters and problems, all of them and no other."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from dossier.settings import Settings
from search_api.app import create_app
from search_api.problems import KINDS

PAGE = (Path(__file__).parents[2] / "docs" / "api.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def description() -> dict[str, Any]:
    return create_app(Settings()).openapi()


def _first_cells(section: str) -> list[str]:
    text = PAGE.split(section)[1].split("\n## ")[0]
    rows = [line.split(" | ")[0] for line in text.splitlines() if line.startswith("| `")]
    return [name for row in rows for name in re.findall(r"`([^`]+)`", row)]


def test_paths(description: dict[str, Any]) -> None:
    assert sorted(_first_cells("# Search API")) == sorted(description["paths"])


def test_parameters(description: dict[str, Any]) -> None:
    names = [parameter["name"] for parameter in description["paths"]["/v1/search"]["get"]["parameters"]]
    assert sorted(_first_cells("## Search")) == sorted(names)


def test_problems() -> None:
    shown = re.findall(r"^\| `(/problems/[a-z-]+)` \| (\d+) \|", PAGE, re.MULTILINE)
    assert sorted(shown) == sorted((kind.type, str(int(kind.status))) for kind in KINDS.values())
