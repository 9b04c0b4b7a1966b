"""Nothing of a closed paper comes out, whatever is asked: questions by lot over all routes that there are.

A route without a case here fails the first test, so that nobody adds one without saying how it is asked.
"""

from __future__ import annotations

import asyncio
import io
import os
import random
import re
import threading
import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from search_api.access.scopes import OPEN_PATHS
from search_api.exports.running import ExportStep

QUESTIONS = int(os.environ.get("SOHOA_TEST_LEAK_QUESTIONS", "10000"))
"""Questions aimed at a paper; each answer is held against every paper that is closed to the asker."""

TRIPLES = 10_000
"""Least number of different asker, closed paper and route that are looked at."""

UNKNOWN_PAGE = "0123456789abcdef0123456789abcdef-0001"
UNKNOWN = {"document": f"d-{UNKNOWN_PAGE}", "page": UNKNOWN_PAGE, "dossier": "0123456789abcdef"}
RUNS = re.compile(r"[a-z0-9]+")
TRACE = re.compile(r"[0-9a-f]{32}(?![0-9a-f-])")


@dataclass(frozen=True)
class Case:
    """How a route is asked about a paper: `about` what, whose absence makes it 404; "" asks about all at once."""

    about: str
    query: Callable[[object], list[tuple[str, object]]] = lambda paper: []
    body: Callable[[object], object] = lambda paper: None
    weight: int = 2
    fills: tuple[tuple[str, str], ...] = ()


def words(paper):
    return [("q", paper.page_word)]


CASES = {
    "GET /v1/search": Case("", lambda paper: [("q", paper.subject_word), ("facets", "agency,type,year")], weight=4),
    "POST /v1/searches": Case("", body=lambda paper: {"q": paper.page_word, "facets": ["agency", "dossier"]}),
    "GET /": Case("", lambda paper: [*words(paper), ("facets", "unit")]),
    "GET /gia-tri/{facet}": Case("", lambda paper: [("q", "chung")], weight=4, fills=(("facet", "signer"),)),
    "GET /v1/documents/{document_id}": Case("document", lambda paper: [("reveal", "true")], weight=4),
    "GET /v1/documents/{document_id}/pages": Case("document", words),
    "GET /v1/pages/{page_id}": Case("page"),
    "GET /v1/pages/{page_id}/image": Case("page"),
    "GET /v1/pages/{page_id}/words": Case("page", words),
    "GET /v1/dossiers/{dossier_id}": Case("dossier", weight=4),
    "GET /v1/dossiers/{dossier_id}/review": Case("dossier", weight=4),
    "GET /v1/dossiers/{dossier_id}/lists/{form}.{kind}": Case("dossier", fills=(("form", "documents"), ("kind", "json"))),
    "GET /van-ban/{document_id}": Case("document", lambda paper: [("q", paper.page_word), ("hien", "1")]),
    "GET /ho-so/{dossier_id}": Case("dossier"),
    "GET /iiif/image/{page_id}": Case("page"),
    "GET /iiif/image/{page_id}/info.json": Case("page"),
    "GET /iiif/image/{page_id}/{region}/{size}/{rotation}/{picture}": Case(
        "page", fills=(("region", "full"), ("size", "max"), ("rotation", "0"), ("picture", "default.jpg"))
    ),
    "GET /iiif/documents/{document_id}/manifest": Case("document"),
    "GET /iiif/dossiers/{dossier_id}/collection": Case("dossier"),
    "GET /iiif/documents/{document_id}/annotations/{page_id}": Case("document"),
    "GET /iiif/documents/{document_id}/text.txt": Case("document"),
    "GET /iiif/documents/{document_id}/search": Case("document", words),
    "GET /iiif/documents/{document_id}/search1": Case("document", words),
    "GET /iiif/documents/{document_id}/autocomplete": Case("document", lambda paper: [("q", paper.page_word[:4])]),
    "GET /iiif/documents/{document_id}/autocomplete1": Case("document", lambda paper: [("q", paper.page_word[:4])]),
    "GET /v1/changes": Case("", lambda paper: [("limit", "1000")], weight=1),
    "GET /v1/suggest": Case("", lambda paper: [("prefix", paper.subject_word[:3])], weight=4),
    "GET /v1/documents/{document_id}/similar": Case("document", weight=4),
    "GET /v1/spelling": Case("", lambda paper: [("q", paper.subject_word[:-1] + "y")], weight=4),
    "GET /v1/numbers": Case("", lambda paper: [("number", paper.number[:4])], weight=4),
    "GET /v1/documents/{document_id}/cites": Case("document", weight=4),
    "GET /v1/documents/{document_id}/cited-by": Case("document", weight=4),
    "GET /oai": Case("", lambda paper: [("verb", "ListRecords"), ("metadataPrefix", "oai_dc")], weight=1),
    "POST /oai": Case("", lambda paper: [], lambda paper: None, weight=0),
}
"""Every route that gives something of the archive, by method and path."""

