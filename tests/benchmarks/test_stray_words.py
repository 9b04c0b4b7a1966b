"""Stray words: what may be a reading of something printed, and what is none."""

from __future__ import annotations

from benchmarks.stray_words import PlacedWord, Region, stray_words

PRINTED = ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Nguyễn Văn Bình")
SEAL = ("ỦY BAN NHÂN DÂN XÃ HÒA BÌNH",)


def words(text: str) -> list[str]:
    return text.split()


def test_what_is_printed_is_not_stray() -> None:
    assert stray_words(words("CHỦ TỊCH Nguyễn Văn Bình TM. ỦY BAN NHÂN DÂN"), PRINTED) == []


def test_a_misread_word_is_an_error_and_no_stray_word() -> None:
    assert stray_words(words("CHU TICH Nguyẽn Vãn Bỉnh"), PRINTED) == []


def test_scraps_are_stray() -> None:
    assert stray_words(words("CHỦ TỊCH x~ Nguyễn Văn Bình (l"), PRINTED) == ["x~", "(l"]


def test_a_printed_word_explains_one_word_only() -> None:
    assert stray_words(words("Bình Bình"), PRINTED) == ["Bình"]


def test_words_alike_to_the_letter_find_each_other_before_those_that_are_merely_alike() -> None:
    assert stray_words(words("Binh Bình"), PRINTED) == ["Binh"]


def test_words_of_the_seal_may_be_read() -> None:
    assert stray_words(words("HÒA BÌNH XÃ"), (), SEAL) == []
    assert stray_words(words("A *"), (), SEAL) == ["A", "*"]


def test_nothing_read_is_nothing_stray() -> None:
    assert stray_words([], PRINTED, SEAL) == []


def test_a_region_holds_the_words_whose_middle_lies_in_it() -> None:
    region = Region(10, 20, 30, 40)
    assert region.holds(PlacedWord("có", 10, 40))
    assert not region.holds(PlacedWord("không", 31, 30))
    assert not region.holds(PlacedWord("không", 20, 19))
