"""From pages to documents: stacks, idempotence, and the stop rule that leaves no word behind."""

import gzip
import json

import pytest

from dossier.errors import NotFound
from dossier.model import PageState
from flows.assembly import assemble
from flows.publishing import publish
from store import Catalogue, Ledger

SECRET = "bạchmã"


def words_anywhere(folder, word):
    """Files of a store that hold a word in any encoding: plain, inside gzip, in the ledger or in an index."""
    found = []
    for path in folder.rglob("*"):
        if path.is_file() and path.stat().st_size:
            data = path.read_bytes()
            if path.suffix == ".gz":
                data = gzip.decompress(data)
            if any(form in data for form in (word.encode(), word.encode("utf-16-le"), json.dumps(word)[1:-1].encode())):
                found.append(path.relative_to(folder).as_posix())
    return found


@pytest.fixture
def take(desk, scan, tmp_path):
    """Makes files with so many pages, reads them as told, assembles; answers the dossier."""

    def make(texts):
        for name, _ in texts:
            scan(tmp_path / "a" / name, name, pages=sum(one == name for one, _ in texts))
        dossier = desk.admit(tmp_path / "a")
        desk.read(dossier, texts)
        assemble(desk.store.ledger.dossier(dossier.id), desk.store)
        return dossier

    return make


def documents(desk, dossier):
    return {one.number: len(one.page_ids) for one in desk.store.dossier(dossier.id).documents}


def test_single_images_in_a_row_form_documents_together(desk, take, decision):
    dossier = take(
        {
            ("1.png", 1): decision("15", "giao đất"),
            ("2.png", 1): "Điều 1. Giao đất cho các hộ dân có tên trong danh sách kèm theo",
            ("10.png", 1): decision("16", "thu hồi đất"),
        }
    )
    assert documents(desk, dossier) == {"15/QĐ-UBND": 2, "16/QĐ-UBND": 1}


def test_a_file_of_several_pages_stands_alone(desk, take, decision):
    dossier = take(
        {
            ("1.png", 1): decision("15", "giao đất"),
            ("2.tif", 1): decision("16", "thu hồi đất"),
            ("2.tif", 2): "Điều 2. Chánh Văn phòng chịu trách nhiệm thi hành Quyết định này",
            ("3.png", 1): "trang rời không có phần đầu",
        }
    )
    found = desk.store.dossier(dossier.id).documents
    assert [len(one.page_ids) for one in found] == [1, 2, 1]
    assert [one.number for one in found] == ["15/QĐ-UBND", "16/QĐ-UBND", None]


def test_a_page_that_was_set_aside_keeps_its_place(desk, scan, tmp_path, decision):
    from store import Reason

    scan(tmp_path / "a" / "1.tif", "x", pages=3)
    dossier = desk.admit(tmp_path / "a")
    desk.read(dossier, {("1.tif", 1): decision("15", "giao đất"), ("1.tif", 3): "Nơi nhận: Như Điều 2"})
    (file,) = desk.store.ledger.files(dossier.id)
    desk.store.ledger.finish_page(file.id, 2, PageState.SET_ASIDE, Reason("timed_out", {"engine": "x", "timeout_s": 1}))
    assemble(dossier, desk.store)
    assert documents(desk, dossier) == {"15/QĐ-UBND": 3}
    (row,) = desk.store.catalogue.rows(dossier.id)
    assert [page.number for page in desk.store.document_pages(row.id)] == [1, 3]


def test_a_stack_with_a_pending_page_waits(desk, scan, tmp_path, decision):
    scan(tmp_path / "a" / "1.tif", "x", pages=2)
    dossier = desk.admit(tmp_path / "a")
    desk.read(dossier, {("1.tif", 1): decision("15", "giao đất")})
    assemble(dossier, desk.store)
    assert documents(desk, dossier) == {}


def test_assembling_again_changes_nothing(desk, take, decision):
    dossier = take({("1.png", 1): decision("15", "giao đất"), ("2.png", 1): decision("16", "thu hồi")})
    before = [(row.id, row.version) for row in desk.store.catalogue.rows(dossier.id)]
    manifest = (desk.store.shelf.dossier_folder(dossier.id) / "manifest-sha256.txt").read_bytes()
    assemble(desk.store.ledger.dossier(dossier.id), desk.store)
    assert [(row.id, row.version) for row in desk.store.catalogue.rows(dossier.id)] == before
    assert (desk.store.shelf.dossier_folder(dossier.id) / "manifest-sha256.txt").read_bytes() == manifest
    assert desk.store.ledger.dossier(dossier.id).assembled


