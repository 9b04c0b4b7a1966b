"""Separator sheets: the grammar of their codes, which pages they are, and what they do to the paper behind them."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.model import Barcode, Box, Document, Found, Symbology
from metadata import SEPARATOR_KEYS, BadSeparator, find_documents, is_separator, separator_content, separator_facts
from metadata.parting.separators import SOURCE, separator_values, values_of, with_separator_fields

BOX = Box(500, 100, 900, 300)
HEAD = (
    (0.18, 0.06, "UBND HUYỆN ĐÔNG KHÊ"),
    (0.50, 0.06, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
    (0.56, 0.08, "Độc lập - Tự do - Hạnh phúc"),
    (0.20, 0.12, "Số: 7/BC-UBND"),
    (0.54, 0.12, "Đông Khê, ngày 05 tháng 3 năm 2021"),
    (0.45, 0.18, "BÁO CÁO"),
)
BODY = ((0.15, 0.1, "2. Công tác cải cách hành chính tiếp tục được các cơ quan quan tâm"),)
TITLE = ((0.4, 0.25, "TỜ PHÂN CÁCH"),)
PATCH = Barcode(Symbology.PATCH_T, "", BOX)


def qr(text):
    return Barcode(Symbology.QR, text, BOX)


def with_codes(page, *codes):
    return replace(page, barcodes=codes)


values = st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=20).filter(str.strip)
plain_keys = st.sampled_from([key for key in SEPARATOR_KEYS if key not in {"date", "number"}])


@given(st.dictionaries(plain_keys, values, max_size=4), st.booleans())
def test_what_is_written_is_read_again(fields, ascii_only):
    content = separator_content(fields, ascii_only=ascii_only)
    assert not ascii_only or content.isascii()
    read = separator_values(content)
    assert read is not None
    assert separator_content(read) == separator_content(fields)


@given(st.text(max_size=60))
def test_any_other_code_says_nothing_or_only_known_keys(text):
    read = separator_values(text)
    assert read is None or set(read) <= set(SEPARATOR_KEYS)
    assert (read is None) or text.strip().upper().startswith("SOHOA")


def test_both_ways_of_writing_letters_are_the_same():
    assert separator_values("SOHOA;title=Về việc A%3B B; type = Quyết định ;nothing=3;type=Khác") == {
        "title": "Về việc A; B",
        "type": "Quyết định",
    }
    assert separator_values("sohoa;type=Quy%E1%BA%BFt%20%C4%91%E1%BB%8Bnh") == {"type": "Quyết định"}
    assert separator_values("SOHOA") == {}
    assert separator_values("SOHOAX;type=a") is None
    assert separator_values("https://example.org/SOHOA;type=a") is None


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"kind": "x"}, "unknown_key"),
        ({"title": "  "}, "empty"),
        ({"date": "sometime"}, "bad_date"),
        ({"date": "31/02/2020"}, "bad_date"),
        ({"number": "QĐ-UBND"}, "bad_number"),
        ({"number": "mười lăm"}, "bad_number"),
    ],
)
def test_what_no_sheet_can_carry_is_refused(fields, code):
    with pytest.raises(BadSeparator) as refused:
        separator_content(fields)
    assert (refused.value.code, refused.value.key) == (code, next(iter(fields)))


def test_a_page_with_text_of_its_own_is_no_sheet(paper):
    many = tuple((0.1, 0.1 + 0.02 * row, "một hai ba bốn năm sáu") for row in range(40))
    assert is_separator(with_codes(paper(*TITLE), PATCH))
    assert is_separator(with_codes(paper(*TITLE), qr("SOHOA")))
    assert not is_separator(with_codes(paper(*TITLE), qr("mã định danh 001234")))
    assert not is_separator(with_codes(paper(*many), qr("SOHOA;type=Báo cáo")))
    assert not is_separator(paper(*TITLE))


def test_sheets_part_papers_and_belong_to_none(paper):
    sheet = with_codes(paper(*TITLE, number=3), PATCH)
    stack = [paper(*BODY, number=1), paper(*BODY, number=2), sheet, paper(number=4), paper(*BODY, number=5), paper(number=6)]
    documents = find_documents(stack)
    assert [document.page_ids for document in documents] == [tuple(p.id for p in stack[:2]), tuple(p.id for p in stack[4:])]
    assert documents[1].boundary is not None
    assert documents[1].boundary.confidence == 1.0
    assert documents[1].boundary.evidence == ("separator",)
    assert find_documents([sheet]) == ()


def test_a_page_of_text_with_a_code_begins_a_paper_and_stays_in_it(paper):
    many = tuple((0.1, 0.1 + 0.02 * row, "một hai ba bốn năm sáu") for row in range(40))
    stack = [paper(*HEAD, number=1), with_codes(paper(*many, number=2), qr("SOHOA;type=Đơn"))]
    first, second = find_documents(stack)
    assert second.page_ids == (stack[1].id,)
    assert second.type_name is not None
    assert second.type_name.value == "Đơn"
    assert first.type_name is not None
    assert first.type_name.value == "Báo cáo"


def test_fields_of_the_sheet_go_into_the_paper_behind_it(paper):
    content = "SOHOA;number=15/QĐ-UBND;date=5/3/2020;title=Về việc giao đất;dossier=27;box=4"
    stack = [with_codes(paper(*TITLE, number=1), PATCH, qr(content)), paper(*HEAD, number=2), paper(*HEAD, number=3)]
    told, untold = find_documents(stack)
    assert told.number == "15/QĐ-UBND"
    assert told.issued_date is not None
    assert (told.issued_date.value, told.issued_date.alternatives) == ("2020-03-05", ("2021-03-05",))
    assert told.subject is not None
    assert (told.subject.source, told.subject.confidence, told.subject.page_id) == (SOURCE, 1.0, stack[0].id)
    assert told.organ_name is not None
    assert told.organ_name.source != SOURCE
    assert untold.number == "7/BC-UBND"
    facts = separator_facts(stack)
    assert {name: found.value for name, found in facts.items()} == {"file_number": "27", "box": "4"}


def test_two_sheets_on_each_other_count_together(paper):
    stack = [
        with_codes(paper(*TITLE, number=1), qr("SOHOA;type=Báo cáo;title=A")),
        with_codes(paper(*TITLE, number=2), qr("SOHOA;title=B")),
        paper(*BODY, number=3),
    ]
    (document,) = find_documents(stack)
    assert document.type_name is not None
    assert document.type_name.value == "Báo cáo"
    assert document.subject is not None
    assert document.subject.value == "B"


def test_numbers_keep_the_sign_of_their_body(paper):
    page = with_codes(paper(*TITLE), qr("SOHOA;number=22-NQ/TU"))
    changed = with_separator_fields(Document("d", ("p",)), values_of(page))
    assert changed.number == "22-NQ/TU"


def test_what_was_read_stays_when_it_says_the_same():
    read = Found("Báo cáo", "p", BOX, 0.8, "rule")
    told = {"type": Found("Báo cáo", "s", BOX, 1.0, SOURCE)}
    changed = with_separator_fields(Document("d", ("p",), type_name=read), told).type_name
    assert changed is not None
    assert (changed.source, changed.alternatives) == (SOURCE, ())
