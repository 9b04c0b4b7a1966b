"""Every format opens with its page count; every broken file has its own error, facts and a Vietnamese sentence."""

import struct
import zlib

import numpy as np
import pytest
from PIL import Image

from dossier.errors import BadScan, Damaged, EmptyFile, Encrypted, NoPages, TooLarge, UnsupportedFormat, WrongExtension
from dossier.messages import Messages
from dossier.model import PageScan, ScanFile, ScanFormat
from dossier.settings import IntakeSettings, OcrSettings
from ocr import digest, open_scan
from ocr.intake.rendering import load_page

PIXELS = np.tile(np.arange(200, dtype=np.uint8), (280, 1))
IMAGES = {
    "a.jpg": ScanFormat.JPEG,
    "a.JPEG": ScanFormat.JPEG,
    "a.png": ScanFormat.PNG,
    "a.bmp": ScanFormat.BMP,
    "a.webp": ScanFormat.WEBP,
    "a.jp2": ScanFormat.JPEG2000,
    "a.tif": ScanFormat.TIFF,
    "a.pdf": ScanFormat.PDF,
}


def refused(path, limits) -> BadScan:
    """The error of opening a file, whose sentence says in Vietnamese what to do."""
    with pytest.raises(BadScan) as caught:
        open_scan(path, limits)
    sentence = Messages("vi").error(caught.value)
    assert "{" not in sentence
    assert any(word in sentence for word in ("Hãy", "hãy"))
    assert sentence != Messages("en").error(caught.value)
    return caught.value


@pytest.mark.parametrize(("name", "kind"), IMAGES.items())
def test_every_format_opens_as_one_page(save, limits, name, kind):
    path = save(PIXELS, name)
    scan = open_scan(path, limits)
    assert (scan.format, scan.page_count, scan.size_bytes) == (kind, 1, path.stat().st_size)
    assert scan.sha256 == digest(path)


@pytest.mark.parametrize("name", ["nhieu.tif", "nhieu.TIFF", "nhieu.pdf"])
def test_several_pages_are_counted(save, limits, name):
    pages = [Image.fromarray(np.roll(PIXELS, step, axis=1)) for step in range(3)]
    path = save(pages[0], name, save_all=True, append_images=pages[1:])
    assert open_scan(path, limits).page_count == 3


def test_animated_image_is_one_page(save, limits):
    frames = [Image.fromarray(np.roll(PIXELS, step, axis=1)) for step in (0, 50)]
    assert open_scan(save(frames[0], "dong.webp", save_all=True, append_images=frames[1:]), limits).page_count == 1


@pytest.mark.parametrize("name", [*IMAGES, "a.docx"])
def test_empty_file(tmp_path, limits, name):
    (tmp_path / name).touch()
    assert isinstance(refused(tmp_path / name, limits), EmptyFile)


@pytest.mark.parametrize("name", ["thu.docx", "thu.txt", "thu.gif", "khong-duoi", ".tif.bak"])
def test_unsupported_formats(tmp_path, limits, name):
    (tmp_path / name).write_bytes(b"GIF89a" + bytes(100))
    error = refused(tmp_path / name, limits)
    assert isinstance(error, UnsupportedFormat)
    assert str(error.facts["extension"]) in Messages("vi").error(error)


@pytest.mark.parametrize(("real", "claimed"), [("a.png", "a.jpg"), ("a.jpg", "a.pdf"), ("a.pdf", "a.tif"), ("a.tif", "a")])
def test_wrong_extension(save, limits, real, claimed):
    path = save(PIXELS, real)
    error = refused(path.rename(path.with_name(claimed)), limits)
    assert isinstance(error, WrongExtension)
    assert error.facts["content"] == IMAGES[real].value


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.webp", "a.jp2", "a.tif", "a.bmp", "a.pdf"])
def test_content_that_is_no_scan_at_all(tmp_path, limits, name):
    (tmp_path / name).write_bytes(b"Xin ch\xc3\xa0o" * 300)
    assert isinstance(refused(tmp_path / name, limits), Damaged)


