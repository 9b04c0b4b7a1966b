"""Whole first pages in the layouts of different times: every field with its place, none that is not on the paper."""

import pytest

from dossier.model import Document, Ink, single_fields
from metadata import find_documents

STATE = ((0.50, 0.06, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), (0.56, 0.08, "Độc lập - Tự do - Hạnh phúc"))
DECISION = (
    (0.20, 0.06, "ỦY BAN NHÂN DÂN"), STATE[0],
    (0.22, 0.08, "TỈNH HÒA BÌNH"), STATE[1],
    (0.21, 0.12, "Số: 2806/QĐ-UBND"), (0.54, 0.12, "Hòa Bình, ngày 07 tháng 3 năm 2014"),
    (0.45, 0.170, "QUYẾT ĐỊNH"),
    (0.23, 0.190, "Về việc phê duyệt kế hoạch ứng dụng công nghệ thông tin"),
    (0.30, 0.210, "trong hoạt động của cơ quan nhà nước năm 2014"),
    (0.28, 0.245, "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH HÒA BÌNH"),
    (0.20, 0.280, "Căn cứ Luật Công nghệ thông tin số 67/2006/QH11 ngày 29 tháng 6 năm 2006 của Quốc hội;"),
    (0.15, 0.300, "Theo đề nghị của Giám đốc Sở Thông tin và Truyền thông tại Tờ trình số 14/TTr-STTTT ngày"),
    (0.15, 0.320, "02/01/2014."),
    (0.15, 0.697, "Nơi nhận:"), (0.62, 0.697, "TM. ỦY BAN NHÂN DÂN"),
    (0.15, 0.715, "- Như Điều 3;"), (0.66, 0.717, "KT. CHỦ TỊCH"),
    (0.15, 0.731, "- Văn phòng HĐND và"), (0.65, 0.737, "PHÓ CHỦ TỊCH"),
    (0.15, 0.747, "UBND huyện;"),
    (0.15, 0.763, "- Lưu: VT, TCCB."), (0.63, 0.840, "TS. Phạm Thị Thu Nga"),
)  # fmt: skip


def values(document: Document) -> dict[str, str]:
    return {name: found.value for name, found in single_fields(document) if found is not None}


def only(pages) -> Document:
    documents = find_documents(pages)
    assert len(documents) == 1
    return documents[0]


@pytest.mark.parametrize("merged", [False, True])
def test_decision(paper, merged):
    page = paper(*DECISION, merged=merged)
    document = only([page])
    assert values(document) == {
        "organName": "ỦY BAN NHÂN DÂN TỈNH HÒA BÌNH",
        "codeNumber": "2806",
        "codeNotation": "QĐ-UBND",
        "issuedPlace": "Hòa Bình",
        "issuedDate": "2014-03-07",
        "typeName": "Quyết định",
        "subject": "Về việc phê duyệt kế hoạch ứng dụng công nghệ thông tin trong hoạt động của cơ quan nhà nước năm 2014",
        "signerName": "Phạm Thị Thu Nga",
        "signerPosition": "PHÓ CHỦ TỊCH",
        "signerAuthority": "TM. KT.",
        "language": "Việt",
        "mode": "Bản chính",
    }
    assert [place.value for place in document.to_places] == ["Như Điều 3", "Văn phòng HĐND và UBND huyện", "Lưu: VT, TCCB"]
    for _, found in [*single_fields(document), *(("toPlaces", place) for place in document.to_places)]:
        if found is not None:
            assert found.page_id == page.id
            assert found.source.startswith(("nd30.", "tt05."))
            assert 0 < found.confidence <= 1
            assert found.box.x1 <= page.width
            assert found.box.y1 <= page.height
    assert document.number == "2806/QĐ-UBND"


