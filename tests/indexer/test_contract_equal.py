"""Every engine gives the same documents for the same question: generated questions over a generated archive."""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import pytest

from dossier.model import OPERATOR, AccessLevel, Reader
from indexer import Facet, Filters, Index, Put, Question, Results, Sort, parse_query
from indexer.planning import EXACT_STEP

QUERIES, DOCUMENTS = 500, 400
WORDS = """
quyết định quyet dinh quyêt phê duyệt duyet ngân sách tỉnh tinh hòa hoà hoa bình binh thuỷ thuy lợi đất dat đường duong ma mã
ủy uy ban nhân dân cong trình kỹ ky lí ly quý qui thúy năm bổ nhiem cán bộ truong xã không co zzz 1980 12 27 qđ ubnd
"""
FIELDS = {
    "số": "17 5/QĐ-UBND 120/TB", "loại": "quyết báo ke", "cơ quan": "hoà noi đà", "người ký": "thuý quy án", "nơi": "bắc hà",
    "chức vụ": "chủ giam", "nơi nhận": "lưu VT vụ", "đơn vị": "phú tho", "căn cứ": "2/QĐ luat", "người": "bui mo", "hộp": "1 2",
    "mục lục": "01", "bảo quản": "vinh 70", "đến": "3 sở", "phụ lục": "đơn gia", "giấy tờ": "khai thao", "bản sao": "chính",
}  # fmt: skip
READERS = [
    OPERATOR,
    Reader("a", frozenset({"chung"}), AccessLevel.OPEN, today=20_261_121),
    Reader("b", frozenset({"chung", "dat-dai"}), AccessLevel.CONDITIONAL, today=20_261_121),
    Reader("c", frozenset({"to-chuc"}), AccessLevel.TOP_SECRET, today=20_261_121, sees_embargoed=True),
    Reader("d", frozenset({"khac"}), AccessLevel.TOP_SECRET, today=20_261_121),
]


def words(rng: random.Random) -> str:
    """One question: words, phrases, prefixes, one-letter errors, exclusions, brackets, fields, dates."""
    known = WORDS.split()

    def part(depth: int) -> str:
        kind = rng.random()
        word = rng.choice(known)
        if kind < 0.42:
            return " ".join(rng.choices(known, k=rng.randint(1, 3)))
        if kind < 0.57:
            return rng.choice(['"{}"', '~"{}"']).format(" ".join(rng.choices(known, k=rng.randint(1, 2))))
        if kind < 0.63 and len(word) > 2:
            return rng.choice([word[: rng.randint(2, len(word))] + "*", word + "~"])
        if kind < 0.74:
            name = rng.choice(list(FIELDS))
            return f"{name}:{rng.choice(FIELDS[name].split())}"
        if kind < 0.80:
            year = rng.randint(1975, 1990)
            days = f"{rng.randint(1, 28)}/{rng.randint(1, 12)}/{year}"
            return rng.choice([f"năm:{year}", f"ngày:{rng.randint(1, 12)}/{year}", f"năm:{year}..{year + 3}", days])
        if kind < 0.88:
            return f"-{word}"
        if depth < 2:
            return f"({part(depth + 1)} OR {part(depth + 1)})"
        return f"{rng.randint(1, DOCUMENTS)}/{rng.choice(['QĐ-UBND', 'tb-snv', 'KH'])}"

    return " ".join(part(0) for _ in range(rng.randint(0, 3)))


def filters(rng: random.Random, values: Mapping[Facet, Sequence[str]]) -> Filters:
    """One to three filters over any field, with values that some document has."""
    year = rng.randint(1975, 1990)
    others = [
        {"number": (f"{rng.randint(1, 40)}",)}, {"number": ("QĐ-UBND", "1/tb-bnv")}, {"cites": ("2/qđ-ubnd",)},
        {"arrival_number": ("7", "8")},
        {"branch": (rng.choice(values[Facet.BOX]), rng.choice(values[Facet.DOSSIER]))}, {"file": ("d-11-00007".ljust(32, "0"),)},
        {"date_from": str(year)}, {"date_to": f"5/{year}"}, {"date_from": str(year), "date_to": f"{year + 4}-06-15"},
        {"arrival_from": str(year), "arrival_to": str(year + 6)}, {"pages_from": 3}, {"pages_to": 9},
    ]  # fmt: skip
    chosen: dict[str, object] = {}
    for _ in range(rng.randint(1, 3)):
        if rng.random() < 0.35:
            chosen |= rng.choice(others)
            continue
        facet = rng.choice(list(Facet))
        picked = rng.sample(values[facet], k=min(len(values[facet]), rng.randint(1, 2)))
        chosen[facet.value] = tuple(int(one) for one in picked) if facet is Facet.YEAR else tuple(picked)
    return Filters(**chosen)  # type: ignore[arg-type]


