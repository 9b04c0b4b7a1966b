"""Documents that lack a word of the question, or hold it run together with the next one, in every engine."""

from collections.abc import Callable, Iterator

import pytest

from dossier.model import OPERATOR
from indexer import Index, Put, Question, Results, parse_query

QUESTION = "cấp giấy phép cho bà Lò Đức Yến"
SCATTERED = "ông Đức và bà Yến Lò cấp lại một phép đo cho giấy"
TEXTS = {
    "misread": "Về việc cấp giấy phép cho là Lò Đức Yến tại xã",
    "run-together": "Về việc cấp giấy phép cho bà LòĐức Yến tại xã",
    **{f"scattered-{number}": f"{SCATTERED} {number}" for number in range(4)},
    **{f"whole-{number}": f"giao đất tái định cư {number}" for number in range(3)},
    "lacking": "bàn giao đất tái định tại thôn",
    "few": "kiểm tra trạm bơm nước Vạn Thắng",
    "fewer": "kiểm tra trạm bơm Vạn Thắng",
    "apart": "trạm bơm, kiểm dịch, tra soát, Vạn, Thắng",
}


@pytest.fixture(scope="module")
def filled(engine: str, open_engine: Callable[..., Index], put: Callable[..., Put]) -> Iterator[Index]:
    index = open_engine(engine)
    assert {outcome.kind for outcome in index.write([put(name, text, fonds="Phông") for name, text in TEXTS.items()])} == {"done"}
    index.refresh()
    return index


def ask(index: Index, text: str, **asked: object) -> Results:
    return index.search(Question(parse_query(text), reader=OPERATOR, **asked))  # type: ignore[arg-type]  # settings by name


def ids(results: Results) -> list[str]:
    return [hit.document_id for hit in results.hits]


def test_a_misread_word_beside_all_others_comes_before_words_scattered(filled: Index) -> None:
    results = ask(filled, QUESTION)
    assert results.loose
    assert set(ids(results)[:2]) == {"run-together", "misread"}
    assert len(ids(results)) == results.total.value == 6


def test_pages_of_an_answer_go_on_in_the_same_reading(filled: Index) -> None:
    whole = ids(ask(filled, QUESTION))
    first = ask(filled, QUESTION, limit=2)
    second = ask(filled, QUESTION, limit=2, after=first.next)
    assert second.loose
    assert ids(first) + ids(second) == whole[:4]


@pytest.mark.parametrize("text", ["giao đất tái định cư", "giao dat tai dinh cu"])
def test_nothing_may_be_missing_where_three_hold_the_question_side_by_side(filled: Index, text: str) -> None:
    results = ask(filled, text)
    assert (results.loose, results.wide) == (False, False)
    assert sorted(ids(results)) == ["whole-0", "whole-1", "whole-2"]


def test_where_hardly_any_holds_all_parts_others_need_half_of_them_side_by_side(filled: Index) -> None:
    results = ask(filled, "kiểm tra trạm bơm nước Vạn Thắng")
    assert results.loose
    assert ids(results) == ["few", "fewer"]
