"""OAI-PMH 2.0: other archives and libraries harvest what may be seen, as Dublin Core."""

from search_api.oai.routes import router

__all__ = ["router"]
