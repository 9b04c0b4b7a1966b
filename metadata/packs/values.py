"""Reads one value out of the print beside a label: dates to ISO, numbers to digits, names whole.

In: the printed text after a label, and the field's rule. Out: a `Reading`: the value in its normal form, which characters it
covers, and whether it obeys the rules of its kind.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from rapidfuzz import fuzz, process

from metadata.citations.written_dates import dates_in
from metadata.mentions.identity import citizen_id_fault, old_card_fault, social_insurance_fault
from metadata.mentions.money import money_in, money_value
from metadata.mentions.phones import dialled, phone_fault
from metadata.mentions.spots import digits_of
from metadata.mentions.tax_codes import tax_code_fault, tax_code_value
from metadata.packs.model import FieldRule, Kind
from metadata.sheets.anchors import LOWER, UPPER, key

LONGEST = 400
"""Letters of the longest text that is taken for a value."""

CHOICE_LIKENESS = 75.0


@dataclass(frozen=True, slots=True)
class Reading:
    """A value in its normal form, the characters [start, end) of the text that it covers, whether it obeys its kind's rules."""

    value: str
    start: int
    end: int
    valid: bool = True


Reader = Callable[[str], Reading | None]

_NO_DIGIT = re.compile(r"\D")
_DIGIT = r"[\dOolI|SB]"

_EDGES = " \t\n.,;:…_-–—·*'\"“”‘’|/\\~=+<>«»"
_LEADERS = re.compile(r"[.…_·\-–—]{3,}|(?:\s[.…_·]){2,}|…+")
_MONTH = re.compile(r"(?<![\d/])(?:th[a-z]?ng\s*)?(\d{1,2})\s*(?:/|-|n[a-z]?m)\s*(\d{4})(?!\d)")
_YEAR = re.compile(r"(?<![\d/.])(1[89]\d\d|20\d\d)(?!\d)")
_LEADER_WORD = re.compile(r"(?:(?:^|\s+|(?<=\w))[^\W\d_]{0,3}[.…]{2,}[^\W\d_]{0,3}[.…]*|(?:^|\s+)[bcdghklmnpqrstvx]\.?)\s*$")
"""Dots that fill a line are often read with a letter or two at their ends ("n....")."""

_NUMBER = re.compile(r"(?<![\w.,])(\d{1,3}(?:[. ]\d{3})+|\d+)(?:,(\d+))?(?![\d])")
_SUM = re.compile(r"(?<![\d.,])(\d{1,3}(?:\s?[.,]\s?\d{3})+|\d+)(?:,(\d{1,2}))?(?!\d)")
_IDENTITY = re.compile(rf"(?<![\w])({_DIGIT}(?:[ .]?{_DIGIT}){{8,11}})(?!\w)")
_TAX = re.compile(rf"(?<![\w])({_DIGIT}(?:[ .]?{_DIGIT}){{9}})(?:\s?-\s?({_DIGIT}{{3}}))?(?!\w)")
_INSURANCE = re.compile(rf"(?<![\w])({_DIGIT}(?:[ .]?{_DIGIT}){{9}})(?!\w)")
_PASSPORT = re.compile(r"(?<![\w])([A-Z]{1,2}\s?\d{6,8}|\d{8,9}|[A-Z0-9]{7,9})(?!\w)")
_PHONE = re.compile(r"(?<!\d)((?:\(?\+?84\)?|\(?0\d{0,3}\)?)(?:[ .\-]?\d){6,9})(?!\d)")
_CODE = re.compile(r"[A-ZĐa-zđ0-9][\w.\-/&]*(?:\s?[/\-.]\s?[\w&.\-/]+)*")
_NAME_WORD = rf"[{UPPER}][{LOWER}{UPPER}'’]*"
_PERSON = re.compile(rf"(?<![\w]){_NAME_WORD}(?:[\s\-]{{1,2}}{_NAME_WORD}){{1,6}}")
_LATIN = re.compile(r"[A-Z][A-Za-z'’\-]+(?:,? [A-Z][A-Za-z'’.\-]*){1,5}")
_NEXT_LABEL = re.compile(rf"\s\[\d{{1,2}}\]|(?<=[^\s:])\s+[{UPPER}][{LOWER}]+(?: [{LOWER}]+){{1,5}}\s?:")
"""A label that no rule knows ("Nghề nghiệp:"): what stands before it is whole."""

