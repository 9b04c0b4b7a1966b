"""Other ways to write words: which are known, and that no word is taken for another."""

import pytest

from benchmarks.judged_queries import _telex
from dossier.catalogues import gazetteer
from dossier.catalogues.abbreviations import abbreviations
from dossier.text import exact_key, fold
from dossier.text.syllables import is_bare_syllable, is_syllable
from indexer.expanding import OtherKind, as_meant, damaged_forms, misread_numbers, spans_of


def test_the_catalogue_of_abbreviations_is_whole() -> None:
    pairs = abbreviations()
    assert len(pairs) >= 150
    assert len({(pair.short, pair.long) for pair in pairs}) == len(pairs)
    assert {pair.kind for pair in pairs} == {"body", "type", "term", "place"}
    assert all(pair.short and pair.long and len(pair.long) > len(pair.short) for pair in pairs)


@pytest.mark.parametrize(
    ("words", "span", "kind", "other"),
    [
        ("UBND huyện", "UBND", OtherKind.LONG_FORM, "Ủy ban nhân dân"),
        ("tỉnh hội đồng nhân dân", "hội đồng nhân dân", OtherKind.ABBREVIATION, "HĐND"),
        ("Uỷ ban nhân dân", "Uỷ ban nhân dân", OtherKind.ABBREVIATION, "UBND"),
        ("tinh song be", "song be", OtherKind.LATER_NAME, "Đồng Nai"),
        ("Bộ Thủy sản", "Bộ Thủy sản", OtherKind.LATER_NAME, "Bộ Nông nghiệp và Môi trường"),
        ("phường Sài Đồng", "phường Sài Đồng", OtherKind.LATER_NAME, "Phường Phúc Lợi"),
    ],
)
def test_names_with_other_forms(words: str, span: str, kind: OtherKind, other: str) -> None:
    texts = tuple(words.split())
    found = {" ".join(texts[one.first : one.last + 1]): one.others for one in spans_of(texts)}
    assert (kind, other) in [(form.kind, form.text) for form in found[span]]


@pytest.mark.parametrize(
    "words", ["quyết định", "hạ tây", "xã Hòa Bình", "thông tư", "thong tu", "đất", "xã Tân Lập", "Phường cho"]
)
def test_what_has_no_other_form_or_may_be_several_is_left(words: str) -> None:
    assert spans_of(tuple(words.split())) == ()


def test_misread_forms_are_no_syllables() -> None:
    assert "quyel" in damaged_forms("quyet")
    assert "chúm" not in damaged_forms("chung")
    for word in ("quyet", "dinh", "nguyen", "uy", "ubnd"):
        assert not any(is_bare_syllable(form) for form in damaged_forms(word))
    assert ("2123", "qd") in list(misread_numbers(("2723", "qd")))


def test_telex_keys_of_every_syllable_in_place_names_are_understood() -> None:
    syllables = {word.lower() for unit in list(gazetteer())[:3000] for word in unit.name.split() if is_syllable(word)}
    typed = {word: _telex(word) for word in syllables}
    proof = "ddaats"
    meant = {word: as_meant((proof, keys))[1] for word, keys in typed.items() if not is_bare_syllable(keys)}
    # "choongs" may be chống and choóng; the first is a word
    assert [word for word, found in meant.items() if exact_key(found) != exact_key(word) and "oo" not in fold(word)] == []


@pytest.mark.parametrize(
    ("keys", "meant"),
    [("quye61t d9inh5 xa4", "quyết định xã"), ("DDINHJ Giaos", "ĐỊNH Giáo"), ("cho baf Phan Ngọc", "cho bà Phan Ngọc")],
)
def test_keys_of_both_ways_of_typing_keep_their_capitals(keys: str, meant: str) -> None:
    assert " ".join(as_meant(keys.split())) == meant


@pytest.mark.parametrize("words", ["tổ5 lo12 xa4", "quyet dinh giao dat", "office max", "UBND xa", "Max Box", "quyết định"])
def test_words_that_are_no_telex_stay(words: str) -> None:
    assert as_meant(words.split()) == tuple(words.split())
