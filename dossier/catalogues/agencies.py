"""Agencies with their electronic codes and their time: closed codes still resolve, bodies that were merged lead to today's.

In: a code ("H30.64.33", "000.00.16.H22") or a name ("Sở Kế hoạch và Đầu tư"). Out: the agency then and the one of today. The data
is `agencies.tsv`: codes of QĐ 20/2020/QĐ-TTg and QĐ 09/2025/QĐ-TTg (a merged province keeps the code of its namesake), bodies
merged on 01/03/2025 (NQ 176/2025/QH15) and by the departments' decrees; years where the day is not sure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from dossier.catalogues.units import name_key

AGENCIES_FILE = Path(__file__).with_name("agencies.tsv")

_FIRST_LEVEL = re.compile(r"^([A-K]\d{2}|[A-F])$")


@dataclass(frozen=True, slots=True)
class Agency:
    """A body or kind of body.

    Attributes:
        code: mã định danh điện tử of the first level, "" for a kind of body ("Sở Tài chính") that has one in every province.
        valid_from, valid_to: ISO, of day or year precision; "" where open or unknown.
        successor: code, or name where there is no code, of what took its place; "" for one of today.
    """

    code: str
    name: str
    valid_from: str
    valid_to: str
    successor: str


def agency_of_code(code: str) -> Agency | None:
    """The agency of the first level that a code belongs to, in either generation of codes; None when it is not listed.

    QCVN 102:2016 writes the first level last ("000.00.16.H22"), QĐ 20/2020/QĐ-TTg first ("H22.16").
    """
    parts = code.strip().upper().split(".")
    for part in (parts[0], parts[-1]):
        if _FIRST_LEVEL.match(part):
            return _by_code().get(part)
    return None


def agency_named(name: str) -> Agency | None:
    """The listed body whose name a name begins with ("Sở Tài chính tỉnh Hậu Giang"), the longest one; marks count."""
    key = name_key(name)
    found = [agency for listed, agency in _by_name().items() if key == listed or key.startswith(listed + " ")]
    return max(found, key=lambda agency: len(agency.name), default=None)


def agency_today(agency: Agency) -> Agency:
    """What an agency is today: itself, or the end of the line of its successors."""
    if not agency.successor:
        return agency
    heir = _by_code().get(agency.successor) or _by_name()[name_key(agency.successor)]
    return agency_today(heir)


@lru_cache(maxsize=1)
def agencies() -> tuple[Agency, ...]:
    """The whole catalogue, read once a process."""
    lines = AGENCIES_FILE.read_text(encoding="utf-8").splitlines()
    return tuple(Agency(*line.split("\t")) for line in lines[1:])


@lru_cache(maxsize=1)
def _by_code() -> dict[str, Agency]:
    return {agency.code: agency for agency in agencies() if agency.code}


@lru_cache(maxsize=1)
def _by_name() -> dict[str, Agency]:
    return {name_key(agency.name): agency for agency in agencies()}
