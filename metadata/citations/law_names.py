"""Names of laws in running text: they are mostly cited by name and year, without a number ("Luật Đất đai năm 2024").

In: running text and the place behind the word "Luật". Out: the name as printed and where it ends.
"""

from __future__ import annotations

import re

from metadata.sheets.running_text import RunningText

_LONGEST = 200

_DATED = re.compile(r"\s?[,(]?\s?(?=ng[a-z]y\s?\d|n[a-z]m\s?(?:19|20)\d\d|s[o06]\s\d|duoc\s(?:quoc\shoi|thong\squa))")
_CLAUSE_END = re.compile(r"[;\n]|\.(?:\s|/|$)")
_OTHER = re.compile(
    r"[,\s](?:và\s)?(?:các\s)?(?:Bộ\s[Ll]uật|Luật|Pháp\slệnh|[Nn]ghị\s(?:định|quyết)|Thông\stư|Quyết\sđịnh)\s(?!tố\stụng|có\sliên)"
)
_BASIS_STOP = re.compile(r"\s(?:va\s)?cac\s|[:()]|\sve\s|(?<!ban\shanh)\svan\sban\s|\squy\sdinh\s")
_STOP = re.compile(
    r",(?!\s(?:chống|hàng\sh|công\schức|chăm\ssóc|khen\sthưởng|nhập\scảnh|xuất\scảnh|quá\scảnh|cư\strú|sử\sdụng|tôn\sgiáo|vật\sliệu\snổ))|[:()“”\"]|\s-\s"
    r"|\s(?:quy\sđịnh|được|đã|có|thì|này|là|tại|theo|hiện\shành|của|để|phải|về|do|như|gồm|cho|trong|đến|tới|không(?!\s(?:dân|lưu|phận))|cần|khi|nếu|bằng|từ|vào"
    r"|sau|trước|nhằm|hoặc|thuộc|với|còn|mà|đối\svới|hết\shiệu)(?=\s)|\s(?:và\s)?(?:các|những|mọi|(?<!hành\s)văn\sbản)\s"
    r"|\svà\s(?:quy\sđịnh|hướng\sdẫn|thực\shiện|pháp\sluật|[Đđ]iều|[Kk]hoản|[Đđ]iểm|người|cơ\squan|theo|phù\shợp|được)\b"
)
"""Where a name ends in running text; with marks, which tell "tư pháp" from "từ"."""

_NO_NAME = re.compile(r"\s*(?:nay|tren|do|nao|khac|su|gia|va|cua|phap|[a-z]{2,6}\s\d)\b")
_ARTICLE = re.compile(r"(?:\bdieu\s\d{1,3}|\btheo|\bquy\sdinh)(?:\s(?:cua|tai))?\s(?:bo\sluat|luat|phap\slenh)$")
"""Older papers print the name small ("Điều 86 của Luật phá sản"); these words say that one follows."""

_AMENDING = re.compile(r"\s*sua\sdoi")


def law_name(running: RunningText, position: int, *, basis: bool) -> tuple[str, int] | None:
    """The name of a law and its end; None when no name follows ("Luật này").

    Args:
        running: the text.
        position: behind the word "Luật".
        basis: the law is a căn cứ, where the name runs to the end of the clause.
    """
    if _NO_NAME.match(running.key, position):
        return None
    clause = _CLAUSE_END.search(running.key, position)
    limit = min(clause.start() if clause else len(running.key), position + _LONGEST)
    amending = _AMENDING.match(running.key, position) is not None
    end = _end(running.text, running.key, position, limit, basis=basis, amending=amending)
    name = " ".join(running.text[position:end].split()).strip(" ,-:")
    cited_by_article = _ARTICLE.search(running.key, max(0, position - 30), position) is not None and " " in name
    if len(name) < 2 or not (name[0].isupper() or amending or cited_by_article or _DATED.match(running.key, end)):
        return None
    return name, position + len(running.text[position:end].rstrip(" ,-:"))


def _end(text: str, key: str, position: int, limit: int, *, basis: bool, amending: bool) -> int:
    """Up to the date where one follows; else to the clause's end in a căn cứ, to the first word of no name elsewhere."""
    other = None if amending else _OTHER.search(text, position + 1, limit)
    wall = other.start() if other else limit
    dated = _DATED.search(key, position, min(len(key), limit + 12))
    stop = None if amending else _BASIS_STOP.search(key, position, wall) if basis else _STOP.search(text, position, wall)
    if dated and dated.start() <= min(wall, stop.start() if stop and not basis else wall):
        return dated.start()
    return stop.start() if stop else wall
