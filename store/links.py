"""Which documents name which, and which are the same paper twice.

In: documents as they are recorded. Out: ids of documents that may be shown. Two papers are taken for the same document when number,
symbol, agency and day agree (NĐ 30/2020 PL VI Phần I mục III: duplicate alert); a stopped document has no rows here.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import Connection, Row, delete, insert, select

from dossier.model import Document
from dossier.text import NEAR, Signature, band_keys, fold, number_key, signature_of, similarity
from store.database import Database
from store.schema import citations, identities, likeness_bands, likenesses

_Identity = tuple[str, str, str]
_MOST_AT_ONCE = 500


class Links:
    """Links between the documents of the whole store."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def named_by(self, document_id: str) -> dict[int, tuple[str, ...]]:
        """Documents that a document names: position in its `references` -> ids, several when they cannot be told apart."""
        with self._database.read() as connection:
            named = list(connection.execute(select(citations).where(citations.c.document_id == document_id)))
            known = _identities(connection, {row.number_key for row in named})
        found = {row.position: _others(document_id, row, known[row.number_key]) for row in named}
        return {position: ids for position, ids in found.items() if ids}

    def naming(self, document_id: str) -> tuple[str, ...]:
        """Documents of the store that name this one, by id."""
        with self._database.read() as connection:
            own = connection.execute(select(identities).where(identities.c.document_id == document_id)).one_or_none()
            if own is None:
                return ()
            rows = connection.execute(select(citations).where(citations.c.number_key == own.number_key))
            return tuple(sorted({row.document_id for row in rows if row.document_id != document_id and _agree(row, own)}))

    def same_as(self, document_id: str) -> tuple[str, ...]:
        """Other documents with the same number, symbol, agency and day, by id."""
        with self._database.read() as connection:
            own = connection.execute(select(identities).where(identities.c.document_id == document_id)).one_or_none()
            if own is None or not (own.organ_key and own.issued_date):
                return ()
            others = _identities(connection, {own.number_key})[own.number_key]
        same = (other for other in others if (other.organ_key, other.issued_date) == (own.organ_key, own.issued_date))
        return tuple(sorted(other.document_id for other in same if other.document_id != document_id))

    def rescans(self, document_id: str) -> tuple[tuple[str, float], ...]:
        """Other documents so alike in their text that they may be scans of one paper: id and likeness (0-1), likest first."""
        with self._database.read() as connection:
            own = connection.scalar(select(likenesses.c.signature).where(likenesses.c.document_id == document_id))
            if own is None:
                return ()
            bands = select(likeness_bands.c.band).where(likeness_bands.c.document_id == document_id)
            near = select(likeness_bands.c.document_id).where(likeness_bands.c.band.in_(bands)).distinct()
            rows = list(connection.execute(select(likenesses).where(likenesses.c.document_id.in_(near))))
        signature = Signature.unpacked(own)
        alike = {row.document_id: similarity(signature, Signature.unpacked(row.signature)) for row in rows}
        found = [
            (identifier, round(value, 3)) for identifier, value in alike.items() if identifier != document_id and value >= NEAR
        ]
        return tuple(sorted(found, key=lambda pair: (-pair[1], pair[0])))


def identity_of(document: Document) -> _Identity | None:
    """Number with symbol, agency and day of a document in the form in which they are compared; None without a number."""
    if document.number is None:
        return None
    organ = document.organ_name.value if document.organ_name else ""
    return number_key(document.number), _organ_key(organ), document.issued_date.value if document.issued_date else ""


def note(connection: Connection, document: Document, text: str) -> None:
    """Record identity, citations and likeness of a document whose row was just written."""
    signature = signature_of(text)
    bands = [{"document_id": document.id, "band": band} for band in band_keys(signature)]
    if bands:
        connection.execute(insert(likenesses).values(document_id=document.id, signature=signature.packed()))
        connection.execute(insert(likeness_bands), bands)
    identity = identity_of(document)
    if identity is not None:
        names = ("number_key", "organ_key", "issued_date")
        connection.execute(insert(identities).values(document_id=document.id, **dict(zip(names, identity, strict=True))))
    rows = [
        {
            "document_id": document.id,
            "position": position,
            "number_key": number_key(reference.number),
            "issued_date": reference.issued_date or "",
        }
        for position, reference in enumerate(document.references)
        if reference.number
    ]
    if rows:
        connection.execute(insert(citations), rows)


def forget(connection: Connection, document_id: str) -> None:
    """Remove what was recorded of a document."""
    for table in (identities, citations, likeness_bands, likenesses):
        connection.execute(delete(table).where(table.c.document_id == document_id))


def _organ_key(name: str) -> str:
    return re.sub(r"[^a-z]", "", fold(name))


def _identities(connection: Connection, numbers: Iterable[str]) -> dict[str, list[Row[tuple[str, str, str, str]]]]:
    known: dict[str, list[Row[tuple[str, str, str, str]]]] = defaultdict(list)
    wanted = sorted(numbers)
    for start in range(0, len(wanted), _MOST_AT_ONCE):
        part = wanted[start : start + _MOST_AT_ONCE]
        for row in connection.execute(select(identities).where(identities.c.number_key.in_(part))):
            known[row.number_key].append(row)
    return known


def _others(document_id: str, citation: Row[tuple[str, ...]], known: list[Row[tuple[str, str, str, str]]]) -> tuple[str, ...]:
    return tuple(row.document_id for row in known if row.document_id != document_id and _agree(citation, row))


def _agree(citation: Row[tuple[str, ...]], identity: Row[tuple[str, str, str, str]]) -> bool:
    """Days of any precision agree as far as both are known; without a day on either side the number alone has to do."""
    shorter, longer = sorted((citation.issued_date, identity.issued_date), key=len)
    return bool(longer.startswith(shorter))
