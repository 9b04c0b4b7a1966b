"""Every field of the form can be asked for by name, filtered by, counted and looked up. One suite, each engine in turn."""

from collections.abc import Callable

import pytest

from dossier.model import (
    OPERATOR,
    Annex,
    ArchivalFacts,
    Arrival,
    Box,
    Doubt,
    Found,
    Issuer,
    Mention,
    MentionKind,
    PersonalData,
    Record,
    Reference,
    ReferenceKind,
    Unit,
)
from indexer import TREE, Facet, Filters, Index, Put, Question, Sort, branch_key, parse_query


def at(value: str) -> Found:
    return Found(value, "p", Box(0, 0, 1, 1), 0.9, "made")


FULL = {
    "to_places": (at("Như Điều 3"), at("Lưu: VT, TC")),
    "arrival": Arrival(at("Sở Tài chính"), at("0123"), at("1985-03-02")),
    "co_issuers": (Issuer(at("Bộ Tài chính"), at("Chính phủ"), at("16"), at("TT-BTC"), at("Hồ Tế"), at("Bộ trưởng"), at("KT.")),),
    "annexes": (Annex(("p",), at("Phụ lục I: Bảng giá")),),
    "references": (Reference(at("x"), ReferenceKind.BASIS, "Luật", "05/2013/L-CTN", title="Luật Đất đai"),),
    "mentions": (
        Mention(MentionKind.PERSON, at("Đinh Thị Mơ"), valid=True, personal=PersonalData.BASIC),
        Mention(MentionKind.PHONE, at("0912345678"), valid=True, personal=PersonalData.BASIC),
    ),
    "units": (
        Unit("issuedPlace", "25", "gso", "Tỉnh Phú Thọ", None, "2025-06-30"),
        Unit("organName", "H44", "organ", "Ủy ban nhân dân tỉnh Phú Thọ", None, None),
    ),
    "record": Record("ho-tich", "giay-khai-sinh", 0.9, {"hoTen": at("Bùi Văn Thảo")}, "Giấy khai sinh"),
    "doubts": (Doubt("codeNumber", "number_twice", {}), Doubt("issuedDate", "date_in_future", {})),
    "page_amount": 7,
}
FACTS = ArchivalFacts("Phông UBND huyện", "02", "15", "7", "Hồ sơ đất", "Vĩnh viễn")


@pytest.fixture(scope="module")
def filled(engine: str, open_engine: Callable[..., Index], put: Callable[..., Put]) -> Index:
    index = open_engine(engine)
    puts = [
        put(
            "full",
            "Nội dung mờ",
            "Trang hai",
            facts=FACTS,
            parts=FULL,
            organ_name="UBND tỉnh Hòa Bình",
            parent_organ_name="Quốc hội",
            issued_place="Hoà Bình",
            issued_date="1985-02-28",
            signer_name="Trần Thị Thuý",
            signer_position="Chủ tịch",
            signer_authority="TM.",
            code_number="15",
            code_notation="TTLT-TC",
            priority="Hỏa tốc",
            secrecy="Mật",
            language="Việt-Pháp",
            mode="Bản chính",
            autograph="Đồng ý cho in",
            type_name="Thông tư liên tịch",
        ),
        put("bare", "Giấy viết tay", facts=ArchivalFacts(), dossier="h2"),
        put("other", "Giấy khác", facts=ArchivalFacts("Phông UBND huyện", None, "15"), dossier="h3", issued_date="1985-02"),
        put("third", "Giấy khác", facts=ArchivalFacts("Phông UBND huyện", "02", "16"), dossier="h4", issued_date="1985"),
    ]
    assert {outcome.kind for outcome in index.write(puts)} == {"done"}
    index.refresh()
    return index


def ids(index: Index, text: str = "", filters: Filters | None = None) -> list[str]:
    return sorted(hit.document_id for hit in index.search(Question(parse_query(text), filters or Filters(), reader=OPERATOR)).hits)


