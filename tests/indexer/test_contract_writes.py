"""What every engine keeps: versions, deletions, replays, rebuilds, refusals. One suite, each engine in turn."""

from collections.abc import Callable, Sequence

import pytest

from dossier.model import OPERATOR
from indexer import Delete, Index, Operation, OutcomeKind, Put, Question, parse_query

Make = Callable[..., Put]


def ids(index: Index, text: str = "") -> list[str]:
    index.refresh()
    return sorted(hit.document_id for hit in index.search(Question(parse_query(text), reader=OPERATOR)).hits)


def kinds(index: Index, operations: Sequence[Operation]) -> list[str]:
    return [outcome.kind.value for outcome in index.write(operations)]


def test_an_older_version_is_stale_and_the_same_version_is_a_replay(index: Index, put: Make) -> None:
    new, old = put("d", "chữ mới", version=5), put("d", "chữ cũ", version=4)
    assert kinds(index, [new]) == ["done"]
    assert kinds(index, [old, new, new]) == ["stale", "done", "done"]
    assert ids(index, '"cũ"') == []
    assert ids(index, '"mới"') == ["d"]
    assert (index.stats().documents, index.stats().pages) == (1, 1)


def test_a_late_older_put_does_not_bring_a_deleted_document_back(index: Index, put: Make) -> None:
    assert kinds(index, [put("d", "a", "b", version=3), put("e", "c")]) == ["done", "done"]
    assert kinds(index, [Delete("d", 4)]) == ["done"]
    assert kinds(index, [put("d", "a", "b", version=3), Delete("d", 2)]) == ["stale", "stale"]
    assert ids(index) == ["e"]
    assert (index.stats().documents, index.stats().pages) == (1, 1)
    assert index.search_pages(parse_query("a"), ["d"], reader=OPERATOR) == {}
    assert kinds(index, [Delete("never there", 1), put("d", "a", version=5)]) == ["done", "done"]
    assert ids(index) == ["d", "e"]


def test_deleted_documents_are_in_no_answer(index: Index, put: Make) -> None:
    index.write([put("d", "giấy", type_name="Báo cáo"), put("e", "giấy", type_name="Báo cáo")])
    index.write([Delete("d", 2)])
    for text in ("", "giấy", "-khác", "gi*", "loại:báo", "năm:1900 OR giấy"):
        assert ids(index, text) == ["e"], text


def test_pages_a_document_lost_disappear(index: Index, put: Make) -> None:
    index.write([put("d", "một", "hai", "ba", version=1)])
    index.write([put("d", "một", version=2)])  # without a refresh in between
    index.refresh()
    assert index.stats().pages == 1
    assert index.search_pages(parse_query("hai OR ba"), ["d"], reader=OPERATOR) == {}
    assert ids(index, '"hai"') == []


def test_one_batch_may_hold_a_document_several_times(index: Index, put: Make) -> None:
    operations = [put("d", "một", version=1), Delete("d", 2), put("d", "ba", version=3), put("d", "hai", version=2)]
    assert kinds(index, operations) == ["done", "done", "done", "stale"]
    assert ids(index, '"ba"') == ["d"]
    assert index.stats().pages == 1


def test_what_no_engine_takes_is_refused_alone(index: Index, put: Make) -> None:
    bad = [put("x" * 600, "a"), put("v", "a", version=-1), put("\ud800", "a"), put("", "a")]
    outcomes = index.write([put("good", "a"), *bad, Delete("y" * 600, 1)])
    assert [outcome.kind for outcome in outcomes] == [OutcomeKind.DONE, *[OutcomeKind.REJECTED] * 5]
    assert all(outcome.reason for outcome in outcomes[1:])
    assert ids(index) == ["good"]


def test_garbage_from_a_scan_is_taken(index: Index, put: Make) -> None:
    garbage = "đ" * 40_000
    index.write([put("d", garbage + " cuối\x00\ud800 trang", organ_name=garbage, subject=garbage, code_number=garbage)])
    assert ids(index, '"cuối trang"') == ["d"]


def test_a_document_without_pages_or_text(index: Index, put: Make) -> None:
    entry = put("d", "", subject="V/v giấy trắng")
    assert kinds(index, [entry, Put(put("e", "x").document, ())]) == ["done", "done"]
    assert ids(index, "trắng") == ["d"]


def test_an_empty_index_answers(index: Index) -> None:
    assert ids(index) == []
    assert index.write([]) == []
    assert index.health().ready
    assert (index.stats().documents, index.stats().pages) == (0, 0)


def test_rebuild_swaps_a_whole_new_generation_in(index: Index, put: Make) -> None:
    index.write([put("old", "a")])
    before = index.stats().generation
    with index.rebuild() as fresh:
        assert [outcome.kind.value for outcome in fresh.write([put("new", "b"), put("new2", "b")])] == ["done", "done"]
        assert ids(index) == ["old"]  # answers until the swap
    assert ids(index) == ["new", "new2"]
    assert index.stats().generation != before
    assert kinds(index, [put("more", "c")]) == ["done"]
    assert ids(index) == ["more", "new", "new2"]


def test_a_rebuild_that_fails_changes_nothing(index: Index, put: Make) -> None:
    index.write([put("old", "a")])
    before = index.stats().generation

    def interrupted() -> None:
        with index.rebuild() as fresh:
            fresh.write([put("new", "b")])
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert ids(index) == ["old"]
    assert index.stats().generation == before
    with index.rebuild() as fresh:
        fresh.write([])
    assert ids(index) == []
