"""The search page: hits, tick-boxes, links to the next answer. In: parameters and an answer. Out: values for `search.html`."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from markupsafe import Markup

from dossier.messages import Messages
from indexer import Facet, Sort
from search_api.asking import BOUNDS, FILTERS, SearchParameters
from search_api.presentation import Links, written_date
from search_api.problems import Problem
from search_api.shapes.search import FacetCountShape, ItemShape, SearchShape

TICKED = (Facet.TYPE, Facet.AGENCY, Facet.YEAR)
"""Filters with tick-boxes, in the order of the page."""

TYPED = ("number", "signer", "place", "date_from", "date_to")
"""Filters with an input of their own."""

MOST_CHOICES = 12
"""Tick-boxes of one facet; more values are found by words."""

EXAMPLES = {
    "quyết định phê duyệt": "web.example_words",
    "15/QĐ-UBND": "web.example_number",
    '"Ủy ban nhân dân"': "web.example_phrase",
    '~"to trinh"': "web.example_folded_phrase",
    'đất -"dự thảo"': "web.example_without",
}

_SORTS = {Sort.RELEVANCE: "relevance", Sort.NEWEST: "newest", Sort.OLDEST: "oldest", Sort.TITLE: "title"}


@dataclass(frozen=True, slots=True)
class Choice:
    """A tick-box or an entry of a list."""

    value: str
    label: str
    chosen: bool
    count: int = 0


@dataclass(frozen=True, slots=True)
class FacetView:
    """A group of tick-boxes."""

    name: str
    label: str
    choices: list[Choice]


@dataclass(frozen=True, slots=True)
class InputView:
    """A filter that is typed."""

    name: str
    label: str
    value: str
    hint: str


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in force, with the link that takes it away."""

    label: str
    href: str


@dataclass(frozen=True, slots=True)
class PageView:
    """A page that matched. `snippet` is escaped markup."""

    page: int
    href: str
    snippet: Markup


@dataclass(frozen=True, slots=True)
class HitView:
    """A document found."""

    heading: str
    href: str
    number: str
    date: str
    type: str
    agency: str
    priority: str
    dossier_id: str
    dossier_name: str
    pages: list[PageView]
    more_pages: str


@dataclass(frozen=True, slots=True)
class ErrorView:
    """What is wrong with the query; `at` is the letter at the position, None parts when the place is not in the query."""

    title: str
    detail: str
    before: str | None
    at: str
    after: str


@dataclass(frozen=True, slots=True)
class SearchView:
    """Everything `search.html` shows."""

    query: str
    asked: bool
    error: ErrorView | None
    holdings: str
    examples: list[tuple[str, str]]
    total: str
    widen: str | None
    hits: list[HitView]
    facets: list[FacetView]
    inputs: list[InputView]
    sorts: list[Choice]
    hidden: list[tuple[str, str]]
    chips: list[Chip]
    advice: list[str]
    first: str | None
    next: str | None


def search_view(
    parameters: SearchParameters,
    answer: SearchShape | None,
    *,
    messages: Messages,
    link: Links,
    problem: Problem | None = None,
    holdings: str = "",
) -> SearchView:
    """The page for an answer, for a problem, or (neither) for nothing asked yet."""
    counted = answer.facets if answer else {}
    return SearchView(
        query=parameters.q,
        asked=answer is not None or problem is not None,
        error=_error(problem, parameters.q),
        holdings=holdings,
        examples=[(example, messages.text(key)) for example, key in EXAMPLES.items()],
        total=_total(answer, messages) if answer else "",
        widen=link("/", [*_pairs(parameters), ("wide", "true")]) if answer and answer.can_widen else None,
        hits=[_hit(item, parameters.q, messages, link) for item in answer.items] if answer else [],
        facets=[_facet(facet, parameters, counted.get(facet.value, []), messages) for facet in TICKED],
        inputs=[_input(name, parameters, messages) for name in TYPED],
        sorts=[Choice(sort.value, messages.text(f"web.sort_{key}"), sort == parameters.sort) for sort, key in _SORTS.items()],
        hidden=_hidden(parameters),
        chips=_chips(parameters, counted, messages, link),
        advice=_advice(parameters, messages),
        first=link("/", _pairs(parameters)) if parameters.cursor else None,
        next=link("/", [*_pairs(parameters), ("cursor", answer.next)]) if answer and answer.next else None,
    )


def _pairs(parameters: SearchParameters, without: tuple[str, str] | None = None) -> list[tuple[str, str]]:
    """The question as a query string, without its cursor and, if told, without one filter value."""
    pairs = [("q", parameters.q), *_filter_pairs(parameters)]
    if parameters.sort != Sort.RELEVANCE:
        pairs.append(("sort", parameters.sort.value))
    if parameters.limit != SearchParameters().limit:
        pairs.append(("limit", str(parameters.limit)))
    if parameters.wide is not None:
        pairs.append(("wide", str(parameters.wide).lower()))
    return [pair for pair in pairs if pair[1] and pair != without]


