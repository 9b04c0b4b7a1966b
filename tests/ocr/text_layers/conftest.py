"""PDF pages with a text layer, written by hand: any font name, any encoding, shown or hidden, over a picture or not.

`write_layer` prints lines of text with the shapes of a real typeface while the file says other characters: just what fonts from
before Unicode do. `picture_of` draws a page as a scanner would give it.
"""

import struct
import zlib
from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path

import pytest
from pdf2image import convert_from_path
from PIL import Image, ImageFont

from dossier.settings import IntakeSettings, OcrSettings
from dossier.text.legacy_encodings import Encoding, from_unicode
from ocr import Reader, open_reader
from sample_printer.fonts import font_path

A4 = (595.0, 842.0)
LEFT, TOP, SIZE, STEP = 70.0, 760.0, 13.0, 24.0
LETTER = (
    "ỦY BAN NHÂN DÂN HUYỆN ĐÔNG KHÊ",
    "Số: 127/QĐ-UBND",
    "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6",
    "năm 2015; xét đề nghị của Trưởng phòng Nội vụ tại Tờ trình số",
    "45/TTr-NV về việc thành lập đoàn kiểm tra công tác văn thư,",
    "lưu trữ trên địa bàn huyện; những đơn vị được kiểm tra có trách",
    "nhiệm chuẩn bị báo cáo và cử người phối hợp với đoàn.",
    "Điều 1. Giao Phòng Nội vụ hướng dẫn, theo dõi và tổng hợp.",
    "Điều 2. Quyết định này có hiệu lực kể từ ngày ký ban hành.",
    "Chánh Văn phòng và thủ trưởng các đơn vị chịu trách nhiệm",
    "thi hành Quyết định này. Nước sạch, đường sá, như thường lệ.",
)


def stream(data: bytes, entries: bytes = b"") -> bytes:
    packed = zlib.compress(data)
    return b"<< %s /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (entries, len(packed), packed)


def glyph_numbers(font: bytes) -> Callable[[str], int]:
    """The character map (format 4) of a TrueType font."""
    tables = {font[12 + 16 * i : 16 + 16 * i]: struct.unpack(">II", font[20 + 16 * i : 28 + 16 * i]) for i in range(font[5])}
    start = tables[b"cmap"][0]
    count = struct.unpack(">H", font[start + 2 : start + 4])[0]
    records = [struct.unpack(">HHI", font[start + 4 + 8 * i : start + 12 + 8 * i]) for i in range(count)]
    at = start + next(offset for platform, kind, offset in records if (platform, kind) == (3, 1))
    segments = struct.unpack(">H", font[at + 6 : at + 8])[0] // 2

    def column(number: int, skip: int, form: str) -> tuple[int, ...]:
        first = at + 14 + 2 * segments * number + skip
        return struct.unpack(f">{segments}{form}", font[first : first + 2 * segments])

    ends, starts, deltas, offsets = column(0, 0, "H"), column(1, 2, "H"), column(2, 2, "h"), column(3, 2, "H")

    def number(letter: str) -> int:
        code = ord(letter)
        segment = next(i for i, end in enumerate(ends) if code <= end)
        if code < starts[segment]:
            return 0
        if offsets[segment] == 0:
            return (code + deltas[segment]) & 0xFFFF
        place = at + 14 + 2 * segments * 3 + 2 + 2 * segment + offsets[segment] + 2 * (code - starts[segment])
        return (struct.unpack(">H", font[place : place + 2])[0] + deltas[segment]) & 0xFFFF

    return number


def codes(letter: str, encoding: Encoding, capitals: bool) -> list[tuple[str, str]]:
    """(what is drawn, what the file says) for one letter: a mark of VNI is a code of its own that draws nothing here."""
    told = from_unicode(letter.lower() if capitals else letter, encoding)
    return [(letter, told[0]), *((" ", mark) for mark in told[1:])]


