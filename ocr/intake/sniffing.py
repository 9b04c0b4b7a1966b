"""What a file really is, from its first bytes. In: a path. Out: a `ScanFormat` or None."""

from __future__ import annotations

from pathlib import Path

from dossier.model import ScanFormat

EXTENSIONS = {
    ".pdf": ScanFormat.PDF,
    ".tif": ScanFormat.TIFF,
    ".tiff": ScanFormat.TIFF,
    ".jpg": ScanFormat.JPEG,
    ".jpeg": ScanFormat.JPEG,
    ".jpe": ScanFormat.JPEG,
    ".png": ScanFormat.PNG,
    ".bmp": ScanFormat.BMP,
    ".webp": ScanFormat.WEBP,
    ".jp2": ScanFormat.JPEG2000,
    ".jpx": ScanFormat.JPEG2000,
    ".jpf": ScanFormat.JPEG2000,
    ".j2k": ScanFormat.JPEG2000,
    ".j2c": ScanFormat.JPEG2000,
}
"""File name endings (lower case) and the format they promise."""

_SIGNATURES = (
    (b"II*\0", ScanFormat.TIFF),
    (b"MM\0*", ScanFormat.TIFF),
    (b"II+\0", ScanFormat.TIFF),
    (b"MM\0+", ScanFormat.TIFF),
    (b"\xff\xd8\xff", ScanFormat.JPEG),
    (b"\x89PNG\r\n\x1a\n", ScanFormat.PNG),
    (b"BM", ScanFormat.BMP),
    (b"\0\0\0\x0cjP  \r\n\x87\n", ScanFormat.JPEG2000),
    (b"\xff\x4f\xff\x51", ScanFormat.JPEG2000),
)
_PDF_WINDOW_BYTES = 1024
"""A PDF header may stand anywhere in the first 1024 bytes (ISO 32000-1, Annex H.3.4.1)."""


def sniff(path: Path) -> ScanFormat | None:
    """The format that the content shows, or None when it is no format of scans."""
    with path.open("rb") as file:
        head = file.read(_PDF_WINDOW_BYTES)
    for signature, kind in _SIGNATURES:
        if head.startswith(signature):
            return kind
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return ScanFormat.WEBP
    return ScanFormat.PDF if b"%PDF-" in head else None


def promised(path: Path) -> ScanFormat | None:
    """The format that the file name promises, or None."""
    return EXTENSIONS.get(path.suffix.lower())
