"""Links between documents as one reader sees them. In: the links of the store. Out: those to documents that he may see."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from store import Links


class VisibleLinks:
    """`Links` of which only those to visible documents are told."""

    def __init__(self, links: Links, visible: Callable[[Iterable[str]], frozenset[str]]) -> None:
        self._links = links
        self._visible = visible

    def named_by(self, document_id: str) -> dict[int, tuple[str, ...]]:
        """Documents that a document names: position in its `references` -> ids."""
        named = self._links.named_by(document_id)
        seen = self._visible(identifier for ids in named.values() for identifier in ids)
        kept = {place: tuple(identifier for identifier in ids if identifier in seen) for place, ids in named.items()}
        return {place: ids for place, ids in kept.items() if ids}

    def naming(self, document_id: str) -> tuple[str, ...]:
        """Documents that name this one, by id."""
        return self._kept(self._links.naming(document_id))

    def same_as(self, document_id: str) -> tuple[str, ...]:
        """Other documents with the same number, symbol, agency and day, by id."""
        return self._kept(self._links.same_as(document_id))

    def rescans(self, document_id: str) -> tuple[tuple[str, float], ...]:
        """Other documents so alike in their text that they may be scans of one paper: id and likeness (0-1), likest first."""
        found = self._links.rescans(document_id)
        seen = self._visible(identifier for identifier, _ in found)
        return tuple(pair for pair in found if pair[0] in seen)

    def _kept(self, ids: tuple[str, ...]) -> tuple[str, ...]:
        seen = self._visible(ids)
        return tuple(identifier for identifier in ids if identifier in seen)
