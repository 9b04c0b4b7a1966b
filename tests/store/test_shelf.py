"""The files of the store: what is kept, what is purged, and what a stock tool says of it."""

import hashlib
import shutil
import subprocess

import pytest

from dossier.errors import Damaged, NotFound, Unavailable
from dossier.model import ArchivalFacts, Dossier, DossierStatus
from store import Shelf

JPEG = b"\xff\xd8 picture \xff\xd9"


@pytest.fixture
def shelf(tmp_path):
    return Shelf(tmp_path / "kho")


@pytest.fixture
def scan(tmp_path):
    path = tmp_path / "Quyết định.PDF"
    path.write_bytes(b"%PDF scan")
    return path, hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_page_and_its_picture_come_back(shelf, make):
    page = make.page("a" * 32 + "-0002", "cộng hòa xã hội")
    assert not shelf.has_page("h1", page.id)
    shelf.save_page("h1", page, JPEG)
    assert shelf.has_page("h1", page.id)
    assert shelf.page("h1", page.id) == page
    assert shelf.page_image("h1", page.id) == JPEG


def test_the_same_page_is_the_same_bytes(shelf, make):
    page = make.page("a" * 32 + "-0001", "cộng hòa")
    shelf.save_page("h1", page, JPEG)
    shelf.save_page("h2", page, JPEG)
    first, second = ((shelf.dossier_folder(name) / "pages" / f"{page.id}.json.gz").read_bytes() for name in ("h1", "h2"))
    assert first == second


def test_a_purged_page_is_gone_for_good(shelf, make):
    page = make.page("a" * 32 + "-0001", "bí mật")
    shelf.save_page("h1", page, JPEG)
    shelf.purge_page("h1", page.id)
    shelf.purge_page("h1", page.id)
    assert not shelf.has_page("h1", page.id)
    for read in (shelf.page, shelf.page_image):
        with pytest.raises(NotFound) as caught:
            read("h1", page.id)
        assert caught.value.facts["id"] == page.id
    assert [path for path in shelf.folder.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize(
    "spoil", [lambda data: data[:40], lambda data: b"", lambda data: b"no gzip", lambda data: data[:-9] + b"123456789"]
)
def test_a_spoilt_page_is_damaged_and_named(shelf, make, spoil):
    page = make.page("a" * 32 + "-0001", "cộng hòa")
    shelf.save_page("h1", page, JPEG)
    path = shelf.dossier_folder("h1") / "pages" / f"{page.id}.json.gz"
    path.write_bytes(spoil(path.read_bytes()))
    with pytest.raises(Damaged):
        shelf.page("h1", page.id)


def test_a_disk_that_does_not_give_a_page_back_is_unavailable_not_empty(shelf, make):
    page = make.page("a" * 32 + "-0001", "cộng hòa")
    (shelf.dossier_folder("h1")).mkdir(parents=True)
    (shelf.dossier_folder("h1") / "pages").write_bytes(b"a file where a folder should be")
    for ask in (shelf.page, shelf.page_image):
        with pytest.raises(Unavailable):
            ask("h1", page.id)


def test_documents_that_pages_no_longer_form_go(shelf, make):
    kept, gone = make.document("a-0001", subject="một"), make.document("a-0002", subject="hai")
    for document in (kept, gone):
        shelf.save_document("h1", document)
    shelf.keep_documents("h1", {kept.id, "never written"})
    assert shelf.document("h1", kept.id) == kept
    with pytest.raises(NotFound):
        shelf.document("h1", gone.id)
    shelf.keep_documents("nowhere", set())


def test_an_original_is_copied_once_and_untouched(shelf, scan):
    path, sha256 = scan
    kept = shelf.keep_original("h1", path, sha256)
    assert kept.name == f"{sha256}.pdf"
    assert kept.read_bytes() == path.read_bytes()
    before = kept.stat()
    assert shelf.keep_original("h1", path, sha256) == kept
    assert (kept.stat().st_ino, kept.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert shelf.find_original("h1", sha256, ".pdf") == kept


def test_an_original_that_changed_meanwhile_is_damaged(shelf, scan):
    path, sha256 = scan
    path.write_bytes(b"%PDF more")
    with pytest.raises(Damaged):
        shelf.keep_original("h1", path, sha256)
    assert not shelf.original_path("h1", sha256, ".pdf").exists()


def test_a_secret_original_moves_to_a_closed_folder(shelf, scan):
    path, sha256 = scan
    kept = shelf.keep_original("h1", path, sha256)
    shelf.quarantine_original("h1", sha256, ".pdf")
    shelf.quarantine_original("h1", sha256, ".pdf")
    locked = shelf.quarantine_path(sha256, ".pdf")
    assert not kept.exists()
    assert locked.read_bytes() == path.read_bytes()
    assert locked.stat().st_mode & 0o777 == 0o400
    assert locked.parent.stat().st_mode & 0o777 == 0o700
    assert shelf.find_original("h1", sha256, ".pdf") == locked
    assert shelf.keep_original("h1", path, sha256) == locked
    assert not kept.exists()


def test_the_manifest_is_one_that_sha256sum_checks(shelf, scan, make):
    path, sha256 = scan
    shelf.keep_original("h1", path, sha256)
    page = make.page(f"{sha256[:32]}-0001", "cộng hòa")
    document = make.document(page.id, subject="Về việc")
    shelf.save_page("h1", page, JPEG)
    shelf.save_document("h1", document)
    shelf.save_dossier(Dossier("h1", "hồ sơ 1", ArchivalFacts(), DossierStatus.COMPLETE, (), (document,)))
    folder = shelf.dossier_folder("h1")
    tool = shutil.which("sha256sum")
    assert tool
    check = [tool, "--check", "--strict", "manifest-sha256.txt"]
    well = subprocess.run(check, cwd=folder, capture_output=True, text=True, check=False)
    assert well.returncode == 0, well.stderr
    assert len(well.stdout.splitlines()) == len([one for one in folder.rglob("*") if one.is_file()]) - 1 == 5
    (folder / "documents" / f"{document.id}.json").write_bytes(b"forged")
    assert subprocess.run(check, cwd=folder, capture_output=True, check=False).returncode == 1
