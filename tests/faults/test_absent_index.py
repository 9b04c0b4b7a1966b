"""A search engine that refuses or hangs never stops reading: documents wait in the store, a later run brings them in."""

import json
import socket
import threading
import time

import pytest


@pytest.fixture
def hanging():
    """A server that accepts and never answers; gives its address."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        listener.settimeout(0.2)
        accepted, stop = [], threading.Event()

        def accept():
            while not stop.is_set():
                try:
                    accepted.append(listener.accept()[0])
                except TimeoutError:
                    continue

        thread = threading.Thread(target=accept)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        stop.set()
        thread.join()
        for connection in accepted:
            connection.close()


def test_an_engine_that_is_away_keeps_documents_waiting(digitised, sohoa, tmp_path):
    scans, store = digitised.scans / "01-giao-đất", tmp_path / "kho"
    refusing = '["http://127.0.0.1:9"]'
    away = sohoa("digitise", scans, "--store", store, "--index", "elasticsearch", INDEX__URLS=refusing)
    assert away.returncode == 1
    assert "Chưa lập được chỉ mục" in " ".join(away.stderr.split())
    assert "Traceback" not in away.stderr
    status = json.loads(sohoa("status", "--json", "--store", store).stdout)
    assert (status["pages"]["read"], status["documents"], status["index"]["waiting"]) == (1, 1, 1)
    pages = {path: path.stat().st_mtime_ns for path in store.glob("dossiers/*/pages/*")}
    later = sohoa("digitise", scans, "--store", store)
    assert later.returncode == 0, later.stderr
    status = json.loads(sohoa("status", "--json", "--store", store).stdout)
    assert (status["index"]["indexed"], status["index"]["waiting"]) == (1, 0)
    assert {path: path.stat().st_mtime_ns for path in store.glob("dossiers/*/pages/*")} == pages


def test_an_engine_that_hangs_is_given_up_in_time(digitised_copy, sohoa, hanging):
    begun = time.monotonic()
    settings = {"INDEX__URLS": json.dumps([hanging]), "INDEX__TIMEOUT_S": "1"}
    said = sohoa("digitise", digitised_copy.scans, "--store", digitised_copy.store, "--index", "elasticsearch", **settings)
    assert said.returncode == 1, said.stderr
    assert time.monotonic() - begun < 60
    assert "Chưa lập được chỉ mục" in " ".join(said.stderr.split())
    assert json.loads(sohoa("status", "--json", "--store", digitised_copy.store).stdout)["adds_up"]
