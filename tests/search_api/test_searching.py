"""GET /v1/search: words, filters, facets, cursors, snippets and boxes."""

from __future__ import annotations

import httpx
import pytest


def ask(site: httpx.Client, **parameters: object) -> dict:
    answer = site.get("/v1/search", params=parameters)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/json"
    return answer.json()


def ids(answer: dict) -> list[str]:
    return [item["id"] for item in answer["items"]]


@pytest.mark.parametrize(
    "words", ["phê duyệt kế hoạch", "phe duyet ke hoach", "PHÊ DUYỆT", "15/QĐ-UBND", "15/qd-ubnd", '"sử dụng đất"']
)
def test_finds_the_decision_with_and_without_marks(site, archive, words):
    assert ids(ask(site, q=words))[0] == archive.documents["decision"].id


def test_an_item_tells_fields_pages_snippets_and_boxes(site, archive):
    decision = archive.documents["decision"]
    item = ask(site, q="duoc di")["items"][0]
    assert item["number"] == "15/QĐ-UBND"
    assert item["typeName"] == "Quyết định"
    assert item["issuedDate"] == "2021-03-12"
    assert item["organName"] == "ỦY BAN NHÂN DÂN HUYỆN HÒA VANG"
    assert item["dossier"] == {"id": archive.dossiers["land"], "name": "Hồ sơ giao đất năm 2021"}
    assert item["page_count"] == 2
    assert item["signerName"] is None
    (page,) = item["matched_pages"]
    assert page["id"] == decision.page_ids[1]
    assert page["page"] == 2
    assert (page["width"], page["height"], page["dpi"]) == (1240, 1754, 150)
    assert any("<em>được đi</em>" in snippet for snippet in page["snippets"])
    (box,) = page["boxes"]
    assert box["text"] == "được đi"
    assert box["exact"] is False
    words = {word["text"]: word["box"] for line in site.get(page["links"]["self"]).json()["lines"] for word in line["words"]}
    assert box["box"] == [words["được"][0], words["được"][1], words["đi"][2], words["đi"][3]]
    for link in (*item["links"].values(), *page["links"].values()):
        assert site.get(link).status_code == 200, link


def test_exact_marks_are_told_apart(site):
    pages = ask(site, q='"được đi"')["items"][0]["matched_pages"]
    assert [box["exact"] for page in pages for box in page["boxes"]] == [True]


def test_snippets_are_escaped(site, archive):
    item = next(item for item in ask(site, q="biên chế")["items"] if item["id"] == archive.documents["hostile"].id)
    (snippet, *_) = item["matched_pages"][0]["snippets"]
    assert "<script>" not in snippet
    assert "&lt;script&gt;" in snippet
    assert "<em>biên chế</em>" in snippet


def test_secret_documents_are_not_given_out_even_when_the_index_still_has_them(site):
    answer = ask(site, q="bạch mã")
    assert answer["items"] == []
    assert "lực lượng" not in str(answer)


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"type": "Quyết định"}, ["decision"]),
        ({"type": ["quyet dinh", "to trinh"], "sort": "-date"}, ["decision", "proposal"]),
        ({"type": ["quyet dinh", "to trinh"], "sort": "date"}, ["proposal", "decision"]),
        ({"year": "2020"}, ["proposal"]),
        ({"date_from": "2021-01-01"}, ["decision"]),
        ({"date_to": "31/12/2020"}, ["proposal"]),
        ({"number": "15/QĐ-UBND"}, ["decision"]),
        ({"fonds": "UBND huyện Hòa Vang", "sort": "date"}, ["proposal", "decision"]),
        ({"agency": "Sở Nội vụ"}, ["hostile"]),
        ({"place": "Hòa Vang"}, ["decision"]),
        ({"type": "Quyết định", "year": "2020"}, []),
    ],
)
def test_filters(site, archive, filters, expected):
    names = {document.id: name for name, document in archive.documents.items()}
    assert [names[one] for one in ids(ask(site, **filters))] == expected


def test_filter_by_dossier(site, archive):
    assert ids(ask(site, dossier=archive.dossiers["letters"])) == [archive.documents["hostile"].id]


def test_facets_are_counted_without_their_own_filter(site):
    answer = ask(site, facets="type,year", type="to trinh", fonds="UBND huyện Hòa Vang")
    assert {one["label"]: one["count"] for one in answer["facets"]["type"]} == {"Quyết định": 1, "Tờ trình": 1}
    assert {one["label"]: one["count"] for one in answer["facets"]["year"]} == {"2020": 1}
    assert answer["total"] == {"value": 1, "relation": "eq"}
    again = ask(site, facets="type", type=answer["facets"]["type"][0]["value"])
    assert again["total"]["value"] == 1


def test_cursors_lead_through_everything_once(site, archive):
    seen, link = [], "/v1/search?limit=1&sort=title"
    while link:
        answer = site.get(link).json()
        seen += ids(answer)
        link = answer["links"]["next"]
        assert len(seen) <= 5
    shown = {document.id for name, document in archive.documents.items() if name != "secret"}
    assert len(seen) == len(set(seen))
    assert set(seen) == shown


def test_tells_how_the_question_was_read(site):
    answer = ask(site, q="phe duyet")
    assert answer["interpreted"] == '~"phe duyet"'
    assert answer["can_widen"] is True
    wide = ask(site, q="hoach phe", wide="true")
    assert wide["wide"] is True
    assert wide["items"]


def test_nothing_found_is_an_answer(site):
    answer = ask(site, q="xyzzyqwerty")
    assert answer["items"] == []
    assert answer["total"] == {"value": 0, "relation": "eq"}
    assert answer["next"] is None
