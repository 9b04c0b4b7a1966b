"""Whole pages with a text layer: what is kept, converted, refused, and what is read instead."""

import random
import subprocess
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from rapidfuzz.distance import Levenshtein

from dossier.text.legacy_encodings import Encoding, to_unicode
from ocr import read_page


def steps(page) -> str:
    return " | ".join(page.provenance.steps)


def errors(page, lines) -> float:
    return Levenshtein.normalized_distance(" ".join(page.text.split()), " ".join(" ".join(lines).split()))


def test_written_text_is_taken_over_letter_by_letter(write_layer, page_of, reader, letter):
    page = read_page(page_of(write_layer()), reader).page
    assert page.text.split("\n") == list(letter)
    assert page.provenance.engine == "text-layer"
    assert "text-layer written" in steps(page)
    assert "converted" not in steps(page)
    assert 0.97 <= page.confidence < 1


def test_layers_can_be_switched_off(write_layer, page_of, reader, letter):
    image_only = replace(reader, settings=reader.settings.model_copy(update={"text_layers": False}))
    page = read_page(page_of(write_layer()), image_only).page
    assert page.provenance.engine == "fused"
    assert "text-layer" not in steps(page)
    assert page.provenance.settings_digest != read_page(page_of(write_layer()), reader).page.provenance.settings_digest
    assert errors(page, letter) < 0.05


def test_boxes_are_those_of_the_print(write_layer, page_of, reader):
    reading = read_page(page_of(write_layer()), reader)
    unit = reading.page.dpi / 72
    for number, line in enumerate(reading.page.lines):
        base = (842 - 760 + 24 * number) * unit
        assert line.box.y0 < base - 6 * unit
        assert base - unit <= line.box.y1 <= base + 5 * unit
        assert line.box.x0 == pytest.approx(70 * unit, abs=1.5 * unit)
        assert all(a.box.x1 <= b.box.x0 + 1 for a, b in zip(line.words, line.words[1:], strict=False))


@pytest.mark.parametrize(
    ("encoding", "font"),
    [
        (Encoding.TCVN3, "ABCDEF+.VnTime"),
        (Encoding.TCVN3, "Nameless"),
        (Encoding.VNI, "ABCDEF+VNI-Times"),
        (Encoding.VISCII, "VI Times VISCII"),
    ],
)
def test_old_encodings_are_converted(write_layer, page_of, reader, letter, encoding, font):
    page = read_page(page_of(write_layer(encoding=encoding, font=font)), reader).page
    assert f"converted from {encoding.value}" in steps(page)
    assert page.provenance.engine == "text-layer"
    if encoding is Encoding.TCVN3:  # these fonts have no capitals with tones
        assert page.text.lower().split("\n") == [line.lower() for line in letter]
    else:
        assert page.text.split("\n") == list(letter)


def test_fonts_that_draw_capitals_give_capitals(write_layer, page_of, reader, letter):
    lines = [line.upper() for line in letter]
    page = read_page(page_of(write_layer(lines, encoding=Encoding.TCVN3, font="ABCDEF+.VnTimeH")), reader).page
    assert page.text.split("\n") == lines


def test_old_font_that_is_not_in_the_file_is_converted_though_the_image_shows_nonsense(write_layer, page_of, reader, letter):
    path = write_layer(encoding=Encoding.TCVN3, font=".VnTime", embedded=False)
    page = read_page(page_of(path), reader).page
    assert "converted from tcvn3" in steps(page)
    assert page.text.lower().split("\n") == [line.lower() for line in letter]


def test_good_hidden_layer_under_a_scan_is_worth_what_a_reading_is(write_layer, page_of, picture_of, reader, letter):
    picture = picture_of(write_layer(name="in.pdf"))
    page = read_page(page_of(write_layer(mode=3, picture=picture)), reader).page
    assert errors(page, letter) < 0.03  # kept or read, both are right
    assert "text-layer" in steps(page)


def garbled(text: str) -> str:
    """What OCR without Vietnamese makes of a text."""
    rng = random.Random(text)
    return "".join(rng.choice("aeiouqrt") if not letter.isascii() else letter for letter in text)


