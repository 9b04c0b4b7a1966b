"""Keystrokes of Telex and VNI that no keyboard decoded, and slips of the hand."""

import pytest

from indexer.keystrokes import decoded
from indexer.slips import slips, splits

TELEX = {
    "quyeets": "quyết", "ddinhj": "định", "đinhj": "định", "dinhdj": "định", "quyetes": "quyết", "dduowngf": "đường",
    "duongwdf": "đường", "Nguyeenx": "nguyễn", "hoaf": "hòa", "thuyr": "thủy", "quys": "quý", "giaf": "già", "gif": "gì",
    "tuwj": "tự", "muaf": "mùa", "ngoaif": "ngoài", "khuyeens": "khuyến", "gieengs": "giếng", "giuwx": "giữ",
    "nuwowcs": "nước", "nuocws": "nước", "cuar": "của", "thuowr": "thuở", "quanr": "quản", "uyr": "ủy", "HUYEENJ": "huyện",
}  # fmt: skip
VNI = {
    "quye61t": "quyết",
    "quyet61": "quyết",
    "d9inh5": "định",
    "d9u7o7ng2": "đường",
    "duong972": "đường",
    "xa4": "xã",
    "ba8c1": "bắc",
}


@pytest.mark.parametrize(("typed", "meant"), [*TELEX.items(), *VNI.items()])
def test_keystrokes_make_the_syllable_that_was_meant(typed: str, meant: str) -> None:
    assert decoded(typed) == meant


@pytest.mark.parametrize("typed", ["quyết", "dinh", "UBND", "qđ", "w", "windows", "uyrban", "2723", "7a", "", "\0", "x" * 500, "5"])
def test_what_makes_no_syllable_is_left_alone(typed: str) -> None:
    assert decoded(typed) is None


def test_slips_and_missing_spaces() -> None:
    assert {"quyet", "quyen"} <= slips("quyepn") | slips("quyeh")
    assert "quyet" in slips("qyuết")
    assert "dinh" in slips("clinh")
    assert "tinh" in slips("tlnh")
    assert "thi" in slips("lhi")
    assert slips("x" * 300) == set() == slips("a")
    assert list(splits("quyetdinh")) == [("quyet", "dinh")]
    assert list(splits("ubnd")) == []
