"""Documents found: what a clerk looks for, the pages that match, and why. In: items of an answer. Out: `HitView`s."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from markupsafe import Markup

from dossier.messages import Messages
from search_api.presentation import Links, written_date
from search_api.shapes.search import ItemShape, PlaceShape, ReasonShape

MOST_PLACES = 6
"""Places named for one part of the question."""


@dataclass(frozen=True, slots=True)
class PageView:
    """A page that matched. `snippet` is escaped markup."""

    page: int
    href: str
    snippet: Markup


@dataclass(frozen=True, slots=True)
class WhyView:
    """One part of the question: in which form it stands, and where; `missing`: in none of the places that were looked at."""

    asked: str
    form: str
    places: list[str]
    missing: bool


@dataclass(frozen=True, slots=True)
class HitView:
    """A document found; `exact_number`: its number is the one that was typed."""

    heading: str
    href: str
    number: str
    exact_number: bool
    date: str
    type: str
    agency: str
    priority: str
    dossier_id: str
    dossier_name: str
    pages: list[PageView]
    more_pages: str
    why: list[WhyView]


def hit_view(item: ItemShape, exact: Collection[str], *, messages: Messages, link: Links) -> HitView:
    """One document; `exact`: ids of documents whose number is the one that was typed."""
    pages = [
        PageView(page.page, link.extended(page.links.viewer), Markup(" … ").join(Markup(one) for one in page.snippets))
        for page in item.matched_pages
    ]
    more = item.matched_page_count - len(item.matched_pages)
    return HitView(
        heading=item.subject or item.number or item.type_name or item.record or messages.text("web.document_without_name"),
        href=link.extended(item.links.viewer),
        number=item.number or "",
        exact_number=item.id in exact,
        date=written_date(item.issued_date or ""),
        type=item.type_name or item.record or "",
        agency=item.organ_name or "",
        priority=item.priority or "",
        dossier_id=item.dossier.id,
        dossier_name=item.dossier.name,
        pages=pages,
        more_pages=messages.text("web.more_pages", count=more) if more > 0 else "",
        why=[_why(reason, messages) for reason in item.why],
    )


def _why(reason: ReasonShape, messages: Messages) -> WhyView:
    places = list(dict.fromkeys(_place(place, messages) for place in reason.places))
    return WhyView(reason.asked, messages.text(f"web_form.{reason.form}"), places[:MOST_PLACES], missing=not places)


def _place(place: PlaceShape, messages: Messages) -> str:
    where = messages.text(f"web_words.{place.field}") if place.field else messages.text("web.page_n", page=place.page)
    return f"{where} («{place.found}»)"
