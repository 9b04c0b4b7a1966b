"""Repairs of what OCR does to marks: listed phrases, the page's own words, and nothing else."""

import pytest

from metadata import find_documents
from metadata.heads.agency import agencies
from metadata.heads.stamps import own_print
from metadata.sheets.header import header_of
from metadata.sheets.layout import sheet_of
from metadata.sheets.phrases import PHRASES
from metadata.sheets.spelling import NAMES, agreed, respell


@pytest.mark.parametrize(
    ("read", "spelt"),
    [
        ("UBND TỈNH BÉN TRE", "UBND TỈNH BẾN TRE"),
        ("THÀNH PHÓ CÀN THƠ", "THÀNH PHỐ CẦN THƠ"),
        ("SƠ Y TE", "SỞ Y TẾ"),
        ("UỶ BAN NHÂN DÂN TỈNH HOÀ BÌNH", "UỶ BAN NHÂN DÂN TỈNH HOÀ BÌNH"),
        ("Cân Thơ", "Cần Thơ"),
        ("XÃ TÂN MỸ", "XÃ TÂN MỸ"),
        ("", ""),
    ],
)
def test_names_of_the_head(read, spelt):
    assert respell(read) == spelt


@pytest.mark.parametrize(
    ("read", "spelt"),
    [
        ("thuộc thâm quyền giải quyêt của Sở Tư pháp", "thuộc thẩm quyền giải quyết của Sở Tư pháp"),
        ("Quy hoạch chỉ tiết (đợt 2), bố sung", "Quy hoạch chi tiết (đợt 2), bổ sung"),
        ("tình hình lưu trú của bà Lê Thị Bổ", "tình hình lưu trú của bà Lê Thị Bổ"),
    ],
)
def test_phrases_of_running_text(read, spelt):
    assert respell(read, PHRASES) == spelt


def test_lists_agree_with_themselves():
    for listed in (NAMES, PHRASES):
        for phrase in listed:
            assert respell(phrase, listed) == phrase


def test_place_of_the_date_line_spells_the_agency():
    assert agreed("ỦY BAN NHÂN DÂN XÃ MY LỌC", "Mỹ Lộc") == "ỦY BAN NHÂN DÂN XÃ MỸ LỘC"
    assert agreed("SỞ Y TẾ", "Mỹ Lộc") == "SỞ Y TẾ"
    assert agreed("SỞ Y TẾ", "") == "SỞ Y TẾ"


def test_subject_is_respelt_by_the_text_that_repeats_it(paper):
    page = paper(
        (0.50, 0.06, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), (0.20, 0.12, "Số: 9/KH-UBND"), (0.45, 0.18, "KẾ HOẠCH"),
        (0.25, 0.20, "Trồng rưng phòng hộ vùng bai ngang"),
        (0.15, 0.30, "Ủy ban nhân dân xã xây dựng kế hoạch trồng rừng phòng hộ vùng bãi ngang như"),
        (0.15, 0.32, "sau: trồng rừng phòng hộ vùng bãi ngang là việc chính của toàn xã trong năm"),
    )  # fmt: skip
    subject = find_documents([page])[0].subject
    assert subject is not None
    assert subject.value == "Trồng rừng phòng hộ vùng bãi ngang"


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        (["ỦY BAN NHÂN DÂN", "TỈNH CÀ MAU", "SỞ GIAO THÔNG VẬN TẢI"], ["ỦY BAN NHÂN DÂN TỈNH CÀ MAU", "SỞ GIAO THÔNG VẬN TẢI"]),
        (["UBND TỈNH AN GIANG", "SỞ THÔNG TIN", "VÀ TRUYỀN THÔNG"], ["UBND TỈNH AN GIANG", "SỞ THÔNG TIN VÀ TRUYỀN THÔNG"]),
        (
            ["TRƯỜNG ĐẠI HỌC", "CÔNG NGHỆ THÔNG TIN", "KHOA HỆ THỐNG THÔNG TIN"],
            ["TRƯỜNG ĐẠI HỌC CÔNG NGHỆ THÔNG TIN", "KHOA HỆ THỐNG THÔNG TIN"],
        ),
        (["UBND HUYỆN ĐÔNG KHÊ", "VĂN PHÒNG", "HĐND VÀ UBND HUYỆN"], ["UBND HUYỆN ĐÔNG KHÊ", "VĂN PHÒNG HĐND VÀ UBND HUYỆN"]),
        (["UBND HUYỆN ĐÔNG KHÊ", "UBND XÃ TÂN MỸ"], ["UBND HUYỆN ĐÔNG KHÊ", "UBND XÃ TÂN MỸ"]),
        (["BỘ NỘI VỤ"], ["BỘ NỘI VỤ"]),
        (["_UBND TỈNH SƠN LA", "PHONG NỘI VỤ |"], ["UBND TỈNH SƠN LA", "PHÒNG NỘI VỤ"]),
    ],
)
def test_agencies_from_the_highest_to_the_issuing_one(paper, lines, names):
    prints = [(0.12, 0.06 + 0.02 * row, text) for row, text in enumerate(lines)]
    page = paper((0.52, 0.06, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), *prints, (0.2, 0.15, "Số: 1/QĐ-X"))
    header = header_of(own_print(sheet_of(page)))
    assert [agency.name for agency in agencies(header, above=0.15 * page.height)] == names
