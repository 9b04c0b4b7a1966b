"""What a single page shows of its place in a paper: head, title, page number, annex heading, closing, text cut off at either end.

In: a page. Out: its `Sight`; comparing neighbours is the business of `metadata.parting.boundaries`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from dossier.model import Page
from metadata.closings.recipients import recipients_heading
from metadata.heads.agency import agencies
from metadata.heads.date import date_line
from metadata.heads.number import number_line
from metadata.heads.stamps import own_print
from metadata.parting.cover import is_cover
from metadata.parting.listing import is_listing
from metadata.parting.paper_titles import has_title
from metadata.sheets.anchors import is_capitals
from metadata.sheets.header import header_of
from metadata.sheets.layout import Segment, Sheet, sheet_of

_ANNEX = re.compile(r"^\W*(phu luc(?! hop dong)|bieu so|danh sach|danh muc|bang tong hop|bang ke chi tiet)\b")
_KEPT_WITH = re.compile(
    r"^\W*(ban hanh )?kem theo (quyet dinh|cong van|thong bao|ke hoach|nghi quyet|to trinh|bao cao|thong tu|nghi dinh|van ban"
    r"|huong dan|chi thi|quy che|quy dinh|bien ban|giay moi|chuong trinh|phuong an|de an|hop dong)\b"
)
_FORM = re.compile(r"^\W*(mau so|mau \d|bieu mau)\b")
_TIED = re.compile(r"^\W*\((ban hanh )?kem theo\b")
_EMPTY_LABEL, _FILLED_LABEL = re.compile(r":\W*$|[.…_]{4,}\W*$"), re.compile(r":.*\w")
_WHOLE_HEAD = 5
"""With so many parts of a head only a line in brackets ties a page to another document."""
_PAGE_NUMBER = re.compile(r"^\W*(?:trang\s*)?(\d{1,3})(?:\s*/\s*\d{1,3})?\W*$")
_TOP, _BOTTOM = 0.075, 0.94
_ANNEX_ZONE = 0.3
_SIGNING = re.compile(
    r"^\W*(tm|kt|tl|tuq|q)\s?\.|^\W*(pho )?(chu tich|giam doc|truong|bi thu|chanh|hieu truong|bo truong|thu truong|cuc truong"
    r"|vu truong|dai dien|thu ky|chu tri|ke toan|ben [ab]\b"
    r"|nguoi (lam|viet|khai|de nghi|nhan|lap|giao|thue|cam ket|uy quyen))"
)
_ENDED = re.compile(r"[.;:!?]\W*$|/\W*$")


class PaperKind(StrEnum):
    """What a paper is: a document, the cover of a dossier (bìa hồ sơ), or its list of papers (mục lục văn bản)."""

    DOCUMENT = "document"
    COVER = "cover"
    LISTING = "listing"


@dataclass(frozen=True, slots=True)
class Sight:
    """What was seen on a page; a page without print shows nothing.

    Attributes:
        kind: whether it is the first page of a paper of a kind of its own.
        state, motto, numbered, dated, agency: parts of a head that it shows.
        title: a title in capitals in the middle of the upper part that names a kind of paper.
        number: the printed page number.
        annex: its top says that it belongs to another document.
        form: it is a printed form (mẫu số); `unfilled`: nothing is filled in.
        closes: it bears a signature block or "Nơi nhận", or its text ends with "./.".
        opens_inside: its first line goes on with a sentence or clause; `ends_inside`: its last line does not end one.
        fill: how far down the print reaches, as a share of the page's height.
        wide: it lies on its long side.
        columns: columns of the table at its top, 0 without one; `last_columns` those of the table at its foot.
    """

    printed: bool = False
    kind: PaperKind = PaperKind.DOCUMENT
    state: bool = False
    motto: bool = False
    numbered: bool = False
    dated: bool = False
    agency: bool = False
    title: bool = False
    number: int | None = None
    annex: bool = False
    form: bool = False
    unfilled: bool = False
    closes: bool = False
    opens_inside: bool = False
    ends_inside: bool = False
    fill: float = 0.0
    wide: bool = False
    columns: int = 0
    last_columns: int = 0

    @property
    def head(self) -> int:
        """How much of a head there is: the state's name counts 2, other parts 1."""
        return 2 * self.state + self.motto + self.numbered + self.dated + self.agency


