"""The feed of changes and webhooks: what each reader hears, a real receiver that fails, a server that ends and starts again."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from dossier.model import OPERATOR, Access, AccessLevel, ArchivalFacts, BaseAccess, Document, Reader, document_id
from dossier.settings import Settings, StoreSettings
from search_api.events.messages import is_address, is_allowed
from search_api.events.told import told
from store import Event, EventKind, Store, open_store

OPEN, OTHERS = Access(("phong-doc",)), Access(("khác",))
LATER = Access(("phong-doc",), open_from=20300101)
READER = Reader("an", frozenset({"phong-doc"}), AccessLevel.OPEN, today=20260101)


def name_of(number: int) -> str:
    return document_id(f"{hashlib.sha256(str(number).encode()).hexdigest()[:32]}-0001")


def record(store: Store, *numbers: int) -> None:
    """Let the dossier consist of these documents, open to the reading room."""
    dossier = store.ledger.register_dossier("lô", "hồ sơ", ArchivalFacts())
    documents = [Document(id=name_of(number), page_ids=(name_of(number)[2:],)) for number in numbers]
    store.catalogue.record(dossier.id, documents, [])
    store.access.note(dossier.id, {one.id: BaseAccess(OPEN) for one in documents})


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    made = Settings(store=StoreSettings(folder=tmp_path / "kho"))
    with open_store(made.store, create=True):
        return made


def heard(store: Store, reader: Reader, after: int = 0) -> dict[str, EventKind]:
    events = store.feed.after(after, 100)
    return {event.document_id: one.kind for event, one in told(store, events, reader) if one is not None}


def test_closed_is_deleted_and_opened_is_created(settings):
    with open_store(settings.store) as store:
        record(store, 1, 2)
        start = store.feed.last()
        store.access.set_document(name_of(1), OTHERS, by="a")
        assert heard(store, READER, start) == {name_of(1): EventKind.DELETED}
        assert heard(store, OPERATOR, start) == {name_of(1): EventKind.ACCESS_CHANGED}
        stranger = replace(READER, groups=frozenset({"lạ"}))
        assert heard(store, stranger) == {}
        start = store.feed.last()
        store.access.set_document(name_of(1), Access(("khác", "lạ")), by="a")
        assert heard(store, stranger, start) == {name_of(1): EventKind.CREATED}
        assert heard(store, READER, start) == {name_of(1): EventKind.DELETED}


def test_what_was_never_seen_is_not_heard_of_even_when_it_goes(settings):
    with open_store(settings.store) as store:
        record(store, 1, 2)
        start = store.feed.last()
        record(store, 2)
        assert heard(store, READER, start) == {name_of(1): EventKind.DELETED}
        assert heard(store, replace(READER, groups=frozenset({"lạ"})), start) == {}
        embargoed = Event(9, "d-x", "h", EventKind.DELETED, "", (LATER,))
        assert [one for _, one in told(store, [embargoed], READER)] == [None]


def test_the_feed_by_http(settings, serve):
    with open_store(settings.store) as store, serve(settings) as site:
        assert site.get("/v1/changes").json() == {"items": [], "next": 0, "more": False}
        record(store, 1, 2, 3)
        first = site.get("/v1/changes?limit=2").json()
        assert [item["event"] for item in first["items"]] == ["created", "created"]
        assert first["more"] is True
        rest = site.get(f"/v1/changes?after={first['next']}").json()
        assert len(rest["items"]) == 1
        assert rest["more"] is False
        assert rest["next"] == store.feed.last()
        assert site.get(f"/v1/changes?after={rest['next']}").json()["items"] == []
        record(store, 1, 2)
        (gone,) = site.get(f"/v1/changes?after={rest['next']}").json()["items"]
        assert (gone["event"], gone["document"], gone["links"]["document"]) == ("deleted", name_of(3), None)
        for wrong in ("after=-1", "after=x", "limit=0", "wait=100", "since=3"):
            assert site.get(f"/v1/changes?{wrong}").status_code in (400, 422)


def test_the_feed_waits_for_something_to_happen(settings, serve):
    with open_store(settings.store) as store, serve(settings) as site:
        timer = threading.Timer(0.7, lambda: record(store, 1))
        timer.start()
        started = time.monotonic()
        found = site.get("/v1/changes?wait=15", timeout=20).json()
        timer.join()
        assert found["items"]
        assert 0.5 < time.monotonic() - started < 10


@dataclass
class Receiver:
    """A real HTTP server of another system: `answers` are given in turn, then 200 for ever."""

    answers: list[int] = field(default_factory=list)
    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    port: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook"

    def bodies(self) -> list[dict]:
        return [json.loads(body) for _, body in self.got]

    def wait(self, count: int, *, seconds: float = 20) -> None:
        deadline = time.monotonic() + seconds
        while len(self.got) < count and time.monotonic() < deadline:
            time.sleep(0.02)
        assert len(self.got) >= count, self.got


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    known = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            known.got.append(({name.lower(): value for name, value in self.headers.items()}, body))
            status = known.answers.pop(0) if known.answers else 200
            self.send_response(status)
            if 300 <= status < 400:
                self.send_header("Location", f"http://127.0.0.1:{known.port}/elsewhere")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    known.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield known
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def telling(settings: Settings) -> Settings:
    """Settings that may tell this machine, and that try again after a moment."""
    systems = settings.systems.model_copy(update={"webhook_hosts": ("127.0.0.1",), "webhook_first_retry_s": 0.1})
    return settings.model_copy(update={"systems": systems})


def hook_at(site, url: str, **more: object) -> dict:
    answer = site.post("/v1/webhooks", json={"url": url, **more})
    assert answer.status_code == 201, answer.text
    return answer.json()


def is_signed(headers: dict[str, str], body: bytes, secret: str) -> bool:
    """As a receiver checks it by the text of Standard Webhooks."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    text = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    wanted = "v1," + base64.b64encode(hmac.new(key, text, hashlib.sha256).digest()).decode()
    return headers["webhook-signature"] == wanted and abs(time.time() - int(headers["webhook-timestamp"])) < 60


