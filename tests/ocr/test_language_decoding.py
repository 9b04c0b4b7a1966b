from __future__ import annotations

import itertools
import unicodedata

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ocr.engines.networks.alternatives import Alternatives
from ocr.language import open_language

VOWELS = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵ"
SMALL = VOWELS + "bcdđfghjklmnpqrstvwxz"
CHARSET = tuple(SMALL + SMALL.upper() + "0123456789.,;:/-()%'\"&²@ ")
KEPT = 5

Step = dict[str, float]
"""Symbols ("" is the blank) and probabilities of one step."""


def seen(steps: list[Step]) -> Alternatives:
    """What a recogniser would hand over for these steps."""
    values = np.full((len(steps), KEPT), -20.0, np.float32)
    symbols = np.zeros((len(steps), KEPT), np.int32)
    blank = np.full(len(steps), -20.0, np.float32)
    for place, step in enumerate(steps):
        ordered = sorted(step.items(), key=lambda entry: -entry[1])
        spare = [symbol for symbol in CHARSET[:KEPT] if symbol not in step]
        for rank, (symbol, share) in enumerate([*ordered, *((symbol, 1e-9) for symbol in spare)][:KEPT]):
            values[place, rank] = np.log(max(share, 1e-9))
            symbols[place, rank] = CHARSET.index(symbol) + 1 if symbol else 0
        if "" in step:
            blank[place] = np.log(step[""])
    return Alternatives(values, symbols, blank, CHARSET, 10.0, 4.0)


def line(text: str, doubts: dict[int, Step] | None = None, *, sure: float = 0.9995) -> Alternatives:
    """A line that shows `text`; `doubts` puts other shares in the place of single characters."""
    steps: list[Step] = [{"": sure}]
    for place, character in enumerate(text):
        steps += [(doubts or {}).get(place, {character: sure}), {"": sure}]
    return seen(steps)


def text_of(alternatives: Alternatives) -> str:
    return " ".join(word.text for word in open_language().decode(alternatives))


printed = st.text(alphabet=(*CHARSET[:-1], " ", " ", " "), max_size=40).map(lambda text: " ".join(text.split()))


@given(printed)
@settings(max_examples=150, deadline=None)
def test_what_is_sure_stays_as_it_is(text: str) -> None:
    assert text_of(line(text, sure=0.9999999)) == text


@given(st.lists(st.dictionaries(st.sampled_from((*CHARSET, "")), st.floats(0.01, 1.0), min_size=1, max_size=4), max_size=30))
@settings(max_examples=100, deadline=None)
def test_words_are_in_order_composed_and_not_beyond_doubt(steps: list[Step]) -> None:
    shares = [{symbol: share / sum(step.values()) for symbol, share in step.items()} for step in steps]
    words = open_language().decode(seen(shares))
    for word in words:
        assert word.text
        assert " " not in word.text
        assert unicodedata.is_normalized("NFC", word.text)
        assert 0.0 < word.confidence < 1.0
        assert 0 <= word.first_step <= word.last_step < len(steps)
    assert all(one.last_step < two.first_step for one, two in itertools.pairwise(words))


@given(
    st.text(alphabet="0123456789", min_size=1, max_size=12),
    st.sampled_from(["{}", "Số: {}/QĐ-UBND", "ngày {}", "{}.000 đồng"]),
    st.data(),
)
@settings(max_examples=80, deadline=None)
def test_the_likelier_digit_stands_whatever_the_language_says(digits: str, frame: str, data: st.DataObject) -> None:
    text = frame.format(digits)
    place = text.index(digits) + data.draw(st.integers(0, len(digits) - 1))
    other = data.draw(st.sampled_from([digit for digit in "0123456789" if digit != text[place]]))
    assert text_of(line(text, {place: {text[place]: 0.6, other: 0.38, "": 0.02}})) == text


@pytest.mark.parametrize("other", ["o", "O", "l", "B", "S"])
def test_a_sure_digit_never_becomes_a_letter(other: str) -> None:
    assert text_of(line("Số: 105/QĐ-UBND", {5: {"0": 0.9, other: 0.1}})) == "Số: 105/QĐ-UBND"


@pytest.mark.parametrize(
    ("text", "place", "shares", "wanted"),
    [
        ("Càn cứ Luật Đất đai", 1, {"à": 0.6, "ă": 0.4}, "Căn cứ Luật Đất đai"),
        ("CỘNG HOA XÃ HỘI CHỦ NGHĨA", 7, {"A": 0.7, "À": 0.25}, "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA"),
        ("UY BAN NHÂN DÂN TỈNH", 0, {"U": 0.6, "Ủ": 0.39}, "ỦY BAN NHÂN DÂN TỈNH"),
        ("bằng 42 triệu đông", 15, {"ô": 0.9, "ồ": 0.09}, "bằng 42 triệu đồng"),
        ("chịu trách nhiêm thi hành", 14, {"ê": 0.8, "ệ": 0.2}, "chịu trách nhiệm thi hành"),
        ("Chú tịch Nguyễn Văn Thịnh", 2, {"ú": 0.6, "ủ": 0.4}, "Chủ tịch Nguyễn Văn Thịnh"),
    ],
)
def test_doubt_is_decided_by_the_language(text: str, place: int, shares: Step, wanted: str) -> None:
    assert text_of(line(text, {place: shares})) == wanted


