"""Lists in the forms of NĐ 30/2020 PL V, read back with stock readers."""

from __future__ import annotations

import csv
import json
import subprocess
from datetime import date
from pathlib import Path

import openpyxl
import pypdfium2
import pytest

from archive import Compiler, ListFormat, PrintedList, list_of_documents, list_of_dossiers, write_list
from dossier.model import ArchivalFacts, Box, Document, Dossier, DossierStatus, Findings, Found, StoredFile

COMPILER = Compiler("Ủy ban nhân dân xã Hòa Bình", "Hòa Bình", date(2026, 2, 5), "Nguyễn Thị Hoài")


def found(value: str) -> Found:
    return Found(value, "p", Box(0, 0, 1, 1), 0.9, "test")


def paper(
    number: int, pages: int = 1, subject: str = "về việc giao đất tái định cư cho các hộ dân vùng sạt lở", day: str = ""
) -> Document:
    return Document(
        id=f"d-{number}",
        page_ids=tuple(f"{number}-{page:04}" for page in range(1, pages + 1)),
        code_number=found(f"{number:02}"),
        code_notation=found("QĐ-UBND"),
        type_name=found("Quyết định"),
        subject=found(subject),
        organ_name=found("ỦY BAN NHÂN DÂN XÃ HÒA BÌNH"),
        issued_date=found(day) if day else None,
    )


def dossier(name: str, *documents: Document, facts: ArchivalFacts | None = None, findings: Findings | None = None) -> Dossier:
    files = (StoredFile("a.pdf", "0" * 64, sum(len(document.page_ids) for document in documents)),)
    return Dossier(name, name, facts or ArchivalFacts(), DossierStatus.COMPLETE, files, documents, findings or Findings())


@pytest.fixture
def documents() -> PrintedList:
    papers = (paper(1, 2, day="2014-10-29"), paper(2, subject="=CMD|' /C calc'!A0", day="2014-11"), paper(3, 3))
    return list_of_documents(
        dossier("01-ho-so", *papers, facts=ArchivalFacts(fonds="UBND xã", file_number="15", title="Đất đai")), COMPILER
    )


def test_documents_stand_in_order_with_their_pages(documents: PrintedList) -> None:
    assert [row[0] for row in documents.rows] == ["1", "2", "3"]
    assert [row[1] for row in documents.rows] == ["01/QĐ-UBND", "02/QĐ-UBND", "03/QĐ-UBND"]
    assert [row[2] for row in documents.rows] == ["29/10/2014", "11/2014", ""]
    assert [row[5] for row in documents.rows] == ["1-2", "3", "4-6"]
    assert documents.head == ("ỦY BAN NHÂN DÂN XÃ HÒA BÌNH", "Phông: UBND xã", "Số, ký hiệu hồ sơ: 15", "Tiêu đề hồ sơ: Đất đai")
    assert documents.closing[1] == "Viết bằng chữ: ba văn bản, tài liệu."
    assert documents.signed == (
        "Hòa Bình, ngày 05 tháng 02 năm 2026", "Người lập", "(Ký và ghi rõ họ và tên, chức vụ/chức danh)", "Nguyễn Thị Hoài",
    )  # fmt: skip


def test_dossiers_take_their_facts_from_the_archive_then_the_cover_then_the_papers() -> None:
    facts = ArchivalFacts(
        file_number="01.TCCB", title="Hồ sơ A", maintenance="Vĩnh viễn", leaves=12, start_date="2001-01-02", end_date="2003-05"
    )
    cover = Findings(cover={"title": found("Hồ sơ B"), "leaves": found("7"), "box": found("3")})
    papers = (paper(1, day="2014-11-30"), paper(2, day="2014-10-29"))
    made = list_of_dossiers(
        [dossier("a", facts=facts, findings=cover), dossier("b", *papers, findings=cover), dossier("c")], COMPILER
    )
    assert made.rows[0] == ("1", "01.TCCB", "Hồ sơ A", "02/01/2001 - 05/2003", "Vĩnh viễn", "12", "Hộp 3")
    assert made.rows[1] == ("2", "b", "Hồ sơ B", "29/10/2014 - 30/11/2014", "", "7", "Hộp 3")
    assert made.rows[2] == ("3", "c", "", "", "", "0 trang", "")
    assert made.closing[0] == "Mục lục này gồm: 3 hồ sơ (đơn vị bảo quản)."


