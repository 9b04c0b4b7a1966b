"""The sample scans: every planned dossier printed, damaged and written with its truth.

In: a seed and a folder. Out: in the folder one sub-folder a dossier, with scan files, `<file name>.truth.json` beside
each, and `ho-so.yaml`. The same seed, fonts and libraries give the same bytes.
"""

import json
import random
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np

from sample_printer.damage import OFFICE, DamageRecipe, damage
from sample_printer.dossier_files import DossierPlan, FilePlan
from sample_printer.files import scan_bytes
from sample_printer.layout import blank_page, print_document
from sample_printer.truth import JsonObject, PrintedPage, document_truth, file_truth

BACK_SHOWS_THROUGH = 0.06
KEPT_OF_TRUNCATED = 0.55

_BOX = re.compile(r"\[(?:\s*-?\d+,?)+\s*\]")


def write_dossier(plan: DossierPlan, out: Path, *, seed: int) -> list[Path]:
    """Print one dossier into `out / plan.folder`, replacing what was there; return the scan files."""
    folder = out / plan.folder
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    if plan.facts:
        (folder / "ho-so.yaml").write_text(_facts_yaml(plan), encoding="utf-8")
    scans: list[Path] = []
    for file in plan.files:
        data, truth = print_file(file, rng=random.Random(f"{seed}/{plan.folder}/{file.name}"))
        path = folder / file.name
        path.write_bytes(data)
        path.with_name(f"{file.name}.truth.json").write_text(_truth_text(truth), encoding="utf-8")
        scans.append(path)
    return scans


def _truth_text(truth: JsonObject) -> str:
    """Return the truth as JSON with every box on one line."""
    text = json.dumps(truth, ensure_ascii=False, indent=1)
    return _BOX.sub(lambda box: " ".join(box[0].split()).replace("[ ", "[").replace(" ]", "]"), text) + "\n"


def print_file(plan: FilePlan, *, rng: random.Random) -> tuple[bytes, JsonObject]:
    """Print one scan file; return its bytes and its truth."""
    pages: list[PrintedPage] = []
    documents: list[JsonObject] = []
    printed = 0
    for spec in plan.documents:
        clean = print_document(spec, rng=rng, dpi=plan.dpi)
        numbers: list[int] = []
        for scan, is_back in _scans(plan, clean, printed_before=printed, rng=rng):
            pages.append(scan.numbered(len(pages) + 1))
            if not is_back:
                numbers.append(len(pages))
        printed += len(clean)
        documents.append(document_truth(spec, numbers))
    data = scan_bytes(pages, Path(plan.name).suffix, quality=plan.quality)
    if plan.broken:
        kept = data[: round(len(data) * KEPT_OF_TRUNCATED)]
        return kept, {"broken": True, "reason": f"truncated: {len(kept)} of {len(data)} bytes, no cross-reference table"}
    return data, file_truth([page.truth for page in pages], documents)


def _scans(
    plan: FilePlan, clean: list[PrintedPage], *, printed_before: int, rng: random.Random
) -> Iterator[tuple[PrintedPage, bool]]:
    """Scan the pages of a document, and the empty backs that were scanned with them."""
    for position, page in enumerate(clean):
        number = printed_before + position + 1
        turn = plan.turns.get(number, 0)
        # A copy made from a double-sided original shows its neighbour; a single sheet shows nothing.
        other = clean[position - 1] if position else clean[min(1, len(clean) - 1)]
        reverse = other if len(clean) > 1 else None
        yield damage(page, replace(plan.recipe, rotation_deg=turn), rng, reverse=reverse), False
        if number in plan.blank_after:
            yield damage(blank_page(dpi=plan.dpi), _back_recipe(plan.recipe), rng, reverse=_turned(page, turn)), True


def _back_recipe(recipe: DamageRecipe) -> DamageRecipe:
    paper = recipe.paper or OFFICE.paper
    return replace(recipe, bleed=BACK_SHOWS_THROUGH, paper=paper, rotation_deg=0, specks=min(recipe.specks, 4))


def _turned(page: PrintedPage, rotation_deg: int) -> PrintedPage:
    return PrintedPage(np.ascontiguousarray(np.rot90(page.image, rotation_deg // 90)), page.truth)


def _facts_yaml(plan: DossierPlan) -> str:
    """Return `ho-so.yaml`: dates and numbers plain, everything else in double quotes."""
    lines = []
    for key, value in plan.facts.items():
        plain = isinstance(value, int) or key in {"từ ngày", "đến ngày"}
        lines.append(f"{key}: {value if plain else json.dumps(value, ensure_ascii=False)}")
    return "\n".join(lines) + "\n"
