"""Marks of digital signatures: apart from the page's text, whether the file knows their letters or only the picture does."""

import pytest

from dossier.model import Box, Line, Word
from ocr import read_page
from ocr.text_layers.signature_marks import part_marks

FIELD = b"<< /Type /Annot /Subtype /Widget /FT /%s /T (a) /F 132 /Rect [300 770 560 830] /AP << /N @NEXT >> >>"
MARK = ("Digitally signed by: UBND huyen", "Co quan: Tinh Bac Ha", "Date: 2025.02.19", "19.02.2025 07:55:13 +07:00")


def appearance(*texts: str, size: float = 10) -> bytes:
    content = b"".join(
        b"BT /G %g Tf 4 %g Td (%s) Tj ET " % (size, 50 - 13 * at, text.encode("latin-1")) for at, text in enumerate(texts)
    )
    font = b"/Resources << /Font << /G << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"
    head = b"<< /Type /XObject /Subtype /Form /BBox [0 0 260 60] %s /Length %d >>" % (font, len(content))
    return head + b"\nstream\n" + content + b"\nendstream"


def signed(*texts: str, kind: bytes = b"Sig") -> list[bytes]:
    return [FIELD % kind, appearance(*texts)]


def test_mark_over_written_text_is_apart(write_layer, page_of, reader, letter):
    page = read_page(page_of(write_layer(annotations=signed(*MARK))), reader).page
    assert [line.text for line in page.overlays] == list(MARK)
    assert page.text.split("\n") == list(letter)
    assert page.provenance.engine == "text-layer"
    unit = page.dpi / 72
    for line in page.overlays:
        assert 300 * unit <= line.box.x0 <= line.box.x1 <= 560 * unit
        assert (842 - 832) * unit <= line.box.y0 <= line.box.y1 <= (842 - 768) * unit


def test_mark_over_a_scan_is_apart_though_it_was_read_with_the_page(write_layer, page_of, picture_of, reader, letter):
    picture = picture_of(write_layer(name="in.pdf"))
    page = read_page(page_of(write_layer([], picture=picture, annotations=signed(*MARK))), reader).page
    assert [line.text for line in page.overlays] == list(MARK)
    assert not any("signed" in line.text or "07:55" in line.text for line in page.lines)
    assert len(page.lines) == len(letter)


def test_field_that_was_filled_in_belongs_to_the_page(write_layer, page_of, reader):
    page = read_page(page_of(write_layer(annotations=signed("Ho ten: Tran Van Ba", kind=b"Tx"))), reader).page
    assert "Ho ten: Tran Van Ba" in page.text
    assert page.overlays == ()


def lines(*rows: tuple[str, int, int], height: int = 20) -> tuple[Line, ...]:
    made = []
    for text, left, top in rows:
        words, x = [], left
        for part in text.split():
            words.append(Word(part, Box(x, top, x + 10 * len(part), top + height), 0.9))
            x += 10 * len(part) + 8
        made.append(Line(Box(left, top, words[-1].box.x1, top + height), tuple(words)))
    return tuple(made)


BODY = (("ỦY BAN NHÂN DÂN", 100, 300), ("TỈNH BẮC HÀ", 120, 330), ("Căn cứ Luật Tổ chức chính quyền địa phương", 100, 500))


@pytest.mark.parametrize(
    "mark",
    [
        ["Ký bởi: Ủy ban nhân dân tỉnh Bắc Hà", "Cơ quan: Tỉnh Bắc Hà", "Thời gian ký: 26/11/2024 10:40:48"],
        ["Người ký: Văn phòng", "Email: vp@bacha.gov.vn", "Cơ quan: Tỉnh Bắc Hà", "Thời gian ký:", "19.02.2025 07:55:13", "+07:00"],
        ["Ký bởi: Ủy ban nhân", "dân tỉnh Bắc Hà", "Thời gian ký: 26/11/2024 10:40:48"],
        ["SAO Y; ỦY BAN NHÂN DÂN TỈNH BẮC HÀ;", "Thời gian ký: 19/02/2025 08:34:29 +07:00"],
        ["Signature Not Verified", "Ký bởi: Trung tâm Công báo", "Ngày ký: 21.03.2018 16:41:00 +07:00"],
    ],
)
def test_marks_of_a_picture_are_recognised(mark):
    printed = lines(*((text, 700, 20 + 24 * at) for at, text in enumerate(mark)))
    kept, marks = part_marks((*lines(*BODY), *printed))
    assert [line.text for line in marks] == mark
    assert kept == lines(*BODY)


@pytest.mark.parametrize(
    "rows",
    [
        [("Người ký: Trần Văn Ba", 100, 20)],
        [("Cơ quan: Sở Nội vụ", 100, 20), ("Chức vụ: Giám đốc", 100, 44)],
        [("Thời gian: 8 giờ 30, ngày 19/02/2025", 100, 20)],
        [("Cuộc họp ngày 19/02/2025 kết thúc", 100, 20), ("Người ký biên bản", 100, 44)],
        [("Cơ quan: UBND", 100, 20), ("Email: a@b.vn", 100, 44)],
    ],
)
def test_print_that_only_resembles_a_mark_stays(rows):
    page = lines(*rows, *BODY)
    assert part_marks(page) == (page, ())


def test_words_under_a_known_mark_go_and_those_beside_it_stay():
    overlay = lines(("Thời gian ký: 26/11/2024 10:40:48", 700, 50))
    read = lines(("Số: 12/QĐ-UBND", 100, 50), ("Thoi gian kỷ 26/11/2024 10:40:4B", 702, 52), ("Hà Nội", 700, 120))
    kept, marks = part_marks(read, overlay)
    assert [line.text for line in kept] == ["Số: 12/QĐ-UBND", "Hà Nội"]
    assert marks == overlay


def test_one_line_that_holds_both_is_parted():
    overlay = lines(("26/11/2024 10:40:48", 700, 50))
    read = lines(("Số: 12/QĐ-UBND", 100, 50))[0]
    stamp = lines(("26/11/2024 10:40:48", 700, 50))[0]
    both = Line(Box(100, 50, stamp.box.x1, 70), (*read.words, *stamp.words))
    kept, _ = part_marks((both,), overlay)
    assert [line.text for line in kept] == ["Số: 12/QĐ-UBND"]
    assert kept[0].box == read.box


def test_scrap_of_letters_within_a_known_mark_goes_but_a_word_does_not():
    overlay = lines(("Ủy ban nhân dân tỉnh Bắc Hà", 700, 50))
    kept, _ = part_marks(lines(("2ki130i13isa", 720, 51), ("Mật", 900, 51)), overlay)
    assert [line.text for line in kept] == ["Mật"]
