"""Letting go what was stopped by mistake: by a person, with a reason, logged; and a released page is not stopped again."""

import json

import pytest

from dossier.errors import NotFound
from dossier.model import PageState, document_id
from flows.assembly import assemble
from flows.batch import pending_chunks
from flows.releasing import release, stopped_papers


@pytest.fixture
def stopped(desk, scan, tmp_path, decision):
    """A file of three documents, the second of them of two pages and stopped for a mark on the last; answers its dossier."""
    scan(tmp_path / "a" / "1.tif", "x", pages=4)
    dossier = desk.admit(tmp_path / "a")
    texts = [decision("15", "giao đất"), decision("16", "mật ong"), "MẬT ONG", decision("17", "thu hồi đất")]
    desk.read(dossier, {("1.tif", number): text for number, text in enumerate(texts, start=1)})
    assemble(desk.store.ledger.dossier(dossier.id), desk.store)
    return dossier


def ids(desk, dossier):
    (file,) = desk.store.ledger.files(dossier.id)
    return file, [page.id for page in desk.store.ledger.pages(file.id)]


def read_again(desk, dossier, decision):
    texts = {("1.tif", 2): decision("16", "mật ong"), ("1.tif", 3): "Điều 2. Nuôi ong lấy nước"}
    desk.read(dossier, texts)
    assemble(desk.store.ledger.dossier(dossier.id), desk.store)


def test_what_is_stopped_is_listed_by_document(desk, stopped):
    _, pages = ids(desk, stopped)
    (paper,) = stopped_papers(desk.store, stopped.id)
    assert paper.document_id == document_id(pages[1])
    assert [sheet.record.id for sheet in paper.sheets] == pages[1:3]


def test_a_released_document_is_read_again_and_found(desk, stopped, decision):
    file, pages = ids(desk, stopped)
    release(desk.store, document_id(pages[1]), by="A", reason="mật ong")
    assert [page.state for page in desk.store.ledger.pages(file.id)][1:3] == [PageState.PENDING] * 2
    tasks = [task for chunk in pending_chunks(stopped, desk.workshop) for task in chunk.tasks]
    assert [(task.scan.number, task.waived) for task in tasks] == [(2, True), (3, True)]
    assert desk.store.shelf.find_original(stopped.id, file.sha256, ".tif").parent.name == "quarantine"
    read_again(desk, stopped, decision)
    assert [one.number for one in desk.store.dossier(stopped.id).documents] == ["15/QĐ-UBND", "16/QĐ-UBND", "17/QĐ-UBND"]
    assert desk.store.shelf.find_original(stopped.id, file.sha256, ".tif").parent.name == "originals"
    assert desk.store.counts().documents_stopped == 0
    assert list(stopped_papers(desk.store, stopped.id)) == []


def test_the_mark_on_a_released_page_counts_no_more_in_assembly(desk, stopped, decision):
    _, pages = ids(desk, stopped)
    release(desk.store, document_id(pages[1]), by="A", reason="mật ong")
    marked = decision("16", "mật ong").replace("^QUYẾT ĐỊNH", "MẬT\n^QUYẾT ĐỊNH")
    for _ in range(2):
        desk.read(stopped, {("1.tif", 2): marked, ("1.tif", 3): "Điều 2. Nuôi ong"})
        assemble(desk.store.ledger.dossier(stopped.id), desk.store)
        found = desk.store.dossier(stopped.id).documents[1]
        assert (found.number, found.secrecy) == ("16/QĐ-UBND", None)


def test_releasing_one_page_leaves_the_marks_of_the_others(desk, stopped, decision):
    _, pages = ids(desk, stopped)
    paper = release(desk.store, pages[2], by="A", reason="mật ong")
    assert paper.document_id == document_id(pages[1])
    tasks = [task for chunk in pending_chunks(stopped, desk.workshop) for task in chunk.tasks]
    assert [task.waived for task in tasks] == [False, True]
    marked = decision("16", "mật ong").replace("^QUYẾT ĐỊNH", "MẬT\n^QUYẾT ĐỊNH")
    desk.read(stopped, {("1.tif", 2): marked, ("1.tif", 3): "Điều 2. Nuôi ong"})
    assemble(desk.store.ledger.dossier(stopped.id), desk.store)
    assert [one.number for one in desk.store.dossier(stopped.id).documents] == ["15/QĐ-UBND", "17/QĐ-UBND"]
    assert desk.store.counts().documents_stopped == 1


def test_other_stopped_documents_keep_the_original_in_quarantine(desk, stopped, decision):
    file, pages = ids(desk, stopped)
    release(desk.store, document_id(pages[1]), by="A", reason="mật ong")
    desk.read(stopped, {("1.tif", 2): decision("16", "mật ong"), ("1.tif", 3): "MẬT thật"})
    assemble(desk.store.ledger.dossier(stopped.id), desk.store)
    assert desk.store.shelf.find_original(stopped.id, file.sha256, ".tif").parent.name == "quarantine"
    assert [one.number for one in desk.store.dossier(stopped.id).documents] == ["15/QĐ-UBND", "17/QĐ-UBND"]


@pytest.mark.parametrize("which", ["read", "unknown"])
def test_what_is_not_stopped_cannot_be_released(desk, stopped, which):
    _, pages = ids(desk, stopped)
    with pytest.raises(NotFound):
        release(desk.store, pages[0] if which == "read" else "d-" + "0" * 32 + "-0001", by="A", reason="x")
    assert desk.store.releases.log() == []


def test_the_command_lists_asks_for_a_reason_and_releases(digitised_copy, sohoa):
    """The sample dossier really bears the mark: what is released is what the person says, not what the machine thinks."""
    store = digitised_copy.store
    listed = sohoa("release", "--store", store)
    assert listed.returncode == 0
    assert "02-bao-cao-mat.pdf, trang 1, 2" in " ".join(listed.stdout.split())
    identifier = next(word for word in "".join(listed.stdout.split("│")).split() if word.startswith("d-"))
    refused = sohoa("release", identifier, "--store", store)
    assert refused.returncode == 2
    assert "lý do" in refused.stderr
    before = json.loads(sohoa("status", "--json", "--store", store).stdout)
    sohoa("release", identifier, "--reason", "mẫu in để thử", "--by", "Nguyễn Văn A", "--store", store)
    after = json.loads(sohoa("status", "--json", "--store", store).stdout)
    assert after["documents_stopped"] == before["documents_stopped"] - 1
    assert after["pages"]["stopped"] < before["pages"]["stopped"]
    assert after["index"]["waiting"] == 0
    assert list((store / "quarantine").glob("*.pdf")) == []
    log = sohoa("release", "--store", store).stdout
    assert "Nguyễn Văn A" in log
    assert "mẫu in để thử" in log
