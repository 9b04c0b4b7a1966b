"""Number lines and date lines: as printed, as misread, and whatever a scan may hold."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metadata.heads.date import parse_date_line
from metadata.heads.document_types import DOCUMENT_TYPES, type_code
from metadata.heads.notation import settled_notation
from metadata.heads.number import parse_number


@pytest.mark.parametrize(
    ("text", "number", "notation"),
    [
        ("Số: 15/QĐ-UBND", "15", "QĐ-UBND"),
        ("Số: 05/BNV-VP", "05", "BNV-VP"),
        ("Số: 30/2020/NĐ-CP", "30/2020", "NĐ-CP"),
        ("Số 22-NQ/TU", "22", "NQ/TU"),
        ("Số: 176-HĐBT", "176", "HĐBT"),
        ("Số 45 QĐ/UB", "45", "QĐ/UB"),
        ("Số: 686 /STTT-CNTT&BCVT", "686", "STTT-CNTT&BCVT"),
        ("Số : 01/TB - HTTT", "01", "TB - HTTT"),
        ("Sô: 22 /KH-SYT", "22", "KH-SYT"),
        ("_ Số: l5/QÐ-UBND", "15", "QĐ-UBND"),
        ("Số: 56GM-SNV", "56", "GM-SNV"),
        ("Số: 3/49/QĐ-UBND", "349", "QĐ-UBND"),
        ("Số: /QĐ-UBND", None, "QĐ-UBND"),
        ("Số:     /CT-UBND", None, "CT-UBND"),
    ],
)
def test_number_lines(text, number, notation):
    parsed = parse_number(text)
    assert parsed is not None
    assert (parsed.number, parsed.notation) == (number, notation)


@pytest.mark.parametrize(
    "text",
    [
        "số 10/2020 của Chính phủ",
        "Sở Nội vụ",
        "Số: 6127",
        "Số: 3/12/1992",
        "Số lượng: 5/tháng",
        "",
        "Căn cứ Nghị định số 30/2020/NĐ-CP",
    ],
)
def test_what_is_no_number_line(text):
    assert parse_number(text) is None


types = [short for kind in DOCUMENT_TYPES for short in kind.abbreviations]
agencies = st.sampled_from(["UBND", "SNV", "SKHĐT", "BNV", "STTTT", "HĐND", "UB", "VPUB"])


@given(st.integers(1, 99999), st.sampled_from(types), agencies, st.sampled_from(["Số: ", "Số ", "SỐ:", "Số :  "]))
def test_every_printed_number_is_read_whole(number, kind, agency, head):
    parsed = parse_number(f"{head}{number:02}/{kind}-{agency}")
    assert parsed is not None
    assert str(parsed) == f"{number:02}/{kind}-{agency}"


@given(st.text(max_size=60))
def test_number_parser_takes_anything(text):
    parsed = parse_number(text)
    assert parsed is None or (parsed.notation and (parsed.number is None or parsed.number[0].isdigit()))


@pytest.mark.parametrize(
    ("text", "place", "date"),
    [
        ("Hà Nội, ngày 05 tháng 01 năm 2020", "Hà Nội", "2020-01-05"),
        ("Tp. Hồ Chí Minh, ngày 3 tháng 12 năm 2014", "Tp. Hồ Chí Minh", "2014-12-03"),
        ("Kiên Giang, ngày G1 tháng 3 năm 2018", "Kiên Giang", "2018-03-01"),
        ("Cà Mau, ngày l5 tháng I năm 2010", "Cà Mau", "2010-01-15"),
        ("Huế, ngay 7 thang 8 nam 1978", "Huế", "1978-08-07"),
        ("Đà Nẵng,ngày 10tháng 10năm 2023", "Đà Nẵng", "2023-10-10"),
        ("Sơn La, ngảy 16 thắng 3 nãm 2011", "Sơn La", "2011-03-16"),
        ("Ngày 20 tháng 11 năm 1989", None, "1989-11-20"),
        ("Hà Nội, ngày     tháng 3 năm 2018", "Hà Nội", "2018-03"),
        ("Hà Nội, ngày 80 tháng 3 năm 2018", "Hà Nội", "2018-03"),
        ("Hà Nội, ngày 22 tháng II năm 2019", "Hà Nội", "2019-11-22"),
        ("Hà Nội, ngày 03 tháng t:Ì năm 2014", "Hà Nội", "2014"),
        ("Hà Nội, ngày | tháng 12 năm 2011", "Hà Nội", "2011-12"),
        ("Hà Nội, 15/3/1992", "Hà Nội", "1992-03-15"),
        ("Hà Nội, tháng 10 năm 2014", "Hà Nội", "2014-10"),
        ("Kiên Giang, ngày 01, tháng 3 3 năm 2018", "Kiên Giang", "2018-03-01"),
        ("Hà Nội, ngày 9 tháng 1 2 năm 2018", "Hà Nội", "2018-12-09"),
        ("Hà Nội, ngày     tháng 6 năm 2009", "Hà Nội", "2009-06"),
    ],
)
def test_date_lines(text, place, date):
    parsed = parse_date_line(text)
    assert parsed is not None
    assert parsed.place == place
    assert parsed.date == date


def test_a_day_that_is_no_day_is_left_off_and_days_of_its_looks_are_proposed():
    parsed = parse_date_line("Bến Tre, ngày 44, tháng 12 năm 2011")
    assert parsed is not None
    assert parsed.date == "2011-12"
    assert "2011-12-14" in parsed.alternatives


@pytest.mark.parametrize("text", ["Ngày: 21/3/18 đến", "Số: 12/3/1992", "Kính gửi: Sở Nội vụ", "", "tháng 3 năm 2020"])
def test_what_is_no_date_line(text):
    parsed = parse_date_line(text)
    assert parsed is None or parsed.place is None


places = st.sampled_from(["Hà Nội", "Thành phố Hồ Chí Minh", "Đắk Lắk", "Lạc Dương", "Bà Rịa - Vũng Tàu", "Na Hang"])


@given(st.dates(dt.date(1945, 1, 1), dt.date(2099, 12, 31)), places)
def test_every_printed_date_is_read(date, place):
    # Leading zero for days under 10 and for January and February only (NĐ 30/2020 PL I mục II.4.b).
    month = f"{date.month:02}" if date.month < 3 else f"{date.month}"
    parsed = parse_date_line(f"{place}, ngày {date.day:02} tháng {month} năm {date.year}")
    assert parsed is not None
    assert (parsed.place, parsed.date) == (place, date.isoformat())


@given(st.text(max_size=60))
def test_date_parser_takes_anything(text):
    parse_date_line(text)


@pytest.mark.parametrize(
    ("read", "kind", "organ", "settled"),
    [
        ("QÐĐ-SNNMT", "Quyết định", "SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG", "QĐ-SNNMT"),
        ("QD-UBND", "Quyết định", "ỦY BAN NHÂN DÂN TỈNH X", "QĐ-UBND"),
        ("TIr-UBND", "Tờ trình", "ỦY BAN NHÂN DÂN TỈNH X", "TTr-UBND"),
        ("H-SYT", "Kế hoạch", "SỞ Y TẾ", "KH-SYT"),
        ("BB-ST TT", "Biên bản", "SỞ THÔNG TIN VÀ TRUYỀN THÔNG", "BB-STTTT"),
        ("TTr-SGDDT", "Tờ trình", "SỞ GIÁO DỤC VÀ ĐÀO TẠO", "TTr-SGDĐT"),
        ("NQ/TU", "Nghị quyết", "TỈNH ỦY", "NQ/TU"),
        ("TB - HTTT", "Thông báo", "KHOA HỆ THỐNG THÔNG TIN", "TB - HTTT"),
        ("STP-NL", "Công văn", "SỞ TƯ PHÁP", "STP-NL"),
    ],
)
def test_notation_is_settled_by_type_and_agency(read, kind, organ, settled):
    named = next(k for k in DOCUMENT_TYPES if k.name == kind)
    read = parse_number(f"Số: 1/{read}").notation
    expected = "BB-STTTT" if settled == "BB-STTTT" else settled
    assert settled_notation(read, kind=named, organ_name=organ) == expected


def test_catalogue_holds_the_29_types_and_their_codes():
    codes = [kind.code for kind in DOCUMENT_TYPES if kind.code != "32"]
    assert codes[:29] == [f"{code:02}" for code in range(1, 30)]
    assert type_code("quyết định") == "02"
    assert type_code("Công văn") == "22"
    assert type_code("Nghị định") == "32"
