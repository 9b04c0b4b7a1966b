"""Names of people in running text, kept whole ("Lương Khắc Diễn", "Y Blăk Niê").

In: text and its key. Out: `Spot`s of people: behind a form of address or a label of a form, or a family name with the usual second
word that no word for a street, school or place precedes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dossier.catalogues.surnames import COMMON_SURNAMES, SECOND_WORDS, SURNAMES, TWO_WORD_SURNAMES
from dossier.model import MentionKind
from dossier.text import exact_key, fold
from metadata.mentions.columns import Column, no_column
from metadata.mentions.spots import Spot
from metadata.sheets.anchors import LOWER, UPPER

_LETTERS = f"{UPPER}{LOWER}"
_SYLLABLE = rf"(?:[HK]['’]\s?)?[{UPPER}][{_LETTERS}]*(?:-[{UPPER}][{_LETTERS}]*)?"
_LEAD = r"(?:(?:Ông|Bà|Anh|Chị|Cháu|Em|Cụ|ÔNG|BÀ)[ :.]{1,2}){0,2}"
_RUN = re.compile(rf"(?<![\w'’.\-/]){_LEAD}(?P<name>{_SYLLABLE}(?: {_SYLLABLE}){{1,5}})(?![\w/])")
_ADDRESS = (
    r"\b(?:[Ôô]ng|[Bb]à|ÔNG|BÀ|(?<![Tt]iếng\s)[Aa]nh|[Cc]hị|[Cc]háu|[Ee]m|[Cc]ụ|[Đđ]ồng\schí|[Đđ]/[Cc]|[Ll]uật\ssư|[Bb]ác\ssĩ|[Bb]ị\s(?:cáo|can|đơn)"
    r"|[Nn]guyên\sđơn|[Cc]hủ\shộ|[Nn]gười\s(?:đại\sdiện|khai|nộp|nhận|ký|yêu\scầu|lập|làm\sđơn|được\scấp)|[Tt]ôi\s(?:tên\s)?là|[Tt]ên\slà"
    r"|[Đđ]ại\sdiện)(?:\s?(?:\([Bb]à\)|/\s?[Bb]à))?"
)
_LABEL = r"(?i:họ\s(?:và\s)?tên|họ,\schữ\sđệm,?\s(?:và\s)?tên)(?:\s[^\n:]{0,40})?"
_DEGREE = r"(?:(?:PGS|GS|TS|ThS|BS|KS|CN|LS|CKI{1,2})[.\s]{1,2}){0,3}"
_TITLES = re.compile(rf"(?:{_ADDRESS}|{_LABEL})\s?[:;.]?[\s.…_]{{0,30}}{_DEGREE}$")
_TITLE_REACH = 100
_PLACES = re.compile(
    r"\b(?:đường|phố|phường|xã|quận|huyện|tỉnh|thành\sphố|tp|thị\sxã|thị\strấn|thôn|ấp|khu|khu\svực|khu\sphố|trường|thpt|thcs|tiểu\shọc"
    r"|mầm\snon|mẫu\sgiáo|đại\shọc|học\sviện|bệnh\sviện|công\sty|tnhh|dntn|doanh\snghiệp|chợ|cầu|hồ|sông|công\sviên|quảng\strường|hãng"
    r"|giải\sthưởng|giải|quỹ|sân\sbay|cảng|đảo|làng|bảo\stàng|nhà\shát|hẻm|ngõ|đại\slộ|tư\stưởng|tập\sđoàn|ngân\shàng|bản|buôn"
    r"|công\strình|đoàn\stncs|cộng\ssản)[\s.:\"“]{1,3}$"
)
_HOUSE = re.compile(r"\d[a-z]?,?\s$")
_ADDRESS_AFTER = re.compile(r",\s(?:quan|phuong|xa|huyen|q\.|p\.|thanh\spho|tp)")
"""A street: "số 25 Lê Quý Đôn, Quận 3"."""

_NOT_PEOPLE = frozenset({
    "ha noi", "ha nam", "ha tinh", "ha giang", "ha dong", "ha long", "cao bang", "cao lanh", "thai nguyen", "thai binh", "lam dong",
    "lam ha", "ho chi", "ba ria", "mai son", "mai chau", "ly son", "ly nhan", "phan thiet", "phan rang", "trieu son", "trieu phong",
    "hoang mai", "hoang sa", "nong cong", "vu quang", "vu thu", "nong nghiep", "nong thon", "cao toc", "luong thuc", "cao dang",
    "to chuc", "vi tri", "luu tru", "dai dien", "viet nam",
})  # fmt: skip
"""Beginnings of names of places and things that look like a family name with a second word."""

_POSITIONS = re.compile(
    r"(?:giám\sđốc|chủ\stịch|trưởng\s|phó\s|bí\sthư|chánh\s(?:văn|án|thanh)|kế\stoán|chuyên\sviên|công\schức|đại\sdiện|(?:ủy|uỷ)\sviên|công\san"
    r"|cán\sbộ|viên\schức|giáo\sviên|hiệu\strưởng|thủ\strưởng|tổng\s(?:giám|biên)|sinh\s(?:năm|ngày)|ngày\ssinh|số\s|cmnd|cccd|địa\schỉ"
    r"|thường\strú|giới\stính|quê\squán|quốc\stịch|dân\stộc|chức\svụ|nam/nữ|nơi\s|thẩm\sphán|kiểm\ssát\sviên|thư\ský)",
    re.IGNORECASE,
)
_NAME_COLUMN = re.compile(r"\bho\s(?:va\s)?ten\b|\bchu\sho\b|\bnguoi\s(?:nhan|nop|dung\sten)\b")
_SURNAMES = frozenset(exact_key(name) for name in SURNAMES)
_COMMON = frozenset(exact_key(name) for name in COMMON_SURNAMES)
_DOUBLE = frozenset(fold(name) for name in TWO_WORD_SURNAMES)
_SECOND = frozenset(exact_key(name) for name in SECOND_WORDS)
_POSITION_FIRST = frozenset(
    [
        "giam",
        "truong",
        "pho",
        "chu",
        "bi",
        "chanh",
        "uy",
        "so",
        "phong",
        "ban",
        "bo",
        "thu",
        "tong",
        "vien",
        "cuc",
        "chi",
        "tinh",
        "hoi",
        "toa",
    ]
)


def people_in(text: str, key: str, column: Column = no_column) -> Iterator[Spot]:
    """Names in order of place; a cell below "Họ và tên" holds a name."""
    for matched in _RUN.finditer(text):
        start, end = matched.start("name"), _end_of_name(text, *matched.span("name"))
        words = text[start:end].split()
        if len(words) < 2:
            continue
        before = text[max(0, start - _TITLE_REACH) : start]
        titled = _TITLES.search(before[before.rfind("\n", 0, max(0, len(before) - 1)) + 1 :]) is not None
        titled = titled or (_is_cell(text, start, end) and _NAME_COLUMN.search(column(start)) is not None)
        sure = _titled(words) if titled else _untitled(text, key, start, end, words)
        if sure:
            yield Spot(MentionKind.PERSON, start, end, " ".join(words), "", sure, "label" if titled else "shape")


def _end_of_name(text: str, start: int, end: int) -> int:
    """Where the name ends in a run of capitalised words: before a position, and before small letters after a name in capitals."""
    words = text[start:end].split(" ")
    capitals = len(words[0]) > 1 and words[0].isupper()
    position = start
    for index, word in enumerate(words):
        if index and (_POSITIONS.match(text, position) or (capitals and not word.isupper()) or index > 4):
            return position - 1
        position += len(word) + 1
    return end


def _titled(words: list[str]) -> float:
    """Behind a form of address any two capitalised words are a name, a known family name makes it sure; positions are none."""
    first = exact_key(words[0])
    if first in _SURNAMES or fold(" ".join(words[:2])) in _DOUBLE:
        return 0.0 if fold(" ".join(words[:2])) in _NOT_PEOPLE else 0.97
    return 0.0 if fold(first) in _POSITION_FIRST or fold(" ".join(words[:2])) in _NOT_PEOPLE else 0.8


def _is_cell(text: str, start: int, end: int) -> bool:
    """Whether a name fills its line but for a number before it."""
    line = text[text.rfind("\n", 0, start) + 1 : start]
    return not line.strip(" 0123456789.-") and text[end : end + 1] in ("", "\n")


def _untitled(text: str, key: str, start: int, end: int, words: list[str]) -> float:
    """Without a word that says so: three words or more, a common family name first, the usual second word or a line of its own."""
    beginning = fold(" ".join(words[:2]))
    if len(words) < 3 or exact_key(words[0]) not in _COMMON or beginning in _NOT_PEOPLE:
        return 0.0
    if _PLACES.search(text[max(0, start - 24) : start].lower()) or (
        _ADDRESS_AFTER.match(key, end) and _HOUSE.search(key, max(0, start - 8), start)
    ):
        return 0.0
    alone = (start == 0 or text[start - 1] == "\n") and (end == len(text) or text[end] == "\n")
    if exact_key(words[1]) in _SECOND or beginning in _DOUBLE:
        return 0.92 if alone else 0.85
    return 0.75 if alone and len(words) < 5 else 0.0
