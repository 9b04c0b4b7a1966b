"""Today's units beside the names as printed."""

from dossier.model import Box, Document, Found, Unit
from metadata.units import units_of


def _found(value: str | None) -> Found | None:
    return None if value is None else Found(value, "p", Box(0, 0, 1, 1), 0.9, "test")


def _units(organ: str, place: str, day: str, parent: str | None = None) -> list[Unit]:
    document = Document(
        "d", ("p",), organ_name=_found(organ), parent_organ_name=_found(parent), issued_place=_found(place), issued_date=_found(day)
    )
    return list(units_of(document))


def test_a_merged_province_leads_to_its_heir() -> None:
    units = _units("ỦY BAN NHÂN DÂN TỈNH HẬU GIANG", "Hậu Giang", "2019-08-01")
    assert {(unit.field, unit.name, unit.valid_to, unit.certain) for unit in units} == {
        ("issuedPlace", "Thành phố Cần Thơ", "2025-06-30", True),
        ("organName", "Thành phố Cần Thơ", "2025-06-30", True),
        ("organName", "Ủy ban nhân dân thành phố Cần Thơ", "2025-06-30", True),
    }


def test_the_parent_tells_which_commune_is_meant() -> None:
    units = _units("ỦY BAN NHÂN DÂN XÃ ĐÔNG HÒA", "Đông Hòa", "2015-02-03", parent="HUYỆN AN MINH TỈNH KIÊN GIANG")
    assert ("organName", "Xã Đông Hòa") in {(unit.field, unit.name) for unit in units}


def test_a_homonym_without_help_gets_nothing() -> None:
    assert _units("ỦY BAN NHÂN DÂN XÃ HÒA BÌNH", "Hòa Bình", "2015-02-03") == []


def test_a_merged_department_leads_to_that_of_today() -> None:
    units = _units("SỞ KẾ HOẠCH VÀ ĐẦU TƯ", "Vị Thanh", "2012-02-03", parent="ỦY BAN NHÂN DÂN TỈNH HẬU GIANG")
    assert ("organName", "Sở Tài chính", "organ") in {(unit.field, unit.name, unit.system) for unit in units}
    place = [unit for unit in units if unit.field == "issuedPlace"]
    assert [(unit.name, unit.certain) for unit in place] == [("Thành phố Cần Thơ", True)]


def test_a_unit_of_today_is_itself() -> None:
    units = _units("ỦY BAN NHÂN DÂN XÃ HIỆP HƯNG", "Cần Thơ", "2026-01-05", parent="THÀNH PHỐ CẦN THƠ")
    assert {(unit.field, unit.name, unit.valid_to) for unit in units if unit.field == "organName"} == {
        ("organName", "Xã Hiệp Hưng", None)
    }