OWN = {
    "POST /v1/saved-searches", "GET /v1/saved-searches", "GET /v1/saved-searches/{saved_id}",
    "DELETE /v1/saved-searches/{saved_id}", "GET /v1/saved-searches/{saved_id}/results",
    "POST /v1/exports", "GET /v1/exports", "GET /v1/exports/{export_id}",
    "GET /v1/exports/{export_id}/file", "DELETE /v1/exports/{export_id}", "POST /v1/webhooks", "GET /v1/webhooks",
    "GET /v1/webhooks/{webhook_id}", "DELETE /v1/webhooks/{webhook_id}", "POST /v1/webhooks/{webhook_id}/test",
    "POST /v1/webhooks/{webhook_id}/resume", "GET /v1/webhooks/{webhook_id}/deliveries",
    "GET /cau-da-luu", "POST /cau-da-luu", "POST /cau-da-luu/{saved_id}/xoa", "GET /xuat-ket-qua", "POST /xuat-ket-qua",
}  # fmt: skip
"""What the asker made himself: closed to all others; the tests at the end ask these."""

ADMIN = {"GET /metrics"}
"""Numbers of the whole archive: for administrators."""

NOTHING = {f"{method} {path}" for path in OPEN_PATHS for method in ("GET", "POST")}
"""Routes that nobody has to sign in for: they give nothing of the archive."""


def routes_of(app) -> dict[str, str]:
    """All routes as "METHOD path" -> path."""
    found = {}
    for route in app.routes:
        for one in route.effective_candidates() if hasattr(route, "effective_candidates") else ():
            found |= {f"{method} {one.path}": one.path for method in one.methods}
    return found


def path_of(route: str, case: Case, ids: dict[str, str]) -> str:
    path = route.partition(" ")[2]
    for name, value in (*case.fills, *((f"{kind}_id", identifier) for kind, identifier in ids.items())):
        path = path.replace("{" + name + "}", value)
    assert "{" not in path, route
    return path


def ids_of(paper) -> dict[str, str]:
    return {"document": paper.id, "page": paper.page_ids[1], "dossier": paper.dossier_id}


def text_of(answer) -> str:
    if not answer.body.startswith(b"PK"):
        return answer.text + str(answer.headers)
    with zipfile.ZipFile(io.BytesIO(answer.body)) as book:
        return "".join(book.read(name).decode("utf-8", "replace") for name in book.namelist())


def leaks(world, visitor, answer, asked: str) -> list[str]:
    """Closed documents of which something stands in an answer, beside what the question itself said."""
    closed = world.closed_words(visitor.reader)
    told = closed.keys() & RUNS.findall(text_of(answer).lower())
    return [f"{word} of {closed[word]}" for word in told - set(RUNS.findall(asked.lower()))]


def test_every_route_has_a_case(world):
    there = set(routes_of(world.app))
    assert there - set(CASES) - OWN - ADMIN - NOTHING == set(), "say here how they are asked"


def test_every_route_asks_who_it_is(world):
    for route, path in routes_of(world.app).items():
        if path not in OPEN_PATHS:
            case = CASES.get(route, Case(""))
            where = re.sub(r"\{\w+\}", "x", path_of(route, case, UNKNOWN) if route in CASES else path)
            answer = world.ask(route.partition(" ")[0], where, None, body={})
            assert answer.status == 401, route
            assert answer.headers["www-authenticate"].startswith("Bearer")


def test_numbers_of_the_whole_archive_are_for_administrators(world):
    for visitor in world.visitors:
        assert world.ask("GET", "/metrics", visitor).status == (200 if visitor.reader.sees_all else 403)


