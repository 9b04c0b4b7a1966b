"""A question to its answer: ids from the index, everything shown from the store, with why each document was found.

In: open rooms, query parameters. Out: `SearchShape`. The store is asked for every document and page that is shown, so what
was stopped for secrecy after it had been indexed does not come out.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from dossier.errors import Damaged, DossierError, NotFound
from dossier.model import Document, Found, Reader
from indexer import Facet, Hit, Index, PageHit, PageHits, Query, Results, highlight, interpret, matched_boxes
from search_api.asking import SINGLE, SearchParameters, question_of
from search_api.masking import Veil, hidden_numbers, without_numbers
from search_api.rooms import Rooms
from search_api.shapes.places import corners, document_links, page_links
from search_api.shapes.search import (
    DossierReference,
    FacetCountShape,
    ItemShape,
    MatchedBoxShape,
    MatchedPageLinks,
    MatchedPageShape,
    SearchLinks,
    SearchShape,
    TotalShape,
)
from store import Store

logger = logging.getLogger(__name__)

SNIPPETS = 2
"""Snippets of one page."""


def answer(
    rooms: Rooms,
    parameters: SearchParameters,
    *,
    reader: Reader,
    facets: tuple[Facet, ...] | None = None,
    veil: Veil = Veil.SENSITIVE,
) -> SearchShape:
    """Search; numbers of people in the snippets are masked behind the veil, unless they are what was asked for.

    Raises:
        BadQuery: naming parameter and position.
        Unavailable: the store or the search engine is not there for now.
    """
    question = question_of(parameters, facets, reader=reader)
    store, index = rooms.store(), rooms.index()
    results = index.search(question)
    pages = _matched_pages(index, question.query, results, reader)
    teller = _Teller(store, parameters.q, question.query, results.wide, veil)
    items = [item for hit in results.hits if (item := teller.item(hit, pages.get(hit.document_id))) is not None]
    cursor = results.next.encode() if results.next is not None else None
    return SearchShape(
        query=parameters.q,
        interpreted=interpret(question.query, wide=results.wide),
        wide=results.wide,
        can_widen=results.can_widen,
        total=TotalShape(value=results.total.value, relation=results.total.relation),
        items=items,
        facets={
            facet.value: [FacetCountShape(value=one.value, label=one.label, count=one.count) for one in counts]
            for facet, counts in results.facets.items()
        },
        next=cursor,
        links=SearchLinks(next=f"/v1/search?{urlencode(_pairs(parameters, cursor))}" if cursor else None),
    )


def viewer_link(document_id: str, *, page: int | None = None, query: str = "") -> str:
    """Where people see a document: opened at a page, with the words of a question drawn on it."""
    parameters = {"trang": str(page) if page else "", "q": query}
    text = urlencode({name: value for name, value in parameters.items() if value})
    return f"/van-ban/{document_id}" + (f"?{text}" if text else "")


def _matched_pages(index: Index, query: Query, results: Results, reader: Reader) -> Mapping[str, PageHits]:
    if not results.hits:
        return {}
    return index.search_pages(query, [hit.document_id for hit in results.hits], reader=reader, wide=results.wide)


def _pairs(parameters: SearchParameters, cursor: str | None) -> list[tuple[str, str]]:
    """The parameters that differ from their defaults, as a query string writes them, with another cursor."""
    pairs: list[tuple[str, str]] = []
    for name, value in parameters.model_dump(mode="json", exclude_defaults=True, exclude={"cursor"}).items():
        given = [value] if name in SINGLE else value
        pairs += [(name, str(one).lower() if isinstance(one, bool) else str(one)) for one in given]
    return [*pairs, ("cursor", cursor)] if cursor else pairs


@dataclass(slots=True)
class _Teller:
    """Tells of hits what the store knows, reading each dossier once."""

    store: Store
    asked: str
    query: Query
    wide: bool
    veil: Veil
    _dossiers: dict[str, DossierReference] = field(default_factory=dict)

    def item(self, hit: Hit, pages: PageHits | None) -> ItemShape | None:
        """A hit with its fields; None when the store no longer gives it out."""
        try:
            stored = self.store.document(hit.document_id)
            dossier = self._dossier(stored.dossier_id)
        except (NotFound, Damaged) as error:  # one bad document must not cost the whole answer
            _note("document", hit.document_id, error)
            return None
        document = stored.document
        hidden = hidden_numbers(document, self.veil)
        shown = [page for one in (pages.hits if pages else ()) if (page := self._page(document, one, hidden)) is not None]
        return ItemShape(
            id=document.id,
            score=hit.score,
            number=document.number,
            type_name=_value(document.type_name),
            record=document.record.name or None if document.record else None,
            issued_date=_value(document.issued_date),
            issued_place=_value(document.issued_place),
            organ_name=_value(document.organ_name),
            parent_organ_name=_value(document.parent_organ_name),
            subject=_value(document.subject),
            signer_name=_value(document.signer_name),
            priority=_value(document.priority),
            dossier=dossier,
            page_count=len(document.page_ids),
            matched_page_count=pages.total if pages else 0,
            matched_pages=shown,
            links=document_links(
                document.id,
                stored.dossier_id,
                viewer=viewer_link(document.id, page=shown[0].page if shown else None, query=self.asked),
            ),
        )

    def _page(self, document: Document, hit: PageHit, hidden: frozenset[str]) -> MatchedPageShape | None:
        try:
            page = self.store.page(hit.page_id)
        except (NotFound, Damaged) as error:
            _note("page", hit.page_id, error)
            return None
        links = page_links(page.id)
        return MatchedPageShape(
            id=page.id,
            page=hit.number,
            score=hit.score,
            width=page.width,
            height=page.height,
            dpi=page.dpi,
            snippets=[
                without_numbers(snippet.html(), hidden)
                for snippet in highlight(page.text, self.query, wide=self.wide, count=SNIPPETS)
            ],
            boxes=[
                MatchedBoxShape(box=corners(match.box), text=match.text, exact=match.exact)
                for match in matched_boxes(page, self.query, wide=self.wide)
            ],
            links=MatchedPageLinks(
                self=links.self, image=links.image, viewer=viewer_link(document.id, page=hit.number, query=self.asked)
            ),
        )

    def _dossier(self, dossier_id: str) -> DossierReference:
        if dossier_id not in self._dossiers:
            record = self.store.ledger.dossier(dossier_id)
            self._dossiers[dossier_id] = DossierReference(id=record.id, name=record.facts.title or record.name)
        return self._dossiers[dossier_id]


def _note(what: str, identifier: str, error: DossierError) -> None:
    """Damage is for the operator; what is merely gone is the index lagging behind the store, which heals."""
    level = logging.WARNING if isinstance(error, Damaged) else logging.DEBUG
    logger.log(level, "%s %s was found but is not shown: %s", what, identifier, error.code)


def _value(found: Found | None) -> str | None:
    return found.value if found is not None else None