@pytest.mark.parametrize(
    ("says", "reason"),
    [
        (garbled, "not-vietnamese"),
        (lambda text: to_unicode(text, Encoding.VNI), "over-converted"),
        (lambda text: text.encode().decode("cp1252", "replace"), "not-vietnamese"),
        (lambda text: text.replace("19", "91").replace("của", "cửa").replace("kiểm", "kiếm").replace("đơn", "đòn"), "disagrees"),
    ],
)
def test_bad_hidden_layers_are_refused_and_the_image_is_read(write_layer, page_of, picture_of, reader, letter, says, reason):
    picture = picture_of(write_layer(name="in.pdf"))
    page = read_page(page_of(write_layer(mode=3, picture=picture, says=says)), reader).page
    assert f"text-layer refused: {reason}" in steps(page)
    assert page.provenance.engine == reader.engine.name
    assert errors(page, letter) < 0.06


def test_layer_of_another_page_is_refused(write_layer, page_of, picture_of, reader, letter):
    picture = picture_of(write_layer(name="in.pdf"))
    page = read_page(page_of(write_layer(letter[::-1], mode=3, picture=picture)), reader).page
    assert page.provenance.engine == reader.engine.name
    assert errors(page, letter) < 0.06


def test_print_that_the_layer_does_not_hold_is_not_lost(write_layer, page_of, picture_of, reader, letter):
    picture = picture_of(write_layer(name="in.pdf"))
    page = read_page(page_of(write_layer(letter[:6], mode=3, picture=picture)), reader).page
    assert "ink-uncovered" in steps(page)
    assert errors(page, letter) < 0.06


def test_number_filled_in_by_hand_makes_the_image_decide(write_layer, page_of, reader):
    scribble = b" 1.5 w 300 600 m 308 615 l 316 600 l 322 615 l S 332 600 m 332 615 l S 342 600 m 352 610 l 342 615 l S"
    page = read_page(page_of(write_layer(more=scribble)), reader).page
    assert "ink-uncovered" in steps(page)


def test_words_without_ink_make_the_image_decide(write_layer, page_of, picture_of, reader, letter):
    picture = picture_of(write_layer(letter[:7], name="in.pdf"))
    page = read_page(page_of(write_layer(mode=3, picture=picture)), reader).page
    assert "words-without-ink" in steps(page)
    assert "Giao Phòng Nội vụ" not in page.text


def test_each_page_is_judged_by_itself(write_layer, page_of, reader, letter, tmp_path):
    good = write_layer(name="a.pdf")
    bad = write_layer(name="b.pdf", says=garbled, mode=0)
    both = tmp_path / "hai.pdf"
    subprocess.run(["qpdf", "--empty", "--pages", good, bad, "--", both], check=True)
    engines = [read_page(page_of(both, number), reader).page.provenance.engine for number in (1, 2)]
    assert engines == ["text-layer", reader.engine.name]


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_turned_pages_keep_their_layer_in_place(write_layer, page_of, picture_of, reader, letter, turn):
    """The sheet was laid down on its side or head, with its layer."""
    upright = read_page(page_of(write_layer()), reader).page
    turned = write_layer(name="nghieng.pdf")
    lay_down(
        turned, {90: b"0 1 -1 0 842 0 cm", 180: b"-1 0 0 -1 595 842 cm", 270: b"0 -1 1 0 0 595 cm"}[turn], sideways=turn != 180
    )
    page = read_page(page_of(turned), reader).page
    assert page.rotation_deg == turn
    assert page.text.split("\n") == list(letter)
    assert page.provenance.engine == "text-layer"
    places = np.array([line.box for line in page.lines]) - np.array([line.box for line in upright.lines])
    assert np.abs(places).max() <= 3


def lay_down(path: Path, matrix: bytes, *, sideways: bool = False) -> None:
    """Put a matrix before the content of a page; qpdf mends the lengths and places."""
    data = path.read_bytes()
    if sideways:
        data = data.replace(b"/MediaBox [0 0 595 842]", b"/MediaBox [0 0 842 595]")
    head = data.index(b"stream\n", data.index(b"\n4 0 obj")) + len(b"stream\n")
    path.write_bytes(data[:head] + matrix + b"\n" + data[head:])
    subprocess.run(["qpdf", path, "--replace-input"], check=False, capture_output=True)


def test_skewed_scan_moves_its_layer_along(write_layer, page_of, reader, letter):
    path = write_layer()
    lay_down(path, b"0.99939 0.03490 -0.03490 0.99939 14 -10 cm")
    page = read_page(page_of(path), reader).page
    assert page.skew_deg == pytest.approx(2.0, abs=0.2)
    assert "text-layer written" in steps(page)
    assert page.text.split("\n") == list(letter)
    lefts = [line.box.x0 for line in page.lines]
    assert max(lefts) - min(lefts) < 0.01 * page.width
