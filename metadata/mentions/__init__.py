"""People and numbers that a document names: place, whether they obey the rules of their kind, class of personal data.

In: the sheets of one document. Out: `Mention`s in order of place; one place is one mention, and a số, ký hiệu is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dossier.model import Mention, MentionKind
from metadata.citations.cited_numbers import cited_numbers
from metadata.citations.written_dates import dates_in, lunar_years
from metadata.mentions.columns import Column, columns_of, no_column
from metadata.mentions.identity import passports_in
from metadata.mentions.money import money_in
from metadata.mentions.numbers import numbers_in
from metadata.mentions.people import people_in
from metadata.mentions.personal import PersonalClasses
from metadata.mentions.spots import Spot
from metadata.sheets.layout import Sheet
from metadata.sheets.running_text import running_text

__all__ = ["mentions_of", "spots_in"]


_BEFORE_LUNAR_YEARS = ("năm ", "xuân ", "tết ", "đán ")
"""With marks: "Việt Nam Tân Dân" names no year."""


def mentions_of(sheets: Sequence[Sheet]) -> tuple[Mention, ...]:
    """People, identity numbers, tax codes, telephones, sums of money and dates of one document."""
    running = running_text(sheets)
    classes = PersonalClasses(running.key)
    return tuple(
        Mention(
            kind=spot.kind,
            found=running.found(
                spot.start,
                spot.end,
                strength=spot.strength,
                source=".".join(["mention", spot.kind.value, spot.label, *([spot.reason] if spot.reason else [])]),
                value=spot.value,
                alternatives=spot.alternatives,
            ),
            valid=spot.valid,
            personal=classes.of(spot),
        )
        for spot in spots_in(running.text, running.key, columns_of(running))
    )


def spots_in(text: str, key: str, column: Column = no_column) -> tuple[Spot, ...]:
    """All places of a text; where two rules claim one place the surer wins, and no number is part of a số, ký hiệu."""
    codes = [(number.start, number.end) for number in cited_numbers(text, key)]
    kept: list[Spot] = []
    claims = [*money_in(text, key), *passports_in(text, key), *numbers_in(text, key, column), *_dates(text, key)]
    claims += people_in(text, key, column)
    for spot in sorted(claims, key=lambda claim: -claim.strength):
        if not any(start < spot.end and spot.start < end for start, end in codes) and not any(
            other.start < spot.end and spot.start < other.end for other in kept
        ):
            kept.append(spot)
    return tuple(sorted(kept, key=lambda spot: spot.start))


def _dates(text: str, key: str) -> Iterator[Spot]:
    for date in dates_in(key):
        sure = (0.97 if date.real else 0.5) * (0.85 if date.repaired else 1.0)
        yield Spot(MentionKind.DATE, date.start, date.end, date.iso, "" if date.real else "calendar", sure, "shape")
    for year in lunar_years(key):
        if not text[max(0, year.start - 5) : year.start].lower().endswith(_BEFORE_LUNAR_YEARS):
            continue
        name = " ".join(text[year.start : year.end].split())
        reason = "" if year.years else "cycle"
        yield Spot(MentionKind.DATE, year.start, year.end, name, reason, 0.8, "lunar", tuple(map(str, year.years)))
