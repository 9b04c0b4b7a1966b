"""Plain Tesseract's words with their boxes. In: an image file. Out: words in pixels of the image, and the CPU they cost."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from benchmarks.cost import cost_of
from benchmarks.readers import LANGUAGE
from benchmarks.stray_words import PlacedWord


def tesseract_words(image: Path) -> tuple[list[PlacedWord], float]:
    """`tesseract IMAGE stdout -l vie --psm 3 tsv`.

    Raises:
        Failed: Tesseract did not end well.
    """
    cost = cost_of(["tesseract", image, "stdout", "-l", LANGUAGE, "--psm", "3", "tsv"])
    rows = csv.DictReader(io.StringIO(cost.output), delimiter="\t", quoting=csv.QUOTE_NONE)
    return [
        PlacedWord(
            text=row["text"].strip(),
            x=int(row["left"]) + int(row["width"]) / 2,
            y=int(row["top"]) + int(row["height"]) / 2,
        )
        for row in rows
        if (row["text"] or "").strip()
    ], cost.cpu_s
