"""Exports, webhooks, saved searches and the signing key in the ledger: owners, leases, order, what a killed server leaves."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy

from dossier.errors import NotFound, Unavailable
from store import Delivery, ExportState, Store, WebhookState
from store.exports import exports
from store.webhooks import webhooks

DAY_S = 86_400


def test_an_export_goes_on_where_a_killed_worker_left_it(store):
    made = store.exports.add("an", '{"q": ""}', keep_s=DAY_S)
    taken = store.exports.claim()
    assert taken is not None
    assert taken.id == made.id
    assert store.exports.claim() is None
    assert store.exports.advance(made.id, total=10, rows=4, size_bytes=400, cursor="c4")
    with store._database.begin() as connection:  # a minute later
        connection.execute(sqlalchemy.update(exports).values(leased_until=0))
    again = store.exports.claim()
    assert again is not None
    assert (again.rows, again.size_bytes, again.cursor, again.state) == (4, 400, "c4", ExportState.RUNNING)
    assert store.exports.finish(made.id, ExportState.DONE)
    assert not store.exports.finish(made.id, ExportState.FAILED)
    assert store.exports.claim() is None


def test_a_cancelled_export_stops_its_worker(store):
    made = store.exports.add("an", "{}", keep_s=DAY_S)
    store.exports.claim()
    assert store.exports.finish(made.id, ExportState.CANCELLED)
    assert not store.exports.advance(made.id, total=1, rows=1, size_bytes=1, cursor="c")
    assert store.exports.one(made.id).state is ExportState.CANCELLED


def test_one_key_makes_one_export_and_only_for_its_owner(store):
    first = store.exports.add("an", "{}", keep_s=DAY_S, idempotency_key="k")
    assert store.exports.add("an", '{"q": "khác"}', keep_s=DAY_S, idempotency_key="k").id == first.id
    assert store.exports.add("bình", "{}", keep_s=DAY_S, idempotency_key="k").id != first.id
    assert [job.id for job in store.exports.of_owner("an")] == [first.id]
    assert store.exports.open_count("an") == 1


def test_expired_exports_go_with_their_files(store):
    made = store.exports.add("an", "{}", keep_s=-10)
    (store.exports.folder(made.id) / "rows.jsonl").write_text("{}")
    assert store.exports.remove_expired() == 0
    store.exports.finish(made.id, ExportState.DONE)
    assert store.exports.remove_expired() == 1
    assert not (store.folder / "exports" / made.id).exists()
    with pytest.raises(NotFound):
        store.exports.one(made.id)


def test_two_workers_never_take_one_export(store):
    for _ in range(4):
        store.exports.add("an", "{}", keep_s=DAY_S)
    with ThreadPoolExecutor(4) as pool:
        taken = [job.id for job in pool.map(lambda _: store.exports.claim(), range(6)) if job is not None]
    assert len(taken) == len(set(taken))


def _change(store: Store, make) -> None:
    from dossier.model import ArchivalFacts

    dossier = store.ledger.register_dossier("batch", "ho-so", ArchivalFacts())
    count = store.feed.last() + 1
    documents = [make.document(f"{make.digest(str(number))[:32]}-0001") for number in range(count)]
    store.catalogue.record(dossier.id, documents, [])


def test_a_hook_is_due_when_something_lies_behind_its_position(store, make):
    hook = store.webhooks.add("an", "http://x/", events=("created",), secret="s", position=store.feed.last())
    assert store.webhooks.claim() is None
    _change(store, make)
    taken = store.webhooks.claim()
    assert taken is not None
    assert taken.id == hook.id
    assert store.webhooks.claim() is None, "leased"
    assert store.webhooks.took(taken, store.feed.last()).position == store.feed.last()
    store.webhooks.release(hook.id)
    assert store.webhooks.claim() is None, "nothing new"


def test_a_failing_hook_waits_dies_and_is_resumed_at_its_place(store, make):
    hook = store.webhooks.add("an", "http://x/", events=("created",), secret="s", position=0)
    _change(store, make)
    store.webhooks.claim()
    store.webhooks.failed(hook.id, failures=1, since=5, next_try=2**40)
    store.webhooks.release(hook.id)
    assert store.webhooks.claim() is None
    store.webhooks.failed(hook.id, failures=2, since=5, next_try=None)
    assert store.webhooks.one("an", hook.id).state is WebhookState.DEAD
    assert store.webhooks.resume("an", hook.id).position == 0
    assert store.webhooks.claim() is not None


def test_the_log_of_deliveries_keeps_the_last(store):
    hook = store.webhooks.add("an", "http://x/", events=("created",), secret="s", position=0)
    for number in range(203):
        store.webhooks.log(hook.id, Delivery(f"m{number}", "created", "2026-01-01", 200, "", 3))
    log = store.webhooks.deliveries(hook.id)
    assert (len(log), log[0].message_id, log[-1].message_id) == (200, "m202", "m3")
    store.webhooks.remove("an", hook.id)
    assert store.webhooks.deliveries(hook.id) == []


def test_hooks_and_searches_of_others_are_not_there(store):
    hook = store.webhooks.add("an", "http://x/", events=("created",), secret="s", position=0)
    saved = store.saved_searches.add("an", "đất đai", question="{}", grammar="vi-1", interpreted="đất")
    assert saved is not None
    assert store.saved_searches.add("an", "đất đai", question="{}", grammar="vi-1", interpreted="đất") is None
    assert store.saved_searches.one("an", saved.id) == saved
    for wrong in (
        lambda: store.webhooks.one("bình", hook.id),
        lambda: store.webhooks.remove("bình", hook.id),
        lambda: store.saved_searches.one("bình", saved.id),
        lambda: store.saved_searches.remove("bình", saved.id),
    ):
        with pytest.raises(NotFound):
            wrong()
    store.saved_searches.remove("an", saved.id)
    assert store.saved_searches.of_owner("an") == []
    with store._database.read() as connection:
        assert connection.scalar(sqlalchemy.select(sqlalchemy.func.count()).select_from(webhooks)) == 1


def test_the_signing_key_is_made_once_and_only_its_owner_reads_it(store):
    with ThreadPoolExecutor(4) as pool:
        keys = set(pool.map(lambda _: store.signing_key(), range(8)))
    assert len(keys) == 1
    assert len(keys.pop()) == 32
    path = store.folder / "signing.key"
    assert path.stat().st_mode & 0o077 == 0
    path.write_text("not a key")
    with pytest.raises(Unavailable):
        store.signing_key()
