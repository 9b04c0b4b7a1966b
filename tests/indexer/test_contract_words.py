"""What every engine finds: accents, tone placement, numbers, phrases, dates, fields. One suite, each engine in turn."""

import unicodedata
from collections.abc import Callable, Iterator

import pytest

from dossier.errors import BadQuery
from dossier.model import OPERATOR
from indexer import Facet, Filters, Index, Put, Question, Sort, parse_query

TEXTS = {
    "exact": "Quyết định phê duyệt ngân sách tỉnh Hòa Bình",
    "folded": "Quyêt dịnh phê duyêt ngân sách",
    "bare": "quyet dinh phe duyet",
    "apart": "Quyết tâm thực hiện nghị định mới",
    "old": "Thuỷ lợi tỉnh Hoà Bình, Lý Văn Kỹ",
    "new": "Thủy lợi tỉnh Hòa Bình, Lí Văn Kĩ",
    "street": "Đường Nguyễn Huệ",
    "sugar": "Nhà máy dương cầm",
    "nfd": unicodedata.normalize("NFD", "Ủy ban nhân dân huyện Đà Bắc"),
    "dated": "Họp ngày 25 tháng 5 năm 1980 tại Hà Nội",
    "slashed": "Họp 25/05/1980 tại Hà Nội",
    "number": "Số: 2723/QĐ-UBND về đất đai",
    "broken": "Nhà trư-\nờng tổ chức",
}


@pytest.fixture(scope="module")
def filled(engine: str, open_engine: Callable[..., Index], put: Callable[..., Put]) -> Iterator[Index]:
    index = open_engine(engine)
    puts = [put(name, text) for name, text in TEXTS.items()]
    puts.append(
        put(
            "form", "Nội dung đã mờ, không đọc được", dossier="h2", fonds="Phông Sở Nội vụ", organ_name="Sở Nội vụ",
            parent_organ_name="UBND tỉnh Hòa Bình", code_number="15", code_notation="TB-SNV", issued_place="Hòa Bình",
            issued_date="1985-02-28", type_name="Thông báo", subject="V/v bổ nhiệm cán bộ", signer_name="Trần Thị Thuý",
            priority="Hỏa tốc",
        )
    )  # fmt: skip
    puts.append(put("undated", "Giấy viết tay", type_name="Báo cáo", organ_name="UBND TỈNH HOÀ BÌNH"))
    puts.append(put("monthly", "Giấy viết tay khác", type_name="Báo cáo", organ_name="UBND tỉnh Hòa Bình", issued_date="1980-05"))
    assert {outcome.kind for outcome in index.write(puts)} == {"done"}
    index.refresh()
    return index


def ids(index: Index, text: str, **question: object) -> list[str]:
    return [hit.document_id for hit in index.search(Question(parse_query(text), limit=100, **question, reader=OPERATOR)).hits]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("quyet dinh", {"exact", "folded", "bare"}),
        ("quyết định", {"exact", "folded", "bare", "apart"}),
        ('"quyết định"', {"exact"}),
        ('"QUYẾT ĐỊNH"', {"exact"}),
        ('~"quyết định"', {"exact", "folded", "bare"}),
        ("quyết tâm", {"apart"}),
        ("thuỷ", {"old", "new", "form"}),
        ('"thuỷ lợi"', {"old", "new"}),
        ('"hoà bình"', {"exact", "old", "new", "form", "undated", "monthly"}),
        ("kỹ", {"old", "new"}),
        ('"kỹ"', {"old"}),
        ("đường", {"street", "sugar"}),
        ('"đường"', {"street"}),
        ("duong", {"street", "sugar"}),
        ('~"uy ban nhan dan"', {"nfd"}),
        ("quyết tân", set()),
        (unicodedata.normalize("NFD", "đà bắc"), {"nfd"}),
        ("trường", {"broken"}),
        ("quyet hien", {"apart"}),  # nowhere side by side: anywhere in the document
        ("2723", {"number"}),
        ("2723/QĐ-UBND", {"number"}),
        ("2723/qd-ubnd", {"number"}),
        ("2723/QĐ", {"number"}),
        ("qđ-ubnd", {"number"}),
        ("272", set()),
        ("27*", {"number"}),
        ("15/TB-SNV", {"form"}),
        ("số:15", {"form"}),
        ("số: 15/tb-snv", {"form"}),
        ("so:15/t*", {"form"}),
        ("25/5/1980", {"dated", "slashed"}),
        ("ngày 25 tháng 5 năm 1980", {"dated", "slashed"}),
        ("ngay 25 thang 5 nam 1980 họp", {"dated", "slashed"}),
        ("26/5/1980", set()),
        ("ngày:28/2/1985", {"form"}),
        ("năm:1985", {"form"}),
        ("năm:1980..1984", {"monthly"}),
        ("date:1980-05-31..1985-02-28", {"form", "monthly"}),
        ("loại:báo", {"undated", "monthly", "form"}),
        ('type:"báo"', {"undated", "monthly", "form"}),
        ("loại:(thông báo)", {"form"}),
        ("cơ quan:(hoa binh)", {"form", "undated", "monthly"}),
        ('co_quan:"Hòa Bình"', {"form", "undated", "monthly"}),
        ("người ký:thúy", {"form"}),
        ('trích yếu:~"can bo"', {"form"}),
        ("phông:(sở nội vụ)", {"form"}),
        ("khẩn:hoả", {"form"}),
        ("bo nhiem", {"form"}),
        ("giấy -khác", {"undated"}),
        ("giấy OR đường", {"undated", "monthly", "street", "sugar"}),
        ("(giấy OR thuỷ) (khác OR kỹ)", {"old", "new", "monthly"}),
        ("giấy -(tay khác)", {"undated"}),
        ("quy*", {"exact", "folded", "bare", "apart"}),
        ("thuỷ*", {"old", "new", "form"}),
        ("dươn*", {"street", "sugar"}),
        ("duyat~", {"exact", "folded", "bare"}),
        ("dyuet~", {"exact", "folded", "bare"}),
        ('"bình thông"', set()),  # fields and text stand apart: no phrase runs from one into the other
        ("¶", set(TEXTS) | {"form", "undated", "monthly"}),  # not a word: nothing was asked
    ],
)
def test_finds(filled: Index, text: str, found: set[str]) -> None:
    assert set(ids(filled, text)) == found


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("quyết định", ["exact"]),
        ("đường", ["street"]),
        ("dương", ["sugar"]),
        ("kĩ", ["new"]),
        ("15/TB-SNV", ["form"]),
        ("uy ban nhan dan", ["nfd"]),
        ("duyệt", ["exact"]),
    ],
)
def test_exact_marks_come_first(filled: Index, text: str, first: list[str]) -> None:
    assert ids(filled, text)[: len(first)] == first


