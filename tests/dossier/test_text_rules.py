"""The rules of Vietnamese text, one by one, on text from real papers."""

import time
import unicodedata

import pytest

from dossier.text import (
    Stream,
    fold,
    has_marks,
    join_streams,
    looks_like_number,
    normalise,
    number_key,
    sort_key,
    stream,
    tokenise,
    written_days,
)
from dossier.text.tokens import MAX_TOKEN


def test_normalise_repairs_what_real_files_hold() -> None:
    assert normalise("Văn thƣ\u00a0- Lƣu  trữ \r\n Ðiều\u200b 1 ") == "Văn thư - Lưu trữ\nĐiều 1"


def test_fold_takes_marks_and_keeps_the_rest() -> None:
    assert fold("Số: 15/QĐ-UBND, Hoà Bình") == "so: 15/qd-ubnd, hoa binh"
    assert fold(unicodedata.normalize("NFD", "Đường Nguyễn")) == "duong nguyen"


@pytest.mark.parametrize(("text", "marked"), [("quyet dinh", False), ("QĐ", True), ("quyết", True), ("2723/QD-UBND", False)])
def test_has_marks(text: str, marked: bool) -> None:
    assert has_marks(text) is marked


@pytest.mark.parametrize(
    ("one", "other"),
    [("hoà", "hòa"), ("THUỶ", "thủy"), ("khoẻ", "khỏe"), ("Ðất", "đất"), ("nƣớc", "nước"), ("uý", "úy")],
)
def test_two_spellings_of_one_exact_token(one: str, other: str) -> None:
    assert tokenise(one)[0].ex == tokenise(other)[0].ex


@pytest.mark.parametrize("word", ["quý", "hoàn", "khuỷu", "huệ", "già", "quà", "suýt"])
def test_syllables_with_one_form_stay(word: str) -> None:
    assert tokenise(word)[0].ex == word


@pytest.mark.parametrize(("one", "other"), [("kỹ", "kĩ"), ("lý", "lí"), ("quý", "quí"), ("Mỹ", "mĩ")])
def test_i_and_y_are_one_in_the_folded_stream_only(one: str, other: str) -> None:
    first, second = tokenise(one)[0], tokenise(other)[0]
    assert first.fo == second.fo
    assert first.ex != second.ex


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("\u0421\u0421\u0421\u0420", "cccp"),
        ("\u041dà", "Hà"),
        ("\u03a4\u03a1", "TP"),
        ("d\u0131ện", "diện"),
        ("\u0130n", "in"),
        ("\ufb01le", "file"),
        ("\uff11\uff15", "15"),
        ("m²", "m2"),
    ],
)
def test_letters_that_only_look_latin_are_one_token_with_latin_ones(one: str, other: str) -> None:
    assert stream(one) == stream(other)


def test_letters_of_other_alphabets_are_kept_as_written() -> None:
    assert (
        normalise("\u041c\u043e\u0441\u043a\u0432\u0430 \u0391\u0392\u0393 µm")
        == "\u041c\u043e\u0441\u043a\u0432\u0430 \u0391\u0392\u0393 µm"
    )


@pytest.mark.parametrize(
    ("one", "same"), [("05", True), ("005", True), ("050", False), ("0005", False), ("1005", True), ("00", False), ("0", False)]
)
def test_leading_zeros_of_days_and_numbers_are_one_in_the_folded_stream_only(one: str, same: bool) -> None:
    assert (tokenise(one)[0].fo == one.lstrip("0")) is same
    assert tokenise(one)[0].ex == one


@pytest.mark.parametrize("word", ["thúy", "tây", "vậy", "khuya"])
def test_other_y_stays_in_the_folded_stream(word: str) -> None:
    assert tokenise(word)[0].fo == fold(word)


def test_numbers_are_their_parts_in_place() -> None:
    assert [token.ex for token in tokenise("Số: 2723/QĐ-UBND")] == ["số", "2723", "qđ", "ubnd"]
    text = "x 2723/QĐ-UBND"
    assert [text[token.start : token.end] for token in tokenise(text)] == ["x", "2723", "QĐ", "UBND"]