def test_evidence_stands_where_the_value_is_printed(paper):
    document = only([paper(*DECISION, merged=True)])
    assert document.issued_date is not None
    assert document.issued_date.box.x0 > 0.5 * 1654
    assert document.code_number is not None
    assert document.code_number.box.x1 < 0.5 * 1654
    assert document.signer_name is not None
    assert document.signer_name.box.y0 > 0.8 * 2339


def test_official_letter_with_parent_agency_and_urgency(paper):
    document = only([
        paper(
            (0.17, 0.06, "UBND TỈNH KIÊN GIANG"), STATE[0], (0.25, 0.08, "SỞ Y TẾ"), STATE[1],
            (0.20, 0.12, "Số: 2062/SYT-NVY"), (0.52, 0.12, "Kiên Giang, ngày 31 tháng 10 năm 2017"),
            (0.14, 0.145, "V/v chủ động triển khai công"), (0.14, 0.162, "tác ứng phó với áp thấp nhiệt đới"),
            (0.35, 0.26, "Kính gửi: Đơn vị thuộc, trực thuộc Sở Y tế."),
            (0.20, 0.30, "Hồi 09 giờ ngày 31/10/2017 Bộ Y tế ban hành Công điện số 1155/CĐ-BYT về việc chủ động"),
            (0.20, 0.21, "HỎA TỐC", Ink.RED),
            merged=True,
        )
    ])  # fmt: skip
    assert values(document) == {
        "organName": "SỞ Y TẾ",
        "parentOrganName": "UBND TỈNH KIÊN GIANG",
        "codeNumber": "2062",
        "codeNotation": "SYT-NVY",
        "issuedPlace": "Kiên Giang",
        "issuedDate": "2017-10-31",
        "typeName": "Công văn",
        "subject": "V/v chủ động triển khai công tác ứng phó với áp thấp nhiệt đới",
        "priority": "Hỏa tốc",
        "language": "Việt",
    }


def test_arrival_stamp_and_signature_overlay_are_not_the_documents_own(paper):
    document = only([
        paper(
            (0.60, 0.010, "SAO Y; ỦY BAN NHÂN DÂN TỈNH"), (0.60, 0.025, "Thời gian ký: 19/02/2025 08:34:29 +07:00"),
            *DECISION[:7],
            (0.02, 0.155, "VĂN PHÒNG UBND TỈNH"), (0.03, 0.170, "CÔNG VĂN ĐẾN"), (0.02, 0.190, "Số: 2352"),
            (0.02, 0.210, "Ngày: 21/3/2018"), (0.02, 0.228, "Chuyển: phòng TH"),
            (0.27, 0.190, "Về việc phê duyệt kế hoạch ứng dụng công nghệ thông tin"),
            (0.30, 0.210, "trong hoạt động của cơ quan nhà nước năm 2014"),
            *DECISION[9:],
        )
    ])  # fmt: skip
    assert document.number == "2806/QĐ-UBND"
    assert document.issued_date is not None
    assert document.issued_date.value == "2014-03-07"
    assert document.subject is not None
    assert document.subject.value.startswith("Về việc phê duyệt")
    assert document.subject.value.endswith("năm 2014")


def test_number_left_out_for_the_pen_still_gives_the_notation(paper):
    head = (*DECISION[:4], (0.20, 0.12, "Số:"), (0.29, 0.12, "/QĐ-UBND"), *DECISION[5:])
    found = values(only([paper(*head)]))
    assert "codeNumber" not in found
    assert found["codeNotation"] == "QĐ-UBND"
    assert found["issuedDate"] == "2014-03-07"


def test_arrival_stamp_alone_gives_no_number_and_no_date(paper):
    found = values(only([paper(*STATE, (0.1, 0.15, "CÔNG VĂN ĐẾN"), (0.1, 0.17, "Số: 77/VP-A"), (0.1, 0.19, "Ngày: 21/3/2018"))]))
    assert "codeNumber" not in found
    assert "issuedDate" not in found