@pytest.mark.parametrize("verb", ["GetRecord", "ListIdentifiers", "ListSets"])
def test_harvesters_get_what_they_may_see(world, verb):
    for visitor in world.visitors[::2]:
        seen = world.seen_by(visitor.reader)
        for paper in world.papers[::5]:
            query = [("verb", verb)]
            query += [("metadataPrefix", "oai_dc")] if verb != "ListSets" else []
            query += [("identifier", f"oai:sohoa:{paper.id}")] if verb == "GetRecord" else []
            answer = world.ask("GET", "/oai", visitor, query=query)
            assert not leaks(world, visitor, answer, f"{query}")
            if verb == "GetRecord":
                assert ("<dc:identifier>" in answer.text) == (paper.id in seen), answer.text
            if verb == "ListIdentifiers" and seen:
                assert answer.text.count("<identifier>") == len(seen)


def test_questions_by_lot_give_nothing_away(world):
    luck = random.Random(4)
    there = routes_of(world.app)
    routes = [route for route in CASES if route in there]
    chosen = luck.choices(routes, [CASES[route].weight for route in routes], k=QUESTIONS)
    absent: dict[str, tuple[int, str]] = {}
    outcomes: Counter[str] = Counter()
    looked_at: set[tuple[str, str]] = set()

    async def ask_all() -> None:
        for route in chosen:
            visitor, paper, case = luck.choice(world.visitors), luck.choice(world.papers), CASES[route]
            where, query, body = path_of(route, case, ids_of(paper)), case.query(paper), case.body(paper)
            method = route.partition(" ")[0]
            answer = await world.ask_soon(method, where, visitor, query=query, body=body)
            found = leaks(world, visitor, answer, f"{where} {query} {body}")
            assert not found, (route, visitor.reader, found[:5], answer.text[:2000])
            seen = world.seen_by(visitor.reader)
            inside = paper.id in seen
            if case.about == "dossier":
                inside = any(one.id in seen for one in world.papers if one.dossier_id == paper.dossier_id)
            if case.about and not inside:
                if route not in absent:
                    unknown = await world.ask_soon(method, path_of(route, case, UNKNOWN), visitor, query=query, body=body)
                    absent[route] = unknown.status, _plain(unknown.text, UNKNOWN)
                assert (answer.status, _plain(answer.text, ids_of(paper))) == absent[route], route
            else:
                assert answer.status < 400, (route, answer.text)
            if route == "GET /v1/search":
                assert answer.text.count('"total":{"value":1,') == int(inside), (visitor.reader, paper.access)
            outcomes["open" if inside else "closed"] += 1
            looked_at.add((visitor.name, route))

    asyncio.run(ask_all())
    assert sum(outcomes.values()) == QUESTIONS
    assert min(outcomes.values()) > QUESTIONS / 5, outcomes
    closed = {visitor.name: len(world.papers) - len(world.seen_by(visitor.reader)) for visitor in world.visitors}
    assert sum(closed[name] for name, _ in looked_at) >= TRIPLES


def _plain(text: str, ids: dict[str, str]) -> str:
    for kind, identifier in ids.items():
        text = text.replace(identifier, kind)
    return TRACE.sub("trace", text)


@pytest.mark.parametrize("query", ["", "chung"])
def test_counts_are_of_what_may_be_seen(world, query):
    for visitor in world.visitors:
        seen = [paper for paper in world.papers if paper.id in world.seen_by(visitor.reader)]
        told = world.ask("GET", "/v1/search", visitor, query=[("q", query), ("facets", "agency,type,year,dossier"), ("limit", 100)])
        answer = _json(told)
        assert answer["total"] == {"value": len(seen), "relation": "eq"}
        assert {item["id"] for item in answer["items"]} == {paper.id for paper in seen}
        for facet, value in (("agency", "agency"), ("type", "kind"), ("year", "year")):
            counted = {one["label"].lower(): one["count"] for one in answer["facets"][facet]}
            assert counted == Counter(str(getattr(paper, value)).lower() for paper in seen), facet
        assert {one["value"]: one["count"] for one in answer["facets"]["dossier"]} == Counter(paper.dossier_id for paper in seen)


