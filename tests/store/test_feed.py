"""The feed of events: one a document, told from the position that was asked for, with every access it had."""

from dossier.model import Access, AccessLevel, BaseAccess
from store import EventKind, Store

OPEN = Access(("phong-doc",))
CLOSED = Access(("ban-giam-doc",), AccessLevel.CONDITIONAL)


def record(store: Store, make, *subjects: str, stopped: bool = False) -> tuple[str, list[str]]:
    dossier = store.ledger.register_dossier("batch", "ho-so", _facts())
    documents = [make.document(f"{make.digest(subject.split()[0])[:32]}-0001", subject=subject) for subject in subjects]
    store.catalogue.record(dossier.id, [] if stopped else documents, documents if stopped else [])
    return dossier.id, [document.id for document in documents]


def _facts():
    from dossier.model import ArchivalFacts

    return ArchivalFacts()


def kinds(store: Store, after: int = 0) -> dict[str, EventKind]:
    return {event.document_id: event.kind for event in store.feed.after(after, 100)}


def test_events_are_told_from_the_position_asked_for(store, make):
    _, (first, second) = record(store, make, "một", "hai")
    start = store.feed.last()
    assert kinds(store) == {first: EventKind.CREATED, second: EventKind.CREATED}
    assert kinds(store, start) == {}
    record(store, make, "một sửa", "hai")
    assert kinds(store, start) == {first: EventKind.CHANGED}
    assert kinds(store) == {first: EventKind.CREATED, second: EventKind.CREATED}


def test_deleted_stays_and_coming_back_is_creation(store, make):
    _, (first, second) = record(store, make, "một", "hai")
    start = store.feed.last()
    record(store, make, "một")
    assert kinds(store, start) == {second: EventKind.DELETED}
    assert kinds(store) == {first: EventKind.CREATED, second: EventKind.DELETED}
    gone = store.feed.last()
    record(store, make, "một", "hai")
    assert kinds(store, gone) == {second: EventKind.CREATED}


def test_first_access_is_creation_the_next_a_change_of_access(store, make):
    dossier_id, (first,) = record(store, make, "một")
    start = store.feed.last()
    store.access.note(dossier_id, {first: BaseAccess(OPEN)})
    assert kinds(store, start) == {first: EventKind.CREATED}
    start = store.feed.last()
    store.access.set_document(first, CLOSED, by="người quản lý")
    (event,) = store.feed.after(start, 10)
    assert event.kind is EventKind.ACCESS_CHANGED
    assert event.accesses == (OPEN, CLOSED)
    assert event.dossier_id == dossier_id
    assert event.at
    store.access.set_document(first, OPEN, by="người quản lý")
    assert store.feed.after(start, 10)[0].accesses == (CLOSED, OPEN)


def test_a_stop_is_a_deletion_that_remembers_who_could_see_it(store, make):
    dossier_id, (first,) = record(store, make, "một")
    store.access.note(dossier_id, {first: BaseAccess(OPEN)})
    start = store.feed.last()
    record(store, make, "một", stopped=True)
    (event,) = store.feed.after(start, 10)
    assert (event.kind, event.accesses) == (EventKind.DELETED, (OPEN,))


def test_a_limit_cuts_and_the_rest_follows(store, make):
    _, ids = record(store, make, "một", "hai", "ba")
    head = store.feed.after(0, 2)
    tail = store.feed.after(head[-1].seq, 2)
    assert [event.document_id for event in (*head, *tail)] == ids


def test_a_document_whose_day_has_come_is_told_of_once(store, make):
    dossier_id, (first, second) = record(store, make, "một", "hai")
    later = Access(("phong-doc",), open_from=20260210)
    store.access.note(dossier_id, {first: BaseAccess(later), second: BaseAccess(OPEN)})
    assert store.access.announce_openings(20260201) == 0, "begins to count"
    start = store.feed.last()
    assert store.access.announce_openings(20260209) == 0
    assert store.access.announce_openings(20260211) == 1
    assert list(kinds(store, start)) == [first]
    assert store.access.announce_openings(20260211) == 0
    assert store.access.announce_openings(20260301) == 0
