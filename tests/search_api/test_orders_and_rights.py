"""With accounts: orders belong to who made them, and rights that are taken away hold for what was ordered before."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from dossier.model import Access, AccessLevel, BaseAccess
from store import Store, open_store

OPEN, OTHERS = Access(("phong-doc",)), Access(("khac",))
ALL = ("search", "read", "export", "changes", "webhooks")


@pytest.fixture
def office(fill_archive, tmp_path: Path):
    """A filled archive whose server asks who calls; everything is open to the reading room."""
    archive = fill_archive(tmp_path / "kho")
    api = archive.settings.api.model_copy(update={"access": "accounts"})
    systems = archive.settings.systems.model_copy(update={"webhook_hosts": ("127.0.0.1",)})
    archive.settings = archive.settings.model_copy(update={"api": api, "systems": systems})
    with open_store(archive.settings.store) as store:
        for dossier_id in archive.dossiers.values():
            store.access.note(dossier_id, {row.id: BaseAccess(OPEN) for row in store.catalogue.rows(dossier_id)})
    return archive


@pytest.fixture
def store(office) -> Iterator[Store]:
    with open_store(office.settings.store) as opened:
        yield opened


def key_of(store: Store, name: str, *, scopes: tuple[str, ...] = ALL) -> tuple[str, dict[str, str]]:
    # The index of the fixture knows the papers as those of "chung"; what holds is what the store says.
    key, text = store.api_keys.add(name, scopes, groups=["phong-doc", "chung"], clearance=AccessLevel.CONDITIONAL)
    return key.id, {"Authorization": f"Bearer {text}"}


def done(site: httpx.Client, path: str, headers: dict[str, str]) -> dict:
    for _ in range(400):
        told = site.get(path, headers=headers).json()
        if told["state"] not in ("waiting", "running"):
            return told
        time.sleep(0.05)
    raise AssertionError(told)


def test_orders_of_others_are_not_there(office, store, serve):
    _, an = key_of(store, "an")
    _, binh = key_of(store, "bình")
    with serve(office.settings) as site:
        export = site.post("/v1/exports", json={}, headers=an).json()
        hook = site.post("/v1/webhooks", json={"url": "http://127.0.0.1:9/"}, headers=an).json()
        saved = site.post("/v1/saved-searches", json={"name": "x", "search": {"q": "đất"}}, headers=an).json()
        for made in (export, hook, saved):
            assert site.get(made["links"]["self"], headers=an).status_code == 200
            assert site.get(made["links"]["self"], headers=binh).status_code == 404
            assert site.delete(made["links"]["self"], headers=binh).status_code == 404
            assert site.get(made["links"]["self"]).status_code == 401
        assert done(site, export["links"]["self"], an)["state"] == "done"
        assert site.get(f"{export['links']['self']}/file", headers=binh).status_code == 404
        for path in ("/v1/exports", "/v1/webhooks", "/v1/saved-searches"):
            assert len(site.get(path, headers=an).json()["items"]) == 1
            assert site.get(path, headers=binh).json()["items"] == []


def test_a_cursor_of_another_key_is_refused(office, store, serve):
    _, an = key_of(store, "an")
    _, binh = key_of(store, "bình")
    with serve(office.settings) as site:
        cursor = site.get("/v1/search?q=dat&limit=1", headers=an).json()["next"]
        assert site.get("/v1/search", params={"q": "dat", "limit": 1, "cursor": cursor}, headers=an).status_code == 200
        assert site.get("/v1/search", params={"q": "dat", "limit": 1, "cursor": cursor}, headers=binh).status_code == 400


def test_a_tag_does_not_outlive_the_right_to_see(office, store, serve):
    decision = office.documents["decision"].id
    _, an = key_of(store, "an")
    with serve(office.settings) as site:
        tag = site.get(f"/v1/documents/{decision}", headers=an).headers["etag"]
        assert site.get(f"/v1/documents/{decision}", headers=an | {"If-None-Match": tag}).status_code == 304
        store.access.set_document(decision, OTHERS, by="người quản lý")
        assert site.get(f"/v1/documents/{decision}", headers=an | {"If-None-Match": tag}).status_code == 404


def test_what_was_closed_after_the_export_is_not_in_the_file(office, store, serve):
    decision = office.documents["decision"].id
    _, an = key_of(store, "an")
    with serve(office.settings) as site:
        export = site.post("/v1/exports", json={"kind": "jsonl", "columns": ["subject"]}, headers=an).json()
        file = done(site, export["links"]["self"], an)["links"]["file"]
        before = {json.loads(line)["id"] for line in site.get(file, headers=an).text.splitlines()}
        assert decision in before
        store.access.set_document(decision, OTHERS, by="người quản lý")
        after = {json.loads(line)["id"] for line in site.get(file, headers=an).text.splitlines()}
        assert after == before - {decision}


def test_who_lost_his_key_is_told_nothing_more(office, store, serve):
    key_id, an = key_of(store, "an")
    export = store.exports.add(f"key:{key_id}", "{}", keep_s=600)
    store.api_keys.revoke(key_id)
    hook = store.webhooks.add(f"key:{key_id}", "http://127.0.0.1:9/", events=("created",), secret="whsec_AAAA", position=0)
    with serve(office.settings) as site:
        assert site.get("/v1/changes", headers=an).status_code == 401
        for _ in range(200):
            if store.webhooks.one(f"key:{key_id}", hook.id).state == "dead" and store.exports.one(export.id).state == "failed":
                break
            time.sleep(0.05)
    assert store.webhooks.one(f"key:{key_id}", hook.id).state == "dead"
    assert store.webhooks.deliveries(hook.id) == []
    assert store.exports.one(export.id).reason == "systems.export_owner_gone"


def test_each_path_asks_for_its_right(office, store, serve):
    _, reads = key_of(store, "chỉ đọc", scopes=("read",))
    with serve(office.settings) as site:
        for method, path in (("GET", "/v1/changes"), ("POST", "/v1/exports"), ("GET", "/v1/webhooks"), ("POST", "/v1/searches")):
            refused = site.request(method, path, json={} if method == "POST" else None, headers=reads)
            assert refused.status_code == 403, path
            assert refused.json()["type"] == "/problems/not-allowed"