def test_a_receiver_that_fails_first_hears_everything_in_order(telling, serve, receiver):
    receiver.answers = [500, 302, 404]
    with open_store(telling.store) as store, serve(telling) as site:
        hook = hook_at(site, receiver.url)
        assert "secret" not in site.get(hook["links"]["self"]).json()
        record(store, 1, 2)
        receiver.wait(5)
        bodies = receiver.bodies()
        assert [body["data"]["document"] for body in bodies[:4]] == [name_of(1)] * 4, "tried until it was taken"
        assert {body["type"] for body in bodies} == {"document.created"}
        assert _seqs(bodies) == sorted(_seqs(bodies))
        assert all(is_signed(headers, body, hook["secret"]) for headers, body in receiver.got)
        ids = [headers["webhook-id"] for headers, _ in receiver.got]
        assert len(set(ids[:4])) == 1
        assert set(bodies[0]["data"]) == {"seq", "document", "dossier"}, "ids only"
        log = _wait_for_log(site, hook, 5)
        assert [one["status"] for one in reversed(log)][:4] == [500, 302, 404, 200]
        assert site.get(hook["links"]["self"]).json()["failures"] == 0


def _seqs(bodies: list[dict]) -> list[int]:
    return [body["data"]["seq"] for body in bodies]


def _wait_for_log(site, hook: dict, count: int) -> list[dict]:
    for _ in range(200):
        log = site.get(hook["links"]["deliveries"]).json()["items"]
        if len(log) >= count:
            return log
        time.sleep(0.05)
    raise AssertionError(log)


