"""Small real inputs: printed pages, hand-made PDF files, a reader with real engines.

`sheet` is one clean printed page of 150 dpi, `reader` is loaded once; `make_pdf` and `scan_of` make files.
"""

import hashlib
import random
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from dossier.model import PageScan, ScanFile
from dossier.settings import IntakeSettings, OcrSettings
from ocr import Reader, open_reader, open_scan
from sample_printer import PrintedPage, Style, print_document
from sample_printer.writing import write_document

SHEET_DPI = 150


@pytest.fixture(scope="session")
def sheet() -> PrintedPage:
    """A printed report, first page, nothing on it but black print."""
    rng = random.Random(20)
    spec = write_document(rng, type_name="Báo cáo", style=Style.DECREE30, paragraphs=4)
    return print_document(spec, rng=rng, dpi=SHEET_DPI)[0]


@pytest.fixture(scope="session")
def reader() -> Reader:
    return open_reader(OcrSettings(), IntakeSettings())


@pytest.fixture(scope="session")
def limits() -> IntakeSettings:
    return IntakeSettings()


@pytest.fixture
def save(tmp_path) -> Callable[..., Path]:
    """Write pixels or an image to a file that Pillow can write and return its path."""

    def write(picture: np.ndarray | Image.Image, name: str, **options: object) -> Path:
        path = tmp_path / name
        image = picture if isinstance(picture, Image.Image) else Image.fromarray(picture)
        image.save(path, **options)
        return path

    return write


@pytest.fixture
def page_of(limits) -> Callable[..., PageScan]:
    """One page of a file, as the flows hand it to reading."""

    def scan(path: Path, number: int = 1) -> PageScan:
        found: ScanFile = open_scan(path, limits)
        return PageScan(found.path, found.sha256, found.format, number)

    return scan


def pdf_file(objects: Sequence[bytes], *, trailer: bytes = b"") -> bytes:
    """Number objects from 1 (the catalogue first) and add the cross-reference table."""
    out, places = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"), []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, table)
    return bytes(out)


def stream(data: bytes, entries: bytes = b"") -> bytes:
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (entries, len(data), data)


def one_page(content: bytes, *others: bytes, box: tuple[float, float] = (595, 842), page: bytes = b"") -> list[bytes]:
    """Objects of a PDF of one page: 1 catalogue, 2 pages, 3 the page, 4 its content, 5 and on the `others`."""
    return [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %g %g] /Contents 4 0 R %s >>" % (*box, page),
        stream(content),
        *others,
    ]


@pytest.fixture
def make_pdf(tmp_path) -> Callable[..., Path]:
    """Write a PDF of one page by hand; arguments as those of `one_page`."""

    def write(content: bytes, *others: bytes, name: str = "trang.pdf", **options: object) -> Path:
        path = tmp_path / name
        path.write_bytes(pdf_file(one_page(content, *others, **options)))
        return path

    return write


@pytest.fixture
def scan_object() -> Callable[..., bytes]:
    """An image object for a PDF: light grey, or with `mask` a one-bit mask that is drawn in the current colour."""

    def write(width: int, height: int, *, mask: bool = False) -> bytes:
        bits = b"/ImageMask true /BitsPerComponent 1" if mask else b"/ColorSpace /DeviceGray /BitsPerComponent 8"
        data = zlib.compress(bytes((width + 7) // 8 * height) if mask else b"\xc0" * (width * height))
        head = b"/Type /XObject /Subtype /Image /Width %d /Height %d %s /Filter /FlateDecode"
        return stream(data, head % (width, height, bits))

    return write


@pytest.fixture
def encrypted_pdf(tmp_path) -> Callable[..., Path]:
    """Write a PDF that is encrypted by the standard handler of PDF 1.4 (RC4, 40 bits) with these passwords."""

    def write(*, user: bytes, owner: bytes, content: bytes = b"0 0 300 400 re f") -> Path:
        identity, rights = b"0123456789abcdef", (-60).to_bytes(4, "little", signed=True)
        locked_owner = rc4(md5(padded(owner))[:5], padded(user))
        key = md5(padded(user) + locked_owner + rights + identity)[:5]
        check = rc4(key, PADDING)
        objects = one_page(rc4(md5(key + (4).to_bytes(3, "little") + b"\0\0")[:10], content))
        objects.append(
            b"<< /Filter /Standard /V 1 /R 2 /O <%s> /U <%s> /P -60 >>" % (locked_owner.hex().encode(), check.hex().encode())
        )
        path = tmp_path / "khoa.pdf"
        name = identity.hex().encode()
        path.write_bytes(pdf_file(objects, trailer=b"/Encrypt 5 0 R /ID [<%s> <%s>]" % (name, name)))
        return path

    return write


PADDING = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")


def padded(password: bytes) -> bytes:
    return (password + PADDING)[:32]


def md5(data: bytes) -> bytes:
    return hashlib.md5(data, usedforsecurity=False).digest()


def rc4(key: bytes, data: bytes) -> bytes:
    box, j = list(range(256)), 0
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) % 256
        box[i], box[j] = box[j], box[i]
    out, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + box[i]) % 256
        box[i], box[j] = box[j], box[i]
        out.append(byte ^ box[(box[i] + box[j]) % 256])
    return bytes(out)
