"""The user guide quotes the sentences, columns and keys that the program really uses."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dossier.errors import BadScan
from dossier.messages import Messages
from dossier.model import SINGLE_FIELDS, ArchivalFacts
from dossier.review import WEIGHTS
from flows.archival_facts import read_facts
from flows.reporting import COLUMNS
from indexer import parse_query
from metadata import SEPARATOR_KEYS

GUIDE = (Path(__file__).parents[2] / "docs" / "huong-dan-su-dung.md").read_text(encoding="utf-8")
GLOSSARY = (Path(__file__).parents[2] / "docs" / "glossary.md").read_text(encoding="utf-8")
MESSAGES = Messages("vi")
FACTS = (
    "extension",
    "content",
    "detail",
    "what",
    "value",
    "limit",
    "setting",
    "engine",
    "timeout_s",
    "file",
    "line",
    "key",
    "problem",
)
"""Facts that sentences of reasons hold; the guide writes … for each."""
FOUND_FACTS = (
    "year",
    "date",
    "arrival",
    "notation",
    "organ",
    "place",
    "number",
    "field",
    "confidence",
    "page",
    "ordinal",
    "subject",
    "paper",
    "id",
    "likeness",
)
"""The same for sentences of what to look at."""


def _codes(kind: type[BadScan]) -> set[str]:
    return {kind.code}.union(*(_codes(child) for child in kind.__subclasses__()))


@pytest.mark.parametrize("code", sorted(_codes(BadScan) | {"secret", "no_text", "bad_facts"}))
def test_every_reason_is_explained(code: str) -> None:
    rows = GUIDE.split("<!-- reasons -->")[1].splitlines()
    said = [row.split("|")[1].strip() for row in rows if row.count("|") == 3]
    assert MESSAGES.text(f"error.{code}", **dict.fromkeys(FACTS, "…")) in said


@pytest.mark.parametrize("code", WEIGHTS)
def test_everything_to_look_at_is_explained(code: str) -> None:
    rows = GUIDE.split("<!-- findings -->")[1].splitlines()
    said = [row.split("|")[1].strip() for row in rows if row.count("|") == 3]
    key = next(key for key in (f"review.{code}", f"doubt.{code}") if MESSAGES.has(key))
    assert MESSAGES.text(key, **dict.fromkeys(FOUND_FACTS, "…")) in said


@pytest.mark.parametrize("key", SEPARATOR_KEYS)
def test_every_field_of_a_separator_sheet_is_named(key: str) -> None:
    assert f"| `{key}` | {MESSAGES.text(f'separator.{key}')} |" in GUIDE


@pytest.mark.parametrize("column", [column for column in COLUMNS if column != "dossier"])
def test_every_column_is_explained(column: str) -> None:
    assert f"\n| {MESSAGES.text(f'table.{column}')} |" in GUIDE


def test_quoted_sentences_are_said() -> None:
    for key in ("doctor.all_well", "status.adds_up", "table.reasons"):
        assert f"«{MESSAGES.text(key)}»" in GUIDE


def test_the_example_of_facts_is_complete_and_right(tmp_path: Path) -> None:
    found = re.search(r"```yaml\n(.*?)```", GUIDE, re.DOTALL)
    assert found is not None
    path = tmp_path / "ho-so.yaml"
    path.write_text(found[1], encoding="utf-8")
    facts = read_facts(path)
    assert all(getattr(facts, name) is not None for name in ArchivalFacts.__dataclass_fields__)
    assert (facts.start_date, facts.end_date) == ("1992-03-04", "1992-12-20")


def test_examples_of_queries_are_understood() -> None:
    section = GUIDE.split("## 7. Tìm kiếm")[1].split("\n## ")[0]
    queries = re.findall(r"^\| `([^`]+)` \|", section, re.MULTILINE)
    assert len(queries) > 8
    for query in queries:
        parse_query(query)


def test_glossary_has_every_field() -> None:
    for name in [*SINGLE_FIELDS.values(), "toPlaces"]:
        assert f"`{name}`" in GLOSSARY, name
