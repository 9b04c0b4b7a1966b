"""Numbers in words, and lists of people in Vietnamese order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.catalogues.surnames import COMMON_SURNAMES, SECOND_WORDS, SURNAMES
from dossier.text import NUMBER_WORDS, fold, given_name, name_sort_key, number_of_words, sort_key, words_of_number
from dossier.text.collation import LAST
from dossier.text.numerals import LARGEST


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("không", 0),
        ("Một trăm hai mươi triệu", 120_000_000),
        ("một nghìn không trăm lẻ năm", 1_005),
        ("một ngàn không trăm linh năm", 1_005),
        ("hai mươi mốt", 21),
        ("hai mốt", 21),
        ("ba mươi tư", 34),
        ("chín mươi lăm", 95),
        ("mười lăm", 15),
        ("năm vạn", 50_000),
        ("Một tỷ rưỡi", 1_500_000_000),
        ("hai triệu rưỡi", 2_500_000),
        ("hai tỉ ba trăm triệu", 2_300_000_000),
        ("Ba muoi lam trieu", 35_000_000),
        ("trăm", None),
        ("một hai ba", None),
        ("triệu nghìn", None),
        ("hai nghìn ba triệu", None),
        ("một người", None),
        ("", None),
    ],
)
def test_words_say_numbers(words, number):
    assert number_of_words(words) == number


@given(st.integers(0, LARGEST))
def test_a_number_comes_back_from_its_words(number):
    words = words_of_number(number)
    assert number_of_words(words) == number
    assert number_of_words(fold(words).upper()) == number
    assert set(fold(words).split()) <= NUMBER_WORDS


@pytest.mark.parametrize("number", [-1, LARGEST + 1])
def test_numbers_without_words_are_refused(number):
    with pytest.raises(ValueError, match="between"):
        words_of_number(number)


def test_people_are_listed_by_their_given_name():
    names = [
        "Trần Văn Ý",
        "Nguyễn Văn An",
        "Lê Thị Ân",
        "Bùi Anh",
        "Nguyễn Thị An",
        "Đỗ Văn Ánh",
        "Y Blăk Niê",
        "H'Hen Niê",
        "Đặng Văn Đạt",
    ]
    assert sorted(names, key=name_sort_key) == [
        "Nguyễn Thị An",
        "Nguyễn Văn An",
        "Bùi Anh",
        "Đỗ Văn Ánh",
        "Lê Thị Ân",
        "Y Blăk Niê",
        "Đặng Văn Đạt",
        "H'Hen Niê",
        "Trần Văn Ý",
    ]
    assert name_sort_key(" ") == LAST
    assert given_name("") == ""


NAMES = st.builds(
    lambda *parts: " ".join(parts), st.sampled_from(SURNAMES), st.sampled_from(SECOND_WORDS), st.sampled_from(SECOND_WORDS)
)


@given(NAMES, NAMES)
def test_the_given_name_decides_first(one, other):
    if sort_key(given_name(one)) < sort_key(given_name(other)):
        assert name_sort_key(one) < name_sort_key(other)
    assert (name_sort_key(one) == name_sort_key(other)) == (one == other)


def test_family_names_are_listed_once():
    for names in (SURNAMES, COMMON_SURNAMES, SECOND_WORDS):
        assert len(set(names)) == len(names)
    assert set(COMMON_SURNAMES) <= set(SURNAMES)
