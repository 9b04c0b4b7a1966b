"""Programs with keys (khóa truy cập): what each may do and see.

In: keys as they are sent. Out: `ApiKey`s, never a secret: of that only a digest is kept.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
import string
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Boolean, Column, Integer, Row, String, Table, Text, insert, select, update

from dossier.errors import NotFound
from dossier.model import AccessLevel
from store.database import Database, now
from store.schema import metadata

KEY_MARK = "soh"

_LETTERS = string.ascii_letters + string.digits
_SECRET_LETTERS = 40
_USED_EVERY_S = 60

api_keys = Table(
    "api_keys",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("name", Text, nullable=False),
    Column("groups", Text, nullable=False),
    Column("clearance", Integer, nullable=False),
    Column("scopes", Text, nullable=False),
    Column("rate", Integer, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("created_at", String(32), nullable=False),
    Column("expires_at", String(32), nullable=False),
    Column("revoked", Boolean, nullable=False),
    Column("used_at", String(32), nullable=False),
)


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A program with a key; `rate`: requests a minute, 0 for the usual limit; an empty day or time is none."""

    id: str
    name: str
    groups: tuple[str, ...]
    clearance: AccessLevel
    scopes: tuple[str, ...]
    rate: int
    created_at: str
    expires_at: str
    revoked: bool
    used_at: str

    @property
    def is_valid(self) -> bool:
        """Whether it opens anything now."""
        return not self.revoked and (not self.expires_at or now() < self.expires_at)


class ApiKeys:
    """Programs that may ask this server."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(
        self,
        name: str,
        scopes: Sequence[str],
        *,
        groups: Iterable[str],
        clearance: AccessLevel,
        expires_at: str = "",
        rate: int = 0,
    ) -> tuple[ApiKey, str]:
        """Make a key; answers what is kept of it, and the key itself, which nobody can see again."""
        identifier, secret = secrets.token_hex(4), "".join(secrets.choice(_LETTERS) for _ in range(_SECRET_LETTERS))
        key = ApiKey(
            identifier,
            name,
            tuple(sorted(set(groups))),
            clearance,
            tuple(scopes),
            rate,
            now(),
            expires_at,
            revoked=False,
            used_at="",
        )
        row = {
            "id": key.id,
            "name": name,
            "groups": _listed(groups),
            "clearance": int(clearance),
            "scopes": json.dumps(list(scopes)),
        }
        row |= {"rate": rate, "created_at": key.created_at, "expires_at": expires_at, "revoked": False, "used_at": ""}
        with self._database.begin() as connection:
            connection.execute(insert(api_keys).values(**row, digest=_digest(secret)))
        return key, f"{KEY_MARK}_{identifier}_{secret}"

    def of(self, written: str) -> ApiKey | None:
        """The valid key that is written like this; the time of its use is noted once a minute."""
        mark, _, rest = written.partition("_")
        identifier, _, secret = rest.partition("_")
        with self._database.read() as connection:
            row = connection.execute(select(api_keys).where(api_keys.c.id == identifier)).one_or_none()
        right = hmac.compare_digest(_digest(secret), row.digest if row else "")
        if row is None or not right or mark != KEY_MARK or not (key := _key(row)).is_valid:
            return None
        if not key.used_at or (datetime.now(UTC) - datetime.fromisoformat(key.used_at)).total_seconds() >= _USED_EVERY_S:
            with self._database.begin() as connection:
                connection.execute(update(api_keys).where(api_keys.c.id == key.id).values(used_at=now()))
        return key

    def all(self) -> list[ApiKey]:
        """All keys in the order in which they were made."""
        with self._database.read() as connection:
            return [_key(row) for row in connection.execute(select(api_keys).order_by(api_keys.c.created_at, api_keys.c.id))]

    def revoke(self, identifier: str) -> None:
        """Close a key for good.

        Raises:
            NotFound: when there is none.
        """
        with self._database.begin() as connection:
            if not connection.execute(update(api_keys).where(api_keys.c.id == identifier).values(revoked=True)).rowcount:
                raise NotFound(what="key", id=identifier)


def _digest(secret: str) -> str:
    """Enough for forty letters drawn by lot; a password wants scrypt."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _listed(names: Iterable[str]) -> str:
    return json.dumps(sorted(set(names)), ensure_ascii=False)


def _key(row: Row[tuple[object, ...]]) -> ApiKey:
    return ApiKey(
        row.id,
        row.name,
        tuple(json.loads(row.groups)),
        AccessLevel(row.clearance),
        tuple(json.loads(row.scopes)),
        row.rate,
        row.created_at,
        row.expires_at,
        row.revoked,
        row.used_at,
    )
