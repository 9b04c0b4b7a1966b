"""Cursors cannot be made up, borrowed or kept for ever; tags spare an answer, and never a new one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from pydantic import SecretStr

from dossier.errors import BadQuery
from dossier.model import OPERATOR
from indexer import Cursor, Put, entries_of, open_index
from search_api.cursors import seal, unseal
from store import open_store

PLACE = Cursor("0" * 16, (0.5, 3), 20, wide=False)
KEY = b"k" * 32
OTHER = replace(OPERATOR, name="khác")


def test_only_who_was_given_a_cursor_can_use_it():
    text = seal(PLACE, KEY, OPERATOR, valid_s=60)
    assert unseal(text, KEY, OPERATOR) == PLACE
    for wrong in (
        lambda: unseal(text, KEY, OTHER),
        lambda: unseal(text, KEY, replace(OPERATOR, sees_all=False)),
        lambda: unseal(text, b"x" * 32, OPERATOR),
        lambda: unseal(text[:-1], KEY, OPERATOR),
        lambda: unseal("9" + text, KEY, OPERATOR),
        lambda: unseal(PLACE.encode(), KEY, OPERATOR),
        lambda: unseal("..", KEY, OPERATOR),
        lambda: unseal("é.ü.đ", KEY, OPERATOR),
    ):
        with pytest.raises(BadQuery) as caught:
            wrong()
        assert caught.value.facts["problem"] == "query.bad_cursor"


def test_an_old_cursor_is_refused():
    with pytest.raises(BadQuery) as caught:
        unseal(seal(PLACE, KEY, OPERATOR, valid_s=-1), KEY, OPERATOR)
    assert caught.value.facts["problem"] == "query.expired_cursor"


def test_a_cursor_of_another_question_says_what_to_do(site):
    cursor = site.get("/v1/search?q=dat&limit=1").json()["next"]
    problem = site.get("/v1/search", params={"q": "đơn vị", "limit": 1, "cursor": cursor})
    assert problem.status_code == 400
    assert problem.json()["errors"][0]["parameter"] == "cursor"
    assert "tìm lại từ đầu" in problem.json()["detail"]


def test_settings_give_one_key_to_several_servers(archive, serve):
    systems = archive.settings.systems.model_copy(update={"signing_key": SecretStr("m" * 40)})
    settings = archive.settings.model_copy(update={"systems": systems})
    with serve(settings) as first, serve(settings) as second:
        cursor = first.get("/v1/search?q=dat&limit=1").json()["next"]
        assert second.get("/v1/search", params={"q": "dat", "limit": 1, "cursor": cursor}).status_code == 200
    with serve(archive.settings) as other:
        assert other.get("/v1/search", params={"q": "dat", "limit": 1, "cursor": cursor}).status_code == 400


@pytest.fixture
def tagged_paths(archive) -> list[str]:
    decision = archive.documents["decision"]
    page = decision.page_ids[0]
    return [
        "/v1/search?q=dat&facets=type", f"/v1/documents/{decision.id}", f"/v1/documents/{decision.id}/pages",
        f"/v1/documents/{decision.id}/pages?q=dat", f"/v1/pages/{page}", f"/v1/pages/{page}/words?q=dat", f"/v1/pages/{page}/image",
    ]  # fmt: skip


def test_what_the_caller_has_is_not_sent_again(site, tagged_paths):
    for path in tagged_paths:
        first = site.get(path)
        tag = first.headers["etag"]
        assert first.headers["cache-control"].startswith("private"), path
        again = site.get(path, headers={"If-None-Match": f'"other", {tag}'})
        assert (again.status_code, again.content) == (304, b""), path
        assert again.headers["etag"] == tag
        assert site.get(path, headers={"If-None-Match": '"other"'}).status_code == 200, path


def test_tags_differ_by_question_and_language(site):
    tags = {
        site.get("/v1/search?q=dat").headers["etag"],
        site.get("/v1/search?q=nha").headers["etag"],
        site.get("/v1/search?q=dat", headers={"Accept-Language": "en"}).headers["etag"],
    }
    assert len(tags) == 3


def test_a_reveal_has_no_tag(site, archive):
    answer = site.get(f"/v1/documents/{archive.documents['birth'].id}?reveal=true")
    assert "etag" not in answer.headers
    assert answer.headers["cache-control"] == "no-store"


def test_a_change_that_can_be_found_changes_the_tag(fill_archive, serve, tmp_path: Path):
    archive = fill_archive(tmp_path / "kho")
    with serve(archive.settings) as site:
        before = site.get("/v1/search?q=bạch đàn")
        assert before.json()["items"] == []
        with open_store(archive.settings.store) as store:
            stored = store.document(archive.documents["hostile"].id)
            changed = replace(stored.document, subject=replace(stored.document.subject, value="Trồng bạch đàn"))
            store.shelf.save_document(stored.dossier_id, changed)
            store.catalogue.record(stored.dossier_id, [changed], [])
            index = open_index(archive.settings.index, archive.settings.store.folder / "index")
            version = store.feed.last()
            access = store.access.of(changed.id)
            pages = store.document_pages(changed.id)
            index.write([Put(*entries_of(changed, pages, store.heading(stored.dossier_id), version, access))])
            index.refresh()
            store.catalogue.acknowledge("test", version)
            index.close()
        after = site.get("/v1/search?q=bạch đàn", headers={"If-None-Match": before.headers["etag"]})
        assert after.status_code == 200
        assert [item["id"] for item in after.json()["items"]] == [archive.documents["hostile"].id]
