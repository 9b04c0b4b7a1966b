"""The sample dossiers as they are written down, in `dossiers/*.toml`.

In: TOML files. Out: `DossierPlan ▸ FilePlan ▸ DocumentSpec`. A wrong key is an error that names file and key.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from sample_printer.damage import RECIPES, DamageRecipe, Mode
from sample_printer.spec import Annex, Arrival, DocumentSpec, Signature, Style

PLANS = Path(__file__).parent / "dossiers"

_DOCUMENT_KEYS = {
    "type", "parent", "organ", "number", "notation", "place", "date", "subject", "body", "signatures", "addressees", "to_places",
    "secrecy", "priority", "arrival", "annexes", "style", "by_hand", "font",
}  # fmt: skip
_FILE_KEYS = {
    "name", "recipe", "dpi", "quality", "skew_deg", "mode", "turns", "blank_after", "broken", "document",
}  # fmt: skip
_DOSSIER_KEYS = {"folder", "ho-so", "file"}


class BadPlan(ValueError):
    """A sample dossier is written down wrongly; the message names file and key."""


@dataclass(frozen=True, slots=True)
class FilePlan:
    """One scan file: its documents one after another and what happens to its pages.

    Attributes:
        recipe: damage of every page.
        turns: printed page to the clockwise turn that will make its scan upright.
        blank_after: printed pages whose empty back was scanned as well.
        broken: the file ends in the middle of its bytes.
    """

    name: str
    documents: tuple[DocumentSpec, ...]
    recipe: DamageRecipe
    dpi: int
    quality: int
    turns: Mapping[int, int]
    blank_after: frozenset[int]
    broken: bool


@dataclass(frozen=True, slots=True)
class DossierPlan:
    """One dossier: its folder, its archival facts (empty: no `ho-so.yaml`) and its files."""

    folder: str
    facts: Mapping[str, str | int]
    files: tuple[FilePlan, ...]


def load_plans(folder: Path = PLANS) -> tuple[DossierPlan, ...]:
    """Read all sample dossiers in the order of their file names.

    Raises:
        BadPlan: a file is not TOML, or a key is missing or unknown.
    """
    return tuple(_load_plan(path) for path in sorted(folder.glob("*.toml")))


def _load_plan(path: Path) -> DossierPlan:
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        _known(table, _DOSSIER_KEYS)
        files = tuple(_file(each) for each in table["file"])
        return DossierPlan(table["folder"], table.get("ho-so", {}), files)
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise BadPlan(f"{path.name}: {type(error).__name__}: {error}") from error


def _known(table: Mapping[str, object], keys: Iterable[str]) -> None:
    unknown = sorted(set(table) - set(keys))
    if unknown:
        raise ValueError(f"unknown key {unknown[0]!r}")


def _file(table: dict[str, Any]) -> FilePlan:
    _known(table, _FILE_KEYS)
    recipe = RECIPES[table["recipe"]]
    if "skew_deg" in table:
        recipe = replace(recipe, skew_deg=float(table["skew_deg"]))
    if "mode" in table:
        recipe = replace(recipe, mode=Mode(table["mode"]))
    return FilePlan(
        name=table["name"],
        documents=tuple(_document(each) for each in table["document"]),
        recipe=recipe,
        dpi=table.get("dpi", 200),
        quality=table.get("quality", 60),
        turns={int(page): turn for page, turn in table.get("turns", {}).items()},
        blank_after=frozenset(table.get("blank_after", ())),
        broken=table.get("broken") == "truncated",
    )


def _document(table: dict[str, Any]) -> DocumentSpec:
    _known(table, _DOCUMENT_KEYS)
    day: date = table["date"]
    return DocumentSpec(
        type_name=table["type"],
        organ_name=table["organ"],
        code_number=table["number"],
        code_notation=table["notation"],
        issued_place=table["place"],
        issued_date=day,
        subject=table["subject"],
        body=_blocks(table["body"]),
        signatures=tuple(Signature(**each) for each in table["signatures"]),
        parent_organ_name=table.get("parent"),
        addressees=tuple(table.get("addressees", ())),
        to_places=tuple(table.get("to_places", ())),
        secrecy=table.get("secrecy"),
        priority=table.get("priority"),
        arrival=Arrival(**table["arrival"]) if "arrival" in table else None,
        annexes=tuple(Annex(_blocks(each["body"]), each.get("landscape", False)) for each in table.get("annexes", ())),
        style=Style(table.get("style", Style.DECREE30)),
        number_by_hand=table.get("by_hand", False),
        font=table.get("font"),
    )


def _blocks(text: str) -> tuple[str, ...]:
    """Split a body into its blocks, one a line."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())
