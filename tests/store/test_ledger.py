"""The ledger: everything that comes in is counted once, has one state, and coming again changes nothing."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from dossier.errors import NotFound
from dossier.model import ArchivalFacts, PageState, ScanFile, ScanFormat
from store import FileState, Reason, open_store

BROKEN = Reason("damaged", {"detail": "Syntax Error"})
MISNAMED = Reason("wrong_extension", {"extension": ".jpg", "content": "pdf"})


@pytest.fixture
def dossier(store):
    return store.ledger.register_dossier("/đợt 1", "hồ sơ 1", ArchivalFacts()).id


def scan(record, pages=2):
    return ScanFile(record.name, record.sha256, ScanFormat.PDF, 100, pages)


def test_registering_twice_changes_nothing(store):
    facts = ArchivalFacts(fonds="UBND", box="07")
    first = store.ledger.register_dossier("/đợt", "a", facts)
    store.ledger.finish_assembly(first.id)
    again = store.ledger.register_dossier("/đợt", "a", facts)
    assert again.assembled
    assert (again.id, again.facts) == (first.id, facts)
    assert len(store.ledger.dossiers()) == 1


def test_corrected_facts_ask_for_another_assembly(store):
    first = store.ledger.register_dossier("/đợt", "a", ArchivalFacts())
    store.ledger.finish_assembly(first.id)
    corrected = store.ledger.register_dossier("/đợt", "a", ArchivalFacts(title="Đúng"))
    assert (corrected.id, corrected.facts.title, corrected.assembled) == (first.id, "Đúng", False)


def test_the_same_name_in_another_batch_is_another_dossier(store):
    ids = {store.ledger.register_dossier(batch, "a", ArchivalFacts()).id for batch in ("/đợt 1", "/đợt 2")}
    assert len(ids) == 2
    assert [one.batch for one in store.ledger.dossiers()] == ["/đợt 1", "/đợt 2"]


def test_a_file_is_counted_once(store, dossier, make):
    file = make.file(store, dossier, "1.pdf", 3)
    make.read(store, file)
    again = make.file(store, dossier, "1.pdf", 3)
    assert again == file
    assert {page.state for page in store.ledger.pages(file.id)} == {PageState.READ}
    assert store.counts().pages_expected == 3


def test_a_new_page_makes_an_assembled_dossier_wait(store, dossier, make):
    store.ledger.finish_assembly(dossier)
    file = make.file(store, dossier, "1.pdf", 1)
    assert not store.ledger.dossier(dossier).assembled
    store.ledger.finish_assembly(dossier)
    store.ledger.finish_page(file.id, 1, PageState.BLANK)
    assert not store.ledger.dossier(dossier).assembled


def test_the_same_content_is_not_read_twice(store, dossier, make):
    other = store.ledger.register_dossier("/đợt 1", "hồ sơ 2", ArchivalFacts()).id
    file = make.file(store, dossier, "1.pdf", 2, "content")
    copy = make.file(store, other, "bản sao.pdf", 2, "content")
    assert (copy.state, copy.duplicate_of) == (FileState.DUPLICATE, file.id)
    assert [page.state for page in store.ledger.pages(copy.id)] == [PageState.DUPLICATE] * 2
    assert store.ledger.pending_pages(other) == []
    assert len(store.ledger.pending_pages(dossier)) == 2
    assert store.ledger.where_is(store.ledger.pages(file.id)[0].id) == (dossier, PageState.PENDING)
    counts = store.counts()
    assert (counts.pages_expected, counts.pages[PageState.DUPLICATE], counts.adds_up) == (4, 2, True)


def test_a_file_renamed_as_told_is_read(store, dossier, make):
    misnamed = store.ledger.count_file(dossier, "1.jpg", make.digest("content"), 10)
    store.ledger.set_file_aside(misnamed.id, MISNAMED)
    renamed = make.file(store, dossier, "1.pdf", 2, "content")
    assert renamed.state is FileState.OPEN
    settled = store.ledger.file(misnamed.id)
    assert (settled.state, settled.duplicate_of) == (FileState.DUPLICATE, renamed.id)
    assert store.dossier_counts(dossier).files_set_aside == 0


def test_the_good_name_wins_in_one_batch(store, dossier, make):
    """Both names lie in the folder; the wrong one is counted first, cannot be opened, and must not swallow the right one."""
    misnamed = store.ledger.count_file(dossier, "1.jpg", make.digest("content"), 10)
    well_named = store.ledger.count_file(dossier, "1.pdf", make.digest("content"), 10)
    assert well_named.state is FileState.DUPLICATE
    store.ledger.set_file_aside(misnamed.id, MISNAMED)
    assert not store.ledger.is_read_elsewhere(well_named)
    opened = store.ledger.open_file(well_named.id, scan(well_named))
    assert (opened.state, opened.duplicate_of) == (FileState.OPEN, None)
    assert len(store.ledger.pending_pages(dossier)) == 2


def test_the_same_name_with_new_content_is_another_file(store, dossier, make):
    first = make.file(store, dossier, "1.pdf", 2, "old")
    second = make.file(store, dossier, "1.pdf", 3, "new")
    assert first.id != second.id
    assert [file.state for file in store.ledger.files(dossier)] == [FileState.OPEN] * 2
    assert store.counts().pages_expected == 5


def test_a_broken_file_that_was_scanned_again_asks_for_nobody(store, dossier, make):
    broken = store.ledger.count_file(dossier, "1.pdf", make.digest("half"), 10)
    store.ledger.set_file_aside(broken.id, BROKEN)
    assert store.dossier_counts(dossier).files_set_aside == 1
    whole = make.file(store, dossier, "1.pdf", 2, "whole")
    assert whole.state is FileState.OPEN
    counts = store.dossier_counts(dossier)
    assert (counts.files, counts.files_set_aside) == (1, 0)
    assert store.counts().files[FileState.REPLACED] == 1
    assert [one.name for one in store.dossier(dossier).files] == ["1.pdf"]
    back = store.ledger.count_file(dossier, "1.pdf", make.digest("half"), 10)
    assert back.state is FileState.COUNTED


def test_bad_facts_set_known_files_aside_and_healing_brings_them_back(store, dossier, make):
    file = make.file(store, dossier, "1.pdf", 1)
    ids = make.read(store, file)
    aside = store.ledger.set_file_aside(file.id, Reason("bad_facts", {"line": 2}))
    assert (aside.state, aside.reason.facts["line"]) == (FileState.SET_ASIDE, 2)
    other = store.ledger.register_dossier("/đợt 1", "hồ sơ 2", ArchivalFacts()).id
    assert make.file(store, other, "bản sao.pdf", 1, "1.pdf").state is FileState.DUPLICATE
    healed = store.ledger.open_file(file.id, scan(file, 1))
    assert (healed.state, healed.reason) == (FileState.OPEN, None)
    assert [page.state for page in store.ledger.pages(file.id)] == [PageState.READ]
    assert store.page(ids[0]).text == "chữ 1"


def test_pages_wait_in_the_order_of_files_and_numbers(store, dossier, make):
    for name in ("b.pdf", "a.pdf"):
        make.file(store, dossier, name, 2)
    waiting = [(file.name, page.number) for file, page in store.ledger.pending_pages(dossier)]
    assert waiting == [("a.pdf", 1), ("a.pdf", 2), ("b.pdf", 1), ("b.pdf", 2)]


def test_a_page_ends_in_each_state_with_its_reason(store, dossier, make):
    file = make.file(store, dossier, "1.pdf", 4)
    reason = Reason("timed_out", {"engine": "tesseract", "timeout_s": 120.5, "trang": "một"})
    states = [PageState.READ, PageState.BLANK, PageState.SET_ASIDE, PageState.STOPPED]
    for number, state in enumerate(states, start=1):
        store.ledger.finish_page(file.id, number, state, reason if state is PageState.SET_ASIDE else None)
    pages = store.ledger.pages(file.id)
    assert [page.state for page in pages] == states
    assert [page.reason for page in pages] == [None, None, reason, None]
    counts = store.counts()
    assert counts.adds_up
    assert sum(counts.pages.values()) == counts.pages_expected == 4
    of_dossier = store.dossier_counts(dossier)
    assert of_dossier.pages == counts.pages
    with pytest.raises(NotFound):
        store.page(pages[3].id)


def test_set_aside_pages_are_read_anew_on_request(store, dossier, make):
    file = make.file(store, dossier, "1.pdf", 2)
    kept = make.page(store.ledger.pages(file.id)[0].id, "")
    store.shelf.save_page(dossier, kept, b"jpeg")
    store.ledger.finish_page(file.id, 1, PageState.SET_ASIDE, Reason("no_text"))
    store.ledger.finish_page(file.id, 2, PageState.READ)
    assert store.retry_set_aside(dossier) == 1
    assert [page.number for _, page in store.ledger.pending_pages(dossier)] == [1]
    assert store.ledger.pages(file.id)[0].reason is None
    assert not store.shelf.has_page(dossier, kept.id)
    assert store.retry_set_aside(dossier) == 0


def test_what_is_not_there_is_not_found(store):
    for ask in (store.ledger.dossier, store.ledger.file, store.ledger.where_is, store.page, store.document, store.dossier):
        with pytest.raises(NotFound):
            ask("nothing")


def test_threads_write_at_the_same_time(store, dossier, make):
    """Chunks finish in several threads while another dossier is taken in; nothing is lost and nobody is turned away."""
    files = [make.file(store, dossier, f"{number}.pdf", 20) for number in range(4)]

    def finish(file):
        for number in range(1, 21):
            store.ledger.finish_page(file.id, number, PageState.READ)

    def take_in(number):
        other = store.ledger.register_dossier("/đợt 1", f"khác {number}", ArchivalFacts())
        make.file(store, other.id, "x.pdf", 2, f"khác {number}")
        assert store.counts().adds_up

    with ThreadPoolExecutor(8) as threads:
        work = [threads.submit(finish, file) for file in files] + [threads.submit(take_in, number) for number in range(8)]
        for one in work:
            one.result()
    counts = store.counts()
    assert (counts.pages[PageState.READ], counts.pages[PageState.PENDING], counts.adds_up) == (80, 16, True)


def test_everything_is_there_after_reopening(store, settings, dossier, make):
    make.read(store, make.file(store, dossier, "1.pdf", 2))
    before = store.counts()
    store.close()
    with open_store(settings) as again:
        assert again.counts() == before
        assert [one.name for one in again.ledger.dossiers()] == ["hồ sơ 1"]
