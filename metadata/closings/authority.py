"""Thể thức ký: by what right the signer signs (NĐ 30/2020 Điều 13 and PL I mục II.7.a; ô 7a).

In: the lines of a signature block. Out: the marks as the decree writes them ("TM.", "KT.", "TL.", "TUQ.", "Q."), or None.
"""

from __future__ import annotations

from collections.abc import Sequence

from dossier.model import Found
from metadata.closings.signer import AUTHORITY
from metadata.sheets.layout import Segment, Sheet, found, segment_of

_MARKS = {"tm": "TM.", "kt": "KT.", "k1": "KT.", "tl": "TL.", "tuq": "TUQ.", "tu0": "TUQ.", "q": "Q."}


def authority_of(sheet: Sheet, block: Sequence[Segment]) -> Found | None:
    """All marks of a block from top to bottom: "TM. KT." where a deputy signs for the chairman of a collective."""
    lines = []
    marks = []
    for line in block:
        matched = AUTHORITY.match(line.key)
        if matched is not None:
            marks.append(_MARKS[matched["mark"].replace("/", "")])
            # The mark alone decides: the position behind it is another field.
            lines.append(segment_of(line.words[: line.word_at(matched.end("mark")) + 1], line.ink))
    if not lines:
        return None
    return found(sheet, " ".join(dict.fromkeys(marks)), lines, strength=0.95, source="nd30.o7a.authority")
