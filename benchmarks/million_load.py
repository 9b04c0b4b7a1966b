"""The search API under many clients at once: a real server over a large index, and clients that ask as fast as they are answered.

In: a folder with an index, questions. Out: seconds within which answers came. The store beside it is real but holds no documents,
so answers are made without reading pages of scans.
"""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import httpx

from benchmarks.cost import Failed
from dossier.settings import StoreSettings
from store import open_store

_START_S = 60.0


@contextmanager
def server(store: Path, index: Path) -> Iterator[str]:
    """The API as `sohoa serve` starts it; gives its address."""
    open_store(StoreSettings(folder=store), create=True).close()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    arguments = ["--factory", "search_api.app:build", "--host", "127.0.0.1", "--port", str(port), "--no-access-log"]
    variables = {"SOHOA_STORE__FOLDER": str(store), "SOHOA_INDEX__FOLDER": str(index), "SOHOA_INDEX__SLOW_S": "60"}
    command = ["env", *(f"{name}={value}" for name, value in variables.items()), sys.executable, "-m", "uvicorn", *arguments]
    with subprocess.Popen([*command, "--log-level", "error"]) as process:
        try:
            address = f"http://127.0.0.1:{port}"
            _wait(address)
            yield address
        finally:
            process.terminate()


def _wait(address: str) -> None:
    latest = time.monotonic() + _START_S
    while time.monotonic() < latest:
        try:
            if httpx.get(f"{address}/health/ready", trust_env=False, timeout=30).status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    raise Failed("the server did not start")


def ask_at_once(address: str, texts: Sequence[str], clients: int) -> tuple[list[float], float]:
    """Seconds of every answer, and answers a second; every client asks every question once, each from another place in the row.

    Raises:
        Failed: when an answer is no 200.
    """
    taken: list[float] = []
    wrong: list[str] = []

    def work(number: int) -> None:
        with httpx.Client(base_url=address, trust_env=False, timeout=120) as client:
            for place in range(len(texts)):
                text = texts[(number * 7 + place) % len(texts)]
                start = time.perf_counter()
                answer = client.get("/v1/search", params={"q": text, "facets": "agency,type,year,fonds"})
                taken.append(time.perf_counter() - start)
                if answer.status_code != 200:
                    wrong.append(answer.text[:200])

    start = time.perf_counter()
    threads = [threading.Thread(target=work, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if wrong:
        raise Failed(wrong[0])
    return taken, len(taken) / (time.perf_counter() - start)
