"""Stamps that stand beside or over print: their lines are parted from it, and their ruled fields are no table."""

import cv2
import numpy as np
import pytest
from rapidfuzz import fuzz

from ocr import read_page
from ocr.engines.networks import TrueOcr
from ocr.language import open_language
from ocr.tables import find_tables
from sample_printer.fonts import font
from sample_printer.sheet import Sheet

DPI = 200
STAMP, TITLE = "TRUNG TÂM LƯU TRỮ LỊCH SỬ", "Về việc tăng cường công tác thi hành án"
BODY = (
    "Trong thời gian qua, công tác triển khai thi hành Luật tố tụng hành",
    "chính; việc tổ chức thi hành những bản án, quyết định của Tòa án",
    "hành chính; việc theo dõi thi hành án hành chính của các cơ quan đã",
    "đạt những kết quả tích cực. Tuy nhiên, vẫn còn một số trường hợp",
)


def sheet_of(*, lower_mm: float, gap_mm: float = 4.0) -> np.ndarray:
    """A title with stamped words before it, so much lower, above a few lines of body."""
    sheet = Sheet(dpi=DPI)
    sheet.print_line(STAMP, font=font("arimo", "bold", points=10, dpi=DPI), left=15, baseline=80 + lower_mm)
    stamped = sheet.millimetres(font("arimo", "bold", points=10, dpi=DPI).getlength(STAMP))
    sheet.print_line(TITLE, font=font("tinos", "bold", points=14, dpi=DPI), left=15 + stamped + gap_mm, baseline=80)
    for number, text in enumerate(BODY):
        sheet.print_line(text, font=font("tinos", points=14, dpi=DPI), left=30, baseline=100 + 8 * number)
    return cv2.cvtColor(sheet.finish(1).image, cv2.COLOR_RGB2GRAY)


@pytest.fixture(scope="module")
def networks() -> TrueOcr:
    return TrueOcr(open_language())


@pytest.mark.parametrize("lower_mm", [-1.6, 1.5, 1.8])
def test_words_at_another_height_are_a_line_of_their_own(networks, lower_mm):
    texts = [line.text for line in networks.read(sheet_of(lower_mm=lower_mm), dpi=DPI)]
    assert {STAMP, TITLE} <= set(texts)


@pytest.mark.parametrize(("slope", "bow"), [(0.012, 0.0), (-0.01, 14.0), (0.0, -18.0)])
def test_sloping_and_curled_lines_stay_whole(networks, slope, bow):
    grey = sheet_of(lower_mm=14.0)
    across, down = np.meshgrid(*(np.arange(side, dtype=np.float32) for side in reversed(grey.shape)))
    place = across / grey.shape[1] * 2 - 1
    bent = cv2.remap(grey, across, down + slope * across + bow * place * place, cv2.INTER_LINEAR, borderValue=(255,))
    texts = [line.text for line in networks.read(bent, dpi=DPI)]
    assert sum(fuzz.ratio(text, line) > 93 for line in BODY for text in texts) == len(BODY)


@pytest.fixture
def pressed() -> np.ndarray:
    """A body of print whose beginning an arrival stamp with ruled fields covers, all in black."""
    sheet = Sheet(dpi=DPI)
    for number, text in enumerate(BODY):
        sheet.print_line(text, font=font("tinos", points=14, dpi=DPI), left=40, baseline=104 + 8 * number)
    for y in (72.0, 79.0, 87.0, 95.0, 103.0):
        sheet.rule((6.0 if y != 87.0 and y != 95.0 else 24.0, y), (56.0, y), width_mm=0.4)
    for x in (6.0, 24.0, 56.0):
        sheet.rule((x, 72.0 if x != 24.0 else 79.0), (x, 103.0), width_mm=0.4)
    sheet.print_line("SỞ NỘI VỤ TỈNH LÀO CAI", font=font("arimo", "bold", points=9, dpi=DPI), centre=31, baseline=77)
    sheet.print_line("ĐẾN", font=font("arimo", "bold", points=14, dpi=DPI), centre=15, baseline=93)
    for y, text in ((85, "Số: 352"), (93, "Ngày: 21/3/2018"), (101, "Chuyển:")):
        sheet.print_line(text, font=font("arimo", points=10, dpi=DPI), left=26, baseline=y)
    return sheet.finish(1).image


def test_ruled_fields_of_an_arrival_stamp_are_no_table(pressed, save, page_of, reader):
    assert find_tables(cv2.cvtColor(pressed, cv2.COLOR_RGB2GRAY), dpi=DPI), "its rules look like those of a table"
    page = read_page(page_of(save(pressed, "trang.png", dpi=(DPI, DPI))), reader).page
    assert page.tables == ()
    assert all(line.cell is None for line in page.lines)
    texts = [line.text for line in page.lines]
    for text in (*BODY, "SỞ NỘI VỤ TỈNH LÀO CAI", "ĐẾN", "Số: 352", "Ngày: 21/3/2018"):
        assert max(fuzz.partial_ratio(text, line) for line in texts) > 95, texts
