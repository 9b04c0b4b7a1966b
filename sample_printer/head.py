"""The head of a document: agencies, state name, number, place and date, type, subject, addressees.

In: a flow with an empty first sheet. Out: the same flow, the head printed where the cell diagram of NĐ 30/2020
(Phụ lục I, phần I, mục IV) puts it: ô 1, 2, 3, 4, 5a or 5b, 9a, 10a, 10b.
"""

from PIL import ImageFont

from sample_printer.flow import Flow, words_of, wrap
from sample_printer.fonts import font
from sample_printer.heads import HEADS, joined_number, number_text
from sample_printer.sheet import BLUE_INK
from sample_printer.spec import DocumentSpec, Head, Style
from sample_printer.stamps import arrival_stamp, arrival_words, boxed_mark

STATE_NAME = HEADS[Head.STATE].name
MOTTO = HEADS[Head.STATE].motto
LEFT_CENTRE_MM, RIGHT_CENTRE_MM = 60.0, 144.0
SECRECY_MARKS = {"Mật": "MẬT", "Tối mật": "TỐI MẬT", "Tuyệt mật": "TUYỆT MẬT"}
PRIORITY_MARKS = {"Khẩn": "KHẨN", "Thượng khẩn": "THƯỢNG KHẨN", "Hỏa tốc": "HỎA TỐC"}


def print_head(flow: Flow) -> None:
    """Print everything above the body on the first sheet."""
    top = flow.y
    left_end = _agencies(flow, top)
    left_end = _number(flow, left_end)
    right_end = _state(flow, top)
    if flow.spec.dated:
        right_end = _place_and_date(flow, max(right_end, left_end - flow.leading()))
    if flow.spec.is_letter:
        left_end = _letter_subject(flow, left_end)
    flow.y = max(left_end, right_end) + 4
    stamps_end = _marks(flow, left_end + 2)
    if not flow.spec.is_letter:
        _title(flow)
    if flow.spec.addressees:
        _addressees(flow)
    flow.y = max(flow.y, stamps_end) + 2


def _lines_centred(
    flow: Flow, lines: list[str], *, centre: float, top: float, face: ImageFont.FreeTypeFont, points: float
) -> float:
    """Print lines centred about `centre` from `top`; return where they end."""
    for text in lines:
        top += flow.leading(points)
        flow.sheet.print_line(text, font=face, baseline=top - 0.25 * flow.leading(points), centre=centre)
    return top


def _agencies(flow: Flow, top: float) -> float:
    spec = flow.spec
    face = flow.font("regular", 12.5)
    if spec.parent_organ_name:
        top = _lines_centred(flow, spec.parent_organ_name.split("\n"), centre=LEFT_CENTRE_MM, top=top, face=face, points=12)
    bold = flow.font("bold", 12.5)
    names = " - ".join((spec.organ_name, *spec.co_issuers)) if spec.dashed else "\n".join((spec.organ_name, *spec.co_issuers))
    lines = [" ".join(word for word, _ in row) for name in names.split("\n") for row in _rows(flow, name, bold)]
    top = _lines_centred(flow, lines, centre=LEFT_CENTRE_MM, top=top, face=bold, points=12)
    if stars := HEADS[spec.head].stars:
        flow.sheet.print_line(stars, font=bold, baseline=top + 0.6 * flow.leading(12), centre=LEFT_CENTRE_MM, truth=False)
        return top + flow.leading(12)
    return _rule_under(flow, centre=LEFT_CENTRE_MM, y=top, half_width=11)


def _rows(flow: Flow, name: str, face: ImageFont.FreeTypeFont) -> list[list[tuple[str, ImageFont.FreeTypeFont]]]:
    """Break the names of a joint document over lines; other names are broken by hand."""
    words = words_of(name, face)
    return wrap(words, width=76, indent=0, dpi=flow.dpi) if flow.spec.co_issuers else [words]


