"""A page that is nothing but one scan is drawn pixel for pixel and as poppler shows it; every other page is left to poppler."""

import io
import zlib
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from dossier.settings import IntakeSettings, OcrSettings
from ocr.intake.lone_scans import open_sheet
from ocr.intake.rendering import _drawn_by_poppler, load_page

WIDTH, HEIGHT = 400, 560
POINTS = (WIDTH * 72 / 200, HEIGHT * 72 / 200)
"""The scan has 200 dpi."""
MOST = IntakeSettings().max_pixels


def shades() -> np.ndarray:
    """A picture without any symmetry, soft enough that half a pixel does not matter."""
    noise = np.random.default_rng(5).integers(0, 255, (14, 10), dtype=np.uint8)
    return np.asarray(cv2.resize(noise, (WIDTH, HEIGHT), interpolation=cv2.INTER_CUBIC), np.uint8)


SHADES = shades()
COLOURS = np.dstack([SHADES, SHADES[::-1], SHADES[:, ::-1]])


@dataclass(frozen=True)
class Stored:
    """How a picture lies in a PDF file."""

    data: bytes
    entries: bytes

    def body(self, more: bytes = b"") -> bytes:
        head = b"/Type /XObject /Subtype /Image /Width %d /Height %d %s %s" % (WIDTH, HEIGHT, self.entries, more)
        return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (head, len(self.data), self.data)


def packed(pixels: np.ndarray) -> Stored:
    space = b"/DeviceRGB" if pixels.ndim == 3 else b"/DeviceGray"
    return Stored(zlib.compress(pixels.tobytes()), b"/ColorSpace %s /BitsPerComponent 8 /Filter /FlateDecode" % space)


def encoded(pixels: np.ndarray, kind: str, entries: bytes) -> Stored:
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, kind, quality=95) if kind == "JPEG" else Image.fromarray(pixels).save(file, kind)
    return Stored(file.getvalue(), entries)


def faxed() -> tuple[Stored, np.ndarray]:
    """A bilevel picture as fax machines code it, taken out of a TIFF file of one strip."""
    page = Image.fromarray(SHADES).convert("1", dither=Image.Dither.NONE)
    file = io.BytesIO()
    page.save(file, "TIFF", compression="group4", tiffinfo={278: HEIGHT})
    with Image.open(file) as tiff:
        start, length = tiff.tag_v2[273][0], tiff.tag_v2[279][0]
        black_is_1 = tiff.tag_v2[262] == 1
    parameters = b"/DecodeParms << /K -1 /Columns %d /Rows %d /BlackIs1 %s >>" % (WIDTH, HEIGHT, str(black_is_1).lower().encode())
    data = file.getvalue()[start : start + length]
    return Stored(data, b"/ColorSpace /DeviceGray /BitsPerComponent 1 /Filter /CCITTFaxDecode " + parameters), np.asarray(
        page, np.uint8
    ) * 255


IMAGE = b"/Resources << /XObject << /I 5 0 R >> /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"
FULL = b"q %g 0 0 %g 0 0 cm /I Do Q" % POINTS


def drawn(path: Path, dpi: int = 200, most: int = MOST) -> np.ndarray | None:
    with open_sheet(path, 1) as sheet:
        assert sheet is not None
        return sheet.draw(dpi, most_pixels=most)


def like_poppler(path: Path, dpi: int = 200, tolerance: float = 3) -> np.ndarray:
    ours = drawn(path, dpi)
    assert ours is not None
    theirs = _drawn_by_poppler(path, 1, dpi)
    height, width = min(ours.shape[0], theirs.shape[0]), min(ours.shape[1], theirs.shape[1])
    assert ours.shape[:2] == pytest.approx(theirs.shape[:2], abs=1)
    both = [(picture if picture.ndim == 3 else np.dstack([picture] * 3))[:height, :width].astype(int) for picture in (ours, theirs)]
    assert np.abs(both[0] - both[1]).mean() < tolerance
    return ours


@pytest.mark.parametrize("picture", [SHADES, COLOURS], ids=["grey", "colour"])
def test_every_pixel_of_the_scan_is_one_of_the_page(make_pdf, picture):
    assert np.array_equal(drawn(make_pdf(FULL, packed(picture).body(), box=POINTS, page=IMAGE)), picture)