_FOREIGN_LABEL = re.compile(rf"\W*[{UPPER}][{LOWER}]+(?: [{LOWER}]+){{0,3}}\s?:(?=\s*\w)")
"""The label again in another language ("Họ và tên / Full name:"): the value stands behind it."""

_PROVINCE = re.compile(r"(?<!\w)(?:tinh|thanh pho|tp)\b[. ]*\w")
_REST_OF_NAME = re.compile(rf"(?:[{UPPER}][{LOWER}{UPPER}]*[\s.,;…]*){{1,3}}(?:[a-z]{{0,3}}[.…]+[a-z.…]*)?\s*")
_TITLES = re.compile(r"^(?:(?:Ông|Bà|Anh|Chị|Cháu|Đồng chí|ÔNG|BÀ|Mr|Ms|Mrs)(?:/(?:Bà|bà|BÀ))?[.:()\s]+)+")


def read_value(rule: FieldRule, text: str) -> Reading | None:
    """Read the value of a field out of the text beside its label; None where nothing in it is one."""
    if rule.pattern is not None:
        match = _compiled(rule.pattern).search(key(text))
        if match is None:
            return None
        start, end = match.span(1) if match.re.groups else match.span()
        inner = read_shape(rule, text[start:end])
        return inner and Reading(inner.value, start + inner.start, start + inner.end, inner.valid)
    shift = lead.end() if (lead := _FOREIGN_LABEL.match(text)) else 0
    rest = text[shift:]
    if next_label := _NEXT_LABEL.search(rest):
        rest = rest[: next_label.start()]
    reading = _choice(rest, rule.choices) if rule.kind is Kind.CHOICE else _READERS[rule.kind](rest)
    return reading and Reading(reading.value, shift + reading.start, shift + reading.end, reading.valid)


def read_shape(rule: FieldRule, text: str) -> Reading | None:
    """Read the value of a field out of text that its pattern already chose."""
    if rule.kind in (Kind.TEXT, Kind.CODE, Kind.CHOICE):
        return _bare(text, 0, len(text), spaces=rule.kind is not Kind.CODE)
    return _READERS[rule.kind](text)


@lru_cache(maxsize=1024)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _bare(text: str, start: int, end: int, *, spaces: bool = True) -> Reading | None:
    """Text without leaders, dots and dashes at its ends; single spaces."""
    while (leader := _LEADER_WORD.search(text, start, end)) is not None:
        end = leader.start()
    while start < end and text[start] in _EDGES:
        start += 1
    while end > start and text[end - 1] in _EDGES:
        end -= 1
    value = " ".join(_LEADERS.sub(" ", text[start:end]).split()).strip(_EDGES)
    if not any(letter.isalnum() for letter in value):
        return None
    if value.count("(") < value.count(")"):
        value = value.rstrip(")").rstrip()
    return Reading(value if spaces else value.replace(" ", ""), start, end, valid=len(value) <= LONGEST)


def _text(text: str) -> Reading | None:
    return _bare(text, 0, len(text))


def _address(text: str) -> Reading | None:
    """An address ends on the line that names its province, or with the rest of that name on the next."""
    first, _, rest = text.partition("\n")
    ends_here = _PROVINCE.search(key(first)) is not None and not _REST_OF_NAME.fullmatch(rest)
    return _text(first if rest and ends_here else text)


def _code(text: str) -> Reading | None:
    match = next((each for each in _CODE.finditer(text) if any(letter.isdigit() for letter in each.group())), None)
    return None if match is None else _bare(text, *match.span(), spaces=False)


def _person(text: str) -> Reading | None:
    """A name: words with capitals, Vietnamese or Latin; without one the text up to a comma, as not valid."""
    shift = 0
    if title := _TITLES.match(text.lstrip(_EDGES)):
        shift = len(text) - len(text.lstrip(_EDGES)) + title.end()
    rest = text[shift:]
    match = _PERSON.search(rest) or _LATIN.search(rest)
    if match is None:
        if not rest.lstrip(_EDGES)[:1].isupper():
            return None
        bare = _bare(text, shift, len(re.split(r"[,;(]", text, maxsplit=1)[0]) if "," in text else len(text))
        return bare and Reading(bare.value, bare.start, bare.end, valid=False)
    return Reading(" ".join(match.group().split()), shift + match.start(), shift + match.end())


