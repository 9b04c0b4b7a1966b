"""The sample scans with the truth that lies beside them (schema: `sample_printer/README.md`).

In: a folder of dossiers. Out: files with their pages and documents as printed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_TRUTH = ".truth.json"


@dataclass(frozen=True, slots=True)
class SamplePage:
    """What is printed on a page. `state` is text, blank or secret; `rotation_deg` the clockwise turn that makes it upright."""

    number: int
    state: str
    rotation_deg: int
    dpi: int
    lines: tuple[str, ...]
    boxes: tuple[tuple[int, int, int, int], ...]
    optional: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SampleDocument:
    """The true fields of the document on the pages `first` to `last`."""

    first: int
    last: int
    fields: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Sample:
    """A scan file that can be read."""

    path: Path
    pages: tuple[SamplePage, ...]
    documents: tuple[SampleDocument, ...]


def load_samples(folder: Path) -> list[Sample]:
    """All scans below a folder that have a truth; files that are broken on purpose are left out.

    Raises:
        FileNotFoundError: when there is none.
    """
    samples = []
    for path in sorted(folder.rglob(f"*{_TRUTH}")):
        truth = json.loads(path.read_text(encoding="utf-8"))
        if not truth.get("broken"):
            samples.append(_sample(path.with_name(path.name.removesuffix(_TRUTH)), truth))
    if not samples:
        raise FileNotFoundError(f"no scans with truth in {folder}: run `make samples`")
    return samples


def _sample(path: Path, truth: dict[str, Any]) -> Sample:
    pages = tuple(
        SamplePage(
            number=page["number"],
            state=page["state"],
            rotation_deg=page["rotation_deg"],
            dpi=page["dpi"],
            lines=tuple(page["lines"]),
            boxes=tuple(tuple(box) for box in page["boxes"]),
            optional=tuple(page["optional"]),
        )
        for page in truth["pages"]
    )
    documents = tuple(
        SampleDocument(first=document["pages"][0], last=document["pages"][1], fields=document) for document in truth["documents"]
    )
    return Sample(path, pages, documents)
