"""The query language: what is read, how it is said back, what is refused and where."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.errors import BadQuery
from dossier.messages import LANGUAGES, Messages
from indexer import Query, interpret, parse_query
from indexer.query import And, DateWord, Everything, InDays, InField, Not, Or, Phrase, Prefix, TextField, Word, leaves


def test_tree_of_a_question() -> None:
    tree = parse_query('Hoà Bình -mật (a1 OR "quyết định") số:15/QĐ-UBND năm:1980 25/5/1980 quy*')
    assert tree == And(
        (
            Word("Hoà"),
            Word("Bình"),
            Not(Word("mật")),
            Or((Word("a1"), Phrase("quyết định", exact=True))),
            InField(TextField.NUMBER, Word("15/QĐ-UBND")),
            InDays("1980", 19800101, 19801231),
            DateWord("25/5/1980", 19800525),
            Prefix("quy"),
        )
    )


@pytest.mark.parametrize("text", ["", "  ", "*", "- , .", "\u00a0"])
def test_nothing_asked_is_everything(text: str) -> None:
    assert parse_query(text) == Everything()


@pytest.mark.parametrize(
    ("text", "narrow", "wide"),
    [
        ("quyet dinh 2723", '~"quyet dinh" 2723', "quyet dinh 2723"),
        ("quyết định 2723", "quyết định 2723", "quyết định 2723"),
        ("quyet dinh OR hoa binh", '~"quyet dinh" OR ~"hoa binh"', "quyet dinh OR hoa binh"),
        ("a b (c OR d)", '~"a b" (c OR d)', "a b (c OR d)"),
        ("cơ quan ban hành:(so noi vu)", 'agency:(~"so noi vu")', "agency:(so noi vu)"),
        ("“hoà  bình” thuỷ~ quy*", '"hoà bình" thuỷ~ quy*', '"hoà bình" thuỷ~ quy*'),
        ("ngày: 25 tháng 5 năm 1980", "date:1980-05-25", "date:1980-05-25"),
        ('date:"5/1980"', "date:1980-05-01..1980-05-31", "date:1980-05-01..1980-05-31"),
        ("-(a OR b) -c", "-(a OR b) -c", "-(a OR b) -c"),
        ("2723/QĐ-UBND~", "2723/QĐ-UBND~", "2723/QĐ-UBND~"),
        ("quyeets ddinhj", "quyết định", "quyết định"),
        ("8:30 họp, tại: xã", None, None),
    ],
)
def test_interpreted(text: str, narrow: str | None, wide: str | None) -> None:
    if narrow is None:
        with pytest.raises(BadQuery):
            parse_query(text)
        return
    assert interpret(parse_query(text)) == narrow
    assert interpret(parse_query(text), wide=True) == wide


@pytest.mark.parametrize(
    ("text", "position", "problem"),
    [
        ("giấy foo:bar", 5, "unknown_field"),
        ('giấy "mở', 5, "unclosed_quote"),
        ('giấy ~"mở', 5, "unclosed_quote"),
        ('a ""', 2, "empty_phrase"),
        ("a (b", 2, "unclosed_bracket"),
        ("a ()", 2, "empty_bracket"),
        ("a) b", 1, "stray_bracket"),
        ("OR a", 0, "or_without_sides"),
        ("a OR", 2, "or_without_sides"),
        ("a OR OR b", 5, "or_without_sides"),
        ("(a OR) b", 3, "or_without_sides"),
        ("số:", 0, "empty_field"),
        ("(số: )", 1, "empty_field"),
        ("số:(1 loại:b)", 6, "nested_field"),
        ("năm:mới", 4, "bad_date"),
        ("năm:1980..x", 4, "bad_date"),
        ("a*", 0, "prefix_too_short"),
        ("giấy *", 5, "prefix_too_short"),
        ("qu*yet", 2, "star_inside"),
        ("hoà-bình*", 0, "one_word_only"),
        ("ab~", 0, "fuzzy_too_short"),
        ("aa* bb* cc* dd*", 12, "too_many_prefixes"),
        ("từ " * 33, 96, "too_many_words"),
        ("(" * 11 + "a" + ")" * 11, 11, "too_deep"),
        ("a" * 2001, 2000, "too_long"),
    ],
)
def test_refused_with_its_place(text: str, position: int, problem: str) -> None:
    with pytest.raises(BadQuery) as caught:
        parse_query(text)
    assert caught.value.facts["problem"] == f"query.{problem}"
    assert caught.value.facts["position"] == position
    for language in LANGUAGES:
        sentence = Messages(language).error(caught.value)
        assert str(position) in sentence
        assert "query." not in sentence


@given(st.text(alphabet='ab1đệ "~()-*:ORsố.,/“”\n', max_size=40))
def test_any_text_is_read_or_refused_and_what_was_read_can_be_said_again(text: str) -> None:
    tree: Query | BadQuery
    try:
        tree = parse_query(text)
    except BadQuery as problem:
        tree = problem
    if isinstance(tree, BadQuery):
        assert 0 <= int(tree.facts["position"]) <= len(text)
        return
    again = parse_query(interpret(tree, wide=True))
    assert interpret(again, wide=True) == interpret(tree, wide=True)
    assert len(list(leaves(again))) == len(list(leaves(tree)))