def test_unmarked_words_are_adjacent_first_and_anywhere_when_that_finds_nothing(filled: Index) -> None:
    side_by_side = filled.search(Question(parse_query("quyet dinh"), reader=OPERATOR))
    assert (side_by_side.wide, side_by_side.can_widen, side_by_side.total.value) == (False, True, 3)
    wider = filled.search(Question(parse_query("quyet dinh"), wide=True, reader=OPERATOR))
    assert (wider.wide, wider.can_widen, wider.total.value) == (True, False, 4)
    fallback = filled.search(Question(parse_query("quyet hien"), reader=OPERATOR))
    assert (fallback.wide, fallback.total.value) == (True, 1)
    strict = filled.search(Question(parse_query("quyet hien"), wide=False, reader=OPERATOR))
    assert (strict.wide, strict.total.value) == (False, 0)


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (Filters(agency=("ubnd tinh hoa binh",)), {"undated", "monthly"}),
        (Filters(agency=("UBND tỉnh Hoà Bình", "Sở Nội vụ")), {"undated", "monthly", "form"}),
        (Filters(type=("báo cáo",), year=(1980,)), {"monthly"}),
        (Filters(dossier=("h2",)), {"form"}),
        (Filters(dossier=("H2",)), set()),
        (Filters(fonds=("phông sở nội vụ",)), {"form"}),
        (Filters(signer=("tran thi thuy",), place=("HÒA BÌNH",), priority=("hoả tốc",)), {"form"}),
        (Filters(number=("15/TB–SNV",)), {"form"}),
        (Filters(date_from="1985-02-28", date_to="28/02/1985"), {"form"}),
        (Filters(date_from="1985-03"), set()),
        (Filters(date_to="1985-02-27"), {"monthly"}),
        (Filters(date_from="1980-05-31", date_to="1980"), {"monthly"}),
        (Filters(date_to="30/4/1980"), set()),
    ],
)
def test_filters(filled: Index, filters: Filters, found: set[str]) -> None:
    assert set(ids(filled, "", filters=filters)) == found


def test_a_bound_that_is_no_date_is_refused(filled: Index) -> None:
    with pytest.raises(BadQuery) as caught:
        ids(filled, "", filters=Filters(date_from="hôm qua"))
    assert caught.value.facts["word"] == "hôm qua"


def test_a_facet_ignores_its_own_filter_and_keeps_the_others(filled: Index) -> None:
    filters = Filters(type=("báo cáo",))
    results = filled.search(
        Question(parse_query("hòa bình"), filters=filters, facets=(Facet.TYPE, Facet.AGENCY, Facet.YEAR), reader=OPERATOR)
    )
    assert results.total.value == 2
    assert {(count.value, count.count) for count in results.facets[Facet.TYPE]} == {("bao cao", 2), ("thong bao", 1)}
    (agency,) = results.facets[Facet.AGENCY]
    assert (agency.value, agency.count) == ("ubnd tinh hoa binh", 2)  # two spellings, one value
    assert agency.label in ("UBND TỈNH HOÀ BÌNH", "UBND tỉnh Hòa Bình")
    assert [(count.value, count.count) for count in results.facets[Facet.YEAR]] == [("1980", 1)]


def test_orders(filled: Index) -> None:
    reports = Filters(type=("báo cáo", "thông báo"))
    assert ids(filled, "", filters=reports, sort=Sort.OLDEST) == ["monthly", "form", "undated"]
    assert ids(filled, "", filters=reports, sort=Sort.NEWEST) == ["form", "monthly", "undated"]
    by_title = ids(filled, "", filters=reports, sort=Sort.TITLE)
    assert by_title[-1] == "form"  # "Báo cáo" twice before "V/v ..."


def test_pages_inside_documents(index: Index, put: Callable[..., Put]) -> None:
    index.write([put("d1", "ngân sách tỉnh", "không có gì", "ngân sách phê duyệt"), put("d2", "phê chuẩn"), put("d3", "trắng")])
    index.refresh()
    found = index.search_pages(parse_query("ngân sách duyệt"), ["d1", "d2", "d3"], per_document=1, reader=OPERATOR)
    assert set(found) == {"d1"}
    assert [hit.number for hit in found["d1"].hits] == [3]
    assert found["d1"].total == 2
    both = index.search_pages(parse_query("ngân sách"), ["d1"], reader=OPERATOR)["d1"]
    assert [hit.number for hit in both.hits] == [1, 3]
    assert index.search_pages(parse_query("-trắng"), ["d1"], reader=OPERATOR) == {}
    assert index.search_pages(parse_query("ngân"), [], reader=OPERATOR) == {}
