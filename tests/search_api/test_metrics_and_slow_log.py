"""Numbers for Prometheus and the log of slow questions, read from a real server."""

import json
import logging
import re

import pytest
from prometheus_client.parser import text_string_to_metric_families

from dossier.settings import IndexSettings
from indexer import parse_query
from search_api.measuring.slow_log import logger, nodes_of


@pytest.fixture
def lines(caplog):
    """The lines of the slow log."""
    logger.addHandler(caplog.handler)
    with caplog.at_level(logging.WARNING, logger.name):
        yield lambda: [json.loads(record.getMessage()) for record in caplog.records if record.name == logger.name]
    logger.removeHandler(caplog.handler)


def numbers(client):
    """Samples of `/metrics` by name and labels."""
    text = client.get("/metrics").raise_for_status().text
    return {
        (sample.name, *sorted(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_requests_and_questions_are_counted_by_route(archive, serve):
    with serve(archive.settings) as client:
        before = numbers(client)
        for _ in range(3):
            client.get("/v1/search", params={"q": "đất"}).raise_for_status()
        client.get("/v1/documents/khong-co")
        client.get("/khong-co-duong-nay")
        after = numbers(client)
    assert before.get(("sohoa_requests_total", "/v1/search", "200", "GET"), 0) == 0
    assert after["sohoa_requests_total", "/v1/search", "200", "GET"] == 3
    assert after["sohoa_requests_total", "/v1/documents/{document_id}", "404", "GET"] == 1
    assert after["sohoa_requests_total", "404", "GET", "none"] == 1
    assert after["sohoa_request_seconds_count", "/v1/search"] == 3
    assert after["sohoa_index_question_seconds_count", "embedded", "search"] >= 3
    assert after["sohoa_requests_running",] == 1  # the one that reads the numbers


def test_what_archive_and_index_hold(archive, serve):
    with serve(archive.settings) as client:
        found = numbers(client)
        ready = client.get("/health/ready").json()
    assert found["sohoa_up", "store"] == found["sohoa_up", "index"] == 1
    assert found["sohoa_index_documents",] == ready["documents"] > 0
    assert found["sohoa_index_pages",] == ready["pages"]
    assert found["sohoa_pages", "read"] > 0
    assert found["sohoa_ledger_adds_up",] == 1
    assert ("sohoa_outbox_waiting",) in found
    assert ("sohoa_jobs_open", "exports") in found


def test_a_server_without_a_store_says_that_it_is_down(empty_site):
    found = numbers(empty_site)
    assert found["sohoa_up", "store"] == found["sohoa_up", "index"] == 0


def test_labels_do_not_grow_with_what_strangers_ask(archive, serve):
    with serve(archive.settings) as client:
        for number in range(30):
            client.get(f"/khong-co/{number}")
            client.request("BREW", f"/v1/documents/{number}")
        text = client.get("/metrics").text
    assert len(set(re.findall(r'route="([^"]*)"', text))) < 10
    assert "BREW" not in text


def test_a_slow_question_is_written_down_without_its_words(archive, serve, lines):
    slow = archive.settings.model_copy(update={"index": IndexSettings(slow_s=0.0)})
    trace = "0af7651916cd43dd8448eb211c80319c"
    with serve(slow) as client:
        asked = {"q": '"giao đất" tinh* -mật', "year": "2023", "facets": "type"}
        client.get("/v1/search", params=asked, headers={"traceparent": f"00-{trace}-b7ad6b7169203331-01"}).raise_for_status()
        assert numbers(client)["sohoa_index_slow_questions_total", "embedded"] >= 1
    line = lines()[0]
    assert line["trace"] == trace
    assert line["nodes"] == {"And": 1, "Not": 1, "Phrase": 1, "Prefix": 1, "Word": 1}
    assert line["filters"] == ["year"]
    assert (line["facets"], line["engine"]) == (1, "embedded")
    assert line["ms"] > 0
    assert "words" not in line
    assert not any(word in json.dumps(line, ensure_ascii=False) for word in ("đất", "tinh", "mật"))


def test_words_are_written_where_the_settings_ask_for_them_and_quick_questions_never(archive, serve, lines):
    with serve(archive.settings.model_copy(update={"index": IndexSettings(slow_s=60.0)})) as client:
        client.get("/v1/search", params={"q": "đất"}).raise_for_status()
    assert lines() == []
    with serve(archive.settings.model_copy(update={"index": IndexSettings(slow_s=0.0, slow_words=True)})) as client:
        client.get("/v1/search", params={"q": "đất"}).raise_for_status()
    assert "đất" in lines()[0]["words"]


def test_nodes_are_counted_however_deep_they_lie():
    assert nodes_of(parse_query("(a OR số:15) -b")) == {"And": 1, "InField": 1, "Not": 1, "Or": 1, "Word": 3}
