"""`sohoa list` and `sohoa review` through the real program on a digitised batch."""

import csv
import json

import openpyxl
import pytest


def test_the_documents_of_a_dossier_are_listed_in_every_format(digitised, sohoa, tmp_path):
    for suffix in ("xlsx", "pdf", "csv", "json"):
        path = tmp_path / f"mục lục.{suffix}"
        said = sohoa("list", "01-giao-đất", "--out", path, "--agency", "UBND xã", "--store", digitised.store)
        assert said.returncode == 0, said.stderr
        assert path.stat().st_size > 200
    with (tmp_path / "mục lục.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["STT"] for row in rows] == [str(number) for number in range(1, len(rows) + 1)]
    assert "09/BB-UBND" in {row["Số, ký hiệu văn bản"] for row in rows}
    sheet = openpyxl.load_workbook(tmp_path / "mục lục.xlsx").active
    assert sheet["A1"].value == "UBND XÃ"


def test_all_dossiers_are_listed_with_what_the_archive_says(digitised, sohoa, tmp_path):
    path = tmp_path / "a.json"
    assert sohoa("list", "--form", "dossiers", "-o", path, "--store", digitised.store).returncode == 0
    rows = json.loads(path.read_text(encoding="utf-8"))["rows"]
    assert len(rows) == 3
    assert any(row["fileNotation"] == "402" and row["maintenance"] == "10 năm" for row in rows)


def test_nothing_of_a_stopped_document_is_listed(digitised, sohoa, tmp_path):
    path = tmp_path / "a.json"
    assert sohoa("list", "06-bao-mat", "-o", path, "--store", digitised.store).returncode == 0
    assert "02-bao-cao-mat" not in path.read_text(encoding="utf-8")
    shown = sohoa("review", "06-bao-mat", "--json", "--store", digitised.store)
    assert not {"02-bao-cao-mat.pdf", "03-ke-hoach-toi-mat.jpg"} & set(shown.stdout.replace(",", " ").split())


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("list", "khong-co", "-o", "a.pdf"), "khong-co"),
        (("list", "-o", "a.pdf"), "một hồ sơ"),
        (("list", "--form", "dossiers", "-o", "a.doc"), ".xlsx"),
    ],
)
def test_what_cannot_be_listed_says_what_to_do(digitised, sohoa, arguments, told):
    said = sohoa(*arguments, "--store", digitised.store)
    assert said.returncode == 2
    assert told in " ".join(said.stderr.split())


def test_review_names_what_to_look_at(digitised, sohoa):
    said = sohoa("review", "--json", "--store", digitised.store)
    assert said.returncode == 0
    for item in json.loads(said.stdout)["items"]:
        assert set(item) == {"dossier_id", "document_id", "page_id", "label", "code", "sentence"}
        assert item["sentence"]
        assert "{" not in item["sentence"]


def test_documents_are_found_anew_from_the_pages_that_were_read(digitised_copy, sohoa):
    before = {path.name: path.read_bytes() for path in digitised_copy.store.glob("dossiers/*/documents/*.json")}
    changed = next(digitised_copy.store.glob("dossiers/*/documents/*.json"))
    changed.write_bytes(changed.read_bytes().replace(b"nd30.", b"cu."))
    said = sohoa("reindex", "--documents", "--store", digitised_copy.store)
    assert said.returncode == 0, said.stderr
    assert {path.name: path.read_bytes() for path in digitised_copy.store.glob("dossiers/*/documents/*.json")} == before
    counts = json.loads(sohoa("status", "--json", "--store", digitised_copy.store).stdout)
    assert counts["adds_up"]
    assert counts["index"]["indexed"] == counts["documents"]