def test_cover_and_list_are_no_papers_of_the_dossier() -> None:
    made = list_of_documents(dossier("a", paper(1, 2), paper(2), paper(3), findings=Findings(front=("d-1",))), COMPILER)
    assert [(row[0], row[1], row[5]) for row in made.rows] == [("1", "02/QĐ-UBND", "1"), ("2", "03/QĐ-UBND", "2")]


def test_a_spreadsheet_holds_text_only(documents: PrintedList, tmp_path: Path) -> None:
    path = tmp_path / "danh sách" / "mục lục.xlsx"
    write_list(documents, path, ListFormat.XLSX)
    sheet = openpyxl.load_workbook(path).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    head = next(number for number, row in enumerate(rows) if row[0] == "STT")
    assert rows[head] == [column.title for column in documents.columns]
    assert [tuple(value or "" for value in row) for row in rows[head + 2 : head + 5]] == list(documents.rows)
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value} == {"s"}
    assert sheet.print_title_rows == f"${head + 1}:${head + 1}"


def test_csv_opens_in_excel_and_runs_nothing(documents: PrintedList, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    write_list(documents, path, ListFormat.CSV)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[1][:3] == ["1", "01/QĐ-UBND", "29/10/2014"]
    assert not any(cell.startswith("=") for row in rows for cell in row)


def test_json_names_its_columns(documents: PrintedList, tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    write_list(documents, path, ListFormat.JSON)
    assert json.loads(path.read_text(encoding="utf-8"))["rows"][0]["issuedDate"] == "29/10/2014"


def test_print_shows_every_row_with_the_head_on_each_page(tmp_path: Path) -> None:
    made = list_of_documents(dossier("a", *(paper(number) for number in range(1, 121))), COMPILER)
    path = tmp_path / "a.pdf"
    write_list(made, path, ListFormat.PDF)
    with pypdfium2.PdfDocument(path) as pdf:
        texts = [page.get_textpage().get_text_range() for page in pdf]
    assert len(texts) > 3
    assert all("Ngày tháng năm văn" in " ".join(text.split()) for text in texts[:-1])
    whole = " ".join(" ".join(texts).split())
    assert all(f"{number:02}/QĐ-UBND" in whole for number in range(1, 121))
    assert "một trăm hai mươi văn bản" in whole
    fonts = subprocess.run(["pdffonts", path], capture_output=True, text=True, check=True).stdout.splitlines()[2:]
    assert fonts
    assert all(line.split()[-5] == "yes" for line in fonts), "every font is embedded"


def test_a_failed_writing_leaves_what_was_there(documents: PrintedList, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.mkdir()
    with pytest.raises(IsADirectoryError):
        write_list(documents, path, ListFormat.PDF)
    assert list(tmp_path.iterdir()) == [path]


def test_a_row_longer_than_a_page_is_split(tmp_path: Path) -> None:
    made = list_of_documents(dossier("a", paper(1, subject="rất dài " * 2000)), COMPILER)
    write_list(made, tmp_path / "a.pdf", ListFormat.PDF)
    with pypdfium2.PdfDocument(tmp_path / "a.pdf") as pdf:
        assert len(pdf) > 2


def test_an_empty_list_is_a_list(tmp_path: Path) -> None:
    made = list_of_dossiers([], Compiler())
    for kind in ListFormat:
        write_list(made, tmp_path / f"a.{kind}", kind)
    assert made.closing[1] == "Viết bằng chữ: không hồ sơ (đơn vị bảo quản)."
