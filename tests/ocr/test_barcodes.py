"""Bar codes on scanned pages, and the separator sheets that bear them: printed, worn, turned, read again."""

import io
import random
import time

import cv2
import numpy as np
import pypdfium2
import pytest

from dossier.errors import MissingTool
from dossier.model import Symbology
from ocr import SeparatorSheet, draw_separator, print_separators
from ocr.barcodes import find_barcodes, sheets
from ocr.cleaning.flat_field import flatten_field
from sample_printer import RECIPES, PageTruth, PrintedPage, damage, print_document
from sample_printer.table_pages import print_table_pages
from sample_printer.writing import write_document

DPI = 200
CONTENT = "SOHOA;type=Quyết định;number=15/QĐ-UBND;title=Về việc giao đất%3B đợt 2"
ASCII = "SOHOA;number=15/Q%C4%90-UBND"
SHEET = SeparatorSheet(CONTENT, ASCII, "SOHOA", "TỜ PHÂN CÁCH", ("Số, ký hiệu: 15/QĐ-UBND",), "Đặt trước văn bản.")
ALL = {Symbology.PATCH_T: "", Symbology.QR: CONTENT, Symbology.CODE_128: ASCII}


def scanned(grey, recipe="office", turns=0, seed=5):
    """The red channel of a scan of a clean grey page, cleaned as for reading."""
    page = PrintedPage(np.repeat(grey[:, :, None], 3, axis=2), PageTruth(1, "text", DPI, grey.shape[1], grey.shape[0]))
    image = damage(page, RECIPES[recipe], random.Random(seed)).image
    return flatten_field(np.ascontiguousarray(np.rot90(image[:, :, 0], turns)), dpi=DPI)


def found_on(grey):
    return {code.symbology: code.text for code in find_barcodes(grey, dpi=DPI)}


@pytest.mark.parametrize("recipe", ["office", "bilevel", "fax"])
def test_a_scanned_sheet_is_read_whole(recipe):
    assert found_on(scanned(draw_separator(SHEET, dpi=DPI), recipe)) == ALL


@pytest.mark.parametrize("recipe", ["poor-photocopy", "old-paper", "dot-matrix"])
def test_of_a_worn_sheet_at_least_patch_and_qr_are_read(recipe):
    found = found_on(scanned(draw_separator(SHEET, dpi=DPI), recipe))
    assert {Symbology.PATCH_T, Symbology.QR} <= found.keys()
    assert found.items() <= ALL.items()


def test_codes_stand_from_top_to_bottom_where_they_are_printed():
    codes = find_barcodes(draw_separator(SHEET, dpi=DPI), dpi=DPI)
    assert [code.symbology for code in codes] == list(ALL)
    patch, qr, bars = (code.box for code in codes)
    assert patch.width == pytest.approx(63.5 / 25.4 * DPI, rel=0.05)
    assert patch.height == pytest.approx(20.32 / 25.4 * DPI, rel=0.1)
    assert patch.y1 < qr.y0 < qr.y1 < bars.y0


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_patch_and_qr_are_found_however_the_sheet_lies(turns):
    found = found_on(scanned(draw_separator(SHEET, dpi=DPI), turns=turns))
    assert found[Symbology.QR] == CONTENT
    assert Symbology.PATCH_T in found


def test_a_patch_code_may_stand_alone_and_smaller():
    grey = draw_separator(SHEET, dpi=DPI)
    for code in find_barcodes(grey, dpi=DPI)[1:]:
        grey = grey.copy()
        grey[code.box.y0 - 5 : code.box.y1 + 5] = 255
    assert found_on(grey) == {Symbology.PATCH_T: ""}
    smaller = cv2.resize(grey, None, fx=0.85, fy=0.85, interpolation=cv2.INTER_AREA)
    assert found_on(smaller) == {Symbology.PATCH_T: ""}


def test_other_patch_codes_and_other_bars_are_none():
    for widths in ((5.08, 5.08, 2.03, 2.03), (5.08, 2.03, 2.03, 5.08), (2.03, 5.08, 5.08, 2.03), (3, 3, 3, 3)):
        page, top = np.full((2339, 1654), 255, np.uint8), 100.0
        for width in widths:
            page[round(top) : round(top + width * DPI / 25.4), 500:1000] = 0
            top += (width + 2.03) * DPI / 25.4
        assert found_on(page) == {}


def test_pages_of_documents_bear_no_codes_and_cost_little():
    pages = []
    for seed in range(3):
        rng = random.Random(seed)
        pages += [page.image for page in print_document(write_document(rng), rng=rng)[:2]]
        pages += [page.image for page in print_table_pages(rng)[:1]]
    greys = [flatten_field(np.ascontiguousarray(image[:, :, 0]), dpi=DPI) for image in pages]
    start = time.process_time()
    assert [find_barcodes(grey, dpi=DPI) for grey in greys] == [()] * len(greys)
    assert (time.process_time() - start) / len(greys) < 0.1  # about 8 ms on a quiet machine


def test_the_pdf_has_one_a4_page_a_sheet_that_reads_back():
    document = pypdfium2.PdfDocument(io.BytesIO(print_separators([SHEET, SHEET])))
    assert [round(side * 25.4 / 72) for side in document[1].get_size()] == [210, 297]
    assert len(document) == 2
    assert found_on(np.ascontiguousarray(document[1].render(scale=DPI / 72).to_numpy()[:, :, 0])) == ALL


def test_bars_wider_than_the_paper_only_mark_the_sheet():
    long = SeparatorSheet(CONTENT, ASCII + ";title=" + "x" * 60, "SOHOA", "TỜ PHÂN CÁCH")
    assert found_on(draw_separator(long, dpi=DPI))[Symbology.CODE_128] == "SOHOA"


def test_what_cannot_be_printed_is_refused(monkeypatch):
    with pytest.raises(ValueError, match="no separator sheet"):
        print_separators([])
    with pytest.raises(ValueError):  # noqa: PT011  # the library's own sentence
        print_separators([SeparatorSheet("x" * 5000, "SOHOA", "SOHOA", "")])
    monkeypatch.setattr(sheets, "_FOLDERS", ("/nowhere",))
    sheets._font_file.cache_clear()
    sheets._font.cache_clear()
    with pytest.raises(MissingTool, match="fonts-dejavu-core"):
        draw_separator(SHEET)
    sheets._font_file.cache_clear()
    sheets._font.cache_clear()
