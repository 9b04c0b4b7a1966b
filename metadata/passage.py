"""The day on which an assembly passed a law or a resolution (Luật Ban hành văn bản quy phạm pháp luật; NĐ 78/2025/NĐ-CP PL).

In: the sheets of a document whose head bears no date, as laws do. Out: the date that its last lines name.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from itertools import pairwise

from dossier.model import Found
from metadata.layout import Sheet, found

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
            return found(sheet, day.isoformat(), both, strength=0.9, source="law.passed")
    return None
