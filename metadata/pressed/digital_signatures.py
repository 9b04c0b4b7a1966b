"""Chữ ký số: what a digital signature shows on a page (NĐ 30/2020 PL I Phần II mục I.3; TT 01/2019/TT-BNV; TT 01/2023/TT-VPCP).

In: a `Sheet`. Out: who signed (agency at the top right, person at the top left) and when, ISO 8601 with its zone.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace

from dossier.model import DigitalSignature, Found
from metadata.sheets.layout import Segment, Sheet, found, sheet_of

LOCAL_ZONE = "+07:00"
"""The zone that the decree prescribes; a time printed without one is meant in it."""

_CLOCK = r"(?P<hour>[01]?\d|2[0-3])\s?[:.h]\s?(?P<minute>[0-5]\d)(?:\s?[:.]\s?(?P<second>[0-5]\d))?"
_DAY_FIRST = r"(?P<day>[0-3]?\d)[/.-](?P<month>[01]?\d)[/.-](?P<year>20\d\d)"
_YEAR_FIRST = r"(?P<year>20\d\d)[/.-](?P<month>[01]?\d)[/.-](?P<day>[0-3]?\d)"
_MOMENTS = tuple(
    re.compile(rf"{order}(?:\s|t|,)*(?:(?:luc\s*)?{_CLOCK})?(?:\s?(?P<zone>[+-]\d\d)\s?[:.]?\s?(?P<zone_minute>00|30))?(?:\b|$)")
    for order in (_YEAR_FIRST, _DAY_FIRST)
)
_FORM = re.compile(r"^\W*(?:sao\s?y|sao\s?luc|trich\s?sao)(?:\s(?:ban\s)?(?:chinh|goc))?\W*")
_PERSON = re.compile(r"^\W*(?:nguoi ky|ky boi|duoc ky boi|signed by|digitally signed by|ky so boi)\W*")
_AGENCY = re.compile(r"^\W*co quan\W*")
_OTHER = re.compile(r"\S+@\S+|^\W*(?:email|e-mail|chuc vu|ly do|dia diem|location|reason)\b|^\W*(?:chu ky|signature)\b")
_TIME_LABEL = re.compile(r"\b(?:thoi gian ky|ngay ky|ky ngay|thoi gian|date)\b\W*|^\W*ngay\b\W*")
_APART = 3.0


def overlaid(sheet: Sheet) -> Sheet:
    """What was laid over a page later, as a sheet of its own: marks of signatures are no part of a page's lines."""
    return sheet_of(replace(sheet.page, lines=sheet.page.overlays))


def signatures_of(sheet: Sheet) -> tuple[DigitalSignature, ...]:
    """The marks of digital signatures on one page; each shows a time, or a label that only such marks have."""
    if not sheet.page.overlays:
        return ()
    marks = overlaid(sheet)
    read = (_read(marks, group) for group in _groups(marks.segments))
    return tuple(signature for signature in read if signature.signer or signature.signed_at)


def _groups(segments: Sequence[Segment]) -> list[list[Segment]]:
    """Lines that stand close under each other over one another's width are one mark."""
    groups: list[list[Segment]] = []
    for segment in segments:
        for group in groups:
            last = group[-1]
            overlap = min(last.box.x1, segment.box.x1) - max(last.box.x0, segment.box.x0)
            if segment.middle - last.middle < _APART * max(last.height, segment.height) and overlap > 0:
                group.append(segment)
                break
        else:
            groups.append([segment])
    return groups


def _read(sheet: Sheet, group: Sequence[Segment]) -> DigitalSignature:
    signed_at = _moment_in(sheet, group)
    person = agency = plain = None
    for segment in group:
        if _moment(segment.key) or _OTHER.search(segment.key) or _TIME_LABEL.match(segment.key):
            continue
        if matched := _PERSON.match(segment.key):
            person = person or _named(sheet, segment, matched.end(), 0.95)
        elif matched := _AGENCY.match(segment.key):
            agency = agency or _named(sheet, segment, matched.end(), 0.95)
        else:
            form = _FORM.match(segment.key)
            plain = plain or _named(sheet, segment, form.end() if form else 0, 0.85)
    # TT 01/2023 Điều 8: a person signs; NĐ 30: an agency; marks of TT 01/2019 name the agency first and a mailbox.
    return DigitalSignature(person or agency or plain if signed_at or person or agency or plain else None, signed_at)


def _named(sheet: Sheet, segment: Segment, start: int, strength: float) -> Found | None:
    name = segment.text[start:].strip(" ;,.:-|")
    letters = sum(letter.isalpha() for letter in name)
    return found(sheet, name, [segment], strength=strength, source="nd30.pl1.ii3.signer") if letters >= 3 else None


def _moment_in(sheet: Sheet, group: Sequence[Segment]) -> Found | None:
    """The signing time; its zone may have slipped to the next line."""
    for number, segment in enumerate(group):
        rest = group[number + 1].key if number + 1 < len(group) else ""
        moment = _moment(f"{segment.key} {rest}") if _moment(segment.key) else None
        if moment is not None:
            return found(sheet, moment, [segment], strength=0.95, source="nd30.pl1.ii3.time")
    return None


def _moment(text: str) -> str | None:
    """A time in ISO 8601 out of the ways in which signing programs write it; a day alone stays a day."""
    for pattern in _MOMENTS:
        matched = pattern.search(text)
        if matched is None:
            continue
        try:
            day = dt.date(int(matched["year"]), int(matched["month"]), int(matched["day"]))
        except ValueError:
            continue
        if matched["hour"] is None:
            return day.isoformat()
        clock = dt.time(int(matched["hour"]), int(matched["minute"]), int(matched["second"] or 0))
        zone = f"{matched['zone']}:{matched['zone_minute']}" if matched["zone"] else LOCAL_ZONE
        return f"{day.isoformat()}T{clock.isoformat()}{zone}"
    return None
