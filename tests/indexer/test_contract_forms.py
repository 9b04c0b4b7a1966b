"""Other forms of words in every engine: abbreviations, old and new names, misread and mistyped letters, parts of numbers."""

from collections.abc import Callable, Iterator

import pytest

from dossier.model import OPERATOR
from indexer import Index, Put, Question, parse_query

TEXTS = {
    "long": "Ủy ban nhân dân huyện họp bàn kinh tế - xã hội",
    "short": "UBND huyện họp bàn KT-XH",
    "former": "Giao đất tại tỉnh Hà Tây",
    "today": "Giao đất tại thành phố Hà Nội",
    "office": "Sở Kế hoạch và Đầu tư thẩm định dự án",
    "office-now": "Sở Tài chính thẩm định dự án",
    "misread": "cấp giâý chúmg nhận quyêl sử dụng",
    "rare": "lâm trường Tuyên Hóa bàn giao thiết bị",
    "scattered": "quyết toán theo định mức, phê bình và kiểm duyệt",
    "together": "Quyêt dinh phê duyet",
}


@pytest.fixture(scope="module")
def filled(engine: str, open_engine: Callable[..., Index], put: Callable[..., Put]) -> Iterator[Index]:
    index = open_engine(engine)
    puts = [put(name, text, fonds="Phông") for name, text in TEXTS.items()]
    number = {"code_number": "2723", "code_notation": "QĐ-STC", "type_name": "Quyết định"}
    puts.append(put("number", "Quyết định số 2723", fonds="Phông", **number))
    puts.append(put("cites", "Theo Quyết định số 2723/QĐ-STC và quyết định 2723", fonds="Phông", type_name="Báo cáo"))
    assert {outcome.kind for outcome in index.write(puts)} == {"done"}
    index.refresh()
    return index


def ids(index: Index, text: str) -> list[str]:
    return [hit.document_id for hit in index.search(Question(parse_query(text), limit=100, reader=OPERATOR)).hits]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("UBND huyện", ["short", "long"]),
        ("ủy ban nhân dân huyện", ["long", "short"]),
        ("uy ban nhan dan huyen", ["long", "short"]),
        ("kt-xh", ["short", "long"]),
        ("kinh tế xã hội", ["long", "short"]),
        ('"UBND"', ["short"]),
        ('"kinh tế xã hội"', ["long"]),
        ("tỉnh Hà Tây", ["former"]),
        ("Hà Tây", ["former", "today"]),
        ("ha noi", ["today", "former"]),
        ("Sở Kế hoạch và Đầu tư", ["office", "office-now"]),
        ("so ke hoach va dau tu", ["office", "office-now"]),
        ("quyền sử dụng", ["misread"]),
        ("phê duyệt", ["together", "scattered"]),
    ],
)
def test_other_forms_come_after_the_form_typed(filled: Index, text: str, found: list[str]) -> None:
    assert ids(filled, text) == found


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("quyet dinh 2723", "number"),
        ("QĐ 2723", "number"),
        ("quyết định số 2723", "number"),
        ("2723", "number"),
        ("2723/QĐ", "number"),
        ("2723/QĐ-STC", "number"),
        ("báo cáo 2723", "cites"),
    ],
)
def test_a_number_asked_for_comes_first(filled: Index, text: str, first: str) -> None:
    assert ids(filled, text)[0] == first


@pytest.mark.parametrize(
    "text", ["lâm trừơng", "lam truogn tuyen hoa", "lâm trường tuyyên hoá", "thieet bij ban giao", "2728/QĐ-STC"]
)
def test_a_word_that_nearly_nothing_holds_is_read_with_one_letter_changed(filled: Index, text: str) -> None:
    assert ids(filled, text)[0] in ("rare", "number", "cites")


def test_quoted_words_are_never_changed(filled: Index) -> None:
    assert ids(filled, '"lam truogn"') == []
    assert ids(filled, '~"lam truogn"') == []
