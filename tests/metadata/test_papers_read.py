"""Papers of other times and bodies, printed, damaged and read by the real engine: their fields come back."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from dossier.model import Page, PageScan
from dossier.settings import IntakeSettings, OcrSettings
from metadata import find_documents
from ocr import Reader, open_reader, open_scan, read_page
from sample_printer import RECIPES, DocumentSpec, damage, print_document
from sample_printer.files import scan_bytes
from sample_printer.papers_of_times import PAPERS


@pytest.fixture(scope="module")
def reader() -> Reader:
    return open_reader(OcrSettings(), IntakeSettings())


def read(spec: DocumentSpec, recipe: str, reader: Reader, folder, *, seed: str = "") -> list[Page]:
    rng = random.Random(recipe + seed)
    printed = print_document(spec, rng=rng, dpi=200)
    scans = [damage(page, RECIPES[recipe], rng).numbered(number) for number, page in enumerate(printed, start=1)]
    path = folder / "van-ban.pdf"
    path.write_bytes(scan_bytes(scans, ".pdf"))
    scan = open_scan(path, IntakeSettings())
    numbers = range(1, len(scans) + 1)
    return [read_page(PageScan(str(path), scan.sha256, scan.format, number), reader).page for number in numbers]


@pytest.mark.parametrize(
    ("name", "recipe"),
    [
        ("party-resolution", "clean"),
        ("joint-circular", "photocopy"),
        ("copied-on-paper", "office"),
        ("signed-by-a-person", "clean"),
    ],
)
def test_fields_come_back(name, recipe, reader, tmp_path, said, true_fields):
    spec = PAPERS[name]
    (document,) = find_documents(read(spec, recipe, reader, tmp_path))
    found = said(document)
    wrong = {field: (found.get(field), value) for field, value in true_fields(spec).items() if found.get(field) != value}
    assert not wrong


def test_an_arrival_stamp_is_read_apart_from_the_document(reader, tmp_path):
    letter = {"type_name": "Công văn", "code_notation": "UBND-KT", "subject": "V/v bảo vệ hồ chứa nước"}
    spec = replace(PAPERS["arrived"], **letter)
    (document,) = find_documents(read(spec, "clean", reader, tmp_path, seed="1"))
    assert document.number == "1873/UBND-KT"
    assert document.issued_date is not None
    assert document.issued_date.value == "2022-09-14"
    arrival = document.arrival
    assert arrival is not None
    assert [found and found.value for found in (arrival.organ_name, arrival.number, arrival.date)] == [
        "SỞ NÔNG NGHIỆP HOÀNG GIANG",
        "4521",
        "2022-09-16",
    ]