def _rule_under(flow: Flow, *, centre: float, y: float, half_width: float) -> float:
    """Draw the short rule under a heading; a typewriter strikes hyphens. Rules are no text."""
    if flow.typed:
        y += 0.6 * flow.leading()
        flow.sheet.print_line("-" * max(5, round(half_width)), font=flow.font(), baseline=y, centre=centre, truth=False)
    else:
        flow.sheet.rule((centre - half_width, y + 0.6), (centre + half_width, y + 0.6))
    return y + 1.5


def _number(flow: Flow, top: float) -> float:
    """Print the number line (ô 3); a number filled in by hand is in blue ink and wobbles a little."""
    spec = flow.spec
    if not spec.code_number:
        return top
    face = flow.font("regular", 13)
    baseline = top + 0.8 * flow.leading(13)
    if not spec.number_by_hand:
        flow.sheet.print_line(number_text(spec), font=face, baseline=baseline, centre=LEFT_CENTRE_MM)
        return top + flow.leading(13)
    pieces = [("Số:", False), (spec.code_number, True), (f"/{spec.code_notation}", False)]
    text = f"Số: {spec.code_number}/{spec.code_notation}"
    _filled_in(flow, pieces, text, face=face, centre=LEFT_CENTRE_MM, baseline=baseline)
    return top + flow.leading(13)


def _filled_in(
    flow: Flow, pieces: list[tuple[str, bool]], text: str, *, face: ImageFont.FreeTypeFont, centre: float, baseline: float
) -> None:
    """Print pieces side by side; those marked were left out by the press and written by pen, a little off the line."""
    pen = font(flow.spec.pen, points=17, dpi=flow.dpi)
    widths = [flow.sheet.millimetres((pen if by_hand else face).getlength(words)) for words, by_hand in pieces]
    x = centre - (sum(widths) + 1.5 * (len(pieces) - 1)) / 2
    boxes = []
    for (words, by_hand), width in zip(pieces, widths, strict=True):
        if by_hand:
            lifted = baseline - flow.rng.uniform(-0.3, 0.8)
            flow.sheet.print_words([(words, x, pen)], baseline=lifted, ink=BLUE_INK, truth=False)
        else:
            boxes.append(flow.sheet.print_words([(words, x, face)], baseline=baseline, truth=False))
        x += width + 1.5
    flow.sheet.note(text, [boxes[0], boxes[-1]])


def _state(flow: Flow, top: float) -> float:
    """Print the state name and motto (ô 1); a party has no motto."""
    words = HEADS[flow.spec.head]
    top += flow.leading(12)
    name_face = flow.font("bold", 12.5)
    flow.sheet.print_line(words.name, font=name_face, baseline=top - 0.25 * flow.leading(12), centre=RIGHT_CENTRE_MM)
    if not words.motto:
        half = flow.sheet.millimetres(name_face.getlength(words.name)) / 2
        return _rule_under(flow, centre=RIGHT_CENTRE_MM, y=top, half_width=half)
    top += flow.leading(13)
    motto_face = flow.font("bold", 13.5)
    flow.sheet.print_line(words.motto, font=motto_face, baseline=top - 0.25 * flow.leading(13), centre=RIGHT_CENTRE_MM)
    half = flow.sheet.millimetres(motto_face.getlength(words.motto)) / 2
    return _rule_under(flow, centre=RIGHT_CENTRE_MM, y=top, half_width=half / (2 if flow.typed else 1))


def _place_and_date(flow: Flow, top: float) -> float:
    """Print place and date (ô 4); month 1 and 2 and days below 10 take a leading zero (mục II.4.b)."""
    day = flow.spec.issued_date
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    text = f"{flow.spec.issued_place}, ngày {day.day:02} tháng {month} năm {day.year}"
    face = flow.font("italic", 13.5)
    baseline = top + 0.8 * flow.leading(13)
    if flow.spec.date_by_hand:
        place = f"{flow.spec.issued_place}, ngày"
        pieces = [(place, False), (f"{day.day:02}", True), ("tháng", False), (month, True), (f"năm {day.year}", False)]
        _filled_in(flow, pieces, text, face=face, centre=RIGHT_CENTRE_MM, baseline=baseline)
    else:
        flow.sheet.print_line(text, font=face, baseline=baseline, centre=RIGHT_CENTRE_MM)
    return top + flow.leading(13)


