"""What a person should look at: contradictions between the fields of one document, and within the series of a dossier."""

from __future__ import annotations

import datetime as dt

import pytest

from dossier.messages import LANGUAGES, Messages
from dossier.model import Arrival, Boundary, Box, Document, Found, Issuer, Record
from metadata.checks import doubted, doubts_inside, doubts_of, with_series_doubts

TODAY = dt.date(2026, 1, 31)


def found(value: str, confidence: float = 0.9) -> Found:
    return Found(value, "p", Box(0, 0, 10, 10), confidence, "test")


def paper(identifier: str = "d-1", **changed: object) -> Document:
    fields: dict[str, object] = {
        "organ_name": found("ỦY BAN NHÂN DÂN TỈNH HÒA BÌNH"),
        "code_number": found("15"),
        "code_notation": found("QĐ-UBND"),
        "issued_place": found("Hòa Bình"),
        "issued_date": found("2021-03-05"),
        "type_name": found("Quyết định"),
        "subject": found("Về việc giao đất"),
        "signer_name": found("Lê Văn Tám"),
    }
    return Document(id=identifier, page_ids=("p",), **{**fields, **changed})


def codes(document: Document) -> list[tuple[str, str]]:
    return [(doubt.field, doubt.code) for doubt in doubts_of(document, today=TODAY)]


def test_a_good_paper_raises_none():
    assert codes(paper()) == []


@pytest.mark.parametrize(
    ("changed", "doubt"),
    [
        ({"code_number": found("15/2020")}, ("issuedDate", "number_year_mismatch")),
        ({"code_notation": found("2020/QĐ-UBND")}, ("issuedDate", "number_year_mismatch")),
        ({"issued_date": found("2026-02-01")}, ("issuedDate", "date_in_future")),
        ({"arrival": Arrival(date=found("2021-03-04"))}, ("issuedDate", "arrival_before_issue")),
        ({"code_notation": found("QĐ-SNV")}, ("codeNotation", "agency_not_in_notation")),
        ({"organ_name": found("SỞ NỘI VỤ")}, ("codeNotation", "agency_not_in_notation")),
        ({"code_notation": found("NQ-HĐND")}, ("codeNotation", "agency_not_in_notation")),
        ({"issued_place": found("Cà Mau")}, ("issuedPlace", "place_not_in_province")),
        ({"signer_name": None}, ("signerName", "missing_field")),
        ({"code_number": None}, ("codeNumber", "missing_field")),
        ({"subject": found("x", 0.3)}, ("subject", "low_confidence")),
        ({"to_places": (found("Lưu: VT", 0.2),)}, ("toPlaces", "low_confidence")),
        ({"boundary": Boundary(0.5, ())}, ("boundary", "boundary_unsure")),
    ],
)
def test_each_contradiction_is_said(changed, doubt):
    assert codes(paper(**changed)) == [doubt]


def test_what_contradicts_another_value_is_less_sure():
    document = paper(issued_date=found("2026-12-05"))
    less = doubted(document, doubts_of(document, today=TODAY))
    assert less.issued_date is not None
    assert less.issued_date.confidence == 0.45
    assert less.code_number == document.code_number
    missing = paper(subject=None)
    assert doubted(missing, doubts_of(missing, today=TODAY)).organ_name == missing.organ_name


@pytest.mark.parametrize(
    "changed",
    [
        {"code_number": found("15/2021")},
        {"code_number": found("2001")},
        {"issued_date": found("2026-01-31")},
        {"arrival": Arrival(date=found("2021-03-05"))},
        {"issued_place": found("Kim Bôi")},
        {"organ_name": found("UBND HUYỆN KIM BÔI"), "code_notation": found("UBND-VX")},
        {"organ_name": found("SỞ TÀI CHÍNH"), "code_notation": found("HDLT-STC-UBND"), "co_issuers": (Issuer(),)},
        {"type_name": found("Hợp đồng"), "code_number": None, "code_notation": None},
        {"signer_name": None, "code_number": None, "code_notation": None, "record": Record("ho-tich", "giay-khai-sinh", 0.9)},
        {"language": found("Việt", 0.2)},
        {"boundary": Boundary(0.95, ("separator",))},
    ],
)
def test_what_is_no_contradiction(changed):
    assert codes(paper(**changed)) == []


def test_pages_without_a_form_raise_one_doubt_only():
    assert codes(Document(id="d", page_ids=("p",))) == [("boundary", "no_head")]
    assert codes(Document(id="d", page_ids=("p",), record=Record("ho-tich", "giay-khai-sinh", 0.9))) == []


def series(*numbered: tuple[str, str]) -> list[Document]:
    return [paper(f"d-{index}", code_number=found(number), issued_date=found(day)) for index, (number, day) in enumerate(numbered)]


def doubtful(documents: list[Document]) -> list[tuple[str, str]]:
    return [(document.id, doubt.code) for document in with_series_doubts(documents) for doubt in document.doubts]


def test_numbers_run_through_the_year():
    assert doubtful(series(("01", "2021-01-04"), ("7", "2021-02-01"), ("31", "2021-02-01"), ("102", "2021-09-09"))) == []
    assert doubtful(series(("01", "2021-01-04"), ("7", "2021-12-01"), ("31", "2021-02-01"), ("102", "2021-09-09"))) == [
        ("d-1", "number_out_of_order")
    ]
    assert doubtful(series(("5", "2021-01-04"), ("5", "2021-02-04"))) == [("d-0", "number_twice"), ("d-1", "number_twice")]


def test_looking_again_changes_nothing():
    once = with_series_doubts(series(("5", "2021-01-04"), ("5", "2021-02-04"), ("9", "2021-01-01")))
    assert with_series_doubts(once) == once


def test_every_year_agency_and_notation_has_its_own_series():
    assert doubtful(series(("90", "2020-12-30"), ("2", "2021-01-04"))) == []
    others = [paper("d-8", code_number=found("9"), issued_date=found("2021-01-02"), code_notation=found("TB-UBND"))]
    assert doubtful([*series(("2", "2021-05-04")), *others]) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_doubt_has_a_sentence(language):
    messages = Messages(language)
    raised = [
        paper(code_number=found("15/2020"), issued_place=found("Cà Mau"), signer_name=None, subject=found("x", 0.1)),
        paper(issued_date=found("2026-02-01"), arrival=Arrival(date=found("2021-01-01")), organ_name=found("SỞ NỘI VỤ")),
        Document(id="d", page_ids=("p",)),
        paper(boundary=Boundary(0.1, ())),
    ]
    doubts = [doubt for document in raised for doubt in doubts_of(document, today=TODAY)]
    doubts += [
        d for each in with_series_doubts(series(("1", "2021-09-01"), ("2", "2021-01-01"), ("3", "2021-01-01"))) for d in each.doubts
    ]
    doubts += [d for each in with_series_doubts(series(("1", "2021-09-01"), ("1", "2021-01-01"))) for d in each.doubts]
    doubts += doubts_inside([("p-0003", 0.4)])
    known = messages.keys()
    assert {f"doubt.{doubt.code}" for doubt in doubts} == {key for key in known if key.startswith("doubt.")}
    for doubt in doubts:
        facts = {**doubt.facts, "field": messages.text(f"field.{doubt.field}")}
        assert "{" not in messages.text(f"doubt.{doubt.code}", **facts)
