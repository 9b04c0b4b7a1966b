"""Documents that a document names: its legal bases (căn cứ, NĐ 30/2020 PL I mục II.6.a) and those cited in its text.

In: the sheets of one document. Out: references with normalised number, ISO date, issuing agency and title, each document once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from dossier.model import Reference, ReferenceKind
from dossier.text import number_key
from metadata.citations.cited_numbers import CitedNumber, cited_numbers
from metadata.citations.law_names import law_name
from metadata.citations.reference_tails import NO_TAIL, Tail, issue_tail
from metadata.heads.document_types import DOCUMENT_TYPES, OFFICIAL_LETTER, type_of_abbreviation
from metadata.sheets.anchors import key as folded
from metadata.sheets.layout import Sheet
from metadata.sheets.running_text import RunningText, running_text

_NOT_CITED = {"Bản đồ", "Bản vẽ", "Thư công", "Luật", "Pháp lệnh"}
_LAWS = {"luat": "Luật", "bo luat": "Bộ luật", "phap lenh": "Pháp lệnh", "hien phap": "Hiến pháp"}
_NAMES = {folded(kind.name): kind.name for kind in DOCUMENT_TYPES if kind.name not in _NOT_CITED} | _LAWS
_TYPE = "|".join(sorted(_NAMES, key=len, reverse=True)).replace(" ", r"\s")

_TYPE_BEFORE = re.compile(rf"\b(?:cac\s)?(?P<type>{_TYPE})\s?(?:(?:lien\stich|chung|mat)\s)?(?P<so>s[o06]\b)?\s?[:.,]?\s?$")
_LAW_BEFORE = re.compile(r"\b(?P<type>bo\sluat|luat|phap\slenh)\s(?P<title>[^;\n.:()]{3,140}?)[,\s]{1,2}s[o06]\s?:?\s?$")
_NUMBER_WORD = re.compile(r"\bs[o06]\b\s?[:.]?\s?$")
_LIST = re.compile(r"^\W{0,3}(?:va|hoac)?\s?(?:s[o06]\s)?$")
_FORM = re.compile(
    r"\b(?:mau|bieu|hoa\sdon|bien\slai|thua|to\sban\sdo|lo|ho\sso|phu\sluc|tai\skhoan|phieu\sthu|phieu\schi)\s?(?:s[o06])?\s?:?\s?$"
)
_LAW = re.compile(r"(?<!phap\s)(?<!dao\s)\b(?P<type>bo\sluat|luat|phap\slenh|hien\sphap)\b(?=\s)")
_MEETING = re.compile(r"\bnghi\squyet\s(?P<title>(?:dai\shoi|hoi\snghi)\s[^;\n.()]{6,160})")
_DATED = re.compile(rf"\b(?P<type>{_TYPE})\s(?=ng[a-z]y\s\d)")
_BARE = re.compile(rf"\b(?P<type>{_TYPE})\ss[o06]\s?:?\s?(?P<digits>\d{{1,5}}[a-z]?)\s?(?=,?\s?ng[a-z]y\s\d)")
_CLAUSE = re.compile(r"\n|[;.]\s(?=can\scu|xet\s|theo\s|thuc\shien|quyet\sdinh:|dieu\s1\b)")
_BASIS = re.compile(r"[\W\d]{0,6}can\s?cu\b")
_HEAD = 600
"""The first so many characters of a document hold its own number."""

_SURE = {"number": 0.96, "law": 0.9, "bare": 0.85, "dated": 0.75, "meeting": 0.75}
"""Shares of such references that are right, by the shape they have."""


@dataclass(frozen=True, slots=True)
class _Hit:
    """A reference in the text: where its words begin, where its number or title ends, what follows it."""

    shape: str
    start: int
    end: int
    type_name: str | None
    number: str | None = None
    title: str | None = None
    tail: Tail = NO_TAIL
    strength: float = 1.0


def references_of(sheets: Sequence[Sheet], *, own_number: str | None = None, own_date: str | None = None) -> tuple[Reference, ...]:
    """The documents that these sheets name, each once, in order of place; not the document itself.

    Args:
        sheets: all sheets of one document, in order.
        own_number: its own số và ký hiệu, which its annexes name again.
        own_date: its own ISO date, which tells it from an older document with the same number.
    """
    running = running_text(sheets)
    references: list[Reference] = []
    for hit in sorted(_hits(running), key=lambda each: each.start):
        if _is_own(hit, own_number, own_date):
            continue
        reference = _reference(running, hit)
        known = next((position for position, each in enumerate(references) if _is_same(each, reference)), None)
        if known is None:
            references.append(reference)
        else:
            references[known] = _merged(references[known], reference)
    return tuple(references)


def _hits(running: RunningText) -> list[_Hit]:
    """All places, the surest shapes first; a place belongs to one of them."""
    taken: list[_Hit] = list(_numbered(running))
    for shape in (_laws, _bare, _dated, _meetings):
        taken += [hit for hit in shape(running) if not any(hit.start < other.end and other.start < hit.end for other in taken)]
    return taken


def _numbered(running: RunningText) -> Iterator[_Hit]:
    before: _Hit | None = None
    for cited in cited_numbers(running.text, running.key):
        line = running.key.rfind("\n", 0, cited.start) + 1
        lead = running.key[max(line, cited.start - 170) : cited.start]
        hit = _with_lead(running, cited, lead, before)
        if hit is not None:
            before = hit
            yield hit


def _with_lead(running: RunningText, cited: CitedNumber, lead: str, before: _Hit | None) -> _Hit | None:
    """What a number is by the words before it; None when they make it no reference."""
    if _FORM.search(lead):
        return None
    lead_type = _named_type(running, cited, lead) or _listed_type(running, cited, before) or _numbered_type(running, cited, lead)
    if lead_type is None:
        return None
    start, type_name, title, sure = lead_type
    tail = issue_tail(running, cited.end, basis=_is_basis(running, start))
    return _Hit("number", start, cited.end, type_name, cited.number, title, tail, sure * (0.9 if cited.repaired else 1.0))


_Lead = tuple[int, str | None, str | None, float]
"""Where a reference begins, its type, its title where that stands before the number, how sure this is."""


def _type_of_notation(cited: CitedNumber) -> str | None:
    """Tên loại by the abbreviation; TT with a year is a Thông tư."""
    kind = next((kind for part in cited.parts if (kind := type_of_abbreviation(part)) is not None), None)
    return "Thông tư" if kind is not None and kind.name == "Tờ trình" and cited.year else kind.name if kind else None


def _named_type(running: RunningText, cited: CitedNumber, lead: str) -> _Lead | None:
    """Words before the number name the type: "Quyết định số …", "Luật Đấu thầu số …"."""
    if typed := _TYPE_BEFORE.search(lead):
        return cited.start - len(lead) + typed.start("type"), _NAMES[" ".join(typed["type"].split())], None, 1.0
    if law := _law_before(lead):
        start = cited.start - len(lead) + law.start("type")
        words = running.text[start : start + law.end("title") - law.start("type")].split()
        return start, _LAWS[" ".join(law["type"].split())], " ".join(words), 1.0
    return None


def _law_before(lead: str) -> re.Match[str] | None:
    """The law that a number belongs to: the last one before it, unless an amending law names that one."""
    named = [law for begin in _LAW.finditer(lead) if (law := _LAW_BEFORE.match(lead, begin.start()))]
    return next((law for law in named if law["title"].startswith("sua doi")), named[-1] if named else None)


def _listed_type(running: RunningText, cited: CitedNumber, before: _Hit | None) -> _Lead | None:
    """A further number of a list: "các Nghị định số 01/2017/NĐ-CP, 02/2018/NĐ-CP"."""
    if before is None or not _LIST.match(running.key[max(before.end, before.tail.evidence_end) : cited.start]):
        return None
    return cited.start, _type_of_notation(cited) or before.type_name, None, 0.95


def _numbered_type(running: RunningText, cited: CitedNumber, lead: str) -> _Lead | None:
    """A number without its type: "số 123/STC-QLNS", "22-NQ/TU"; at the top of a document it is the document's own."""
    kind = _type_of_notation(cited)
    number_word = _NUMBER_WORD.search(lead)
    if number_word is None:
        return (cited.start, kind, None, 0.85) if kind is not None and len(cited.parts) > 1 else None
    begins_line = not lead[: number_word.start()].strip(" -|_.'")
    if begins_line and (kind is None or cited.start < _HEAD):
        return None
    start = cited.start - len(lead) + number_word.start()
    return start, kind or (OFFICIAL_LETTER.name if len(cited.parts) > 1 else None), None, 0.9


