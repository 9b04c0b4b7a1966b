"""Scan files: PDF, TIFF, JPEG, PNG and what else Pillow writes, the same bytes for the same pages.

In: page images. Out: bytes of one file. PDF pages are JPEG streams written once and embedded as they are; there are no
dates and no random ids in any file.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PIL import Image

from sample_printer.truth import Pixels, PrintedPage


@dataclass(frozen=True, slots=True)
class _Jpeg:
    data: bytes
    width: int
    height: int
    grey: bool


def is_grey(image: Pixels) -> bool:
    """Whether the three channels are equal, so one of them is enough."""
    return bool(np.array_equal(image[..., 0], image[..., 1]) and np.array_equal(image[..., 1], image[..., 2]))


def _pillow(image: Pixels) -> Image.Image:
    """Return a Pillow image: grey where colour adds nothing."""
    return Image.fromarray(np.ascontiguousarray(image[..., 0])) if is_grey(image) else Image.fromarray(image)


def _jpeg(page: PrintedPage, quality: int) -> _Jpeg:
    image = _pillow(page.image)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality, optimize=True, dpi=(page.truth.dpi, page.truth.dpi))
    return _Jpeg(out.getvalue(), image.width, image.height, image.mode == "L")


def pdf_bytes(pages: Sequence[PrintedPage], *, quality: int = 62) -> bytes:
    """Return a PDF of one JPEG a page, each page as large as the paper was."""
    objects: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    kids: list[int] = []
    for page in pages:
        jpeg = _jpeg(page, quality)
        width, height = (side * 72 / page.truth.dpi for side in (jpeg.width, jpeg.height))
        content = f"q {width:.2f} 0 0 {height:.2f} 0 0 cm /Im0 Do Q".encode()
        number = len(objects) + 1
        kids.append(number)
        space = "/DeviceGray" if jpeg.grey else "/DeviceRGB"
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width:.2f} {height:.2f}] /Contents {number + 1} 0 R "
            f"/Resources << /XObject << /Im0 {number + 2} 0 R >> >> >>".encode(),
            _stream("", content),
            _stream(
                f"/Type /XObject /Subtype /Image /Width {jpeg.width} /Height {jpeg.height} "
                f"/ColorSpace {space} /BitsPerComponent 8 /Filter /DCTDecode ",
                jpeg.data,
            ),
        ]
    listed = " ".join(f"{number} 0 R" for number in kids)
    objects[1] = f"<< /Type /Pages /Kids [{listed}] /Count {len(kids)} >>".encode()
    return _pdf_file(objects)


def _stream(entries: str, data: bytes) -> bytes:
    return f"<< {entries}/Length {len(data)} >>\nstream\n".encode() + data + b"\nendstream"


def _pdf_file(objects: Sequence[bytes]) -> bytes:
    """Number the objects and write the cross-reference table."""
    out = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    offsets: list[int] = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    table_at = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    for offset in offsets:
        out += f"{offset:010d} 00000 n \n".encode()
    out += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{table_at}\n%%EOF\n".encode()
    return bytes(out)


def tiff_bytes(pages: Sequence[PrintedPage]) -> bytes:
    """Return a multi-page TIFF: CCITT group 4 where all pages are black and white, else JPEG inside."""
    dpi = pages[0].truth.dpi
    bilevel = all(is_grey(page.image) and set(np.unique(page.image)) <= {0, 255} for page in pages)
    images = [_pillow(page.image) for page in pages]
    if bilevel:
        images = [image.convert("1", dither=Image.Dither.NONE) for image in images]
    out = io.BytesIO()
    compression = "group4" if bilevel else "jpeg"
    images[0].save(out, "TIFF", save_all=True, append_images=images[1:], compression=compression, dpi=(dpi, dpi))
    return out.getvalue()


def image_bytes(page: PrintedPage, suffix: str, *, quality: int = 62) -> bytes:
    """Return one page as `.jpg`, `.png`, `.bmp`, `.webp` or `.jp2`.

    Raises:
        ValueError: another suffix.
    """
    dpi = (page.truth.dpi, page.truth.dpi)
    image, out = _pillow(page.image), io.BytesIO()
    if suffix in {".jpg", ".jpeg"}:
        return _jpeg(page, quality).data
    if suffix == ".png":
        image.quantize(32, dither=Image.Dither.NONE).save(out, "PNG", optimize=True, dpi=dpi)
    elif suffix == ".bmp":
        image.save(out, "BMP", dpi=dpi)
    elif suffix == ".webp":
        image.convert("RGB").save(out, "WEBP", quality=quality)
    elif suffix == ".jp2":
        image.save(out, "JPEG2000", quality_mode="rates", quality_layers=[20])
    else:
        raise ValueError(f"cannot write {suffix!r}: use .pdf, .tif, .tiff, .jpg, .jpeg, .png, .bmp, .webp or .jp2")
    return out.getvalue()


def scan_bytes(pages: Sequence[PrintedPage], suffix: str, *, quality: int = 62) -> bytes:
    """Return a scan file of the kind its suffix names.

    Raises:
        ValueError: unknown suffix, or several pages for a kind that holds one.
    """
    if suffix == ".pdf":
        return pdf_bytes(pages, quality=quality)
    if suffix in {".tif", ".tiff"}:
        return tiff_bytes(pages)
    if len(pages) != 1:
        raise ValueError(f"a {suffix} file holds one page, not {len(pages)}")
    return image_bytes(pages[0], suffix, quality=quality)
