"""Glyphs, words and places of text layers: cropped sheets, odd files, fonts that change within a word, boxes on turned pixels."""

import subprocess

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.model import Box
from dossier.text.legacy_encodings import Encoding, from_unicode
from ocr import read_page
from ocr.cleaning.turning import straighten, turn_quarters
from ocr.text_layers import Uprighting
from ocr.text_layers.glyphs import Glyph, read_glyphs
from ocr.text_layers.words import lines_of


def glyphs(*parts: tuple[str, str], left: int = 0, top: int = 0) -> list[Glyph]:
    """Glyphs of (text, font), ten pixels each; a space is a gap and a line end is one too."""
    made, x, y = [], left, top
    for text, font in parts:
        for character in text:
            if character == "\n":
                x, y = left, y + 30
            gap = character in " \n"
            made.append(
                Glyph(character, "" if gap else font, embedded=True, hidden=False, box=None if gap else Box(x, y, x + 10, y + 20))
            )
            x += 10
    return made


def test_mark_in_another_font_of_the_same_encoding_joins_its_base():
    text = from_unicode("Cộng hòa xã hội chủ nghĩa Việt Nam độc lập", Encoding.VNI)
    cut = text.index("ä")
    layer = lines_of(glyphs((text[:cut], "VNI-Times"), (text[cut:], "VNI-Times-Bold")))
    assert layer.text == "Cộng hòa xã hội chủ nghĩa Việt Nam độc lập"
    assert layer.encodings == (Encoding.VNI,)


def test_fonts_of_several_encodings_on_one_page():
    old, new = from_unicode("Sở Nội vụ và Sở Tài chính\n", Encoding.TCVN3), "Ủy ban nhân dân tỉnh"
    layer = lines_of(glyphs((old, ".VnTime"), (new, "Times-Roman")))
    assert layer.text == "Sở Nội vụ và Sở Tài chính\nỦy ban nhân dân tỉnh"
    assert layer.encodings == (Encoding.TCVN3,)


def test_wide_gap_parts_columns_and_words_keep_their_boxes():
    layer = lines_of([*glyphs(("Số: 12", "F")), *glyphs((" Hà Nội", "F"), left=400)])
    assert [line.text for line in layer.lines] == ["Số: 12", "Hà Nội"]
    assert [word.box.x0 for line in layer.lines for word in line.words] == [0, 40, 410, 440]


def test_bullets_of_symbol_fonts_and_control_characters_are_no_words():
    assert lines_of(glyphs(("\uf0b7 Điều \x01 1", "Symbol"))).text == "Điều 1"


def test_viscii_letters_among_the_control_characters_are_letters():
    text = from_unicode("Sở Nội vụ: Ẳ Ẵ Ẫ Ỷ Ỹ Ỵ", Encoding.VISCII)
    assert lines_of(glyphs((text, "VI Times VISCII"))).text == "Sở Nội vụ: Ẳ Ẵ Ẫ Ỷ Ỹ Ỵ"


def test_cropped_sheet_is_rendered_whole_and_the_layer_fits(write_layer, page_of, reader, letter):
    page = read_page(page_of(write_layer(page=b"/CropBox [40 100 560 800] ")), reader).page
    assert page.text.split("\n") == list(letter)
    assert page.provenance.engine == "text-layer"


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_page_that_the_file_says_to_turn(write_layer, page_of, reader, letter, turn):
    page = read_page(page_of(write_layer(page=b"/Rotate %d " % turn)), reader).page
    assert page.text.split("\n") == list(letter)
    assert page.provenance.engine == "text-layer"


def test_rules_frames_and_a_red_seal_are_no_uncovered_text(write_layer, page_of, reader, letter):
    rules = b" 0.6 w 70 420 m 500 420 l S 70 250 430 120 re S 285 250 m 285 370 l S 200 752 m 330 752 l S"
    seal = b" q 1 0 0 RG 2 w 400 330 60 60 re S 1 0 0 rg BT /F 9 Tf 1 0 0 1 410 350 Tm <00010002> Tj ET Q"
    page = read_page(page_of(write_layer(more=rules + seal)), reader).page
    assert page.provenance.engine == "text-layer"
    assert page.text.split("\n")[: len(letter)] == list(letter)


def test_files_without_a_layer(make_pdf, tmp_path):
    assert read_glyphs(make_pdf(b"0 0 100 100 re f"), 1, width=100, height=100) is None
    torn = tmp_path / "rach.pdf"
    torn.write_bytes(b"%PDF-1.4\nnothing")
    assert read_glyphs(torn, 1, width=100, height=100) is None


def test_encrypted_file_that_opens_without_a_password_keeps_its_layer(write_layer, page_of, reader, letter):
    path = write_layer()
    locked = path.with_name("khoa.pdf")
    subprocess.run(["qpdf", "--encrypt", "", "chu", "256", "--", path, locked], check=True)
    assert read_page(page_of(locked), reader).page.text.split("\n") == list(letter)


@given(
    st.integers(100, 200),
    st.integers(100, 200),
    st.integers(30, 60),
    st.integers(30, 60),
    st.sampled_from([0, 90, 180, 270]),
    st.sampled_from([0.0, -7.5, 0.4, 3.0]),
)
def test_boxes_move_as_the_pixels_do(width, height, left, top, turn, skew):
    pixels = np.full((height, width), 255, np.uint8)
    pixels[top : top + 20, left : left + 30] = 0
    upright = straighten(turn_quarters(pixels, turn), skew)
    box = Uprighting(width, height, turn, skew).box(Box(left, top, left + 30, top + 20))
    rows, columns = np.nonzero(upright < 128)
    assert (box.x0, box.y0) == pytest.approx((columns.min(), rows.min()), abs=2)
    assert (box.x1, box.y1) == pytest.approx((columns.max() + 1, rows.max() + 1), abs=2)
