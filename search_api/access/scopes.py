"""What a caller may do (phạm vi), apart from what he may see. In: a path, a role. Out: the right it asks for, the rights it has."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from store import Role


class Scope(StrEnum):
    """Rights; keys hold some of them, people those of their role."""

    SEARCH = "search"
    READ = "read"
    EXPORT = "export"
    CHANGES = "changes"
    WEBHOOKS = "webhooks"
    REVEAL = "reveal"
    ADMIN = "admin"


ALL = frozenset(Scope)

OF_ROLES: Mapping[Role, frozenset[Scope]] = {
    Role.ADMIN: ALL,
    Role.ARCHIVIST: frozenset({Scope.SEARCH, Scope.READ, Scope.EXPORT, Scope.CHANGES, Scope.REVEAL}),
    Role.READER: frozenset({Scope.SEARCH, Scope.READ, Scope.EXPORT}),
}

OPEN_PATHS = frozenset({"/health/live", "/health/ready", "/dang-nhap", "/dang-xuat", "/problems/{slug}"})
"""Routes that give nothing of the archive: nobody has to sign in for them."""

_OF_PATHS = (
    ("/v1/search", Scope.SEARCH),
    ("/v1/saved-search", Scope.SEARCH),
    ("/v1/suggest", Scope.SEARCH),
    ("/v1/spelling", Scope.SEARCH),
    ("/v1/numbers", Scope.SEARCH),
    ("/v1/export", Scope.EXPORT),
    ("/cau-da-luu", Scope.SEARCH),
    ("/gia-tri", Scope.SEARCH),
    ("/xuat-ket-qua", Scope.EXPORT),
    ("/v1/change", Scope.CHANGES),
    ("/v1/webhook", Scope.WEBHOOKS),
    ("/metrics", Scope.ADMIN),
)
"""Beginnings of paths; whatever is not named here asks for the right to read."""


def scope_of(path: str) -> Scope:
    """The right that a path asks for."""
    if path == "/":
        return Scope.SEARCH
    return next((scope for start, scope in _OF_PATHS if path.startswith(start)), Scope.READ)
