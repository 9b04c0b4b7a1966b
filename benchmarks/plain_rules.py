"""The baseline for fields: regular expressions over the plain text of a page, as one writes them in an afternoon.

In: the text that `tesseract` prints. Out: fields under the regulation's names. It knows no places on the page, no notation
that must agree with a type, no misread letters.
"""

from __future__ import annotations

import datetime as dt
import re

_TYPES = (
    "NGHỊ QUYẾT", "QUYẾT ĐỊNH", "CHỈ THỊ", "THÔNG BÁO", "BÁO CÁO", "KẾ HOẠCH", "TỜ TRÌNH", "BIÊN BẢN", "GIẤY MỜI", "HƯỚNG DẪN",
    "CHƯƠNG TRÌNH", "CÔNG ĐIỆN", "NGHỊ ĐỊNH", "THÔNG TƯ", "HỢP ĐỒNG", "QUY CHẾ", "QUY ĐỊNH",
)  # fmt: skip
_NUMBER = re.compile(r"Số\s*:?\s*(\d{1,5}(?:/(?:19|20)\d\d)?)\s*[/-]\s*([A-ZĐ][\wĐđ&]*(?:[-/][\wĐđ&]+)*)")
_DATE = re.compile(r"(?:([^\n,]{2,40}),\s*)?ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})", re.IGNORECASE)
_TITLE = re.compile(rf"^\s*({'|'.join(_TYPES)})\b\s*$", re.MULTILINE)
_LETTER = re.compile(r"^\s*(V/v\s.+)$", re.MULTILINE)
_HEAD = re.compile(r"(?:ỦY BAN|UỶ BAN|HỘI ĐỒNG|UBND|SỞ|BỘ|PHÒNG|TRƯỜNG|CỤC|CHI CỤC)\b")
_RIGHT_COLUMN = re.compile(r"\s*(?:CỘNG H|Độc lập|VIỆT NAM DÂN|Số\b|\s{3,}).*$")
_POSITION = re.compile(
    r"^.*?\b((?:PHÓ )?(?:CHỦ TỊCH|GIÁM ĐỐC|TRƯỞNG PHÒNG|CHÁNH VĂN PHÒNG|HIỆU TRƯỞNG|BỘ TRƯỞNG|CỤC TRƯỞNG))\s*$", re.MULTILINE
)
_NAME = re.compile(r"(?:^|\s)((?:[A-ZÀ-ỸĐ][a-zà-ỹđ]+\s){1,3}[A-ZÀ-ỸĐ][a-zà-ỹđ]+)\s*$", re.MULTILINE)
_PLACES = re.compile(r"Nơi nhận\s*:?")
_ITEM = re.compile(r"^\s*-\s*(.+?)[;.]?(?:\s{3,}.*)?$")
_URGENT = re.compile(r"\b(HỎA TỐC|HOẢ TỐC|THƯỢNG KHẨN|KHẨN)\b")


def fields_of_text(pages: tuple[str, ...]) -> dict[str, object]:
    """Fields of a document from the text of its pages: the head on the first, the signature on the last that has one."""
    first, whole = (pages or ("",))[0], "\n".join(pages)
    found: dict[str, object] = {}
    if number := _NUMBER.search(first):
        found |= {"codeNumber": number[1], "codeNotation": number[2]}
    if date := _DATE.search(first):
        place = _NUMBER.sub("", date[1] or "").strip()
        found |= {"issuedPlace": place or None, "issuedDate": _iso(date)}
    if agencies := _agencies(first):
        found |= {"organName": agencies[-1], "parentOrganName": agencies[-2] if len(agencies) > 1 else None}
    if urgent := _URGENT.search(first[:1200]):
        found["priority"] = urgent[1].capitalize()
    return found | _title(first) | _closing(whole)


def _agencies(text: str) -> list[str]:
    """Lines of capitals above the number, without what stands on their right; a line that opens no agency goes on with one."""
    names: list[str] = []
    for line in text[: text.find("Số")].splitlines():
        left = _RIGHT_COLUMN.sub("", line).strip()
        if not left.isupper():
            continue
        if _HEAD.match(left):
            names.append(left)
        elif names:
            names[-1] = f"{names[-1]} {left}"
    return names


def _iso(date: re.Match[str]) -> str | None:
    try:
        return dt.date(int(date[4]), int(date[3]), int(date[2])).isoformat()
    except ValueError:
        return None


def _title(text: str) -> dict[str, object]:
    title = _TITLE.search(text)
    if title is None:
        letter = _LETTER.search(text)
        return {"typeName": "Công văn", "subject": letter[1]} if letter else {}
    lines: list[str] = []
    for line in text[title.end() :].lstrip("\n").splitlines():
        if not line.strip() or line.lstrip().startswith(("Căn cứ", "Kính gửi")):
            break
        lines.append(line.strip())
    return {"typeName": title[1].capitalize(), "subject": " ".join(lines)}


def _closing(text: str) -> dict[str, object]:
    places = _PLACES.search(text)
    if places is None:
        return {}
    rest = text[places.end() :]
    before = text[max(0, places.start() - 120) :]
    position, names = _POSITION.search(before), _NAME.findall(rest)
    items = [item[1].strip(" ;.") for line in rest.splitlines() if (item := _ITEM.match(line))]
    return {"signerPosition": position[1] if position else None, "signerName": names[-1] if names else None, "toPlaces": items}
