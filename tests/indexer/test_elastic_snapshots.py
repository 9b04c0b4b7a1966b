"""Snapshot and restore on real servers, step by step as docs/van-hanh.md tells an operator to do it."""

import json
import os
import urllib.error
import urllib.request
import uuid
from collections.abc import Callable, Iterator

import pytest

from dossier.model import OPERATOR
from indexer import Index, Put, Question

Make = Callable[..., Put]


def call(url: str, method: str, path: str, body: object = None) -> dict[str, object]:
    """One request of the guide."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(f"{url}/{path}", data, {"Content-Type": "application/json"}, method=method)
    with urllib.request.urlopen(request, timeout=60) as answer:
        return dict(json.loads(answer.read()))


def ids(index: Index) -> list[str]:
    index.refresh()
    return sorted(hit.document_id for hit in index.search(Question(reader=OPERATOR)).hits)


@pytest.fixture
def repository(elastic_url: str) -> Iterator[str]:
    name = f"sohoa-test-{uuid.uuid4().hex[:8]}"
    try:
        call(elastic_url, "PUT", f"_snapshot/{name}", {"type": "fs", "settings": {"location": name}})
    except urllib.error.HTTPError as error:
        if os.environ.get("SOHOA_REQUIRE_ELASTICSEARCH") == "1":
            raise
        pytest.skip(f"the server of this test has no path.repo: {error}")
    yield name
    call(elastic_url, "DELETE", f"_snapshot/{name}")


def test_what_was_lost_comes_back_with_its_aliases_and_takes_what_came_later(
    elastic_url: str, repository: str, open_engine: Callable[..., Index], put: Make
) -> None:
    index = open_engine(elastic_url)
    prefix = index.settings.prefix  # type: ignore[attr-defined]
    index.write([put("d", "một"), put("e", "hai")])
    index.refresh()
    generation = index.stats().generation
    taken = call(
        elastic_url,
        "PUT",
        f"_snapshot/{repository}/dem?wait_for_completion=true",
        {"indices": f"{prefix}-docs-*,{prefix}-pages-*", "include_global_state": False},
    )
    assert dict(taken["snapshot"])["state"] == "SUCCESS"  # type: ignore[call-overload]
    late = [put("f", "ba"), put("d", "bốn", version=2)]
    index.write(late)
    names = ",".join(f"{prefix}-{part}-{generation}" for part in ("docs", "pages"))
    call(elastic_url, "DELETE", names)  # the disaster
    restored = call(elastic_url, "POST", f"_snapshot/{repository}/dem/_restore?wait_for_completion=true", {"indices": names})
    assert dict(restored["snapshot"])["shards"]["failed"] == 0  # type: ignore[call-overload]
    assert index.stats().generation == generation
    assert ids(index) == ["d", "e"]
    assert [outcome.kind for outcome in index.write(late)] == ["done", "done"]  # the outbox, from the beginning
    assert [outcome.kind for outcome in index.write([put("d", "một")])] == ["stale"]
    assert ids(index) == ["d", "e", "f"]
    with index.rebuild() as fresh:  # sohoa reindex
        fresh.write([put("d", "bốn", version=2), put("e", "hai"), *late[:1]])
    assert ids(index) == ["d", "e", "f"]
    call(elastic_url, "DELETE", f"_snapshot/{repository}/dem")
