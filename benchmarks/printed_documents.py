"""Whole documents printed for the field sections: many offices, types, periods, stamps and kinds of damage, with their true fields.

In: seeds. Out: PDF files with `PrintedDocument`s, in the same order; the same seed prints the same document.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from pathlib import Path

from benchmarks.workers import in_workers
from sample_printer import RECIPES, Arrival, DocumentSpec, damage, document_truth, print_document
from sample_printer.files import scan_bytes
from sample_printer.writing import phrases, write_document

LEVELS: Mapping[str, tuple[str, ...]] = {
    "clean": ("clean",),
    "office": ("office", "bilevel"),
    "photocopy": ("photocopy", "poor-photocopy"),
    "old": ("old-paper", "carbon", "thermal", "fax", "dot-matrix"),
}
"""Levels of damage with their recipes, worst last."""

_RESOLUTIONS = (200, 300, 200)
_LONGEST = 9
_LANGUAGE = "Việt"
_ACADEMIC = ("ThS. ", "TS. ", "PGS.TS. ", "BS.CKII. ")


@dataclass(frozen=True, slots=True)
class PrintedDocument:
    """A document on disk with its fields as printed, under the regulation's names."""

    path: Path
    level: str
    fields: Mapping[str, object]


def print_documents(seeds: Sequence[int], folder: Path, jobs: int) -> list[PrintedDocument]:
    """Print one document a seed into a folder, the levels of damage in turn."""
    return in_workers(partial(_print, folder), seeds, jobs)


def _print(folder: Path, seed: int) -> PrintedDocument:
    rng = random.Random(f"document/{seed}")
    level = list(LEVELS)[seed % len(LEVELS)]
    spec = _stamped(write_document(rng, paragraphs=rng.randint(2, _LONGEST)), rng)
    authority = spec.signatures[-1].authority.split(" ")[0]
    truth = document_truth(spec, [1]) | {"signerAuthority": authority or None, "language": _LANGUAGE}
    clean = print_document(_titled(spec, rng), rng=rng, dpi=rng.choice(_RESOLUTIONS))
    recipe = RECIPES[rng.choice(LEVELS[level])]
    pages = [damage(page, recipe, rng).numbered(number) for number, page in enumerate(clean, start=1)]
    path = folder / f"{level}-{seed}.pdf"
    path.write_bytes(scan_bytes(pages, path.suffix))
    return PrintedDocument(path, level, truth)


def _stamped(spec: DocumentSpec, rng: random.Random) -> DocumentSpec:
    """Every third document came in at another office, which stamped it."""
    if rng.random() > 0.35:
        return spec
    organ = rng.choice(("UBND TỈNH", "SỞ NỘI VỤ", "VĂN PHÒNG UBND", "HUYỆN ỦY", "SỞ TÀI CHÍNH"))
    day = spec.issued_date + timedelta(days=rng.randint(1, 9))
    return replace(spec, arrival=Arrival(organ, str(rng.randint(11, 9800)), day, rng.choice(("", *phrases()["rooms"]))))


def _titled(spec: DocumentSpec, rng: random.Random) -> DocumentSpec:
    """Every fourth signer bears an academic title; the field is the name without it."""
    if rng.random() > 0.25:
        return spec
    last = spec.signatures[-1]
    return replace(spec, signatures=(*spec.signatures[:-1], replace(last, name=rng.choice(_ACADEMIC) + last.name)))
