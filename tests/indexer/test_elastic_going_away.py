"""A real server that goes away in the middle of a rebuild and comes back: behind a line that can be cut."""

import socket
import socketserver
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from dossier.errors import Unavailable
from dossier.model import OPERATOR
from dossier.settings import IndexSettings
from indexer import Index, Put, Question, open_index
from indexer.elastic import generations

Make = Callable[..., Put]


class Line(socketserver.ThreadingTCPServer):
    """Carries bytes between a port of its own and the server, until it is cut."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, target: tuple[str, int]) -> None:
        super().__init__(("127.0.0.1", 0), _Carrier)
        self.target = target
        self.is_cut = False
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Carrier(socketserver.BaseRequestHandler):
    server: Line

    def handle(self) -> None:
        if self.server.is_cut:
            return
        with socket.create_connection(self.server.target) as far:
            back = threading.Thread(target=self._carry, args=(far, self.request), daemon=True)
            back.start()
            self._carry(self.request, far)

    def _carry(self, source: socket.socket, sink: socket.socket) -> None:
        source.settimeout(0.1)
        while not self.server.is_cut:
            try:
                data = source.recv(65_536)
            except TimeoutError:
                continue
            except OSError:
                return
            if not data:
                return
            sink.sendall(data)


@pytest.fixture
def line(elastic_url: str) -> Iterator[Line]:
    parts = urlsplit(elastic_url)
    with Line((parts.hostname or "", parts.port or 0)) as opened:
        yield opened
        opened.shutdown()


def ids(index: Index) -> list[str]:
    index.refresh()
    return sorted(hit.document_id for hit in index.search(Question(reader=OPERATOR)).hits)


def test_a_server_that_goes_away_in_the_middle_of_a_rebuild_answers_from_the_old_generation_when_it_is_back(
    elastic_url: str, line: Line, open_engine: Callable[..., Index], put: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    near = open_engine(elastic_url)
    near.write([put("old", "a")])
    prefix = near.settings.prefix  # type: ignore[attr-defined]
    far = open_index(IndexSettings(engine="elasticsearch", urls=(line.url,), prefix=prefix, timeout_s=2), Path())

    def rebuild() -> None:
        with far.rebuild() as fresh:
            fresh.write([put("new", "b")])
            line.is_cut = True
            fresh.write([put("newer", "b")])

    with pytest.raises(Unavailable):
        rebuild()
    with pytest.raises(Unavailable):
        far.search(Question(reader=OPERATOR))
    line.is_cut = False
    assert ids(near) == ids(far) == ["old"]
    assert far.write([put("late", "a")])[0].kind == "done"
    monkeypatch.setattr(generations, "_DEAD_AFTER_S", 0.0)
    with far.rebuild() as fresh:
        fresh.write([put("whole", "b")])
    assert ids(near) == ["whole"]
    far.close()
