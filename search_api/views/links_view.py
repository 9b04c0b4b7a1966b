"""Links of a document on its page: what it names, what names it, what may be the same paper.

In: its links. Out: rows with links.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dossier.messages import Messages
from dossier.model import Document, Reference, ReferenceKind
from dossier.review import sentence
from search_api.linking import Linked
from search_api.presentation import Links
from search_api.views.rows import FieldView, Rows

_LONGEST_NAME = 180


@dataclass(frozen=True, slots=True)
class Target:
    """A document to go to."""

    href: str
    name: str


@dataclass(frozen=True, slots=True)
class ReferenceView:
    """A document that the text names, and those of the archive that it may be."""

    row: FieldView
    targets: list[Target]


@dataclass(frozen=True, slots=True)
class Warning:
    """Another document that may be the same paper."""

    sentence: str
    target: Target


@dataclass(frozen=True, slots=True)
class LinksView:
    """All links of a document."""

    basis: list[ReferenceView]
    cited: list[ReferenceView]
    naming: list[Target]
    warnings: list[Warning]

    @property
    def rows(self) -> list[FieldView]:
        """Rows whose boxes the picture bears."""
        return [one.row for one in (*self.basis, *self.cited)]


def heading_of(document: Document, messages: Messages) -> str:
    """Number and subject, as much of them as is known."""
    parts = (document.number, document.subject and document.subject.value)
    kind = document.type_name.value if document.type_name else document.record.name if document.record else ""
    return " – ".join(part for part in parts if part) or kind or messages.text("web.document_without_name")


def target_of(document: Document, messages: Messages, link: Links) -> Target:
    """The link to a document under its heading."""
    return Target(link(f"/van-ban/{document.id}"), _short(heading_of(document, messages)))


def links_view(rows: Rows, linked: Linked, known: Mapping[str, Document], link: Links) -> LinksView:
    """The links of a document; `known`: the documents linked that are given out."""

    def target(identifier: str) -> Target:
        return target_of(known[identifier], rows.messages, link)

    first: dict[tuple[str | None, ...], tuple[int, Reference]] = {}
    for place, reference in enumerate(rows.document.references):
        name = reference.number or reference.title
        first.setdefault((name, reference.issued_date) if name else (reference.found.value,), (place, reference))
    views: dict[ReferenceKind, list[ReferenceView]] = {kind: [] for kind in ReferenceKind}
    for place, reference in first.values():
        row = rows.row(f"reference{place}", "", reference.found, value=_short(reference.found.value))
        there = [target(identifier) for identifier in linked.named.get(place, ()) if identifier in known]
        views[reference.kind].append(ReferenceView(row, there))
    pairs = [pair for pair in linked.pairs if pair.other_id in known]
    warnings = [Warning(sentence(pair, rows.messages, other=f"«{(other := target(pair.other_id)).name}»"), other) for pair in pairs]
    naming = [target(identifier) for identifier in linked.naming if identifier in known]
    return LinksView(views[ReferenceKind.BASIS], views[ReferenceKind.CITED], naming, warnings)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_NAME else f"{text[:_LONGEST_NAME].rstrip()} …"
