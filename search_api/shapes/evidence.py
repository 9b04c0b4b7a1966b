"""The shape of a value with the place on paper that shows it. In: `Found`. Out: `EvidenceShape`."""

from __future__ import annotations

from pydantic import BaseModel, Field

from dossier.model import Document, Found
from search_api.masking import Shown
from search_api.shapes.places import Corners, corners


class EvidenceShape(BaseModel):
    """A field's value with the place on paper that shows it."""

    value: str = Field(description="As printed (NFC); dates are ISO (YYYY-MM-DD, or shorter where the paper says less).")
    page_id: str = Field(description="The page that shows it.")
    page: int | None = Field(description="Position of that page in the document, from 1.")
    box: Corners
    confidence: float = Field(description="0-1.")
    source: str = Field(description="The rule that found it.")
    alternatives: list[str] = Field([], description="Other readings that a person may choose instead, best first.")
    masked: bool = Field(False, description="Personal data, hidden in part or whole.")


def evidence(found: Found, document: Document) -> EvidenceShape:
    """A value as the API answers it."""
    return EvidenceShape(
        value=found.value,
        page_id=found.page_id,
        page=page_of(found, document),
        box=corners(found.box),
        confidence=round(found.confidence, 3),
        source=found.source,
        alternatives=list(found.alternatives),
    )


def evidence_if(found: Found | None, document: Document) -> EvidenceShape | None:
    """A value as the API answers it, null where there is none."""
    return None if found is None else evidence(found, document)


def veiled_evidence(shown: Shown, document: Document) -> EvidenceShape:
    """A value that may be hidden."""
    return evidence(shown.found, document).model_copy(update={"masked": shown.masked})


def page_of(found: Found, document: Document) -> int | None:
    """Position in the document of the page that shows a value."""
    return document.page_ids.index(found.page_id) + 1 if found.page_id in document.page_ids else None
