"""People who sign in (tài khoản): who they are and what they may see.

In: names and passwords. Out: `Account`s, never a password: of that only a salted digest is kept.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from sqlalchemy import Boolean, Column, Integer, Row, String, Table, Text, insert, select, update

from dossier.errors import NotFound
from dossier.model import AccessLevel
from store.database import Database, now
from store.schema import metadata

MOST_FAILURES = 5
"""Wrong passwords in a row after which an account is locked."""

LOCKED_MINUTES = 15
LEAST_PASSWORD = 10

_SCRYPT = {"n": 2**15, "r": 8, "p": 1, "maxmem": 2**26, "dklen": 32}

users = Table(
    "users",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("role", String(16), nullable=False),
    Column("groups", Text, nullable=False),
    Column("clearance", Integer, nullable=False),
    Column("salt", String(32), nullable=False),
    Column("password", String(64), nullable=False),
    Column("disabled", Boolean, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("locked_until", String(32), nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("created_at", String(32), nullable=False),
)
"""`epoch` grows when sessions that were begun before shall end: with another password, or when the account is disabled."""


class Role(StrEnum):
    """Quản trị (sees all, manages), lưu trữ (also papers whose day has not come), khai thác (reads what is open to his groups)."""

    ADMIN = "quan-tri"
    ARCHIVIST = "luu-tru"
    READER = "khai-thac"


@dataclass(frozen=True, slots=True)
class Account:
    """A person who signs in."""

    name: str
    role: Role
    groups: tuple[str, ...]
    clearance: AccessLevel
    disabled: bool
    locked_until: str
    epoch: int

    @property
    def is_locked(self) -> bool:
        """Whether wrong passwords have locked it for now."""
        return self.locked_until > now()


class Accounts:
    """People who may sign in."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, name: str, password: str, role: Role, groups: Iterable[str], clearance: AccessLevel) -> bool:
        """Make an account; answers False when the name is taken."""
        salt = secrets.token_hex(16)
        row = {"name": name, "role": role, "groups": _listed(groups), "clearance": int(clearance), "salt": salt}
        row |= {"password": _hashed(password, salt), "disabled": False, "failures": 0, "locked_until": "", "epoch": 1}
        with self._database.begin() as connection:
            if connection.scalar(select(users.c.name).where(users.c.name == name)) is not None:
                return False
            connection.execute(insert(users).values(**row, created_at=now()))
        return True

    def account(self, name: str) -> Account | None:
        """An account by its name."""
        with self._database.read() as connection:
            row = connection.execute(select(users).where(users.c.name == name)).one_or_none()
        return None if row is None else _account(row)

    def all(self) -> list[Account]:
        """All accounts by name."""
        with self._database.read() as connection:
            return [_account(row) for row in connection.execute(select(users).order_by(users.c.name))]

    def set_password(self, name: str, password: str) -> None:
        """Give another password; it unlocks the account and ends its sessions.

        Raises:
            NotFound: when nobody has this name.
        """
        salt = secrets.token_hex(16)
        values = {"salt": salt, "password": _hashed(password, salt), "failures": 0, "locked_until": "", "epoch": users.c.epoch + 1}
        self._change(name, values)

    def set_disabled(self, name: str, *, disabled: bool) -> None:
        """Close or open an account; closing ends its sessions.

        Raises:
            NotFound: when nobody has this name.
        """
        self._change(name, {"disabled": disabled, "epoch": users.c.epoch + 1})

    def end_sessions(self, name: str) -> None:
        """Have the person sign in again everywhere.

        Raises:
            NotFound: when nobody has this name.
        """
        self._change(name, {"epoch": users.c.epoch + 1})

    def sign_in(self, name: str, password: str) -> Account | None:
        """The account when name and password agree and it is neither disabled nor locked; all refusals take as long."""
        with self._database.read() as connection:
            row = connection.execute(select(users).where(users.c.name == name)).one_or_none()
        right = hmac.compare_digest(_hashed(password, row.salt if row else "0" * 32), row.password if row else "")
        if row is None or row.disabled or row.locked_until > now():
            return None
        if right:
            if row.failures:
                self._change(name, {"failures": 0, "locked_until": ""})
            return _account(row)
        self._change(name, {"failures": users.c.failures + 1})
        if row.failures + 1 >= MOST_FAILURES:
            until = (datetime.now(UTC) + timedelta(minutes=LOCKED_MINUTES)).isoformat(timespec="seconds")
            self._change(name, {"failures": 0, "locked_until": until})
        return None

    def _change(self, name: str, values: dict[str, object]) -> None:
        with self._database.begin() as connection:
            if not connection.execute(update(users).where(users.c.name == name).values(values)).rowcount:
                raise NotFound(what="user", id=name)


def _hashed(password: str, salt: str) -> str:
    return hashlib.scrypt(password.encode(), salt=bytes.fromhex(salt), **_SCRYPT).hex()


def _listed(names: Iterable[str]) -> str:
    return json.dumps(sorted(set(names)), ensure_ascii=False)


def _account(row: Row[tuple[object, ...]]) -> Account:
    groups = tuple(json.loads(row.groups))
    clearance = AccessLevel(row.clearance)
    return Account(row.name, Role(row.role), groups, clearance, row.disabled, row.locked_until, row.epoch)
