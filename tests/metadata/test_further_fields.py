"""What a paper says beyond its form: digital signatures, languages, copies, joint issuers, annexes, notes by hand."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

import pytest

from dossier.model import Document, Page, PageKind, Verdict
from metadata import find_documents
from metadata.language import LANGUAGES, line_language
from sample_printer import Signature, blank_page, print_document
from sample_printer.papers_of_times import PAPERS

HEAD = (
    (0.20, 0.06, "ỦY BAN NHÂN DÂN"), (0.50, 0.06, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
    (0.22, 0.08, "TỈNH HÒA BÌNH"), (0.56, 0.08, "Độc lập - Tự do - Hạnh phúc"),
    (0.21, 0.12, "Số: 2806/QĐ-UBND"), (0.54, 0.12, "Hòa Bình, ngày 07 tháng 3 năm 2014"),
    (0.45, 0.17, "QUYẾT ĐỊNH"), (0.23, 0.19, "Về việc phê duyệt kế hoạch ứng dụng công nghệ thông tin"),
)  # fmt: skip
BODY = (
    (0.15, 0.30, "Theo đề nghị của Giám đốc Sở Thông tin và Truyền thông về việc triển khai kế hoạch, Ủy ban nhân dân"),
    (0.15, 0.32, "tỉnh yêu cầu các cơ quan, đơn vị nghiêm túc thực hiện các nội dung sau đây trong thời gian tới."),
)


def only(pages: list[Page]) -> Document:
    (document,) = find_documents(pages)
    return document


def overlaid(page: Page, texts: tuple[str, ...], line_of, words_at) -> Page:
    marks = tuple(line_of(words_at(0.6, 0.005 + 0.014 * row, text)) for row, text in enumerate(texts))
    return replace(page, overlays=marks)


def printed_pages(name: str, page_of, line_of, words_in, **changed: object) -> list[Page]:
    """A paper of `papers_of_times` as a perfect engine would read its print."""
    spec = replace(PAPERS[name], **changed)
    pages = print_document(spec, rng=random.Random(name), dpi=150)
    return [
        page_of(
            [line_of(words_in(line.text, line.box)) for line in page.truth.lines],
            number=page.truth.number,
            size=(page.truth.width, page.truth.height),
            dpi=150,
        )
        for page in pages
    ]


@pytest.mark.parametrize(
    ("lines", "signer", "signed_at"),
    [
        (("SAO Y; ỦY BAN NHÂN DÂN TỈNH HÒA BÌNH;", "Thời gian ký: 19/02/2025 08:34:29 +07:00"), "ỦY BAN NHÂN DÂN TỈNH HÒA BÌNH",
         "2025-02-19T08:34:29+07:00"),
        (("Văn phòng Ủy ban nhân dân", "vanphong@hoabinh.gov.vn", "21.03.2018 16:41:00 +07:00"), "Văn phòng Ủy ban nhân dân",
         "2018-03-21T16:41:00+07:00"),
        (("Người ký: Đinh Thị Huệ", "Email: hue@hoabinh.gov.vn", "Cơ quan: Sở Nội vụ", "Ngày ký: 05-11-2020 09:05:07 +07:00"),
         "Đinh Thị Huệ", "2020-11-05T09:05:07+07:00"),
        (("Ký bởi: Sở Y tế", "Ngày ký: 2023-06-01T07:45:00"), "Sở Y tế", "2023-06-01T07:45:00+07:00"),
        (("Sở Nội vụ tỉnh Hòa Bình", "Ký ngày: 03/12/2019"), "Sở Nội vụ tỉnh Hòa Bình", "2019-12-03"),
        (("Sở Nội vụ tỉnh Hòa Bình", "Ký ngày: 31/02/2019 10:00:00"), "Sở Nội vụ tỉnh Hòa Bình", None),
    ],
)  # fmt: skip
def test_marks_of_digital_signatures(paper, line_of, words_at, lines, signer, signed_at):
    document = only([overlaid(paper(*HEAD, *BODY), lines, line_of, words_at)])
    (signature,) = document.digital_signatures
    assert (signature.signer and signature.signer.value) == signer
    assert (signature.signed_at and signature.signed_at.value) == signed_at
    assert document.issued_date is not None
    assert document.issued_date.value == "2014-03-07"
    assert (document.mode is not None and document.mode.value == "Sao y") == lines[0].startswith("SAO Y")


def test_two_signatures_apart_are_two(paper, line_of, words_at):
    page = paper(*HEAD, *BODY)
    left = [line_of(words_at(0.02, 0.005, "Người ký: Lê Văn Tám")), line_of(words_at(0.02, 0.019, "Ngày ký: 01/02/2024 08:00:00"))]
    right = [line_of(words_at(0.7, 0.005, "Sở Nội vụ")), line_of(words_at(0.7, 0.019, "02/02/2024 09:00:00 +07:00"))]
    signers = [s.signer.value for s in only([replace(page, overlays=(*left, *right))]).digital_signatures if s.signer]
    assert sorted(signers) == ["Lê Văn Tám", "Sở Nội vụ"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Thực hiện chương trình công tác năm, cơ quan đã tổ chức rà soát", "Việt"),
        ("Thuc hien chuong trinh cong tac nam 2015", None),
        ("The Parties shall cooperate in the field of water management", "Anh"),
        ("Le présent accord est conclu entre les deux parties pour une durée de cinq ans", "Pháp"),
        ("Настоящее соглашение заключено между двумя сторонами", "Nga"),
        ("SỞ NỘI VỤ", None),
        ("ASEAN Water Resources Management Project", None),
        ("12 345 678 9 10 11", None),
    ],
)
def test_language_of_a_line(text, language):
    assert line_language(text) == language


def test_a_paper_in_two_languages_says_so_and_a_cited_title_does_not(paper):
    english = "The Parties shall cooperate in the field of water management and of the protection of reservoirs"
    both = only([paper(*HEAD, *BODY, *((0.15, 0.4 + 0.02 * row, english) for row in range(4)))])
    assert both.language is not None
    assert both.language.value == "Việt-Anh"
    assert both.language.value in LANGUAGES
    cited = only([paper(*HEAD, *BODY, *((0.15, 0.34 + 0.02 * row, BODY[0][2]) for row in range(8)), (0.15, 0.6, english))])
    assert cited.language is not None
    assert cited.language.value == "Việt"


def test_each_agency_of_a_joint_paper_has_its_own_signature(page_of, line_of, words_in):
    document = only(printed_pages("joint-circular", page_of, line_of, words_in))
    (other,) = document.co_issuers
    assert document.organ_name is not None
    assert document.organ_name.value == "BỘ NỘI VỤ"
    assert (document.signer_name.value, document.signer_position.value) == ("Trần Anh Tuấn", "THỨ TRƯỞNG")
    assert (other.organ_name.value, other.signer_name.value, other.signer_position.value, other.signer_authority.value) == (
        "BỘ TÀI CHÍNH",
        "Nguyễn Công Nghiệp",
        "THỨ TRƯỞNG",
        "KT.",
    )


def test_blocks_are_given_to_their_agencies_on_whichever_side(page_of, line_of, words_in):
    turned = tuple(reversed(PAPERS["joint-circular"].signatures))
    document = only(printed_pages("joint-circular", page_of, line_of, words_in, signatures=turned))
    assert document.signer_name is not None
    assert document.signer_name.value == "Trần Anh Tuấn"


def test_a_dash_within_a_name_joins_no_agencies(paper):
    document = only(
        [paper(*HEAD[1:2], (0.05, 0.06, "SỞ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI"), *HEAD[3:4], (0.21, 0.12, "Số: 7/BC-SLĐTBXH"))]
    )
    assert document.co_issuers == ()
    assert document.organ_name is not None
    assert document.organ_name.value == "SỞ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI"


def test_a_contract_of_two_parties_is_not_joint(page_of, line_of, words_in):
    parties = (Signature("ĐẠI DIỆN BÊN B", "Lý Văn Sơn"), Signature("GIÁM ĐỐC", "Bùi Thị Lan Oanh"))
    contract = printed_pages(
        "circular-2007", page_of, line_of, words_in, type_name="Hợp đồng", code_notation="HĐ-STS", signatures=parties
    )
    assert only(contract).co_issuers == ()


def test_annexes_have_their_pages_and_titles(page_of, line_of, words_in):
    first, one, two = printed_pages("with-annexes", page_of, line_of, words_in)
    back = blank_page(dpi=150).truth
    blank = page_of([], number=9, size=(back.width, back.height), dpi=150)
    document = only([first, one, blank, two])
    assert [annex.page_ids for annex in document.annexes] == [(one.id, blank.id), (two.id,)]
    assert [annex.title.value for annex in document.annexes if annex.title] == [
        "PHỤ LỤC I DANH SÁCH NGƯỜI TRÔNG COI",
        "PHỤ LỤC II KINH PHÍ THỰC HIỆN",
    ]
    assert document.page_amount == 3
    assert document.signer_name is not None
    assert document.signer_name.page_id == first.id


def test_a_page_after_the_signature_without_a_heading_is_an_annex_without_a_title(page_of, line_of, words_in, paper):
    (first,) = printed_pages("circular-2007", page_of, line_of, words_in)
    (annex,) = only([first, paper((0.15, 0.1, "1. Khu vực hồ Nậm Khoang gồm các bản sau đây"), number=2)]).annexes
    assert annex.title is None


def test_the_block_of_the_copying_agency_gives_nothing_to_the_document(page_of, line_of, words_in):
    document = only(printed_pages("copied-on-paper", page_of, line_of, words_in))
    assert document.mode is not None
    assert (document.mode.value, document.number) == ("Sao y", "1873/QĐ-UBND")
    assert document.issued_date is not None
    assert document.issued_date.value == PAPERS["copied-on-paper"].issued_date.isoformat()
    assert [place.value for place in document.to_places] == ["Như Điều 2", "Lưu: VT, KT"]


def test_a_copying_agencys_own_page_is_no_annex_and_no_document(page_of, line_of, words_in):
    longer = (
        PAPERS["copied-on-paper"].body + ("Tổ quản lý hồ chứa nước đóng, mở cống đúng lịch và ghi sổ trực hằng ngày. " * 2,) * 4
    )
    pages = printed_pages("copied-on-paper", page_of, line_of, words_in, body=longer)
    document = only(pages)
    assert len(pages) == 2
    assert (document.annexes, document.page_amount) == ((), 2)
    assert document.signer_name is not None
    assert (document.signer_name.page_id, document.signer_name.value) == (pages[0].id, "Lường Thị Xuân")


@pytest.mark.parametrize("words", ["Sao y bản chính gửi các đơn vị", "BẢN SAO KÊ TÀI KHOẢN NGÂN HÀNG", "Bản sao"])
def test_words_that_make_no_copy(paper, words):
    document = only([paper(*HEAD, *BODY, (0.15, 0.5, words))])
    assert document.mode is None


def test_pages_by_hand_and_notes_in_the_margin(paper):
    verdict = Verdict(PageKind.HANDWRITTEN, 0.8, {})
    by_hand = only([replace(paper(*HEAD, *BODY), verdicts=(verdict,))])
    assert by_hand.autograph is not None
    assert by_hand.autograph.confidence == 0.8
    noted = only([paper(*HEAD, *BODY, (0.01, 0.5, "đọc kỹ"), (0.01, 0.53, "báo lại"))])
    assert noted.autograph is not None
    assert noted.autograph.value == "đọc kỹ báo lại"
    assert only([paper(*HEAD, *BODY, (0.01, 0.5, "|"), (0.01, 0.53, "x"))]).autograph is None


def test_a_law_bears_the_day_on_which_it_was_passed(page_of, line_of, words_in):
    document = only(printed_pages("law", page_of, line_of, words_in))
    assert document.issued_date is not None
    assert document.issued_date.source == "law.passed"
    assert document.number == "37/2023/QH15"
    assert document.issued_date.value == date(2023, 6, 21).isoformat()