@pytest.mark.parametrize(
    ("broken", "tokens"),
    [
        ("trư-\nờng", ["trường"]),
        ("docu-\n  ment", ["document"]),
        ("cách-\nmạng", ["cách", "mạng"]),
        ("Tuyên-\nQuang", ["tuyên", "quang"]),
        ("quy\u00ad\u1ebft", ["quyết"]),
    ],
)
def test_words_broken_at_a_line_end(broken: str, tokens: list[str]) -> None:
    assert [token.ex for token in tokenise(broken)] == tokens
    assert tokenise(broken)[-1].end == len(broken)


@pytest.mark.parametrize(
    "text", ["ngày 25 tháng 5 năm 1980", "Ngày  25\ntháng 05 năm 1980", "25/5/1980", "25-05-1980", "25.5.1980", "25/5 năm 1980"]
)
def test_dates_are_one_token_however_written(text: str) -> None:
    assert stream(f"Hà Nội, {text}.").dates == ("d19800525",)
    assert stream(unicodedata.normalize("NFD", text)).dates == ("d19800525",)


@pytest.mark.parametrize("text", ["31/2/1980", "25/13/1980", "1.025.5.1980", "15/2020/NĐ-CP", "ngày 32 tháng 1 năm 1980"])
def test_what_is_no_date_gives_no_date_token(text: str) -> None:
    assert stream(text).dates == ()


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("1980", (19800101, 19801231)),
        ("2/1980", (19800201, 19800229)),
        ("1980-02", (19800201, 19800229)),
        ("00/02/1980", (19800201, 19800229)),
        ("00/00/1980", (19800101, 19801231)),
        ("25/5/1980", (19800525, 19800525)),
        ("1980-05-25", (19800525, 19800525)),
        ("ngày 25 tháng 5 năm 1980", (19800525, 19800525)),
        ("1980-02-30", None),
        ("hôm qua", None),
        ("0001", None),
    ],
)
def test_days_of_a_written_date(text: str, days: tuple[int, int] | None) -> None:
    assert written_days(text) == days


@pytest.mark.parametrize("text", ["Số: 05/2020/NĐ-CP", "5/2020/nd–cp", "số 005 / 2020 / NĐ — CP"])
def test_one_key_for_every_way_to_print_a_number(text: str) -> None:
    assert number_key(text) == "5/2020/nd-cp"


@pytest.mark.parametrize(
    ("printed", "typed"),
    [("22-NQ/TU", "22/NQ/TU"), ("05 - KL/TW", "5-kl/tw"), ("45 QĐ/UB", "45/QĐ/UB"), ("3a-TB/HU", "3a/tb/hu")],
)
def test_papers_of_the_party_are_found_with_either_joint(printed: str, typed: str) -> None:
    assert number_key(printed) == number_key(typed)
    assert looks_like_number(printed)


@pytest.mark.parametrize(("text", "looks"), [("2723/QĐ-UBND", True), ("15/2020", False), ("quyết", False), ("3a/TB", True)])
def test_shape_of_a_number(text: str, looks: bool) -> None:
    assert looks_like_number(text) is looks


IN_ORDER = "10 9 an ăn ân ba bà bả bã bá bạ bà_con da đa e ê o ô ơ u ư y"


def test_vietnamese_order() -> None:
    ordered = [word.replace("_", " ") for word in IN_ORDER.split()]
    shuffled = [*ordered[7:], *ordered[:7]]
    assert sorted(shuffled, key=sort_key) == ordered
    assert sort_key("bà con") > sort_key("bạ")
    assert sort_key("") > sort_key("ỵ")
    assert sort_key("Về việc: họp") < sort_key("về việc hợp")


def test_joined_streams_keep_phrases_apart() -> None:
    joined = join_streams([Stream("a b", "a b"), Stream(), Stream("c", "c", ("d1",))], apart=True)
    assert joined == Stream("a b ¶ c", "a b ¶ c", ("d1",))
    assert tokenise("¶") == []


def test_long_garbage_is_cut_alike_in_both_streams() -> None:
    made = stream("đ" * 300 + " a")
    assert [len(token) for token in made.ex.split()] == [MAX_TOKEN, 1]
    assert len(made.fo.split()) == 2


def test_a_page_takes_a_few_milliseconds() -> None:
    page = " ".join(f"{word} {number}" for number in range(67) for word in ("quyết", "định", "phê", "duyệt", "ngân"))[:2400]
    stream(page)
    start = time.process_time()
    for _ in range(20):
        stream(page)
    assert (time.process_time() - start) / 20 < 0.010
