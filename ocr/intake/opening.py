"""Opening a scan file: what it is, whether it can be read, how many pages it has.

In: a path and the limits. Out: a `ScanFile` with its SHA-256 and page count, or a `BadScan` that says what to do.
"""

from __future__ import annotations

import hashlib
import warnings
from pathlib import Path

from PIL import Image, UnidentifiedImageError

from dossier.errors import Damaged, EmptyFile, NoPages, TooLarge, UnsupportedFormat, WrongExtension
from dossier.model import ScanFile, ScanFormat
from dossier.settings import IntakeSettings
from ocr.intake.poppler import count_pages
from ocr.intake.sniffing import promised, sniff

Image.MAX_IMAGE_PIXELS = None  # Pillow only warns of bombs up to twice its limit; ours is checked before any pixel is decoded.


def open_scan(path: Path, limits: IntakeSettings, *, sha256: str | None = None) -> ScanFile:
    """Look at a file without decoding its pages.

    Args:
        path: the file.
        limits: largest size, most pages, largest page.
        sha256: digest of the content when the caller has it already.

    Raises:
        BadScan: empty, unsupported, misnamed, encrypted, damaged, without pages or over a limit.
        MissingTool: when poppler is not installed.
    """
    size = path.stat().st_size
    if size == 0:
        raise EmptyFile
    if size > limits.max_bytes:
        raise TooLarge(what="bytes", value=size, limit=limits.max_bytes, setting="SOHOA_INTAKE__MAX_BYTES")
    kind = _format_of(path)
    count = count_pages(path) if kind is ScanFormat.PDF else _count_images(path, kind, limits)
    if count > limits.max_pages:
        raise TooLarge(what="pages", value=count, limit=limits.max_pages, setting="SOHOA_INTAKE__MAX_PAGES")
    return ScanFile(path=str(path), sha256=sha256 or digest(path), format=kind, size_bytes=size, page_count=count)


def digest(path: Path) -> str:
    """SHA-256 of a file, hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _format_of(path: Path) -> ScanFormat:
    content, name = sniff(path), promised(path)
    extension = path.suffix.lower() or path.name
    if name is None and content is None:
        raise UnsupportedFormat(extension=extension)
    if content is None:
        raise Damaged(detail=f"không phải {name}")
    if content is not name:
        raise WrongExtension(extension=extension, content=content.value)
    return content


def _count_images(path: Path, kind: ScanFormat, limits: IntakeSettings) -> int:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a truncated file warns first and then raises
            with Image.open(path) as image:
                check_pixels(image.width * image.height, limits)
                count = getattr(image, "n_frames", 1) if kind is ScanFormat.TIFF else 1
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError) as error:
        raise Damaged(detail=str(error)[:160]) from error
    if count < 1:
        raise NoPages
    return int(count)


def check_pixels(pixels: int, limits: IntakeSettings) -> None:
    """Refuse a page that would need too much memory.

    Raises:
        TooLarge: over `limits.max_pixels`.
    """
    if pixels > limits.max_pixels:
        raise TooLarge(what="pixels", value=pixels, limit=limits.max_pixels, setting="SOHOA_INTAKE__MAX_PIXELS")
