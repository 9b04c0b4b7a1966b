"""Marks lie on the words also when the scan was turned and skewed: boxes are those of the upright page."""

import random
from dataclasses import replace

import pytest
from PIL import Image

from dossier.model import Page, PageScan
from dossier.settings import IntakeSettings, OcrSettings
from indexer import matched_boxes, parse_query
from ocr import open_reader, open_scan, read_page
from sample_printer import RECIPES, PrintedPage, Style, damage, print_document
from sample_printer.writing import write_document

DPI = 150
TOLERANCE = 12


@pytest.fixture(scope="module")
def printed() -> PrintedPage:
    rng = random.Random(20)
    spec = write_document(rng, type_name="Báo cáo", style=Style.DECREE30, paragraphs=4)
    return print_document(spec, rng=rng, dpi=DPI)[0]


@pytest.fixture(scope="module", params=[(90, -1.6), (180, 2.1), (270, 1.7)], ids=str)
def read(request, printed, tmp_path_factory) -> Page:
    """The page scanned turned and skewed, then read."""
    turn, skew = request.param
    path = tmp_path_factory.mktemp("scan") / "trang.png"
    scan = damage(printed, replace(RECIPES["office"], rotation_deg=turn, skew_deg=skew), random.Random(2))
    Image.fromarray(scan.image).save(path, dpi=(DPI, DPI), compress_level=1)
    opened = open_scan(path, IntakeSettings())
    page = read_page(PageScan(opened.path, opened.sha256, opened.format, 1), open_reader(OcrSettings(), IntakeSettings())).page
    assert (page.rotation_deg, round(page.skew_deg)) == (turn, round(skew))
    return page


def test_marked_words_lie_where_they_were_printed(read: Page, printed: PrintedPage) -> None:
    grown = (read.width - printed.truth.width) / 2, (read.height - printed.truth.height) / 2
    checked = 0
    for line in printed.truth.lines:
        if len(line.text.split()) < 6 or not line.text[0].isalnum() or line.text not in read.text:
            continue
        (whole,) = (found.box for found in matched_boxes(read, parse_query(f'"{line.text}"')))
        end = matched_boxes(read, parse_query(f'"{" ".join(line.text.split()[-3:])}"'))
        left, _, right, _ = line.box
        marked = (whole.x0 - grown[0], whole.y0 - grown[1], whole.x1 - grown[0], whole.y1 - grown[1])
        assert marked == pytest.approx(line.box, abs=TOLERANCE)
        assert any(mark.box.x1 == whole.x1 and mark.box.x0 > whole.x0 + (right - left) / 3 for mark in end)
        checked += 1
    assert checked >= 3
