"""What narrows and orders a result: facets to count and tick, filters, orders, the tree of fonds, catalogues, boxes, dossiers.

In: what the doors ask. Out: names and values that `indexer.filtering` makes plans of.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from dossier.errors import BadQuery
from dossier.text import fold, written_days

YES, NO = "yes", "no"
"""Values of the facets that are a question."""

UNKNOWN = "unknown"
"""Value of `Facet.PRECISION` without a date."""

BRANCH_MARK = ">"
"""Stands between the parts of a node's value in the tree ("phong ubnd > 02 > 15")."""

UNSTATED = "-"
"""Part of a node's value that the archive does not state."""


class Facet(StrEnum):
    """Fields whose values are counted and can be ticked; a document may have several values of one.

    Attributes:
        AGENCY: cơ quan ban hành, those of a joint document all; also filtered by today's name.
        PARENT: cơ quan chủ quản. UNIT: today's unit of its places and agencies, by code; also filtered by either name.
        AUTHORITY: thể thức ký. RECIPIENT: nơi nhận. MONTH: YYYY-MM. PRECISION: day, month, year or unknown.
        FONDS, CATALOGUE, BOX, DOSSIER: nodes of the tree; values of the inner two hold the nodes above.
        RETENTION: thời hạn bảo quản. RECORD: the paper of a data pack, "pack/paper".
        AUTOGRAPH, ANNEXES: yes or no. DOUBT: what to look at, by code; `yes` for anything, `no` for nothing.
        PERSON: people named in the text.
    """

    AGENCY = "agency"
    PARENT = "parent"
    UNIT = "unit"
    TYPE = "type"
    RECORD = "record"
    PLACE = "place"
    SIGNER = "signer"
    POSITION = "position"
    AUTHORITY = "authority"
    RECIPIENT = "recipient"
    YEAR = "year"
    MONTH = "month"
    PRECISION = "precision"
    FONDS = "fonds"
    CATALOGUE = "catalogue"
    BOX = "box"
    DOSSIER = "dossier"
    RETENTION = "retention"
    PRIORITY = "priority"
    SECRECY = "secrecy"
    LANGUAGE = "language"
    MODE = "mode"
    AUTOGRAPH = "autograph"
    ANNEXES = "annexes"
    DOUBT = "doubt"
    PERSON = "person"


TREE = (Facet.FONDS, Facet.CATALOGUE, Facet.BOX, Facet.DOSSIER)
"""Levels of the tree. The children of a node: filter by `branch`, count the facet of the next level."""

IDENTIFIED = frozenset({Facet.DOSSIER, Facet.UNIT, Facet.RECORD})
"""Facets whose values are ids, found by label too when values are looked for."""

TIMELINE = frozenset({Facet.YEAR, Facet.MONTH})
"""Facets that are histograms: all their values are given, oldest first."""


class Sort(StrEnum):
    """Order of hits. Ties are broken the same way in every engine; what has no value comes last, whichever way it goes."""

    RELEVANCE = "relevance"
    OLDEST = "date"
    NEWEST = "-date"
    TITLE = "title"
    NUMBER = "number"
    HIGHEST_NUMBER = "-number"
    ARRIVAL = "arrival"
    LATEST_ARRIVAL = "-arrival"
    AGENCY = "agency"
    SIGNER = "signer"
    SHORTEST = "pages"
    LONGEST = "-pages"


@dataclass(frozen=True, slots=True)
class Filters:
    """What hits must be, besides matching the words; several values of one field mean "any of them".

    Values are compared without case and marks; `dossier` takes the dossier's id. Dates take day, month or year precision in ISO
    or Vietnamese order and include their ends.

    Attributes:
        number: số, ký hiệu: the whole, the number alone or the notation alone. cites: numbers of documents it names.
        arrival_number: số đến. file: id of the scan file (its pages' id before the last dash).
        branch: nodes of the tree at any level, by facet value.
        arrival_from, arrival_to: ngày đến. pages_from, pages_to: page amount.
    """

    agency: tuple[str, ...] = ()
    parent: tuple[str, ...] = ()
    unit: tuple[str, ...] = ()
    type: tuple[str, ...] = ()
    record: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    signer: tuple[str, ...] = ()
    position: tuple[str, ...] = ()
    authority: tuple[str, ...] = ()
    recipient: tuple[str, ...] = ()
    year: tuple[int, ...] = ()
    month: tuple[str, ...] = ()
    precision: tuple[str, ...] = ()
    fonds: tuple[str, ...] = ()
    catalogue: tuple[str, ...] = ()
    box: tuple[str, ...] = ()
    dossier: tuple[str, ...] = ()
    retention: tuple[str, ...] = ()
    priority: tuple[str, ...] = ()
    secrecy: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    mode: tuple[str, ...] = ()
    autograph: tuple[str, ...] = ()
    annexes: tuple[str, ...] = ()
    doubt: tuple[str, ...] = ()
    person: tuple[str, ...] = ()
    number: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()
    arrival_number: tuple[str, ...] = ()
    file: tuple[str, ...] = ()
    branch: tuple[str, ...] = ()
    date_from: str | None = None
    date_to: str | None = None
    arrival_from: str | None = None
    arrival_to: str | None = None
    pages_from: int | None = None
    pages_to: int | None = None

    def days(self) -> tuple[int | None, int | None]:
        """First and last day of issue asked for (YYYYMMDD).

        Raises:
            BadQuery: when a bound is no date.
        """
        return _bound(self.date_from, first=True), _bound(self.date_to, first=False)

    def arrival_days(self) -> tuple[int | None, int | None]:
        """First and last day of arrival asked for, as `days`."""
        return _bound(self.arrival_from, first=True), _bound(self.arrival_to, first=False)


def _bound(text: str | None, *, first: bool) -> int | None:
    if not text:
        return None
    days = written_days(text)
    if days is None:
        raise BadQuery(position=0, problem="query.bad_date", word=text)
    return days.first if first else days.last


def value_key(text: str) -> str:
    """The form in which values of filters are compared: single spaces, no case, no marks."""
    return " ".join(fold(text).split())


def branch_key(*parts: str | None) -> str:
    """Value of a node of the tree, from the fonds down."""
    clean = (value_key((part or "").replace(BRANCH_MARK, " ")) or UNSTATED for part in parts)
    return f" {BRANCH_MARK} ".join(clean)
