"""What is ordered and what is told of an export."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from search_api.asking import SearchOrder
from search_api.exports.columns import USUAL, Column
from store import ExportJob, ExportState


class ExportKind(StrEnum):
    """File formats of exports."""

    CSV = "csv"
    XLSX = "xlsx"
    JSONL = "jsonl"


class ExportOrder(BaseModel):
    """What to export, and how."""

    search: SearchOrder = Field(
        default_factory=SearchOrder,
        description="What `POST /v1/searches` takes. Everything found is exported: `limit`, `cursor` and `facets` do not count. "
        "Order: oldest first unless a field is named; relevance orders only the first 10,000 and is not used.",
    )
    columns: Annotated[list[Column], Field(min_length=1, max_length=len(Column))] = Field(
        list(USUAL), description="What to write, in this order."
    )
    kind: ExportKind = Field(ExportKind.CSV, description="csv: UTF-8 with byte order mark for Excel; xlsx; jsonl: one JSON a line.")
    titles: Literal["vi", "en", "names"] = Field(
        "vi", description="First line of csv and xlsx: in Vietnamese, in English, or names."
    )

    model_config = ConfigDict(extra="forbid")


class ExportLinks(BaseModel):
    """Where to go from an export."""

    self: str
    file: str | None = Field(description="The file; null until it is there.")


class ExportShape(BaseModel):
    """An export and how far it is."""

    id: str
    state: ExportState
    kind: ExportKind
    total: int | None = Field(description="Documents to come; null until they are counted.")
    rows: int = Field(description="Documents written so far.")
    progress: float = Field(description="Share that is done, 0 to 1.")
    reason: str | None = Field(description="Why there is no file, when it failed.")
    created_at: str
    finished_at: str | None
    expires_at: str = Field(description="When the file is deleted.")
    links: ExportLinks


class ExportsShape(BaseModel):
    """Exports of one person or key."""

    items: list[ExportShape]


def export_shape(job: ExportJob, reason: str | None) -> ExportShape:
    """An export as the API tells of it."""
    own = f"/v1/exports/{job.id}"
    done = job.state is ExportState.DONE
    share = 1.0 if done else min(0.99, job.rows / job.total) if job.total else 0.0
    return ExportShape(
        id=job.id,
        state=job.state,
        kind=ExportOrder.model_validate_json(job.order).kind,
        total=job.total,
        rows=job.rows,
        progress=round(share, 3),
        reason=reason,
        created_at=job.created_at,
        finished_at=job.finished_at,
        expires_at=datetime.fromtimestamp(job.expires_s, UTC).isoformat(timespec="seconds"),
        links=ExportLinks(self=own, file=f"{own}/file" if done else None),
    )
