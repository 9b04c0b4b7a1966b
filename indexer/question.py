"""A whole question (words, filters, order, place in the result) and its answer.

In: what the doors ask. Out: ids with scores, counts and facets; text and fields come from the store.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from dataclasses import asdict, dataclass, field

from dossier.errors import BadQuery
from dossier.model import Reader
from indexer.narrowing import Facet, Filters, Sort
from indexer.query import Everything, Query

TOTAL_LIMIT = 10_000
"""Counts above are given as "at least": counting everything is what makes common words slow."""

PAGE_LIMIT = 1_000
"""Most hits in one answer."""

FACET_LIMIT = 50
"""Values of one facet in one answer, unless asked otherwise; more are found by their beginning."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place in a result: where the next answer goes on.

    Attributes:
        question: digest of the question it belongs to. `values`: sort values of the last hit.
        seen: hits before this place. `wide`: how the words were read. `view`: the engine's held view, if any.
        near: words of the question that were read with one letter changed. `loose`: parts of it were allowed to be missing.
        rarity: what its neighbours were worth then.
    """

    question: str
    values: tuple[str | int | float, ...]
    seen: int
    wide: bool
    view: str | None = None
    near: tuple[str, ...] = ()
    loose: bool = False
    rarity: tuple[int, ...] = ()

    def encode(self) -> str:
        """As opaque text for a URL."""
        return base64.urlsafe_b64encode(json.dumps(asdict(self), separators=(",", ":")).encode()).decode().rstrip("=")

    @classmethod
    def decode(cls, text: str) -> Cursor:
        """Read back what `encode` wrote.

        Raises:
            BadQuery: when the text is no cursor.
        """
        try:
            read = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
            near = tuple(read["near"]) if "near" in read else ()
            loose = "loose" in read and read["loose"]
            rarity = tuple(read["rarity"]) if "rarity" in read else ()
            cursor = cls(read["question"], tuple(read["values"]), read["seen"], read["wide"], read["view"], near, loose, rarity)
        except (ValueError, KeyError, TypeError, binascii.Error) as error:
            raise BadQuery(position=0, problem="query.bad_cursor") from error
        if not cursor._is_sound():
            raise BadQuery(position=0, problem="query.bad_cursor")
        return cursor

    def _is_sound(self) -> bool:
        return (
            isinstance(self.question, str)
            and type(self.seen) is int
            and self.seen >= 0
            and type(self.wide) is bool
            and type(self.loose) is bool
            and all(type(steps) is int and steps > 0 for steps in self.rarity)
            and isinstance(self.view, str | None)
            and all(isinstance(word, str) for word in self.near)
            and len(self.values) >= 2
            and all(type(value) in (str, int, float) for value in self.values)
        )


@dataclass(frozen=True, slots=True)
class Question:
    """Everything an index needs to answer.

    Attributes:
        reader: who asks; nothing that he may not see is in hits, counts or facets.
        facets: fields to count; each is counted without its own filter, as people expect of tick-boxes.
        wide: how words typed without marks are read. None: side by side, and anywhere in the document when that finds
            nothing; True: anywhere; False: side by side only.
        total_limit: counts above it are given as "at least". facet_limit: most values of one facet, the most frequent ones.
        facet_beginning: only values one of whose words begins so, for facets with thousands of values.
    """

    query: Query = field(default_factory=Everything)
    filters: Filters = field(default_factory=Filters)
    sort: Sort = Sort.RELEVANCE
    facets: tuple[Facet, ...] = ()
    limit: int = 20
    after: Cursor | None = None
    wide: bool | None = None
    total_limit: int = TOTAL_LIMIT
    facet_limit: int = FACET_LIMIT
    facet_beginning: str = ""
    reader: Reader = field(kw_only=True)

    @property
    def digest(self) -> str:
        """What a cursor is bound to: words, filters and order."""
        return hashlib.sha256(repr((self.query, self.filters, self.sort, self.wide)).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Total:
    """Number of hits; `relation` is "eq" (exactly) or "gte" (at least)."""

    value: int
    relation: str


@dataclass(frozen=True, slots=True)
class FacetCount:
    """One value of a facet: the key to filter by, the label to show, the number of documents."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Hit:
    """One document found."""

    document_id: str
    dossier_id: str
    score: float


@dataclass(frozen=True, slots=True)
class Results:
    """An answer.

    Attributes:
        next: where to go on, None at the end. `wide`: words typed without marks were read as "anywhere in the document".
        can_widen: asking again with `wide=True` may find more.
        query: the tree as it was read at last; pages, marks and the sentence about the reading are made from it.
        near: words of it that nearly nothing holds, so that words one letter away were looked for too.
        loose: hardly a document holds every part of the question, so those that lack one or two of many are found too.
    """

    hits: tuple[Hit, ...]
    total: Total
    facets: dict[Facet, tuple[FacetCount, ...]]
    next: Cursor | None
    wide: bool
    can_widen: bool
    query: Query = field(default_factory=Everything)
    near: tuple[str, ...] = ()
    loose: bool = False


@dataclass(frozen=True, slots=True)
class PageHit:
    """One page inside a document: `number` is its place in the document, from 1."""

    page_id: str
    number: int
    score: float


@dataclass(frozen=True, slots=True)
class PageHits:
    """The best pages of one document and how many of its pages match."""

    hits: tuple[PageHit, ...]
    total: int
