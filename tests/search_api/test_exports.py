"""Exports: ordered, made in the background, fetched; more than 10,000 rows; rights asked again; a killed server goes on."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import openpyxl
import pytest

from dossier.model import OPERATOR, Access, AccessLevel, ArchivalFacts, BaseAccess, Box, Document, Found, Reader
from dossier.settings import Settings, StoreSettings
from indexer import Put, entries_of, open_index
from search_api.access import Gate
from search_api.exports.orders import ExportOrder
from search_api.exports.running import ExportStep, closed_rows, file_of, write_file
from search_api.rooms import Rooms
from store import ExportState, open_store

MANY = 12_000
OPEN = Access(("phong-doc",))
READER = Reader("an", frozenset({"phong-doc"}), AccessLevel.OPEN, today=20260101)


def wait_for(site: httpx.Client, export: dict, *, seconds: float = 60) -> dict:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        told = site.get(export["links"]["self"]).json()
        if told["state"] not in ("waiting", "running"):
            return told
        time.sleep(0.05)
    raise AssertionError(told)


def order(site: httpx.Client, body: dict, **headers: str) -> httpx.Response:
    return site.post("/v1/exports", json=body, headers=headers)


def make(site: httpx.Client, body: dict) -> tuple[dict, httpx.Response]:
    answer = order(site, body)
    assert answer.status_code == 202, answer.text
    assert answer.headers["location"] == answer.json()["links"]["self"]
    done = wait_for(site, answer.json())
    assert done["state"] == "done", done
    assert done["progress"] == 1.0
    return done, site.get(done["links"]["file"])


def test_csv_is_for_excel_and_runs_no_formula(fill_archive, serve, tmp_path):
    archive = fill_archive(tmp_path / "kho")
    hostile = archive.documents["hostile"]
    with open_store(archive.settings.store) as store:
        stored = store.document(hostile.id)
        from dataclasses import replace

        changed = replace(stored.document, subject=replace(stored.document.subject, value='=HYPERLINK("http://x","bấm")'))
        store.shelf.save_document(stored.dossier_id, changed)
        store.catalogue.record(stored.dossier_id, [changed], [])
    with serve(archive.settings) as site:
        done, file = make(site, {"search": {"dossier": [archive.dossiers["letters"]]}, "columns": ["number", "subject"]})
        assert done["rows"] == done["total"] == 1
        assert file.content.startswith(b"\xef\xbb\xbf")
        assert file.headers["content-type"] == "text/csv; charset=utf-8"
        assert "attachment" in file.headers["content-disposition"]
        rows = list(csv.reader(io.StringIO(file.content.decode("utf-8-sig"))))
        assert rows == [["Số, ký hiệu", "Trích yếu"], ["105/SNV-VP", '\'=HYPERLINK("http://x","bấm")']]
        _, book = make(site, {"search": {"q": "biên chế"}, "columns": ["subject", "page_count"], "kind": "xlsx", "titles": "names"})
        sheet = openpyxl.load_workbook(io.BytesIO(book.content)).active
        cells = [[(cell.value, cell.data_type) for cell in row] for row in sheet.iter_rows()]
        assert cells[0] == [("subject", "s"), ("page_count", "s")]
        assert cells[1] == [('=HYPERLINK("http://x","bấm")', "s"), ("1", "s")]


def test_jsonl_has_what_the_search_finds_and_masks_as_it_does(site, archive):
    done, file = make(
        site, {"search": {"sort": "title"}, "columns": ["subject", "record", "dossierTitle", "fonds"], "kind": "jsonl"}
    )
    rows = {row["id"]: row for row in map(json.loads, file.text.splitlines())}
    shown = {item["id"] for item in site.get("/v1/search?limit=100").json()["items"]}
    assert set(rows) == shown
    assert archive.documents["secret"].id not in rows
    assert rows[archive.documents["decision"].id]["fonds"] == "UBND huyện Hòa Vang"
    assert rows[archive.documents["birth"].id]["record"] == "Giấy khai sinh"
    assert site.delete(done["links"]["self"]).status_code == 204
    assert site.get(done["links"]["self"]).status_code == 404


def test_wrong_orders_are_refused_at_once(site):
    assert order(site, {"search": {"q": '"đất'}}).status_code == 400
    assert order(site, {"search": {"q": "đất"}, "columns": ["số"]}).status_code == 422
    assert order(site, {"columns": []}).status_code == 422
    assert order(site, {"kind": "pdf"}).status_code == 422
    assert site.get("/v1/exports/e-0").status_code == 404
    assert site.get("/v1/exports/e-0/file").status_code == 404
    assert site.delete("/v1/exports/e-0").status_code == 404


def test_one_key_orders_once(site):
    first = order(site, {"search": {"q": "đất"}}, **{"Idempotency-Key": "a1"})
    again = order(site, {"search": {"q": "đất"}}, **{"Idempotency-Key": "a1"})
    assert first.status_code == again.status_code == 202
    assert first.json()["id"] == again.json()["id"]
    other = order(site, {"search": {"q": "nhà"}}, **{"Idempotency-Key": "a1"})
    assert other.status_code == 409
    assert other.json()["type"] == "/problems/conflict"
    wait_for(site, first.json())


@pytest.fixture
def rooms(fill_archive, tmp_path: Path) -> Iterator[Rooms]:
    """Rooms without a server, so that the test decides when an export is worked at."""
    opened = Rooms(fill_archive(tmp_path / "kho").settings)
    yield opened
    opened.close()


def test_a_cancelled_export_and_one_not_finished_have_no_file(rooms, serve):
    job = rooms.store().exports.add(OPERATOR.name, ExportOrder().model_dump_json(), keep_s=600)
    rooms.store().exports.claim()  # somebody is at it, so that the server of this test leaves it alone
    with serve(rooms.settings) as site:
        early = site.get(f"/v1/exports/{job.id}/file")
        assert early.status_code == 409
        assert site.delete(f"/v1/exports/{job.id}").status_code == 204
        assert site.get(f"/v1/exports/{job.id}").json()["state"] == "cancelled"
        late = site.get(f"/v1/exports/{job.id}/file")
        assert late.status_code == 409
        assert late.json()["detail"] != early.json()["detail"]


def test_a_cancelled_export_leaves_no_rows_behind(rooms):
    exports = rooms.store().exports
    job = exports.add(OPERATOR.name, ExportOrder().model_dump_json(), keep_s=600)
    taken = exports.claim()
    assert taken is not None
    exports.finish(job.id, ExportState.CANCELLED)
    ExportStep(rooms)._make(taken, threading.Event())
    assert list((rooms.store().folder / "exports").iterdir()) == []
    assert exports.one(job.id).state is ExportState.CANCELLED


def test_too_many_waiting_exports_are_refused(rooms, serve):
    for _ in range(rooms.settings.systems.exports_at_once):
        rooms.store().exports.add(OPERATOR.name, ExportOrder().model_dump_json(), keep_s=600)
        rooms.store().exports.claim()
    with serve(rooms.settings) as site:
        refused = order(site, {})
        assert refused.status_code == 429
        assert refused.headers["retry-after"]
        assert refused.json()["type"] == "/problems/too-many-jobs"


def test_rows_closed_since_are_left_out_at_the_download(rooms, tmp_path):
    store = rooms.store()
    dossier_ids = {store.catalogue.row(one).dossier_id for one in store.catalogue.shown(_shown(rooms))}
    for dossier_id in dossier_ids:
        store.access.note(dossier_id, {row.id: BaseAccess(OPEN) for row in store.catalogue.rows(dossier_id)})
    job = store.exports.add("an", ExportOrder(columns=["subject"], kind="jsonl").model_dump_json(), keep_s=600)
    folder = store.exports.folder(job.id)
    gate = Gate(store, READER)
    lines = [json.dumps({"id": one, "subject": one}) for one in sorted(_shown(rooms))]
    (folder / "rows.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert not closed_rows(job, gate)
    closed = sorted(_shown(rooms))[0]
    store.access.set_document(closed, Access(("khác",)), by="người quản lý")
    assert closed_rows(job, gate)
    write_file(rooms, job, gate, tmp_path / "lại.jsonl")
    left = [json.loads(line)["id"] for line in (tmp_path / "lại.jsonl").read_text(encoding="utf-8").splitlines()]
    assert left == sorted(_shown(rooms) - {closed})


def _shown(rooms: Rooms) -> set[str]:
    from indexer import Question

    hits = rooms.index().search(Question(limit=100, reader=OPERATOR)).hits
    return set(rooms.store().catalogue.shown(hit.document_id for hit in hits))


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A store and an index of twelve thousand documents in one dossier, without pages."""
    settings = Settings(store=StoreSettings(folder=tmp_path_factory.mktemp("large") / "kho"))
    with open_store(settings.store, create=True) as store:
        dossier_id = store.ledger.register_dossier("lô", "hồ sơ", ArchivalFacts(title="Mười hai nghìn văn bản")).id
        documents = []
        for number in range(MANY):
            page_id = f"{hashlib.sha256(str(number).encode()).hexdigest()[:32]}-0001"
            day = f"{1950 + number % 60}-{1 + number % 12:02d}-{1 + number % 28:02d}"
            values = {"subject": f"Về việc thứ {number}", "issued_date": day}
            fields = {name: Found(value, page_id, Box(1, 2, 3, 4), 0.9, "test") for name, value in values.items()}
            documents.append(Document(id=f"d-{page_id}", page_ids=(page_id,), **fields))
        _lay(store, dossier_id, documents)
        store.catalogue.record(dossier_id, documents, [])
        index = open_index(settings.index, settings.store.folder / "index")
        heading = store.heading(dossier_id)
        for start in range(0, MANY, 2000):
            index.write([Put(*entries_of(one, [], heading, 1, OPEN)) for one in documents[start : start + 2000]])
        index.refresh()
        index.close()
    return settings


