"""Records for one harvester: which documents changed, which are gone for him, what they say as Dublin Core.

In: the gate, a selection. Out: records in the order of their changes. Who could never see a document hears nothing of it; who could
see it once hears that it is deleted, which is what `deletedRecord` persistent promises. What nobody ever could see, because it was
stopped for secrecy from the first, is not told to anybody.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from dossier.errors import Damaged, NotFound
from dossier.model import ArchivalFacts, Document
from dossier.text import fold
from search_api.access import Gate
from search_api.events.told import told
from search_api.oai.arguments import Refused, Selection
from store import Event, EventKind

EARLIEST = "2000-01-01T00:00:00+00:00"
"""No change is older, and changes of which an older version of this program noted no time count as this old."""

AT_ONCE = 100
"""Records in one answer."""

_READ_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Head:
    """What became of a document, for one harvester; `at` as the store writes times."""

    document_id: str
    at: str
    deleted: bool
    dossier_id: str
    set_spec: str
    seq: int = 0


@dataclass(slots=True)
class Fonds:
    """Dossiers and the fonds (phông) they belong to, looked up once a request."""

    gate: Gate
    _facts: dict[str, ArchivalFacts] = field(default_factory=dict)

    def facts(self, dossier_id: str) -> ArchivalFacts:
        """What is known of a dossier, nothing for one that is gone."""
        if dossier_id not in self._facts:
            try:
                self._facts[dossier_id] = self.gate.store.ledger.dossier(dossier_id).facts
            except NotFound:
                self._facts[dossier_id] = ArchivalFacts()
        return self._facts[dossier_id]

    def set_spec(self, dossier_id: str) -> str:
        """The set of a dossier, "" without a fonds."""
        name = self.facts(dossier_id).fonds
        return set_spec_of(name) if name else ""


def set_spec_of(fonds: str) -> str:
    """A fonds as the name of a set: readable, and never that of another."""
    readable = re.sub(r"[^a-z0-9]+", "-", fold(fonds.lower())).strip("-")[:60]
    return f"{readable or 'phong'}.{hashlib.sha256(fonds.encode()).hexdigest()[:8]}"


def sets_of(gate: Gate) -> dict[str, str]:
    """The sets of which the harvester may see a document, with the names of their fonds.

    Raises:
        Refused: noSetHierarchy, when there is none.
    """
    found: dict[str, str] = {}
    for record in gate.store.ledger.dossiers():
        fonds = record.facts.fonds
        if fonds and set_spec_of(fonds) not in found and _shows_any(gate, record.id):
            found[set_spec_of(fonds)] = fonds
    if not found:
        raise Refused("noSetHierarchy", "nothing that may be seen belongs to a fonds")
    return dict(sorted(found.items()))


def heads_of(gate: Gate, selection: Selection) -> tuple[list[Head], Selection | None]:
    """The next records of a list, and how it goes on.

    Raises:
        Refused: noRecordsMatch, when there is nothing.
    """
    feed = gate.store.feed
    top = selection.top if selection.top is not None else feed.last()
    start = selection.position
    if start is None:
        start = feed.position_before(selection.since) if selection.since > EARLIEST else 0
    found: list[Head] = []
    for head in _heads(gate, replace(selection, top=top), start):
        if len(found) == AT_ONCE:
            given = selection.given + AT_ONCE
            return found, replace(selection, top=top, position=found[-1].seq, given=given)
        found.append(head)
    if not found:
        raise Refused("noRecordsMatch", "nothing changed in this time, or in this set")
    return found, None


def head_of(gate: Gate, document_id: str) -> Head:
    """What became of one document.

    Raises:
        Refused: idDoesNotExist, when the harvester may not know of it.
    """
    last = gate.store.feed.of(document_id)
    for event, heard in told(gate.store, [last] if last is not None else [], gate.reader):
        if heard is not None and not _never_shown(event):
            deleted = heard.kind is EventKind.DELETED
            return Head(document_id, heard.at or EARLIEST, deleted, heard.dossier_id, Fonds(gate).set_spec(heard.dossier_id))
    raise Refused("idDoesNotExist", "there is no such document")


def document_of(gate: Gate, head: Head) -> Document | None:
    """The document of a record, None when it was taken away or damaged in this moment."""
    try:
        return None if head.deleted else gate.document(head.document_id).document
    except (NotFound, Damaged):
        return None


def _heads(gate: Gate, selection: Selection, position: int) -> Iterator[Head]:
    fonds = Fonds(gate)
    while events := gate.store.feed.after(position, _READ_AT_ONCE):
        for event, heard in told(gate.store, events, gate.reader):
            position = event.seq
            if selection.top is not None and position > selection.top:
                return
            at = event.at or EARLIEST
            if heard is None or _never_shown(event) or not _between(at, selection):
                continue
            head = Head(
                event.document_id, at, heard.kind is EventKind.DELETED, event.dossier_id, fonds.set_spec(event.dossier_id), position
            )
            if selection.set_spec in ("", head.set_spec):
                yield head


def _never_shown(event: Event) -> bool:
    return event.kind is EventKind.DELETED and not event.accesses


def _between(at: str, selection: Selection) -> bool:
    return (not selection.since or at >= selection.since) and (not selection.until or at <= selection.until)


def _shows_any(gate: Gate, dossier_id: str) -> bool:
    try:
        return bool(gate.documents_of(dossier_id))
    except NotFound:
        return False
