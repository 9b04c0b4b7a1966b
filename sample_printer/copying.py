"""What comes onto a paper after it was made: marks of digital signatures, the block of a copying agency, notes by pen.

In: a flow whose document is printed. Out: the same flow with them (NĐ 30/2020 PL I Phần II, PL III mẫu 3.1).
"""

from sample_printer.closing import SIGN_SPACE_MM, print_signature
from sample_printer.flow import TOP_MM, Flow
from sample_printer.fonts import font
from sample_printer.sheet import BLUE_INK, Sheet
from sample_printer.spec import CopyBlock, DigitalMark
from sample_printer.stamps import boxed_mark

LEFT_CENTRE_MM, RIGHT_CENTRE_MM = 60.0, 144.0
_BLOCK_MM = 62.0


def print_later_marks(flow: Flow) -> None:
    """Everything that was added to the paper, on its first and its last sheet."""
    spec, first = flow.spec, flow.sheets[0]
    for mark in spec.digital_marks:
        _digital_mark(first, mark, dpi=flow.dpi)
    if spec.copy_stamp:
        stamp = boxed_mark(spec.copy_stamp, dpi=flow.dpi, rng=flow.rng)
        left = first.width_mm - 25 - first.millimetres(stamp.width)
        first.press(stamp, left=left, top=TOP_MM - 17)
        first.optional.append(spec.copy_stamp)
        first.note_pressed(spec.copy_stamp, left=left + 4, baseline=TOP_MM - 9.6, high=4.0, red=True)
    pen = font("chorus", points=15, dpi=flow.dpi)
    for number, note in enumerate(spec.notes):
        baseline = 118 + 8.0 * number
        first.print_line(note, font=pen, baseline=baseline, left=4.0, ink=BLUE_INK, truth=False)
        first.optional.append(note)
        first.note_pressed(note, left=4.0, baseline=baseline, high=3.4)


def _digital_mark(sheet: Sheet, mark: DigitalMark, *, dpi: int) -> None:
    """Its lines in Times, 10 points, black, at the top (mục I.3): agencies on the right, persons on the left."""
    face = font("tinos", points=10, dpi=dpi)
    wide = max(sheet.millimetres(face.getlength(line)) for line in mark.lines)
    left = 8.0 if mark.on_left else sheet.width_mm - 6.0 - wide
    for number, line in enumerate(mark.lines):
        baseline = 6.0 + 4.2 * number
        sheet.print_line(line, font=face, baseline=baseline, left=left, truth=False)
        sheet.optional.append(line)
        sheet.note_pressed(line, left=left, baseline=baseline, high=2.4)


def print_copy_block(flow: Flow, block: CopyBlock) -> None:
    """The copying agency's head, the form of copy, its recipients and its signature, below everything else."""
    flow.keep(_BLOCK_MM + SIGN_SPACE_MM)
    flow.y += 8
    sheet, top = flow.sheet, flow.y
    sheet.rule((flow.left, top - 4), (flow.right, top - 4))
    bold, plain, italic = flow.font("bold", 12.5), flow.font("regular", 13), flow.font("italic", 13)
    for name in block.organ_name.split("\n"):
        top += flow.leading(12)
        sheet.print_line(name, font=bold, baseline=top, centre=LEFT_CENTRE_MM)
    top += 1.3 * flow.leading(13)
    sheet.print_line(f"Số: {block.code_number}/{block.code_notation}", font=plain, baseline=top, centre=LEFT_CENTRE_MM)
    month = f"{block.day.month:02}" if block.day.month < 3 else str(block.day.month)
    dated = f"{block.issued_place}, ngày {block.day.day:02} tháng {month} năm {block.day.year}"
    sheet.print_line(dated, font=italic, baseline=top, centre=RIGHT_CENTRE_MM)
    top += 1.6 * flow.leading(13)
    sheet.print_line(block.form.upper(), font=flow.font("bold", 14), baseline=top, centre=sheet.width_mm / 2)
    top += 2
    if block.to_places:
        low = top + flow.leading(12)
        sheet.print_line("Nơi nhận:", font=flow.font("bold-italic", 12), baseline=low, left=flow.left)
        for place in block.to_places:
            low += flow.leading(11)
            sheet.print_line(f"- {place};", font=flow.font("regular", 11), baseline=low, left=flow.left)
    flow.y = print_signature(flow, block.signature, centre=147.0, top=top)