def test_a_server_that_starts_again_goes_on_telling(telling, serve, receiver):
    with open_store(telling.store) as store:
        with serve(telling) as site:
            receiver.answers = [503] * 3
            hook = hook_at(site, receiver.url, events=["created", "deleted"])
            record(store, 1)
            receiver.wait(1)
        record(store, 2)  # while no server runs: 1 is gone, 2 is new
        with serve(telling) as site:
            deadline = time.monotonic() + 20
            while site.get(hook["links"]["self"]).json()["position"] < store.feed.last() and time.monotonic() < deadline:
                time.sleep(0.05)
        taken = {(body["type"], body["data"]["document"]) for body in receiver.bodies()}
        assert ("document.created", name_of(2)) in taken
        assert ("document.deleted", name_of(1)) in taken


def test_a_receiver_that_is_away_too_long_is_given_up_and_resumed(telling, serve, receiver):
    systems = telling.systems.model_copy(update={"webhook_give_up_s": 1})
    with open_store(telling.store) as store, serve(telling.model_copy(update={"systems": systems})) as site:
        receiver.answers = [500] * 50
        hook = hook_at(site, receiver.url)
        record(store, 1)
        deadline = time.monotonic() + 20
        while site.get(hook["links"]["self"]).json()["state"] != "dead" and time.monotonic() < deadline:
            time.sleep(0.1)
        assert site.get(hook["links"]["self"]).json()["state"] == "dead"
        tried = len(receiver.got)
        time.sleep(1.5)
        assert len(receiver.got) == tried, "nobody knocks at a dead hook"
        receiver.answers = []
        assert site.post(f"{hook['links']['self']}/resume").json()["state"] == "active"
        receiver.wait(tried + 1)
        assert receiver.bodies()[-1]["data"]["document"] == name_of(1), "nothing was left out"


def test_a_test_message_and_a_receiver_that_is_not_there(telling, serve, receiver):
    with serve(telling) as site:
        hook = hook_at(site, receiver.url)
        sent = site.post(f"{hook['links']['self']}/test").json()
        assert (sent["status"], sent["error"], sent["event"]) == (200, None, "test")
        assert receiver.bodies()[0]["type"] == "test"
        absent = hook_at(site, "http://127.0.0.1:9/")
        failed = site.post(f"{absent['links']['self']}/test").json()
        assert failed["status"] is None
        assert failed["error"]
        assert {one["id"] for one in site.get("/v1/webhooks").json()["items"]} == {hook["id"], absent["id"]}
        assert site.delete(absent["links"]["self"]).status_code == 204
        assert site.get(absent["links"]["self"]).status_code == 404
        assert site.get(absent["links"]["deliveries"]).status_code == 404


def test_only_hosts_of_the_settings_are_told(settings, serve):
    with serve(settings) as site:
        refused = site.post("/v1/webhooks", json={"url": "http://10.0.0.1/hook"})
        assert refused.status_code == 422
        assert "SOHOA_SYSTEMS__WEBHOOK_HOSTS" in refused.json()["detail"]
        for wrong in ("ftp://x.vn/tin", "http://an:mk@x.vn/tin", "http:///khong-co", "http://x.vn/tin#a", "khong phai dia chi"):
            assert site.post("/v1/webhooks", json={"url": wrong}).status_code == 422, wrong


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        ("http://a.tinh.vn/x", True), ("https://A.TINH.VN./x", True), ("http://a.tinh.vn.evil.com/", False),
        ("http://evil.com/a.tinh.vn", False), ("http://b.so.vn:8000/", True), ("http://b.so.vn/", False),
        ("https://x.y.xa.vn/", True),        ("http://xa.vn/", False), ("http://exa.vn/", False), ("http://[::1]/", False),
    ],
)  # fmt: skip
def test_hosts_by_name_port_and_domain(url, allowed):
    assert is_address(url)
    assert is_allowed(url, ("a.tinh.vn", "b.so.vn:8000", "*.xa.vn")) is allowed
