"""Marks of state secrecy stop a page in every shape they come in; the same words in running text do not."""

from dataclasses import replace

import pytest

from dossier.model import Box, Ink, Line, PageKind, Secrecy, Table, Verdict, Word
from metadata import find_documents, secrecy_mark

HEAD = (
    (0.15, 0.06, "ỦY BAN NHÂN DÂN"),
    (0.50, 0.06, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
    (0.20, 0.08, "TỈNH HÒA BÌNH"),
    (0.56, 0.08, "Độc lập - Tự do - Hạnh phúc"),
    (0.18, 0.12, "Số: 12/BC-UBND"),
    (0.52, 0.12, "Hòa Bình, ngày 05 tháng 3 năm 2021"),
)
BODY = ((0.18, 0.30, "Thực hiện chỉ đạo của cấp trên về công tác bảo vệ bí mật nhà nước, Ủy ban nhân dân báo cáo"),)


@pytest.mark.parametrize("ink", list(Ink))
@pytest.mark.parametrize(
    ("stamp", "level"),
    [
        ("MẬT", Secrecy.CONFIDENTIAL),
        ("TỐI MẬT", Secrecy.SECRET),
        ("TUYỆT MẬT", Secrecy.TOP_SECRET),
        ("MÂT", Secrecy.CONFIDENTIAL),
        ("MAT", Secrecy.CONFIDENTIAL),
        ("M ẬT", Secrecy.CONFIDENTIAL),
        ("M Ậ T", Secrecy.CONFIDENTIAL),
        ("|MẬT|", Secrecy.CONFIDENTIAL),
        ("| Mật |", Secrecy.CONFIDENTIAL),
        ("[MAr|", Secrecy.CONFIDENTIAL),
        ("MẬT.", Secrecy.CONFIDENTIAL),
        ("_MẬT.", Secrecy.CONFIDENTIAL),
        ("'MẬT", Secrecy.CONFIDENTIAL),
        ("MẬI", Secrecy.CONFIDENTIAL),
        ("NẬT", Secrecy.CONFIDENTIAL),
        ("TỐI MÂT", Secrecy.SECRET),
        ("TÓI MẬT", Secrecy.SECRET),
        ("TỐIMẬT", Secrecy.SECRET),
        ("T0I MAT", Secrecy.SECRET),
        ("đTØiMẬUP", Secrecy.SECRET),
        ("TUYET MAT", Secrecy.TOP_SECRET),
        ("TUYỆT MÂI", Secrecy.TOP_SECRET),
        ("|TUYỆT MẬT|", Secrecy.TOP_SECRET),
    ],
)
def test_stamps_under_the_number_stop(paper, stamp, level, ink):
    mark = secrecy_mark(paper(*HEAD, (0.20, 0.18, stamp, ink), *BODY))
    assert mark is not None
    assert mark.value == level
    assert 0 <= mark.confidence <= 1


@pytest.mark.parametrize(
    "place", [(0.45, 0.02), (0.75, 0.03), (0.20, 0.20), (0.48, 0.50), (0.40, 0.94), (0.80, 0.94), (0.08, 0.70)]
)
@pytest.mark.parametrize("stamp", ["MẬT", "TỐI MẬT", "TUYỆT MẬT"])
def test_stamps_anywhere_on_the_page_stop(paper, stamp, place):
    for ink in Ink:
        assert secrecy_mark(paper(*HEAD, *BODY, (*place, stamp, ink))) is not None


@pytest.mark.parametrize("text", ["Độ mật: Mật", "Độ mật: Tối mật", "Mức độ mật: Tuyệt mật"])
def test_level_written_out_stops(paper, text):
    assert secrecy_mark(paper(*HEAD, (0.18, 0.2, text), *BODY)) is not None


def test_stamp_beside_a_line_of_text_stops(paper):
    merged = paper(*HEAD, (0.10, 0.24, "MẬT"), (0.30, 0.24, "Kính gửi: Sở Nội vụ."), merged=True)
    assert secrecy_mark(merged) is not None


@pytest.mark.parametrize("text", ["MẬT Kính gửi: Sở Nội vụ.", "TỐI MẬT Kính gửi: Sở Nội vụ."])
def test_stamp_read_as_the_beginning_of_a_line_stops(paper, text):
    assert secrecy_mark(paper(*HEAD, (0.20, 0.24, text), *BODY)) is not None


def test_the_highest_of_several_marks_counts(paper):
    mark = secrecy_mark(paper(*HEAD, (0.2, 0.18, "MẬT"), (0.4, 0.94, "TỐI MẬT"), *BODY))
    assert mark is not None
    assert mark.value == Secrecy.SECRET


@pytest.mark.parametrize(
    ("text", "confidence", "stops"), [("lượn", 0.28, True), ("wi", 0.0, True), ("KHẢN", 0.3, False), ("lượn", 0.9, False)]
)
def test_red_print_of_a_stamp_that_cannot_be_read_stops_a_first_page(paper, text, confidence, stops):
    page = paper(*HEAD, *BODY)
    box = Box(430, 420, 570, 500)  # 18 x 10 mm under the number
    stamp = Line(box, (Word(text, box, confidence),), Ink.RED)
    assert (secrecy_mark(replace(page, lines=(*page.lines, stamp))) is not None) is stops
    later = paper(*BODY, number=2)
    assert secrecy_mark(replace(later, lines=(*later.lines, stamp))) is None


@pytest.mark.parametrize(
    "text",
    [
        "công tác bảo vệ bí mật nhà nước",
        "VỀ BẢO VỆ BÍ MẬT NHÀ NƯỚC",
        "CÔNG TÁC BẢO MẬT",
        "BÍ MẬT",
        "MẬT ONG RỪNG U MINH",
        "MẬT ONG",
        "Mật ong hoa nhãn",
        "mật",
        "MẶT TRẬN TỔ QUỐC",
        "MẤT AN TOÀN",
        "MẬT ĐỘ XÂY DỰNG",
        "QUYẾT ĐỊNH:",
        "QUYẾT",
        "TÓM TẮT",
        "THÔNG BÁO",
        "TỜ TRÌNH",
        "SỞ NỘI VỤ",
        "Về việc tự kiểm tra đóng dấu chỉ mức độ MẬT và TỐI MẬT",
        "KHẨN",
        "HỎA TỐC",
        "THƯỢNG KHẨN",
        "CÔNG VĂN ĐẾN",
        "TM. ỦY BAN NHÂN DÂN",
        "NAM ĐÀN",
        "Độ mật:",
        "văn bản đóng dấu “Mật” thì gửi theo đường riêng",
        "Tài liệu đóng dấu chỉ độ TỐI MẬT phải được đăng ký riêng theo quy định của pháp luật",
    ],
)
def test_words_that_are_no_mark(paper, text):
    for place in ((0.2, 0.19), (0.3, 0.5)):
        assert secrecy_mark(paper(*HEAD, (*place, text), *BODY)) is None


def test_a_short_word_in_the_text_is_no_mark(paper):
    assert secrecy_mark(paper(*HEAD, *BODY, (0.2, 0.35, "MAI"))) is None


@pytest.mark.parametrize(("before", "x", "stops"), [("mức độ", 0.468, False), ("Kính gửi", 0.485, True)])
def test_a_wide_gap_inside_a_phrase_about_marks_is_no_sign_of_a_stamp(paper, before, x, stops):
    merged = paper(*HEAD, (0.40, 0.24, before), (x, 0.24, "MẬT"), *BODY, merged=True)
    assert (secrecy_mark(merged) is not None) is stops


def test_the_end_of_a_title_is_no_mark(paper):
    assert secrecy_mark(paper(*HEAD, (0.35, 0.200, "QUY CHẾ BẢO VỆ BÍ"), (0.47, 0.215, "MẬT"), *BODY)) is None


def test_a_document_bears_the_mark_of_any_of_its_pages(paper):
    pages = [paper(*HEAD, *BODY), paper((0.4, 0.94, "TỐI MẬT", Ink.RED), (0.15, 0.1, "Điều 2. Tổ chức thực hiện"), number=2)]
    documents = find_documents(pages)
    assert len(documents) == 1
    assert documents[0].secrecy is not None
    assert documents[0].secrecy.page_id == pages[1].id


@pytest.mark.parametrize("stamp", ["MẬT", "TỐI MẬT", "TUYỆT MẬT"])
def test_a_mark_laid_over_the_page_stops(paper, stamp):
    marked = paper(*HEAD, *BODY, (0.20, 0.18, stamp))
    overlay = next(line for line in marked.lines if line.text == stamp)
    page = replace(marked, lines=tuple(line for line in marked.lines if line is not overlay), overlays=(overlay,))
    assert secrecy_mark(page) is not None
    assert secrecy_mark(replace(page, overlays=())) is None


def _unread(page, box):
    evidence = {"x0": float(box.x0), "y0": float(box.y0), "x1": float(box.x1), "y1": float(box.y1)}
    return replace(page, verdicts=(Verdict(PageKind.UNREAD_STAMP, 0.5, evidence),))


@pytest.mark.parametrize(("inside", "stops"), [((), True), (("học sinh",), True), (("HOẢ TÔC",), False), (("KHẨN",), False)])
def test_a_framed_stamp_that_was_not_read_stops_unless_it_says_something_else(paper, inside, stops):
    page = paper(*BODY, *((0.45, 0.5, text) for text in inside))
    box = Box(int(0.40 * page.width), int(0.48 * page.height), int(0.65 * page.width), int(0.54 * page.height))
    assert (secrecy_mark(_unread(page, box)) is not None) is stops


@pytest.mark.parametrize(
    "above", ["Về việc kiểm tra việc đóng dấu chỉ mức độ", "Quy định về việc đóng dấu", "Danh mục tài liệu có độ"]
)
def test_the_end_of_a_subject_about_marks_is_none(paper, above):
    lines = ((0.35, 0.200, above), (0.47, 0.215, "MẬT"))
    stops = secrecy_mark(paper(*HEAD, *lines, *BODY)) is not None
    assert stops is (above == "Danh mục tài liệu có độ")  # "độ" alone may end any sentence: a doubt


@pytest.mark.parametrize(("cell", "stops"), [("Mật", False), ("MẬT", True)])
def test_a_list_that_names_the_level_of_papers_is_no_mark(paper, cell, stops):
    page = paper((0.15, 0.1, "MỤC LỤC VĂN BẢN"), (0.15, 0.2, "01"), (0.25, 0.2, "12/BC-UBND"), (0.48, 0.2, cell), *BODY)
    table = Table(Box(100, 380, page.width - 100, 900), 8, 5, ())
    listed = replace(page, tables=(table,))
    assert (secrecy_mark(listed) is not None) is stops
