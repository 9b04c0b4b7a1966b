"""Whatever the description allows is answered as it says, with and without accounts: no 5xx, no undescribed answer or shape."""

from __future__ import annotations

import itertools
import os
from collections import Counter

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from dossier.model import Access, AccessLevel, BaseAccess
from dossier.settings import ApiSettings, Settings
from search_api.app import create_app
from store import open_store

EXAMPLES = int(os.environ.get("SOHOA_TEST_SCHEMA_EXAMPLES", "6"))
CHECKS = (not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance)
RIGHTS = ("search", "read", "export", "changes", "webhooks", "reveal", "admin")


@pytest.fixture(params=["open", "accounts"])
def server(request, fill_archive, tmp_path):
    """An application over an archive, what proves who asks, and ids that are there."""
    archive = fill_archive(tmp_path / "kho")
    api = ApiSettings(access=request.param, requests_per_minute=0)
    headers = {"Host": "127.0.0.1"}
    with open_store(archive.settings.store) as store:
        for dossier_id in archive.dossiers.values():
            store.access.note(dossier_id, {row.id: BaseAccess(Access(("a",))) for row in store.catalogue.rows(dossier_id)})
        _, key = store.api_keys.add("thử", RIGHTS[:-1], groups=["a"], clearance=AccessLevel.OPEN)
    if request.param == "accounts":
        headers["Authorization"] = f"Bearer {key}"
    app = create_app(Settings(store=archive.settings.store, api=api))
    decision = archive.documents["decision"]
    known = {"document_id": decision.id, "page_id": decision.page_ids[0], "dossier_id": archive.dossiers["land"]}
    yield app, headers, known
    app.state.recorder.close()
    app.state.rooms.close()


def test_answers_are_what_the_description_says(server):
    app, headers, known = server
    schema = schemathesis.openapi.from_asgi("/v1/openapi.json", app)
    turns = itertools.count()
    statuses: Counter[int] = Counter()
    for found in schema.get_all_operations():
        operation = found.ok()

        @settings(
            max_examples=EXAMPLES,
            derandomize=True,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy())
        def ask(case):
            if next(turns) % 2:  # half of the questions are about what is there
                case.path_parameters = {name: known.get(name, value) for name, value in (case.path_parameters or {}).items()}
            if isinstance(case.query, dict) and "wait" in case.query:
                case.query["wait"] = 0
            statuses[case.call_and_validate(headers=headers, checks=CHECKS).status_code] += 1

        ask()
    assert sum(statuses.values()) > 30 * EXAMPLES / 2
    assert statuses[200] > 30, statuses
    assert statuses[401] == 0, statuses
