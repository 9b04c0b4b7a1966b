"""People and numbers in running text, and the rules that numbers obey."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.model import MentionKind, PersonalData
from metadata.mentions import mentions_of, spots_in
from metadata.mentions.identity import PROVINCE_CODES, citizen_birth_year, citizen_id_fault, old_card_fault, social_insurance_fault
from metadata.mentions.money import money_value
from metadata.mentions.phones import dialled, phone_fault, todays_number
from metadata.mentions.tax_codes import tax_check_digit, tax_code_fault, tax_code_value
from metadata.sheets.anchors import key
from metadata.sheets.layout import sheet_of


def parse_money(value: str) -> tuple[Decimal, str]:
    """Amount and currency of a normal form."""
    amount, unit = value.split(" ")
    return Decimal(amount), unit


def printed_money(amount: Decimal) -> str:
    """An amount as papers print it: full stops between thousands, a comma before decimals."""
    whole, _, decimals = f"{amount:f}".partition(".")
    return f"{int(whole):,}".replace(",", ".") + (f",{decimals}" if decimals else "")


def read(text: str, *kinds: MentionKind):
    """(kind, value, valid) of a text."""
    return [(spot.kind.value, spot.value, spot.valid) for spot in spots_in(text, key(text)) if not kinds or spot.kind in kinds]


NUMBERS = (
    MentionKind.CITIZEN_ID,
    MentionKind.OLD_IDENTITY_CARD,
    MentionKind.PASSPORT,
    MentionKind.TAX_CODE,
    MentionKind.SOCIAL_INSURANCE,
    MentionKind.PHONE,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("số CCCD: 038075001234 cấp", ("citizen_id", "038075001234", True)),
        ("sinh năm 1975, CCCD số 038 075 001 234", ("citizen_id", "038075001234", True)),
        ("sinh năm 1974, CCCD số 038075001234", ("citizen_id", "038075001234", False)),
        ("Căn cước số 03B075OO1234", ("citizen_id", "038075001234", True)),
        ("số định danh cá nhân 999075001234", ("citizen_id", "999075001234", False)),
        ("CMND số 240 123 456 do Công an", ("old_identity_card", "240123456", True)),
        ("Hộ chiếu số C1234567 cấp ngày", ("passport", "C1234567", True)),
        ("Mã số thuế: 0100112437", ("tax_code", "0100112437", True)),
        ("MST 0100112437-001,", ("tax_code", "0100112437-001", True)),
        ("MST 0100112438,", ("tax_code", "0100112438", False)),
        ("mã số BHXH 7912345678", ("social_insurance", "7912345678", True)),
        ("ĐT: 0292.3820.000", ("phone", "02923820000", True)),
        ("Điện thoại (04) 3826 2234", ("phone", "0438262234", True)),
        ("liên hệ 0913.123.456 để", ("phone", "0913123456", True)),
        ("gọi +84 912 345 678 trước", ("phone", "0912345678", True)),
        ("SĐT 01234567890", ("phone", "01234567890", True)),
        ("Fax: 0999", None),
        ("Quyết định số 038075001234/QĐ-UBND", None),
        ("Số tài khoản: 038075001234 tại Kho bạc", None),
        ("giấy chứng nhận số 038075001234", None),
        ("tổng số 123456789 lượt", None),
        ("thửa đất số 0913123456", None),
    ],
)
def test_numbers_by_label_and_shape(text, expected):
    assert read(text, *NUMBERS) == ([expected] if expected else [])


def test_misread_digits_are_trusted_less():
    (clean,) = spots_in("CCCD 038075001234", key("CCCD 038075001234"))
    (repaired,) = spots_in("CCCD 03B075OO1234", key("CCCD 03B075OO1234"))
    assert repaired.value == clean.value
    assert repaired.strength < clean.strength


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("số tiền 1.234.567,89 USD", ["1234567.89 USD"]),
        ("trị giá 2.500.000đ và 5 tỷ đồng", ["2500000 VND", "5000000000 VND"]),
        ("kinh phí 120 triệu đồng, 1,5 tỷ đồng", ["120000000 VND", "1500000000 VND"]),
        ("Bằng chữ: Một trăm hai mươi triệu đồng chẵn", ["120000000 VND"]),
        ("12 đồng chí, 30 đồng bào, Hợp đồng số 5 đồng thời", []),
    ],
)
def test_sums_of_money(text, expected):
    assert [value for _, value, _ in read(text, MentionKind.MONEY)] == expected


def test_words_and_digits_check_each_other():
    assert read("30.000.000 đồng (Bằng chữ: Ba mươi triệu đồng)") == [("money", "30000000 VND", True)] * 2
    wrong = "30.000.000 đồng (Bằng chữ: Ba mươi lăm triệu đồng)"
    assert read(wrong) == [("money", "30000000 VND", False), ("money", "35000000 VND", False)]
    assert spots_in(wrong, key(wrong))[0].alternatives == ("35000000 VND",)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ngày 05 tháng 6 năm 2019", ["2019-06-05"]),
        ("ngày 05....tháng 3....năm 2020", ["2020-03-05"]),
        ("tháng 5 năm 2020, tháng 6/2021 và năm 2022", ["2020-05", "2021-06", "2022"]),
        ("giai đoạn năm 2019 - 2020", ["2019", "2020"]),
        ("từ ngày 01 đến ngày 15 tháng 3 năm 2020", ["2020-03-01", "2020-03-15"]),
        ("ngày 12/5/97 và 31-12-1997", ["1997-05-12", "1997-12-31"]),
        ("ngày 2l/O3/2018", ["2018-03-21"]),
        ("10 giờ, Điều 5, 12/1000", []),
    ],
)
def test_dates_of_every_precision(text, expected):
    assert [value for _, value, valid in read(text, MentionKind.DATE) if valid] == expected


def test_impossible_dates_and_lunar_years():
    assert read("ngày 31/02/2020") == [("date", "2020-02-31", False)]
    (year,) = spots_in("Tết Giáp Thìn", key("Tết Giáp Thìn"))
    assert (year.value, year.alternatives) == ("Giáp Thìn", ("1904", "1964", "2024"))
    assert read("năm Giáp Sửu") == [("date", "Giáp Sửu", False)]
    (year,) = spots_in("Xuân Mậu Thân 1968", key("Xuân Mậu Thân 1968"))
    assert (year.valid, year.alternatives) == (True, ("1968",))
    assert read("Tết Mậu Thân 1967") == [("date", "Mậu Thân", False)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ông Lương Khắc Diễn, Trưởng phòng Kinh tế; bà Ngô Thị Thư", ["Lương Khắc Diễn", "Ngô Thị Thư"]),
        ("Họ và tên: NGUYỄN VĂN A Giới tính: Nam", ["NGUYỄN VĂN A"]),
        ("bà H'Hen Niê và ông Y Blăk Niê", ["H'Hen Niê", "Y Blăk Niê"]),
        ("ông Tôn Thất Tùng Giám đốc bệnh viện", ["Tôn Thất Tùng"]),
        ("Bà Lê Công Trường - Giám đốc; ông Vũ Văn Bình Trưởng phòng", ["Lê Công Trường", "Vũ Văn Bình"]),
        ("ông Nguyễn Văn Nam sinh năm 1960", ["Nguyễn Văn Nam"]),
        ("giao cho Trần Văn Kiểm thực hiện", ["Trần Văn Kiểm"]),
        ("đường Nguyễn Văn Linh, Trường THPT Lê Hồng Phong, số 25 Lê Quý Đôn, Quận 3", []),
        ("thành phố Hồ Chí Minh, tư tưởng Hồ Chí Minh, Liên đoàn Luật sư Việt Nam", []),
        ("đồng chí Bí thư Tỉnh ủy, ông Giám đốc Sở Nội vụ, tỉnh Cao Bằng", []),
    ],
)
def test_names_are_kept_whole(text, expected):
    assert [value for _, value, _ in read(text, MentionKind.PERSON)] == expected


def test_mentions_know_their_place_and_class(paper):
    page = paper(
        (0.12, 0.3, "Ông Lê Văn Tám, sinh ngày 05/06/1975, số CCCD"),
        (0.12, 0.325, "038075001234, nộp 500.000 đồng ngày 01/02/2020."),
        (0.12, 0.5, "Bị cáo Trần Văn Bảy đã bị xử phạt."),
    )
    found = mentions_of([sheet_of(page)])
    classes = {mention.found.value: mention.personal for mention in found}
    assert classes == {
        "Lê Văn Tám": PersonalData.BASIC,
        "1975-06-05": PersonalData.BASIC,
        "038075001234": PersonalData.BASIC,
        "500000 VND": PersonalData.NONE,
        "2020-02-01": PersonalData.NONE,
        "Trần Văn Bảy": PersonalData.SENSITIVE,
    }
    identity = next(mention for mention in found if mention.kind is MentionKind.CITIZEN_ID)
    assert identity.found.box == page.lines[1].words[0].box
    assert identity.valid


def test_cells_take_the_label_of_their_column(paper):
    page = paper(
        (0.1, 0.3, "STT"),
        (0.2, 0.3, "Họ và tên"),
        (0.45, 0.3, "Số CMND"),
        (0.65, 0.3, "Số tài khoản"),
        (0.1, 0.35, "01"),
        (0.2, 0.35, "Vi Sáu"),
        (0.45, 0.35, "240123456"),
        (0.65, 0.35, "038075001234"),
        (0.1, 0.4, "02"),
        (0.2, 0.4, "Lò Thị Mến"),
        (0.45, 0.4, "240123457"),
        (0.65, 0.4, "038075001235"),
    )
    found = [(mention.kind, mention.found.value) for mention in mentions_of([sheet_of(page)])]
    assert found == [
        (MentionKind.PERSON, "Vi Sáu"),
        (MentionKind.OLD_IDENTITY_CARD, "240123456"),
        (MentionKind.PERSON, "Lò Thị Mến"),
        (MentionKind.OLD_IDENTITY_CARD, "240123457"),
    ]


def test_a_number_on_the_image_of_a_card_is_sensitive(paper):
    page = paper((0.3, 0.3, "CĂN CƯỚC CÔNG DÂN"), (0.3, 0.35, "Số / No.: 038075001234"))
    (mention,) = mentions_of([sheet_of(page)])
    assert (mention.kind, mention.personal) == (MentionKind.CITIZEN_ID, PersonalData.SENSITIVE)


@given(
    st.sampled_from(sorted(PROVINCE_CODES)),
    st.sampled_from("0123"),
    st.integers(0, 99),
    st.integers(0, 999_999),
)
def test_numbers_by_the_rules_are_valid_and_found(province, century, year, rest):
    digits = f"{province}{century}{year:02}{rest:06}"
    born = citizen_birth_year(digits)
    assert born is not None
    fault = citizen_id_fault(digits, today=dt.date(2026, 1, 1))
    assert fault == ("century" if born > 2026 else "")
    assert citizen_id_fault(digits, birth_year=born + 1)
    if not fault:
        assert read(f"CCCD {digits[:3]} {digits[3:6]} {digits[6:]}") == [("citizen_id", digits, True)]


@given(st.text(alphabet="0123456789", min_size=0, max_size=14))
def test_digits_of_other_lengths_and_provinces_are_no_ids(digits):
    if len(digits) != 12 or digits[:3] not in PROVINCE_CODES:
        assert citizen_id_fault(digits)
    assert bool(old_card_fault(digits)) == (len(digits) != 9 and bool(citizen_id_fault(digits)))
    assert bool(social_insurance_fault(digits)) == (len(digits) != 10)


def test_the_63_provinces_have_their_codes():
    assert len(PROVINCE_CODES) == 63


@given(st.text(alphabet="0123456789", min_size=9, max_size=9))
def test_one_check_digit_fits(nine):
    fitting = [digit for digit in "0123456789" if not tax_code_fault(nine + digit)]
    expected = tax_check_digit(nine)
    assert fitting == ([expected] if expected else [])
    for digit in fitting:
        assert tax_code_value(nine + digit + "001") == f"{nine}{digit}-001"
        assert not tax_code_fault(nine + digit + "001")


@given(st.integers(0, 10**15), st.integers(0, 99))
def test_money_comes_back_from_its_printed_form(whole, cents):
    amount = Decimal(whole) + Decimal(cents) / 100
    assert parse_money(money_value(amount, "VND")) == (amount, "VND")
    printed = printed_money(Decimal(whole))
    (found,) = read(f"số tiền {printed} đồng", MentionKind.MONEY)
    assert parse_money(found[1]) == (Decimal(whole), "VND")


@given(
    st.dates(dt.date(1945, 1, 1), dt.date(2099, 12, 31)),
    st.sampled_from(["{:%d/%m/%Y}", "{:%d-%m-%Y}", "ngày {:%d tháng %m năm %Y}"]),
)
def test_every_written_date_comes_back(day, form):
    assert read(f"ký {form.format(day)} tại") == [("date", day.isoformat(), True)]


def test_telephones_of_all_periods():
    assert [phone_fault(number) for number in ("0912345678", "02438262234", "0438262234", "01234567890", "19001234", "115")] == [
        ""
    ] * 6
    assert [phone_fault(number) for number in ("0112345678", "12345", "00000000000")] == ["prefix", "length", "prefix"]
    assert todays_number("01234567890") == "0834567890"
    assert todays_number("0912345678") is None
    assert dialled("84912345678", plus=False) == dialled("84912345678", plus=True) == "0912345678"


@given(st.text(alphabet="0123456789OlB. -/", max_size=40))
def test_unlabelled_digits_are_rarely_people(text):
    for spot in spots_in(text, key(text)):
        if spot.kind is MentionKind.CITIZEN_ID:
            assert not citizen_id_fault(spot.value)
        elif spot.kind is MentionKind.PHONE:
            assert not phone_fault(spot.value)
        else:
            assert spot.kind is MentionKind.DATE
