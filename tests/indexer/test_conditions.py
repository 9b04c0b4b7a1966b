"""The condition of a plan finds the same entries as the plan, in less work; counts are remembered by what they depend on."""

from collections.abc import Callable
from pathlib import Path

import pytest

from dossier.model import OPERATOR, AccessLevel, Reader
from dossier.settings import IndexSettings
from indexer import Facet, Filters, Put, Question, Sort, open_index, parse_query
from indexer.conditions import condition_of
from indexer.plan import All, AnyOf, Best, Combine, Constant, PhraseOf, Term, Weighted

ONE, OTHER = Term("text_ex", "giấy"), Term("text_fo", "giay")


@pytest.mark.parametrize(
    ("plan", "condition"),
    [
        (Weighted(ONE, 2.0), ONE),
        (Best((ONE, Weighted(OTHER, 0.3), Constant(ONE, 9.0))), OTHER),
        (Best((ONE, PhraseOf("text_fo", ("a", "b")))), Combine(should=(ONE, PhraseOf("text_fo", ("a", "b"))))),
        (Best((PhraseOf("text_ex", ("á", "b")), PhraseOf("text_fo", ("a", "b")))), PhraseOf("text_fo", ("a", "b"))),
        (Combine(must=(ONE,), should=(OTHER,)), ONE),
        (Combine(must=(ONE, Constant(All(), 5.0))), ONE),
        (Combine(must=(All(),), must_not=(Constant(OTHER, 1.0),)), Combine(must=(All(),), must_not=(OTHER,))),
        (Combine(should=(ONE, OTHER), must_not=(ONE,)), Combine(must=(OTHER,), must_not=(ONE,))),
        (Combine(should=(Weighted(ONE, 1.0),)), ONE),
        (PhraseOf("text_ex", ("a", "b")), PhraseOf("text_ex", ("a", "b"))),
        (AnyOf("acl", ("a",)), AnyOf("acl", ("a",))),
    ],
)
def test_what_only_adds_to_the_score_is_left_out(plan: object, condition: object) -> None:
    assert condition_of(plan) == condition  # type: ignore[arg-type]


def test_remembered_counts_are_those_of_the_reader_the_filters_and_the_commit(tmp_path: Path, put: Callable[..., Put]) -> None:
    index = open_index(IndexSettings(), tmp_path)
    index.write([put("a", "giấy", type_name="Báo cáo"), put("b", "giấy", type_name="Tờ trình")])
    stranger = Reader("stranger", frozenset({"khac"}), AccessLevel.TOP_SECRET, today=20_261_121)

    def counts(**asked: object) -> tuple[int, int]:
        question = Question(parse_query("giấy"), facets=(Facet.TYPE,), **({"reader": OPERATOR} | asked))  # type: ignore[arg-type]
        found = index.search(question)
        return found.total.value, len(found.facets[Facet.TYPE])

    for _ in range(2):
        assert counts() == counts(sort=Sort.TITLE) == (2, 2)
        assert counts(reader=stranger) == (0, 0)
        assert counts(filters=Filters(type=("báo cáo",))) == (1, 2)
        assert counts(filters=Filters(fonds=("khác",))) == (0, 0)
        assert counts(facet_beginning="tờ") == (2, 1)
    index.write([put("c", "giấy", type_name="Thông báo")])
    assert counts() == (3, 3)
    index.close()