def test_dossiers_are_made_of_what_may_be_seen(world):
    for visitor in world.visitors[::4]:
        seen = world.seen_by(visitor.reader)
        for dossier_id in {paper.dossier_id for paper in world.papers if paper.id in seen}:
            mine = [paper.id for paper in world.papers if paper.dossier_id == dossier_id and paper.id in seen]
            answer = _json(world.ask("GET", f"/v1/dossiers/{dossier_id}", visitor))
            assert [one["id"] for one in answer["documents"]] == mine
            if not visitor.reader.sees_all:
                assert sum(file["page_count"] for file in answer["files"]) == 2 * len(mine)
                assert answer["facts"]["leaves"] is None
                assert answer["status"] == "complete"
                assert "6177" not in world.ask("GET", f"/ho-so/{dossier_id}", visitor).text
            for kind in ("xlsx", "csv"):
                made = world.ask("GET", f"/v1/dossiers/{dossier_id}/lists/documents.{kind}", visitor)
                assert made.status == 200
                assert not leaks(world, visitor, made, dossier_id)


def test_the_feed_tells_of_what_may_be_seen(world):
    for visitor in world.visitors:
        answer = _json(world.ask("GET", "/v1/changes", visitor, query=[("limit", 1000)]))
        assert {one["document"] for one in answer["items"]} == world.seen_by(visitor.reader)


def test_exports_hold_what_may_be_seen_and_belong_to_one(world):
    step = ExportStep(world.app.state.rooms)
    for visitor, other in zip(world.visitors[::5], world.visitors[1::5], strict=False):
        for kind in ("csv", "xlsx", "jsonl"):
            order = world.ask("POST", "/v1/exports", visitor, body={"kind": kind})
            assert order.status == 202, order.text
            step(threading.Event())
            own = f"/v1/exports/{_json(order)['id']}"
            assert _json(world.ask("GET", own, visitor))["rows"] == len(world.seen_by(visitor.reader))
            made = world.ask("GET", f"{own}/file", visitor)
            assert made.status == 200
            assert not leaks(world, visitor, made, own)
            if world.seen_by(visitor.reader):
                assert any(identifier in text_of(made) for identifier in world.seen_by(visitor.reader)) or kind != "jsonl"
            assert {world.ask("GET", path, other).status for path in (own, f"{own}/file")} == {404}
            assert world.ask("DELETE", own, other).status == 404
        assert _json(world.ask("GET", "/v1/exports", other))["items"] == []


def test_saved_searches_and_webhooks_belong_to_one(world):
    visitor, other = world.visitors[0], world.visitors[1]
    saved = _json(world.ask("POST", "/v1/saved-searches", visitor, body={"name": "của tôi", "search": {"q": "chung"}}))
    own = f"/v1/saved-searches/{saved['id']}"
    results = world.ask("GET", f"{own}/results", visitor)
    assert results.status == 200
    assert not leaks(world, visitor, results, "")
    hook = _json(world.ask("POST", "/v1/webhooks", visitor, body={"url": "https://nhan.example.vn/"}))
    hooked = f"/v1/webhooks/{hook['id']}"
    for method, path in (
        ("GET", own), ("GET", f"{own}/results"), ("DELETE", own), ("GET", hooked), ("POST", f"{hooked}/test"),
        ("POST", f"{hooked}/resume"), ("GET", f"{hooked}/deliveries"), ("DELETE", hooked),
        ("POST", f"/cau-da-luu/{saved['id']}/xoa"),
    ):  # fmt: skip
        assert world.ask(method, path, other).status == 404, (method, path)
    assert "của tôi" not in world.ask("GET", "/v1/saved-searches", other).text
    assert hook["id"] not in world.ask("GET", "/v1/webhooks", other).text
    assert "của tôi" in world.ask("GET", "/cau-da-luu", visitor).text
    assert "của tôi" not in world.ask("GET", "/cau-da-luu", other).text
    world.ask("POST", "/xuat-ket-qua", visitor, query=[("q", "chung xuất riêng")])
    assert "chung xuất riêng" in world.ask("GET", "/xuat-ket-qua", visitor).text
    assert "chung xuất riêng" not in world.ask("GET", "/xuat-ket-qua", other).text


def _json(answer):
    import json

    assert answer.status < 400, answer.text
    return json.loads(answer.body)
