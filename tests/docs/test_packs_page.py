"""The example of docs/packs.md is a pack, and reads the paper that the page shows."""

import re
from pathlib import Path

import pytest

from dossier.model import Box, Line, Page, Provenance, Word, enclosing, page_id
from metadata.packs import completeness_of, own_packs, record_of_pages
from metadata.packs.model import AnchorPlace, Kind, Where
from metadata.packs.reading import _FIELD_KEYS, _PACK_KEYS, _PAPER_KEYS

PAGE = (Path(__file__).parents[2] / "docs" / "packs.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(\w*)\n(.*?)```", PAGE, re.DOTALL)
PACK = next(text for language, text in BLOCKS if language == "yaml" and "papers:" in text)
PAPER = next(text for language, text in BLOCKS if language == "text")


@pytest.fixture
def packs(tmp_path):
    (tmp_path / "cap-nuoc.yaml").write_text(PACK, encoding="utf-8")
    return own_packs(tmp_path)


def typed(text: str) -> Page:
    """A page with letters of one width; four spaces are a gap between columns."""
    lines = []
    for row, line in enumerate(text.splitlines()):
        words = tuple(
            Word(match.group(), Box(200 + match.start() * 15, 200 + row * 50, 200 + match.end() * 15, 226 + row * 50), 0.95)
            for match in re.finditer(r"\S+", line)
        )
        lines.append(Line(enclosing(word.box for word in words), words))
    made_by = Provenance("hand", "1", "none", "", "0", ())
    return Page(page_id("5e" * 32, 1), 1, 1654, 2339, 200, 0, 0.0, tuple(lines), False, (), made_by)


def test_the_example_reads_its_paper(packs):
    record = record_of_pages([typed(PAPER)], packs)
    assert record is not None
    assert (record.pack, record.paper) == ("cap-nuoc", "hop-dong-cap-nuoc")
    assert {name: found.value for name, found in record.fields.items()} == {
        "contractNumber": "114/HĐ-CN",
        "supplier": "Xí nghiệp Nước sạch Bến Cát",
        "customer": "Nguyễn Văn Lợi",
        "customerId": "001075004321",
        "customerAddress": "thôn Gò Mít, xã Tân Mỹ, tỉnh Hoàng Giang",
        "meter": "A2045518",
        "price": "8500 VND",
    }
    assert completeness_of(packs[0], [record]).missing == ("bien-ban-lap-dong-ho",)


@pytest.mark.parametrize("word", [*Kind, *Where, *AnchorPlace, *_PACK_KEYS, *_PAPER_KEYS, *_FIELD_KEYS])
def test_every_word_of_a_pack_is_on_the_page(word):
    assert re.search(rf"(?<![\w-]){word}(?![\w-])", PAGE)
