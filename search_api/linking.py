"""How a document hangs together with others of the archive. In: the gate, a document. Out: ids, and what people call them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dossier.errors import Damaged, NotFound
from dossier.model import Document
from dossier.review import Item, pairs_of
from search_api.access import Gate


@dataclass(frozen=True, slots=True)
class Linked:
    """Links of one document.

    Attributes:
        named: position in its `references` -> ids of documents of the archive. naming: documents that name it.
        pairs: documents that may be the same paper.
    """

    named: Mapping[int, tuple[str, ...]]
    naming: tuple[str, ...]
    pairs: tuple[Item, ...]

    @property
    def all_ids(self) -> set[str]:
        """Every document linked."""
        named = {identifier for ids in self.named.values() for identifier in ids}
        return {*named, *self.naming, *(pair.other_id for pair in self.pairs)}


def links_of(gate: Gate, document: Document) -> Linked:
    """The links of a document, both ways."""
    return Linked(gate.links.named_by(document.id), gate.links.naming(document.id), tuple(pairs_of(document, gate.links)))


def documents_of(gate: Gate, ids: Iterable[str]) -> dict[str, Document]:
    """The documents of these ids that are given out; one that is gone or damaged is left out."""
    known: dict[str, Document] = {}
    for identifier in sorted(ids):
        try:
            known[identifier] = gate.document(identifier).document
        except (NotFound, Damaged):
            continue
    return known