def _filter_pairs(parameters: SearchParameters) -> list[tuple[str, str]]:
    pairs = [(name, str(value)) for name in FILTERS for value in cast(Sequence[object], getattr(parameters, name))]
    bounds = [(name, getattr(parameters, name)) for name in BOUNDS]
    return [*pairs, *((name, str(value)) for name, value in bounds if value not in (None, ""))]


def _hidden(parameters: SearchParameters) -> list[tuple[str, str]]:
    """Filters that have neither tick-box nor single input on the page, kept when the form is sent again."""
    ticked = {facet.value for facet in TICKED}
    first = {name: next((value for other, value in _filter_pairs(parameters) if other == name), "") for name in TYPED}
    kept = [pair for pair in _filter_pairs(parameters) if pair[0] not in ticked and first.get(pair[0]) != pair[1]]
    return [*kept, ("wide", "true")] if parameters.wide else kept


def _input(name: str, parameters: SearchParameters, messages: Messages) -> InputView:
    value = next((value for other, value in _filter_pairs(parameters) if other == name), "")
    hint = messages.text("web_filter.date_hint") if name.startswith("date_") else ""
    return InputView(name, messages.text(f"web_filter.{name}"), value, hint)


def _facet(facet: Facet, parameters: SearchParameters, counts: Sequence[FacetCountShape], messages: Messages) -> FacetView:
    chosen = [str(value) for value in cast(Sequence[object], getattr(parameters, facet.value))]
    choices = [Choice(one.value, one.label, one.value in chosen, one.count) for one in counts]
    if facet is Facet.YEAR:
        choices.sort(key=lambda choice: choice.value, reverse=True)
    shown = [choice for rank, choice in enumerate(choices) if rank < MOST_CHOICES or choice.chosen]
    missing = [value for value in chosen if value not in {choice.value for choice in shown}]
    shown += [Choice(value, value, chosen=True) for value in missing]
    return FacetView(facet.value, messages.text(f"web_filter.{facet.value}"), shown)


def _chips(parameters: SearchParameters, counted: dict[str, list[FacetCountShape]], messages: Messages, link: Links) -> list[Chip]:
    labels = {(name, one.value): one.label for name, counts in counted.items() for one in counts}
    return [
        Chip(
            label=f"{messages.text(f'web_filter.{pair[0]}')}: {labels.get(pair, pair[1])}",
            href=link("/", _pairs(parameters, without=pair)),
        )
        for pair in _filter_pairs(parameters)
    ]


def _total(answer: SearchShape, messages: Messages) -> str:
    key = "web.total" if answer.total.relation == "eq" else "web.total_at_least"
    count = f"{answer.total.value:,}".replace(",", "." if messages.language == "vi" else ",")
    total = messages.text(key, count=count)
    return messages.text("web.read_as", total=total, query=answer.interpreted) if answer.query.strip() else total


def _hit(item: ItemShape, query: str, messages: Messages, link: Links) -> HitView:
    pages = [
        PageView(page.page, _in_language(page.links.viewer, link), Markup(" … ").join(Markup(one) for one in page.snippets))
        for page in item.matched_pages
    ]
    more = item.matched_page_count - len(item.matched_pages)
    return HitView(
        heading=item.subject or item.number or item.type_name or item.record or messages.text("web.document_without_name"),
        href=_in_language(item.links.viewer, link),
        number=item.number or "",
        date=written_date(item.issued_date or ""),
        type=item.type_name or "",
        agency=item.organ_name or "",
        priority=item.priority or "",
        dossier_id=item.dossier.id,
        dossier_name=item.dossier.name,
        pages=pages,
        more_pages=messages.text("web.more_pages", count=more) if more > 0 else "",
    )


def _in_language(path: str, link: Links) -> str:
    """A link of the answer, keeping the language the reader chose."""
    return link.extended(path)


def _error(problem: Problem | None, query: str) -> ErrorView | None:
    if problem is None:
        return None
    wrong = next(iter(problem.errors), None)
    if wrong is None or wrong.parameter != "q" or wrong.position is None:
        return ErrorView(problem.title, problem.detail, None, "", "")
    place, text = wrong.position, unicodedata.normalize("NFC", query)
    return ErrorView(problem.title, problem.detail, text[:place], text[place : place + 1] or "▯", text[place + 1 :])


def _advice(parameters: SearchParameters, messages: Messages) -> list[str]:
    keys = ["filters"] if parameters.has_filters else []
    if '"' in parameters.q:
        keys.append("phrase")
    keys += ["marks", "fewer_words", "scanned"]
    return [messages.text(f"web.advice_{key}") for key in keys]
