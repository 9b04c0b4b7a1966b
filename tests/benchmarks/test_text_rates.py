"""Error rates of pages: what counts, and what does not."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.text_rates import Errors, clean, page_errors

PRINTED = (
    "ỦY BAN NHÂN DÂN",
    "XÃ HÒA BÌNH",
    "Số: 15/QĐ-UBND",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
    "Căn cứ Luật Đất đai ngày 18 tháng 01 năm 2024;",
    "Điều 1. Giao đất ở không thu tiền sử dụng đất cho 12 hộ gia đình",
)
CHARACTERS = sum(map(len, PRINTED))
WORDS = sum(len(line.split()) for line in PRINTED)


@pytest.mark.parametrize(
    "read",
    [
        PRINTED,
        PRINTED[::-1],
        tuple(unicodedata.normalize("NFD", line).replace(" ", "  ") for line in PRINTED),
        ("ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "XÃ HÒA BÌNH Độc lập - Tự do - Hạnh phúc", PRINTED[2], *PRINTED[5:]),
        (*PRINTED[:6], "Điều 1. Giao đất ở không thu tiền", "sử dụng đất cho 12 hộ gia đình"),
    ],
    ids=["same", "other order", "decomposed, more spaces", "columns merged", "line split"],
)
def test_the_same_words_cost_nothing(read: tuple[str, ...]) -> None:
    errors = page_errors(PRINTED, read)
    assert (errors.character_rate, errors.word_rate) == (0, pytest.approx(0, abs=0.06))
    assert errors.characters == CHARACTERS


def test_a_wrong_mark_is_one_character_and_one_word() -> None:
    read = [line.replace("Giao đất", "Giao dất") for line in PRINTED]
    assert page_errors(PRINTED, read) == Errors(CHARACTERS, 1, WORDS, 1)


def test_a_missing_line_counts_whole() -> None:
    errors = page_errors(PRINTED, PRINTED[:-1])
    assert errors.wrong_characters == len(PRINTED[-1])
    assert errors.wrong_words == len(PRINTED[-1].split())


def test_invented_text_counts_whole() -> None:
    assert page_errors(PRINTED, [*PRINTED, "zzzz zzzz"]).wrong_characters == len("zzzz zzzz")


def test_nothing_read_is_everything_wrong() -> None:
    assert page_errors(PRINTED, []) == Errors(CHARACTERS, CHARACTERS, WORDS, WORDS)


def test_text_on_a_blank_page_is_wrong_though_nothing_is_printed() -> None:
    assert page_errors([], ["rác"]).wrong_characters == 3


def test_seal_may_be_read_or_not() -> None:
    seal = "ỦY BAN NHÂN DÂN XÃ HÒA BÌNH"
    assert page_errors(PRINTED, [*PRINTED, "CÔNG VĂN ĐẾN"], optional=["CÔNG VĂN ĐẾN"]).wrong_characters == 0
    assert page_errors(PRINTED, PRINTED, optional=[seal]).wrong_characters == 0


def test_short_table_cells_are_counted_by_word() -> None:
    assert page_errors(["1", "2", "30"], ["1 30"]).wrong_words == 1


def test_errors_of_pages_add_up() -> None:
    total = Errors(10, 1, 4, 1) + Errors(30, 3, 8, 2)
    assert (total.character_rate, total.word_rate) == (0.1, 0.25)


@given(st.lists(st.text(alphabet="aăâbcdđeêô ủệ1-", max_size=40), max_size=8), st.lists(st.text(max_size=40), max_size=8))
def test_rates_of_any_page_are_bounded_and_a_perfect_reading_is_free(printed: list[str], read: list[str]) -> None:
    errors = page_errors(printed, read)
    most = max(sum(len(clean(line)) for line in printed), sum(len(clean(line)) for line in read))
    assert 0 <= errors.wrong_characters <= most + len(read) * 2
    assert page_errors(printed, printed).wrong_characters == 0
