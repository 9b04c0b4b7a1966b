"""Marks of secrecy that only the file knows: in written text, in an annotation, in a hidden layer that was not believed."""

import pytest

from metadata import secrecy_mark
from ocr import read_page

FIELD = b"<< /Type /Annot /Subtype /%s /FT /Sig /T (a) /F 4 /Rect [60 700 200 740] /AP << /N @NEXT >> >>"


def drawn(text: bytes, subtype: bytes) -> list[bytes]:
    """An annotation that draws a word over the page."""
    content = b"BT /G 16 Tf 4 12 Td (%s) Tj ET" % text
    font = b"/Resources << /Font << /G << /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold >> >> >>"
    head = b"<< /Type /XObject /Subtype /Form /BBox [0 0 140 40] %s /Length %d >>" % (font, len(content))
    return [FIELD % subtype, head + b"\nstream\n" + content + b"\nendstream"]


@pytest.mark.parametrize("mark", ["MẬT", "TỐI MẬT", "TUYỆT MẬT"])
def test_a_written_mark_stops(write_layer, page_of, reader, letter, mark):
    page = read_page(page_of(write_layer((*letter[:3], mark, *letter[3:]))), reader).page
    found = secrecy_mark(page)
    assert found is not None
    assert found.value.upper() == mark


@pytest.mark.parametrize("subtype", [b"Stamp", b"Widget"])
def test_an_annotation_with_a_mark_stops(write_layer, page_of, reader, subtype):
    page = read_page(page_of(write_layer(annotations=drawn(b"TOI MAT", subtype))), reader).page
    assert secrecy_mark(page) is not None


def test_a_hidden_mark_that_the_picture_does_not_show_stops(write_layer, page_of, picture_of, reader, letter):
    picture = picture_of(write_layer(name="in.pdf"))
    page = read_page(page_of(write_layer((*letter, "MẬT"), mode=3, picture=picture)), reader).page
    assert secrecy_mark(page) is not None


def test_layers_without_a_mark_do_not_stop(write_layer, page_of, picture_of, reader, letter):
    picture = picture_of(write_layer(name="in.pdf"))
    for file in (write_layer(), write_layer((*letter, "Mật ong hoa nhãn"), mode=3, picture=picture, name="b.pdf")):
        assert secrecy_mark(read_page(page_of(file), reader).page) is None
