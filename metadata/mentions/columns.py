"""Heads of table columns: a list of people names its numbers once, at the top.

In: running text with its places on paper. Out: for a character of a cell the words at the head of its column, folded.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable

from metadata.sheets.layout import Segment
from metadata.sheets.running_text import RunningText

Column = Callable[[int], str]
"""From a position in the text to the folded head of its column, "" without one."""

_HEAD = re.compile(
    r"\b(?:cccd|cmnd|can\scuoc|dinh\sdanh|chung\sminh|ma\sso\sthue|mst|bhxh|bao\shiem\sxa\shoi|dien\sthoai|sdt|tai\skhoan|ho\s(?:va\s)?ten"
    r"|chu\sho|nguoi\s(?:nhan|nop|dung\sten))\b"
)
_LONGEST_HEAD = 45


def no_column(position: int) -> str:
    """Nothing is known of columns."""
    return ""


def columns_of(running: RunningText) -> Column:
    """The heads of the columns of all sheets."""
    heads: dict[str, list[Segment]] = defaultdict(list)
    for sheet, segment in running.pieces:
        if (
            len(segment.text) <= _LONGEST_HEAD
            and _HEAD.search(segment.key)
            and not any(letter.isdigit() for letter in segment.text)
        ):
            heads[sheet.page.id].append(segment)
    if not heads:
        return no_column

    def head_of(position: int) -> str:
        sheet, cell = running.segment_at(position)
        over = [head for head in heads[sheet.page.id] if head.middle < cell.middle - cell.height and _above(head, cell)]
        return max(over, key=lambda head: head.middle).key if over else ""

    return head_of


def _above(head: Segment, cell: Segment) -> bool:
    """Whether a head and a cell stand in one column: they overlap by half of the narrower."""
    shared = min(head.box.x1, cell.box.x1) - max(head.box.x0, cell.box.x0)
    return shared > 0.5 * min(head.box.width, cell.box.width) and cell.box.width < 3 * max(head.box.width, 6 * head.height)
