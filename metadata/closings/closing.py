"""Fields at the end of a document: recipients and signature (NĐ 30/2020 PL I mục II.7 and II.9; ô 7 and 9b).

In: the sheets of the document proper, without annexes and without the block of whoever copied it. Out: `Closing`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dossier.model import Found
from metadata.closings.authority import authority_of
from metadata.closings.recipients import recipients_heading, recipients_of
from metadata.closings.signer import Signer, signer_of
from metadata.sheets.layout import Sheet, found


@dataclass(frozen=True, slots=True)
class Closing:
    """Who signs and who gets the document; `position_in_stack` counts the sheets, None where nothing closes it."""

    name: Found | None = None
    position: Found | None = None
    authority: Found | None = None
    to_places: tuple[Found, ...] = ()
    position_in_stack: int | None = None


def closing_of(sheets: Sequence[Sheet], *, head_end: float) -> Closing:
    """Read the last sheet that has a signature or recipients; on the first one they stand below the head."""
    for number in range(len(sheets) - 1, -1, -1):
        sheet = sheets[number]
        below = head_end if number == 0 else 0.0
        heading = recipients_heading(sheet)
        signer = signer_of(sheet, below=max(below, heading.middle - 6 * sheet.line_height if heading else below))
        if heading is None and (signer is None or not (signer.name or signer.position)):
            continue
        places = recipients_of(sheet, heading) if heading else ()
        to_places = tuple(found(sheet, p.text, p.segments, strength=0.9, source="nd30.o9b.list") for p in places)
        name, position = signed_by(sheet, signer)
        authority = authority_of(sheet, signer.lines) if signer else None
        return Closing(name, position, authority, to_places, number)
    return Closing()


def signed_by(sheet: Sheet, signer: Signer | None) -> tuple[Found | None, Found | None]:
    """Name and position of a signature block with their evidence."""
    name = position = None
    if signer is not None and signer.name is not None:
        evidence, others = signer.name_segments, signer.name_others
        name = found(sheet, signer.name, evidence, strength=signer.name_strength, source="nd30.o7b.name", alternatives=others)
    if signer is not None and signer.position is not None:
        position = found(
            sheet, signer.position, signer.position_segments, strength=signer.position_strength, source="nd30.o7a.position"
        )
    return name, position
