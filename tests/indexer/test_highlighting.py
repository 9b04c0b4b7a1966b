"""Why a page matched: marked words and their boxes, by the index's own rules."""

import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.model import Box, Page
from dossier.text import tokenise
from indexer import highlight, matched_boxes, parse_query
from indexer.matching import find_matches, is_near

TEXT = "Căn cứ Quyết định số 2723/QĐ-UBND ngày 25 tháng 5\nnăm 1980 của Uỷ ban nhân dân tỉnh Hoà Bình"


@pytest.mark.parametrize(
    ("query", "marked"),
    [
        ("quyết định", ["Quyết định"]),
        ("định quyết", ["Quyết", "định"]),
        ("quyet dinh", ["Quyết định"]),
        ('"quyết định"', ["Quyết định"]),
        ('"quyêt định"', []),
        ("2723/qđ", ["2723/QĐ"]),
        ("25/5/1980", ["ngày 25 tháng 5\nnăm 1980"]),
        ("ủy", ["Uỷ"]),
        ("hòa*", ["Hoà"]),
        ("binx~", ["Bình"]),
        ("-bình căn", ["Căn"]),
        ("cơ quan:bình", []),
        ("ban OR khác", ["ban"]),
        ("dan quyet", []),
        ("UBND tỉnh", ["UBND", "Uỷ ban nhân dân", "tỉnh"]),
        ("ubnd tinh", ["Uỷ ban nhân dân tỉnh"]),
        ('"UBND"', ["UBND"]),
        ("QĐ", ["QĐ", "Quyết định"]),
        ("phú thọ", ["Hoà Bình"]),
        ("bìnhh~", ["Bình"]),
        ("2728/QĐ", []),
    ],
)
def test_marked_words(query: str, marked: list[str]) -> None:
    found = find_matches(tokenise(TEXT), parse_query(query))
    tokens = tokenise(TEXT)
    assert {TEXT[tokens[match.first].start : tokens[match.last].end] for match in found} == set(marked)


def test_wide_reading_marks_words_apart() -> None:
    assert not highlight(TEXT, parse_query("dan quyet"))
    (snippet,) = highlight(TEXT, parse_query("dan quyet"), wide=True)
    assert [snippet.text[start:end] for start, end in snippet.spans] == ["Quyết", "dân"]


@pytest.mark.parametrize(
    ("query", "marked"),
    [
        ("giao dat tai dinh cu", ["giao đất tái định cư"]),
        ("giao dat tai dinh cu phuong", ["giao đất tái định cư", "Phường"]),
        ("giao dat phuong tai dinh", ["giao đất", "Phường", "tái định"]),
        ("giao đất tái định cưu", ["giao đất tái định"]),
        ("giao dta~ tai dinh", ["giao đất tái định"]),
        ("phuong my dinh cu tru tai so", ["Phường Mỹ Đình, cư trútại số"]),
    ],
)
def test_words_are_marked_where_most_of_the_question_stands_side_by_side(query: str, marked: list[str]) -> None:
    text = "Phường Mỹ Đình, cư trútại số 5; về giao đất tái định cư cho ông Đinh Văn Tài tại khu dân cư"
    (snippet,) = highlight(text, parse_query(query), wide=True, count=1)
    found = [snippet.text[start:end] for start, end in snippet.spans]
    assert list(dict.fromkeys(word for word in found if len(word.split()) > 1)) == [part for part in marked if " " in part]
    assert set(marked) <= set(found)


def test_snippets_are_escaped_and_the_best_comes_first() -> None:
    text = "ngân sách " + "x " * 100 + "<b>ngân sách</b> & tỉnh " + "y " * 100
    first, second = highlight(text, parse_query("ngân sách tỉnh"), window=10)
    assert "&lt;b&gt;<em>ngân sách</em>&lt;/b&gt; &amp; <em>tỉnh</em>" in first.html()
    assert second.html().startswith("<em>ngân sách</em> x")
    assert len(first.text.split()) <= 12


def test_spans_in_decomposed_text_are_exact() -> None:
    text = unicodedata.normalize("NFD", "a " * 50 + "quyết định")
    (snippet,) = highlight(text, parse_query('"quyết định"'))
    ((start, end),) = snippet.spans
    assert unicodedata.normalize("NFC", snippet.text[start:end]) == "quyết định"


def test_boxes_are_joined_along_each_line(page: Callable[..., Page]) -> None:
    made = page("Căn cứ Quyết\nđịnh số 2723/QĐ-UBND của\nquyết toán")
    boxes = matched_boxes(made, parse_query('"quyết định" số'))
    assert [(box.box, box.text, box.exact) for box in boxes] == [
        (Box(240, 100, 340, 130), "Quyết", True),
        (Box(100, 140, 180, 170), "định", True),
        (Box(200, 140, 240, 170), "số", True),
    ]
    (number,) = matched_boxes(made, parse_query("QĐ-UBND"))
    assert (number.box, number.text) == (Box(260, 140, 500, 170), "2723/QĐ-UBND")
    assert [box.exact for box in matched_boxes(made, parse_query("quyet"))] == [False, False]
    assert matched_boxes(page(""), parse_query("a")) == ()


def test_boxes_of_another_form_are_those_of_its_words(page: Callable[..., Page]) -> None:
    made = page("của Ủy ban\nnhân dân tỉnh")
    assert [(box.text, box.exact) for box in matched_boxes(made, parse_query("ubnd"))] == [("Ủy ban", False), ("nhân dân", False)]


@given(st.text("abc", max_size=5), st.text("abc", max_size=5))
def test_near_means_one_edit(one: str, other: str) -> None:
    edits = {one}
    for at in range(len(one) + 1):
        edits |= {one[:at] + letter + one[at:] for letter in "abc"}
        edits |= {one[:at] + letter + one[at + 1 :] for letter in "abc"} if at < len(one) else set()
        edits |= {one[:at] + one[at + 1 :], one[:at] + one[at + 1 : at + 2] + one[at : at + 1] + one[at + 2 :]}
    assert is_near(one, other) == (other in edits)
    assert is_near(one, other) == is_near(other, one)
