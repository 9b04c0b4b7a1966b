"""Cơ quan ban hành and cơ quan chủ quản (NĐ 30/2020 PL I mục II.2; ô 2).

In: the lines of the left column above the number. Out: the issuing agency (the lowest name) and the one above it, as printed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from dossier.text import exact_key
from metadata.sheets.anchors import after_letters, is_capitals, key, letters, likeness, locate, starts_with
from metadata.sheets.header import Header
from metadata.sheets.layout import Segment, same_row
from metadata.sheets.spelling import WORDS, respell

AGENCY_HEADS: tuple[str, ...] = (
    "ỦY BAN NHÂN DÂN", "UBND", "HỘI ĐỒNG NHÂN DÂN", "HĐND", "ỦY BAN", "UBMTTQ", "SỞ", "BỘ", "PHÒNG", "VĂN PHÒNG", "TỔNG CỤC",
    "CỤC", "CHI CỤC", "VỤ", "BAN", "HỘI", "LIÊN MINH", "LIÊN HIỆP", "LIÊN ĐOÀN", "ĐẠI HỌC", "TRƯỜNG", "HỌC VIỆN", "VIỆN",
    "KHOA", "TRUNG TÂM", "TỔNG CÔNG TY", "CÔNG TY", "XÍ NGHIỆP", "NHÀ MÁY", "NÔNG TRƯỜNG", "LÂM TRƯỜNG", "HỢP TÁC XÃ",
    "NGÂN HÀNG", "KHO BẠC", "BẢO HIỂM", "TÒA ÁN", "VIỆN KIỂM SÁT", "CÔNG AN", "THANH TRA", "BỆNH VIỆN", "TRẠM Y TẾ", "ĐÀI",
    "BÁO", "NHÀ XUẤT BẢN", "ĐẢNG BỘ", "ĐẢNG ỦY", "TỈNH ỦY", "THÀNH ỦY", "HUYỆN ỦY", "QUẬN ỦY", "THỊ ỦY", "CHI BỘ", "ĐOÀN",
    "TỈNH ĐOÀN", "CHÍNH PHỦ", "THỦ TƯỚNG CHÍNH PHỦ", "QUỐC HỘI", "CHỦ TỊCH NƯỚC", "MẶT TRẬN", "KIỂM TOÁN", "QUỸ", "HẠT",
    "ĐỘI", "BỘ CHỈ HUY", "QUÂN KHU", "TƯ LỆNH", "BAN CHẤP HÀNH", "CHI NHÁNH", "TỔ", "LIÊN BỘ", "PHỦ THỦ TƯỚNG",
    "HỘI ĐỒNG BỘ TRƯỞNG", "HỘI ĐỒNG CHÍNH PHỦ", "TÒA SOẠN", "TẬP ĐOÀN", "CẢNG", "NHÀ", "THƯ VIỆN", "BẢO TÀNG",
)  # fmt: skip
"""Words with which the name of an agency begins; a line that begins otherwise goes on with the line above it."""

_NUMBERED = re.compile(r"^[\W_]*[s8][o06]\s?[:;.]")
_GOES_ON = re.compile(r"^(va|thuoc|cua|cac)\b|^[-–(]")
_UNIT = re.compile(r"^(?:tinh|thanh pho|huyen|quan|thi xa|thi tran|xa|phuong)\s(?!uy\b|doan\b|doi\b)")
"""A line that names only a unit ends the name above it: "TỈNH …" issues nothing, TỈNH ỦY and TỈNH ĐOÀN do."""
_UNFINISHED = re.compile(r"(\bva|\bcua|\bcac|[,\-–])$")
_HEAD_SPELLINGS = {key(head): head for head in ("PHÒNG", "SỞ", "BỘ", "CỤC", "VIỆN", "TRƯỜNG", "TỔNG", "VỤ", "TÒA", "ĐÀI", "HỘI")}
_SHORT_COMMITTEE = re.compile(r"^[ỦUƯ]?[BE8]?N?[DĐ]?\s(?=(?:TỈNH|HUYỆN|QUẬN|THÀNH PHỐ|THỊ XÃ|XÃ|PHƯỜNG)\s)")
"""UBND that lost letters before the unit it governs."""
_UNITS = ("TỈNH", "THÀNH PHỐ", "HUYỆN", "QUẬN", "THỊ XÃ", "THỊ TRẤN", "XÃ", "PHƯỜNG")
_BODY_OF_NOTATION = {"UBND": "ỦY BAN NHÂN DÂN", "UB": "ỦY BAN NHÂN DÂN", "HĐND": "HỘI ĐỒNG NHÂN DÂN"}
_LISTED_AGENCIES = tuple(phrase for phrase in WORDS if phrase.startswith(("SỞ ", "BỘ ", "PHÒNG ", "THANH TRA ")))
_PEOPLES_BODIES = ("ỦY BAN NHÂN DÂN", "HỘI ĐỒNG NHÂN DÂN")
_BARE_HEADS = frozenset({"vanphong", "truong", "banquanly", "trungtam", "bandieuhanh", "hoidong", "bantochuc", "banchaphanh"})
_UNIT_HEADS = frozenset({"TỈNH ỦY", "THÀNH ỦY", "HUYỆN ỦY", "QUẬN ỦY", "THỊ ỦY", "TỈNH ĐOÀN"})
"""Heads that a mere unit is much alike ("TỈNH HOÀNG GIANG", the second line of a name)."""
_NEARLY = 75
_SHORT_HEADS = {head for head in AGENCY_HEADS if " " not in head}


@dataclass(frozen=True, slots=True)
class AgencyName:
    """One agency of the head.

    Attributes:
        name: on one line. segments: what prints it. read: the name before it was put right.
        inferred: a part of it is not legible and comes from the ký hiệu.
    """

    name: str
    segments: tuple[Segment, ...]
    read: str = ""
    inferred: bool = False


def agencies(header: Header, *, above: float | None) -> tuple[AgencyName, ...]:
    """The agencies of a head from the highest to the issuing one.

    Args:
        header: the recognised head.
        above: height (pixels) of the number line; without one the block ends 8 lines under the top.
    """
    line = header.sheet.line_height
    top = header.top - 2.5 * line if header.top else 0.0
    bottom = above - 0.6 * line if above is not None else header.top + 8 * line
    block = [s for s in header.left_column() if top <= s.middle < bottom and _is_name_line(s)]
    groups: list[list[Segment]] = []
    for segment in _joined_rows(block):
        if groups and not _begins_agency(segment, groups[-1]):
            groups[-1].append(segment)
        else:
            groups.append([segment])
    named = [AgencyName(_spelt(read), tuple(group), read) for group in groups if (read := " ".join(_clean(s.text) for s in group))]
    return tuple(name for name in named if len(letters(name.name)) >= 4)


def _spelt(name: str) -> str:
    """Words apart again, listed phrases and the head word in their spelling ("PHONG" is PHÒNG only at the beginning)."""
    name = _SHORT_COMMITTEE.sub("UBND ", name)
    for body in _PEOPLES_BODIES:
        count = len(letters(body))
        if letters(name)[:count] == letters(body) and key(name[: len(body)]) != key(body):
            name = f"{body} {name[after_letters(name, count) :].strip(' .,-')}".strip()
    name = re.sub(r"(?<=\w{3})[.](?=\w)", " ", name)
    first, _, rest = respell(name).partition(" ")
    head = _HEAD_SPELLINGS.get(key(first), first)
    return f"{first if exact_key(first) == exact_key(head) else head} {rest}".strip()


def _is_name_line(segment: Segment) -> bool:
    """Agency names are capitals (mục II.2); quốc hiệu over the left column and a number that was not understood are no names."""
    clean = _clean(segment.text)
    if _NUMBERED.match(segment.key) or sum(letter.isdigit() for letter in clean) > 2:
        return False
    is_state = locate(clean, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM") is not None
    return len(letters(clean)) >= 3 and is_capitals(clean, least=0.75) and not is_state


def _joined_rows(block: Sequence[Segment]) -> list[Segment]:
    """Drop fragments that share a row with a longer one."""
    kept: list[Segment] = []
    for segment in block:
        if kept and same_row(kept[-1], segment):
            kept[-1] = max(kept[-1], segment, key=lambda s: len(letters(s.text)))
        else:
            kept.append(segment)
    return kept


def _begins_agency(segment: Segment, group: Sequence[Segment]) -> bool:
    text, before = _clean(segment.text), _clean(group[-1].text)
    if _GOES_ON.search(segment.key.strip()) or _UNFINISHED.search(key(before)) or _UNIT.match(key(text)):
        return False
    # A bare "VĂN PHÒNG" goes on with the body it serves; councils and committees stand under no office.
    if letters(before) in _BARE_HEADS and not starts_with(text, "SỞ", least=100):
        return False
    # "ỦY BAN NHÂN DÂN" and "TRƯỜNG" alone are unfinished: their second line may begin with anything.
    if likeness(before, "ỦY BAN NHÂN DÂN") >= 88 or likeness(before, "HỘI ĐỒNG NHÂN DÂN") >= 88:
        return starts_with(text, "SỞ", least=100) and not starts_with(text, "SƠN", least=100)
    return _has_head(text)


def completed(name: str, notation: str | None) -> str:
    """Name what a seal or a fold took from an agency, where the ký hiệu tells it (PL I mục II.3)."""
    initials = re.split(r"[-/ .]", notation)[-1] if notation else ""
    if body := _BODY_OF_NOTATION.get(initials):
        return f"{body} {name}" if name.startswith(tuple(f"{unit} " for unit in _UNITS)) else name
    if notation is None or name in _LISTED_AGENCIES:
        return name
    for listed in _LISTED_AGENCIES:
        short = "".join(word[0] for word in listed.split() if word != "VÀ")
        if short in re.split(r"[-/ .]", notation) and likeness(name, listed) >= _NEARLY:
            return listed
    return name


def begins_as_agency(text: str) -> bool:
    """Whether a text begins with the head word of an agency's name."""
    return bool(text.split()) and _has_head(text)


def _has_head(text: str) -> bool:
    if any(letters(text) == letters(listed) or _lost_one_letter(text, listed) for listed in _LISTED_AGENCIES):
        return True
    words = text.split()
    for head in AGENCY_HEADS:
        if head in _SHORT_HEADS:
            if letters(words[0]) == letters(head):
                return True
        elif starts_with(text, head, least=100 if head in _UNIT_HEADS else 85):
            return True
    return False


def _lost_one_letter(text: str, listed: str) -> bool:
    shown, wanted = letters(text), letters(listed)
    return len(shown) == len(wanted) - 1 and wanted.startswith(shown[:3]) and Levenshtein.distance(shown, wanted) == 1


def _clean(text: str) -> str:
    """Strip specks and rules around a name, and lone letters that were a speck."""
    text = re.sub(r"[|_~`'‘’\u02c6^\"“”*«»<>=\\\[\]{}]+", " ", text)
    text = re.sub(r"^[\W\d]+|[\s.,;:\-–/]+$", "", text)
    return " ".join(text.split())
