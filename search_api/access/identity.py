"""Who asks: a person with a session, a program with a key, or whoever reaches a server without accounts.

In: a request, settings, accounts of the store. Out: an `Identity`, or the error that says what is missing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from fastapi import Request

from dossier.errors import NotAdmitted
from dossier.model import OPERATOR, AccessLevel, Reader
from search_api.access.scopes import ALL, OF_ROLES, Scope
from search_api.access.sessions import SESSION_COOKIE, Signer
from search_api.rooms import Rooms
from store import Account, ApiKey, Role

_BEARER = "bearer "


@dataclass(frozen=True, slots=True)
class Identity:
    """A caller.

    Attributes:
        name: for logs; people by name, programs as "key:<id>".
        reader: what he may see. scopes: what he may do.
        rate: requests a minute of his own, 0 for the usual limit.
        by_cookie: whether the browser sends his proof by itself, so that forms of other sites have to be kept out.
    """

    name: str
    reader: Reader
    scopes: frozenset[Scope]
    rate: int = 0
    by_cookie: bool = False
    account: Account | None = None


OPERATING = Identity(OPERATOR.name, OPERATOR, ALL, by_cookie=True)
"""Whoever reaches a server without accounts: as a browser on this machine does for any site, so forms are checked."""

_NOBODY_READS = Reader("", frozenset(), AccessLevel.OPEN, today=0)
NOBODY_IN = Identity("", _NOBODY_READS, frozenset(), by_cookie=True)
"""Who has not signed in, on the few routes that ask nobody to."""


def identify(request: Request, rooms: Rooms) -> Identity:
    """Who asks.

    Raises:
        NotAdmitted: no session and no key, or one that has ended.
        Unavailable: the store is away.
    """
    if rooms.settings.api.access == "open":
        return OPERATING
    given = request.headers.get("authorization", "")
    if given:
        return _program(given, rooms)
    account = signed_in(request, rooms)
    if account is None:
        raise NotAdmitted
    return _person(account)


def signed_in(request: Request, rooms: Rooms) -> Account | None:
    """The account of the session that the request carries, if it is still good."""
    cookie = request.cookies.get(SESSION_COOKIE, "")
    store = rooms.store()
    session = Signer(store.signing_key()).opened(cookie, rooms.settings.api.session_hours) if cookie else None
    account = store.accounts.account(session.name) if session is not None else None
    if session is None or account is None or account.disabled or account.epoch != session.epoch:
        return None
    return account


def _program(given: str, rooms: Rooms) -> Identity:
    key = rooms.store().api_keys.of(given[len(_BEARER) :].strip()) if given.lower().startswith(_BEARER) else None
    if key is None:
        raise NotAdmitted
    return Identity(f"key:{key.id}", reader_of_key(key), frozenset(Scope(scope) for scope in key.scopes), key.rate)


def _person(account: Account) -> Identity:
    return Identity(account.name, reader_of_account(account), OF_ROLES[account.role], by_cookie=True, account=account)


def reader_of_account(account: Account) -> Reader:
    """What a person may see today."""
    return Reader(
        account.name,
        frozenset(account.groups),
        account.clearance,
        _today(),
        sees_embargoed=account.role is Role.ARCHIVIST,
        sees_all=account.role is Role.ADMIN,
    )


def reader_of_key(key: ApiKey) -> Reader:
    """What a program may see today."""
    return Reader(f"key:{key.id}", frozenset(key.groups), key.clearance, _today(), sees_all=Scope.ADMIN in key.scopes)


def _today() -> int:
    day: date = datetime.now().astimezone().date()
    return 10_000 * day.year + 100 * day.month + day.day