def test_a_clear_misprint_stays() -> None:
    assert text_of(line("bảo đảm chất lương công trình", sure=0.99999)) == "bảo đảm chất lương công trình"


def test_both_places_of_a_tone_mark_stay_as_printed() -> None:
    for text in ("UỶ BAN NHÂN DÂN", "ỦY BAN NHÂN DÂN", "hoà giải ở cơ sở", "hòa giải ở cơ sở"):
        assert text_of(line(text)) == text


def test_the_picture_decides_where_a_tone_mark_stands() -> None:
    assert text_of(line("hoà giải ở cơ sở", {1: {"o": 0.7, "ò": 0.3}, 2: {"à": 0.7, "a": 0.3}})) == "hoà giải ở cơ sở"


def test_a_doubtful_space_is_read_where_two_words_stand() -> None:
    assert text_of(line("của Ủy ban nhân dân", {3: {"": 0.7, " ": 0.3}})) == "của Ủy ban nhân dân"
    assert text_of(line("trách nhi ệm", {9: {" ": 0.6, "": 0.4}})) == "trách nhiệm"


@pytest.mark.parametrize(
    ("shown", "wanted"),
    [("Số:15/QĐ-UBND", "Số: 15/QĐ-UBND"), ("Cần Thơ,ngày 18", "Cần Thơ, ngày 18"), ("Lưu: VT,KSTT.", "Lưu: VT, KSTT.")],
)
def test_lost_spaces_after_marks_are_found(shown: str, wanted: str) -> None:
    place = next(place for place, (one, two) in enumerate(zip(shown, wanted, strict=False)) if one != two)
    gap = {"": 0.93, " ": 0.04, "-": 0.02, "1": 0.005, "l": 0.004}
    steps: list[Step] = [{"": 0.999}]
    for position, character in enumerate(shown):
        steps += [gap] if position == place else []
        steps += [{character: 0.999}, {"": 0.999}]
    assert text_of(seen(steps)) == wanted


def test_a_list_mark_stays() -> None:
    assert text_of(line("- Như trên;", {0: {"-": 0.6, "": 0.4}})) == "- Như trên;"


def test_a_dash_at_the_end_of_a_line_stays() -> None:
    assert text_of(line("năm 2019 -", {9: {"-": 0.7, "": 0.3}})) == "năm 2019 -"


def test_a_number_stands_where_numbers_stand() -> None:
    assert text_of(line("ngày O1 tháng 3", {5: {"O": 0.6, "0": 0.38}})) == "ngày 01 tháng 3"


def test_a_lost_space_before_a_capital_is_found() -> None:
    assert text_of(line("quyết định củaỦy ban", {13: {"a": 0.9, "à": 0.1}})) == "quyết định của Ủy ban"


def test_accents_that_no_alternative_shows_are_found_for_words_that_do_not_exist() -> None:
    assert text_of(line("kết quả gõm có", {9: {"õ": 0.7, "ỏ": 0.2, "ó": 0.05, "o": 0.03, "ô": 0.01}})) == "kết quả gồm có"


@pytest.mark.parametrize("text", ["a.b@sonv.gov.vn", "079203001234", "1.250.000", "30/2020/NĐ-CP", "12/03/2024", "07h30", "QĐ-TTg"])
def test_codes_pass(text: str) -> None:
    middle = len(text) // 2
    assert text_of(line(text, {middle: {text[middle]: 0.8, "x": 0.2}})) == text


def test_an_empty_line_has_no_words() -> None:
    language = open_language()
    assert language.decode(seen([])) == ()
    assert language.decode(seen([{"": 0.99}] * 5)) == ()
    assert language.decode(line("   ")) == ()


def test_a_word_stands_where_its_letters_are() -> None:
    words = open_language().decode(line("Nơi nhận:"))
    assert [(word.text, word.first_step, word.last_step) for word in words] == [("Nơi", 1, 5), ("nhận:", 9, 17)]


def test_doubt_lowers_confidence() -> None:
    language = open_language()
    sure = language.decode(line("Thửa đất"))[0]
    doubtful = language.decode(line("Thửa đất", {2: {"ử": 0.45, "ừ": 0.45, "": 0.1}}))[0]
    assert doubtful.confidence < sure.confidence