class EmbeddedFont:
    """Objects of a font whose shapes are those of a real typeface, under any name and with any meaning of its codes."""

    def __init__(self, name: str, first_object: int) -> None:
        self._name, self._first = name.encode(), first_object
        self._path = font_path("tinos")
        self._pairs: dict[tuple[str, str], int] = {}

    def written(self, pairs: Sequence[tuple[str, str]]) -> bytes:
        return b"<%s>" % "".join(f"{self._pairs.setdefault(pair, len(self._pairs) + 1):04x}" for pair in pairs).encode()

    def objects(self) -> list[bytes]:
        data, measure = self._path.read_bytes(), ImageFont.truetype(str(self._path), 1000)
        number = glyph_numbers(data)
        glyphs = b"\0\0" + b"".join(struct.pack(">H", number(drawn)) for drawn, _ in self._pairs)
        # A mark of VNI, drawn with its letter, takes no room.
        widths = [0 if drawn == " " != told else round(measure.getlength(drawn)) for drawn, told in self._pairs]
        meant = "\n".join(f"<{code:04x}> <{ord(told):04x}>" for (_, told), code in self._pairs.items())
        mapping = f"1 begincodespacerange <0000> <ffff> endcodespacerange {len(self._pairs)} beginbfchar {meant} endbfchar"
        head = b"/CIDInit /ProcSet findresource begin begincmap /CMapType 2 def "
        refs = tuple(self._first + step for step in range(1, 6))
        name = self._name
        return [
            b"<< /Type /Font /Subtype /Type0 /BaseFont /%s /Encoding /Identity-H"
            b" /DescendantFonts [%d 0 R] /ToUnicode %d 0 R >>" % (name, refs[0], refs[4]),
            b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /%s "
            b" /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
            b" /FontDescriptor %d 0 R /CIDToGIDMap %d 0 R /W [1 [%s]] >>"
            % (name, refs[1], refs[3], " ".join(map(str, widths)).encode()),
            b"<< /Type /FontDescriptor /FontName /%s /Flags 4 /FontBBox [-200 -300 1200 1000]"
            b" /ItalicAngle 0 /Ascent 900 /Descent -250"
            b" /CapHeight 700 /StemV 80 /FontFile2 %d 0 R >>" % (name, refs[2]),
            stream(data, b"/Length1 %d" % len(data)),
            stream(glyphs),
            stream(head + mapping.encode() + b" endcmap end"),
        ]


def plain_font(name: str) -> bytes:
    head = b"/Type /Font /Subtype /TrueType /BaseFont /%s /Encoding /WinAnsiEncoding" % name.encode()
    return b"<< %s /FirstChar 0 /LastChar 255 /Widths [%s] >>" % (head, b"520 " * 256)


@pytest.fixture
def write_layer(make_pdf) -> Callable[..., Path]:
    """Write a page of text.

    `encoding` says what the file holds, `font` what its font is called; `says` replaces the characters of the layer and leaves the
    picture; `mode` 3 hides the text; `embedded=False` leaves the shapes out; `picture` is drawn first; `more` follows the text.
    """

    def write(
        lines: Sequence[str] = LETTER,
        *,
        encoding: Encoding = Encoding.UNICODE,
        font: str = "Tinos",
        says: Callable[[str], str] = str,
        mode: int = 0,
        embedded: bool = True,
        picture: Image.Image | None = None,
        more: bytes = b"",
        page: bytes = b"",
        annotations: Sequence[bytes] = (),
        name: str = "van-ban.pdf",
    ) -> Path:
        shapes = EmbeddedFont(font, 5)
        parts = [b"q %g 0 0 %g 0 0 cm /I Do Q" % A4] if picture else []
        for at, text in enumerate(lines):
            if embedded:
                pairs = [pair for letter in says(text) for pair in codes(letter, encoding, "H" in font.partition(".Vn")[2])]
                shown = shapes.written(pairs)
            else:
                shown = b"<%s>" % from_unicode(says(text), encoding).encode("cp1252").hex().encode()
            parts.append(b"BT /F %g Tf %d Tr 1 0 0 1 %g %g Tm %s Tj ET" % (SIZE, mode, LEFT, TOP - STEP * at, shown))
        objects = shapes.objects() if embedded else [plain_font(font)]
        first = 5 + len(objects)
        objects.append(image_object(picture or Image.new("L", (8, 8), 255)))
        marks = b" ".join(b"%d 0 R" % (first + 1 + at) for at, body in enumerate(annotations) if b"/Annot" in body)
        resources = b"/Resources << /Font << /F 5 0 R >> /XObject << /I %d 0 R >> >> /Annots [%s] " % (first, marks)
        told = [body.replace(b"@NEXT", b"%d 0 R" % (first + 2 + at)) for at, body in enumerate(annotations)]
        return make_pdf(b"\n".join(parts) + more, *objects, *told, name=name, box=A4, page=resources + page)

    return write


def image_object(picture: Image.Image) -> bytes:
    data = BytesIO()
    picture.convert("L").save(data, "JPEG", quality=85)
    head = b"/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /DCTDecode"
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (head % picture.size, data.tell(), data.getvalue())


@pytest.fixture
def picture_of() -> Callable[..., Image.Image]:
    """A page as a scanner gives it: grey, 200 dpi."""

    def draw(path: Path, *, dpi: int = 200) -> Image.Image:
        return convert_from_path(path, dpi=dpi)[0].convert("L")

    return draw


@pytest.fixture(scope="session")
def reader() -> Reader:
    """Pages are rendered at 200 dpi: enough for large clean print, and quick."""
    return open_reader(OcrSettings(max_dpi=200), IntakeSettings())


@pytest.fixture
def letter() -> tuple[str, ...]:
    """The lines that `write_layer` prints when nothing else is said."""
    return LETTER
