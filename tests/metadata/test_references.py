"""Documents named in running text: căn cứ and citations."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.model import ReferenceKind
from dossier.text import number_key
from metadata.citations.cited_numbers import cited_numbers
from metadata.citations.references import references_of
from metadata.sheets.anchors import key
from metadata.sheets.layout import sheet_of

LINE, TOP = 0.025, 0.3


def lines_of(paper, *texts: str, number: int = 1):
    """A page whose lines follow each other; a text that begins with two spaces is indented."""
    prints = [(0.17 if text.startswith("  ") else 0.12, TOP + index * LINE, text.strip()) for index, text in enumerate(texts)]
    return sheet_of(paper(*prints, number=number))


@pytest.fixture
def named(paper):
    """References of lines as tuples (kind, type, number, date, agency, title)."""

    def read(*texts: str, **own: str):
        found = references_of([lines_of(paper, *texts)], **own)
        return [(each.kind.value, each.type_name, each.number, each.issued_date, each.organ_name, each.title) for each in found]

    return read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;",
            ("basis", "Luật", None, "2015-06-19", None, "Luật Tổ chức chính quyền địa phương"),
        ),
        (
            "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác văn thư;",
            ("basis", "Nghị định", "30/2020/NĐ-CP", "2020-03-05", "Chính phủ", "công tác văn thư"),
        ),
        (
            "Căn cứ Luật Ban hành văn bản quy phạm pháp luật ngày 22 tháng 6 năm 2015;",
            ("basis", "Luật", None, "2015-06-22", None, "Luật Ban hành văn bản quy phạm pháp luật"),
        ),
        ("Thông tư số 21 TT/LB ngày 5/5/1985 của Liên Bộ", ("cited", "Thông tư", "21/TT/LB", "1985-05-05", "Liên Bộ", None)),
        ("theo Hợp đồng số 05/2020/HĐ-XD ngày", ("cited", "Hợp đồng", "05/2020/HĐ-XD", None, None, None)),
        ("theo Quyết định số 168-HĐBT năm 1990", ("cited", "Quyết định", "168-HĐBT", "1990", None, None)),
        ("Căn cứ Luật Lưu trữ số 33/2024/QH15;", ("basis", "Luật", "33/2024/QH15", None, None, "Luật Lưu trữ")),
        (
            "Căn cứ Luật đấu thầu số 43/2013/QH 13 ngày 26/11/2013;",
            ("basis", "Luật", "43/2013/QH13", "2013-11-26", None, "Luật đấu thầu"),
        ),
        (
            "Thực hiện Quyết định số 2723/QĐ-UBND ngày 29/10/2014 của UBND tỉnh, Sở báo cáo",
            ("cited", "Quyết định", "2723/QĐ-UBND", "2014-10-29", "UBND tỉnh", None),
        ),
        ("theo Thông báo số 22-TB/TU của Tỉnh ủy.", ("cited", "Thông báo", "22-TB/TU", None, "Tỉnh ủy", None)),
        ("tại Công văn số 123/STC-QLNS ngày 5-6-2019", ("cited", "Công văn", "123/STC-QLNS", "2019-06-05", None, None)),
        ("theo Kết luận số 49-KL/TW và", ("cited", "Kết luận", "49-KL/TW", None, None, None)),
        ("theo Luật Hôn nhân và gia đình năm 2014.", ("cited", "Luật", None, "2014", None, "Luật Hôn nhân và gia đình")),
        (
            "Căn cứ Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XVI;",
            ("basis", "Nghị quyết", None, None, None, "Đại hội Đảng bộ tỉnh lần thứ XVI"),
        ),
        ("Quyết định số 1013 ngày 05/6/1997 của UBND huyện", ("cited", "Quyết định", "1013", "1997-06-05", "UBND huyện", None)),
        (
            "Căn cứ Thông tư số 03/2019/tt-bkhđt ngày 22/01/2019",
            ("basis", "Thông tư", "03/2019/TT-BKHĐT", "2019-01-22", None, None),
        ),
    ],
)
def test_a_reference_has_its_parts(named, text, expected):
    assert named(text) == [expected]


def test_lists_amending_laws_and_several_in_one_clause(named):
    assert [each[2] for each in named("các Nghị định số 01/2017/NĐ-CP, 02/2018/NĐ-CP và số 3/2019/NĐ-CP")] == [
        "01/2017/NĐ-CP",
        "02/2018/NĐ-CP",
        "3/2019/NĐ-CP",
    ]
    laws = named(
        "Căn cứ Luật Tổ chức Chính phủ ngày 19/6/2015; Luật sửa đổi, bổ sung một số điều của",
        "Luật Tổ chức Chính phủ và Luật Tổ chức chính quyền địa phương ngày 22/11/2019;",
    )
    assert [(each[3], each[0]) for each in laws] == [("2015-06-19", "basis"), ("2019-11-22", "basis")]
    assert laws[1][5].startswith("Luật sửa đổi, bổ sung một số điều của Luật Tổ chức Chính phủ và")


def test_a_reference_runs_over_line_ends_and_pages(paper):
    first = lines_of(paper, "  Bộ Y tế ban hành Công điện số 1155/CĐE-", "BYT và Nghị định số", "71/2016/NĐ-CP ngày 01", number=1)
    second = lines_of(paper, "tháng 7 năm 2016 của Chính phủ.", number=2)
    found = references_of([first, second])
    assert [(each.number, each.issued_date) for each in found] == [("1155/CĐE-BYT", None), ("71/2016/NĐ-CP", "2016-07-01")]
    assert found[1].found.page_id == first.page.id


def test_damaged_numbers_are_put_right_and_trusted_less(named, paper):
    (clean,) = references_of([lines_of(paper, "theo Quyết định số 15/QĐ-UBND ngày 29/10/2014 của")])
    (damaged,) = references_of([lines_of(paper, "theo Quyết đinh s6 l5/QÐ-UBND ngày 29/1O/2014 của")])
    assert (damaged.number, damaged.issued_date) == (clean.number, clean.issued_date) == ("15/QĐ-UBND", "2014-10-29")
    assert damaged.found.confidence < clean.found.confidence
    assert named("theo Quyết định số 22/2021/QD-TTg ngày")[0][2] == "22/2021/QĐ-TTg"
    assert named("theo Nghị định số 64/2007/NĐ-GP ngày")[0][2] == "64/2007/NĐ-CP"


@pytest.mark.parametrize(
    "text",
    [
        "Số: 15/QĐ-UBND",
        "theo Mẫu số 49/CK-NSNN ban hành kèm theo Thông tư này",
        "quy định tại Điều 12 của Luật này và pháp luật về đất đai",
        "mức phạt 2/3 số tiền, 12/tháng, tỷ lệ 1/500 từ 05/3/2020",
        "Quyết định này có hiệu lực kể từ ngày ký",
        "Phiếu lý lịch tư pháp số 1 của Liên đoàn Luật sư Việt Nam",
    ],
)
def test_what_names_no_document(named, text):
    assert named(text) == []


def test_a_document_is_not_its_own_reference(named):
    text = "(Kèm theo Quyết định số 15/QĐ-UBND ngày 08 tháng 9 năm 2025 của UBND xã)"
    assert named(text, own_number="15/QĐ-UBND", own_date="2025-09-08") == []
    assert named(text, own_number="015/QĐ-UBND") == []
    assert [each[2] for each in named(text, own_number="15/QĐ-UBND", own_date="2024-01-01")] == ["15/QĐ-UBND"]


def test_a_document_named_twice_is_one_reference_with_all_that_is_said(named):
    (one,) = named("theo Nghị định số 13/2018/NĐ-CP.", "  Căn cứ Nghị định số 13/2018/NĐ-CP ngày 23/01/2018 của Chính phủ;")
    assert one[:5] == ("basis", "Nghị định", "13/2018/NĐ-CP", "2018-01-23", "Chính phủ")


NOTATIONS = st.sampled_from(["QĐ-UBND", "NĐ-CP", "TT-BTC", "KH-SYT", "TTr-SNV", "NQ-HĐND", "TTLT-BYT-BTC", "QyĐ/TW", "CV-VP"])


@given(number=st.integers(1, 99_999), year=st.none() | st.integers(1976, 2026), notation=NOTATIONS, party=st.booleans())
def test_every_written_number_comes_back(number, year, notation, party):
    joint = "-" if party and year is None else "/"
    written = f"{number:02}/{year}/{notation}" if year else f"{number:02}{joint}{notation}"
    text = f"theo Quyết định số {written} ngày"
    (found,) = cited_numbers(text, key(text))
    assert found.number == written
    assert number_key(found.number) == number_key(written)
    assert text[found.start : found.end] == written


@given(st.text(alphabet="0123456789/.-, abcđươệ", max_size=60))
def test_small_letters_and_figures_are_no_number(text):
    years = re.compile(r"(?:19|20)\d\d")
    assert not [found for found in cited_numbers(text, key(text)) if not years.search(found.number)]


def test_printed_papers_name_what_they_were_told_to(sample, printed):
    pages = printed(sample)
    told = {
        number_key(match)
        for page in sample["pages"]
        for match in re.findall(r"(?:Nghị định|Kế hoạch|Thông tư) số (\d+(?:/\d{4})?/[A-ZĐ]+-[A-ZĐ]+)", " ".join(page["lines"]))
    }
    found = {number_key(each.number) for each in references_of([sheet_of(page) for page in pages if page.lines]) if each.number}
    assert told <= found


def test_kinds_are_those_of_the_model(named):
    assert {each.value for each in ReferenceKind} >= {
        each[0] for each in named("Căn cứ Luật Đất đai năm 2024; theo Luật Nhà ở năm 2023")
    }
