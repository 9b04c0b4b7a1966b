"""hOCR and ALTO against their schemas: tables, overlays, verdicts, ink, several pages, awkward characters."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from dossier.model import Box, Ink, Line, Page, Provenance, Word, page_id
from dossier.model.page import Cell, CellPlace, PageKind, Table, Verdict
from ocr import to_alto, to_hocr
from ocr.formats.blocks import FilledTable, blocks_of

SCHEMA = etree.XMLSchema(etree.parse(Path(__file__).parent / "schemas" / "alto-4-3.xsd"))
ALTO = {"a": "http://www.loc.gov/standards/alto/ns-v4#"}
HTML = {"h": "http://www.w3.org/1999/xhtml"}
MADE = Provenance("text-layer", "5", "", "0" * 16, "0.1.0", ("flat-field", "converted from tcvn3", "a < b"))
TABLE = Table(
    Box(100, 200, 500, 300),
    2,
    2,
    (
        Cell(1, 1, 1, 1, Box(300, 250, 500, 300)),
        Cell(0, 0, 1, 2, Box(100, 200, 500, 250)),
        Cell(1, 0, 1, 1, Box(100, 250, 300, 300)),
    ),
)


def line(text: str, left: int, top: int, **known: object) -> Line:
    words = tuple(
        Word(part, Box(left + 60 * at, top, left + 60 * at + 50, top + 22), 0.961) for at, part in enumerate(text.split())
    )
    return Line(Box(left, top, words[-1].box.x1, top + 22), words, **known)


def page(number: int, **known: object) -> Page:
    made = {"lines": (), "blank": False, "issues": (), "provenance": MADE} | known
    return Page(page_id("ab" * 32, number), number, 1240, 1754, 150, 90, -0.55, **made)


@pytest.fixture
def pages() -> list[Page]:
    lines = (
        line("Số: 12/QĐ-UBND", 100, 50),
        line("TT Họ và tên", 110, 210, cell=CellPlace(0, 0, 1)),
        line("MẬT", 600, 220, ink=Ink.RED),
        line("1", 110, 260, cell=CellPlace(0, 1, 0)),
        line("đông & tây", 110, 280, cell=CellPlace(0, 1, 0)),
        line('"A" < B', 100, 400),
        line("lạc", 100, 440, cell=CellPlace(7, 0, 0)),
        Line(Box(1, 1, 5, 5), ()),
    )
    verdicts = (Verdict(PageKind.FORM, 0.93, {"ruled": 0.7}), Verdict(PageKind.LOW_RESOLUTION, 1.0, {"dpi": 100.0}))
    full = page(
        3, lines=lines, tables=(TABLE,), verdicts=verdicts, overlays=(line("Ký bởi: Sở Nội vụ", 10, 10),), issues=("faint",)
    )
    blank = page(4, blank=True, verdicts=(Verdict(PageKind.BLANK, 0.99, {}),))
    empty_table = page(
        5, tables=(TABLE,), lines=(line("Nơi nhận:", 80, 900),), leaves=(Box(0, 0, 600, 1754), Box(600, 0, 1240, 1754))
    )
    return [full, blank, empty_table]


def alto(pages: list[Page]) -> etree._Element:
    root = etree.fromstring(to_alto(pages).encode())
    SCHEMA.assertValid(root)
    return root


def hocr(pages: list[Page]) -> etree._Element:
    return etree.fromstring(to_hocr(pages).encode())


def test_alto_is_valid(pages):
    alto(pages)
    alto(pages[1:2])
    alto([page(1, lines=(line("một", 1, 1),))])


def test_the_schema_refuses_what_is_no_alto(pages):
    broken = etree.fromstring(to_alto(pages).replace("<String ", "<Strng ").encode())
    assert not SCHEMA.validate(broken)


def test_every_word_is_written_once_in_both(pages):
    expected = sorted(word.text for page in pages for one in (*page.lines, *page.overlays) for word in one.words)
    assert sorted(alto(pages).xpath("//a:String/@CONTENT", namespaces=ALTO)) == expected
    assert sorted(element.text for element in hocr(pages).xpath("//*[@class='ocrx_word']")) == expected


def test_alto_holds_tables_by_row_and_column(pages):
    root = alto(pages)
    table = root.xpath("//a:Page[1]//a:ComposedBlock[@TYPE='table']", namespaces=ALTO)[0]
    labels = {tag.get("ID"): tag.get("LABEL") for tag in root.xpath("//a:StructureTag", namespaces=ALTO)}
    cells = [
        (labels[block.get("TAGREFS")], " ".join(block.xpath(".//a:String/@CONTENT", namespaces=ALTO)))
        for block in table.xpath("a:TextBlock", namespaces=ALTO)
    ]
    assert cells == [
        ("row 0 column 0 rows 1 columns 2", "TT Họ và tên"),
        ("row 1 column 0 rows 1 columns 1", "1 đông & tây"),
        ("row 1 column 1 rows 1 columns 1", ""),
    ]


def test_alto_tells_order_ink_overlay_verdicts_and_how_it_was_made(pages):
    root = alto(pages)

    def values(path: str) -> list[str]:
        return [str(value) for value in root.xpath(path, namespaces=ALTO)]

    assert values("//a:Description/a:MeasurementUnit/text()") == ["pixel"]
    assert values("//a:ElementRef/@REF") == values("//a:PrintSpace/*[not(@TAGREFS='overlay_signature')]/@ID")
    assert values("//a:TextLine[@TAGREFS='ink_red']//@CONTENT") == ["MẬT"]
    assert values("//a:TextBlock[@TAGREFS='overlay_signature']//@CONTENT") == ["Ký", "bởi:", "Sở", "Nội", "vụ"]
    assert values("//a:Page/@PAGECLASS") == ["form low_resolution", "blank"]
    assert "ruled=0.7" in values("//a:Page/@QUALITY_DETAIL")[0]
    assert "faint" in values("//a:Page/@QUALITY_DETAIL")[0]
    assert set(values("//a:TextBlock/@LANG")) == {"vi"}
    assert values("//a:Processing[1]/a:processingStepDescription/text()") == list(MADE.steps)
    assert "rotation_deg=90 skew_deg=-0.55" in values("//a:Processing[1]/a:processingStepSettings/text()")[0]
    assert values("//a:Page/@PROCESSINGREFS") == values("//a:Processing/@ID")


PROPERTY = {
    "bbox": r"\d+ \d+ \d+ \d+",
    "ppageno": r"\d+",
    "scan_res": r"\d+ \d+",
    "x_wconf": r"100|\d{1,2}",
}
"""The grammar of the properties in use (hOCR 1.2, chapter 9)."""
WITHIN = {
    "ocr_carea": ["ocr_page"],
    "ocr_par": ["ocr_carea"],
    "ocr_table": ["ocr_page"],
    "ocr_textfloat": ["ocr_page"],
    "ocr_line": ["ocr_par", "ocr_table", "ocr_textfloat"],
    "ocrx_word": ["ocr_line"],
}


def marked(root: etree._Element) -> Iterator[etree._Element]:
    return (element for element in root.iter() if element.get("class"))


def test_hocr_keeps_the_grammar_and_the_nesting(pages):
    root = hocr(pages)
    declared = root.xpath("//h:meta[@name='ocr-capabilities']/@content", namespaces=HTML)[0].split()
    for element in marked(root):
        kind = element.get("class")
        assert kind in declared
        for part in element.get("title").split("; "):
            name, _, value = part.partition(" ")
            assert re.fullmatch(PROPERTY[name], value), part
        above = next((outer.get("class") for outer in element.iterancestors() if outer.get("class")), None)
        assert above in WITHIN.get(kind, [None])
    assert [meta.get("content") for meta in root.iter("{*}meta") if meta.get("name") == "ocr-number-of-pages"] == ["3"]


def test_hocr_boxes_lie_within_each_other(pages):
    def box(element: etree._Element) -> tuple[int, ...]:
        return tuple(map(int, re.search(r"bbox (\d+) (\d+) (\d+) (\d+)", element.get("title")).groups()))

    for element in marked(hocr(pages)):
        outer = next((box(outer) for outer in element.iterancestors() if outer.get("class")), None)
        if outer is not None:
            x0, y0, x1, y1 = box(element)
            assert outer[0] <= x0 <= x1 <= outer[2]
            assert outer[1] <= y0 <= y1 <= outer[3]


def test_hocr_tables_are_tables(pages):
    rows = hocr(pages).xpath("//h:div[@id='page_1']/h:table/h:tbody/h:tr", namespaces=HTML)
    texts = [[" ".join("".join(cell.itertext()).split()) for cell in row] for row in rows]
    assert texts == [["TT Họ và tên"], ["1 đông & tây", ""]]
    assert rows[0][0].get("colspan") == "2"


def test_hocr_tells_ink_turn_verdicts_and_steps(pages):
    sheets = [element for element in marked(hocr(pages)) if element.get("class") == "ocr_page"]
    assert [sheet.get("data-rotation-deg") for sheet in sheets] == ["90", "90", "90"]
    assert "form 0.930 ruled=0.7" in sheets[0].get("data-verdicts")
    assert "converted from tcvn3" in sheets[0].get("data-steps")
    assert ["".join(one.itertext()).strip() for one in sheets[0].iter() if one.get("data-ink") == "red"] == ["MẬT"]


@pytest.mark.parametrize(("parse", "name"), [(alto, "ID"), (hocr, "id")])
def test_ids_are_unique_even_when_pages_share_a_number(pages, parse, name):
    names = [element.get(name) for element in parse([*pages, replace(pages[0])]).iter() if element.get(name)]
    assert len(names) == len(set(names))


def test_readers_of_html_see_the_same_pages_as_readers_of_xml(pages):
    root = etree.HTML(to_hocr(pages).split("\n", 1)[1])
    assert [len(sheet.xpath(".//*[@class='ocr_page']")) for sheet in root.xpath("//*[@class='ocr_page']")] == [0, 0, 0]


def test_a_table_stands_where_its_first_line_stood(pages):
    kinds = [isinstance(block, FilledTable) for block in blocks_of(pages[0])]
    assert kinds == [False, True, False]
    tops = [block.box.y0 for block in blocks_of(pages[2])]
    assert [first < second for first, second in pairwise(tops)] == [False]  # the table without lines comes last


PRINTABLE = st.text(st.characters(exclude_categories=("Cc", "Cs", "Cn", "Co", "Zs", "Zl", "Zp", "Cf")), min_size=1, max_size=12)


@given(st.lists(st.tuples(PRINTABLE, st.floats(0, 1)), min_size=1, max_size=5))
def test_any_word_and_confidence_is_valid(words):
    made = tuple(Word(text, Box(0, 0, 10, 10), confidence) for text, confidence in words)
    sheet = page(1, lines=(Line(Box(0, 0, 10, 10), made),))
    assert alto([sheet]).xpath("//a:String/@CONTENT", namespaces=ALTO) == [text for text, _ in words]
    assert [element.text for element in hocr([sheet]).xpath("//*[@class='ocrx_word']")] == [text for text, _ in words]
