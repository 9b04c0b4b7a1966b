"""Văn bản liên tịch: several agencies issue and sign one document (NĐ 30/2020 PL I mục II.2, II.7.b; PL III mục I).

In: the agencies of a head, the notation, the sheet with the signatures. Out: the chairing agency, and the others with their own
signature blocks. Contracts and minutes have two signatures but one issuer and are none of these.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dossier.model import Found, Issuer
from metadata.closings.authority import authority_of
from metadata.closings.closing import signed_by
from metadata.closings.signer import Signer, signature_blocks, signer_in
from metadata.heads.agency import AGENCY_HEADS
from metadata.heads.notation import agency_abbreviations
from metadata.sheets.anchors import letters, likeness, starts_with
from metadata.sheets.layout import Sheet, same_row

_JOINT_TYPE = re.compile(r"^(?:(?:19|20)\d\d/)?[A-ZĐ][A-ZĐa-zđ]{0,3}LT\b")
_DASH = re.compile(r"\s[-–—]\s|\s?[-–—]\s(?=[A-ZĐÀ-Ỹ])|\s[-–—](?=[A-ZĐÀ-Ỹ])")
_LEAST_LIKE = 70


@dataclass(frozen=True, slots=True)
class JointIssuers:
    """The names of a joint document's agencies in the order of the head, and the agency above the first, if any."""

    names: tuple[Found, ...]
    parent: Found | None


def joint_issuers(organs: Sequence[Found], notation: str | None) -> JointIssuers | None:
    """The issuers when a notation names several ("TTLT-BNV-BTC", mục I PL III), or when ô 2 joins names by a dash.

    Args:
        organs: the agencies of the head from the highest to the lowest, as they stand under each other.
        notation: ký hiệu as printed, its year in front or not.
    """
    parts = [part for organ in organs for part in _parted(organ)]
    if notation is None or not _JOINT_TYPE.match(notation):
        dashed = len(parts) > len(organs) and organs and len(_parted(organs[-1])) > 1
        count = len(_parted(organs[-1])) if dashed else 0
    else:
        count = min(len(parts), len(re.split(r"[-/]", notation)) - 1 - bool(re.match(r"\d", notation)))
    if count < 2:
        return None
    return JointIssuers(tuple(parts[-count:]), parts[-count - 1] if len(parts) > count else None)


def _parted(organ: Found) -> list[Found]:
    """Names joined by a dash in one line; a dash inside a name ("… - THƯƠNG BINH VÀ XÃ HỘI") parts nothing."""
    names: list[str] = []
    for piece in _DASH.split(organ.value):
        if names and not any(starts_with(piece, f"{head} ", least=95) for head in AGENCY_HEADS if head not in {"NHÀ", "TỔ", "KHO"}):
            names[-1] = f"{names[-1]} - {piece}"
        else:
            names.append(piece)
    return [replace(organ, value=name) for name in names]


def side_by_side(sheet: Sheet, *, below: float) -> list[Signer]:
    """Signature blocks on one height, from the left to the right; fewer than two are none."""
    blocks = list(signature_blocks(sheet, below=below, left_too=True))
    rows = [[other for other in blocks if any(same_row(one, two) for one in block[:2] for two in other[:2])] for block in blocks]
    widest = max(rows, key=len, default=[])
    return [signer_in(sheet, block) for block in sorted(widest, key=lambda block: block[0].centre)] if len(widest) > 1 else []


def issuers_of(joint: JointIssuers, sheet: Sheet | None, *, below: float) -> tuple[Issuer, ...]:
    """All agencies of a joint document, the chairing one first, each with the signature block that is its own.

    A block names its agency ("BỘ TRƯỞNG BỘ TÀI CHÍNH", mục II.7.b); otherwise the chairing agency signs on the right.

    Args:
        joint: the names.
        sheet: the sheet with the signatures; None when it was not found.
        below: height (pixels) under which they stand.
    """
    signers = side_by_side(sheet, below=below) if sheet is not None else []
    left = list(reversed(signers))
    placed: dict[int, Signer] = {}
    for number, name in enumerate(joint.names):
        best = max(left, key=lambda signer: _speaks_for(signer, name.value), default=None)
        if best is not None and _speaks_for(best, name.value) >= _LEAST_LIKE:
            placed[number] = best
            left.remove(best)
    for number in range(len(joint.names)):
        if number not in placed and left:
            placed[number] = left.pop(0)
    return tuple(
        _signed(sheet, Issuer(organ_name=name), placed.get(number)) if sheet is not None else Issuer(organ_name=name)
        for number, name in enumerate(joint.names)
    )


def _speaks_for(signer: Signer, organ: str) -> float:
    """How well (0-100) a line of a signature block ends with the name of an agency, or with its abbreviation."""
    shown = [letters(line.text) for line in signer.lines]
    if any(line.endswith(letters(short)) for line in shown for short in agency_abbreviations(organ)):
        return 95.0
    return max((likeness(line[-len(letters(organ)) :], organ) for line in shown), default=0.0)


def _signed(sheet: Sheet, issuer: Issuer, signer: Signer | None) -> Issuer:
    if signer is None:
        return issuer
    name, position = signed_by(sheet, signer)
    if position is not None and len(signer.lines) > 1 and signer.position_segments[-1:] == signer.lines[-2:-1]:
        position = replace(position, value=f"{position.value} {signer.lines[-1].text}")
    return replace(issuer, signer_name=name, signer_position=position, signer_authority=authority_of(sheet, signer.lines))