def _laws(running: RunningText) -> Iterator[_Hit]:
    end = 0
    for matched in _LAW.finditer(running.key):
        if matched.start() < end or not running.text[matched.start()].isupper():
            continue
        basis = _is_basis(running, matched.start())
        named = law_name(running, matched.end(), basis=basis)
        if named is None:
            continue
        title, end = named
        tail = issue_tail(running, end, basis=False)
        name = _LAWS[matched["type"].replace("\n", " ")]
        yield _Hit("law", matched.start(), end, name, title=f"{name} {title}", tail=tail, strength=1.0 if tail.issued_date else 0.9)


def _bare(running: RunningText) -> Iterator[_Hit]:
    for matched in _BARE.finditer(running.key):
        if running.text[matched.start()].isupper() or matched["type"] != "quyet dinh":
            tail = issue_tail(running, matched.end("digits"), basis=_is_basis(running, matched.start()))
            yield _Hit("bare", matched.start(), matched.end("digits"), _NAMES[matched["type"]], matched["digits"], tail=tail)


def _dated(running: RunningText) -> Iterator[_Hit]:
    for matched in _DATED.finditer(running.key):
        if running.text[matched.start()].isupper():
            tail = issue_tail(running, matched.end("type"), basis=_is_basis(running, matched.start()))
            if tail.issued_date and len(tail.issued_date) == len("2020-01-01"):
                yield _Hit("dated", matched.start(), matched.end("type"), _NAMES[matched["type"]], tail=tail)


