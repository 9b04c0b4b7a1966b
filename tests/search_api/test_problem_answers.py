"""RFC 9457: every refusal has the same shape, a stable type, the caller's language, and no inner details."""

from __future__ import annotations

import gzip

import pytest

from dossier import errors
from dossier.messages import Messages
from search_api.problems import BY_ERROR, KINDS, Asked, kind_of, problem_of
from store import Store

CASES = [
    ("/v1/search?q=%22abc", 400, "bad-query", "q", 0),
    ("/v1/search?q=a%20b%20(c", 400, "bad-query", "q", 4),
    ("/v1/search?q=khongco:abc", 400, "bad-query", "q", 0),
    ("/v1/search?q=a&cursor=zzz", 400, "bad-query", "cursor", 0),
    ("/v1/search?date_from=hom-qua", 400, "bad-query", "date_from", 0),
    ("/v1/search?qq=a", 400, "unknown-parameter", "qq", None),
    ("/v1/search?q=a&q=b", 400, "unknown-parameter", "q", None),
    ("/v1/search?lang=en", 400, "unknown-parameter", "lang", None),
    ("/health/live?x=1", 400, "unknown-parameter", "x", None),
    ("/v1/documents/abc?x=1", 400, "unknown-parameter", "x", None),
    ("/v1/search?limit=0", 422, "bad-parameter", "limit", None),
    ("/v1/search?limit=101", 422, "bad-parameter", "limit", None),
    ("/v1/search?limit=ten", 422, "bad-parameter", "limit", None),
    ("/v1/search?sort=sideways", 422, "bad-parameter", "sort", None),
    ("/v1/search?facets=colour", 422, "bad-parameter", "facets", None),
    ("/v1/search?year=MMXX", 422, "bad-parameter", "year", None),
    ("/v1/search?wide=perhaps", 422, "bad-parameter", "wide", None),
]


@pytest.mark.parametrize(("path", "status", "slug", "parameter", "position"), CASES)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_bad_questions(site, path, status, slug, parameter, position, language):
    answer = site.get(path, headers={"Accept-Language": language})
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["type"] == f"/problems/{slug}"
    assert problem["status"] == status
    assert problem["title"] == Messages(language).text(f"web_problem.{slug.replace('-', '_')}")
    assert problem["trace_id"] == answer.headers["x-trace-id"]
    (error,) = problem["errors"]
    assert error["parameter"] == parameter
    assert error.get("position") == position
    # A sentence of the catalogue, not a key and not pydantic's English.
    assert not error["detail"].startswith(("query.", "web_"))
    assert "Input should" not in error["detail"]
    assert "value cannot be used" not in error["detail"] or language == "en"


@pytest.mark.parametrize(("method", "path", "status", "slug"), [
    ("GET", "/v1/nothing", 404, "not-found"),
    ("GET", "/static/nothing.css", 404, "not-found"),
    ("GET", "/docs", 404, "not-found"),
    ("POST", "/v1/search", 405, "method-not-allowed"),
    ("DELETE", "/v1/documents/x", 405, "method-not-allowed"),
])  # fmt: skip
def test_refusals_of_the_framework(site, method, path, status, slug):
    answer = site.request(method, path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["type"] == f"/problems/{slug}"
    if status == 405:
        assert "GET" in answer.headers["allow"]


def test_people_get_a_page(site):
    answer = site.get("/van-ban/nope", headers={"Accept": "text/html"})
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("text/html")
    assert "Không tìm thấy văn bản «nope»" in answer.text
    english = site.get("/van-ban/nope?lang=en", headers={"Accept": "text/html"})
    assert "There is no document `nope`" in english.text


def test_every_type_uri_explains_itself(site):
    for slug in KINDS:
        answer = site.get(f"/problems/{slug}", headers={"Accept": "text/html"})
        assert answer.status_code == 200
        assert f"/problems/{slug}" in answer.text


@pytest.mark.parametrize("path", ["/", "/v1/search", "/v1/nothing", "/v1/search?limit=0", "/static/style.css", "/health/live"])
def test_every_answer_has_the_security_headers(site, path):
    headers = site.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-security-policy"].startswith("default-src 'none'")
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["referrer-policy"] == "same-origin"
    assert len(headers["x-trace-id"]) == 32


def test_a_callers_trace_id_is_kept(site):
    trace = "4bf92f3577b34da6a3ce929d0e0e4736"
    answer = site.get("/v1/nothing", headers={"traceparent": f"00-{trace}-00f067aa0ba902b7-01"})
    assert answer.json()["trace_id"] == trace


def test_the_language_falls_back_to_vietnamese(site):
    for header in ("fr, de;q=0.5", "", "en;q=0", "en;q=0.3, vi;q=0.8", "*"):
        title = site.get("/v1/nothing", headers={"Accept-Language": header}).json()["title"]
        assert title == "Không tìm thấy", header


def test_damage_in_the_store_is_a_500_without_inner_details(tmp_path, fill_archive, serve):
    archive = fill_archive(tmp_path / "kho")
    document, other = archive.documents["hostile"], archive.documents["decision"]
    dossiers = tmp_path / "kho" / "dossiers"
    (dossiers / archive.dossiers["letters"] / "documents" / f"{document.id}.json").write_bytes(b"{broken")
    page = dossiers / archive.dossiers["land"] / "pages" / f"{other.page_ids[0]}.json.gz"
    page.write_bytes(gzip.compress(b"[]"))
    with serve(archive.settings) as client:
        for path in (f"/v1/documents/{document.id}", f"/v1/pages/{other.page_ids[0]}"):
            answer = client.get(path)
            assert answer.status_code == 500
            assert answer.headers["content-type"] == "application/problem+json"
            assert answer.headers["x-content-type-options"] == "nosniff"
            assert answer.json()["type"] == "/problems/internal"
            for inner in ("Traceback", "JSON", str(tmp_path), "Expecting", "expected"):
                assert inner not in answer.text
        # What is damaged does not take the rest of an answer down.
        items = client.get("/v1/search?q=dat OR bien").json()["items"]
        assert {item["id"] for item in items} == {other.id, archive.documents["proposal"].id}


def test_an_error_nobody_foresaw_is_a_500_with_headers_and_trace(tmp_path, fill_archive, serve, caplog, monkeypatch):
    archive = fill_archive(tmp_path / "kho")
    page_id = archive.documents["decision"].page_ids[0]

    def fail(store, page_id):
        raise ZeroDivisionError("nobody foresaw this")

    monkeypatch.setattr(Store, "page_image", fail)
    with serve(archive.settings) as client:
        answer = client.get(f"/v1/pages/{page_id}/image?")
    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["content-security-policy"]
    assert "ZeroDivision" not in answer.text
    assert "nobody foresaw" not in answer.text
    assert str(tmp_path) not in answer.text
    assert answer.json()["trace_id"] in caplog.text


def test_every_error_class_has_a_kind():
    for cls in (errors.BadQuery, errors.NotFound, errors.Unavailable, errors.Damaged, errors.BadSettings, errors.TimedOut):
        assert kind_of(cls()) in BY_ERROR.values()


def test_secrets_of_settings_stay_inside():
    asked = Asked(messages=Messages("en"), path="/v1/search", trace_id="0" * 32)
    for error in (
        errors.Unavailable(what="ledger", detail="postgresql://u:hunter2@db"),
        errors.BadSettings(setting="x", problem="hunter2"),
    ):
        assert "hunter2" not in problem_of(error, asked).model_dump_json()
