"""Every engine gives the same documents for the same question: generated questions over a generated archive."""

import random
from collections.abc import Callable

import pytest

from dossier.model import OPERATOR
from indexer import Facet, Filters, Index, Put, Question, Results, Sort, parse_query
from indexer.planning import EXACT_STEP

QUERIES, DOCUMENTS = 200, 400
WORDS = """
quyết định quyet dinh quyêt phê duyệt duyet ngân sách tỉnh tinh hòa hoà hoa bình binh thuỷ thuy lợi đất dat đường duong ma mã
ủy uy ban nhân dân cong trình kỹ ky lí ly quý qui thúy năm bổ nhiem cán bộ truong xã không co zzz 1980 12 27 qđ ubnd
"""
FIELDS = {"số": "17 5/QĐ-UBND 120/TB", "loại": "quyết báo ke", "cơ quan": "hoà noi đà", "người ký": "thuý quy án", "nơi": "bắc hà"}


def generated(rng: random.Random) -> str:
    """One question: words, phrases, prefixes, one-letter errors, exclusions, brackets, fields, dates."""
    words = WORDS.split()

    def part(depth: int) -> str:
        kind = rng.random()
        word = rng.choice(words)
        if kind < 0.45:
            return " ".join(rng.choices(words, k=rng.randint(1, 3)))
        if kind < 0.60:
            return rng.choice(['"{}"', '~"{}"']).format(" ".join(rng.choices(words, k=rng.randint(1, 2))))
        if kind < 0.66 and len(word) > 2:
            return rng.choice([word[: rng.randint(2, len(word))] + "*", word + "~"])
        if kind < 0.74:
            name = rng.choice(list(FIELDS))
            return f"{name}:{rng.choice(FIELDS[name].split())}"
        if kind < 0.80:
            year = rng.randint(1975, 1990)
            return rng.choice(
                [f"năm:{year}", f"ngày:{rng.randint(1, 12)}/{year}", f"{rng.randint(1, 28)}/{rng.randint(1, 12)}/{year}"]
            )
        if kind < 0.88:
            return f"-{word}"
        if depth < 2:
            return f"({part(depth + 1)} OR {part(depth + 1)})"
        return f"{rng.randint(1, DOCUMENTS)}/{rng.choice(['QĐ-UBND', 'tb-snv', 'KH'])}"

    return " ".join(part(0) for _ in range(rng.randint(1, 3)))


def question(rng: random.Random, text: str) -> Question:
    filters = Filters()
    if rng.random() < 0.3:
        filters = Filters(
            agency=tuple(rng.sample(["ubnd tỉnh hoà bình", "Sở Nội vụ"], k=rng.randint(0, 2))),
            type=tuple(rng.sample(["quyết định", "Báo cáo"], k=rng.randint(0, 1))),
            date_from=rng.choice([None, "1980", "5/1981"]),
        )
    return Question(parse_query(text), filters=filters, facets=tuple(rng.sample(list(Facet), k=2)), limit=1000, reader=OPERATOR)


def sets(results: Results) -> tuple[object, ...]:
    facets = {facet: {(count.value, count.label, count.count) for count in counts} for facet, counts in results.facets.items()}
    return {hit.document_id for hit in results.hits}, results.total, results.wide, results.can_widen, facets


@pytest.fixture(scope="module")
def reference(open_engine: Callable[..., Index], archive: Callable[[int, int], list[Put]]) -> Index:
    """The embedded engine, which is always there."""
    index = open_engine("tantivy")
    fill(index, archive(DOCUMENTS, 11))
    return index


def fill(index: Index, puts: list[Put]) -> None:
    for start in range(0, len(puts), 150):  # several segments
        index.write(puts[start : start + 150])
    index.refresh()


@pytest.fixture(scope="module")
def other(engine: str, open_engine: Callable[..., Index], archive: Callable[[int, int], list[Put]]) -> Index:
    index = open_engine(engine)
    fill(index, list(reversed(archive(DOCUMENTS, 11))))
    return index


def test_same_documents_counts_and_facets_for_generated_questions(reference: Index, other: Index) -> None:
    rng = random.Random(2)
    found = 0
    for _ in range(QUERIES):
        text = generated(rng)
        asked = question(rng, text)
        expected = reference.search(asked)
        assert sets(other.search(asked)) == sets(expected), text
        found += bool(expected.hits)
    assert found > QUERIES / 3  # the questions ask for something


@pytest.mark.parametrize("sort", [Sort.OLDEST, Sort.NEWEST, Sort.TITLE])
def test_same_order_by_field(reference: Index, other: Index, sort: Sort) -> None:
    for text in ("", "quyết định", "hoa binh"):
        asked = Question(parse_query(text), sort=sort, limit=1000, reader=OPERATOR)
        assert [hit.document_id for hit in other.search(asked).hits] == [hit.document_id for hit in reference.search(asked).hits]


def test_same_classes_of_order_by_relevance(reference: Index, other: Index) -> None:
    """Documents with the marks asked for come first, the same ones in both."""
    for text in ("quyết", "hoà bình", "đường", "kỹ thuật", "12/QĐ-UBND", "mã"):
        asked = Question(parse_query(text), limit=1000, reader=OPERATOR)
        classes = []
        for index in (reference, other):
            hits = index.search(asked).hits
            classes.append([(step, {hit.document_id for hit in hits if hit.score // EXACT_STEP == step}) for step in _steps(hits)])
        assert classes[0] == classes[1], text


def _steps(hits: tuple[object, ...]) -> list[float]:
    return sorted({hit.score // EXACT_STEP for hit in hits}, reverse=True)  # type: ignore[attr-defined]


def test_same_pages_inside_documents(reference: Index, other: Index) -> None:
    for text in ("quyết định", "hoa binh", '"thủy lợi" OR ma', "phê*", "25/5/1980", "số:12"):
        query = parse_query(text)
        wide = reference.search(Question(query, reader=OPERATOR)).wide
        ids = [hit.document_id for hit in reference.search(Question(query, limit=30, reader=OPERATOR)).hits]
        expected = reference.search_pages(query, ids, wide=wide, per_document=10, reader=OPERATOR)
        found = other.search_pages(query, ids, wide=wide, per_document=10, reader=OPERATOR)
        assert {name: {hit.page_id for hit in pages.hits} for name, pages in found.items()} == {
            name: {hit.page_id for hit in pages.hits} for name, pages in expected.items()
        }
        assert {name: pages.total for name, pages in found.items()} == {name: pages.total for name, pages in expected.items()}
