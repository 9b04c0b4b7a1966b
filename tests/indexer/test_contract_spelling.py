"""Did-you-mean and accented readings on every engine, among what the reader may see."""

from collections.abc import Callable

import pytest

from dossier.model import OPERATOR, Access, AccessLevel, Reader
from indexer import Index, Put
from indexer.spelling import Reading, better_spelling, readings_of

CLERK = Reader("clerk", frozenset({"office"}), AccessLevel.OPEN, today=20260101)
OPEN, CLOSED = Access(("office",)), Access(("police",))


@pytest.fixture
def filled(index: Index, put: Callable[..., Put]) -> Index:
    """Forty papers about land and budgets with the words that recognisers damaged in some, and a closed one."""
    puts = [
        put(
            f"q{n}",
            f"ủy ban nhân dân xã {'má' if n < 3 else 'mã'} số nghị quyết hải dương",
            subject="Quyết định về đất đai",
            access=OPEN,
        )
        for n in range(30)
    ]
    puts += [put(f"b{n}", "hội đồng nhân dân mà thôi", subject="Dự toán ngân sách tỉnh Hòa Bình", access=OPEN) for n in range(9)]
    puts += [put("o1", "quyêt đinh cũ hai dương", subject="Chuyện đường hẹp", access=OPEN)]
    puts += [put(f"s{n}", "mạ vàng bạch mã", subject="Chuyên án bạch mã", access=CLOSED) for n in range(3)]
    index.write(puts)
    index.refresh()
    return index


MEANT = {
    "quyet dinh": "quyết định",
    "QUYET DINH": "QUYẾT ĐỊNH",
    "quyet dinh ve": "quyết định về",
    "quyết đinhj": "quyết định",
    "quyeets ddinhj": "quyết định",
    "quye61t d9inh5": "quyết định",
    "qyuết định": "quyết định",
    "quyêt đinh": "quyết định",
    "quyetdinh": "quyết định",
    "ngan sach tinh hoa binh": "ngân sách tỉnh hòa bình",
    "ngân sách": None,
    "hai duong": "hải dương",
    '~"quyet dinh" dat dai': '~"quyet dinh" đất đai',
    "dat dai -hội": "đất đai -hội",
    "loại:abc dat": None,
    "zzzz": None,
    "": None,
}


def test_what_was_meant_is_offered_when_it_finds_something(filled: Index) -> None:
    wrong = {typed: found for typed, meant in MEANT.items() if (found := better_spelling(filled, typed, reader=CLERK)) != meant}
    assert wrong == {}


def test_nothing_is_offered_because_of_closed_papers(filled: Index) -> None:
    assert better_spelling(filled, "bach ma", reader=OPERATOR) == "bạch mã"
    assert better_spelling(filled, "bach ma", reader=CLERK) is None
    nobody = Reader("nobody", frozenset(), AccessLevel.OPEN, today=20260101)
    assert better_spelling(filled, "quyet dinh", reader=nobody) is None
    assert readings_of(filled, "ma", reader=nobody) == ()


def test_readings_of_a_bare_syllable(filled: Index) -> None:
    assert readings_of(filled, "ma", reader=CLERK) == (Reading("mã", 27), Reading("mà", 9), Reading("má", 3))
    assert readings_of(filled, "ma", reader=OPERATOR)[0] == Reading("mã", 30)
    assert Reading("mạ", 3) in readings_of(filled, "MA", reader=OPERATOR)
    assert readings_of(filled, "quyet dinh", reader=CLERK) == () == readings_of(filled, "", reader=CLERK)


def test_anything_may_be_typed(filled: Index) -> None:
    for typed in (
        "\0",
        "\ud800 quyet",
        "(",
        '"',
        "a" * 3000,
        "quyet " * 300,
        ".* [a",
        "\u0301",
        "-",
        "số:",
        "*",
        "ma\x1f",
        "w2|",
        "🙂",
    ):
        better_spelling(filled, typed, reader=CLERK)
        readings_of(filled, typed, reader=CLERK)
