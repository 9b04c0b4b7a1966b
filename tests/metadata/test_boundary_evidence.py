"""What tells that a paper begins, and what tells that it does not: each kind of evidence by itself and against others."""

import pytest

from metadata.parting.boundaries import papers_in, starts_of
from metadata.parting.page_evidence import PaperKind, sight_of

HEAD = (
    (0.18, 0.06, "UBND HUYỆN ĐÔNG KHÊ"),
    (0.50, 0.06, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
    (0.56, 0.08, "Độc lập - Tự do - Hạnh phúc"),
    (0.20, 0.12, "Số: 7/BC-UBND"),
    (0.54, 0.12, "Đông Khê, ngày 05 tháng 3 năm 2021"),
    (0.45, 0.18, "BÁO CÁO"),
)
FULL = tuple(
    (0.15, 0.2 + 0.02 * row, "Công tác cải cách hành chính tiếp tục được các cơ quan, đơn vị quan tâm") for row in range(35)
)
SHORT = ((0.15, 0.1, "Các đơn vị thực hiện nghiêm túc./."), (0.18, 0.15, "Nơi nhận:"), (0.6, 0.15, "CHỦ TỊCH"))
GOES_ON = ((0.15, 0.08, "và các xã, thị trấn trên địa bàn tiếp tục thực hiện theo đúng kế hoạch"), *FULL)
DECIDES = ((0.42, 0.08, "QUYẾT ĐỊNH"), (0.15, 0.12, "Điều 1. Giao đất cho các hộ gia đình có tên trong danh sách"), *SHORT[1:])
TWO = ((0.495, 0.04, "2"),)
THREE = ((0.495, 0.04, "3"),)
MINUTES = ((0.38, 0.08, "BIÊN BẢN BÀN GIAO TÀI LIỆU"), (0.15, 0.12, "Hôm nay, vào hồi 8 giờ, tại trụ sở cơ quan, gồm có:"))
CONTRACT = ((0.42, 0.08, "HỢP ĐỒNG KINH TẾ"), (0.45, 0.1, "Số: 05/2021/HĐ-KT"), (0.15, 0.14, "Hôm nay, hai bên cùng ký kết:"))
SPACED = ((0.42, 0.08, "T Ờ T R Ì N H"), (0.15, 0.14, "Kính gửi: Ủy ban nhân dân huyện"))
STATE = ((0.32, 0.05, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), (0.37, 0.07, "Độc lập - Tự do - Hạnh phúc"))
APPLICATION = (*STATE, (0.43, 0.12, "ĐƠN ĐỀ NGHỊ"), (0.15, 0.2, "Tôi tên là: Lò Văn Pánh, sinh năm 1958"))
TEMPLATE = (
    (0.7, 0.03, "Mẫu số 01"), *STATE, (0.43, 0.12, "TỜ KHAI"),
    (0.15, 0.2, "Họ và tên: ............................"), (0.15, 0.25, "Nơi sinh: ............"), (0.15, 0.3, "Dân tộc:"),
)  # fmt: skip
FILLED = (
    (0.7, 0.03, "Mẫu số 01"), (0.5, 0.04, "(Ban hành kèm theo Thông tư số 04/2020/TT-BTP)"), *STATE, (0.43, 0.12, "TỜ KHAI"),
    (0.15, 0.2, "Họ và tên: Lò Văn Pánh"), (0.15, 0.25, "Nơi sinh: xã Hòa Bình"), (0.15, 0.3, "Dân tộc: Thái"),
    (0.15, 0.35, "Quê quán: Đông Khê"),
)  # fmt: skip
OWN_ANNEX = ((0.45, 0.06, "QUY CHẾ"), (0.25, 0.09, "(Ban hành kèm theo Quyết định số 7/QĐ-UBND ngày 05/3/2021)"), *FULL)


def starts(paper, *pages):
    """Numbers of the pages where papers begin."""
    return [position + 1 for position in starts_of([paper(*prints, number=n) for n, prints in enumerate(pages, 1)])]


@pytest.mark.parametrize("first", [MINUTES, CONTRACT, SPACED, APPLICATION, FILLED, HEAD], ids=lambda prints: prints[-1][2][:12])
def test_papers_of_all_kinds_begin_after_one_that_ended(paper, first):
    assert starts(paper, HEAD, (*TWO, *SHORT), first) == [1, 3]
    assert starts(paper, (*HEAD, *SHORT), (), first, ()) == [1, 3]


@pytest.mark.parametrize(
    "inside",
    [(*TWO, *FULL), GOES_ON, TEMPLATE, OWN_ANNEX, (*TWO, *MINUTES), ((0.45, 0.05, "Phụ lục II"), *STATE), FULL, DECIDES],
    ids=["numbered", "goes on", "template", "annex", "heading", "annex with a head", "text", "articles"],
)
def test_pages_that_go_on_stay(paper, inside):
    assert starts(paper, (*HEAD, *FULL), inside) == [1]


def test_a_page_number_that_follows_outweighs_a_head_in_an_annex(paper):
    assert starts(paper, HEAD, (*TWO, *SHORT), (*THREE, *APPLICATION)) == [1]
    assert starts(paper, HEAD, (*TWO, *SHORT), APPLICATION) == [1, 3]


def test_evidence_and_confidence_are_told(paper):
    pages = [paper(*HEAD, *SHORT, number=1), paper(*HEAD, number=2), paper(*MINUTES, *FULL, number=3)]
    boundaries = starts_of(pages)
    assert boundaries[0].evidence == ("first_of_stack",)
    assert {"state_name", "number", "date", "agency", "title", "closed_before"} <= set(boundaries[1].evidence)
    assert boundaries[1].confidence > 0.99
    assert 0.5 <= boundaries[2].confidence < boundaries[1].confidence


def test_a_page_that_may_begin_a_paper_is_named_in_doubt(paper):
    untitled = ((0.15, 0.1, "Danh dự và quyền lợi của các thành viên được bảo đảm theo pháp luật."),)
    (only,) = papers_in([paper(*HEAD, *SHORT, number=1), paper(*untitled, number=2)])
    assert [page for page, _ in only.doubtful] == [only.pages[1].id]
    assert 0.15 <= only.doubtful[0][1] < 0.5


def test_sights(paper):
    assert sight_of(paper(*TWO, *GOES_ON)).number == 2
    assert sight_of(paper((0.88, 0.97, "12"), *FULL)).number == 12
    assert sight_of(paper((0.46, 0.04, "- 3 -"), *FULL)).number == 3
    assert sight_of(paper((0.9, 0.03, "45"), *FULL)).number is None, "leaf numbers stand top right"
    assert sight_of(paper(*GOES_ON)).opens_inside
    assert not sight_of(paper(*FULL)).opens_inside
    assert sight_of(paper(*FULL)).ends_inside
    assert not sight_of(paper(*SHORT)).ends_inside
    assert sight_of(paper(*SHORT)).closes
    assert not sight_of(paper(*FULL)).closes
    assert sight_of(paper()).kind is PaperKind.DOCUMENT
    assert not sight_of(paper()).printed
