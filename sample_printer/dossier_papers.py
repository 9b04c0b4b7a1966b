"""Papers of a dossier that are no administrative documents: its cover, its list of papers, civil papers, contracts, minutes.

In: facts and randomness. Out: clean `PrintedPage`s like those of `sample_printer.layout`. Covers follow TCVN 9251:2012 in three
settings, lists of papers NĐ 30/2020 PL V.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from sample_printer.closing import LEFT_SIGN_CENTRE_MM, SIGN_CENTRE_MM
from sample_printer.flow import INDENT_MM, Flow, words_of
from sample_printer.head import MOTTO, STATE_NAME
from sample_printer.ruled_tables import CellSpec, TableSpec, print_ruled_table
from sample_printer.spec import DocumentSpec, Style
from sample_printer.stamps import scribble
from sample_printer.truth import PrintedPage
from sample_printer.writing import person, write_document


@dataclass(frozen=True, slots=True)
class CoverSpec:
    """Bìa hồ sơ: what stands on it; dates as they are printed are day/month/year."""

    organ: str
    title: str
    fonds: str
    catalogue: str
    box: str
    file_number: str
    maintenance: str
    start: date
    end: date
    leaves: int


@dataclass(frozen=True, slots=True)
class ListedSpec:
    """A row of the mục lục văn bản."""

    number: str
    day: date | None
    subject: str
    organ: str
    leaf: str


def print_cover(spec: CoverSpec, *, rng: random.Random, dpi: int = 200) -> list[PrintedPage]:
    """Print the cover of a dossier in one of three settings."""
    flow = _flow(rng, dpi, Style.DECREE30)
    rng.choice((_cover_of_2012, _cover_in_a_frame, _cover_with_labels))(flow, spec)
    return [flow.sheet.finish(1)]


def _cover_of_2012(flow: Flow, spec: CoverSpec) -> None:
    _centred(flow, spec.organ.upper(), 15, bold=True, at=30)
    _centred(flow, "HỒ SƠ", 34, bold=True, at=88)
    _centred(flow, spec.title, 16, at=104)
    _centred(flow, f"Từ ngày {_day(spec.start)} đến ngày {_day(spec.end)}", 14, at=flow.y + 12)
    _centred(flow, f"Gồm: {spec.leaves} tờ", 14, at=flow.y + 4)
    y = 225.0
    for label, value in (("Phông số", spec.fonds), ("Mục lục số", spec.catalogue), ("Hồ sơ số", spec.file_number)):
        _left(flow, f"{label}: {value}", 14, y, 32)
        y += 10
    _left(flow, "Thời hạn bảo quản", 14, 235, 130, bold=True)
    _left(flow, spec.maintenance, 14, 245, 138)
    _left(flow, f"Hộp số: {spec.box}", 14, y, 32)


def _cover_in_a_frame(flow: Flow, spec: CoverSpec) -> None:
    corners = ((12, 12), (198, 12), (198, 285), (12, 285), (12, 12))
    for start, end in pairwise(corners):
        flow.sheet.rule(start, end, width_mm=0.7)
    _left(flow, f"PHÔNG: {spec.fonds}", 13, 28, 22, bold=True)
    _left(flow, f"Mục lục số: {spec.catalogue}", 13, 37, 22)
    _left(flow, f"Cặp số: {spec.box}", 13, 46, 22)
    _centred(flow, "HỒ SƠ", 30, bold=True, at=92)
    _centred(flow, f"Số: {spec.file_number}", 15, at=104)
    _centred(flow, spec.title, 16, bold=True, at=118)
    _centred(flow, f"Từ ngày: {_day(spec.start)}   Đến ngày: {_day(spec.end)}", 14, at=230)
    _left(flow, f"Số tờ: {spec.leaves}", 14, 252, 25)
    _left(flow, f"THỜI HẠN BẢO QUẢN: {spec.maintenance}", 14, 262, 25)


def _cover_with_labels(flow: Flow, spec: CoverSpec) -> None:
    _centred(flow, spec.organ.upper(), 14, bold=True, at=28)
    _centred(flow, "BÌA HỒ SƠ", 26, bold=True, at=70)
    y = 95.0
    rows = (
        ("Tên phông", spec.fonds), ("Mục lục số", spec.catalogue), ("Hộp số", spec.box), ("Số, ký hiệu hồ sơ", spec.file_number),
        ("Tiêu đề hồ sơ", spec.title), ("Thời gian bắt đầu", _day(spec.start)), ("Thời gian kết thúc", _day(spec.end)),
        ("Tổng số tờ", str(spec.leaves)), ("Thời hạn bảo quản", spec.maintenance),
    )  # fmt: skip
    for label, value in rows:
        flow.y = y
        words = words_of(f"{label}:", flow.font("bold", 14)) + words_of(value, flow.font("regular", 14))
        flow.paragraph(words, left=30, right=190, align="left", points=14)
        y = flow.y + 5


def print_listing(rows: Sequence[ListedSpec], *, rng: random.Random, dpi: int = 200) -> list[PrintedPage]:
    """Print the list of papers of a dossier as a ruled table of seven columns."""
    flow = _flow(rng, dpi, Style.DECREE30)
    _centred(
        flow, rng.choice(("MỤC LỤC VĂN BẢN", "MỤC LỤC VĂN BẢN, TÀI LIỆU", "MỤC LỤC VĂN BẢN TRONG HỒ SƠ")), 15, bold=True, at=28
    )
    flow.y += 5
    heads = ("STT", "Số, ký hiệu", "Ngày tháng năm", "Tên loại và trích yếu nội dung", "Tác giả", "Tờ số", "Ghi chú")
    cells = [CellSpec(0, column, text, align="centre", bold=True) for column, text in enumerate(heads)]
    for number, row in enumerate(rows, start=1):
        day = row.day.strftime("%d/%m/%Y") if row.day else ""
        texts = (f"{number:02}", row.number, day, row.subject, row.organ, row.leaf, "")
        aligns = ("centre", "left", "centre", "left", "left", "centre", "left")
        cells += [CellSpec(number, column, text, align=aligns[column]) for column, text in enumerate(texts)]
    spec = TableSpec(rows=len(rows) + 1, columns=7, cells=tuple(cells), points=11, repeat_head=rng.random() < 0.5)
    print_ruled_table(flow, spec)
    return _pages(flow)


def print_minutes(rng: random.Random, *, dpi: int = 200, style: Style = Style.DECREE30) -> list[PrintedPage]:
    """Minutes without the name of the state: two signatures side by side."""
    title = rng.choice(("BIÊN BẢN", "BIÊN BẢN HỌP", "BIÊN BẢN LÀM VIỆC", "BIÊN BẢN BÀN GIAO TÀI LIỆU", "BIÊN BẢN KIỂM TRA"))
    opening = f"Hôm nay, vào hồi {rng.randint(7, 16)} giờ, tại trụ sở cơ quan, chúng tôi gồm có:"
    return _civil(rng, dpi, style, title, opening, ("THƯ KÝ", "CHỦ TRÌ"), state=False)


def print_contract(rng: random.Random, *, dpi: int = 200, style: Style = Style.DECREE30) -> list[PrintedPage]:
    """A contract, with or without the name of the state."""
    title = rng.choice(("HỢP ĐỒNG KINH TẾ", "HỢP ĐỒNG LAO ĐỘNG", "HỢP ĐỒNG MUA BÁN", "HỢP ĐỒNG THUÊ ĐẤT", "PHỤ LỤC HỢP ĐỒNG"))
    opening = "Hôm nay, tại trụ sở Bên A, hai bên cùng ký kết hợp đồng với các điều khoản sau đây:"
    return _civil(rng, dpi, style, title, opening, ("ĐẠI DIỆN BÊN A", "ĐẠI DIỆN BÊN B"), state=rng.random() < 0.6)


def print_application(rng: random.Random, *, dpi: int = 200, style: Style = Style.DECREE30) -> list[PrintedPage]:
    """An application of a citizen (đơn), mostly with the name of the state, always with whom it is for."""
    title = rng.choice(
        ("ĐƠN ĐỀ NGHỊ", "ĐƠN XIN XÁC NHẬN", "ĐƠN KHIẾU NẠI", "GIẤY CAM KẾT", "TỜ KHAI", "GIẤY ỦY QUYỀN", "BẢN TƯỜNG TRÌNH")
    )
    opening = f"Kính gửi: Ủy ban nhân dân xã. Tôi tên là: {person(rng)}, sinh năm {rng.randint(1940, 2000)}, trình bày như sau:"
    return _civil(rng, dpi, style, title, opening, ("", "NGƯỜI LÀM ĐƠN"), state=rng.random() < 0.75)


def _civil(
    rng: random.Random, dpi: int, style: Style, title: str, opening: str, signers: tuple[str, str], *, state: bool
) -> list[PrintedPage]:
    flow = _flow(rng, dpi, style)
    if state:
        _centred(flow, STATE_NAME, 13, bold=True, at=22)
        _centred(flow, MOTTO, 13.5, bold=True, at=flow.y)
        flow.y += 4
    _centred(flow, title, 14, bold=True, at=flow.y + 8)
    if rng.random() < 0.5:
        _centred(flow, f"(V/v {rng.choice(('bàn giao', 'giải quyết', 'xác nhận', 'rà soát'))} hồ sơ, tài liệu)", 13, at=flow.y)
    flow.y += 4
    _body(flow, (opening, *_paragraphs(rng, flow.spec)))
    _two_signatures(flow, signers)
    return _pages(flow)


def print_own_annex(parent: DocumentSpec, *, rng: random.Random, dpi: int = 200) -> list[PrintedPage]:
    """An annex that counts its pages anew and names its document."""
    flow = Flow(parent, dpi, rng)
    flow.new_sheet()
    day = parent.issued_date
    mark = f"(Ban hành kèm theo {parent.type_name} số {parent.code_number}/{parent.code_notation} ngày {day:%d/%m/%Y})"
    heading = rng.choice(("PHỤ LỤC", "Phụ lục I", "PHỤ LỤC 02", "DANH MỤC", "QUY CHẾ", "KẾ HOẠCH"))
    if heading.isupper() and not heading.startswith("PHỤ"):
        _centred(flow, " ".join(parent.organ_name.split()), 13, at=flow.y)
    _centred(flow, heading, 14, bold=True, at=flow.y + 4)
    _centred(flow, mark, 12, at=flow.y)
    flow.y += 4
    _body(flow, _paragraphs(rng, parent))
    return _pages(flow)


def _paragraphs(rng: random.Random, like: DocumentSpec) -> tuple[str, ...]:
    written = write_document(rng, type_name="Báo cáo", style=like.style, paragraphs=rng.randint(3, 16))
    return tuple(block for block in written.body if not block.startswith("|"))


def _body(flow: Flow, blocks: Sequence[str]) -> None:
    for block in blocks:
        flow.paragraph(words_of(block, flow.font()), left=flow.left, right=flow.right, indent=INDENT_MM, gap=2.1)


def _two_signatures(flow: Flow, signers: tuple[str, str]) -> None:
    flow.keep(50)
    top = flow.y + 10
    for label, centre in zip(signers, (LEFT_SIGN_CENTRE_MM, SIGN_CENTRE_MM), strict=True):
        if label:
            flow.sheet.print_line(label, font=flow.font("bold"), baseline=top, centre=centre)
            pen = scribble(dpi=flow.dpi, rng=flow.rng)
            flow.sheet.press(pen, left=centre - 20, top=top + 3)
            flow.sheet.print_line(person(flow.rng), font=flow.font("bold"), baseline=top + 34, centre=centre)


def _flow(rng: random.Random, dpi: int, style: Style) -> Flow:
    spec = replace(write_document(rng, style=style), body_pt=13.5)
    flow = Flow(spec, dpi, rng)
    flow.new_sheet()
    return flow


def _pages(flow: Flow) -> list[PrintedPage]:
    flow.number_at_foot()
    return [sheet.finish(number) for number, sheet in enumerate(flow.sheets, start=1)]


def _centred(flow: Flow, text: str, points: float, *, at: float, bold: bool = False) -> None:
    flow.y = at
    face = flow.font("bold" if bold else "regular", points)
    flow.paragraph(words_of(text, face), left=flow.left, right=flow.right, align="centre", points=points)


def _left(flow: Flow, text: str, points: float, baseline: float, left: float, *, bold: bool = False) -> None:
    flow.sheet.print_line(text, font=flow.font("bold" if bold else "regular", points), baseline=baseline, left=left)


def _day(day: date) -> str:
    return day.strftime("%d/%m/%Y")


CIVIL: tuple[Callable[..., list[PrintedPage]], ...] = (print_minutes, print_contract, print_application)
"""Papers that begin without the head of an administrative document."""
