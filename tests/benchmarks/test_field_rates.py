"""Fields against truth: right, near, missed, invented."""

from __future__ import annotations

import pytest

from benchmarks.field_rates import NAMES, Tally, compare_fields, plain, sum_up

TRUTH = {
    "organName": "ỦY BAN NHÂN DÂN XÃ HÒA BÌNH",
    "codeNumber": "15",
    "issuedDate": "2025-09-08",
    "subject": "Về việc giao đất tái định cư tại xã Hòa Bình",
    "toPlaces": ["Như Điều 4", "Lưu: VT"],
    "secrecy": None,
}


def test_everything_found_is_one() -> None:
    total = sum_up(compare_fields(TRUTH, TRUTH))
    assert total == Tally(6, 6, 6, 6)
    assert total.f1 == total.lenient_f1 == 1.0


def test_case_dashes_and_end_punctuation_do_not_count() -> None:
    found = TRUTH | {"organName": "Ủy ban nhân dân xã Hòa Bình", "toPlaces": ["- Lưu: VT.", "- Như Điều 4;"]}
    assert sum_up(compare_fields(TRUTH, found)).f1 == 1.0
    assert plain("QĐ–UBND") == plain("qđ-ubnd")


def test_a_small_misreading_is_near_and_not_right() -> None:
    found = TRUTH | {"subject": "Về việc giao đất tái định cư tại xã Hoa Bình"}
    tally = compare_fields(TRUTH, found)["subject"]
    assert (tally.right, tally.near) == (0, 1)


@pytest.mark.parametrize(("name", "value"), [("codeNumber", "16"), ("issuedDate", "2025-09-09")])
def test_a_near_number_or_date_is_wrong(name: str, value: str) -> None:
    tally = compare_fields(TRUTH, TRUTH | {name: value})[name]
    assert (tally.true, tally.found, tally.right, tally.near) == (1, 1, 0, 0)


def test_missed_lowers_recall_and_invented_lowers_precision() -> None:
    assert compare_fields(TRUTH, TRUTH | {"organName": None})["organName"] == Tally(1, 0, 0, 0)
    assert compare_fields(TRUTH, TRUTH | {"secrecy": "Mật"})["secrecy"] == Tally(0, 1, 0, 0)


def test_recipients_count_one_by_one() -> None:
    assert compare_fields(TRUTH, TRUTH | {"toPlaces": ["Lưu: VT"]})["toPlaces"] == Tally(2, 1, 1, 1)


def test_all_fields_are_compared() -> None:
    assert set(compare_fields({}, {})) == set(NAMES)
    assert sum_up(compare_fields({}, {})).f1 == 0.0
