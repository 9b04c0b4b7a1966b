"""Pixels of a page: the resolution of the scan, everything drawn on it, every kind of image that scanners write."""

import cv2
import numpy as np
import pytest
from PIL import Image

from dossier.errors import Damaged
from dossier.settings import IntakeSettings, OcrSettings
from ocr.intake.rendering import PageImage, load_page
from ocr.reading import _view

LIMITS = IntakeSettings()
A4 = (595.276, 841.89)


def load(scan) -> PageImage:
    return load_page(scan, OcrSettings(), LIMITS)


FULL = b"q 595.276 0 0 841.89 0 0 cm /I Do Q"
IMAGE = b"/Resources << /XObject << /I 5 0 R >> >>"


@pytest.mark.parametrize(("scanned", "rendered"), [(75, 150), (150, 150), (200, 200), (240, 240), (300, 300), (600, 300)])
def test_pdf_is_rendered_at_the_resolution_of_its_scan(make_pdf, scan_object, page_of, scanned, rendered):
    width, height = round(A4[0] / 72 * scanned), round(A4[1] / 72 * scanned)
    image = load(page_of(make_pdf(FULL, scan_object(width, height), box=A4, page=IMAGE)))
    assert image.dpi == rendered
    assert image.pixels.shape == pytest.approx((A4[1] / 72 * rendered, A4[0] / 72 * rendered), abs=2)


def test_fine_mask_over_a_coarse_background_counts(make_pdf, scan_object, page_of):
    content = b"q 595.276 0 0 841.89 0 0 cm /I Do /M Do Q"
    layers = scan_object(620, 877), scan_object(4960, 7016, mask=True)
    resources = b"/Resources << /XObject << /I 5 0 R /M 6 0 R >> >>"
    assert load(page_of(make_pdf(content, *layers, box=A4, page=resources))).dpi == 300


def test_small_picture_does_not_decide(make_pdf, scan_object, page_of):
    content = FULL + b" q 30 0 0 30 50 50 cm /L Do Q"
    resources = b"/Resources << /XObject << /I 5 0 R /L 6 0 R >> >>"
    layers = scan_object(1240, 1754), scan_object(250, 250)
    assert load(page_of(make_pdf(content, *layers, box=A4, page=resources))).dpi == 150


def test_born_digital_page_is_rendered_at_300(make_pdf, page_of):
    image = load(page_of(make_pdf(b"100 100 200 300 re f", box=A4)))
    assert image.dpi == 300
    assert not image.is_colour
    assert (image.pixels < 50).mean() == pytest.approx(200 * 300 / (A4[0] * A4[1]), rel=0.02)


def test_annotation_drawn_on_a_page_is_seen(make_pdf, scan_object, page_of):
    appearance = b"<< /Type /XObject /Subtype /Form /BBox [0 0 100 50] /Length 26 >>\nstream\n1 0 0 rg 0 0 100 50 re f  \nendstream"
    annotation = b"<< /Type /Annot /Subtype /Stamp /Rect [100 600 200 650] /F 4 /AP << /N 7 0 R >> >>"
    page = b"/Annots [6 0 R] " + IMAGE
    image = load(page_of(make_pdf(FULL, scan_object(1240, 1754), annotation, appearance, box=A4, page=page)))
    assert image.is_colour
    red = (image.pixels[:, :, 0] > 200) & (image.pixels[:, :, 1] < 60)
    ys, xs = np.nonzero(red)
    unit = image.dpi / 72
    assert (xs.min() / unit, xs.max() / unit) == pytest.approx((100, 200), abs=1)
    assert (ys.min() / unit, ys.max() / unit) == pytest.approx((A4[1] - 650, A4[1] - 600), abs=1)


def test_rotated_pdf_page_is_rendered_as_it_is_shown(make_pdf, scan_object, page_of):
    image = load(page_of(make_pdf(FULL, scan_object(1240, 1754), box=A4, page=IMAGE + b" /Rotate 90")))
    assert image.pixels.shape[1] > image.pixels.shape[0]


@pytest.mark.parametrize("way", range(1, 9))
def test_exif_orientation_is_put_right(save, page_of, way):
    corner = np.full((400, 300), 255, np.uint8)
    corner[:80, :60] = 0  # where row 0 and column 0 of the stored picture meet
    exif = Image.Exif()
    exif[0x0112] = way
    pixels = load(page_of(save(corner, "may-anh.jpg", exif=exif, dpi=(150, 150), quality=95))).pixels
    assert pixels.shape == ((400, 300) if way < 5 else (300, 400))
    dark = {
        (top, left): float(pixels[(slice(0, 40) if top else slice(-40, None)), (slice(0, 40) if left else slice(-40, None))].mean())
        for top in (True, False)
        for left in (True, False)
    }
    expected = {1: (True, True), 2: (True, False), 3: (False, False), 4: (False, True)}
    turned = {5: (True, True), 6: (True, False), 7: (False, False), 8: (False, True)}
    assert min(dark, key=dark.__getitem__) == {**expected, **turned}[way]