def questions(reference: Index) -> list[tuple[str, Question]]:
    """All questions of this suite."""
    rng = random.Random(2)
    everything = reference.search(Question(facets=tuple(Facet), reader=OPERATOR))
    values = {facet: [count.value for count in counts] for facet, counts in everything.facets.items()}
    assert all(values[facet] for facet in Facet)
    made = []
    for _ in range(QUERIES):
        text = words(rng)
        asked = Question(
            parse_query(text),
            filters=filters(rng, values) if rng.random() < 0.5 else Filters(),
            sort=rng.choice(list(Sort)) if rng.random() < 0.5 else Sort.RELEVANCE,
            facets=tuple(rng.sample(list(Facet), k=3)),
            facet_beginning=rng.choice(["", "", "", "h", "ho", "vu", "1"]),
            limit=1000,
            wide=rng.choice([None, None, True]),
            reader=rng.choice(READERS),
        )
        made.append((text, asked))
    return made


def kept(asked: Question, results: Results) -> tuple[object, ...]:
    """What engines promise to have in common: the set, the counts, the whole order of a field, the steps of relevance."""
    facets = {facet: [(one.value, one.label, one.count) for one in counts] for facet, counts in results.facets.items()}
    order: object = [hit.document_id for hit in results.hits]
    if asked.sort is Sort.RELEVANCE:
        steps: dict[float, set[str]] = {}
        for hit in results.hits:
            steps.setdefault(hit.score // EXACT_STEP, set()).add(hit.document_id)
        order = list(steps.items())
    return order, results.total, results.wide, results.can_widen, facets


@pytest.fixture(scope="module")
def reference(open_engine: Callable[..., Index], archive: Callable[[int, int], list[Put]]) -> Index:
    """The embedded engine, which is always there."""
    index = open_engine("tantivy")
    fill(index, archive(DOCUMENTS, 11))
    return index


@pytest.fixture(scope="module")
def expected(reference: Index) -> list[tuple[str, Question, tuple[object, ...]]]:
    """Every question with its answer."""
    return [(text, asked, kept(asked, reference.search(asked))) for text, asked in questions(reference)]


def fill(index: Index, puts: list[Put]) -> None:
    for start in range(0, len(puts), 150):  # several segments
        index.write(puts[start : start + 150])
    index.refresh()


@pytest.fixture(scope="module")
def other(engine: str, open_engine: Callable[..., Index], archive: Callable[[int, int], list[Put]]) -> Index:
    index = open_engine(engine)
    fill(index, list(reversed(archive(DOCUMENTS, 11))))
    return index


def test_same_documents_counts_facets_and_order(
    engine: str, other: Index, expected: list[tuple[str, Question, tuple[object, ...]]]
) -> None:
    found = 0
    for text, asked, answer in expected:
        assert kept(asked, other.search(asked)) == answer, (text, asked.filters, asked.sort, asked.reader.name)
        found += bool(answer[0])
    print(f"{engine}: {len(expected)} questions, {found} of them with hits, all equal")
    assert found > QUERIES / 4  # the questions ask for something


@pytest.mark.parametrize("sort", [sort for sort in Sort if sort is not Sort.RELEVANCE])
def test_same_order_by_field_over_everything(reference: Index, other: Index, sort: Sort) -> None:
    asked = Question(sort=sort, limit=1000, reader=OPERATOR)
    assert [hit.document_id for hit in other.search(asked).hits] == [hit.document_id for hit in reference.search(asked).hits]


def test_same_classes_of_order_by_relevance(reference: Index, other: Index) -> None:
    """Documents with the marks asked for come first, the same ones in both."""
    for text in ("quyết", "hoà bình", "đường", "kỹ thuật", "12/QĐ-UBND", "mã"):
        asked = Question(parse_query(text), limit=1000, reader=OPERATOR)
        assert kept(asked, other.search(asked))[0] == kept(asked, reference.search(asked))[0], text


def test_same_pages_inside_documents(reference: Index, other: Index) -> None:
    for text in ("quyết định", "hoa binh", '"thủy lợi" OR ma', "phê*", "25/5/1980", "số:12"):
        query = parse_query(text)
        for reader in READERS[:3]:
            found = reference.search(Question(query, limit=30, reader=OPERATOR))
            ids = [hit.document_id for hit in found.hits]
            pages = [
                index.search_pages(query, ids, wide=found.wide, per_document=10, reader=reader) for index in (reference, other)
            ]
            sets = [{name: ({hit.page_id for hit in one.hits}, one.total) for name, one in each.items()} for each in pages]
            assert sets[0] == sets[1]
            assert len(ids) < 5 or reader is OPERATOR or len(sets[0]) < len(ids)


def test_same_counts_of_a_plan(reference: Index, other: Index, expected: list[tuple[str, Question, tuple[object, ...]]]) -> None:
    from indexer.planning import plan_documents

    for text, asked, _ in expected[:40]:
        plan = plan_documents(asked.query, wide=False)
        assert other.count(plan, reader=asked.reader) == reference.count(plan, reader=asked.reader), text
        alone = replace(asked, filters=Filters(), facets=(), wide=False, total_limit=10_000, limit=0)
        if not reference.search(alone).near:
            assert reference.search(alone).total.value == reference.count(plan, reader=asked.reader)