def _letter_subject(flow: Flow, top: float) -> float:
    """Print the subject of an official letter under its number (ô 5b)."""
    face = flow.font("regular", 12)
    lines = wrap(words_of(flow.spec.subject, face), width=58, indent=0, dpi=flow.dpi)
    texts = [" ".join(word for word, _ in line) for line in lines]
    return _lines_centred(flow, texts, centre=LEFT_CENTRE_MM, top=top + 2, face=face, points=11.5)


def _title(flow: Flow) -> None:
    """Print type and subject in the middle of the page (ô 5a)."""
    spec = flow.spec
    middle = (flow.left + flow.right) / 2
    flow.y += 4
    kind = " ".join(spec.type_name.upper()) if flow.typed and len(spec.type_name) < 12 else spec.type_name.upper()
    face = flow.font("bold", 14)
    box_top = flow.y + flow.leading(14)
    box = flow.sheet.print_line(
        kind, font=face, baseline=box_top - 0.25 * flow.leading(14), centre=middle, truth=kind == spec.type_name.upper()
    )
    if kind != spec.type_name.upper():
        flow.sheet.note(spec.type_name.upper(), [box])
    flow.y = box_top
    words = words_of(spec.subject, flow.font("bold", 13.5))
    flow.paragraph(words, left=middle - 52, right=middle + 52, align="centre")
    flow.y = _rule_under(flow, centre=middle, y=flow.y, half_width=16) + 3


def _addressees(flow: Flow) -> None:
    """Print whom the document addresses (ô 9a): one on the line, several as a list."""
    names = flow.spec.addressees
    face = flow.font()
    flow.y += 3
    if len(names) == 1:
        words = words_of(f"Kính gửi: {names[0]}.", face)
        flow.paragraph(words, left=flow.left + 38, right=flow.right, align="left", gap=4)
        return
    flow.paragraph(words_of("Kính gửi:", face), left=flow.left + 40, right=flow.right, align="left")
    for number, name in enumerate(names):
        end = "." if number == len(names) - 1 else ";"
        flow.paragraph(words_of(f"- {name}{end}", face), left=flow.left + 54, right=flow.right, align="left")
    flow.y += 4


def _marks(flow: Flow, top: float) -> float:
    """Press the marks of secrecy (10a), urgency (10b) and arrival below the number; return where they end."""
    spec: DocumentSpec = flow.spec
    sheet = flow.sheet
    marks = [SECRECY_MARKS.get(spec.secrecy or ""), PRIORITY_MARKS.get(spec.priority or "")]
    for mark in marks:
        if mark:
            stamp = boxed_mark(mark, dpi=flow.dpi, rng=flow.rng)
            left = LEFT_CENTRE_MM - 18 - sheet.millimetres(stamp.width) / 2
            sheet.press(stamp, left=left, top=top)
            sheet.optional.append(mark)
            sheet.note_pressed(mark, left=left + 4, baseline=top + 7.4, high=4.0, red=True)
            top += sheet.millimetres(stamp.height) + 1
    if spec.arrival:
        stamp, words = arrival_stamp(spec.arrival, dpi=flow.dpi, rng=flow.rng)
        sheet.press(stamp, left=23, top=top)
        sheet.optional.extend(words)
        for text, left, baseline, high in arrival_words(spec.arrival, dpi=flow.dpi):
            sheet.note_pressed(text, left=23 + left, baseline=top + baseline, high=high)
        top += sheet.millimetres(stamp.height)
    return top


def print_annex_mark(flow: Flow) -> None:
    """Print the line that ties an annex to its document ("Kèm theo …")."""
    spec = flow.spec
    day = spec.issued_date
    text = f"(Kèm theo {spec.type_name} số {joined_number(spec)} ngày {day.day:02}/{day.month:02}/{day.year})"
    face = flow.font("regular" if spec.style is Style.TYPEWRITER else "italic")
    flow.paragraph(words_of(text, face), left=flow.left, right=flow.right, align="centre", gap=4)
