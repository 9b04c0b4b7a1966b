"""POST /v1/searches, saved searches, search inside a document: what programs send and keep."""

from __future__ import annotations

import sqlalchemy

from indexer import GRAMMAR, Facet, Filters
from search_api.asking import BOUNDS, FILTERS, SearchOrder, SearchParameters


def post(site, path: str, body: object, status: int = 200):
    answer = site.post(path, json=body)
    assert answer.status_code == status, answer.text
    return answer.json()


def test_every_filter_and_facet_of_the_index_can_be_asked_for():
    names = {*FILTERS, *BOUNDS}
    assert names == set(Filters.__dataclass_fields__)
    assert names <= set(SearchParameters.model_fields)
    assert names <= set(SearchOrder.model_fields)
    assert SearchOrder(facets=[facet.value for facet in Facet]).facets == list(Facet)


def test_an_order_finds_what_the_address_finds(site):
    by_address = site.get("/v1/search?q=dat&facets=type&year=2021&year=2020").json()
    by_order = post(site, "/v1/searches", {"q": "dat", "facets": ["type"], "year": [2021, 2020]})
    assert by_order["items"] == by_address["items"]
    assert by_order["facets"] == by_address["facets"]
    assert len(by_order["items"]) == 2
    assert by_order["grammar"] == GRAMMAR


def test_an_order_may_have_thousands_of_values(site, archive):
    wanted = [f"none-{number}" for number in range(3000)] + [archive.dossiers["letters"]]
    found = post(site, "/v1/searches", {"dossier": wanted})
    assert [item["id"] for item in found["items"]] == [archive.documents["hostile"].id]


def test_pages_of_an_order_go_on_by_cursor(site):
    ids, cursor = [], ""
    while True:
        part = post(site, "/v1/searches", {"sort": "title", "limit": 2, "cursor": cursor})
        ids += [item["id"] for item in part["items"]]
        assert part["links"]["next"] is None
        if part["next"] is None:
            break
        cursor = part["next"]
    assert len(ids) == len(set(ids)) == 5


def test_unknown_members_and_broken_json_are_refused(site):
    problem = post(site, "/v1/searches", {"q": "đất", "yaer": [2021]}, 422)
    assert [error["parameter"] for error in problem["errors"]] == ["yaer"]
    broken = site.post("/v1/searches", content=b'{"q": ', headers={"Content-Type": "application/json"})
    assert broken.status_code == 422
    assert broken.headers["content-type"] == "application/problem+json"
    wrong = post(site, "/v1/searches", {"q": '"đất'}, 400)
    assert wrong["errors"][0]["position"] == 0
    assert post(site, "/v1/searches", {"date_from": "hôm qua"}, 400)["errors"][0]["parameter"] == "date_from"
    assert post(site, "/v1/searches", {"arrival_to": "x"}, 400)["errors"][0]["parameter"] == "arrival_to"


def test_a_saved_search_is_kept_run_and_forgotten(site, archive):
    saved = post(site, "/v1/saved-searches", {"name": "Đất 2021", "search": {"q": "dat", "year": [2021], "cursor": "x"}}, 201)
    assert saved["search"] == {"q": "dat", "year": [2021]}
    assert saved["grammar"] == GRAMMAR
    same = post(site, "/v1/saved-searches", {"name": "Đất 2021", "search": {"q": "khác"}}, 409)
    assert same["type"] == "/problems/conflict"
    assert [one["id"] for one in site.get("/v1/saved-searches").json()["items"]] == [saved["id"]]
    ran = site.get(saved["links"]["results"]).json()
    assert ran["same_meaning"] is True
    assert [item["id"] for item in ran["results"]["items"]] == [archive.documents["decision"].id]
    assert site.delete(saved["links"]["self"]).status_code == 204
    assert site.get(saved["links"]["self"]).status_code == 404
    assert site.get(saved["links"]["results"]).status_code == 404


