"""What every engine keeps while paging: nothing twice, nothing missing, counts that say what they are."""

import itertools
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


@pytest.mark.parametrize("sort", [Sort.NEWEST, Sort.TITLE, Sort.AGENCY, Sort.SHORTEST])
def test_a_field_order_needs_no_view_and_gives_what_stands_still_once(
    index: Index, archive: Callable[[int, int], list[Put]], sort: Sort
) -> None:
    """While papers come, go and change, those that do not change are all given, each once and in order."""
    puts = archive(60, 7)
    index.write(puts)
    index.refresh()
    before = walk(index, Question(sort=sort, limit=1000, reader=OPERATOR))
    deleted, rewritten = before[-5:], before[5:50:9]
    later = iter(archive(60, 8))
    gone = iter(deleted)

    def write_more() -> None:
        index.write([next(later), next(later), *(Delete(one, 9) for one in itertools.islice(gone, 1))])
        again = [replace(put, document=replace(put.document, version=5), pages=()) for put in puts if put.document_id in rewritten]
        index.write(again)
        index.refresh()

    found = walk(index, Question(sort=sort, limit=9, reader=OPERATOR), write_more)
    assert len(found) == len(set(found))
    assert [one for one in found if one in before and one not in deleted] == before[:-5]
    assert index.search(Question(sort=sort, limit=5, reader=OPERATOR)).next.view is None


def test_an_order_with_few_values_pages_through_its_ties(index: Index, put: Callable[..., Put]) -> None:
    index.write([put(f"d{number:03d}", "giấy", organ_name=("Sở Nội vụ", "Sở Y tế")[number % 7 == 0]) for number in range(200)])
    index.refresh()
    for sort in (Sort.AGENCY, Sort.LONGEST):
        question = Question(sort=sort, limit=1000, reader=OPERATOR)
        whole = walk(index, question)
        assert len(whole) == len(set(whole)) == 200
        for limit in (11, 60) if sort is Sort.AGENCY else (70,):
            assert walk(index, replace(question, limit=limit)) == whole


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
