"""Taking dossiers in: counted before anything else, refused with a reason, healed when the reason is gone."""

import shutil
from dataclasses import replace

import pytest

from dossier.messages import Messages
from dossier.model import PageState
from dossier.settings import IntakeSettings
from flows.admission import admit
from flows.folders import find_folders
from flows.reporting import sentence
from store import FileState, Ledger


def states(desk, dossier):
    return {file.name: file.state for file in desk.store.ledger.files(dossier.id)}


def test_files_are_counted_hashed_kept_and_opened(desk, scan, tmp_path):
    scan(tmp_path / "a" / "1.png", "một")
    scan(tmp_path / "a" / "2.tif", "hai", pages=3)
    dossier = desk.admit(tmp_path / "a")
    one, two = desk.store.ledger.files(dossier.id)
    assert (one.page_count, two.page_count) == (1, 3)
    assert one.size_bytes == (tmp_path / "a" / "1.png").stat().st_size
    kept = desk.store.shelf.find_original(dossier.id, two.sha256, ".tif")
    assert kept.read_bytes() == (tmp_path / "a" / "2.tif").read_bytes()
    assert len(desk.store.ledger.pending_pages(dossier.id)) == 4
    before = desk.store.counts()
    assert desk.admit(tmp_path / "a") == dossier
    assert desk.store.counts() == before


def test_every_file_is_counted_before_any_is_opened(desk, scan, tmp_path, monkeypatch):
    """A kill while the first file is opened must not hide that there were others."""
    for number in range(3):
        scan(tmp_path / "a" / f"{number}.png", str(number))

    class Killed(BaseException):
        pass

    def killed(*_):
        raise Killed

    monkeypatch.setattr(Ledger, "open_file", killed)
    with pytest.raises(Killed):
        desk.admit(tmp_path / "a")
    assert desk.store.counts().files[FileState.COUNTED] == 3
    monkeypatch.undo()
    dossier = desk.admit(tmp_path / "a")
    assert set(states(desk, dossier).values()) == {FileState.OPEN}


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("1.pdf", b"", "empty_file"),
        ("1.pdf", b"%PDF-1.4 cut", "damaged"),
        ("1.png", b"\x89PNG\r\n\x1a\n cut", "damaged"),
        ("1.jpg", b"%PDF-1.4", "wrong_extension"),
        ("1.docx", b"PK\x03\x04", "unsupported_format"),
        ("ghi chú", b"text", "unsupported_format"),
    ],
)
def test_files_that_cannot_be_used_are_set_aside_with_what_to_do(desk, tmp_path, name, content, code):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / name).write_bytes(content)
    dossier = desk.admit(tmp_path / "a")
    (file,) = desk.store.ledger.files(dossier.id)
    assert (file.state, file.reason.code, file.page_count) == (FileState.SET_ASIDE, code, None)
    assert "Hãy" in sentence(file.reason, Messages("vi"))
    assert desk.store.counts().adds_up


def test_a_file_that_cannot_even_be_read_is_counted(desk, scan, tmp_path):
    scan(tmp_path / "a" / "1.png", "một")
    (tmp_path / "a" / "2.pdf").symlink_to("/proc/self/mem")  # opens, and every read fails with EIO
    dossier = desk.admit(tmp_path / "a")
    assert states(desk, dossier) == {"1.png": FileState.OPEN, "2.pdf": FileState.SET_ASIDE}
    (tmp_path / "a" / "2.pdf").unlink()
    shutil.copy(scan(tmp_path / "other.pdf", "hai"), tmp_path / "a" / "2.pdf")
    dossier = desk.admit(tmp_path / "a")
    assert desk.store.dossier_counts(dossier.id).files_set_aside == 0
    assert len(desk.store.ledger.pending_pages(dossier.id)) == 2


def test_limits_are_named_and_raising_them_heals(desk, scan, tmp_path):
    scan(tmp_path / "a" / "1.tif", "nhiều trang", pages=3)
    (folder,) = find_folders([tmp_path / "a"], IntakeSettings().ignore)
    dossier = admit(folder, desk.store, IntakeSettings(max_pages=2))
    (file,) = desk.store.ledger.files(dossier.id)
    assert (file.state, file.reason.code) == (FileState.SET_ASIDE, "too_large")
    assert "SOHOA_INTAKE__MAX_PAGES" in sentence(file.reason, Messages("vi"))
    admit(folder, desk.store, IntakeSettings(max_pages=3))
    assert states(desk, dossier) == {"1.tif": FileState.OPEN}
    assert len(desk.store.ledger.pending_pages(dossier.id)) == 3


