"""Shapes of saved searches."""

from __future__ import annotations

import json
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from search_api.asking import SearchOrder
from search_api.shapes.search import SearchShape
from store import SavedSearch


class SavedOrder(BaseModel):
    """A search to keep."""

    name: Annotated[str, Field(min_length=1, max_length=200, description="What its owner calls it.")]
    search: SearchOrder = Field(description="What `POST /v1/searches` takes; `cursor` is not kept.")

    model_config = ConfigDict(extra="forbid")


class SavedLinks(BaseModel):
    """Where to go from a saved search."""

    self: str
    results: str = Field(description="What it finds now.")


class SavedSearchShape(BaseModel):
    """A search somebody keeps."""

    id: str
    name: str
    search: dict[str, Any] = Field(description="The question; what is left out has its default.")
    grammar: str = Field(description="Version of the query language it was written in.")
    interpreted: str = Field(description="How the words were read then, in the query language itself.")
    created_at: str
    links: SavedLinks


class SavedSearchesShape(BaseModel):
    """Saved searches of one person or key."""

    items: list[SavedSearchShape]


class SavedResultsShape(BaseModel):
    """What a saved search finds now."""

    saved: SavedSearchShape
    same_meaning: bool = Field(description="The query language reads the words as it did when the search was saved.")
    interpreted_when_saved: str
    results: SearchShape


def saved_shape(saved: SavedSearch) -> SavedSearchShape:
    """A saved search as the API answers it."""
    own = f"/v1/saved-searches/{saved.id}"
    return SavedSearchShape(
        id=saved.id,
        name=saved.name,
        search=json.loads(saved.question),
        grammar=saved.grammar,
        interpreted=saved.interpreted,
        created_at=saved.created_at,
        links=SavedLinks(self=own, results=f"{own}/results"),
    )
