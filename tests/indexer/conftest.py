"""An archive made by seed, and every engine there is, each opened the way the doors open it."""

import functools
import os
import random
import urllib.request
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from dossier.model import (
    Access,
    AccessLevel,
    Annex,
    ArchivalFacts,
    Arrival,
    Box,
    Document,
    Dossier,
    DossierStatus,
    Doubt,
    Found,
    Issuer,
    Line,
    Mention,
    MentionKind,
    Page,
    PersonalData,
    Provenance,
    Record,
    Reference,
    ReferenceKind,
    Unit,
    Word,
    page_id,
)
from dossier.settings import IndexSettings
from indexer import Index, Put, entries_of, open_index

URLS = [url for url in os.environ.get("SOHOA_TEST_ELASTICSEARCH_URLS", "").replace(",", " ").split() if url]
REQUIRED = os.environ.get("SOHOA_REQUIRE_ELASTICSEARCH") == "1"
ENGINES = ["tantivy", *(pytest.param(url, marks=pytest.mark.elastic) for url in URLS or ["elasticsearch"])]

PROVENANCE = Provenance("made", "1", "made", "0", "0", ())

EVERYBODY = Access(groups=("chung",))


def make_page(text: str, *, name: str = "a", number: int = 1) -> Page:
    """A page whose words stand on a grid: 20 pixels a letter, 40 pixels a line."""
    lines = []
    for row, line in enumerate(text.split("\n")):
        words, x = [], 100
        for word in line.split():
            words.append(Word(word, Box(x, 100 + 40 * row, x + 20 * len(word), 130 + 40 * row), 0.9))
            x += 20 * (len(word) + 1)
        if words:
            lines.append(Line(Box(100, 100 + 40 * row, x, 130 + 40 * row), tuple(words)))
    identifier = page_id(name.ljust(32, "0"), number)
    return Page(identifier, number, 2480, 3508, 300, 0, 0.0, tuple(lines), not lines, (), PROVENANCE)


def make_put(
    name: str,
    *texts: str,
    version: int = 1,
    dossier: str = "h1",
    fonds: str = "Phông Kiến An",
    access: Access = EVERYBODY,
    facts: ArchivalFacts | None = None,
    parts: Mapping[str, Any] | None = None,
    **fields: str,
) -> Put:
    """A document of these pages; keywords are its fields, `parts` those that are no single value."""
    pages = [make_page(text, name=name, number=number) for number, text in enumerate(texts, start=1)]
    found = {field: Found(value, pages[0].id, Box(0, 0, 1, 1), 0.9, "made") for field, value in fields.items()}
    document = Document(id=name, page_ids=tuple(page.id for page in pages), **found, **(parts or {}))
    facts = facts or ArchivalFacts(fonds=fonds, title=f"Hồ sơ {dossier}")
    home = Dossier(dossier, dossier, facts, DossierStatus.COMPLETE, (), (document,))
    return Put(*entries_of(document, pages, home, version, access))


SYLLABLES = """
quyết định quyêt dịnh quyet dinh phê duyệt ngân sách tỉnh tinh hòa hoà bình binh thuỷ thủy lợi đất dat đai đường dương duong
ma má mã mà mạ mả ủy ban nhân dân công cộng cong trình kỹ kĩ thuật lý lí quý thúy thuý năm tháng ngày về việc giao nhiệm vụ
sở nội vu xây dựng bổ nhiệm cán bộ trường học xã phường huyện kế hoạch bao cáo thông tư chỉ thị
"""
AGENCIES = ["UBND tỉnh Hòa Bình", "UBND TỈNH HOÀ BÌNH", "Sở Nội vụ", "Bộ Nội vụ", "HĐND huyện Đà Bắc"]
TYPES = [("Quyết định", "QĐ"), ("Thông báo", "TB"), ("Báo cáo", "BC"), ("Kế hoạch", "KH")]
SIGNERS = ["Nguyễn Văn Án", "Trần Thị Thúy", "Lê Quý Đôn"]
PLACES = ["Hòa Bình", "Hà Nội", "Đà Bắc"]