def test_a_wrong_question_is_not_saved(site):
    assert post(site, "/v1/saved-searches", {"name": "sai", "search": {"q": "(đất"}}, 400)["errors"][0]["parameter"] == "q"
    assert site.get("/v1/saved-searches").json()["items"] == []


def test_a_search_saved_in_an_older_language_says_when_it_means_something_else(site, archive):
    saved = post(site, "/v1/saved-searches", {"name": "cũ", "search": {"q": "dat"}}, 201)
    engine = sqlalchemy.create_engine(f"sqlite:///{archive.settings.store.folder / 'ledger.sqlite'}")
    with engine.begin() as connection:  # as if it had been saved by an earlier version
        connection.exec_driver_sql("UPDATE saved_searches SET grammar = 'vi-0'")
    assert site.get(saved["links"]["results"]).json()["same_meaning"] is True, "read as before"
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE saved_searches SET interpreted = '\"dat\"'")
    engine.dispose()
    ran = site.get(saved["links"]["results"]).json()
    assert ran["same_meaning"] is False
    assert ran["interpreted_when_saved"] == '"dat"' != ran["results"]["interpreted"]
    site.delete(saved["links"]["self"])


def test_search_inside_a_document(site, archive):
    decision = archive.documents["decision"]
    whole = site.get(f"/v1/documents/{decision.id}/pages").json()
    assert [page["match"] for page in whole["items"]] == [None, None]
    found = site.get(f"/v1/documents/{decision.id}/pages", params={"q": "tien den bu"}).json()
    (page,) = found["items"]
    assert (page["id"], page["page"]) == (decision.page_ids[1], 2)
    assert page["match"]["boxes"][0]["text"] == "tiền đền bù"
    assert "<em>tiền đền bù</em>" in page["match"]["snippets"][0]
    assert found["wide"] is False
    scattered = site.get(f"/v1/documents/{decision.id}/pages", params={"q": "bu tien"}).json()
    assert scattered["wide"] is True
    assert len(scattered["items"]) == 1
    assert site.get(f"/v1/documents/{decision.id}/pages", params={"q": "không có đâu"}).json()["items"] == []
    assert site.get(f"/v1/documents/{decision.id}/pages", params={"q": '"'}).status_code == 400


def test_words_of_a_page_with_matches(site, archive):
    page_id = archive.documents["decision"].page_ids[1]
    plain = site.get(f"/v1/pages/{page_id}/words").json()
    assert [word["text"] for word in plain["words"]][:3] == ["Điều", "1.", "Phê"]
    assert not any(word["matched"] for word in plain["words"])
    marked = site.get(f"/v1/pages/{page_id}/words", params={"q": "đền bù"}).json()
    assert [word["text"] for word in marked["words"] if word["matched"]] == ["đền", "bù"]
    assert marked["boxes"][0]["exact"] is True
    assert site.get(f"/v1/pages/{archive.documents['secret'].page_ids[0]}/words", params={"q": "bạch mã"}).status_code == 404


def test_an_answer_says_why_and_what_was_meant(site):
    answer = site.get("/v1/search", params={"q": "phe duyet UBND"}).json()
    reasons = {reason["asked"]: reason for reason in answer["items"][0]["why"]}
    assert reasons["phe"]["form"] == "other_marks"
    assert {place["field"] for place in reasons["phe"]["places"]} >= {"subject", None}
    assert {"asked": "UBND", "text": "Ủy ban nhân dân", "kind": "long_form"} in answer["other_forms"]
    assert all(place["page"] in (None, 1, 2) for reason in reasons.values() for place in reason["places"])
    assert site.get("/v1/search", params={"q": "ke hoach su dung dat"}).json()["did_you_mean"] == "kế hoạch sử dụng đất"
    assert site.get("/v1/search").json()["did_you_mean"] is None
    assert site.get("/v1/search").json()["items"][0]["why"] == []
