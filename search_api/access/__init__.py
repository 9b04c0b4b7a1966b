"""Who asks, and what he may see: the one door between a route and anything of the store."""

from search_api.access.admission import Admitted, admitted, require
from search_api.access.asker import Asker, asker
from search_api.access.gate import Gate, OpenGate
from search_api.access.identity import Identity, reader_of_account, reader_of_key
from search_api.access.scopes import Scope

__all__ = [
    "Admitted",
    "Asker",
    "Gate",
    "Identity",
    "OpenGate",
    "Scope",
    "admitted",
    "asker",
    "reader_of_account",
    "reader_of_key",
    "require",
]
