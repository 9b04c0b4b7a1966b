"""What every engine keeps while paging: nothing twice, nothing missing, counts that say what they are."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from dossier.errors import BadQuery
from dossier.model import OPERATOR
from indexer import Cursor, Delete, Index, Put, Question, Sort, Total, parse_query

SIZE = 120


@pytest.fixture(scope="module")
def filled(engine: str, open_engine: Callable[..., Index], archive: Callable[[int, int], list[Put]]) -> Iterator[Index]:
    index = open_engine(engine)
    index.write(archive(SIZE, 3))
    index.refresh()
    return index


def walk(index: Index, question: Question, between: Callable[[], object] = lambda: None) -> list[str]:
    """All ids, page by page, each cursor sent through its text form."""
    found: list[str] = []
    while True:
        results = index.search(question)
        found += [hit.document_id for hit in results.hits]
        if results.next is None:
            return found
        between()
        question = replace(question, after=Cursor.decode(results.next.encode()))


@pytest.mark.parametrize("sort", list(Sort))
@pytest.mark.parametrize("text", ["", "quyết định", "thuy loi", "phê*"])
def test_pages_of_any_size_make_the_whole(filled: Index, sort: Sort, text: str) -> None:
    question = Question(parse_query(text), sort=sort, limit=1000, reader=OPERATOR)
    whole = [hit.document_id for hit in filled.search(question).hits]
    assert len(set(whole)) == len(whole) == filled.search(question).total.value > 0
    for limit in (7, 50):
        assert walk(filled, replace(question, limit=limit)) == whole


def test_totals_are_clamped(filled: Index) -> None:
    assert filled.search(Question(total_limit=50, limit=1, reader=OPERATOR)).total == Total(50, "gte")
    assert filled.search(Question(total_limit=SIZE, limit=1, reader=OPERATOR)).total == Total(SIZE, "eq")
    assert filled.search(Question(total_limit=SIZE - 1, limit=1, reader=OPERATOR)).total == Total(SIZE - 1, "gte")


def test_limit_zero_counts_only(filled: Index) -> None:
    results = filled.search(Question(limit=0, reader=OPERATOR))
    assert (results.hits, results.total.value, results.next) == ((), SIZE, None)


def test_paging_goes_on_with_its_own_view_under_writes(index: Index, archive: Callable[[int, int], list[Put]]) -> None:
    puts = archive(40, 5)
    index.write(puts)
    index.refresh()
    expected = walk(index, Question(limit=10, reader=OPERATOR))

    def write_more() -> None:
        index.write([*archive(3, len(puts)), Delete(expected[-1], 99)])
        index.refresh()

    assert walk(index, Question(limit=10, reader=OPERATOR), write_more) == expected


def test_a_lost_view_is_no_error(filled: Index) -> None:
    question = Question(parse_query("phê OR duyệt"), limit=10, sort=Sort.OLDEST, reader=OPERATOR)
    first = filled.search(question)
    assert first.next is not None
    second = filled.search(replace(question, after=first.next))
    lost = filled.search(replace(question, after=replace(first.next, view=None)))
    assert lost.hits == second.hits
    other = replace(first.next, view=None, values=first.next.values[:2])  # as another engine makes it
    assert filled.search(replace(question, after=other)).hits == second.hits


@pytest.mark.parametrize("text", ["", "abc", "e30", "WzFd", "bnVsbA", "äö", "=", "A" * 5000])
def test_what_is_no_cursor_is_refused(text: str) -> None:
    with pytest.raises(BadQuery) as caught:
        Cursor.decode(text)
    assert caught.value.facts["problem"] == "query.bad_cursor"


def test_cursors_of_other_questions_and_bad_limits_are_refused(filled: Index) -> None:
    cursor = filled.search(Question(limit=5, reader=OPERATOR)).next
    assert cursor is not None
    for question in (
        Question(parse_query("khác"), after=cursor, reader=OPERATOR),
        Question(sort=Sort.TITLE, after=cursor, reader=OPERATOR),
    ):
        with pytest.raises(BadQuery):
            filled.search(question)
    for values in (("a", 1), (1.0, "b"), (1.0,)):
        with pytest.raises(BadQuery):
            filled.search(Question(after=replace(cursor, values=values), reader=OPERATOR))
    for limit in (-1, 1001):
        with pytest.raises(BadQuery):
            filled.search(Question(limit=limit, reader=OPERATOR))
