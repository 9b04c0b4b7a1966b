"""Printed forms as a folder of scans with what should be read from each.

In: a seed and a folder. Out: in it a sub-folder a dossier type, with one PDF a form and recipe and beside it
`<file name>.expected.yaml`: pack, paper and true fields. `sohoa packs test --samples FOLDER` reads such a folder.
"""

import json
import random
from pathlib import Path

from sample_printer.damage import RECIPES, damage
from sample_printer.files import scan_bytes
from sample_printer.form_printing import print_form
from sample_printer.forms import FilledForm, fill_form, form_texts

SAMPLE_RECIPES = ("clean", "photocopy")
"""How the samples fared: as printed, and as a photocopy that was scanned askew."""


def write_form_samples(out: Path, *, seed: int, only: str = "", recipes: tuple[str, ...] = SAMPLE_RECIPES) -> list[Path]:
    """Print every form once for each recipe; return the scan files.

    Args:
        out: folder to write into.
        seed: what fills the forms in.
        only: print only forms of the dossier type of this id.
        recipes: names of `RECIPES`.
    """
    scans: list[Path] = []
    for number, form in enumerate(form_texts(), start=1):
        if only and form.pack != only:
            continue
        folder = out / form.pack
        folder.mkdir(parents=True, exist_ok=True)
        for recipe in recipes:
            rng = random.Random(f"{seed}/{form.pack}/{number}/{recipe}")
            filled = fill_form(form, rng)
            pages = [damage(page, RECIPES[recipe], rng) for page in print_form(filled, rng=rng)]
            path = folder / f"{number:02}-{form.paper}-{recipe}.pdf"
            path.write_bytes(scan_bytes(pages, ".pdf", quality=80))
            path.with_name(f"{path.name}.expected.yaml").write_text(_expected(filled), encoding="utf-8")
            scans.append(path)
    return scans


def _expected(filled: FilledForm) -> str:
    """What should be read, as YAML: all values in quotes."""
    lines = [f"pack: {filled.text.pack}", f"paper: {filled.text.paper}", "fields:"]
    lines += [f"  {name}: {json.dumps(value, ensure_ascii=False)}" for name, value in filled.fields.items()]
    return "\n".join(lines) + "\n"