@pytest.mark.parametrize(
    "text",
    [
        "cơ quan:(bộ tài chính)",
        "cơ quan:(chính phủ)",
        "số:16/tt-btc",
        "đơn vị:(phú thọ)",
        "người ký:(hồ tế)",
        "chức vụ:(bộ trưởng)",
        'chức vụ:"chủ tịch"',
        "thẩm quyền:kt",
        "nơi nhận:lưu",
        "mục lục:02",
        "hộp số:15",
        "bảo quản:(vinh vien)",
        "độ mật:mật",
        "ngôn ngữ:pháp",
        "hình thức:(bản chính)",
        "bút tích:(đồng ý)",
        "số đến:0123",
        "đến:(sở tài chính)",
        "người:mơ",
        "căn cứ:05/2013/l-ctn",
        "căn cứ:(luật đất đai)",
        "phụ lục:(bảng giá)",
        "giấy tờ:(bùi văn thảo)",
        "loại:(giấy khai sinh)",
        "hồ sơ:(hồ sơ đất)",
    ],
)
def test_every_field_is_searched_by_name(filled: Index, text: str) -> None:
    found = ids(filled, text)
    assert "full" in found
    assert "bare" not in found


def test_words_of_nearly_every_document_are_found_by_field_only(filled: Index) -> None:
    assert ids(filled, '"bản chính"') == []
    assert ids(filled, '"phú thọ"') == ["full"]  # today's name of a place stands for the old one


@pytest.mark.parametrize(
    "filters",
    [
        Filters(agency=("bộ tài chính",)),
        Filters(agency=("Uỷ ban nhân dân tỉnh Phú Thọ",)),
        Filters(parent=("chính phủ",)),
        Filters(unit=("gso:25",)),
        Filters(unit=("phu tho",)),
        Filters(unit=("Hòa Bình",)),
        Filters(unit=("ubnd tỉnh hòa bình",)),
        Filters(place=("Tỉnh Phú Thọ",)),
        Filters(place=("phú thọ", "khác")),
        Filters(signer=("hồ tế",)),
        Filters(position=("bộ trưởng",)),
        Filters(authority=("tm.",)),
        Filters(recipient=("như điều 3",)),
        Filters(month=("1985-02",), year=(1985,), precision=("day",)),
        Filters(fonds=("phông ubnd huyện",), dossier=("h1",)),
        Filters(catalogue=(branch_key("Phông UBND huyện", "02"),), box=("phông ubnd huyện > 02 > 15",)),
        Filters(branch=("PHÔNG UBND HUYỆN > 02 > 15",)),
        Filters(branch=("h1",)),
        Filters(retention=("vĩnh viễn",)),
        Filters(record=("ho-tich/giay-khai-sinh",)),
        Filters(record=("giấy khai sinh",)),
        Filters(priority=("hỏa tốc",), secrecy=("mật",), language=("việt-pháp",), mode=("bản chính",)),
        Filters(autograph=("yes",)),
        Filters(annexes=("yes",)),
        Filters(doubt=("yes",)),
        Filters(doubt=("date_in_future",)),
        Filters(person=("đinh thị mơ",)),
        Filters(number=("15",)),
        Filters(number=("ttlt-tc",)),
        Filters(number=("16/TT-BTC",)),
        Filters(cites=("5/2013/L-CTN",)),
        Filters(arrival_number=("123",)),
        Filters(arrival_from="3/1985", arrival_to="1985"),
        Filters(file=("full".ljust(32, "0"),)),
        Filters(pages_from=7, pages_to=7),
    ],
)
def test_every_field_is_filtered_by(filled: Index, filters: Filters) -> None:
    assert ids(filled, filters=filters) == ["full"]


def test_what_is_not_there_can_be_asked_for(filled: Index) -> None:
    assert ids(filled, filters=Filters(doubt=("no",), autograph=("no",), annexes=("no",))) == ["bare", "other", "third"]
    assert ids(filled, filters=Filters(precision=("unknown",))) == ["bare"]
    assert ids(filled, filters=Filters(precision=("month", "year"))) == ["other", "third"]


def test_facets_hold_several_values_and_ids_have_labels(filled: Index) -> None:
    facets = filled.search(Question(facets=tuple(Facet), reader=OPERATOR)).facets
    assert {(one.value, one.count) for one in facets[Facet.AGENCY]} == {("ubnd tinh hoa binh", 1), ("bo tai chinh", 1)}
    assert [(one.value, one.label) for one in facets[Facet.UNIT]] == [
        ("gso:25", "Tỉnh Phú Thọ"), ("organ:H44", "Ủy ban nhân dân tỉnh Phú Thọ")
    ]  # fmt: skip
    assert [(one.value, one.label) for one in facets[Facet.RECORD]] == [("ho-tich/giay-khai-sinh", "Giấy khai sinh")]
    assert [one.label for one in facets[Facet.PERSON]] == ["Đinh Thị Mơ"]  # numbers of people are no facet
    assert {one.value: one.count for one in facets[Facet.DOUBT]} == {"no": 3, "number_twice": 1, "date_in_future": 1}
    assert [(one.value, one.count) for one in facets[Facet.YEAR]] == [("1985", 3)]
    assert [(one.value, one.count) for one in facets[Facet.MONTH]] == [("1985-02", 2)]


