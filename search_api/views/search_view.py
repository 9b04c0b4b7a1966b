"""The search page: hits, filters, links to the next answer. In: parameters and an answer. Out: values for `search.html`."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from dossier.messages import Messages
from indexer import Reading, Sort
from search_api.asking import SearchParameters
from search_api.presentation import Links
from search_api.problems import Problem
from search_api.shapes.search import SearchShape
from search_api.views.facets_view import Choice, FiltersView, filters_view
from search_api.views.hits_view import HitView, hit_view
from search_api.views.question import pairs_of
from search_api.views.tree_view import TreeView, tree_view

EXAMPLES = {
    "quyết định phê duyệt": "web.example_words",
    "15/QĐ-UBND": "web.example_number",
    '"Ủy ban nhân dân"': "web.example_phrase",
    '~"to trinh"': "web.example_folded_phrase",
    'đất -"dự thảo"': "web.example_without",
}

SORT_KEYS = {sort: sort.value.replace("-", "last_") for sort in Sort}
"""Orders as the catalogue calls them."""


@dataclass(frozen=True, slots=True)
class ErrorView:
    """What is wrong with the query; `at` is the letter at the position, None parts when the place is not in the query."""

    title: str
    detail: str
    before: str | None
    at: str
    after: str


@dataclass(frozen=True, slots=True)
class Target:
    """A link with its words."""

    href: str
    name: str


@dataclass(frozen=True, slots=True)
class Aside:
    """What the route knows beside the answer: readings of a single syllable, documents of the very number typed, by id."""

    readings: Sequence[Reading] = ()
    exact: Sequence[tuple[str, str]] = ()
    may_export: bool = True


@dataclass(frozen=True, slots=True)
class SearchView:
    """Everything `search.html` shows."""

    query: str
    asked: bool
    error: ErrorView | None
    holdings: str
    examples: list[tuple[str, str]]
    total: str
    read_as: list[str]
    meant: Target | None
    readings: list[Target]
    exact: list[Target]
    widen: str | None
    hits: list[HitView]
    filters: FiltersView
    tree: TreeView
    sorts: list[Choice]
    advice: list[str]
    first: str | None
    next: str | None
    again: str
    save: str
    export: str | None


def search_view(
    parameters: SearchParameters,
    answer: SearchShape | None,
    *,
    messages: Messages,
    link: Links,
    problem: Problem | None = None,
    holdings: str = "",
    aside: Aside | None = None,
) -> SearchView:
    """The page for an answer, for a problem, or (neither) for nothing asked yet."""
    counted = answer.facets if answer else {}
    known = aside or Aside()
    pairs = pairs_of(parameters)
    exact = {identifier for identifier, _ in known.exact}
    hits = [hit_view(item, exact, messages=messages, link=link) for item in answer.items] if answer else []
    found = {item.id for item in answer.items} if answer else set()
    if parameters.sort == Sort.RELEVANCE:
        hits.sort(key=lambda hit: not hit.exact_number)
    return SearchView(
        query=parameters.q,
        asked=answer is not None or problem is not None,
        error=_error(problem, parameters.q),
        holdings=holdings,
        examples=[(example, messages.text(key)) for example, key in EXAMPLES.items()],
        total=_total(answer, messages) if answer else "",
        read_as=_read_as(answer, messages) if answer else [],
        meant=_asking(parameters, answer.did_you_mean, link) if answer and answer.did_you_mean else None,
        readings=[_asking(parameters, one.text, link) for one in known.readings],
        exact=[Target(link(f"/van-ban/{one}", [("q", parameters.q)]), name) for one, name in known.exact if one not in found],
        widen=link("/", [*pairs, ("wide", "true")]) if answer and answer.can_widen else None,
        hits=hits,
        filters=filters_view(parameters, counted, messages=messages, link=link),
        tree=tree_view(parameters, counted, link=link),
        sorts=[Choice(sort.value, messages.text(f"web.sort_{key}"), sort == parameters.sort) for sort, key in SORT_KEYS.items()],
        advice=_advice(parameters, messages),
        first=link("/", pairs) if parameters.cursor else None,
        next=link("/", [*pairs, ("cursor", answer.next)]) if answer and answer.next else None,
        again=link("/", pairs),
        save=link("/cau-da-luu", pairs),
        export=link("/xuat-ket-qua", pairs) if known.may_export else None,
    )


def _asking(parameters: SearchParameters, words: str, link: Links) -> Target:
    """The same question in other words."""
    return Target(link("/", [("q", words), *pairs_of(parameters, leaving_out=("q", "wide"))]), words)


def _total(answer: SearchShape, messages: Messages) -> str:
    key = "web.total" if answer.total.relation == "eq" else "web.total_at_least"
    count = f"{answer.total.value:,}".replace(",", "." if messages.language == "vi" else ",")
    return messages.text(key, count=count)


def _read_as(answer: SearchShape, messages: Messages) -> list[str]:
    """How the words were read, what was looked for beside them."""
    if not answer.query.strip():
        return []
    said = [messages.text("web.read_as", query=answer.interpreted)]
    others: dict[str, list[str]] = {}
    for one in answer.other_forms:
        others.setdefault(one.asked, []).append(one.text)
    said += [messages.text("web.read_also", asked=asked, others="», «".join(texts)) for asked, texts in others.items()]
    if answer.near:
        said.append(messages.text("web.read_near", words="», «".join(answer.near)))
    if answer.loose:
        said.append(messages.text("web.read_loose"))
    return said


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
