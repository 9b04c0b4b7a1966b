"""What every search engine has to do for this program; one contract test suite holds for all of them.

In: entries and questions of this room. Out: outcomes, answers, counts. Errors: `Unavailable` heals, `BadQuery` is the asker's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import TracebackType
from typing import Protocol

from dossier.model import Reader
from indexer.entries import DocumentEntry, PageEntry
from indexer.hints import Hint, Lookup
from indexer.plan import Plan
from indexer.query import Query
from indexer.question import Hit, PageHits, Question, Results
from indexer.suggesting import Suggestion


@dataclass(frozen=True, slots=True)
class Put:
    """Store a document with all its pages; pages it had before and has no more disappear."""

    document: DocumentEntry
    pages: tuple[PageEntry, ...]

    @property
    def document_id(self) -> str:
        """Id of the document."""
        return self.document.document_id

    @property
    def version(self) -> int:
        """Version of the document."""
        return self.document.version


@dataclass(frozen=True, slots=True)
class Delete:
    """Take a document and its pages out; an older `Put` that comes late stays without effect."""

    document_id: str
    version: int


Operation = Put | Delete


MAX_ID_BYTES = 400
"""Longest id; Elasticsearch takes 512 bytes and a page's record needs two ids."""

MAX_VERSION = 2**62


def refusal(operation: Operation) -> str | None:
    """Why no engine would ever take this operation, None when it is sound; keeps one bad entry from spoiling a batch."""
    ids = [operation.document_id]
    if isinstance(operation, Put):
        ids += [operation.document.dossier_id, *(operation.document_id + entry.page_id for entry in operation.pages)]
        if any((page.document_id, page.version) != (operation.document_id, operation.version) for page in operation.pages):
            return "a page of another document or version"
    if not 0 <= operation.version < MAX_VERSION:
        return f"version {operation.version} out of bounds"
    for identifier in ids:
        try:
            length = len(identifier.encode())
        except UnicodeEncodeError:
            return "an id that is not text"
        if not 0 < length <= MAX_ID_BYTES:
            return f"an id of {length} bytes"
    return None


class OutcomeKind(StrEnum):
    """`DONE`: durable. `STALE`: the index already holds a newer version, which is fine. `REJECTED`: never will be taken."""

    DONE = "done"
    STALE = "stale"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one operation."""

    document_id: str
    kind: OutcomeKind
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Stats:
    """What an index holds. `generation` is its folder or index suffix (`v<schema>-<n>`)."""

    engine: str
    generation: str
    documents: int
    pages: int


@dataclass(frozen=True, slots=True)
class Details:
    """What an operator wants to know of the generation that answers; also said of one that another version of the program made.

    Attributes:
        size_bytes: on disk, copies included. `answering_since`: seconds since the epoch at which it was swapped in.
        made_by: versions that made it; `expected`: those of this program.
    """

    generation: str
    size_bytes: int
    answering_since: float
    made_by: Mapping[str, str]
    expected: Mapping[str, str]

    @property
    def fits(self) -> bool:
        """Whether this program can ask it; else it has to be rebuilt."""
        return all(self.made_by.get(name) == version for name, version in self.expected.items())


@dataclass(frozen=True, slots=True)
class Health:
    """Whether questions can be answered now; `detail` says why not, or which engine answers."""

    ready: bool
    engine: str
    detail: str


class Rebuild(Protocol):
    """A new generation being filled beside the old one, which answers and takes writes until the swap.

    Leaving the `with` block without an error swaps the new generation in; leaving it with one throws it away. One rebuild runs at a
    time: entering a second one raises `Unavailable`.
    """

    @property
    def generation(self) -> str:
        """Name of the new generation, as `Stats` will give it."""

    def write(self, operations: Sequence[Operation]) -> list[Outcome]:
        """Store operations in the new generation; DONE is durable only with the swap."""

    def settle(self) -> None:
        """Everything but the newest changes is written: hold live writes off until the swap, where the engine needs that.

        What was committed to the outbox before this returns has to be written after it.
        """

    def __enter__(self) -> Rebuild: ...

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None: ...


class Index(Protocol):
    """One search engine with its documents and pages."""

    def write(self, operations: Sequence[Operation]) -> list[Outcome]:
        """Apply operations in order, one outcome each; DONE is only said after the engine made it durable.

        Raises:
            Unavailable: nothing is promised about this batch; send it again, which does no harm.
        """

    def refresh(self) -> None:
        """Make every acknowledged operation visible to questions."""

    def search(self, question: Question) -> Results:
        """Documents that answer a question.

        Raises:
            BadQuery: a cursor of another question, a bound that is no date.
            Unavailable: the engine is not there or the index has to be rebuilt (`sohoa reindex`).
        """

    def search_pages(
        self, query: Query, document_ids: Sequence[str], *, reader: Reader, wide: bool = False, per_document: int = 3
    ) -> Mapping[str, PageHits]:
        """Best pages inside documents already found; documents that the reader may not see or without a matching page are left out.

        A page need not hold every word: pages with more of them come first. Pass `Results.wide` as `wide`.
        """

    def count(self, plan: Plan, *, reader: Reader) -> int:
        """How many documents that the reader may see a plan finds, exactly."""

    def ranked(self, plan: Plan, *, reader: Reader, limit: int = 10) -> tuple[Hit, ...]:
        """The best documents that the reader may see of a plan made by the program, not by a person."""

    def look_up(self, lookups: Sequence[Lookup], *, reader: Reader) -> tuple[tuple[Hint, ...], ...]:
        """For every lookup its hints, counted in documents that the reader may see; none that only others hold."""

    def suggest(self, prefix: str, *, reader: Reader, limit: int = 10) -> tuple[Suggestion, ...]:
        """What may be meant by what was typed so far (see `indexer.suggesting.suggest`)."""

    def rebuild(self) -> Rebuild:
        """Start a new, empty generation."""

    def stats(self) -> Stats:
        """Count what is visible."""

    def details(self) -> Details:
        """What an operator wants to know; never refuses a generation of another version."""

    def health(self) -> Health:
        """Look whether the engine answers; never raises `Unavailable`."""

    def close(self) -> None:
        """Let go of files and connections."""
