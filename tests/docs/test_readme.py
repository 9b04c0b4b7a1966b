"""What the documents say is there: settings, commands, links."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from pydantic import BaseModel
from pydantic_core import PydanticUndefined

from dossier.settings import Settings
from flows.command_line.program import program

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def settings_table() -> str:
    """The table of settings as `docs/settings.md` shows it, written from the fields."""
    rows = ["| variable | default | meaning |", "| --- | --- | --- |"]
    for section, outer in Settings.model_fields.items():
        kind = outer.annotation
        assert isinstance(kind, type)
        assert issubclass(kind, BaseModel)
        for name, field in kind.model_fields.items():
            assert field.default is not PydanticUndefined
            shown = ", ".join(map(str, field.default)) if isinstance(field.default, tuple) else str(field.default)
            default = "" if field.default is None else f"`{shown}`"
            rows.append(f"| `SOHOA_{section.upper()}__{name.upper()}` | {default} | {field.description} |")
    return "\n".join(rows)


def shown_commands(text: str) -> Iterator[str]:
    """Every `sohoa …` in a code block or a code span."""
    for block in re.findall(r"^```\w*\n(.*?)^```", text, re.DOTALL | re.MULTILINE):
        for line in block.splitlines():
            found = re.search(r"(?:^|[\s/])(sohoa\s+[a-z-].*?)(?:\s+#.*)?$", line)
            if found:
                yield found[1]
    outside = re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE)
    yield from re.findall(r"`(?:\.venv/bin/)?(sohoa [^`]+)`", outside)


def check_command(line: str) -> None:
    """Fail unless the command and every option of the line exist."""
    words = [word for word in shlex.split(line)[1:] if not re.fullmatch(r"[\[\]…|]+", word)]
    root = typer.main.get_command(program)
    assert hasattr(root, "commands")
    words = words[2:] if words[0] == "--lang" else words
    command = root.commands.get(words[0])
    assert command is not None, f"no such command: {line}"
    if hasattr(command, "commands") and len(words) > 1:  # `sohoa users add`
        for name in words[1].split("|"):  # `sohoa users add|list`
            assert name in command.commands, f"no such command: {line}"
        command = command.commands[words[1].partition("|")[0]]
    known = {option for parameter in command.params for option in parameter.opts} | {"--help", "--lang"}
    asked = {word.strip("[]").partition("=")[0] for word in words if word.lstrip("[").startswith("--")}
    assert asked <= known, f"no such option: {sorted(asked - known)} in {line}"


def test_settings_table_is_the_settings() -> None:
    shown = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8").split("<!-- settings -->")[1].strip()
    assert shown == settings_table(), f"write this between the two <!-- settings --> marks:\n{settings_table()}"


def test_readme_shows_commands() -> None:
    named = {shlex.split(line)[1] for line in shown_commands(README)}
    assert {"digitise", "read", "describe", "search", "serve", "status", "reindex", "doctor"} <= named


DOCUMENTS = [ROOT / "README.md", ROOT / "ARCHITECTURE.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_commands_in_documents_exist(path: Path) -> None:
    for line in shown_commands(path.read_text(encoding="utf-8")):
        check_command(line)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_relative_links_resolve(path: Path) -> None:
    targets = re.findall(r"\]\(([^)\s]+)\)", path.read_text(encoding="utf-8"))
    inside = [target.partition("#")[0] for target in targets if not re.match(r"[a-z]+:", target)]
    missing = [target for target in inside if target and not (path.parent / target).exists()]
    assert not missing


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_make_targets_exist(path: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    text = path.read_text(encoding="utf-8")
    named = set(re.findall(r"(?:`|^)make ([a-z-]+)", text, re.MULTILINE))
    assert named <= targets


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_settings_named_in_documents_exist(path: Path) -> None:
    known = {
        f"SOHOA_{section.upper()}__{name.upper()}"
        for section, outer in Settings.model_fields.items()
        for name in getattr(outer.annotation, "model_fields", {})
    }
    named = set(re.findall(r"SOHOA_[A-Z]+__[A-Z_0-9]+", path.read_text(encoding="utf-8")))
    assert named <= known


def test_readme_is_short() -> None:
    assert len(README.splitlines()) < 200


def test_a_wrong_command_would_be_noticed() -> None:
    with pytest.raises(AssertionError, match="no such command"):
        check_command("sohoa digitize scans")
    with pytest.raises(AssertionError, match="no such option"):
        check_command("sohoa search word --shop kho")
