"""Typeahead on every engine: what is offered, in which order, and that nothing of closed papers is."""

import random
from collections.abc import Callable

import pytest

from dossier.model import OPERATOR, Access, AccessLevel, Reader
from indexer import Delete, Index, Put
from indexer.hints import Lookup
from indexer.suggesting import Suggestion

CLERK = Reader("clerk", frozenset({"office"}), AccessLevel.OPEN, today=20260101)
WORDS = ["quyết", "định", "hoa", "binh", "thuỷ", "loi", "ubnd", "so", "noi"]
STRANGE = [
    "",
    " ",
    "\0",
    "¶",
    "a\0b",
    "\ud800",
    "\udfff q",
    "😀",
    "e\u0323\u0302",
    ".*",
    "w|2",
    "[a",
    "\\",
    "\x1f",
    "%",
    "x" * 5000,
    "27/" * 500,
    "(" * 900,
    "\u0301",
    "\uff11\uff12",
]
OPEN, CLOSED = Access(("office",)), Access(("police",))


def texts(suggestions: tuple[Suggestion, ...], kind: str | None = None) -> list[str]:
    return [one.text for one in suggestions if kind in (None, one.kind)]


@pytest.fixture
def filled(index: Index, put: Callable[..., Put]) -> Index:
    """Four papers everybody of the office may see, one only the police may."""
    heads = {
        "d1": ("2723", "QĐ-UBND", "Về việc phê duyệt quyết định đầu tư", "Nguyễn Văn Án", "UBND tỉnh Hòa Bình"),
        "d2": ("272", "QĐ-UBND", "V/v phê duyệt dự toán ngân sách", "Trần Thị Thúy", "UBND TỈNH HOÀ BÌNH"),
        "d3": ("15", "TB-SNV", "Thông báo kết quả quyết toán", "Trần Thị Thúy", "Sở Nội vụ"),
        "d4": ("16", "TB-SNV", "Má và mã số", "Lê Quý Đôn", "Sở Nội vụ"),
    }
    puts = [
        put(
            name,
            f"{about} trang thủy lợi kỹ thuật",
            dossier="đê điều",
            access=OPEN,
            **fields(number, notation, about, signer, agency),
        )
        for name, (number, notation, about, signer, agency) in heads.items()
    ]
    secret = fields("2799", "QĐ-CA", "Về việc quyết chiến chuyên án bạch mã", "Phạm Văn Kín", "Công an tỉnh")
    puts.append(put("d5", "kỳ lân chuyên án", access=CLOSED, dossier="chuyên án", **secret))
    index.write(puts)
    index.refresh()
    return index


def fields(number: str, notation: str, about: str, signer: str, agency: str) -> dict[str, str]:
    return {"code_number": number, "code_notation": notation, "subject": about, "signer_name": signer, "organ_name": agency}


def test_words_and_phrases_are_completed_with_their_marks(filled: Index) -> None:
    found = filled.suggest("quyet d", reader=CLERK)
    assert found[0] == Suggestion("phrase", "quyết định", 1, 0)
    assert "quyết định đầu" in texts(found)
    assert {"quyết định", "quyết toán"} <= set(texts(filled.suggest("quy", reader=CLERK), "phrase"))
    assert texts(filled.suggest("quy", reader=CLERK), "word")[0] == "quyết"
    assert "thủy" in texts(filled.suggest("thu", reader=CLERK), "word")  # stands in the text only
    assert "kỹ" in texts(filled.suggest("ky", reader=CLERK), "word")
    assert "kỹ" in texts(filled.suggest("ki", reader=CLERK), "word")
    assert Suggestion("phrase", "phê duyệt", 2, 4) in filled.suggest("v/v phe du", reader=CLERK)
    assert texts(filled.suggest("phê duyệt ", reader=CLERK)) == ["phê duyệt dự", "phê duyệt quyết"]


def test_marks_typed_come_first(filled: Index) -> None:
    words = texts(filled.suggest("mã", reader=CLERK), "word")
    assert words == ["mã", "má"]
    assert texts(filled.suggest("m", reader=CLERK), "word") == ["má", "mã"]
    assert texts(filled.suggest("hòa b", reader=CLERK), "agency")  # by a word inside the name, both styles of marks as one
    assert [one.count for one in filled.suggest("hoa b", reader=CLERK) if one.kind == "agency"] == [2]


