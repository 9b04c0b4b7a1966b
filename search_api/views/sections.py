"""Parts of the viewer beside the fields: arrival, signatures, joint issuers, civil papers, annexes, people and numbers.

In: a document. Out: sections of rows, each with its place on paper.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields

from dossier.model import Annex, Arrival, DigitalSignature, Found, Issuer, Mention, MentionKind
from search_api.masking import shown_field, shown_mention
from search_api.views.rows import FieldView, Rows

_NUMBERS = (
    MentionKind.CITIZEN_ID,
    MentionKind.OLD_IDENTITY_CARD,
    MentionKind.PASSPORT,
    MentionKind.SOCIAL_INSURANCE,
    MentionKind.TAX_CODE,
    MentionKind.PHONE,
)


@dataclass(frozen=True, slots=True)
class Section:
    """A group of rows under a title; `folded`: shown when asked for, unless one of its rows is chosen."""

    id: str
    title: str
    rows: list[FieldView]
    folded: bool = False


@dataclass(frozen=True, slots=True)
class AnnexView:
    """An annex with the link to its first page."""

    title: str
    pages: str
    href: str


def sections_of(rows: Rows) -> list[Section]:
    """Everything beside the fields of the form, the empty ones left out."""
    made = [*_parts(rows), *_record(rows), *_mentions(rows)]
    return [section for section in made if section.rows]


def annexes_of(rows: Rows) -> list[AnnexView]:
    """The annexes with their titles."""
    return [_annex(rows, annex) for annex in rows.document.annexes if annex.page_ids[0] in rows.document.page_ids]


def _parts(rows: Rows) -> Iterator[Section]:
    document, text = rows.document, rows.messages.text
    if document.arrival is not None:
        yield Section("dau-den", text("web.arrival"), _rows_of(rows, document.arrival, "arrival", "arrival"))
    for number, signature in enumerate(document.digital_signatures, 1):
        title = text("web.digital_signature")
        yield Section(f"chu-ky-so-{number}", title, _rows_of(rows, signature, f"signature{number}", "digital_signature"))
    for number, issuer in enumerate(document.co_issuers, 1):
        yield Section(f"cung-ban-hanh-{number}", text("web.co_issuer"), _rows_of(rows, issuer, f"issuer{number}", "issuer"))


def _rows_of(rows: Rows, part: Arrival | DigitalSignature | Issuer, token: str, labels: str) -> list[FieldView]:
    """The values that a part has."""
    found: dict[str, Found | None] = {each.name: getattr(part, each.name) for each in fields(part)}
    return [
        rows.row(f"{token}.{name}", rows.messages.text(f"web_part.{labels}_{name}"), value)
        for name, value in found.items()
        if value is not None
    ]


def _record(rows: Rows) -> Iterator[Section]:
    """Fields of a civil paper under the names that its pack gives them."""
    record = rows.document.record
    if record is not None:
        made = [
            rows.veiled(f"record.{name}", record.labels.get(name, name), shown_field(record, name, rows.place.veil))
            for name in record.fields
        ]
        yield Section("giay-to", rows.messages.text("web.record", name=record.name or record.paper), made)


def _mentions(rows: Rows) -> Iterator[Section]:
    """People, their numbers, then money and days; each once, where it is named first."""
    mentions = rows.document.mentions
    groups = {
        "people": [MentionKind.PERSON],
        "numbers": list(_NUMBERS),
        "amounts": [MentionKind.MONEY, MentionKind.DATE],
    }
    for group, kinds in groups.items():
        first: dict[tuple[MentionKind, str], tuple[int, Mention]] = {}
        for place, mention in enumerate(mentions):
            if mention.kind in kinds:
                first.setdefault((mention.kind, mention.found.value), (place, mention))
        made = [_mention(rows, place, mention) for place, mention in first.values()]
        yield Section(f"nhac-{group}", rows.messages.text(f"web.mentions_{group}", count=len(made)), made, folded=True)


def _mention(rows: Rows, place: int, mention: Mention) -> FieldView:
    label = rows.messages.text(f"web_mention.{mention.kind.value}")
    return rows.veiled(f"mention{place}", label, shown_mention(mention, rows.place.veil), wrong=not mention.valid)


def _annex(rows: Rows, annex: Annex) -> AnnexView:
    numbers = [rows.document.page_ids.index(page_id) + 1 for page_id in annex.page_ids if page_id in rows.document.page_ids]
    text = rows.messages.text
    pages = text("web.on_page", page=numbers[0] if numbers[0] == numbers[-1] else f"{numbers[0]}–{numbers[-1]}")
    title = annex.title.value if annex.title else text("web.annex_without_title")
    return AnnexView(title, pages, rows.at(numbers[0], "annex" if annex.title else "", "giay"))
