"""What follows a cited document's number or name: its date, who issued it, what it is about.

In: running text and the place behind the number. Out: date (ISO), agency and title as printed, and where they end.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from metadata.citations.written_dates import date_at
from metadata.sheets.running_text import RunningText

_LONGEST_TITLE, _LONGEST_ORGAN = 400, 130

_DATE_LEAD = re.compile(r"\s{0,2}[,(]?\s{0,2}(?:ky\s|ban\shanh\s)?(?=ng[a-z]y|\d|th[a-z]{1,2}g|n[a-z]m\s?\d)")
_ISSUER = re.compile(r"\)?,?\s{0,2}(?:cua|do)\s(?=\w)")
_KINDS = (
    r"(?:cac\s)?(?:nghi\sdinh|nghi\squyet|quyet\sdinh|thong\stu|thong\sbao|cong\svan|ke\shoach|chi\sthi|to\strinh|luat|bo\sluat|bao\scao"
    r"|phap\slenh)\b"
)
_MARKED_KINDS = (
    r"(?:[Cc]ác\s)?(?:[Nn]ghị\s(?:định|quyết)|[Qq]uyết\sđịnh|[Tt]hông\s(?:tư|báo)|[Cc]ông\svăn|[Kk]ế\shoạch|[Cc]hỉ\sthị|[Tt]ờ\strình|(?:[Bb]ộ\s)?[Ll]uật|"
    r"[Bb]áo\scáo|[Pp]háp\slệnh)\b"
)
_ISSUER_END = re.compile(
    rf"[;:()\n]|\.(?:\s|/|$)|,\s(?={_MARKED_KINDS})|\svà\s(?={_MARKED_KINDS})|,?\s(?:về|[Vv]/v|quy\sđịnh|hướng\sdẫn|ban\shành|phê\sduyệt|sửa\sđổi|"
    r"bổ\ssung|công\sbố|thông\squa|giao\s(?!thông)|thành\slập|công\snhận|chi\stiết|liên\squan|đã|được|là|có|thì|nhằm|kèm|tại|trên|để|cho|này|"
    r"như|theo|trong|hết|chịu|từ|bằng|vào|ngày|nếu|nơi|thay|thuộc|đối\svới|với|do|tiếp\stục|đang|phải|không|điều\schỉnh|áp\sdụng|gồm|mà|ủy\squyền|"
    r"uỷ\squyền|phân\scấp|bãi\sbỏ|cụ\sthể|và\s(?:các|những|chế|khoản|điểm|điều|quy|văn)|định)(?=\W|$)|,\s"
)
"""Where an agency's name can end ("của Chính phủ quy định …"); with marks, which tell "tư pháp" from "từ"."""

_FURTHER_AGENCY = re.compile(
    r"(?:Bộ|[ỦU][yỷ]\sban|Uỷ\sban|Chủ\snhiệm|Thể\sthao|Công\snghệ|Viện|Tòa|Toà|Tổng|Ngân\shàng|Hội|Ban|Trưởng|Thương\sbinh)\s"
)
"""What goes on behind a comma in the name of an agency or in the list of those of a joint document."""

_ABOUT = re.compile(r"\)?,?\s{0,2}(?:ve\sviec|ve|v/v|vv)[:\s]\s?")
_VERB = re.compile(
    r"\)?,?\s{0,2}(?=(?:quy\sdinh|huong\sdan|ban\shanh|phe\sduyet|sua\sdoi|bo\ssung|cong\sbo|thong\squa|chi\stiet|giao|thanh\slap|bai\sbo|uy\squyen|phan\scap)\b)"
)
_BASIS_TITLE_END = re.compile(rf"[;\n]|\.(?:\s|/|$)|,\s{_KINDS}\ss[o06]\b|\sva\s{_KINDS}\ss[o06]\b")
_CITED_TITLE_END = re.compile(
    rf"[;\n()“”]|\.(?:\s|/|$)|\svà\s(?:{_MARKED_KINDS}|(?:khoản|điểm|Điều)\s)|\s(?:đã|được|thì|này|kèm\stheo|và\scác|có\shiệu|hết\shiệu|còn\shiệu|quy\sđịnh\stại)\s"
    r"|,\s(?:các|cơ\squan|đơn\svị|đề\snghị|cụ\sthể|trong\sđó|theo|yêu\scầu|giao|nay|để|nhằm|đồng\sthời|trên|căn\scứ|tại|như|nếu|là|do|cho|[^a-zà-ỹđ])"
)


@dataclass(frozen=True, slots=True)
class Tail:
    """What stands behind a number; `evidence_end` is where date and agency end, `end` where the title does."""

    issued_date: str | None = None
    organ_name: str | None = None
    title: str | None = None
    evidence_end: int = 0
    end: int = 0


NO_TAIL = Tail()
"""Nothing follows."""


def issue_tail(running: RunningText, position: int, *, basis: bool) -> Tail:
    """Read date, agency and title from `position` on; in a căn cứ the title runs to the end of the clause."""
    date, organ = None, None
    end = position
    if (lead := _DATE_LEAD.match(running.key, end)) and (printed := date_at(running.key, lead.end())) and printed.real:
        date, end = printed.iso, printed.end
    if issuer := _ISSUER.match(running.key, end):
        last = _issuer_end(running, issuer.end())
        name = " ".join(running.text[issuer.end() : last].split()).strip(" ,-")
        if name[:1].isupper() or name.startswith("liên "):
            organ, end = name, last
    title, after = _title(running, end, basis=basis)
    return Tail(date, organ, title, end, after)


def _issuer_end(running: RunningText, begin: int) -> int:
    """Where an agency's name ends: at punctuation, at another document's name, at a small word that is no part of names."""
    limit = min(begin + _LONGEST_ORGAN, len(running.text))
    for stop in _ISSUER_END.finditer(running.text, begin, limit):
        if stop.group() != ", " or not _FURTHER_AGENCY.match(running.text, stop.end()):
            return stop.start()
    return limit


def _title(running: RunningText, position: int, *, basis: bool) -> tuple[str | None, int]:
    """The title and its end: after "về", or beginning with its verb; (None, position) when there is none."""
    begin = _ABOUT.match(running.key, position) or (_VERB.match(running.key, position) if basis else None)
    if begin is None:
        return None, position
    limit = begin.end() + _LONGEST_TITLE
    stop = (
        _BASIS_TITLE_END.search(running.key, begin.end(), limit)
        if basis
        else _CITED_TITLE_END.search(running.text, begin.end(), limit)
    )
    last = stop.start() if stop else min(limit, len(running.key))
    title = " ".join(running.text[begin.end() : last].split()).strip(" ,-./")
    return (title, last) if len(title) > 3 else (None, position)
