"""Fields of pages on which a stamp, a seal or a signature lies over the print, or a fold took a part of it."""

import pytest

from dossier.model import single_fields
from metadata import find_documents

STATE = ((0.50, 0.06, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), (0.56, 0.08, "Độc lập - Tự do - Hạnh phúc"))
HEAD = (
    *STATE, (0.20, 0.06, "ỦY BAN NHÂN DÂN"), (0.22, 0.08, "TỈNH HÒA BÌNH"),
    (0.21, 0.12, "Số: 2806/QĐ-UBND"), (0.54, 0.12, "Hòa Bình, ngày 07 tháng 3 năm 2014"),
)  # fmt: skip
TITLE = (0.45, 0.17, "QUYẾT ĐỊNH")
SUBJECT = ((0.32, 0.19, "Về việc phê duyệt quy hoạch chi tiết khu dân cư"), (0.41, 0.21, "phía Nam thị trấn Lương Sơn"))
BODY = (
    (0.20, 0.28, "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015 của Quốc"),
    (0.15, 0.30, "hội; theo đề nghị của Giám đốc Sở Xây dựng tại Tờ trình số 14/TTr-SXD về việc duyệt"),
)
PLACES = ((0.15, 0.70, "Nơi nhận:"), (0.15, 0.72, "- Như Điều 3;"), (0.15, 0.74, "- Lưu: VT, TH."))
STAMP = ((0.12, 0.215, "CÔNG VĂN ĐRN"), (0.11, 0.235, "Số: 1988"), (0.11, 0.255, "Ngày: 23/12/2022"), (0.11, 0.275, "Chuyển:"))


def fields(*pages):
    (document,) = find_documents(pages)
    return {name: found for name, found in single_fields(document) if found is not None}


def signed(paper, *lines):
    return fields(paper(*HEAD, TITLE, *SUBJECT, *BODY, *PLACES, *lines))


@pytest.mark.parametrize(
    ("read", "subject"),
    [
        (
            "CÔNG VĂN Phê duyệt chủ trương đầu tư dự án xây dựng trường Trung học cơ sở",
            "Phê duyệt chủ trương đầu tư dự án xây dựng trường Trung học cơ sở",
        ),
        (
            "VĂN Th Điều chỉnh cục bộ quy hoạch chi tiết khu dân cư phía Nam thị trấn",
            "Điều chỉnh cục bộ quy hoạch chi tiết khu dân cư phía Nam thị trấn",
        ),
        (
            "CÔNGVĂNĐEWề việc tăng cường công tác phòng, chống cháy rừng trong mùa khô",
            "Về việc tăng cường công tác phòng, chống cháy rừng trong mùa khô",
        ),
    ],
)
def test_subject_that_an_arrival_stamp_runs_into(paper, read, subject):
    title = (0.15, 0.195, read)
    found = fields(paper(*HEAD, TITLE, (0.15, 0.18, "SỞ NỘI VỤ"), title, *STAMP, *BODY[1:]))
    assert found["subject"].value == subject
    assert found["codeNumber"].value == "2806"


@pytest.mark.parametrize(
    ("read", "subject"),
    [
        ("ngh. Về việc tăng cường thi hành án hành chính", "Về việc tăng cường thi hành án hành chính"),
        ("NV Việc tiếp nhận và xử lý đơn thư khiếu nại", "Về việc tiếp nhận và xử lý đơn thư khiếu nại"),
        ("duyệt kế hoạch ứng dụng công nghệ thông tin", "Phê duyệt kế hoạch ứng dụng công nghệ thông tin"),
        ("Ớphệ duyệt kế hoạch ứng dụng công nghệ thông tin", "Phê duyệt kế hoạch ứng dụng công nghệ thông tin"),
        ("Hợp về việc tổ chức hội nghị sơ kết công tác", "Họp về việc tổ chức hội nghị sơ kết công tác"),
        ("Làm việc với đoàn công tác của Bộ Nội vụ", "Làm việc với đoàn công tác của Bộ Nội vụ"),
        ("Kế hoạch làm việc về việc xử lý đơn thư", "Kế hoạch làm việc về việc xử lý đơn thư"),
    ],
)
def test_shreds_at_the_beginning_of_a_subject(paper, read, subject):
    assert fields(paper(*HEAD, TITLE, (0.28, 0.19, read), *BODY))["subject"].value == subject


def test_subject_under_a_title_that_is_gone(paper):
    found = fields(paper(*HEAD, (0.52, 0.17, "C"), *SUBJECT, *BODY))
    assert found["typeName"].value == "Quyết định"
    assert found["subject"].value == "Về việc phê duyệt quy hoạch chi tiết khu dân cư phía Nam thị trấn Lương Sơn"


def test_committee_whose_first_line_is_gone_is_named_by_the_notation_and_doubted(paper):
    head = (*STATE, (0.29, 0.06, "N Nau"), *HEAD[3:])
    found = fields(paper(*head, TITLE, *SUBJECT, *BODY))["organName"]
    assert found.value == "ỦY BAN NHÂN DÂN TỈNH HÒA BÌNH"
    assert found.alternatives == ("TỈNH HÒA BÌNH",)
    assert found.confidence < fields(paper(*HEAD, TITLE, *SUBJECT, *BODY))["organName"].confidence