POSITIONS = ["Chủ tịch", "Phó Chủ tịch", "Giám đốc"]
PEOPLE = ["Đinh Thị Mơ", "Bùi Văn Thảo", "Hoàng Thúy Quỳnh", "Y Moan"]
UNITS = [
    Unit("issuedPlace", "25", "gso", "Tỉnh Phú Thọ", None, None),
    Unit("organName", "H44", "organ", "Ủy ban nhân dân tỉnh Phú Thọ", None, None),
]


def found_at(value: str) -> Found:
    """A value somewhere on the first page."""
    return Found(value, "p", Box(0, 0, 1, 1), 0.9, "made")


def some(rng: random.Random, values: Sequence[Any], most: int) -> tuple[Any, ...]:
    """None to `most` of the values."""
    return tuple(rng.sample(values, k=rng.randint(0, most)))


BIRTH = Record("ho-tich", "giay-khai-sinh", 0.9, {"hoTen": found_at("Bùi Văn Thảo")}, "Giấy khai sinh")


def make_parts(rng: random.Random) -> dict[str, Any]:
    """What of a form is no single value, some of it missing."""
    number, year = rng.randint(1, 40), rng.randint(1975, 1990)
    arrival = Arrival(found_at("Sở Nội vụ"), found_at(str(number)), found_at(f"{year}-{rng.randint(1, 12):02d}-05"))
    references = (Reference(found_at("x"), ReferenceKind.BASIS, number=f"{one}/QĐ-UBND", title="Luật Lưu trữ") for one in (1, 2, 3))
    people = (Mention(MentionKind.PERSON, found_at(name), valid=True, personal=PersonalData.BASIC) for name in PEOPLE)
    doubts = (Doubt("codeNumber", code, {}) for code in ("number_twice", "date_in_future"))
    return {
        "to_places": tuple(map(found_at, some(rng, ["Như Điều 3", "Lưu: VT", "Sở Nội vụ"], 2))),
        "arrival": arrival if rng.random() < 0.5 else None,
        "co_issuers": (Issuer(found_at(rng.choice(AGENCIES)), signer_name=found_at(rng.choice(SIGNERS))),)[: rng.randint(0, 1)],
        "annexes": (Annex(("p",), found_at("Phụ lục đơn giá đất")),)[: rng.randint(0, 1)],
        "references": some(rng, list(references), 2),
        "mentions": some(rng, list(people), 3),
        "units": some(rng, UNITS, 2),
        "doubts": some(rng, list(doubts), 2),
        "record": rng.choice([None, BIRTH]),
        "page_amount": rng.choice([None, rng.randint(1, 30)]),
    }


def make_access(rng: random.Random) -> Access:
    """Groups, none in a few, a level, sometimes a day of opening."""
    groups = some(rng, ["chung", "to-chuc", "dat-dai"], 3)
    return Access(groups, rng.choice(list(AccessLevel)[:3]), rng.choice([0, 0, 0, 20_200_101, 20_300_101]))


def make_facts(dossier: int) -> ArchivalFacts:
    """A place in the tree of the archive; levels in between are missing in some."""
    catalogue, box = (None, "01", "02")[dossier % 3], (None, "1", "2", "3")[dossier % 4]
    return ArchivalFacts(
        f"Phông {dossier % 2}", catalogue, box, str(dossier), f"Hồ sơ {dossier}", ("Vĩnh viễn", "70 năm")[dossier % 2]
    )