def _lay(store, dossier_id: str, documents: list[Document]) -> None:
    """Put documents on the shelf, several at a time: each waits for the disk."""
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(lambda one: store.shelf.save_document(dossier_id, one), documents))


@pytest.mark.slow
def test_twelve_thousand_rows_and_a_server_that_was_killed_on_the_way(large):
    """Work is cut twice: told to stop after some rows, then with half a row on disk that nobody noted."""
    rooms = Rooms(large)
    try:
        exports = rooms.store().exports
        body = ExportOrder(columns=["subject", "issuedDate"], kind="csv").model_dump_json()
        job = exports.add(OPERATOR.name, body, keep_s=600)
        stopping = threading.Event()
        stopping.set()
        ExportStep(rooms)(stopping)
        part = exports.one(job.id)
        assert part.state is ExportState.RUNNING
        assert 0 < part.rows < MANY
        assert part.total == MANY
        with (exports.folder(job.id) / "rows.jsonl").open("ab") as file:
            file.write(b'{"id": "d-half')
    finally:
        rooms.close()
    rooms = Rooms(large)  # the next server
    try:
        ExportStep(rooms)(threading.Event())
        done = rooms.store().exports.one(job.id)
        assert (done.state, done.rows, done.total) == (ExportState.DONE, MANY, MANY)
        text = file_of(rooms.store().exports.folder(job.id), ExportOrder.model_validate_json(body).kind).read_text("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text)))[1:]
        assert len({subject for subject, _ in rows}) == len(rows) == MANY
        assert [day for _, day in rows] == sorted(day for _, day in rows)
    finally:
        rooms.close()