def test_numbers_names_and_titles(filled: Index) -> None:
    assert texts(filled.suggest("27", reader=CLERK)) == ["272/QĐ-UBND", "2723/QĐ-UBND"]
    assert texts(filled.suggest("272/q", reader=CLERK), "number") == ["272/QĐ-UBND"]
    assert Suggestion("number", "2723/QĐ-UBND", 1, 3) in filled.suggest("số 2723", reader=CLERK)
    assert texts(filled.suggest("1", reader=CLERK), "number") == []
    assert Suggestion("signer", "Trần Thị Thúy", 2, 0) in filled.suggest("thuy", reader=CLERK)
    assert Suggestion("dossier", "Hồ sơ đê điều", 4, 0) in filled.suggest("ho so d", reader=CLERK)
    assert texts(filled.suggest("phe duyet du t", reader=CLERK), "subject") == ["phê duyệt dự toán ngân sách"]


def test_nothing_of_closed_papers_is_offered(filled: Index) -> None:
    for typed in (
        "chuyen",
        "chuyên á",
        "quyet chien",
        "bạch",
        "279",
        "pham van k",
        "cong an",
        "ho so chuyen",
        "l",
        "lan",
        "quyet chien chuyen an",
    ):
        shown = [
            one
            for one in filled.suggest(typed, reader=CLERK, limit=50)
            if {"chuyên", "chiến", "kín", "lân", "2799"} & set(one.text.lower().split())
        ]
        assert not shown, typed
        assert filled.suggest(typed, reader=OPERATOR), typed
    assert texts(filled.suggest("cong an", reader=CLERK), "agency") == []
    assert filled.suggest("quyet", reader=Reader("nobody", frozenset(), AccessLevel.OPEN, today=20260101)) == ()


def test_what_was_closed_or_taken_out_later_is_gone_at_once(filled: Index, put: Callable[..., Put]) -> None:
    assert texts(filled.suggest("ma va", reader=CLERK), "phrase") == ["má và", "má và mã"]
    filled.write(
        [
            put("d4", "khác", version=2, access=CLOSED, **fields("16", "TB-SNV", "Má và mã số", "Lê Quý Đôn", "Sở Nội vụ")),
            Delete("d3", 2),
        ]
    )
    filled.refresh()
    assert not {"má và", "má và mã"} & set(texts(filled.suggest("ma va", reader=CLERK)))
    assert texts(filled.suggest("le quy", reader=CLERK), "signer") == []
    assert "quyết toán" not in texts(filled.suggest("quyet to", reader=OPERATOR))


def test_anything_may_be_typed(filled: Index) -> None:
    for typed in STRANGE:
        assert all(suggestion.count > 0 for suggestion in filled.suggest(typed, reader=CLERK)), typed
    assert filled.suggest("quyet", reader=CLERK, limit=0) == ()
    assert len(filled.suggest("quyet", reader=CLERK, limit=1)) == 1


def test_every_engine_offers_the_same(
    index: Index, open_engine: Callable[..., Index], archive: Callable[[int, int], list[Put]]
) -> None:
    """Hundreds of beginnings over a generated archive, several segments, a part of it written twice."""
    puts, rng = archive(300, 5), random.Random(5)
    reference = open_engine("tantivy")
    for engine in (index, reference):
        for start in range(0, len(puts), 110):
            engine.write(puts[start : start + 110])
        engine.write(puts[:50])
        engine.refresh()
    typed = ["", "q", "quyết đ", "hoa b", "12", "Trần Thị", "ubnd t", "bo nhiem can b"]
    typed += [" ".join(rng.choices(WORDS, k=2))[: rng.randint(1, 9)] for _ in range(40)]
    for text in typed:
        assert index.suggest(text, reader=OPERATOR, limit=20) == reference.suggest(text, reader=OPERATOR, limit=20), text
    lookups = [Lookup((f"2{letter}",), 1000) for letter in "bdhnqt"]
    assert index.look_up(lookups, reader=OPERATOR) == reference.look_up(lookups, reader=OPERATOR)
