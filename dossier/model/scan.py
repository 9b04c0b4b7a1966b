"""What lies on disk: files of scans and their pages, before anything was read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ScanFormat(StrEnum):
    """Formats of scans that are taken in, named by their usual extension."""

    PDF = "pdf"
    TIFF = "tiff"
    JPEG = "jpeg"
    PNG = "png"
    BMP = "bmp"
    WEBP = "webp"
    JPEG2000 = "jp2"


@dataclass(frozen=True, slots=True)
class ScanFile:
    """One file of scans that opened and whose pages could be counted.

    Attributes:
        path: where the bytes lie.
        sha256: hex digest of the content; the file's identity.
        page_count: number of pages, at least 1.
    """

    path: str
    sha256: str
    format: ScanFormat
    size_bytes: int
    page_count: int


@dataclass(frozen=True, slots=True)
class PageScan:
    """One page of a scan file, to be read. `number` counts from 1."""

    path: str
    sha256: str
    format: ScanFormat
    number: int

    @property
    def id(self) -> str:
        """Content id of the page."""
        return page_id(self.sha256, self.number)


def page_id(sha256: str, number: int) -> str:
    """Id of a page: the first 128 bits of its file's SHA-256 and its number, so that reading twice changes nothing."""
    return f"{sha256[:32]}-{number:04d}"


def page_number(identifier: str) -> int:
    """Number of the page in its file, from 1, out of a page id."""
    return int(identifier.rpartition("-")[2])