SHADES = np.tile(np.linspace(0, 255, 1240).astype(np.uint8), (1754, 1))
"""An A4 page of 150 dpi, which needs no statement of its resolution: JPEG 2000 and WebP carry none."""


@pytest.mark.parametrize(
    ("mode", "name"),
    [
        ("1", "a.tif"),
        ("1", "a.png"),
        ("L", "a.png"),
        ("L", "a.jp2"),
        ("LA", "a.png"),
        ("P", "a.png"),
        ("RGB", "a.bmp"),
        ("RGB", "a.webp"),
        ("RGBA", "a.png"),
        ("RGBA", "a.tif"),
        ("CMYK", "a.jpg"),
        ("CMYK", "a.tif"),
        ("I;16", "a.png"),
        ("I;16", "a.tif"),
    ],
)
def test_every_kind_of_pixel_gives_the_same_shades(save, page_of, mode, name):
    if mode == "I;16":
        picture = Image.fromarray(SHADES.astype(np.uint16) * 257)
    else:
        picture = Image.fromarray(SHADES).convert("RGB" if mode == "CMYK" else "L").convert(mode)
    image = load(page_of(save(picture, name, dpi=(150, 150))))
    assert not image.is_colour
    assert image.pixels.dtype == np.uint8
    smooth = cv2.blur(image.pixels, (9, 9)) if mode == "1" else image.pixels
    assert np.abs(smooth[170].astype(int) - SHADES[170]).mean() < (12 if mode == "1" else 4)


def test_transparent_paper_is_white(save, page_of):
    clear = np.zeros((300, 200, 4), np.uint8)
    clear[100:200, 50:150, 3] = 255
    pixels = load(page_of(save(clear, "trong.png", dpi=(150, 150)))).pixels
    assert pixels[10, 10] == 255
    assert pixels[150, 100] == 0


def test_colour_is_kept_and_idle_colour_dropped(save, page_of):
    page = np.full((400, 300, 3), 240, np.uint8)
    assert not load(page_of(save(page, "xam.png", dpi=(150, 150)))).is_colour
    page[100:110, 100:150] = (200, 30, 40)
    assert load(page_of(save(page, "dau.png", dpi=(150, 150)))).is_colour


@pytest.mark.parametrize(
    ("size", "stated", "dpi"),
    [((1654, 2339), None, 200), ((1654, 2339), (72, 72), 200), ((2339, 1654), (96, 96), 200), ((1000, 1000), (180, 180), 180)],
)
def test_image_without_a_believable_resolution_is_taken_for_a4(save, page_of, size, stated, dpi):
    options = {"dpi": stated} if stated else {}
    image = load(page_of(save(Image.new("L", size, 255), "anh.png", **options)))
    assert image.dpi == dpi
    assert image.pixels.shape == size[::-1]


@pytest.mark.parametrize(("stated", "dpi", "side"), [(600, 300, 600), (120, 150, 1500)])
def test_image_beyond_the_bounds_is_scaled(save, page_of, stated, dpi, side):
    image = load(page_of(save(Image.new("L", (1200, 1200), 255), "vuong.png", dpi=(stated, stated))))
    assert (image.dpi, image.pixels.shape) == (dpi, (side, side))


def test_each_page_of_a_tiff_is_its_own(save, page_of):
    pages = [Image.new("L", (200, 280), shade) for shade in (10, 120, 230)]
    path = save(pages[0], "ba.tif", save_all=True, append_images=pages[1:], dpi=(150, 150))
    assert [round(float(load(page_of(path, number)).pixels.mean())) for number in (1, 2, 3)] == [10, 120, 230]


def test_pdf_page_that_cannot_be_drawn_is_damaged(make_pdf, page_of):
    scan = page_of(make_pdf(b"", page=b"/Resources << >>"))
    with pytest.raises(Damaged):
        load(type(scan)(scan.path, scan.sha256, scan.format, 7))


def test_view_is_a_small_jpeg_of_the_same_picture():
    page = np.full((1200, 900, 3), 250, np.uint8)
    page[100:300, 100:300] = (200, 30, 40)
    view = cv2.imdecode(np.frombuffer(_view(PageImage(page, 240), 120), np.uint8), cv2.IMREAD_COLOR)
    assert view.shape[:2] == (600, 450)
    assert np.abs(view[100, 100].astype(int) - (40, 30, 200)).max() < 20