@pytest.mark.parametrize("share", [0.03, 0.4, 0.9])
@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.tif", "a.pdf", "a.bmp", "a.webp", "a.jp2"])
def test_truncated_files_never_give_a_page(save, limits, name, share):
    noise = np.random.default_rng(3).integers(0, 255, (400, 300), dtype=np.uint8)
    path = save(noise, name)
    data = path.read_bytes()
    path.write_bytes(data[: max(16, int(len(data) * share))])
    with pytest.raises(Damaged) as caught:
        load_page(page_scan(open_scan(path, limits)), OcrSettings(), limits)
    assert "hỏng" in Messages("vi").error(caught.value)


def page_scan(scan: ScanFile) -> PageScan:
    return PageScan(scan.path, scan.sha256, scan.format, 1)


def test_truncated_pages_of_a_tiff_are_missed(save, limits):
    pages = [Image.fromarray(np.random.default_rng(seed).integers(0, 255, (200, 150), dtype=np.uint8)) for seed in range(4)]
    path = save(pages[0], "cat.tif", save_all=True, append_images=pages[1:])
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * 0.6)])
    assert isinstance(refused(path, limits), Damaged)


def test_zero_page_pdf(tmp_path, limits):
    from_hand = (
        b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\n"
    )
    places = [from_hand.index(b"1 0 obj"), from_hand.index(b"2 0 obj")]
    table = b"xref\n0 3\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    tail = b"trailer\n<< /Size 3 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(from_hand)
    (tmp_path / "khong-trang.pdf").write_bytes(from_hand + table + tail)
    assert isinstance(refused(tmp_path / "khong-trang.pdf", limits), NoPages)


def test_pdf_that_needs_a_password(encrypted_pdf, limits):
    assert isinstance(refused(encrypted_pdf(user=b"bi mat", owner=b"chu"), limits), Encrypted)


def test_pdf_that_only_its_owner_locked_is_read(encrypted_pdf, limits):
    path = encrypted_pdf(user=b"", owner=b"chu")
    scan = open_scan(path, limits)
    assert scan.page_count == 1
    pixels = load_page(page_scan(scan), OcrSettings(), limits).pixels
    assert 0.2 < (pixels < 50).mean() < 0.3  # the black rectangle of 300 x 400 points


def bomb(side: int) -> bytes:
    """A PNG that says it is `side` pixels square and holds nearly nothing."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes(1_000_000), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def test_decompression_bomb(tmp_path, limits):
    (tmp_path / "bom.png").write_bytes(bomb(60_000))
    error = refused(tmp_path / "bom.png", limits)
    assert isinstance(error, TooLarge)
    assert error.facts == {
        "what": "pixels",
        "value": 3_600_000_000,
        "limit": limits.max_pixels,
        "setting": "SOHOA_INTAKE__MAX_PIXELS",
    }


def test_pdf_page_of_five_metres(make_pdf, limits):
    path = make_pdf(b"0 0 100 100 re f", box=(14_400, 14_400))
    scan = open_scan(path, limits)
    with pytest.raises(TooLarge) as caught:
        load_page(page_scan(scan), OcrSettings(), limits)
    assert caught.value.facts["what"] == "pixels"


def test_second_page_of_a_tiff_over_the_limit(save, page_of, limits):
    small, large = Image.new("L", (50, 50)), Image.new("L", (400, 400))
    scan = page_of(save(small, "lon.tif", save_all=True, append_images=[large]), 2)
    with pytest.raises(TooLarge):
        load_page(scan, OcrSettings(), IntakeSettings(max_pixels=100_000))


def test_limits_of_pages_and_bytes(save):
    path = save(PIXELS, "ba.pdf", save_all=True, append_images=[Image.fromarray(PIXELS)] * 2)
    assert refused(path, IntakeSettings(max_pages=2)).facts["what"] == "pages"
    assert refused(path, IntakeSettings(max_bytes=100)).facts["what"] == "bytes"
    assert open_scan(path, IntakeSettings(max_pages=3)).page_count == 3
