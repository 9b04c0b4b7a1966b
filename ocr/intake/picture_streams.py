"""Whether a picture of a PDF file is as large as it says, found before anything is decoded.

In: a file, the stored bytes of one of its pictures and the picture's size. Out: yes or no. The library that draws does not tell of
masks, and a mask has a size of its own that no limit knows; so the dictionary that stands before the bytes is looked at.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

from PIL import Image, UnidentifiedImageError

_MOST_BYTES = 256_000_000
"""Looking through larger files for every page would take longer than a child process."""
_BLOCK = 4_000_000
_NEEDLE = 2048
_LONGEST_DICTIONARY = 4096
_DICTIONARY = re.compile(rb"\bobj\b((?:(?!\bobj\b).)*)\bstream\r?\n\Z", re.DOTALL)
_MASKED = re.compile(rb"/S?Mask\b|#")
"""A mask, or a name that is written in codes and could be one."""


def is_plain(path: Path, stored: bytes, size: tuple[int, int], *, filters: list[str]) -> bool:
    """Whether no mask belongs to a picture and its own header, where it has one, says the same size as the page does."""
    if not stored or path.stat().st_size > _MOST_BYTES:
        return False
    if "JPXDecode" in filters and (filters != ["JPXDecode"] or _size_in(stored) != size):
        return False
    found = list(_dictionaries(path, stored[:_NEEDLE]))
    return bool(found) and not any(entries is None or _MASKED.search(entries) for entries in found)


def _size_in(stored: bytes) -> tuple[int, int] | None:
    try:
        with Image.open(io.BytesIO(stored)) as image:
            return image.size
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError):
        return None


def _dictionaries(path: Path, needle: bytes) -> Iterator[bytes | None]:
    """What stands before every place of `needle` in the file; None where that is no dictionary."""
    with path.open("rb") as file:
        block = b""
        while more := file.read(_BLOCK):
            kept = block[-(_LONGEST_DICTIONARY + len(needle)) :]
            seen_before = max(0, len(kept) - len(needle) + 1)
            block = kept + more
            place = block.find(needle, seen_before if kept else 0)
            while place >= 0:
                before = _DICTIONARY.search(block[max(0, place - _LONGEST_DICTIONARY) : place])
                yield before[1] if before else None
                place = block.find(needle, place + 1)
