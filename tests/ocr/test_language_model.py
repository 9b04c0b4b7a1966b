from __future__ import annotations

import time
import unicodedata
from pathlib import Path

import pytest

from dossier.errors import ChangedModel, MissingTool
from ocr.language.model_file import FILE, SPECIAL, open_model_file
from ocr.language.ngrams import NOTHING, Ngrams
from ocr.language.scoring import LINE_START, Scoring
from ocr.language.weights import WEIGHTS
from ocr.language.words import Case, Kind, key, letter_case, parts


@pytest.fixture(scope="module")
def ngrams() -> Ngrams:
    return Ngrams(open_model_file())


def test_the_file_is_small_and_opens_quickly() -> None:
    assert FILE.stat().st_size <= 8_000_000
    spent = []
    for _ in range(3):
        start = time.process_time()
        Ngrams(open_model_file())
        spent.append(time.process_time() - start)
    assert min(spent) <= 0.05


@pytest.mark.parametrize("context", [("",), ("", "nhân"), ("ủy", "ban"), ("xã", "hội"), ("", "khoai")])
def test_probabilities_of_all_words_make_one(ngrams: Ngrams, context: tuple[str, ...]) -> None:
    numbers = [ngrams.number(word) if word else NOTHING for word in (*[""] * (2 - len(context)), *context)]
    size = len(open_model_file().words)
    whole = sum(2.718281828 ** ngrams.log_probability(numbers[0], numbers[1], word) for word in range(size))
    assert whole == pytest.approx(1.0, abs=0.05)


def test_context_decides(ngrams: Ngrams) -> None:
    first, last = ngrams.number("ủy"), ngrams.number("ban")
    assert ngrams.log_probability(first, last, ngrams.number("nhân")) > -0.5
    assert ngrams.log_probability(NOTHING, NOTHING, ngrams.number("nhân")) < -4


def test_special_words_are_no_words(ngrams: Ngrams) -> None:
    assert all(ngrams.number(word) == 0 for word in SPECIAL)


def test_a_missing_file_says_how_to_make_it(tmp_path: Path) -> None:
    with pytest.raises(MissingTool) as caught:
        open_model_file(tmp_path / "none.bin")
    assert "build_language" in str(caught.value.facts)


@pytest.mark.parametrize("damage", [lambda data: b"", lambda data: data[:-1], lambda data: b"X" + data[1:], lambda data: data[:40]])
def test_a_damaged_file_is_refused(tmp_path: Path, damage) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "vietnamese.bin"
    path.write_bytes(damage(FILE.read_bytes()))
    with pytest.raises(ChangedModel):
        open_model_file(path)


def worth(scoring: Scoring, text: str) -> float:
    """Log probability of a text a word, its capitals counted."""
    words = unicodedata.normalize("NFC", text).split()
    before, total = LINE_START, 0.0
    for word in words:
        token = scoring.token(word)
        total += scoring.language(token, before) + token.cases[before[2]]
        _, before = scoring.worth(token, before)
    return total / len(words)


def test_good_text_is_likelier_than_its_misreadings() -> None:
    file = open_model_file()
    scoring = Scoring(file, Ngrams(file), WEIGHTS)
    pairs = [
        ("Căn cứ Luật Đất đai", "Cản cử Luât Đãt đai"),
        ("CHỦ TỊCH", "CHỦ TICH"),
        ("Nguyễn Văn Thịnh", "Nguyên Văn Thinh"),
        ("Số: 15/QĐ-UBND", "S6: 15/QĐ-UBND"),
        ("phòng, chống thiên tai", "phòng, chống thiên tại"),
    ]
    for good, bad in pairs:
        assert worth(scoring, good) > worth(scoring, bad), (good, bad)


@pytest.mark.parametrize(
    ("word", "lead", "core", "tail", "kind"),
    [
        ("(nhân", "(", "nhân", "", Kind.WORD),
        ("dân),", "", "dân", "),", Kind.WORD),
        ("30/2020/NĐ-CP;", "", "30/2020/NĐ-CP", ";", Kind.CODE),
        ("01/01/2024.", "", "01/01/2024", ".", Kind.NUMBER),
        ("HIV/AIDS", "", "HIV/AIDS", "", Kind.CODE),
        ("QĐ-TTg", "", "QĐ-TTg", "", Kind.CODE),
        ("PT-TH.", "", "PT-TH", ".", Kind.CODE),
        ("Ban-căng", "", "Ban-căng", "", Kind.WORD),
        ("và/hoặc", "", "và/hoặc", "", Kind.WORD),
        ("m²,", "", "m²", ",", Kind.CODE),
        ("S6:", "", "S6", ":", Kind.CODE),
        ("nh4n", "", "nh4n", "", Kind.JUMBLE),
        ("./.", "", "", "./.", Kind.MARKS),
        ("x@y.vn", "", "x@y.vn", "", Kind.CODE),
    ],
)
def test_parts(word: str, lead: str, core: str, tail: str, kind: Kind) -> None:
    taken = parts(word)
    assert (taken.lead, taken.core, taken.tail, taken.kind) == (lead, core, tail, kind)
    assert taken.lead + taken.core + taken.tail == word


def test_keys_join_the_two_places_of_a_tone_mark() -> None:
    assert [key(word) for word in ("Hoà", "UỶ", "khoẻ", "quý", "Quỳ", "toán", "ngoại")] == [
        "hòa", "ủy", "khỏe", "quý", "quỳ", "toán", "ngoại",
    ]  # fmt: skip


def test_letter_case() -> None:
    words = {"và": Case.LOWER, "Và": Case.TITLE, "Đ": Case.TITLE, "UBND": Case.UPPER, "TTg": Case.MIXED, "KH-UBND": Case.UPPER}
    assert {word: letter_case(word) for word in words} == words
