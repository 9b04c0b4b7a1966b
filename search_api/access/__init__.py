"""Who asks, and what he may see: the one door between a route and anything of the store."""

from search_api.access.asker import Asker, asker
from search_api.access.gate import Gate, OpenGate

__all__ = ["Asker", "Gate", "OpenGate", "asker"]