def _date(text: str) -> Reading | None:
    """A full date as ISO; month or year alone as YYYY-MM, YYYY."""
    dates = list(dates_in(key(text)))
    if dates:
        best = max(dates, key=lambda date: (len(date.iso), -date.start))
        return Reading(best.iso, best.start, best.end, valid=best.real)
    if match := _MONTH.search(key(text)):
        return Reading(f"{int(match[2]):04}-{int(match[1]):02}", *match.span(), valid=1 <= int(match[1]) <= 12)
    return _year(text)


def _year(text: str) -> Reading | None:
    match = _YEAR.search(text)
    return None if match is None else Reading(match[1], *match.span(1))


def _number(text: str) -> Reading | None:
    match = _NUMBER.search(text)
    if match is None:
        return None
    whole = re.sub(_NO_DIGIT, "", match[1])
    return Reading(f"{whole}.{match[2]}" if match[2] else whole, *match.span())


def _money(text: str) -> Reading | None:
    """The sum with its currency; a number that names none is a sum in đồng, as labels and heads of columns say."""
    folded = key(text)
    for spot in money_in(text, folded):
        return Reading(spot.value, spot.start, spot.end, valid=spot.valid)
    sums = list(_SUM.finditer(text))
    if not sums:
        return None
    match = max(sums, key=lambda each: len(each[1]))
    amount = Decimal(f"{re.sub(_NO_DIGIT, '', match[1])}.{match[2] or 0}")
    return Reading(money_value(amount, "VND"), *match.span())


def _digits(pattern: re.Pattern[str], fault: Callable[[str], str], form: Callable[[str], str] = str) -> Reader:
    def read(text: str) -> Reading | None:
        match = pattern.search(text)
        if match is None:
            return None
        digits, _ = digits_of(match.group())
        return Reading(form(digits), *match.span(), valid=not fault(digits))

    return read


def _identity_fault(digits: str) -> str:
    return old_card_fault(digits) if len(digits) == 9 else citizen_id_fault(digits)


def _passport(text: str) -> Reading | None:
    match = next((each for each in _PASSPORT.finditer(text) if sum(c.isdigit() for c in each.group()) >= 5), None)
    return None if match is None else Reading(match[1].replace(" ", ""), *match.span(1))


def _phone(text: str) -> Reading | None:
    match = _PHONE.search(text)
    if match is None:
        return None
    digits = dialled(re.sub(_NO_DIGIT, "", match[1]), plus="+" in match[1])
    return Reading(digits, *match.span(1), valid=not phone_fault(digits))


def _choice(text: str, choices: tuple[str, ...]) -> Reading | None:
    """The choice that stands in the text, the first of several; else the one that its beginning is most like."""
    shown = key(text)
    places = sorted(
        (match.start(), -len(choice), choice)
        for choice in choices
        if (match := _compiled(rf"(?<!\w){re.escape(key(choice))}(?!\w)").search(shown))
    )
    if places:
        start, length, choice = places[0]
        return Reading(choice, start, start - length)
    bare = _text(text)
    if bare is None:
        return None
    folded = [key(one) for one in choices]
    best = process.extractOne(key(bare.value), folded, scorer=fuzz.ratio, score_cutoff=CHOICE_LIKENESS)
    return Reading(choices[best[2]], bare.start, bare.end, valid=False) if best else None


_READERS: dict[Kind, Reader] = {
    Kind.TEXT: _text,
    Kind.ADDRESS: _address,
    Kind.PERSON: _person,
    Kind.DATE: _date,
    Kind.YEAR: _year,
    Kind.NUMBER: _number,
    Kind.MONEY: _money,
    Kind.AREA: _number,
    Kind.CODE: _code,
    Kind.IDENTITY: _digits(_IDENTITY, _identity_fault),
    Kind.TAX_CODE: _digits(_TAX, tax_code_fault, tax_code_value),
    Kind.SOCIAL_INSURANCE: _digits(_INSURANCE, social_insurance_fault),
    Kind.PASSPORT: _passport,
    Kind.PHONE: _phone,
}
