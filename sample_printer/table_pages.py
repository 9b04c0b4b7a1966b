"""Pages with ruled tables: annexes and reports, upright or landscape, over one sheet or more.

In: randomness and a resolution. Out: clean pages whose truth names every cell.
"""

import random

from sample_printer.flow import INDENT_MM, Flow, words_of
from sample_printer.head import print_head
from sample_printer.ruled_tables import print_ruled_table
from sample_printer.spec import Style
from sample_printer.table_writing import write_table
from sample_printer.truth import PrintedPage
from sample_printer.writing import write_document


def print_table_pages(rng: random.Random, *, dpi: int = 200) -> list[PrintedPage]:
    """Print a document around a ruled table; a long table runs over to more pages.

    Raises:
        FontMissing: a font is not installed.
    """
    typed = rng.random() < 0.12
    style = Style.TYPEWRITER if typed else rng.choice((Style.DECREE30, Style.CIRCULAR2011))
    spec = write_document(rng, type_name=rng.choice(("Báo cáo", "Kế hoạch", "Thông báo")), style=style, paragraphs=3)
    table, landscape = write_table(rng, typed=typed)
    flow = Flow(spec, dpi, rng)
    flow.new_sheet(landscape=landscape)
    paragraphs = [block for block in spec.body if not block.startswith("|")]
    if landscape or rng.random() < 0.4:
        _annex_title(flow)
    else:
        print_head(flow)
        _paragraph(flow, paragraphs[0])
    print_ruled_table(flow, table)
    if rng.random() < 0.5:
        _paragraph(flow, paragraphs[-1])
    flow.number_at_foot()
    return [sheet.finish(number) for number, sheet in enumerate(flow.sheets, start=1)]


def _annex_title(flow: Flow) -> None:
    """Print "Phụ lục" with the subject and the document it belongs to."""
    code = f"(Kèm theo Báo cáo số {flow.spec.code_number}/{flow.spec.code_notation})"
    for text, face in (("PHỤ LỤC", "bold"), (flow.spec.subject, "bold"), (code, "italic")):
        flow.paragraph(words_of(text, flow.font(face)), left=flow.left, right=flow.right, align="centre")
    flow.y += 2
    if flow.rng.random() < 0.3:
        unit = flow.font("italic", 11)
        flow.sheet.print_line("Đơn vị tính: đồng", font=unit, baseline=flow.y + flow.leading(11) * 0.8, right=flow.right)
        flow.y += flow.leading(11) * 1.3


def _paragraph(flow: Flow, text: str) -> None:
    flow.paragraph(words_of(text, flow.font()), left=flow.left, right=flow.right, indent=INDENT_MM, gap=2.5)
