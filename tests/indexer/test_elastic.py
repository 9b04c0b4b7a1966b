"""What only Elasticsearch has to stand: servers that are away or refuse, rebuilds beside live writes, strict fields."""

import http.server
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from dossier.errors import BadSettings, Unavailable
from dossier.model import OPERATOR
from dossier.settings import IndexSettings
from indexer import Index, Put, Question, open_index, parse_query
from indexer.elastic import generations, rebuilding

Make = Callable[..., Put]


@pytest.fixture
def server(elastic_url: str, open_engine: Callable[..., Index]) -> Index:
    return open_engine(elastic_url)


def ids(index: Index) -> list[str]:
    index.refresh()
    return sorted(hit.document_id for hit in index.search(Question(reader=OPERATOR)).hits)


def test_a_server_that_is_away_is_unavailable(put: Make) -> None:
    index = open_index(IndexSettings(engine="elasticsearch", urls=("http://127.0.0.1:9",), timeout_s=1), Path())
    for ask in (lambda: index.search(Question(reader=OPERATOR)), lambda: index.write([put("d", "a")]), index.stats, index.refresh):
        with pytest.raises(Unavailable, match=r"127\.0\.0\.1:9"):
            ask()
    assert not index.health().ready
    index.close()


class _Refusing(http.server.BaseHTTPRequestHandler):
    """Answers as a cluster with security does to a wrong password, and as something that is no Elasticsearch."""

    def do_GET(self) -> None:
        allowed = self.headers.get("Authorization") == "ApiKey good"
        self.send_response(200 if allowed else 401)
        if not allowed:
            self.send_header("X-Elastic-Product", "Elasticsearch")
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(b'{"error": {"type": "security_exception", "reason": "unable to authenticate"}, "status": 401}')

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def refusing() -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Refusing) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_refused_credentials_and_other_products_name_the_setting(refusing: str) -> None:
    wrong = IndexSettings(engine="elasticsearch", urls=(refusing,), username="u", password=SecretStr("wrong"))
    other = IndexSettings(engine="elasticsearch", urls=(refusing,), api_key=SecretStr("good"))
    for settings, setting in ((wrong, "SOHOA_INDEX__USERNAME"), (other, "SOHOA_INDEX__URLS")):
        index = open_index(settings, Path())
        with pytest.raises(BadSettings) as caught:
            index.search(Question(reader=OPERATOR))
        assert caught.value.facts["setting"] == setting
        assert "wrong" not in str(caught.value)
        assert not index.health().ready
        index.close()


def test_a_host_that_is_no_url_is_a_bad_setting() -> None:
    with pytest.raises(BadSettings):
        open_index(IndexSettings(engine="elasticsearch", urls=("nonsense",)), Path())


def test_the_first_host_that_answers_is_enough(elastic_url: str, server: Index, put: Make) -> None:
    settings = server.settings.model_copy(update={"urls": ("http://127.0.0.1:9", elastic_url)})  # type: ignore[attr-defined]
    index = open_index(settings, Path())
    for number in range(3):
        assert index.write([put(f"d{number}", "a")])[0].kind == "done"
    assert ids(index) == ["d0", "d1", "d2"]
    index.close()


def test_live_writes_during_a_rebuild_reach_both_generations(server: Index, put: Make) -> None:
    server.write([put("d", "cũ", version=1), put("e", "cũ", version=1)])
    with server.rebuild() as fresh:
        assert server.write([put("d", "mới", version=2), put("f", "mới", version=1)])[0].kind == "done"
        outcomes = fresh.write([put("d", "cũ", version=1), put("e", "cũ", version=1)])  # read from the store before
        assert [outcome.kind for outcome in outcomes] == ["stale", "done"]
    assert ids(server) == ["d", "e", "f"]
    assert server.search(Question(parse_query('"mới"'), reader=OPERATOR)).total.value == 2


def test_a_rebuild_that_was_killed_is_cleared_away_by_the_next(
    elastic_url: str, server: Index, put: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.write([put("d", "a")])
    killed = server.rebuild()
    killed.__enter__()  # and never left, as after a kill
    with pytest.raises(Unavailable, match="being_rebuilt"):
        server.rebuild().__enter__()  # it may be alive still
    assert server.write([put("e", "a")])[0].kind == "done"
    monkeypatch.setattr(generations, "_DEAD_AFTER_S", 0.0)
    with server.rebuild() as fresh:
        fresh.write([put("d", "a", version=2)])
    prefix = server.settings.prefix  # type: ignore[attr-defined]
    names = urllib.request.urlopen(f"{elastic_url}/_cat/indices/{prefix}-*?h=index").read().decode().split()
    assert sorted(names) == [f"{prefix}-{part}-{server.stats().generation}" for part in ("docs", "pages")]
    assert ids(server) == ["d"]


def test_a_rebuild_gives_signs_of_life_while_it_fills(server: Index, put: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rebuilding, "SIGN_OF_LIFE_S", 0.0)
    monkeypatch.setattr(generations, "_DEAD_AFTER_S", 1.5)
    with server.rebuild() as fresh:
        for version in range(1, 5):
            time.sleep(0.5)
            fresh.write([put("d", "a", version=version)])
        with pytest.raises(Unavailable, match="being_rebuilt"):
            server.rebuild().__enter__()
    assert ids(server) == ["d"]


def test_a_write_beside_a_rebuild_that_gives_up_goes_through(server: Index, put: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    rebuild = server.rebuild()
    rebuild.__enter__()
    looked = server.generations.being_filled()  # type: ignore[attr-defined]
    rebuild.__exit__(KeyboardInterrupt, KeyboardInterrupt(), None)
    answers = iter([looked])
    monkeypatch.setattr(server.generations, "being_filled", lambda: next(answers, None))  # type: ignore[attr-defined]
    assert server.write([put("d", "a")])[0].kind == "done"
    assert ids(server) == ["d"]


def test_several_may_open_an_empty_cluster_at_once(server: Index, put: Make) -> None:
    others = [open_index(server.settings, Path()) for _ in range(4)]  # type: ignore[attr-defined]
    kinds: list[str] = []

    def work(index: Index, number: int) -> None:
        kinds.extend(outcome.kind.value for outcome in index.write([put(f"d{number}", "a")]))

    threads = [threading.Thread(target=work, args=(index, number)) for number, index in enumerate(others)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert kinds == ["done"] * 4
    assert ids(server) == ["d0", "d1", "d2", "d3"]
    for index in others:
        index.close()
