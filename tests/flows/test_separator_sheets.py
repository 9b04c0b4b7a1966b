"""Sheets of `sohoa separators` laid between papers: printed by the command, scanned, digitised by real workers, counted."""

import io
import random
from dataclasses import replace

import numpy as np
import pypdfium2
import pytest
import typer

from dossier.model import Barcode, Box, PageState, Symbology
from flows.assembly import assemble
from flows.command_line.separating import separators
from flows.reporting import COLUMNS, table_rows
from sample_printer import RECIPES, PageTruth, PrintedPage, damage, print_document
from sample_printer.files import pdf_bytes
from sample_printer.writing import write_document

DPI = 150


def pages_of(path):
    """The sheets of a PDF as printed pages."""
    for page in pypdfium2.PdfDocument(io.BytesIO(path.read_bytes())):
        image = np.array(page.render(scale=DPI / 72).to_numpy()[:, :, ::-1][:, :, :3])
        yield PrintedPage(image, PageTruth(1, "text", DPI, image.shape[1], image.shape[0]))


@pytest.fixture
def stack(tmp_path, sohoa):
    """A scanned file: a sheet, a decision, a sheet with fields, a page of text without a head."""
    table = tmp_path / "to.csv"
    table.write_text("type;Số, ký hiệu;title;dossier\n;;;27\nThông báo;15/TB-UBND;Về việc nghỉ tết;27\n", "utf-8")
    said = sohoa("separators", tmp_path / "to.pdf", "--table", table)
    assert said.returncode == 0, said.stderr
    rng = random.Random(8)
    decision = print_document(write_document(rng, type_name="Quyết định", paragraphs=2), rng=rng, dpi=DPI)[0]
    text = print_document(write_document(rng, type_name="Quyết định", paragraphs=20), rng=rng, dpi=DPI)[1]
    first, second = pages_of(tmp_path / "to.pdf")
    path = tmp_path / "dot" / "ho-so" / "tap.pdf"
    path.parent.mkdir(parents=True)
    path.write_bytes(pdf_bytes([damage(page, RECIPES["office"], rng) for page in (first, decision, second, text)], quality=70))
    return path


def test_a_stack_with_sheets_from_paper_to_documents(stack, desk):
    report = desk.run(stack.parent.parent)
    (file,) = desk.store.ledger.files(desk.store.ledger.dossiers()[0].id)
    states = [page.state for page in desk.store.ledger.pages(file.id)]
    assert states == [PageState.SEPARATOR, PageState.READ, PageState.SEPARATOR, PageState.READ]
    dossier = desk.store.dossier(file.dossier_id)
    first, second = dossier.documents
    assert [len(first.page_ids), len(second.page_ids)] == [1, 1]
    assert (second.number, second.type_name and second.type_name.value) == ("15/TB-UBND", "Thông báo")
    assert second.boundary is not None
    assert second.boundary.evidence == ("separator",)
    assert first.type_name is not None
    assert first.type_name.value == "Quyết định"
    (row,) = table_rows(report)
    assert row["separator"] == 2
    pages = ("read", "blank", "set_aside", "stopped", "duplicate", "separator")
    assert row["expected"] == sum(int(row[name]) for name in pages if name in COLUMNS)
    assert desk.store.counts().adds_up
    assemble(desk.store.ledger.dossier(file.dossier_id), desk.store)
    assert desk.store.dossier(file.dossier_id).documents == dossier.documents


def test_a_sheet_is_stopped_with_the_secret_paper_that_it_describes(desk, scan, decision, tmp_path):
    scan(tmp_path / "a" / "tap.tif", "tap", pages=4)
    dossier = desk.admit(tmp_path / "a")
    texts = [decision("1", "giao đất"), "TỜ PHÂN CÁCH", "MẬT " + decision("2", "việc khác"), decision("3", "thu hồi đất")]
    desk.read(dossier, {("tap.tif", number): text for number, text in enumerate(texts, start=1)})
    (file,) = desk.store.ledger.files(dossier.id)
    sheet = desk.store.ledger.pages(file.id)[1]
    code = Barcode(Symbology.QR, "SOHOA;title=Về việc tuyệt mật", Box(10, 10, 90, 90))
    desk.store.shelf.save_page(dossier.id, replace(desk.store.shelf.page(dossier.id, sheet.id), barcodes=(code,)), b"picture")
    desk.store.ledger.finish_page(file.id, sheet.number, PageState.SEPARATOR)
    for _ in range(2):  # doing it again changes nothing
        assemble(desk.store.ledger.dossier(dossier.id), desk.store)
        states = [page.state for page in desk.store.ledger.pages(file.id)]
        assert states == [PageState.READ, PageState.STOPPED, PageState.STOPPED, PageState.READ]
        assert [document.number for document in desk.store.dossier(dossier.id).documents] == ["1/QĐ-UBND", "3/QĐ-UBND"]
        assert not desk.store.shelf.has_page(dossier.id, sheet.id)
        counts = desk.store.counts()
        assert (counts.documents, counts.documents_stopped, counts.adds_up) == (2, 1, True)


def test_wrong_fields_are_refused_with_their_line(tmp_path, sohoa):
    table = tmp_path / "to.csv"
    table.write_text("type,number\nThông báo,15/TB-UBND\nThông báo,mười lăm\n", "utf-8")
    said = sohoa("separators", tmp_path / "to.pdf", "--table", table)
    assert said.returncode == 2
    assert "Dòng 3" in said.stderr
    assert not (tmp_path / "to.pdf").exists()


@pytest.mark.parametrize("wrong", ["type", "colour=red", "date=hôm qua", "title=" + "dài " * 900])
def test_wrong_options_are_refused_with_what_to_do(tmp_path, wrong):
    with pytest.raises(typer.BadParameter) as refused:
        separators(tmp_path / "to.pdf", fields=[wrong])
    assert "hãy" in refused.value.message.lower() or "ví dụ" in refused.value.message or "Các trường" in refused.value.message
    assert not (tmp_path / "to.pdf").exists()


def test_a_table_without_rows_or_of_another_encoding_is_refused(tmp_path):
    table = tmp_path / "to.csv"
    for data in (b"", b"type;title\n", b"type;title\n;\n", "Tên loại\nQuyết định\n".encode("cp1258", "replace") + b"\xff"):
        table.write_bytes(data)
        with pytest.raises(typer.BadParameter, match=r"to\.csv"):
            separators(tmp_path / "to.pdf", table=table)


def test_a_place_that_cannot_be_written_is_named(tmp_path):
    with pytest.raises(typer.BadParameter, match="nowhere"):
        separators(tmp_path / "nowhere" / "to.pdf")
