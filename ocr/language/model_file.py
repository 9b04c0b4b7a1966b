"""The file of the language model: sections of plain numbers that are mapped into memory, not parsed.

In: path of the file. Out: `ModelFile`, views into the mapped file. Layout: magic, length of the header, header (JSON: version,
sections with type, offset and count, sizes), then the sections, each aligned to eight bytes. `language_builder` writes it.
"""

from __future__ import annotations

import json
import mmap
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from dossier.errors import ChangedModel, MissingTool

MAGIC = b"SOHOALM1"
VERSION = 1
REBUILD = "python -m scripts.build_language"
FILE = Path(__file__).parent / "vietnamese.bin"

UNKNOWN, NUMBER, CODE, START = range(4)
SPECIAL = ("<unknown>", "<number>", "<code>", "<start>")

STEPS_PER_UNIT = 16
"""Log probabilities are kept as whole sixteenths below zero, in a byte."""

Format = Literal["B", "H", "I"]
FORMATS: dict[Format, int] = {"B": 1, "H": 2, "I": 4}
NUMBERS: dict[str, Format] = {
    "single": "B", "single_backoff": "B", "title_after_plain": "B", "capitals_after_plain": "B", "title_after_title": "B",
    "pair_start": "I", "pair_word": "H", "pair": "B", "pair_backoff": "B",
    "triple_start": "I", "triple_word": "H", "triple": "B", "letter_pair": "B",
}  # fmt: skip
TEXTS = ("words", "letters")


@dataclass(frozen=True, slots=True)
class ModelFile:
    """The mapped file: `words` and `letters` as text, `numbers` as views by section name."""

    words: tuple[str, ...]
    letters: str
    numbers: dict[str, memoryview]


def open_model_file(path: Path = FILE) -> ModelFile:
    """Map a model file.

    Raises:
        MissingTool: there is no such file.
        ChangedModel: the file is damaged or of another version.
    """
    try:
        with path.open("rb") as file:
            mapped = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    except FileNotFoundError as error:
        raise MissingTool(tool=str(path), install=REBUILD) from error
    except ValueError as error:  # an empty file cannot be mapped
        raise ChangedModel(tool=str(path), install=REBUILD) from error
    try:
        return _read(mapped)
    except (ValueError, KeyError, TypeError) as error:
        raise ChangedModel(tool=str(path), install=REBUILD) from error


def _read(mapped: memoryview) -> ModelFile:
    if mapped[: len(MAGIC)] != MAGIC:
        raise ValueError("magic")
    length = int.from_bytes(mapped[8:12], "little")
    header = json.loads(bytes(mapped[12 : 12 + length]))
    if header["version"] != VERSION or header["size"] != len(mapped):
        raise ValueError(f"version {header['version']}, {len(mapped)} bytes")
    sections = header["sections"]

    def view(name: str) -> memoryview:
        offset, size = sections[name]
        return mapped[offset : offset + size]

    words, letters = (bytes(view(name)).decode("utf-8") for name in TEXTS)
    numbers = {name: view(name).cast(kind) for name, kind in NUMBERS.items()}
    return ModelFile(tuple(words.split("\n")), letters, numbers)
