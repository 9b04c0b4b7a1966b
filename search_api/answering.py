"""A question to its answer: ids from the index, everything shown from the store as the asker may see it.

In: open rooms, what is asked, who asks. Out: `SearchShape`. The store is asked for every document and page that is shown, so what
was stopped for secrecy or closed to the asker after it had been indexed does not come out.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from dossier.model import Reader
from indexer import GRAMMAR, Facet, Index, PageHits, Results, better_spelling, interpret, other_forms
from search_api.access import Gate
from search_api.asking import SINGLE, Asked, question_of
from search_api.cursors import seal, unseal
from search_api.masking import Veil
from search_api.rooms import Rooms
from search_api.shapes.search import FacetCountShape, OtherFormShape, SearchLinks, SearchShape, TotalShape
from search_api.telling import Teller


def answer(
    rooms: Rooms,
    asked: Asked,
    *,
    reader: Reader,
    facets: tuple[Facet, ...] | None = None,
    veil: Veil = Veil.SENSITIVE,
    linked: bool = True,
) -> SearchShape:
    """Search; numbers of people in the snippets are masked behind the veil, unless they are what was asked for.

    Args:
        rooms: store and index.
        asked: what is asked.
        reader: who asks.
        facets: counted instead of those asked for.
        veil: how much of personal data is masked.
        linked: give an address of the next answer; not for questions too long for an address.

    Raises:
        BadQuery: naming parameter and position.
        Unavailable: the store or the search engine is not there for now.
    """
    store, index, key = rooms.store(), rooms.index(), rooms.signing_key()
    after = unseal(asked.cursor, key, reader) if asked.cursor else None
    question = question_of(asked, facets, reader=reader, after=after)
    results = index.search(question)
    pages = _matched_pages(index, results, reader)
    teller = Teller(Gate(store, reader), asked.q, results.query, results.wide, veil)
    items = [item for hit in results.hits if (item := teller.item(hit, pages.get(hit.document_id))) is not None]
    valid_s = rooms.settings.systems.cursor_valid_s
    cursor = seal(results.next, key, reader, valid_s=valid_s) if results.next is not None else None
    return SearchShape(
        query=asked.q,
        interpreted=interpret(results.query, wide=results.wide),
        grammar=GRAMMAR,
        did_you_mean=None if asked.cursor else better_spelling(index, asked.q, reader=reader),
        other_forms=[OtherFormShape(asked=one.asked, text=one.text, kind=one.kind) for one in other_forms(results.query)],
        near=list(results.near),
        loose=results.loose,
        wide=results.wide,
        can_widen=results.can_widen,
        total=TotalShape(value=results.total.value, relation=results.total.relation),
        items=items,
        facets={
            facet.value: [FacetCountShape(value=one.value, label=one.label, count=one.count) for one in counts]
            for facet, counts in results.facets.items()
        },
        next=cursor,
        links=SearchLinks(next=f"/v1/search?{urlencode(_pairs(asked, cursor))}" if cursor and linked else None),
    )


def _matched_pages(index: Index, results: Results, reader: Reader) -> Mapping[str, PageHits]:
    if not results.hits:
        return {}
    return index.search_pages(results.query, [hit.document_id for hit in results.hits], reader=reader, wide=results.wide)


def _pairs(asked: Asked, cursor: str) -> list[tuple[str, str]]:
    """The parameters that differ from their defaults, as a query string writes them, with another cursor."""
    pairs: list[tuple[str, str]] = []
    for name, value in asked.asked_for().items():
        given = [value] if name in SINGLE else value
        pairs += [(name, str(one).lower() if isinstance(one, bool) else str(one)) for one in given]
    return [*pairs, ("cursor", cursor)]