@pytest.mark.parametrize(
    ("state", "motto"),
    [
        ("VIỆT NAM DÂN CHỦ CỘNG HÒA", "Độc lập - Tự do - Hạnh phúc"),
        ("CỘNG HOÀ MIỀN NAM VIỆT NAM", "Độc lập - Dân chủ - Hoà bình - Trung lập"),
        ("CỌNG HÒA XÃ HỌI CHỦ NGHĨA VIÊT NAM", "Đọc lập - Tụ do - Hanh phúc"),
    ],
)
def test_older_states_and_misread_heads(paper, state, motto):
    found = values(
        only([
            paper(
                (0.18, 0.06, "UỶ BAN HÀNH CHÍNH"), (0.52, 0.06, state), (0.18, 0.08, "THÀNH PHỐ HÀ NỘI"), (0.52, 0.08, motto),
                (0.18, 0.12, "Số: 45/QĐ-UB"), (0.52, 0.12, "Hà Nội, ngày 4 tháng 9 năm 1974"),
                (0.44, 0.18, "Q U Y Ế T Đ Ị N H"), (0.30, 0.20, "Về việc thành lập Ban chỉ huy chống lụt"),
                (0.2, 0.26, "Căn cứ Luật Tổ chức Hội đồng nhân dân và Ủy ban hành chính ngày 27 tháng 10 năm 1962;"),
                merged=True,
            )
        ])
    )  # fmt: skip
    assert found["codeNumber"] + "/" + found["codeNotation"] == "45/QĐ-UB"
    assert found["issuedDate"] == "1974-09-04"
    assert found["organName"] == "UỶ BAN HÀNH CHÍNH THÀNH PHỐ HÀ NỘI"
    assert found["typeName"] == "Quyết định"
    assert found["subject"] == "Về việc thành lập Ban chỉ huy chống lụt"


def test_signature_and_recipients_come_from_the_last_page_before_the_annex(paper):
    document = only(
        [
            paper(*DECISION[:13]),
            paper((0.15, 0.1, "Điều 2. Quyết định này có hiệu lực kể từ ngày ký."), *DECISION[13:], number=2),
            paper(
                (0.42, 0.06, "PHỤ LỤC I"),
                (0.15, 0.2, "Nơi nhận:"),
                (0.15, 0.22, "- Kho lưu trữ;"),
                (0.6, 0.2, "GIÁM ĐỐC"),
                number=3,
            ),
        ]
    )
    assert document.signer_name is not None
    assert document.signer_name.value == "Phạm Thị Thu Nga"
    assert document.signer_name.page_id == document.page_ids[1]
    assert len(document.to_places) == 3
    assert len(document.page_ids) == 3


def test_pages_without_a_head_give_a_document_without_fields(paper):
    document = only([paper((0.15, 0.2, "Trang này chỉ có chữ viết thường không có thể thức văn bản nào cả"))])
    assert values(document) == {"language": "Việt"}
    assert document.to_places == ()


def test_sample_scans_read_perfectly_give_their_truth(sample, printed):
    """Marks stand in the truth as words without a place, so secrecy and urgency are tested on scans, not here."""
    documents = find_documents(printed(sample))
    assert [page_numbers(document)[0] for document in documents] == [truth["pages"][0] for truth in sample["documents"]]
    for document, truth in zip(documents, sample["documents"], strict=True):
        found = {**values(document), "toPlaces": [place.value for place in document.to_places]}
        for name in ("secrecy", "priority", "pages"):
            truth.pop(name, None)
            found.pop(name, None)
        assert {name: comparable(value) for name, value in found.items() if value and name in truth} == {
            name: comparable(value) for name, value in truth.items() if value
        }


def page_numbers(document: Document) -> list[int]:
    return [int(page_id.rpartition("-")[2]) for page_id in document.page_ids]


def comparable(value):
    if isinstance(value, list):
        return sorted(comparable(item) for item in value)
    return " ".join(value.split()).strip(" .;,")
