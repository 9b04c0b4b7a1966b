"""What every engine keeps from a reader: hits, counts, facets, pages. Judged by the one rule of the model."""

import itertools
from collections.abc import Callable

import pytest

from dossier.model import OPERATOR, Access, AccessLevel, Reader
from indexer import Facet, Index, Put, Question, Sort, parse_query
from indexer.plan import All

GROUPS = [(), ("chung",), ("to-chuc",), ("chung", "dat-dai")]
DAYS = [0, 20_261_120, 20_261_121, 20_261_122]
ACCESSES = [Access(*each) for each in itertools.product(GROUPS, list(AccessLevel), DAYS)]
READERS = [
    OPERATOR,
    *(
        Reader("r", frozenset(groups), clearance, today=20_261_121, sees_embargoed=embargoed)
        for groups in ((), ("chung",), ("to-chuc", "dat-dai"), ("CHUNG",), ("chun",))
        for clearance in (AccessLevel.OPEN, AccessLevel.CONDITIONAL, AccessLevel.TOP_SECRET)
        for embargoed in (False, True)
    ),
]


@pytest.fixture(scope="module")
def filled(engine: str, open_engine: Callable[..., Index], put: Callable[..., Put]) -> Index:
    index = open_engine(engine)
    index.write(
        [put(f"d{number:03d}", "giấy tờ", access=access, signer_name=f"Người {number}") for number, access in enumerate(ACCESSES)]
    )
    index.refresh()
    return index


def test_readers_find_and_count_what_they_may_see_and_nothing_else(filled: Index) -> None:
    every = [f"d{number:03d}" for number in range(len(ACCESSES))]
    query = parse_query("giay to")
    for reader in READERS:
        seen = {f"d{number:03d}" for number, access in enumerate(ACCESSES) if reader.may_see(access)}
        for text, sort in (("", Sort.RELEVANCE), ("giay to", Sort.RELEVANCE), ("-khác", Sort.OLDEST), ("gi*", Sort.SIGNER)):
            question = Question(
                parse_query(text), sort=sort, facets=(Facet.SIGNER, Facet.FONDS), limit=1000, facet_limit=1000, reader=reader
            )
            found = filled.search(question)
            assert {hit.document_id for hit in found.hits} == seen, (reader, text)
            assert found.total.value == len(seen)
            assert len(found.facets[Facet.SIGNER]) == len(seen)
            assert sum(one.count for one in found.facets[Facet.FONDS]) == len(seen)
        assert set(filled.search_pages(query, every, reader=reader)) == seen
        assert filled.count(All(), reader=reader) == len(seen)


def test_a_cursor_of_another_reader_shows_him_nothing_of_theirs(filled: Index) -> None:
    for sort in (Sort.RELEVANCE, Sort.SIGNER):
        first = filled.search(Question(parse_query("giấy"), sort=sort, limit=2, reader=OPERATOR))
        narrow = Reader("narrow", frozenset({"to-chuc"}), AccessLevel.OPEN, today=20_261_121)
        rest = filled.search(Question(parse_query("giấy"), sort=sort, limit=1000, after=first.next, reader=narrow))
        assert all(narrow.may_see(ACCESSES[int(hit.document_id[1:])]) for hit in rest.hits)


def test_access_that_changes_counts_from_the_next_write_on(index: Index, put: Callable[..., Put]) -> None:
    reader = Reader("r", frozenset({"chung"}), AccessLevel.OPEN, today=20_261_121)
    for version, (access, visible) in enumerate(
        [
            (Access(("chung",)), True),
            (Access(("khac",)), False),
            (Access(("chung",), AccessLevel.SECRET), False),
            (Access(("chung",)), True),
        ]
    ):
        index.write([put("d", "giấy", version=version, access=access)])
        index.refresh()
        assert bool(index.search(Question(parse_query("giấy"), reader=reader)).hits) is visible
        assert bool(index.search_pages(parse_query("giấy"), ["d"], reader=reader)) is visible