def make_archive(size: int, seed: int) -> list[Put]:
    """Documents of one to three pages of frequent and rare syllables, numbers, dates, in NFC and NFD, some fields missing."""
    rng = random.Random(seed)
    syllables = SYLLABLES.split()
    puts = []
    for number in range(size):
        kind, symbol = rng.choice(TYPES)
        agency, place = rng.choice(AGENCIES), rng.choice(PLACES)
        day = f"{rng.randint(1975, 1990)}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}"
        notation = f"{symbol}-{rng.choice(['UBND', 'SNV', 'BNV'])}"
        head = f"Số: {number + 1}/{notation}\nngày {int(day[8:])} tháng {int(day[5:7])} năm {day[:4]}"
        weights = [1 / (1 + rank) for rank in range(len(syllables))]
        pages = [
            "\n".join(" ".join(rng.choices(syllables, weights, k=9)) for _ in range(rng.randint(2, 6)))
            for _ in range(rng.randint(1, 3))
        ]
        subject = "V/v " + " ".join(rng.choices(syllables, k=6))
        fields = {
            "organ_name": agency, "type_name": kind, "code_number": str(number + 1), "code_notation": notation,
            "issued_place": place, "issued_date": day[: rng.choice((4, 7, 10, 10, 10))], "subject": subject,
            "signer_name": rng.choice(SIGNERS), "signer_position": rng.choice(POSITIONS),
            "signer_authority": rng.choice(["TM.", "KT."]),
            "parent_organ_name": "UBND tỉnh Hoà Bình", "language": "Việt", "mode": rng.choice(["Bản chính", "Bản sao"]),
            "priority": rng.choice(["Khẩn", "Hỏa tốc"]), "secrecy": "Mật", "autograph": "Đồng ý",
        }  # fmt: skip
        rare = {"priority", "secrecy", "autograph", "language"}
        kept = {field: value for field, value in fields.items() if rng.random() > (0.8 if field in rare else 0.05)}
        texts = [f"{head}\n{subject}\n{pages[0]}", *pages[1:]]
        access, facts, parts = make_access(rng), make_facts(number % 7), make_parts(rng)
        name = f"d-{seed}-{number:05d}"
        puts.append(make_put(name, *texts, dossier=f"h{number % 7}", access=access, facts=facts, parts=parts, **kept))
    return puts


@functools.cache
def _unreachable(url: str) -> str | None:
    if not url.startswith("http"):
        return "SOHOA_TEST_ELASTICSEARCH_URLS is not set"
    try:
        with urllib.request.urlopen(f"{url}/_cluster/health", timeout=5):
            return None
    except OSError as error:
        return f"{url}: {error}"


def _need(url: str) -> None:
    problem = _unreachable(url)
    if problem and REQUIRED:
        pytest.fail(f"Elasticsearch is required: {problem}")
    if problem:
        pytest.skip(f"no Elasticsearch ({problem}): start two real servers with `make elasticsearch`")


Opener = Callable[..., Index]


@pytest.fixture(scope="session")
def open_engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opener]:
    """Opens an empty index of an engine of `ENGINES`, and takes away at the end what it left behind."""
    made: list[tuple[str, str]] = []
    opened: list[Index] = []

    def opener(engine: str, place: Path | str | None = None) -> Index:
        if engine == "tantivy":
            index = open_index(IndexSettings(), Path(place or tmp_path_factory.mktemp("index")))
        else:
            _need(engine)
            prefix = str(place or f"sohoa-test-{uuid.uuid4().hex[:12]}")
            made.append((engine, prefix))
            index = open_index(IndexSettings(engine="elasticsearch", urls=(engine,), prefix=prefix), Path())
        opened.append(index)
        return index

    yield opener
    for index in opened:
        index.close()
    for url, prefix in made:
        listing = urllib.request.urlopen(f"{url}/_cat/indices/{prefix}-*?h=index", timeout=30).read().decode()
        for name in listing.split():
            urllib.request.urlopen(urllib.request.Request(f"{url}/{name}", method="DELETE"), timeout=30).close()


@pytest.fixture(scope="module", params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    """Name of the engine under test."""
    return str(request.param)


@pytest.fixture(params=ENGINES[1:])
def elastic_url(request: pytest.FixtureRequest) -> str:
    """URL of every Elasticsearch server in turn."""
    _need(str(request.param))
    return str(request.param)


@pytest.fixture
def index(engine: str, open_engine: Opener) -> Index:
    """An empty index of every engine in turn."""
    return open_engine(engine)


@pytest.fixture(scope="session")
def put() -> Callable[..., Put]:
    """Makes one document: `put("d1", "text of page 1", ..., subject="...")`."""
    return make_put


@pytest.fixture(scope="session")
def page() -> Callable[..., Page]:
    """Makes one page of text."""
    return make_page


@pytest.fixture(scope="session")
def archive() -> Callable[[int, int], list[Put]]:
    """Makes an archive: `archive(size, seed)`."""
    return make_archive