def test_fax_and_photo_codings(make_pdf):
    stored, expected = faxed()
    assert np.array_equal(like_poppler(make_pdf(FULL, stored.body(), box=POINTS, page=IMAGE), tolerance=9), expected)
    for kind, entries in (
        ("JPEG", b"/ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode"),
        ("JPEG2000", b"/ColorSpace /DeviceRGB /Filter /JPXDecode"),
    ):
        photo = drawn(make_pdf(FULL, encoded(COLOURS, kind, entries).body(), box=POINTS, page=IMAGE))
        assert np.abs(photo.astype(int) - COLOURS).mean() < 4


PLACES = {
    "flipped": b"%g 0 0 -%g 0 %g cm" % (*POINTS, POINTS[1]),
    "mirrored": b"-%g 0 0 %g %g 0 cm" % (*POINTS, POINTS[0]),
    "quarter": b"0 %g -%g 0 %g 0 cm" % (POINTS[1], POINTS[0], POINTS[0]),
    "with margins": b"100 0 0 150 20.3 33.7 cm",
    "hanging out": b"%g 0 0 %g -20 -30 cm" % (POINTS[0] * 1.3, POINTS[1] * 1.3),
}


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
def test_page_looks_as_poppler_draws_it(make_pdf, place, turn):
    page = IMAGE + b" /Rotate %d" % turn
    ours = like_poppler(make_pdf(b"q " + place + b" /I Do Q", packed(SHADES).body(), box=POINTS, page=page))
    assert ours.ndim == 2


@pytest.mark.parametrize("dpi", [100, 150, 300])
def test_other_resolutions(make_pdf, dpi):
    like_poppler(make_pdf(FULL, packed(SHADES).body(), box=POINTS, page=IMAGE), dpi, tolerance=6)  # poppler takes single pixels


def test_inverted_shades(make_pdf):
    path = make_pdf(FULL, packed(SHADES).body(b"/Decode [1 0]"), box=POINTS, page=IMAGE)
    assert np.array_equal(like_poppler(path), 255 - SHADES)


@pytest.mark.parametrize("mask", [b"/SMask 6 0 R", b"/Mask 6 0 R", b"/Mask [0 90]", b"/SM#61sk 6 0 R"])
def test_masked_picture_is_left_to_poppler(make_pdf, mask):
    """A mask has a size of its own, which nothing has checked."""
    assert drawn(make_pdf(FULL, packed(SHADES).body(mask), packed(SHADES).body(), box=POINTS, page=IMAGE)) is None


def test_mask_counts_when_the_same_picture_stands_in_the_file_twice(make_pdf):
    twice = packed(SHADES).body(), packed(SHADES).body(b"/SMask 7 0 R"), packed(SHADES[::-1].copy()).body()
    assert drawn(make_pdf(FULL, *twice, box=POINTS, page=IMAGE)) is None


def test_picture_behind_much_else_in_the_file_is_found(make_pdf):
    filler = Stored(np.random.default_rng(1).bytes(4_000_000 - 900), b"")
    for size in (0, 40, 700):
        before = Stored(filler.data + bytes(size), b"").body()
        page = IMAGE.replace(b"5 0 R", b"6 0 R")
        assert np.array_equal(drawn(make_pdf(FULL, before, packed(SHADES).body(), box=POINTS, page=page)), SHADES)


def test_picture_larger_than_it_says_is_not_decoded_here(make_pdf):
    large = encoded(np.tile(COLOURS, (2, 2, 1)), "JPEG2000", b"/ColorSpace /DeviceRGB /Filter /JPXDecode")
    assert drawn(make_pdf(FULL, large.body(), box=POINTS, page=IMAGE)) is None


def test_stencil_is_drawn_in_its_colour(make_pdf):
    bits = np.packbits(SHADES > 127, axis=1)
    stencil = Stored(zlib.compress(bits.tobytes()), b"/ImageMask true /BitsPerComponent 1 /Filter /FlateDecode")
    ours = like_poppler(make_pdf(b"1 0 0 rg " + FULL, stencil.body(), box=POINTS, page=IMAGE))
    assert ours[10, 10].tolist() in ([255, 0, 0], [255, 255, 255])


