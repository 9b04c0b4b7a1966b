"""The server beside a running batch: new documents appear, many ask at once, an engine that is away is told as such."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from dossier.model import Access
from dossier.settings import IndexSettings, Settings
from indexer import Put, entries_of, open_index
from store import open_store

EVERYBODY = Access(groups=("chung",))


def found(client, words: str) -> int:
    answer = client.get("/v1/search", params={"q": words})
    assert answer.status_code == 200, answer.text
    return answer.json()["total"]["value"]


def test_new_documents_are_found_without_a_restart(tmp_path, fill_archive, serve):
    folder = tmp_path / "kho"
    archive = fill_archive(folder)
    with serve(archive.settings) as client:
        assert found(client, "bo nhiem") == 0
        document, dossier_id = archive.documents["hostile"], archive.dossiers["letters"]
        page = replace(archive.page(document.page_ids[0]), lines=archive.page(archive.documents["decision"].page_ids[1]).lines)
        changed = replace(document, subject=replace(document.subject, value="Về việc bổ nhiệm cán bộ"))
        with open_store(archive.settings.store) as store:
            store.shelf.save_document(dossier_id, changed)
            store.catalogue.record(dossier_id, [changed], [])
            index = open_index(archive.settings.index, folder / "index")
            version = store.document(document.id).version + 1
            index.write([Put(*entries_of(changed, [page], store.dossier(dossier_id), version, EVERYBODY))])
            index.close()
        deadline = time.monotonic() + 10
        while found(client, "bo nhiem") == 0 and time.monotonic() < deadline:
            time.sleep(0.1)
        assert found(client, "bo nhiem") == 1
        # A rebuilt index is swapped in under the running server.
        index = open_index(archive.settings.index, folder / "index")
        with index.rebuild() as fresh, open_store(archive.settings.store) as store:
            fresh.write([Put(*entries_of(changed, [page], store.dossier(dossier_id), version, EVERYBODY))])
        index.close()
        deadline = time.monotonic() + 10
        while found(client, "thu hoi dat") and time.monotonic() < deadline:
            time.sleep(0.1)
        assert found(client, "thu hoi dat") == 0
        assert found(client, "bo nhiem") == 1


def test_many_can_ask_at_once(site, archive):
    document = archive.documents["decision"]
    paths = [
        "/v1/search?q=dat&facets=type,year",
        f"/v1/documents/{document.id}",
        f"/v1/pages/{document.page_ids[0]}",
        f"/v1/pages/{document.page_ids[1]}/image",
        f"/van-ban/{document.id}?q=dat",
        f"/v1/dossiers/{archive.dossiers['land']}",
    ]
    first = {path: site.get(path).content for path in paths}
    with ThreadPoolExecutor(12) as pool:
        answers = list(pool.map(lambda path: (path, site.get(path)), paths * 10))
    assert {answer.status_code for _, answer in answers} == {200}
    for path, answer in answers:
        assert answer.content == first[path]


def test_an_engine_that_is_away_is_a_503_and_documents_stay_readable(archive, serve):
    index = IndexSettings(engine="elasticsearch", urls=("http://127.0.0.1:9",), username="u", password="hunter2", timeout_s=2)
    with serve(Settings(store=archive.settings.store, index=index)) as client:
        answer = client.get("/v1/search?q=dat")
        assert answer.status_code == 503
        assert int(answer.headers["retry-after"]) > 0
        assert answer.json()["type"] == "/problems/unavailable"
        for inner in ("hunter2", "127.0.0.1:9", "Traceback", "elastic_transport"):
            assert inner not in answer.text
        ready = client.get("/health/ready").json()
        assert [error["parameter"] for error in ready["errors"]] == ["index"]
        document = archive.documents["decision"].id
        assert client.get(f"/v1/documents/{document}").status_code == 200
        viewer = client.get(f"/van-ban/{document}?trang=2&q=duoc+di", headers={"Accept": "text/html"})
        assert viewer.status_code == 200
        assert 'class="match-box"' in viewer.text
        page = client.get("/?q=dat", headers={"Accept": "text/html"})
        assert page.status_code == 503
        assert 'role="alert"' in page.text


@pytest.mark.parametrize("setting", [None, "sideways"])
def test_starts_by_its_import_string_with_the_settings_of_the_environment(archive, tmp_path, setting):
    environment = os.environ | {"SOHOA_STORE__FOLDER": str(archive.settings.store.folder)}
    if setting:
        environment["SOHOA_API__LANGUAGE"] = setting
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = str(listener.getsockname()[1])
    command = [sys.executable, "-m", "uvicorn", "search_api.app:build", "--factory", "--port", port, "--log-level", "warning"]
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as server:
        try:
            if setting:
                _, complaint = server.communicate(timeout=30)
                assert server.returncode != 0
                assert "SOHOA_API__LANGUAGE" in complaint
            else:
                assert '"live"' in _first_answer(f"http://127.0.0.1:{port}/health/live")
        finally:
            server.send_signal(signal.SIGTERM)


def _first_answer(address: str) -> str:
    deadline = time.monotonic() + 30
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    while True:
        try:
            with opener.open(address, timeout=5) as answer:
                return str(answer.read().decode())
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
