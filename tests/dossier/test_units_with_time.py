"""Places as printed and what they are today; the cases are places whose fate the gazettes tell."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.catalogues import AdminUnit, Level, agency_named, agency_of_code, agency_today, gazetteer
from dossier.text import fold

GAZETTEER = gazetteer()
ALL = tuple(GAZETTEER)
CURRENT = tuple(unit for unit in ALL if unit.id.startswith("gso2025:"))


def names_today(place: str, day: str | None = None) -> list[str]:
    unit = GAZETTEER.place(place, day=day)
    assert unit is not None, place
    return [", ".join([now.name, *(above.name for above in GAZETTEER.above(now))]) for now in GAZETTEER.today(unit)]


@pytest.mark.parametrize(
    ("printed", "today"),
    [
        ("phường Lái Hiếu, thị xã Ngã Bảy, tỉnh Hậu Giang", ["Phường Ngã Bảy, Thành phố Cần Thơ"]),
        ("P. Lái Hiếu, TP. Ngã Bảy, Hậu Giang", ["Phường Ngã Bảy, Thành phố Cần Thơ"]),
        ("TT Cây Dương, H. Phụng Hiệp, tỉnh Hậu Giang", ["Xã Hiệp Hưng, Thành phố Cần Thơ"]),
        ("xã Đông Hòa, huyện An Minh, tỉnh Kiên Giang", ["Xã Đông Hòa, Tỉnh An Giang"]),
        ("xa dong hoa, huyen an minh, tinh kien giang", ["Xã Đông Hòa, Tỉnh An Giang"]),
        ("XÃ ĐÔNG HOÀ, HUYỆN AN MINH, TỈNH KIÊN GIANG", ["Xã Đông Hòa, Tỉnh An Giang"]),
        ("P. Thọ Sơn, TP Việt Trì, Phú Thọ", ["Phường Thanh Miếu, Tỉnh Phú Thọ"]),
        ("P. Liên Bảo, TP Vĩnh Yên, Vĩnh Phúc", ["Phường Vĩnh Phúc, Tỉnh Phú Thọ"]),
        ("xã Hiệp Hưng huyện Phụng Hiệp tỉnh Hậu Giang", ["Xã Hiệp Hưng, Thành phố Cần Thơ"]),
        ("Bình Dương", ["Thành phố Hồ Chí Minh"]),
        ("Hà Giang", ["Tỉnh Tuyên Quang"]),
        ("Đắc Lắc", ["Tỉnh Đắk Lắk"]),
        ("Thừa Thiên Huế", ["Thành phố Huế"]),
        ("Hà Tây", ["Thành phố Hà Nội"]),
        ("tỉnh Hà Nam Ninh", ["Tỉnh Ninh Bình"]),
        ("phường Sài Đồng, quận Long Biên, Hà Nội", ["Phường Phúc Lợi, Thành phố Hà Nội", "Phường Việt Hưng, Thành phố Hà Nội"]),
    ],
)
def test_a_printed_place_leads_to_the_unit_of_today(printed: str, today: list[str]) -> None:
    assert names_today(printed) == today


def test_a_split_commune_leads_to_several() -> None:
    split = [unit for unit in ALL if unit.level is Level.COMMUNE and unit.id.startswith("gso2024:") and len(unit.successors) > 1]
    assert len(split) == 471  # counted in the source, facts of the merger
    assert all(len(GAZETTEER.today(unit)) > 1 for unit in split)


def test_a_name_alone_is_settled_by_the_day() -> None:
    before, since = GAZETTEER.place("Phụng Hiệp", day="2010-05-03"), GAZETTEER.place("Phụng Hiệp", day="2026-01-05")
    assert before is not None
    assert before.name == "Huyện Phụng Hiệp"
    assert since is not None
    assert since.name == "Xã Phụng Hiệp"


@pytest.mark.parametrize(
    "ambiguous", ["Tân Phú", "phường Vĩnh Phúc", "xã Hòa Bình", "", "không phải nơi nào", "xã Đông Hòa, tỉnh Lạng Sơn"]
)
def test_what_leaves_several_possible_is_not_guessed(ambiguous: str) -> None:
    assert GAZETTEER.place(ambiguous) is None


def test_the_34_provinces_and_their_communes() -> None:
    provinces = [unit for unit in CURRENT if unit.level is Level.PROVINCE]
    assert len(provinces) == 34
    assert sum(unit.level is Level.COMMUNE for unit in CURRENT) == 3321
    before = [unit for unit in ALL if unit.level is Level.PROVINCE and unit.id.startswith("gso2024:")]
    assert len(before) == 63
    assert {now.id for unit in before for now in GAZETTEER.today(unit)} == {unit.id for unit in provinces}


@given(st.sampled_from(ALL))
def test_every_unit_leads_to_units_of_today_and_is_found_behind_them(unit: AdminUnit) -> None:
    for now in GAZETTEER.today(unit):
        assert not now.successors
        assert now is unit or unit in GAZETTEER.before(now)


@given(st.sampled_from(CURRENT))
def test_a_full_name_of_today_finds_its_unit_with_and_without_marks(unit: AdminUnit) -> None:
    full = ", ".join([unit.name, *(above.name for above in GAZETTEER.above(unit))])
    assert GAZETTEER.place(full, day="2026-01-01") == unit
    folded = GAZETTEER.place(fold(full), day="2026-01-01")
    assert folded is None or folded.level is unit.level


@pytest.mark.parametrize(
    ("code", "then", "today"),
    [
        ("H30", "Ủy ban nhân dân tỉnh Hậu Giang", "Ủy ban nhân dân thành phố Cần Thơ"),
        ("H30.64.33", "Ủy ban nhân dân tỉnh Hậu Giang", "Ủy ban nhân dân thành phố Cần Thơ"),
        ("000.00.16.H62", "Ủy ban nhân dân tỉnh Vĩnh Phúc", "Ủy ban nhân dân tỉnh Phú Thọ"),
        ("K33", "Hội đồng nhân dân tỉnh Kiên Giang", "Hội đồng nhân dân tỉnh An Giang"),
        ("H49.64.33", "Ủy ban nhân dân tỉnh Quảng Ninh", "Ủy ban nhân dân tỉnh Quảng Ninh"),
        ("G09", "Bộ Nội vụ", "Bộ Nội vụ"),
    ],
)
def test_closed_codes_still_resolve(code: str, then: str, today: str) -> None:
    agency = agency_of_code(code)
    assert agency is not None
    assert agency.name == then
    assert agency_today(agency).name == today


def test_unknown_codes_and_names_are_not_guessed() -> None:
    assert agency_of_code("Z99") is None
    assert agency_of_code("15/QĐ-UBND") is None
    assert agency_named("Công ty Cổ phần Hoa Sen") is None


def test_merged_departments_lead_to_those_of_today() -> None:
    agency = agency_named("SỞ KẾ HOẠCH VÀ ĐẦU TƯ TỈNH HẬU GIANG")
    assert agency is not None
    assert agency_today(agency).name == "Sở Tài chính"
    ministry = agency_named("Bộ Thuỷ sản")
    assert ministry is not None
    assert agency_today(ministry).name == "Bộ Nông nghiệp và Môi trường"
