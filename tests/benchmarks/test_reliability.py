"""Confidence of words: which count as right, and the calibration error worked out by hand."""

from __future__ import annotations

import pytest

from benchmarks.reliability import BINS, JudgedWord, bins, calibration_error, judge_words
from dossier.model import Box, Line, Word

PRINTED = (
    "ỦY BAN NHÂN DÂN HUYỆN HÒA AN",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Điều 1. Giao đất ở không thu tiền sử dụng đất cho 12 hộ gia đình",
    "Nguyễn Văn Bình",
)
BOX = Box(0, 0, 10, 10)


def line(text: str, confidence: float = 0.9) -> Line:
    """A line that was read."""
    return Line(BOX, tuple(Word(word, BOX, confidence) for word in text.split()))


def wrong(*read: str, optional: tuple[str, ...] = ()) -> list[int]:
    """Places of the words that are judged wrong."""
    judged = judge_words([line(text) for text in read], PRINTED, optional)
    return [place for place, word in enumerate(judged) if not word.right]


def test_words_read_as_printed_are_right_in_any_order_of_lines() -> None:
    assert wrong(*reversed(PRINTED)) == []
    assert len(judge_words([line(text) for text in PRINTED], PRINTED)) == sum(len(text.split()) for text in PRINTED)


def test_a_lost_accent_makes_a_word_wrong_and_no_other() -> None:
    assert wrong("Điều 1. Giao đất ở không thu tiên sử dụng đất cho 12 hộ gia đình") == [7]


def test_two_columns_run_together_are_right() -> None:
    assert wrong(f"{PRINTED[0]} {PRINTED[1]}") == []


def test_a_line_read_in_two_pieces_is_right() -> None:
    assert wrong("Điều 1. Giao đất ở không thu", "tiền sử dụng đất cho 12 hộ gia đình") == []


def test_an_invented_word_is_wrong() -> None:
    assert wrong("Nguyễn Văn Bình ~lg") == [3]
    assert wrong("%^ xq zzkk wv") == [0, 1, 2, 3]


def test_words_of_a_seal_are_not_judged() -> None:
    assert judge_words([line("SỞ TÀI CHÍNH")], PRINTED, ("SỞ TÀI CHÍNH TỈNH CAO BẰNG",)) == []
    assert len(judge_words([line("xyzzy kkk")], PRINTED, ("SỞ TÀI CHÍNH TỈNH CAO BẰNG",))) == 2


def test_bins_hold_every_word_once() -> None:
    words = [JudgedWord(confidence, right=True) for confidence in (0.0, 0.05, 0.1, 0.55, 0.999, 1.0)]
    found = bins(words)
    assert [each.words for each in found] == [2, 1, 0, 0, 0, 1, 0, 0, 0, 2]
    assert len(found) == BINS
    assert found[5].share_right == 1.0
    assert found[2].share_right == 0.0


def test_calibration_error_is_the_weighed_distance() -> None:
    sure = [JudgedWord(0.95, right=place < 9) for place in range(10)]  # 5 points too sure
    unsure = [JudgedWord(0.25, right=place < 5) for place in range(10)]  # 25 points too modest
    assert calibration_error(sure) == pytest.approx(0.05)
    assert calibration_error(unsure) == pytest.approx(0.25)
    assert calibration_error([*sure, *unsure]) == pytest.approx(0.15)
    assert calibration_error([]) == 0.0
