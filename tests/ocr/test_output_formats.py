"""Text, JSON, hOCR and ALTO: the contract of `sohoa read`, and what programs that read these formats expect."""

import json
import re
from xml.etree import ElementTree

import pytest

from dossier.model import Box, Ink, Line, Page, Provenance, Word, page_id
from ocr import to_alto, to_hocr, to_json, to_text

XHTML = "{http://www.w3.org/1999/xhtml}"
ALTO = "{http://www.loc.gov/standards/alto/ns-v4#}"
MADE_BY = Provenance("tesseract", "5.3.0", "vie", "0" * 16, "0.1.0", ("straighten",))


def page(number: int, *lines: Line, blank: bool = False) -> Page:
    return Page(page_id("ab" * 32, number), number, 1240, 1754, 150, 90, -0.55, lines, blank, (), MADE_BY)


def line(text: str, left: int, top: int, ink: Ink = Ink.BLACK) -> Line:
    words, x = [], left
    for part in text.split():
        words.append(Word(part, Box(x, top, x + 10 * len(part), top + 22), 0.96))
        x += 10 * len(part) + 8
    return Line(Box(left, top, words[-1].box.x1, top + 22), tuple(words), ink)


@pytest.fixture
def pages() -> list[Page]:
    first = page(1, line("Số: 12/QĐ-UBND", 100, 50), line('"A" < B & C', 100, 90), line("MẬT", 100, 130, Ink.RED))
    return [first, page(2, blank=True), page(3, line("Nơi nhận:", 80, 900))]


def test_text_is_a_line_of_print_a_line_and_a_form_feed_between_pages(pages):
    assert to_text(pages) == 'Số: 12/QĐ-UBND\n"A" < B & C\nMẬT\n\f\n\fNơi nhận:\n'
    assert to_text([]) == ""
    assert len(to_text(pages).split("\f")) == len(pages)


def test_json_holds_what_the_contract_names(pages):
    text = to_json(pages)
    assert "Nơi nhận:" in text  # readable, not escaped
    data = json.loads(text)
    assert set(data) >= {"pages"}
    assert [found["number"] for found in data["pages"]] == [1, 2, 3]
    first = data["pages"][0]
    for key, value in {"width": 1240, "height": 1754, "dpi": 150, "rotation_deg": 90, "skew_deg": -0.55}.items():
        assert first[key] == value
    assert first["engine"] == "tesseract"
    assert first["confidence"] == pytest.approx(0.96)
    assert first["lines"][0]["box"] == [100, 50, 238, 72]
    assert first["lines"][0]["text"] == "Số: 12/QĐ-UBND"
    assert first["lines"][0]["confidence"] == pytest.approx(0.96)
    assert first["lines"][0]["words"][1] == {"box": [138, 50, 238, 72], "text": "12/QĐ-UBND", "confidence": 0.96}
    assert data["pages"][1]["lines"] == []
    assert data["pages"][1]["confidence"] == 0


def test_json_and_text_tell_the_same_words(pages):
    data = json.loads(to_json(pages))
    from_json = "\f".join("".join(line["text"] + "\n" for line in found["lines"]) or "\n" for found in data["pages"])
    assert from_json == to_text(pages)


def classes(root: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    return [element for element in root.iter() if element.get("class") == name]


def test_hocr_is_well_formed_with_boxes_and_confidences(pages):
    root = ElementTree.fromstring(to_hocr(pages))
    assert root.tag == f"{XHTML}html"
    found = classes(root, "ocr_page")
    assert [re.search(r"ppageno (\d+)", element.get("title", ""))[1] for element in found] == ["0", "1", "2"]
    assert "bbox 0 0 1240 1754" in found[0].get("title", "")
    assert [len(classes(element, "ocr_line")) for element in found] == [3, 0, 1]
    words = classes(found[0], "ocrx_word")
    assert [word.text for word in words] == ["Số:", "12/QĐ-UBND", '"A"', "<", "B", "&", "C", "MẬT"]
    for word in words:
        assert re.fullmatch(r"bbox \d+ \d+ \d+ \d+; x_wconf 96", word.get("title", ""))
    names = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(names) == len(set(names))
    declared = next(e for e in root.iter(f"{XHTML}meta") if e.get("name") == "ocr-capabilities").get("content", "").split()
    assert {element.get("class") for element in root.iter() if element.get("class")} <= set(declared)


def test_hocr_words_of_a_line_are_parted_by_spaces(pages):
    first = classes(ElementTree.fromstring(to_hocr(pages)), "ocr_line")[0]
    assert " ".join("".join(first.itertext()).split()) == "Số: 12/QĐ-UBND"


def test_alto_has_the_structure_of_version_4(pages):
    root = ElementTree.fromstring(to_alto(pages))
    assert root.tag == f"{ALTO}alto"
    assert [child.tag.removeprefix(ALTO) for child in root] == ["Description", "Tags", "ReadingOrder", "Layout"]
    assert root.findtext(f"{ALTO}Description/{ALTO}MeasurementUnit") == "pixel"
    sheets = root.findall(f"{ALTO}Layout/{ALTO}Page")
    assert [(sheet.get("PHYSICAL_IMG_NR"), sheet.get("WIDTH"), sheet.get("HEIGHT")) for sheet in sheets] == [
        ("1", "1240", "1754"),
        ("2", "1240", "1754"),
        ("3", "1240", "1754"),
    ]
    assert all(sheet.find(f"{ALTO}PrintSpace") is not None for sheet in sheets)
    strings = sheets[0].findall(f"{ALTO}PrintSpace/{ALTO}TextBlock/{ALTO}TextLine/{ALTO}String")
    assert [string.get("CONTENT") for string in strings][:2] == ["Số:", "12/QĐ-UBND"]
    for string in strings:
        assert all(int(string.get(name, "-1")) >= 0 for name in ("HPOS", "VPOS", "WIDTH", "HEIGHT"))
        assert 0 <= float(string.get("WC", "-1")) <= 1
    names = [element.get("ID") for element in root.iter() if element.get("ID")]
    assert len(names) == len(set(names))
    assert all(re.fullmatch(r"[A-Za-z_][\w.-]*", name) for name in names)  # xsd:ID


def test_alto_boxes_lie_within_each_other(pages):
    def box(element: ElementTree.Element) -> tuple[int, int, int, int]:
        x, y, width, height = (int(element.get(name, "0")) for name in ("HPOS", "VPOS", "WIDTH", "HEIGHT"))
        return x, y, x + width, y + height

    root = ElementTree.fromstring(to_alto(pages))
    for outer_name, inner_name in (("TextBlock", "TextLine"), ("TextLine", "String")):
        for outer in root.iter(f"{ALTO}{outer_name}"):
            for inner in outer.iter(f"{ALTO}{inner_name}"):
                (a, b, c, d), (w, x, y, z) = box(outer), box(inner)
                assert a <= w <= y <= c
                assert b <= x <= z <= d


@pytest.mark.parametrize("write", [to_hocr, to_alto])
def test_no_pages_are_a_well_formed_file(write):
    ElementTree.fromstring(write([]))