def test_the_tree_is_walked_by_branch(filled: Index) -> None:
    branch: tuple[str, ...] = ()
    walked = []
    for level in TREE:
        question = Question(filters=Filters(branch=branch), facets=(level,), reader=OPERATOR)
        children = filled.search(question).facets[level]
        walked.append([(one.value, one.label, one.count) for one in children])
        branch = (children[0].value,)
    fonds = "phong ubnd huyen"
    assert walked == [
        [(fonds, "Phông UBND huyện", 3)],
        [(f"{fonds} > 02", "02", 2), (f"{fonds} > -", "–", 1)],
        [(f"{fonds} > 02 > 15", "15", 1), (f"{fonds} > 02 > 16", "16", 1)],
        [("h1", "Hồ sơ đất", 1)],
    ]


def test_values_of_a_facet_are_found_by_the_beginning_of_a_word(filled: Index) -> None:
    def values(facet: Facet, beginning: str, filters: Filters | None = None) -> list[str]:
        asked = Question(filters=filters or Filters(), facets=(facet,), facet_beginning=beginning, limit=0, reader=OPERATOR)
        return [one.label for one in filled.search(asked).facets[facet]]

    assert values(Facet.AGENCY, "Tài ch") == ["Bộ Tài chính"]
    assert values(Facet.AGENCY, "hoà") == ["UBND tỉnh Hòa Bình"]
    assert values(Facet.AGENCY, "nh") == []
    assert values(Facet.UNIT, "phú") == ["Tỉnh Phú Thọ", "Ủy ban nhân dân tỉnh Phú Thọ"]  # by label, though the value is an id
    assert values(Facet.RECIPIENT, "lưu: v") == ["Lưu: VT, TC"]
    assert values(Facet.AGENCY, ".*") == []
    assert values(Facet.SIGNER, "h", Filters(signer=("trần thị thúy",))) == ["Hồ Tế"]  # its own filter does not hide other values


@pytest.mark.parametrize(
    ("sort", "attribute", "values"),
    [
        (Sort.NUMBER, "code_number", ["2", "010", "15a", "100", None]),
        (Sort.HIGHEST_NUMBER, "code_number", ["100", "15a", "010", "2", None]),
        (Sort.SIGNER, "signer_name", ["Trần Thị Án", "Nguyễn Văn Ân", "Lê Ba", "Phan Đào", None]),
        (Sort.AGENCY, "organ_name", ["Ban Dân vận", "Bộ Nội vụ", "Đảng ủy", "Sở Y tế", None]),
        (Sort.TITLE, "subject", ["Bán đất", "Ban hành", "Bổ nhiệm", "Đất", None]),
    ],
)
def test_orders_of_fields(index: Index, put: Callable[..., Put], sort: Sort, attribute: str, values: list[str | None]) -> None:
    fields = [{attribute: value} if value else {} for value in values]
    index.write([put(f"d{place}", "giấy", **one) for place, one in reversed(list(enumerate(fields)))])
    index.refresh()
    found = index.search(Question(sort=sort, reader=OPERATOR)).hits
    assert [hit.document_id for hit in found] == [f"d{place}" for place in range(len(values))]


def test_order_of_arrival_and_length(index: Index, put: Callable[..., Put]) -> None:
    def arrived(day: str | None, pages: int) -> dict[str, object]:
        return {"arrival": Arrival(date=at(day)) if day else None, "page_amount": pages}

    days = {"b": ("1985-03-02", 3), "a": ("1985-03-01", 9), "c": ("1986", 1), "d": (None, 20)}
    index.write([put(name, "giấy", parts=arrived(*each)) for name, each in days.items()])
    index.refresh()
    orders = {Sort.ARRIVAL: "abcd", Sort.LATEST_ARRIVAL: "cbad", Sort.SHORTEST: "cbad", Sort.LONGEST: "dabc"}
    for sort, order in orders.items():
        assert "".join(hit.document_id for hit in index.search(Question(sort=sort, reader=OPERATOR)).hits) == order
