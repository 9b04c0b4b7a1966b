"""Releases: stopped pages become pending, the log only grows, marks are waived for the pages named."""

from dossier.model import ArchivalFacts, PageState
from store import Reason


def test_released_pages_wait_again_and_are_logged(store, make):
    dossier = store.ledger.register_dossier("b", "a", ArchivalFacts())
    file = make.file(store, dossier.id, "1.pdf", 3)
    make.read(store, file)
    for number in (1, 2):
        store.ledger.finish_page(file.id, number, PageState.STOPPED, Reason("secret", {"starts": 1}))
    store.ledger.finish_assembly(dossier.id)
    first, second, _ = store.ledger.pages(file.id)
    store.releases.release(dossier.id, "d-1", [first, second], waived=[second.id], by="Nguyễn Văn A", reason="dấu MẬT ONG")
    states = [(page.state, page.reason) for page in store.ledger.pages(file.id)]
    assert states == [(PageState.PENDING, None), (PageState.PENDING, None), (PageState.READ, None)]
    assert not store.ledger.dossier(dossier.id).assembled
    assert store.releases.waived(dossier.id) == {second.id}
    assert store.releases.waived("other") == frozenset()
    log = store.releases.log()
    assert [(entry.page_id, entry.waived) for entry in log] == [(first.id, False), (second.id, True)]
    assert {(entry.released_by, entry.reason, entry.document_id) for entry in log} == {("Nguyễn Văn A", "dấu MẬT ONG", "d-1")}
    assert all(entry.released_at.endswith("+00:00") for entry in log)


def test_only_stopped_pages_change_and_a_second_release_adds_to_the_log(store, make):
    dossier = store.ledger.register_dossier("b", "a", ArchivalFacts())
    file = make.file(store, dossier.id, "1.pdf", 1)
    make.read(store, file)
    (page,) = store.ledger.pages(file.id)
    for reason in ("một", "hai"):
        store.releases.release(dossier.id, "d-1", [page], waived=[page.id], by="A", reason=reason)
    assert store.ledger.pages(file.id)[0].state is PageState.READ
    assert [entry.reason for entry in store.releases.log()] == ["một", "hai"]


def test_an_original_comes_back_from_quarantine_as_it_was(store, make, tmp_path):
    scan = tmp_path / "1.pdf"
    scan.write_bytes(b"scan")
    sha256 = make.digest("scan")
    kept = store.shelf.keep_original("x", scan, sha256)
    mode = kept.stat().st_mode
    store.shelf.quarantine_original("x", sha256, ".pdf")
    assert not kept.exists()
    for _ in range(2):
        store.shelf.bring_back_original("x", sha256, ".pdf")
        assert kept.read_bytes() == b"scan"
        assert kept.stat().st_mode == mode
    assert not store.shelf.quarantine_path(sha256, ".pdf").exists()


def test_a_document_that_comes_back_stands_in_its_place(store, make):
    dossier = store.ledger.register_dossier("b", "a", ArchivalFacts())
    first, between, last = (make.document(f"{name}-0001") for name in "abc")
    store.catalogue.record(dossier.id, [first, last], [between])
    seen = store.catalogue.changes("x", 10)[-1].seq
    store.catalogue.record(dossier.id, [first, between, last], [])
    assert [row.id for row in store.catalogue.rows(dossier.id)] == [first.id, between.id, last.id]
    assert [change.document_id for change in store.catalogue.changes_after(seen, 10)] == [between.id]
