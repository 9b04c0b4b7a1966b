"""IIIF: pictures of pages (Image 3.0), documents for viewers (Presentation 3.0), search inside them (Content Search 2.0, 1.0)."""

from search_api.iiif.image_routes import router as image_router
from search_api.iiif.routes import router as presentation_router
from search_api.iiif.sharing import Viewers

__all__ = ["Viewers", "image_router", "presentation_router"]
