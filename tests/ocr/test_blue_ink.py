"""Blue and violet ink over black print is taken off it; writing that may be text stays where it is."""

import random
from datetime import date
from itertools import pairwise

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw
from rapidfuzz import fuzz

from ocr import read_page
from ocr.cleaning.blue_ink import lift_blue_ink
from ocr.intake.rendering import PageImage
from sample_printer.fonts import font
from sample_printer.sheet import BLACK, BLUE_INK, Sheet
from sample_printer.spec import Arrival
from sample_printer.stamps import arrival_stamp

DPI = 200
VIOLET = (110, 50, 150)
BODY = (
    "Trong thời gian qua, công tác triển khai thi hành Luật tố tụng hành chính;",
    "việc tổ chức thi hành những bản án, quyết định của Tòa án về vụ án này;",
    "việc theo dõi thi hành án hành chính của các cơ quan đã đạt kết quả tốt.",
    "Tuy nhiên, vẫn còn một số trường hợp chưa được thi hành đầy đủ, kịp thời.",
)
NAME = "Nguyễn Thị Hồng Vân"


def body(*, ink: tuple[int, int, int] = BLACK) -> Sheet:
    sheet = Sheet(dpi=DPI)
    for number, text in enumerate(BODY):
        sheet.print_line(text, font=font("tinos", points=13, dpi=DPI), left=25, baseline=60 + 8 * number, ink=ink)
    return sheet


def image_of(sheet: Sheet) -> PageImage:
    return PageImage(sheet.finish(1).image, DPI, float(DPI))


def lifted(image: PageImage):
    return lift_blue_ink(image, np.ascontiguousarray(image.pixels[:, :, 0]))


def dark(grey: np.ndarray, box: tuple[int, int, int, int]) -> int:
    return int((grey[box[1] : box[3], box[0] : box[2]] < 128).sum())


def test_a_signature_is_taken_off_the_name_under_it():
    sheet = body()
    box = sheet.print_line(NAME, font=font("tinos", "bold", points=14, dpi=DPI), left=120, baseline=110)
    alone = dark(np.asarray(sheet.image)[:, :, 0], box)
    for start, end in pairwise(((122.0, 98.0), (132.0, 120.0), (142.0, 96.0), (150.0, 119.0), (168.0, 101.0))):
        pen = Image.new("RGBA", sheet.image.size, (*BLUE_INK, 0))
        ImageDraw.Draw(pen).line([*map(sheet.pixels, (*start, *end))], fill=(*BLUE_INK, 235), width=sheet.pixels(0.6))
        sheet.press(pen, left=0, top=0)
    image = image_of(sheet)
    crossed = dark(image.pixels[:, :, 0], box)
    assert crossed > 1.15 * alone, "the signature does not cross the name"
    left = dark(lifted(image).grey, box)  # what crosses letters stays with their edges
    assert left - alone < 0.4 * (crossed - alone)


def test_what_fills_a_gap_of_a_line_stays():
    sheet = body()
    pen = font("chorus", points=17, dpi=DPI)
    for left, text in ((25.0, "Số:"), (45.0, "/QĐ-UBND")):
        sheet.print_line(text, font=font("tinos", points=13, dpi=DPI), left=left, baseline=110)
    sheet.print_line("1786", font=pen, left=33, baseline=110, ink=BLUE_INK)
    image = image_of(sheet)
    assert np.array_equal(lifted(image).grey, image.pixels[:, :, 0])


def test_notes_by_themselves_and_pages_in_blue_stay():
    noted = body()
    noted.print_line("Chuyển phòng Nội vụ tham mưu", font=font("chorus", points=20, dpi=DPI), left=30, baseline=120, ink=BLUE_INK)
    for sheet in (noted, body(ink=BLUE_INK), body(ink=VIOLET), body()):
        image = image_of(sheet)
        assert lifted(image).grey.sum() == image.pixels[:, :, 0].sum()


@pytest.mark.parametrize(("ink", "stays"), [((45, 55, 115), True), ((40, 50, 170), False)])
def test_bluish_print_is_no_pen(ink, stays):
    """Print that is bluish throughout is bluer here and there; no pen is so dull."""
    sheet = body(ink=(36, 38, 60))
    ImageDraw.Draw(sheet.image).line([*map(sheet.pixels, (40.0, 50.0, 46.0, 72.0))], fill=ink, width=sheet.pixels(0.6))
    image = image_of(sheet)
    assert np.array_equal(lifted(image).grey, image.pixels[:, :, 0]) is stays


def test_a_grey_page_is_left_alone():
    grey = cv2.cvtColor(body().finish(1).image, cv2.COLOR_RGB2GRAY)
    assert lift_blue_ink(PageImage(grey, DPI, float(DPI)), grey).grey is grey


@pytest.mark.parametrize("ink", [BLUE_INK, VIOLET])
def test_a_stamp_over_print_is_read_by_itself_and_so_is_the_print(ink, save, page_of, reader):
    sheet, rng = body(), random.Random(3)
    stamp, _ = arrival_stamp(Arrival("SỞ NỘI VỤ TỈNH LÀO CAI", "352", date(2018, 3, 21)), dpi=DPI, rng=rng)
    coloured = Image.new("RGBA", stamp.size, (*ink, 0))
    coloured.putalpha(stamp.getchannel("A"))
    sheet.press(coloured, left=8, top=42)
    pixels = sheet.finish(1).image
    page = read_page(page_of(save(pixels, "trang.png", dpi=(DPI, DPI))), reader).page
    texts = [line.text for line in page.lines]
    for text in BODY:
        assert max(fuzz.ratio(text, line) for line in texts) > 97, texts
    stamped = [line for line in page.lines if fuzz.ratio("SỞ NỘI VỤ TỈNH LÀO CAI", line.text) > 85]
    assert len(stamped) == 1
    assert stamped[0].box.x1 < 60 / 25.4 * DPI
    assert 42 / 25.4 * DPI < stamped[0].box.y0 < 50 / 25.4 * DPI
    assert any("ĐẾN" in text for text in texts)
