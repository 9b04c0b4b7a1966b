"""Who ordered something that is done later, as he is now: rights that were taken away meanwhile hold at once.

In: the name under which he asked, the right that the order needs. Out: his `Reader` of today, or None when it is not his any more.
"""

from __future__ import annotations

from dossier.model import OPERATOR, Reader
from search_api.access.identity import reader_of_account, reader_of_key
from search_api.access.scopes import OF_ROLES, Scope
from search_api.rooms import Rooms

_KEY = "key:"


def reader_named(rooms: Rooms, name: str, scope: Scope) -> Reader | None:
    """The reader of that name, if he is still admitted and still has the right."""
    if rooms.settings.api.access == "open":
        return OPERATOR if name == OPERATOR.name else None
    store = rooms.store()
    if name.startswith(_KEY):
        key = next((key for key in store.api_keys.all() if f"{_KEY}{key.id}" == name), None)
        return reader_of_key(key) if key is not None and key.is_valid and scope in key.scopes else None
    account = store.accounts.account(name)
    if account is None or account.disabled or scope not in OF_ROLES[account.role]:
        return None
    return reader_of_account(account)
