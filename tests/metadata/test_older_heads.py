"""Heads of papers of 1945 to 2005, of the Party and of assemblies: numbers in all their ways, dates and names at odd places."""

from __future__ import annotations

import pytest

from dossier.model import Document
from metadata import find_documents
from metadata.heads.number import parse_number


@pytest.mark.parametrize(
    ("line", "number", "notation", "whole"),
    [
        ("Số 22-NQ/TU", "22", "NQ/TU", "22-NQ/TU"),
        ("Số: 05 - KL/TW", "05", "KL/TW", "05-KL/TW"),
        ("Số 1145-CV/BTCTU", "1145", "CV/BTCTU", "1145-CV/BTCTU"),
        ("Số: 112-KH/TĐTN-VP", "112", "KH/TĐTN-VP", "112-KH/TĐTN-VP"),
        ("Số: 45 QĐ/UB", "45", "QĐ/UB", "45 QĐ/UB"),
        ("Số: 45-QĐ/UB", "45", "QĐ/UB", "45-QĐ/UB"),
        ("Số: 45/QĐ-UB", "45", "QĐ-UB", "45/QĐ-UB"),
        ("Số : 217/HĐBT", "217", "HĐBT", "217/HĐBT"),
        ("Số 94/CP", "94", "CP", "94/CP"),
        ("Số: 345/UB", "345", "UB", "345/UB"),
        ("Số: 13-QĐ-UBND", "13", "QĐ-UBND", "13/QĐ-UBND"),
        ("Luật số: 37/2023/QH15", "37/2023", "QH15", "37/2023/QH15"),
        ("Bộ luật số: 91/2015/QH13", "91/2015", "QH13", "91/2015/QH13"),
        ("Pháp lệnh số: 02/2020/UBTVQH14", "02/2020", "UBTVQH14", "02/2020/UBTVQH14"),
        ("Nghị quyết số: 01/2021/UBTVQH15", "01/2021", "UBTVQH15", "01/2021/UBTVQH15"),
        ("Số: 12/2013/TTLT-BNV-BTC", "12/2013", "TTLT-BNV-BTC", "12/2013/TTLT-BNV-BTC"),
        ("Số: 30/2020/NĐ-CP", "30/2020", "NĐ-CP", "30/2020/NĐ-CP"),
    ],
)
def test_numbers_of_all_times(line, number, notation, whole):
    parsed = parse_number(line)
    assert parsed is not None
    assert (parsed.number, parsed.notation, str(parsed)) == (number, notation, whole)


def only(page) -> Document:
    (document,) = find_documents([page])
    return document


BODY = (0.15, 0.40, "Căn cứ Luật Tổ chức Hội đồng nhân dân và Ủy ban hành chính các cấp ngày 27 tháng 10 năm 1962;")


def test_a_state_name_in_the_middle_over_the_agency(paper):
    document = only(
        paper(
            (0.32, 0.04, "VIỆT NAM DÂN CHỦ CỘNG HÒA"), (0.33, 0.06, "Độc lập - Tự do - Hạnh phúc"),
            (0.12, 0.10, "ỦY BAN HÀNH CHÍNH"), (0.12, 0.12, "TỈNH LẠNG SƠN"), (0.12, 0.15, "Số: 67 QĐ/UB"),
            (0.55, 0.15, "Lạng Sơn, ngày 3 tháng 9 năm 1961"), (0.42, 0.20, "QUYẾT ĐỊNH"),
            (0.30, 0.22, "Về việc thành lập đội khảo sát địa chất"), BODY,
        )
    )  # fmt: skip
    assert document.organ_name is not None
    assert (document.organ_name.value, document.number) == ("ỦY BAN HÀNH CHÍNH TỈNH LẠNG SƠN", "67 QĐ/UB")
    assert document.issued_date is not None
    assert document.issued_date.value == "1961-09-03"


def test_a_date_in_the_left_column_under_the_number(paper):
    document = only(
        paper(
            (0.10, 0.06, "BỘ THỦY LỢI"), (0.52, 0.06, "VIỆT NAM DÂN CHỦ CỘNG HÒA"), (0.10, 0.09, "Số: 142-TL/QĐ"),
            (0.53, 0.08, "Độc lập - Tự do - Hạnh phúc"), (0.10, 0.11, "Ngày 14 tháng 5 năm 1966"), (0.44, 0.18, "QUYẾT ĐỊNH"), BODY,
        )
    )  # fmt: skip
    assert document.number == "142-TL/QĐ"
    assert document.issued_date is not None
    assert document.issued_date.value == "1966-05-14"


def test_a_party_paper_is_found_by_the_way_it_is_written(paper):
    document = only(
        paper(
            (0.12, 0.06, "TỈNH ỦY HẬU GIANG"), (0.55, 0.06, "ĐẢNG CỘNG SẢN VIỆT NAM"), (0.20, 0.08, "*"),
            (0.14, 0.10, "Số 22-NQ/TU"), (0.52, 0.10, "Hậu Giang, ngày 14 tháng 8 năm 2019"), (0.43, 0.16, "NGHỊ QUYẾT"),
            (0.30, 0.18, "về xây dựng chính quyền điện tử"), (0.6, 0.7, "T/M TỈNH ỦY"), (0.63, 0.72, "BÍ THƯ"),
            (0.6, 0.82, "Vi Thanh Bình"),
        )
    )  # fmt: skip
    assert document.number == "22-NQ/TU"
    assert document.type_name is not None
    assert document.type_name.value == "Nghị quyết"
    assert document.signer_authority is not None
    assert (document.signer_authority.value, document.signer_name.value) == ("TM.", "Vi Thanh Bình")


def test_a_branch_of_the_party_stands_under_its_committee(paper):
    document = only(
        paper(
            (0.12, 0.06, "ĐẢNG BỘ XÃ TÂN MỸ"), (0.55, 0.06, "ĐẢNG CỘNG SẢN VIỆT NAM"), (0.12, 0.08, "CHI BỘ THÔN NÀ KHOANG"),
            (0.14, 0.11, "Số 03-BC/CB"), (0.52, 0.11, "Tân Mỹ, ngày 02 tháng 12 năm 2023"), (0.43, 0.16, "BÁO CÁO"),
        )
    )  # fmt: skip
    assert document.organ_name is not None
    assert document.parent_organ_name is not None
    assert (document.parent_organ_name.value, document.organ_name.value) == ("ĐẢNG BỘ XÃ TÂN MỸ", "CHI BỘ THÔN NÀ KHOANG")


def test_the_youth_unions_name_in_an_agency_is_no_state_name(paper):
    document = only(
        paper(
            (0.06, 0.06, "BCH ĐOÀN TNCS HỒ CHÍ MINH"), (0.56, 0.06, "ĐOÀN TNCS HỒ CHÍ MINH"), (0.10, 0.08, "HUYỆN ĐÔNG KHÊ"),
            (0.12, 0.11, "Số: 9-TB/ĐTN"), (0.52, 0.11, "Đông Khê, ngày 09 tháng 3 năm 2021"), (0.43, 0.16, "THÔNG BÁO"),
        )
    )  # fmt: skip
    assert document.number == "9-TB/ĐTN"
    assert document.organ_name is not None
    assert document.organ_name.value.endswith("HUYỆN ĐÔNG KHÊ")
    assert document.issued_place is not None
    assert document.issued_place.value == "Đông Khê"
