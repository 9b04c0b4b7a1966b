"""Everything that is kept comes back equal, and what another version wrote is refused, never guessed."""

import json
from dataclasses import replace

import pytest

from dossier.codec import FORMAT, decode, encode
from dossier.errors import Damaged
from dossier.model import (
    ArchivalFacts,
    Box,
    Document,
    Dossier,
    DossierStatus,
    Found,
    Ink,
    Line,
    Page,
    PageScan,
    Provenance,
    ScanFile,
    ScanFormat,
    StoredFile,
    Word,
)

WORD = Word("Số:", Box(1, 2, 30, 40), 0.125)
LINE = Line(Box(1, 2, 90, 40), (WORD, Word("15/QĐ-UBND", Box(35, 2, 90, 40), 1.0)), Ink.RED)
PAGE = Page(
    id="a" * 32 + "-0001",
    number=1,
    width=1654,
    height=2339,
    dpi=200,
    rotation_deg=270,
    skew_deg=-1.25,
    lines=(LINE, Line(Box(0, 0, 0, 0), ())),
    blank=False,
    issues=("no_text",),
    provenance=Provenance("tesseract", "5.3.0", "vie", "0" * 16, "0.1.0", ("straighten", "flat-field")),
)
FOUND = Found('Quyết định “thử”\n\u2028 \\ "', PAGE.id, Box(1, 2, 3, 4), 0.5, "rule")
DOCUMENT = Document(
    id="d-" + PAGE.id,
    page_ids=(PAGE.id, "b-0002"),
    organ_name=FOUND,
    secrecy=None,
    to_places=(FOUND, replace(FOUND, value="Như trên")),
)
DOSSIER = Dossier(
    "h1",
    "01-giao-đất",
    ArchivalFacts(fonds="UBND", box="07", leaves=12),
    DossierStatus.PARTIAL,
    (StoredFile("a/b.pdf", "f" * 64, 3),),
    (DOCUMENT,),
)
STORED = [
    PAGE,
    DOCUMENT,
    DOSSIER,
    ArchivalFacts(),
    ScanFile("x.pdf", "f" * 64, ScanFormat.PDF, 10**12, 5000),
    PageScan("x.jp2", "f" * 64, ScanFormat.JPEG2000, 3),
]


@pytest.mark.parametrize("value", STORED, ids=lambda value: type(value).__name__)
def test_what_is_kept_comes_back_equal(value):
    back = decode(type(value), encode(value))
    assert back == value
    assert encode(back) == encode(value)


def test_types_survive_the_trip():
    back = decode(Page, encode(PAGE))
    assert isinstance(back.lines[0].box, Box)
    assert back.lines[0].box.centre == LINE.box.centre
    assert back.lines[0].ink is Ink.RED
    assert isinstance(back.lines, tuple)
    with pytest.raises(AttributeError):
        back.number = 2


def test_the_envelope_names_format_and_kind_and_is_plain_utf8():
    envelope = json.loads(encode(DOCUMENT))
    assert (envelope["format"], envelope["kind"]) == (FORMAT, "Document")
    assert "Quyết định".encode() in encode(DOCUMENT)
    assert envelope["value"]["id"] == DOCUMENT.id


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text.replace(f'"format": {FORMAT}', f'"format": {FORMAT + 1}'),
        lambda text: text.replace('"kind": "Page"', '"kind": "Document"'),
        lambda text: text[: len(text) // 2],
        lambda text: "",
        lambda text: "[]",
        lambda text: "null",
        lambda text: text.replace('"width":1654', '"width":"wide"'),
        lambda text: text.replace('"lines":', '"rows":'),
        lambda text: text.replace("[1,2,90,40]", "[90,2,1,40]"),
    ],
)
def test_what_another_version_or_a_broken_disk_wrote_is_damaged(spoil):
    text = encode(PAGE).decode()
    spoiled = spoil(text)
    assert spoiled != text
    with pytest.raises(Damaged) as caught:
        decode(Page, spoiled.encode())
    assert caught.value.facts["detail"]


def test_bytes_that_are_not_utf8_are_damaged():
    with pytest.raises(Damaged):
        decode(Page, encode(PAGE).replace("ố".encode(), b"\xff\xfe"))