def sight_of(page: Page) -> Sight:
    """Look at a page."""
    if page.blank or not page.lines:
        return Sight(wide=page.width > page.height)
    whole = sheet_of(page)
    sheet = own_print(whole)
    header = header_of(sheet)
    line, dated = number_line(header), date_line(header)
    anchored = header.state is not None or header.motto is not None
    agency = bool(agencies(header, above=line[0].middle if line else None)) if anchored else False
    number = _page_number(whole)
    body = [s for s in whole.segments if not (number and _PAGE_NUMBER.match(s.key))]
    seen = Sight(
        printed=bool(body),
        kind=_kind(sheet),
        state=header.state is not None,
        motto=header.motto is not None,
        numbered=line is not None,
        dated=dated is not None,
        agency=agency,
        title=has_title(sheet),
        number=number,
        form=_is_form(sheet),
        unfilled=_is_unfilled(sheet),
        closes=_closes(sheet),
        opens_inside=bool(body) and _goes_on(body[0]),
        ends_inside=bool(body) and not _ended(sheet, body),
        fill=max((sheet.high(s) for s in body), default=0.0),
        wide=page.width > page.height,
        columns=_columns(page, top=True),
        last_columns=_columns(page, top=False),
    )
    return replace(seen, annex=_is_annex(sheet, head=seen.head))


def _kind(sheet: Sheet) -> PaperKind:
    if is_cover(sheet):
        return PaperKind.COVER
    return PaperKind.LISTING if is_listing(sheet) else PaperKind.DOCUMENT


def is_annex(sheet: Sheet) -> bool:
    """Tell whether the top of a page says that it belongs to another document (PL I mục III.1: phụ lục, biểu mẫu, kèm theo)."""
    return _is_form(sheet) or _is_annex(sheet, head=0)


def _is_annex(sheet: Sheet, *, head: int) -> bool:
    """A form names the document that issued it ("Ban hành kèm theo Thông tư …"): that is no sign of an annex."""
    patterns: tuple[re.Pattern[str], ...] = (_TIED,) if head >= _WHOLE_HEAD else (_ANNEX, _KEPT_WITH, _TIED)
    if _is_form(sheet):
        patterns = (_ANNEX,)
    return any(pattern.search(s.key) for s in sheet.segments if sheet.high(s) < _ANNEX_ZONE for pattern in patterns)


def _is_form(sheet: Sheet) -> bool:
    return any(_FORM.search(s.key) for s in sheet.segments if sheet.high(s) < _ANNEX_ZONE)


def _is_unfilled(sheet: Sheet) -> bool:
    """Most labels have nothing behind them but dots, or there are none: a form as a regulation prints it."""
    empty = [s for s in sheet.segments if _EMPTY_LABEL.search(s.text)]
    filled = [s for s in sheet.segments if _FILLED_LABEL.search(s.text) and s not in empty]
    return len(empty) >= len(filled)


def _page_number(sheet: Sheet) -> int | None:
    """The printed page number: top centre (NĐ 30/2020 PL I mục I.7), bottom centre or bottom right (TT 01/2011)."""
    for segment in sheet.segments:
        high, across = sheet.high(segment), sheet.across(segment.centre)
        placed = (high < _TOP and abs(across - 0.5) < 0.1) or (high > _BOTTOM and across > 0.4)
        matched = _PAGE_NUMBER.match(segment.key) if placed else None
        if matched and int(matched[1]):
            return int(matched[1])
    return None


def _closes(sheet: Sheet) -> bool:
    if recipients_heading(sheet) is not None:
        return True
    if any(segment.key.rstrip(" '\"`_-|").endswith("./.") for segment in sheet.segments):
        return True
    return any(
        is_capitals(segment.text, least=0.8) and _SIGNING.match(segment.key) and sheet.high(segment) > 0.12
        for segment in _outside_tables(sheet)
    )


def _outside_tables(sheet: Sheet) -> list[Segment]:
    boxes = [table.box for table in sheet.page.tables]
    return [s for s in sheet.segments if not any(b.x0 <= s.centre <= b.x1 and b.y0 <= s.middle <= b.y1 for b in boxes)]


def _goes_on(first: Segment) -> bool:
    """Small letters or the middle of a clause begin the page."""
    text = first.text.lstrip("-–—•+*\"'“” ")
    return bool(text[:1].isalpha() and text[:1].islower() and len(text) > 3)


def _ended(sheet: Sheet, body: Sequence[Segment]) -> bool:
    """The last line ends a sentence, is short, or stands in a table."""
    last = body[-1]
    if any(table.box.y0 <= last.middle <= table.box.y1 for table in sheet.page.tables):
        return True
    return bool(_ENDED.search(last.text)) or last.box.x1 < sheet.left + 0.85 * (sheet.right - sheet.left)


def _columns(page: Page, *, top: bool) -> int:
    """Columns of the table with which the page begins or ends, 0 without one."""
    for table in page.tables if top else reversed(page.tables):
        if top and table.box.y0 < 0.15 * page.height:
            return table.columns
        if not top and table.box.y1 > 0.8 * page.height:
            return table.columns
    return 0
