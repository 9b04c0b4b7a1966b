"""Today's units for the places and agencies that a document names; the names as printed stay as they are.

In: a document with its place, agencies and date. Out: `Unit`s by field, several and uncertain where a unit was split.
Sources: NQ 202/2025/QH15 and Luật 72/2025/QH15 (provinces merged, districts ended), QĐ 09/2025/QĐ-TTg (codes).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dossier.catalogues import AdminUnit, Level, agency_named, agency_today, gazetteer
from dossier.catalogues.units import bare_name
from dossier.model import Document, Unit
from dossier.text import fold

_PLACE = re.compile(r"\b(?:tỉnh|thành phố|tp\.?|huyện|quận|thị xã|phường|xã|thị trấn|đặc khu)\s", re.IGNORECASE)


def units_of(document: Document) -> tuple[Unit, ...]:
    """The units of today for the place of issue and the issuing agencies; nothing where the printed name leaves doubt."""
    day = document.issued_date.value if document.issued_date else None
    seat = _seat(document, day)
    found: list[Unit] = []
    if document.issued_place is not None:
        # A commune's papers are issued in the place of its own name (NĐ 30/2020 PL I mục II.4), not in a province called so.
        printed = document.issued_place.value
        place = next((own for own in _places(document) if _same(own, printed)), printed)
        found += _of_place("issuedPlace", place, day, seat)
    for name, agency in (("organName", document.organ_name), ("parentOrganName", document.parent_organ_name)):
        if agency is not None:
            found += _of_agency(name, agency.value, day, seat)
    return tuple(found)


def _place_in(text: str) -> str | None:
    """The part of an agency name that names its place ("ỦY BAN NHÂN DÂN HUYỆN PHỤNG HIỆP")."""
    match = _PLACE.search(text)
    return text[match.start() :] if match else None


def _seat(document: Document, day: str | None) -> AdminUnit | None:
    """The province under which the names of a document stand, where it names one."""
    names = _places(document)
    if document.issued_place is not None and not any(_same(name, document.issued_place.value) for name in names):
        names.append(document.issued_place.value)
    for name in names:
        unit = gazetteer().place(name, day=day)
        if unit is not None:
            return next((above for above in (unit, *gazetteer().above(unit)) if above.level is Level.PROVINCE), None)
    return None


def _places(document: Document) -> list[str]:
    """The places in the names of the agencies, the one above first."""
    agencies = (document.parent_organ_name, document.organ_name)
    return [place for agency in agencies if agency is not None and (place := _place_in(agency.value))]


def _same(place: str, name: str) -> bool:
    return bare_name(fold(place))[0] == bare_name(fold(name))[0]


def _located(name: str, day: str | None, seat: AdminUnit | None) -> AdminUnit | None:
    unit = gazetteer().place(name, day=day)
    if unit is None and seat is not None:
        units = gazetteer().named(name, day=day, within=seat)
        largest = [unit for unit in units if unit.level is min((u.level for u in units), key=list(Level).index)]
        unit = largest[0] if len({u.id for u in largest}) == 1 else None
    return unit


def _of_place(field: str, name: str, day: str | None, seat: AdminUnit | None) -> Iterator[Unit]:
    unit = _located(name, day, seat)
    if unit is not None:
        yield from _today(field, unit)


def _of_agency(field: str, name: str, day: str | None, seat: AdminUnit | None) -> Iterator[Unit]:
    place = _place_in(name)
    if place is not None:
        yield from _of_place(field, place, day, seat)
    agency = agency_named(name)
    if agency is not None and agency.successor:
        today = agency_today(agency)
        yield Unit(field, today.code or today.name, "organ", today.name, agency.valid_from or None, agency.valid_to or None)


def _today(field: str, unit: AdminUnit) -> Iterator[Unit]:
    now = gazetteer().today(unit)
    for each in now:
        system, _, code = each.id.partition(":")
        yield Unit(field, code, system, each.name, unit.valid_from or None, unit.valid_to or None, len(now) == 1)
