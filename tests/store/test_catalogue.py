"""Documents and the outbox: indices learn of real changes, once, in order, and may start over."""

import pytest

from dossier.errors import NotFound
from dossier.model import ArchivalFacts, DossierStatus, PageState
from store import Reason


@pytest.fixture
def dossier(store):
    return store.ledger.register_dossier("/đợt", "a", ArchivalFacts()).id


@pytest.fixture
def one_and_two(make):
    return make.document("p-0001", subject="một"), make.document("p-0002", "p-0003", subject="hai")


def changes(store, consumer="index"):
    return [(change.document_id, change.action) for change in store.catalogue.changes(consumer, 100)]


def test_new_documents_enter_the_outbox_in_order(store, dossier, one_and_two):
    one, two = one_and_two
    assert store.catalogue.record(dossier, [one, two], []) == []
    assert changes(store) == [(one.id, "put"), (two.id, "put")]
    assert [row.id for row in store.catalogue.rows(dossier)] == [one.id, two.id]
    assert [row.page_count for row in store.catalogue.rows(dossier)] == [1, 2]
    assert store.catalogue.waiting("index") == 2
    assert store.catalogue.indexed("index") == 0


def test_only_real_changes_enter_and_versions_grow(store, dossier, one_and_two, make):
    one, two = one_and_two
    store.catalogue.record(dossier, [one, two], [])
    before = [row.version for row in store.catalogue.rows(dossier)]
    store.catalogue.acknowledge("index", before[-1])
    store.catalogue.record(dossier, [one, two], [])
    assert changes(store) == []
    changed = make.document("p-0001", subject="một, sửa")
    store.catalogue.record(dossier, [changed, two], [])
    assert changes(store) == [(one.id, "put")]
    after = [row.version for row in store.catalogue.rows(dossier)]
    assert after[0] > max(before)
    assert after[1] == before[1]
    assert [row.id for row in store.catalogue.rows(dossier)] == [one.id, two.id]


def test_a_document_that_changes_twice_waits_once(store, dossier, make):
    for subject in ("a", "b", "c"):
        store.catalogue.record(dossier, [make.document("p-0001", subject=subject)], [])
    assert store.catalogue.waiting("index") == 1
    assert changes(store) == [("d-p-0001", "put")]


def test_facts_of_the_dossier_are_part_of_each_document(store, dossier, one_and_two):
    store.catalogue.record(dossier, one_and_two, [])
    store.catalogue.acknowledge("index", store.catalogue.changes("index", 10)[-1].seq)
    store.ledger.register_dossier("/đợt", "a", ArchivalFacts(fonds="UBND"))
    store.catalogue.record(dossier, one_and_two, [])
    assert len(changes(store)) == 2


def test_documents_that_are_gone_are_deleted(store, dossier, one_and_two):
    one, two = one_and_two
    store.catalogue.record(dossier, [one, two], [])
    store.catalogue.acknowledge("index", store.catalogue.changes("index", 10)[-1].seq)
    assert store.catalogue.record(dossier, [two], []) == [one.id]
    assert changes(store) == [(one.id, "delete")]
    with pytest.raises(NotFound):
        store.catalogue.row(one.id)


def test_a_stopped_document_is_counted_and_never_shown(store, dossier, one_and_two):
    one, two = one_and_two
    store.catalogue.record(dossier, [one, two], [])
    store.catalogue.record(dossier, [two], [one])
    assert changes(store) == [(two.id, "put"), (one.id, "delete")]
    assert [row.id for row in store.catalogue.rows(dossier)] == [two.id]
    for ask in (store.catalogue.row, store.document, store.document_pages):
        with pytest.raises(NotFound):
            ask(one.id)
    counts = store.counts()
    assert (counts.documents, counts.documents_stopped) == (1, 1)
    store.catalogue.acknowledge("index", 10**6)
    assert store.catalogue.indexed("index") == 1


def test_each_consumer_has_its_own_place(store, dossier, one_and_two):
    store.catalogue.record(dossier, one_and_two, [])
    first = store.catalogue.changes("một", 1)[0]
    store.catalogue.acknowledge("một", first.seq)
    assert (store.catalogue.waiting("một"), store.catalogue.waiting("hai")) == (1, 2)
    assert (store.catalogue.indexed("một"), store.catalogue.indexed("hai")) == (1, 0)
    assert store.catalogue.indexed("một", dossier) == 1
    assert store.catalogue.indexed("một", "khác") == 0
    store.catalogue.forget("một")
    assert len(changes(store, "một")) == 2


def test_changes_come_in_bounded_portions(store, dossier, make):
    store.catalogue.record(dossier, [make.document(f"p-{number:04d}") for number in range(1, 8)], [])
    seen = []
    while portion := store.catalogue.changes("index", 3):
        assert len(portion) <= 3
        seen += [change.seq for change in portion]
        store.catalogue.acknowledge("index", portion[-1].seq)
    assert seen == sorted(seen)
    assert len(seen) == 7


def test_rejected_documents_do_not_count_as_indexed_until_they_change(store, dossier, one_and_two, make):
    one, two = one_and_two
    store.catalogue.record(dossier, [one, two], [])
    first, last = store.catalogue.changes("index", 10)
    store.catalogue.acknowledge("index", last.seq, [(one.id, first.seq, "too large")])
    assert store.catalogue.indexed("index") == 1
    store.catalogue.acknowledge("index", last.seq, [(one.id, first.seq, "said twice")])
    assert store.catalogue.indexed("index") == 1
    store.catalogue.record(dossier, [make.document("p-0001", subject="nhỏ hơn"), two], [])
    assert store.catalogue.indexed("index") == 1
    store.catalogue.acknowledge("index", store.catalogue.changes("index", 10)[-1].seq)
    assert store.catalogue.indexed("index") == 2


def test_recording_does_not_say_that_the_dossier_is_done(store, dossier, one_and_two):
    """A kill between recording and the manifest has to bring the dossier back to assembly."""
    store.catalogue.record(dossier, one_and_two, [])
    assert not store.ledger.dossier(dossier).assembled
    store.ledger.finish_assembly(dossier)
    assert store.ledger.dossier(dossier).assembled


def test_a_dossier_is_whole_partial_or_at_work(store, dossier, make):
    file = make.file(store, dossier, "1.pdf", 2)
    assert store.heading(dossier).status is DossierStatus.WORKING
    ids = make.read(store, file)
    assert store.heading(dossier).status is DossierStatus.COMPLETE
    document = make.document(*ids, subject="Về việc")
    store.shelf.save_document(dossier, document)
    store.catalogue.record(dossier, [document], [])
    assert store.dossier(dossier).documents == (document,)
    assert [page.text for page in store.document_pages(document.id)] == ["chữ 1", "chữ 2"]
    store.shelf.purge_page(dossier, ids[1])
    store.ledger.finish_page(file.id, 2, PageState.SET_ASIDE, Reason("no_text"))
    assert store.heading(dossier).status is DossierStatus.PARTIAL
    assert [page.text for page in store.document_pages(document.id)] == ["chữ 1"]
