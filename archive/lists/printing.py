"""A list for print: PDF, A4 lying on its side, the table's head on every page, pages numbered at the top (NĐ 30/2020 PL I).

In: a `PrintedList`. Out: a .pdf file with embedded fonts, so that every machine shows the same letters.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from xml.sax.saxutils import escape

from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, LongTable, Paragraph, SimpleDocTemplate, Spacer, TableStyle

from archive.lists.forms import PrintedList
from dossier.errors import MissingTool

_FOLDERS = tuple(Path(name) for name in ("/usr/share/fonts", "/usr/local/share/fonts", "/Library/Fonts", "C:/Windows/Fonts"))
_FAMILIES = (
    ("Tinos-Regular.ttf", "Tinos-Bold.ttf", "Tinos-Italic.ttf"),
    ("LiberationSerif-Regular.ttf", "LiberationSerif-Bold.ttf", "LiberationSerif-Italic.ttf"),
    ("times.ttf", "timesbd.ttf", "timesi.ttf"),
    ("DejaVuSerif.ttf", "DejaVuSerif-Bold.ttf", "DejaVuSerif-Italic.ttf"),
)
"""Faces cut like Times New Roman, which the decree asks for, then the nearest one that every desktop has."""
_LETTERS = "ĂăÂâĐđÊêÔôƠơƯưẰằẮắẲẳẴẵẶặẦầẤấẨẩẪẫẬậỀềẾếỂểỄễỆệỒồỐốỔổỖỗỘộỜờỚớỞởỠỡỢợỪừỨứỬửỮữỰựỲỳỶỷỸỹỴỵ"
_MARGIN = 15 * mm
_BODY_PT = 11


def print_pdf(made: PrintedList, path: Path) -> None:
    """Write a list as PDF.

    Raises:
        MissingTool: when no font with all Vietnamese letters is installed.
    """
    regular, bold, italic = _fonts()
    plain = ParagraphStyle("plain", fontName=regular, fontSize=_BODY_PT, leading=1.25 * _BODY_PT, splitLongWords=True)
    middle = ParagraphStyle("middle", parent=plain, alignment=TA_CENTER)
    strong = ParagraphStyle("strong", parent=plain, fontName=bold)
    title = ParagraphStyle("title", parent=middle, fontName=bold, fontSize=14, leading=20, spaceBefore=6, spaceAfter=8)
    heading = ParagraphStyle("heading", parent=middle, fontName=bold)
    ordinal = ParagraphStyle("ordinal", parent=middle, fontName=italic)
    page = landscape(A4)
    width = page[0] - 2 * _MARGIN
    cells = [
        [Paragraph(escape(column.title), heading) for column in made.columns],
        [Paragraph(f"({number})", ordinal) for number in range(1, len(made.columns) + 1)],
        *(
            [Paragraph(escape(text), middle if column.centred else plain) for column, text in zip(made.columns, row, strict=True)]
            for row in made.rows
        ),
    ]
    table = LongTable(cells, colWidths=[column.width * width for column in made.columns], repeatRows=2, splitInRow=1)
    table.setStyle(
        TableStyle(
            [("FONTNAME", (0, 0), (-1, -1), regular), ("GRID", (0, 0), (-1, -1), 0.5, "black"), ("VALIGN", (0, 0), (-1, -1), "TOP")]
        )
    )
    closing = ParagraphStyle("closing", parent=middle, leftIndent=0.55 * width)
    flowables: list[Flowable] = [Paragraph(escape(line), strong) for line in made.head]
    flowables += [Paragraph(escape(made.title), title), table, Spacer(1, 4 * mm)]
    flowables += [Paragraph(escape(line), plain) for line in made.closing]
    flowables += [Spacer(1, 4 * mm), *(Paragraph(escape(line), closing) for line in made.signed[:-1]), Spacer(1, 18 * mm)]
    flowables += [Paragraph(escape(made.signed[-1]), closing)]
    document = SimpleDocTemplate(
        str(path),
        pagesize=page,
        leftMargin=_MARGIN,
        rightMargin=_MARGIN,
        topMargin=18 * mm,
        bottomMargin=_MARGIN,
        title=made.title,
        initialFontName=regular,  # or the file names a font that it does not embed
    )
    document.build(flowables, onLaterPages=_page_number)


def font_name() -> str:
    """Name of the typeface; raises as `print_pdf`."""
    return _fonts()[0].partition("-")[0]


def _page_number(canvas: Canvas, _: SimpleDocTemplate) -> None:
    """Arabic, in the middle of the top margin, not on the first page (PL I Phần I mục I)."""
    width, height = canvas._pagesize
    canvas.setFont(_fonts()[0], 13)
    canvas.drawCentredString(width / 2, height - 12 * mm, str(canvas.getPageNumber()))


@lru_cache(maxsize=1)
def _fonts() -> tuple[str, str, str]:
    found = {path.name: path for folder in _FOLDERS if folder.is_dir() for path in folder.rglob("*.ttf")}
    for family in _FAMILIES:
        if not all(name in found for name in family):
            continue
        faces = [TTFont(Path(name).stem, found[name]) for name in family]
        if all(ord(letter) in face.face.charToGlyph for face in faces for letter in _LETTERS):
            for face in faces:
                pdfmetrics.registerFont(face)
            regular, bold, italic = (face.fontName for face in faces)
            return regular, bold, italic
    raise MissingTool(tool="font", install="sudo apt-get install fonts-croscore")