def test_unseen_text_and_unseen_annotations_do_not_matter(make_pdf):
    hidden = FULL + b" BT 3 Tr /F 12 Tf 20 20 Td (an duoi anh) Tj ET"
    field = b"<< /Type /Annot /Subtype /Widget /FT /Sig /Rect [0 0 0 0] /F 132 /T (chu ky) >>"
    path = make_pdf(hidden, packed(SHADES).body(), field, box=POINTS, page=IMAGE + b" /Annots [6 0 R]")
    assert np.array_equal(drawn(path), SHADES)


APPEARANCE = b"<< /Type /XObject /Subtype /Form /BBox [0 0 40 20] /Length 21 >>\nstream\n1 0 0 rg 0 0 40 20 re f\nendstream"
STAMP = b"<< /Type /Annot /Subtype /Stamp /Rect [20 60 60 80] /F 4 /AP << /N 7 0 R >> >>"


@pytest.mark.parametrize(
    ("content", "others", "page"),
    [
        (FULL + b" BT /F 12 Tf 20 20 Td (hien) Tj ET", [], b""),
        (FULL + b" 0 0 30 30 re f", [], b""),
        (FULL + b" q 20 0 0 20 5 5 cm /I Do Q", [], b""),
        (b"q 100 9 -9 150 20 30 cm /I Do Q", [], b""),
        (FULL, [STAMP, APPEARANCE], b" /Annots [6 0 R]"),
        (b"", [], b""),
    ],
    ids=["text", "drawing", "two pictures", "leaning", "annotation", "empty"],
)
def test_other_pages_are_left_to_poppler(make_pdf, page_of, content, others, page):
    path = make_pdf(content, packed(SHADES).body(), *others, box=POINTS, page=IMAGE + page)
    assert drawn(path) is None
    image = load_page(page_of(path), OcrSettings(min_dpi=72), IntakeSettings())
    assert image.pixels.shape[:2] == pytest.approx((POINTS[1] / 72 * image.dpi, POINTS[0] / 72 * image.dpi), abs=1)


def test_scan_within_a_form_is_left_to_poppler(make_pdf):
    entries = b"/Type /XObject /Subtype /Form /BBox [0 0 200 300] /Resources << /XObject << /I 5 0 R >> >>"
    form = b"<< " + entries + b" /Length %d >>\nstream\n%s\nendstream"
    page = b"/Resources << /XObject << /G 6 0 R >> >>"
    path = make_pdf(b"/G Do", packed(SHADES).body(), form % (len(FULL), FULL), box=POINTS, page=page)
    with open_sheet(path, 1) as sheet:
        assert sheet is None


def test_scan_over_the_limit_is_not_decoded_here(make_pdf):
    path = make_pdf(FULL, packed(SHADES).body(), box=POINTS, page=IMAGE)
    assert drawn(path, most=WIDTH * HEIGHT - 1) is None


def test_picture_that_cannot_be_decoded_here_is_left_to_poppler(make_pdf):
    broken = Stored(b"\xff\xd8\xff" + bytes(50), b"/ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /DCTDecode")
    assert drawn(make_pdf(FULL, broken.body(), box=POINTS, page=IMAGE)) is None


def test_crop_box_hides_nothing(make_pdf):
    for box in (b" /CropBox [20 20 100 100]", b" /CropBox [0 0 50 50] /Rotate 90"):
        like_poppler(make_pdf(FULL, packed(SHADES).body(), box=POINTS, page=IMAGE + box))


def test_boxes_of_all_pages_are_those_of_each(make_pdf):
    path = make_pdf(FULL, packed(SHADES).body(), box=POINTS, page=IMAGE)
    own = b"/MediaBox [0 0 %g %g]" % POINTS
    moved = path.read_bytes().replace(own, b" " * len(own)).replace(b"/Count 1 ", b"/Count 1 " + own)
    path.write_bytes(moved)  # places in the table are wrong now; this library mends that, poppler as well
    assert np.array_equal(drawn(path), SHADES)
