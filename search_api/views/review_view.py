"""What a person should look at, on the page of a dossier. In: a dossier and the items. Out: groups of sentences with links."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from dossier.messages import Messages
from dossier.model import Document, Dossier, Found, page_number, single_fields
from dossier.review import Item, sentence
from search_api.presentation import Links


@dataclass(frozen=True, slots=True)
class ItemView:
    """One thing to look at."""

    sentence: str
    href: str | None


@dataclass(frozen=True, slots=True)
class GroupView:
    """All that is to be looked at in one document, or (without a link) in the dossier itself."""

    title: str
    place: str
    href: str | None
    items: list[ItemView] = field(default_factory=list)


class Whereabouts:
    """Addresses of documents and pages of one dossier."""

    def __init__(self, dossier: Dossier, link: Links) -> None:
        self._link = link
        self._pages = {
            page_id: (document.id, position)
            for document in dossier.documents
            for position, page_id in enumerate(document.page_ids, 1)
        }

    def document(self, document_id: str) -> str:
        """Where people see a document."""
        return self._link(f"/van-ban/{document_id}")

    def field(self, document: Document, name: str) -> str:
        """Where people see a field of a document, with its box drawn when it was found."""
        found = dict(single_fields(document)).get(name)
        if found is None or found.page_id not in document.page_ids:
            return self.document(document.id)
        position = document.page_ids.index(found.page_id) + 1
        return self._link(f"/van-ban/{document.id}", [("trang", position), ("truong", name)])

    def page(self, found: Found | None) -> str | None:
        """Where people see the page that shows a value; None when it is in no document."""
        return self.page_of(found.page_id) if found is not None else None

    def page_of(self, page_id: str) -> str | None:
        """Where people see a page."""
        if page_id not in self._pages:
            return None
        document_id, position = self._pages[page_id]
        return self._link(f"/van-ban/{document_id}", [("trang", position)])


def review_view(dossier: Dossier, items: Sequence[Item], where: Whereabouts, messages: Messages) -> list[GroupView]:
    """The items in their order, those of one document together."""
    documents = {document.id: document for document in dossier.documents}
    groups: dict[str, GroupView] = {}
    for item in items:
        document = documents.get(item.document_id)
        if item.document_id not in groups:
            groups[item.document_id] = _group(dossier, document, where, messages)
        other = documents.get(item.other_id)
        told = sentence(item, messages, other=f"«{_name(other, messages)}»" if other else "")
        groups[item.document_id].items.append(ItemView(told, _href(item, document, where)))
    return list(groups.values())


def _group(dossier: Dossier, document: Document | None, where: Whereabouts, messages: Messages) -> GroupView:
    if document is None:
        return GroupView(messages.text("web.review_dossier"), "", None)
    names = {file.sha256[:32]: file.name for file in dossier.files}
    file, _, _ = document.page_ids[0].rpartition("-")
    place = messages.text("review.place", file=names.get(file, file), page=page_number(document.page_ids[0]))
    return GroupView(_name(document, messages), place, where.document(document.id))


def _href(item: Item, document: Document | None, where: Whereabouts) -> str | None:
    """The field in doubt with its box, the other paper of a pair, the page that says that a paper is missing."""
    if item.other_id:
        return where.document(item.other_id)
    if document is None:
        return where.page_of(item.page_id)
    return where.field(document, item.field)


def _name(document: Document, messages: Messages) -> str:
    kind = document.type_name.value if document.type_name else document.record.name if document.record else ""
    return document.number or kind or messages.text("web.document_without_name")
