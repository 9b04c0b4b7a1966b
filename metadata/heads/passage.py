"""The day on which an assembly passed a law or a resolution (Luật Ban hành văn bản quy phạm pháp luật; NĐ 78/2025/NĐ-CP PL).

In: the sheets of a document whose head bears no date, as laws do. Out: the date that its last lines name.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from itertools import pairwise

from dossier.model import Found
from metadata.sheets.layout import Segment, Sheet, found, segment_of

_PASSED = re.compile(r"\bthong qua\s+(?:vao\s+)?ngay\s+(?P<day>\d{1,2})\s+thang\s+(?P<month>\d{1,2})\s+nam\s+(?P<year>\d{4})")
_BEGUN = re.compile(r"\b(?:luat|phap lenh|nghi quyet|hien phap|bo luat) nay\b|\bthong qua\b|\bky hop\b")


def passed_on(sheets: Sequence[Sheet]) -> Found | None:
    """Read "Luật này được Quốc hội … thông qua ngày 21 tháng 6 năm 2024." from the end; it may break over two lines."""
    for sheet in reversed(sheets):
        for line, following in reversed(list(pairwise((*sheet.segments, None)))):
            if line is None or not _BEGUN.search(line.key):
                continue
            both = [line] if following is None else [line, following]
            matched = _PASSED.search(" ".join(part.key for part in both))
            if matched is None:
                continue
            try:
                day = dt.date(int(matched["year"]), int(matched["month"]), int(matched["day"]))
            except ValueError:
                continue
            return found(sheet, day.isoformat(), _said(both, matched), strength=0.9, source="law.passed")
    return None


def _said(lines: Sequence[Segment], matched: re.Match[str]) -> list[Segment]:
    """The parts of the lines that hold the match, which may run over the end of the first one."""
    parts = []
    start = 0
    for line in lines:
        first, last = matched.start() - start, matched.end() - 1 - start
        start += len(line.key) + 1
        if last < 0 or first >= len(line.key):
            continue
        words = line.words[line.word_at(max(0, first)) : line.word_at(min(last, len(line.key) - 1)) + 1]
        parts.append(segment_of(words, line.ink))
    return parts
