"""Which dossiers a path holds, however it is named."""

import random

import pytest

from dossier.errors import NotFound
from dossier.settings import IntakeSettings
from flows.folders import find_folders, natural_key

IGNORE = IntakeSettings().ignore


def touch(folder, *names):
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(name.encode())


def shown(*paths):
    return {folder.name: [folder.name_of(file) for file in folder.files] for folder in find_folders(paths, IGNORE)}


def test_a_batch_folder_holds_dossiers_in_the_order_of_a_person(tmp_path):
    touch(tmp_path, "hồ sơ 10/1.pdf", "hồ sơ 9/trang 10.jpg", "hồ sơ 9/trang 2.jpg", "hồ sơ 9/Trang 1.jpg")
    found = shown(tmp_path)
    assert list(found) == ["hồ sơ 9", "hồ sơ 10"]
    assert found["hồ sơ 9"] == ["Trang 1.jpg", "trang 2.jpg", "trang 10.jpg"]


def test_one_dossier_or_one_file_is_the_same_dossier_as_in_its_batch(tmp_path):
    touch(tmp_path, "a/1.pdf", "a/2.pdf", "b/1.pdf")
    whole = {folder.name: (folder.batch, folder.name) for folder in find_folders([tmp_path], IGNORE)}
    for path in (tmp_path / "a", tmp_path / "a" / "1.pdf"):
        (found,) = find_folders([path], IGNORE)
        assert (found.batch, found.name) == whole["a"]
    assert [file.name for file in find_folders([tmp_path / "a" / "1.pdf"], IGNORE)[0].files] == ["1.pdf"]


def test_files_named_twice_come_once(tmp_path):
    touch(tmp_path, "a/1.pdf", "a/2.pdf")
    assert shown(tmp_path / "a" / "2.pdf", tmp_path / "a", tmp_path) == {"a": ["2.pdf", "1.pdf"]}


def test_the_way_a_path_is_written_does_not_matter(tmp_path, monkeypatch):
    touch(tmp_path, "đợt/a/1.pdf")
    (tmp_path / "lối tắt").symlink_to(tmp_path / "đợt")
    monkeypatch.chdir(tmp_path)
    from pathlib import Path

    ways = [tmp_path / "đợt", Path("đợt"), Path("./đợt/../đợt"), Path("lối tắt")]
    assert len({(folder.batch, folder.name) for way in ways for folder in find_folders([way], IGNORE)}) == 1


def test_loose_files_of_a_batch_form_a_dossier_of_their_own(tmp_path):
    touch(tmp_path, "đợt/lẻ.pdf", "đợt/a/1.pdf")
    assert shown(tmp_path / "đợt") == {"đợt": ["lẻ.pdf"], "a": ["1.pdf"]}


def test_scans_in_sub_folders_belong_to_their_dossier(tmp_path):
    touch(tmp_path, "a/tập 1/1.pdf", "a/tập 2/sâu/2.pdf", "a/0.pdf")
    assert shown(tmp_path) == {"a": ["0.pdf", "tập 1/1.pdf", "tập 2/sâu/2.pdf"]}


def test_a_folder_with_facts_is_one_dossier_whatever_is_in_it(tmp_path):
    touch(tmp_path, "a/ho-so.yaml", "a/bìa.jpg", "a/tập 1/1.pdf")
    assert shown(tmp_path / "a") == shown(tmp_path) == {"a": ["bìa.jpg", "tập 1/1.pdf"]}


def test_what_is_no_scan_is_left_alone(tmp_path):
    names = ["ho-so.yaml", "1.pdf.truth.json", "Thumbs.db", "desktop.ini", ".DS_Store", "~$mở.docx", ".ẩn/1.pdf"]
    touch(tmp_path, "a/1.pdf", *(f"a/{name}" for name in names), ".git/objects.pdf")
    assert shown(tmp_path) == {"a": ["1.pdf"]}


def test_other_files_are_not_silently_skipped(tmp_path):
    touch(tmp_path, "a/1.pdf", "a/ghi chú.docx")
    assert shown(tmp_path)["a"] == ["1.pdf", "ghi chú.docx"]


def test_a_path_that_is_not_there_is_named(tmp_path):
    with pytest.raises(NotFound) as caught:
        find_folders([tmp_path / "không có"], IGNORE)
    assert "không có" in str(caught.value.facts["id"])


def test_natural_order_of_strange_names():
    names = ["trang 1", "trang 2", "trang 10", "Trang 10a", "trang ٣", "1²2", "²", "", "10", "9"]
    shuffled = random.Random(3).sample(names, len(names))
    assert sorted(shuffled, key=natural_key) == sorted(names, key=natural_key)
    ordered = sorted(shuffled, key=natural_key)
    assert ordered.index("9") < ordered.index("10")
    assert ordered.index("trang 1") < ordered.index("trang 2") < ordered.index("trang ٣") < ordered.index("trang 10")
