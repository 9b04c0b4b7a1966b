"""What the model is counted on: paragraphs of law, and names, places, agencies and set phrases written out as text.

In: the corpus folder. Out: (text, weight) pairs. Every fiftieth paragraph, chosen by its content, is held out for tuning.
"""

from __future__ import annotations

import csv
import hashlib
import lzma
import random
import tomllib
from collections.abc import Iterator
from pathlib import Path

PARAGRAPH_FILES = ("codified.txt.xz", "laws.txt.xz", "decisions.txt.xz", "titles.txt.xz")
HELD_OUT_OF = 50
NAMES_DRAWN = 15_000
PHRASES = Path(__file__).parent / "phrases.toml"

# Share of families in the whole country (README of the corpus): the list was counted in the south.
_COMMON_FAMILIES = {
    "Nguyễn": 38, "Trần": 11, "Lê": 9.5, "Phạm": 7, "Hoàng": 3, "Huỳnh": 2.5, "Phan": 4.5, "Vũ": 2.2, "Võ": 2, "Đặng": 2.1,
    "Bùi": 2, "Đỗ": 1.4, "Hồ": 1.3, "Ngô": 1.3, "Dương": 1, "Lý": 0.5,
}  # fmt: skip

Weighted = tuple[str, int]


def is_held_out(paragraph: str) -> bool:
    """Whether a paragraph is kept out of the counts, to tune and to measure with."""
    return int(hashlib.sha256(paragraph.encode()).hexdigest()[:8], 16) % HELD_OUT_OF == 0


def paragraphs(corpus: Path, *, held_out: bool) -> Iterator[str]:
    """Paragraphs of the corpus: those that are counted, or those that are held out."""
    for name in PARAGRAPH_FILES:
        with lzma.open(corpus / name, "rt", encoding="utf-8") as lines:
            for line in lines:
                paragraph = line.strip()
                if is_held_out(paragraph) == held_out:
                    yield paragraph


def listed(corpus: Path) -> Iterator[Weighted]:
    """Names, places, agencies and set phrases as they are printed, with the number of times they count."""
    yield from _names(corpus)
    yield from _places(corpus)
    yield from _agencies(corpus)
    for group in tomllib.loads(PHRASES.read_text(encoding="utf-8"))["group"]:
        for text in group["texts"]:
            yield text, group["weight"]


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def _names(corpus: Path) -> Iterator[Weighted]:
    """Full names drawn from the parts: the real ones are not in the list, but their parts follow one another like this."""
    parts: dict[str, list[tuple[str, float]]] = {"family": [], "middle": [], "given": []}
    for row in _rows(corpus / "names.tsv"):
        count = float(row["count"] or 0)
        weight = _COMMON_FAMILIES.get(row["name"], 0.02 + count / 5000) if row["part"] == "family" else count + 2
        parts[row["part"]].append((row["name"], weight))
    rng = random.Random(30)
    columns = [
        rng.choices([name for name, _ in chosen], [weight for _, weight in chosen], k=NAMES_DRAWN)
        for chosen in (parts["family"], parts["middle"], parts["given"])
    ]
    for number, name in enumerate(zip(*columns, strict=True)):
        full = " ".join(name if number % 8 else (name[0], name[2]))
        title = ("Ông ", "Bà ", "ông ", "bà ", "đồng chí ")[number % 5] if number % 3 == 0 else ""
        yield title + full, 1


def _places(corpus: Path) -> Iterator[Weighted]:
    for row in _rows(corpus / "places.tsv"):
        kind, name, level = row["kind"], row["name"], row["level"]
        within = ", ".join(place for place in (row["district"], row["province"]) if place)
        weight = {"province": 60, "former province": 20, "district": 6}.get(level, 2)
        yield f"{kind.lower()} {name}", weight
        yield f"{name}, {within}" if within else name, max(1, weight // 2)
        if level != "commune":
            yield f"Ủy ban nhân dân {kind.lower()} {name}", weight // 2
            yield f"UBND {kind.lower()} {name}", weight // 2
            yield f"{kind.upper()} {name.upper()}", weight // 2


def _agencies(corpus: Path) -> Iterator[Weighted]:
    for row in _rows(corpus / "agencies.tsv"):
        weight = 10 + min(200, int(row["count"] or 0) // 20)
        yield row["name"], weight
        yield row["name"].upper(), max(1, weight // 4)
        for short in row["abbreviations"].replace(";", ",").split(","):
            if short.strip():
                yield short.strip(), weight