def test_department_that_lost_a_letter_stands_apart_from_its_committee(paper):
    head = (*STATE, (0.20, 0.06, "UBN TỈNH HÒA BÌNH"), (0.25, 0.08, "SỞYT"), (0.2, 0.12, "Số: 12/BB-SYT"), HEAD[5])
    found = fields(paper(*head, (0.45, 0.17, "BIÊN BẢN"), *SUBJECT, *BODY))
    assert found["organName"].value == "SỞ Y TẾ"
    assert found["parentOrganName"].value == "UBND TỈNH HÒA BÌNH"


@pytest.mark.parametrize(
    ("read", "name"),
    [
        ("Th8. Trịnh Quang Dũng", "Trịnh Quang Dũng"),
        ("75. Tạ Hữu Cường", "Tạ Hữu Cường"),
        ("Tổ, Hoàng Đình Chiến", "Hoàng Đình Chiến"),
        ("Th§. Lý Thanh Bằng", "Lý Thanh Bằng"),
        ("BS.CKIIL Vũ Trọng Tâm", "Vũ Trọng Tâm"),
        ("PGS.TS. Phan Công Thắng", "Phan Công Thắng"),
    ],
)
def test_signer_under_a_title_that_was_misread(paper, read, name):
    found = signed(paper, (0.66, 0.70, "GIÁM ĐỐC"), (0.62, 0.80, read))
    assert found["signerName"].value == name
    assert found["signerPosition"].value == "GIÁM ĐỐC"


def test_part_of_a_name_is_no_name(paper):
    assert "signerName" not in signed(paper, (0.66, 0.70, "GIÁM ĐỐC"), (0.66, 0.80, "Thị Thu Nga"))
    assert "signerName" not in signed(paper, (0.66, 0.70, "GIÁM ĐỐC"), (0.66, 0.80, "ợng"))


@pytest.mark.parametrize(
    ("lines", "position"),
    [
        (("ĐỐC",), "GIÁM ĐỐC"),
        (("HỦ TỊCH",), "CHỦ TỊCH"),
        (("CHỦ",), "CHỦ TỊCH"),
        (("KT. CHỦ TỊCH", "TỊCH"), "PHÓ CHỦ TỊCH"),
    ],
)
def test_what_a_seal_leaves_of_a_position(paper, lines, position):
    block = [(0.67, 0.70 + 0.02 * place, line) for place, line in enumerate(lines)]
    found = signed(paper, *block, (0.63, 0.82, "Phạm Thị Thu Nga"))
    assert found["signerPosition"].value == position
    assert found["signerName"].value == "Phạm Thị Thu Nga"


def test_name_beside_the_recipients_stands_for_itself_when_the_position_is_gone(paper):
    assert signed(paper, (0.63, 0.82, "Phạm Thị Thu Nga"))["signerName"].value == "Phạm Thị Thu Nga"


def test_who_decides_is_no_signer(paper):
    assert "signerPosition" not in fields(
        paper(*HEAD, TITLE, *SUBJECT, (0.36, 0.25, "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH HÒA BÌNH"), *BODY)
    )


def test_annex_confirms_number_and_date_of_its_document(paper):
    by_hand = (*HEAD[:4], (0.21, 0.12, "Số:"), (0.29, 0.12, "/QĐ-UBND"), (0.54, 0.12, "Hòa Bình, ngày 1) tháng 3 năm 2014"))
    first = paper(*by_hand, TITLE, *SUBJECT, *BODY, *PLACES, (0.66, 0.70, "CHỦ TỊCH"), (0.63, 0.82, "Phạm Thị Thu Nga"))
    alone = fields(first)
    assert alone["issuedDate"].value == "2014-03"
    assert "2014-03-17" in alone["issuedDate"].alternatives
    assert "codeNumber" not in alone
    annex = paper(
        (0.42, 0.06, "PHỤ LỤC I"),
        (0.20, 0.08, "(Kèm theo Quyết định số 2806/QĐ-UBND ngày 17/3/2014 của Ủy ban nhân dân tỉnh)"),
        number=2,
    )
    both = fields(first, annex)
    assert both["codeNumber"].value == "2806"
    assert both["issuedDate"].value == "2014-03-17"
    assert both["issuedDate"].page_id == annex.id


def test_annex_that_says_otherwise_is_offered_and_makes_the_number_doubtful(paper):
    first = paper(*HEAD, TITLE, *SUBJECT, *BODY, *PLACES, (0.66, 0.70, "CHỦ TỊCH"), (0.63, 0.82, "Phạm Thị Thu Nga"))
    annex = paper((0.42, 0.06, "PHỤ LỤC"), (0.20, 0.08, "(Kèm theo Quyết định số 2805/QĐ-UBND của Ủy ban nhân dân tỉnh)"), number=2)
    alone, both = fields(first)["codeNumber"], fields(first, annex)["codeNumber"]
    assert {both.value, *both.alternatives} == {"2806", "2805"}
    assert both.confidence < alone.confidence


def test_title_and_notation_that_disagree_are_both_offered(paper):
    found = fields(paper(*HEAD, (0.45, 0.17, "KẾ HOẠCH"), *SUBJECT, *BODY))["typeName"]
    assert found.value == "Kế hoạch"
    assert found.alternatives == ("Quyết định",)