def test_bad_facts_set_the_dossier_aside_and_corrected_ones_heal_it(desk, scan, tmp_path):
    scan(tmp_path / "a" / "1.png", "một")
    facts = tmp_path / "a" / "ho-so.yaml"
    facts.write_text("phông: A\nsố tờ: nhiều\n")
    dossier = desk.admit(tmp_path / "a")
    (file,) = desk.store.ledger.files(dossier.id)
    assert file.state is FileState.SET_ASIDE
    assert "ho-so.yaml, dòng 2, mục «số tờ»" in sentence(file.reason, Messages("vi"))
    assert desk.store.ledger.pending_pages(dossier.id) == []
    facts.write_text("phông: A\nsố tờ: 1\n")
    healed = desk.admit(tmp_path / "a")
    assert healed.facts.leaves == 1
    assert states(desk, healed) == {"1.png": FileState.OPEN}
    assert len(desk.store.ledger.pending_pages(healed.id)) == 1


def test_copies_are_noticed_across_dossiers(desk, scan, tmp_path):
    original = scan(tmp_path / "a" / "1.png", "một")
    (tmp_path / "b").mkdir()
    shutil.copy(original, tmp_path / "b" / "khác tên.png")
    first, second = desk.admit(tmp_path / "a"), desk.admit(tmp_path / "b")
    assert states(desk, second) == {"khác tên.png": FileState.DUPLICATE}
    assert desk.store.ledger.pending_pages(second.id) == []
    assert len(desk.store.ledger.pending_pages(first.id)) == 1
    assert not (desk.store.shelf.dossier_folder(second.id) / "originals").exists()
    assert desk.store.counts().pages[PageState.DUPLICATE] == 1


def test_a_file_renamed_as_the_refusal_says_is_read(desk, scan, tmp_path):
    shutil.copy(scan(tmp_path / "nguồn.png", "một"), scan(tmp_path / "a" / "1.jpg", "khác"))
    dossier = desk.admit(tmp_path / "a")
    assert states(desk, dossier) == {"1.jpg": FileState.SET_ASIDE}
    (tmp_path / "a" / "1.jpg").rename(tmp_path / "a" / "1.png")
    dossier = desk.admit(tmp_path / "a")
    assert states(desk, dossier) == {"1.jpg": FileState.DUPLICATE, "1.png": FileState.OPEN}
    (file, page), *others = desk.store.ledger.pending_pages(dossier.id)
    assert (file.name, page.number, others) == ("1.png", 1, [])
    assert desk.store.shelf.find_original(dossier.id, file.sha256, ".png").exists()


def test_the_wrong_name_beside_the_right_one_hides_nothing(desk, scan, tmp_path):
    right = scan(tmp_path / "a" / "1.png", "một")
    shutil.copy(right, tmp_path / "a" / "1.jpg")
    dossier = desk.admit(tmp_path / "a")
    assert states(desk, dossier) == {"1.jpg": FileState.DUPLICATE, "1.png": FileState.OPEN}
    desk.admit(tmp_path / "a")
    assert states(desk, dossier) == {"1.jpg": FileState.DUPLICATE, "1.png": FileState.OPEN}
    assert desk.store.counts().adds_up


def test_a_broken_scan_replaced_by_a_good_one_needs_nobody(desk, scan, tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "1.png").write_bytes(b"\x89PNG\r\n\x1a\n cut")
    dossier = desk.admit(tmp_path / "a")
    assert desk.store.dossier_counts(dossier.id).files_set_aside == 1
    scan(tmp_path / "a" / "1.png", "quét lại")
    desk.admit(tmp_path / "a")
    counts = desk.store.dossier_counts(dossier.id)
    assert (counts.files, counts.files_set_aside, counts.pages_expected) == (1, 0, 1)


def test_a_file_that_grew_while_it_was_taken_is_set_aside_not_half_kept(desk, scan, tmp_path, monkeypatch):
    path = scan(tmp_path / "a" / "1.png", "một")
    import flows.admission

    honest = flows.admission.digest

    def digest_then_grow(file):
        answer = honest(file)
        with file.open("ab") as growing:
            growing.write(b"more")
        return answer

    monkeypatch.setattr(flows.admission, "digest", digest_then_grow)
    dossier = desk.admit(tmp_path / "a")
    (file,) = desk.store.ledger.files(dossier.id)
    assert (file.state, file.reason.code) == (FileState.SET_ASIDE, "damaged")
    monkeypatch.undo()
    desk.admit(tmp_path / "a")
    assert desk.store.dossier_counts(dossier.id).files_set_aside == 0
    (whole,) = [one for one in desk.store.ledger.files(dossier.id) if one.state is FileState.OPEN]
    assert desk.store.shelf.find_original(dossier.id, whole.sha256, ".png").read_bytes() == path.read_bytes()


def test_a_dossier_whose_files_come_later_grows(desk, scan, tmp_path):
    scan(tmp_path / "a" / "1.png", "một")
    (folder,) = find_folders([tmp_path / "a"], IntakeSettings().ignore)
    first = admit(replace(folder, files=()), desk.store, IntakeSettings())
    assert admit(folder, desk.store, IntakeSettings()).id == first.id
    assert len(desk.store.ledger.files(first.id)) == 1
