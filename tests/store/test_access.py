"""Who may see a document: what is missing is refused, the nearest word counts, a change reaches every index."""

from types import SimpleNamespace

import pytest

from dossier.model import NOBODY, Access, AccessLevel, ArchivalFacts, BaseAccess, GivenAccess, Reader, settled

OFFICE = BaseAccess(Access(("cơ quan",)))
PRIVATE = BaseAccess(Access(("cơ quan",)), sensitive=True)
CONDITIONAL = AccessLevel.CONDITIONAL


def announced(store, after=0):
    return [change.document_id for change in store.catalogue.changes_after(after, 100)]


@pytest.fixture
def dossier(store, make):
    """A dossier of two documents, two pages each."""
    identifier = store.ledger.register_dossier("b", "hs", ArchivalFacts()).id
    pages = make.read(store, make.file(store, identifier, "a.pdf", 4))
    documents = [make.document(*pages[:2], subject="một"), make.document(*pages[2:], subject="hai")]
    for document in documents:
        store.shelf.save_document(identifier, document)
    store.catalogue.record(identifier, documents, [])
    store.ledger.finish_assembly(identifier)
    return SimpleNamespace(id=identifier, document_ids=tuple(sorted(document.id for document in documents)))


def test_what_is_missing_is_nobodys(store):
    assert store.access.of("d-none") == NOBODY
    clerk = Reader("a", frozenset({"cơ quan"}), AccessLevel.TOP_SECRET, today=20300101, sees_embargoed=True)
    assert not clerk.may_see(NOBODY)


def test_the_nearest_word_counts():
    facts, dossier = GivenAccess(("văn thư",), AccessLevel.OPEN, 20300101), GivenAccess(open_from=0)
    assert settled(OFFICE, GivenAccess()) == OFFICE.access
    assert settled(OFFICE, facts) == Access(("văn thư",), AccessLevel.OPEN, 20300101)
    assert settled(OFFICE, facts, GivenAccess(), dossier) == Access(("văn thư",))
    assert settled(OFFICE, facts, GivenAccess(("a",)), dossier).groups == ("a",)
    # A dossier called open does not open the copy of an identity card in it; a person who decides does.
    assert settled(PRIVATE, facts).level is CONDITIONAL
    assert settled(PRIVATE, facts, GivenAccess(), GivenAccess(level=AccessLevel.OPEN)).level is AccessLevel.OPEN


def test_access_follows_what_is_said_and_indices_learn_of_it(store, dossier):
    first, second = dossier.document_ids
    store.access.note(dossier.id, {first: OFFICE, second: PRIVATE})
    assert store.access.of_many([first, second]) == {first: OFFICE.access, second: Access(("cơ quan",), CONDITIONAL)}
    last = store.catalogue.changes_after(0, 100)[-1].seq
    store.access.note(dossier.id, {first: OFFICE, second: PRIVATE})
    assert announced(store, last) == []
    store.access.set_facts(dossier.id, GivenAccess(("địa chính",)))
    assert announced(store, last) == [first, second]
    assert not store.ledger.dossier(dossier.id).assembled
    assert store.catalogue.row(first).version > last
    last = store.catalogue.changes_after(0, 100)[-1].seq
    store.access.set_document(first, GivenAccess(("lãnh đạo",)), by="Lan", reason="theo công văn 5")
    assert announced(store, last) == [first]
    store.access.set_dossier(dossier.id, Access(("văn thư",), AccessLevel.OPEN), by="Lan")
    assert store.access.of(first).groups == ("lãnh đạo",)
    assert store.access.of(second) == Access(("văn thư",))
    store.access.set_document(first, GivenAccess(), by="Lan")
    assert store.access.of(first) == Access(("văn thư",))
    assert [(one.subject, one.decided_by, one.reason) for one in store.access.decisions(first)] == [
        (first, "Lan", "theo công văn 5"), (first, "Lan", ""),
    ]  # fmt: skip
    assert len(store.access.decisions()) == 3


def test_a_decision_outlives_the_document(store, dossier):
    first, second = dossier.document_ids
    store.access.note(dossier.id, {first: OFFICE, second: OFFICE})
    store.access.set_document(first, GivenAccess(("lãnh đạo",)), by="Lan")
    store.access.note(dossier.id, {second: OFFICE})
    assert store.access.of(first) == NOBODY
    store.access.note(dossier.id, {first: OFFICE, second: OFFICE})
    assert store.access.of(first).groups == ("lãnh đạo",)


def test_pages_know_their_documents(store, dossier):
    first, second = dossier.document_ids
    pages = store.document(first).document.page_ids
    assert all(store.page_owners.documents_of(page) == (first,) for page in pages)
    assert store.page_owners.documents_of("none-p0001") == ()
    assert not set(pages) & set(store.document(second).document.page_ids)


def test_a_decision_opens_what_nothing_was_known_of(store, dossier):
    first, second = dossier.document_ids
    store.access.set_dossier(dossier.id, Access(("văn thư",)), by="Lan")
    store.access.set_document(second, GivenAccess(open_from=20300101), by="Lan")
    assert store.access.of(first) == Access(("văn thư",))
    assert store.access.of(second) == Access(("văn thư",), open_from=20300101)
    store.access.set_dossier(dossier.id, GivenAccess(), by="Lan")
    assert store.access.of(first) == NOBODY
    store.access.set_document("d-none", Access(("văn thư",)), by="Lan")
    assert store.access.of("d-none") == NOBODY
