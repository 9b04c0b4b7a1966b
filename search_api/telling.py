"""A hit told with everything that says why: fields, pages, snippets, boxes; all of it out of the store, none out of the index.

In: the gate of who asks, hits. Out: `ItemShape`; None for what the store does not give out (any more), whatever the index says.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from dossier.errors import Damaged, DossierError, NotFound
from dossier.model import Document, Dossier, DossierStatus, Found, Page
from indexer import Hit, PageHit, PageHits, Query, highlight, matched_boxes, reasons, words_of
from search_api.access import Gate
from search_api.masking import Veil, hidden_numbers, without_numbers
from search_api.shapes.places import corners, document_links, page_links
from search_api.shapes.search import (
    DossierReference,
    ItemShape,
    MatchedBoxShape,
    MatchedPageLinks,
    MatchedPageShape,
    PlaceShape,
    ReasonShape,
)

logger = logging.getLogger(__name__)

SNIPPETS = 2
"""Snippets of one page."""


def viewer_link(document_id: str, *, page: int | None = None, query: str = "") -> str:
    """Where people see a document: opened at a page, with the words of a question drawn on it."""
    parameters = {"trang": str(page) if page else "", "q": query}
    text = urlencode({name: value for name, value in parameters.items() if value})
    return f"/van-ban/{document_id}" + (f"?{text}" if text else "")


@dataclass(slots=True)
class Teller:
    """Tells of hits what one reader may know, reading each dossier once."""

    gate: Gate
    asked: str
    query: Query
    wide: bool
    veil: Veil
    _dossiers: dict[str, Dossier] = field(default_factory=dict)

    def item(self, hit: Hit, pages: PageHits | None) -> ItemShape | None:
        """A hit with its fields; None when the store no longer gives it out."""
        try:
            stored = self.gate.document(hit.document_id)
            dossier = self._dossier(stored.dossier_id)
            name = dossier.facts.title or dossier.name
        except (NotFound, Damaged) as error:  # one bad document must not cost the whole answer
            _note("document", hit.document_id, error)
            return None
        document = stored.document
        hidden = hidden_numbers(document, self.veil)
        read = [(one, page) for one in (pages.hits if pages else ()) if (page := self._read(one)) is not None]
        shown = [self._page(document, one, page, hidden) for one, page in read]
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
            dossier=DossierReference(id=dossier.id, name=name),
            page_count=len(document.page_ids),
            matched_page_count=pages.total if pages else 0,
            matched_pages=shown,
            why=self._why(document, dossier, [(one.number, page.text) for one, page in read], hidden),
            links=document_links(
                document.id,
                stored.dossier_id,
                viewer=viewer_link(document.id, page=shown[0].page if shown else None, query=self.asked),
            ),
        )

    def _read(self, hit: PageHit) -> Page | None:
        try:
            return self.gate.page(hit.page_id)
        except (NotFound, Damaged) as error:
            _note("page", hit.page_id, error)
            return None

    def _page(self, document: Document, hit: PageHit, page: Page, hidden: frozenset[str]) -> MatchedPageShape:
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

    def _why(
        self, document: Document, dossier: Dossier, pages: Sequence[tuple[int, str]], hidden: frozenset[str]
    ) -> list[ReasonShape]:
        """Each part of the question with its places among fields and pages shown; numbers are masked but for those typed."""
        found = reasons(self.query, fields=words_of(document, dossier), pages=pages, wide=self.wide)
        return [
            ReasonShape(
                asked=reason.asked,
                form=reason.form.value,
                places=[
                    PlaceShape(
                        field=place.field.value if place.field else None,
                        page=place.page,
                        form=place.form.value,
                        found=place.found if place.found == reason.asked else without_numbers(place.found, hidden),
                    )
                    for place in reason.places
                ],
            )
            for reason in found
        ]

    def _dossier(self, dossier_id: str) -> Dossier:
        """What the archive says of a dossier; nothing that would come from other documents of it."""
        if dossier_id not in self._dossiers:
            known = self.gate.store.ledger.dossier(dossier_id)
            self._dossiers[dossier_id] = Dossier(known.id, known.name, known.facts, DossierStatus.COMPLETE, files=(), documents=())
        return self._dossiers[dossier_id]


def _note(what: str, identifier: str, error: DossierError) -> None:
    """Damage is for the operator; what is merely gone is the index lagging behind the store, which heals."""
    level = logging.WARNING if isinstance(error, Damaged) else logging.DEBUG
    logger.log(level, "%s %s was found but is not shown: %s", what, identifier, error.code)


def _value(found: Found | None) -> str | None:
    return found.value if found is not None else None