def _meetings(running: RunningText) -> Iterator[_Hit]:
    for matched in _MEETING.finditer(running.key):
        if running.text[matched.start()].isupper() and running.text[matched.start("title")].isupper():
            end = matched.end()
            for stop in (", v", " va ", " ve ", " da ", " duoc "):
                at = running.key.find(stop, matched.start("title"), end)
                end = at if at > 0 else end
            yield _Hit(
                "meeting", matched.start(), end, "Nghị quyết", title=" ".join(running.text[matched.start("title") : end].split())
            )


def _is_basis(running: RunningText, position: int) -> bool:
    """Whether the clause around a place begins with "Căn cứ"."""
    begin = 0
    for matched in _CLAUSE.finditer(running.key, max(0, position - 900), position):
        begin = matched.end()
    return _BASIS.match(running.key, begin) is not None


def _is_own(hit: _Hit, own_number: str | None, own_date: str | None) -> bool:
    if own_number is None or hit.number is None or number_key(hit.number) != number_key(own_number):
        return False
    return own_date is None or hit.tail.issued_date is None or hit.tail.issued_date == own_date


def _reference(running: RunningText, hit: _Hit) -> Reference:
    strength = _SURE[hit.shape] * hit.strength
    found = running.found(hit.start, max(hit.end, hit.tail.evidence_end), strength=strength, source=f"reference.{hit.shape}")
    return Reference(
        found=found,
        kind=ReferenceKind.BASIS if _is_basis(running, hit.start) else ReferenceKind.CITED,
        type_name=hit.type_name,
        number=hit.number,
        issued_date=hit.tail.issued_date,
        organ_name=hit.tail.organ_name,
        title=hit.title or hit.tail.title,
    )


def _is_same(one: Reference, other: Reference) -> bool:
    """Whether two references name one document: the same number, or the same title where one has none, and no dates that differ."""
    if one.issued_date and other.issued_date and not one.issued_date.startswith(other.issued_date[:4]):
        return False
    if one.number and other.number:
        return number_key(one.number) == number_key(other.number) and (one.type_name == other.type_name or "/20" in one.number)
    titles = [folded(each.title or each.found.value) for each in (one, other)]
    return titles[0] == titles[1]


def _merged(known: Reference, again: Reference) -> Reference:
    """The first mention with what only a later one tells."""
    basis = ReferenceKind.BASIS in (known.kind, again.kind)
    return replace(
        known,
        kind=ReferenceKind.BASIS if basis else known.kind,
        type_name=known.type_name or again.type_name,
        issued_date=known.issued_date or again.issued_date,
        organ_name=known.organ_name or again.organ_name,
        title=known.title or again.title,
    )