def test_a_secret_document_is_stopped_whole_and_leaves_no_word(desk, take, decision):
    texts = {
        ("1.tif", 1): decision("15", f"kế hoạch {SECRET}"),
        ("1.tif", 2): f"MẬT {SECRET}",
        ("1.tif", 3): f"Điều 3. {SECRET}",
        ("2.png", 1): decision("16", "giao đất"),
    }
    dossier = take(texts)
    index = desk.workshop.open_index()
    publish(desk.store, index, desk.workshop.index_place)
    index.close()
    assert documents(desk, dossier) == {"16/QĐ-UBND": 1}
    assert words_anywhere(desk.store.folder, SECRET) == []
    assert words_anywhere(desk.store.folder, "QUYẾT") != []
    secret, _ = desk.store.ledger.files(dossier.id)
    assert {page.state for page in desk.store.ledger.pages(secret.id)} == {PageState.STOPPED}
    assert desk.store.shelf.find_original(dossier.id, secret.sha256, ".tif").parent.name == "quarantine"
    assert list(desk.store.shelf.dossier_folder(dossier.id).rglob(f"*{secret.sha256[:32]}*")) == []
    assert desk.store.counts().documents_stopped == 1
    for page in desk.store.ledger.pages(secret.id):
        for ask in (desk.store.page, desk.store.page_image):
            with pytest.raises(NotFound):
                ask(page.id)


def test_stopping_one_document_of_a_file_spares_the_others_also_the_next_time(desk, take, decision):
    """The mark is on the second page; what begins there must be remembered, or it would join the document before it."""
    dossier = take(
        {
            ("1.tif", 1): decision("15", "giao đất"),
            ("1.tif", 2): decision("16", f"việc {SECRET}"),
            ("1.tif", 3): f"MẬT {SECRET}",
            ("1.tif", 4): decision("17", "thu hồi đất"),
        }
    )
    for _ in range(3):
        assert documents(desk, dossier) == {"15/QĐ-UBND": 1, "17/QĐ-UBND": 1}
        (file,) = desk.store.ledger.files(dossier.id)
        states = [page.state for page in desk.store.ledger.pages(file.id)]
        assert states == [PageState.READ, PageState.STOPPED, PageState.STOPPED, PageState.READ]
        assemble(desk.store.ledger.dossier(dossier.id), desk.store)


def test_a_document_that_turns_out_secret_later_leaves_index_and_shelf(desk, scan, tmp_path, decision):
    from store import Reason

    scan(tmp_path / "a" / "1.tif", "x", pages=2)
    scan(tmp_path / "a" / "2.png", "y")
    dossier = desk.admit(tmp_path / "a")
    desk.read(dossier, {("1.tif", 1): decision("15", f"việc {SECRET}"), ("2.png", 1): decision("16", "giao đất")})
    file, _ = desk.store.ledger.files(dossier.id)
    desk.store.ledger.finish_page(file.id, 2, PageState.SET_ASIDE, Reason("no_text"))
    index = desk.workshop.open_index()
    assemble(desk.store.ledger.dossier(dossier.id), desk.store)
    publish(desk.store, index, desk.workshop.index_place)
    assert index.stats().documents == 2
    desk.store.ledger.finish_page(file.id, 2, PageState.STOPPED, Reason("secret", {"starts": 0}))
    assemble(desk.store.ledger.dossier(dossier.id), desk.store)
    publish(desk.store, index, desk.workshop.index_place)
    assert index.stats().documents == 1
    assert index.stats().pages == 1
    index.close()
    assert words_anywhere(desk.store.folder, SECRET) == []


class _Killed(BaseException):
    pass


def _killed(*_args, **_more):
    raise _Killed


@pytest.mark.parametrize(
    ("room", "step"), [(Catalogue, "record"), (Ledger, "finish_page"), (Ledger, "finish_assembly")], ids=lambda one: str(one)
)
def test_a_kill_between_two_steps_is_made_good(desk, scan, tmp_path, decision, monkeypatch, room, step):
    scan(tmp_path / "a" / "1.tif", "x", pages=4)
    dossier = desk.admit(tmp_path / "a")
    texts = [decision("15", "giao đất"), decision("16", f"việc {SECRET}"), f"MẬT {SECRET}", f"Điều 3. {SECRET}"]
    desk.read(dossier, {("1.tif", number): text for number, text in enumerate(texts, start=1)})
    monkeypatch.setattr(room, step, _killed)
    with pytest.raises(_Killed):
        assemble(desk.store.ledger.dossier(dossier.id), desk.store)
    monkeypatch.undo()
    assert not desk.store.ledger.dossier(dossier.id).assembled
    assemble(desk.store.ledger.dossier(dossier.id), desk.store)
    assert documents(desk, dossier) == {"15/QĐ-UBND": 1}
    assert words_anywhere(desk.store.folder, SECRET) == []
    assert (desk.store.shelf.dossier_folder(dossier.id) / "manifest-sha256.txt").exists()
