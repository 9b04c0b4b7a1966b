"""Printed documents: their truth lies on the page, and reads like the page."""

import random
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from rapidfuzz.distance import Levenshtein

from sample_printer import Annex, DocumentSpec, PrintedPage, Signature, Style, document_truth, print_document
from sample_printer.fonts import FACES, FAMILIES, FontMissing, font, font_path
from sample_printer.writing import ABBREVIATIONS, write_document

VIETNAMESE = "ăâđêôơưĂÂĐÊÔƠƯạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ"

SPEC = DocumentSpec(
    type_name="Quyết định",
    organ_name="ỦY BAN NHÂN DÂN\nXÃ THƯỢNG NƯA",
    code_number="08",
    code_notation="QĐ-UBND",
    issued_place="Thượng Nưa",
    issued_date=date(2024, 2, 5),
    subject="Về việc thành lập tổ thủy nông",
    body=(
        "~ Căn cứ Luật Thủy lợi;",
        "# QUYẾT ĐỊNH:",
        "Điều 1. Thành lập tổ thủy nông gồm năm người, do ông Vi Văn Ổn làm tổ trưởng, phụ trách ba cửa cống.",
        "| STT | Họ và tên | Thôn |",
        "| 01 | Vi Văn Ổn | Nà Khoang |",
        "Điều 2. Quyết định này có hiệu lực kể từ ngày ký./.",
    ),
    signatures=(Signature("CHỦ TỊCH", "Đặng Hữu Ưng", "TM. ỦY BAN NHÂN DÂN", "UBND xã Thượng Nưa"),),
    to_places=("Như Điều 1", "Lưu: VT"),
)


def printed(spec: DocumentSpec, *, dpi: int = 100) -> list[PrintedPage]:
    return print_document(spec, rng=random.Random(7), dpi=dpi)


def ink_outside(page: PrintedPage, *, margin: int) -> int:
    """Count dark, colourless pixels outside all boxes of the truth."""
    red, green, blue = (page.image[..., channel].astype(int) for channel in range(3))
    ink = (red < 120) & (abs(red - blue) < 30) & (abs(red - green) < 30)
    for line in page.truth.lines:
        left, top, right, bottom = line.box
        ink[max(0, top - margin) : bottom + margin, max(0, left - margin) : right + margin] = False
    return int(ink.sum())


@pytest.mark.parametrize("style", list(Style))
def test_every_line_of_the_truth_has_its_ink_on_the_page(style):
    for page in printed(replace(SPEC, style=style)):
        assert page.image.shape == (page.truth.height, page.truth.width, 3)
        assert page.truth.lines
        for line in page.truth.lines:
            left, top, right, bottom = line.box
            assert 0 <= left < right <= page.truth.width, line
            assert 0 <= top < bottom <= page.truth.height, line
            assert page.image[top:bottom, left:right].min() < 130, line


def test_no_words_stand_outside_the_truth():
    spec = replace(SPEC, body=tuple(block for block in SPEC.body if not block.startswith("|")), signatures=())
    (page,) = printed(spec)
    ruled = sum(1 for row in (page.image < 130).all(axis=2) if row.sum() > 30)
    assert ruled > 3
    # Only the rules under agency, motto and subject remain: one or two pixel rows each.
    assert ink_outside(page, margin=1) < 800


def test_header_and_fields_agree_with_the_specification():
    (page,) = printed(SPEC)
    lines = [line.text for line in page.truth.lines]
    assert lines[:6] == [
        "ỦY BAN NHÂN DÂN",
        "XÃ THƯỢNG NƯA",
        "Số: 08/QĐ-UBND",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Thượng Nưa, ngày 05 tháng 02 năm 2024",
    ]
    assert "UBND XÃ THƯỢNG NƯA" in page.truth.optional
    truth = document_truth(SPEC, [3, 4])
    assert truth["organName"] == "ỦY BAN NHÂN DÂN XÃ THƯỢNG NƯA"
    assert (truth["pages"], truth["issuedDate"], truth["signerName"]) == ([3, 4], "2024-02-05", "Đặng Hữu Ưng")


def test_long_text_flows_over_sheets_with_page_numbers():
    spec = replace(SPEC, body=SPEC.body + ("Nhiệm vụ của tổ là đóng, mở cống đúng lịch và ghi sổ trực. " * 6,) * 9)
    pages = printed(spec)
    assert len(pages) == 2
    assert pages[1].truth.lines[0].text == "2"
    assert pages[1].truth.lines[-1].text == "Đặng Hữu Ưng"
    older = printed(replace(spec, style=Style.CIRCULAR2011))
    assert older[1].truth.lines[-1].text == "2"
    assert older[1].truth.lines[-1].box[1] > 0.9 * older[1].truth.height


def test_landscape_annex_and_secret_state():
    spec = replace(SPEC, secrecy="Mật", annexes=(Annex(("# PHỤ LỤC", "{annex}"), landscape=True),))
    first, annex = printed(spec)
    assert annex.truth.width > annex.truth.height
    assert "MẬT" in first.truth.optional
    assert {first.truth.state, annex.truth.state} == {"secret"}
    assert annex.truth.lines[-1].text == "(Kèm theo Quyết định số 08/QĐ-UBND ngày 05/02/2024)"


@pytest.mark.parametrize("kind", ABBREVIATIONS)
def test_written_documents_of_every_type_can_be_printed(kind):
    spec = write_document(random.Random(kind), type_name=kind, paragraphs=3)
    assert spec == write_document(random.Random(kind), type_name=kind, paragraphs=3)
    assert "{" not in "".join(spec.body)
    text = [line.text for line in printed(spec, dpi=72)[0].truth.lines]
    assert (kind.upper() in text) == (kind != "Công văn")


SET_UP = {"fonts-croscore", "fonts-texgyre", "fonts-freefont-ttf"}
"""Font packages that `make setup` installs."""


@pytest.mark.parametrize("family", FAMILIES)
def test_every_face_has_all_vietnamese_letters(family):
    try:
        font_path(family)
    except FontMissing as error:
        if error.package in SET_UP:
            raise
        pytest.skip(f"only for training the recogniser: {error}")
    for face in FACES:
        opened = font(family, face, points=20, dpi=72)
        missing = bytes(opened.getmask("\uffff"))
        assert not [letter for letter in VIETNAMESE if bytes(opened.getmask(letter)) == missing]


def test_missing_font_names_its_debian_package(tmp_path: Path):
    with pytest.raises(FontMissing, match=r"Tinos-Bold\.ttf not found: install it with `apt-get install fonts-croscore`"):
        font_path("tinos", "bold", folders=(tmp_path,))


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="Tesseract is not installed: apt-get install tesseract-ocr-vie")
def test_tesseract_reads_a_clean_page(tmp_path: Path):
    spec = replace(SPEC, body=tuple(block for block in SPEC.body if not block.startswith("|")), signatures=())
    (page,) = printed(spec, dpi=200)
    Image.fromarray(page.image).save(tmp_path / "page.png", dpi=(200, 200), compress_level=1)
    command = ["tesseract", str(tmp_path / "page.png"), "-", "-l", "vie"]
    out = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout
    read = sorted(" ".join(line.split()) for line in out.splitlines() if line.strip())
    words = sorted(word for line in page.truth.lines for word in line.text.split())
    read_words = sorted(word for line in read for word in line.split())
    assert Levenshtein.normalized_distance(words, read_words) < 0.06
    assert np.mean([len(word) for word in read_words]) > 2
