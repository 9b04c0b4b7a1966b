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
    "named": "lắp đèn trên đị bàn phường Mạc Kỳ",
    **{f"elsewhere-{number}": f"lắp đèn trên địa bàn phường Mạc Tân {number}" for number in range(12)},
    "other-name": "đối với cụ Sùng Thanh Lai",
    "middle": "đối với cụ Sùng Thauh Khoa",
    "numbered": "khen thưởng đợt 64 tại phường Châu Khê",
    "not-numbered": "khen thưởng đợt 46 tại phường Châu Khê",
    "of-the-kind": "trồng cây phưng",
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


def test_a_name_that_few_hold_weighs_more_than_words_that_many_hold(filled: Index) -> None:
    results = ask(filled, "lắp đèn trên địa bàn phường Mạc Kỳ", limit=3)
    assert results.loose
    assert ids(results)[0] == "named"
    assert "named" not in ids(ask(filled, "lắp đèn trên địa bàn phường Mạc Kỳ", limit=20, after=results.next))


def test_a_word_misread_between_its_neighbours_is_better_than_another_end(filled: Index) -> None:
    assert ids(ask(filled, "đối với cụ Sùng Thanh Khoa")) == ["middle", "other-name"]
    assert ids(ask(filled, "doi voi cu Sung Thanh Khoa")) == ["middle", "other-name"]


def test_a_number_in_the_midst_of_words_counts_as_their_neighbour(filled: Index) -> None:
    results = ask(filled, "đợt 64 tại Phưng Châu Khê")
    assert results.loose
    assert ids(results) == ["numbered"]
