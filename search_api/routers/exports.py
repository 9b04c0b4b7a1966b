"""Paths of exports: order one, see how far it is, fetch its file, cancel it."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Request, Response
from fastapi import Path as PathParameter
from starlette.background import BackgroundTask
from starlette.responses import FileResponse

from search_api.access import Asker, OpenGate
from search_api.asking import question_of
from search_api.exports.orders import ExportKind, ExportOrder, ExportShape, ExportsShape, export_shape
from search_api.exports.running import closed_rows, file_of, write_file
from search_api.parameters import only
from search_api.problems import CONFLICT, TOO_MANY_JOBS, Problem, Refusal
from search_api.refusals import asked_of
from search_api.rooms import OpenRooms
from search_api.workers import workers_of
from store import ExportJob, ExportState

router = APIRouter(prefix="/v1/exports", tags=["exports"], dependencies=[Depends(only())])

ExportId = Annotated[str, PathParameter(min_length=1, max_length=40, description="Id of an export.")]
_NOT_HIS: dict[int | str, dict[str, Any]] = {404: {"model": Problem, "description": "The asker has no export with this id."}}

MEDIA_TYPES = {
    ExportKind.CSV: "text/csv; charset=utf-8",
    ExportKind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ExportKind.JSONL: "application/jsonl; charset=utf-8",
}
_DAY_S = 86_400


@router.post(
    "",
    summary="Order an export",
    status_code=202,
    responses={
        409: {"model": Problem, "description": "The Idempotency-Key was used for another order."},
        429: {"model": Problem, "description": "Too many exports of the asker are not finished."},
    },
)
def order_export(
    request: Request,
    response: Response,
    rooms: OpenRooms,
    reader: Asker,
    order: ExportOrder,
    idempotency_key: Annotated[
        str | None,
        Header(min_length=1, max_length=200, description="The same key again answers the same export."),
    ] = None,
) -> ExportShape:
    """Everything a search finds, as a file; there is no limit of 10,000. Answers at once, the file is made in the background."""
    question_of(order.search, (), reader=reader)  # a wrong query is refused now, not in the background
    exports, text = rooms.store().exports, order.model_dump_json(exclude_defaults=True)
    waiting = exports.open_count(reader.name)
    known = idempotency_key is not None and exports.by_key(reader.name, idempotency_key) is not None
    if waiting >= rooms.settings.systems.exports_at_once and not known:
        raise Refusal(TOO_MANY_JOBS, "systems.too_many_exports", count=waiting)
    keep_s = rooms.settings.systems.export_days * _DAY_S
    job = exports.add(reader.name, text, keep_s=keep_s, idempotency_key=idempotency_key)
    if job.order != text:
        raise Refusal(CONFLICT, "systems.key_reused", parameter="Idempotency-Key")
    workers_of(request).wake()
    response.headers["Location"] = f"/v1/exports/{job.id}"
    return _told(request, job)


@router.get("", summary="One's own exports")
def exports(request: Request, rooms: OpenRooms, reader: Asker) -> ExportsShape:
    """All exports that the asker ordered and that were not deleted yet, newest first."""
    return ExportsShape(items=[_told(request, job) for job in rooms.store().exports.of_owner(reader.name)])


@router.get("/{export_id}", summary="How far an export is", responses=_NOT_HIS)
def export(request: Request, rooms: OpenRooms, reader: Asker, export_id: ExportId) -> ExportShape:
    """State, progress and counts."""
    return _told(request, rooms.store().exports.one(export_id, reader.name))


@router.get(
    "/{export_id}/file",
    summary="The file of an export",
    response_class=Response,
    responses={
        **_NOT_HIS,
        200: {"content": {media.partition(";")[0]: {} for media in MEDIA_TYPES.values()}, "description": "The file."},
        409: {"model": Problem, "description": "It is not finished, or it was cancelled or failed."},
    },
)
def export_file(rooms: OpenRooms, gate: OpenGate, export_id: ExportId) -> Response:
    """CSV, workbook or JSON lines. Documents that were deleted or closed to the asker since are left out."""
    job = rooms.store().exports.one(export_id, gate.reader.name)
    if job.state is not ExportState.DONE:
        key = "export_not_ready" if job.state in (ExportState.WAITING, ExportState.RUNNING) else "export_ended"
        raise Refusal(CONFLICT, f"systems.{key}")
    kind = ExportOrder.model_validate_json(job.order).kind
    path, after = file_of(rooms.store().exports.folder(job.id), kind), None
    if closed_rows(job, gate):
        path = path.with_name(f"for-{id(gate)}-{path.name}")
        write_file(rooms, job, gate, path)
        after = BackgroundTask(_remove, path)
    name = f"sohoa-{job.created_at[:10]}-{job.id}.{kind.value}"
    return FileResponse(path, media_type=MEDIA_TYPES[kind], filename=name, background=after, headers={"Cache-Control": "no-store"})


@router.delete("/{export_id}", summary="Cancel or delete an export", status_code=204, response_class=Response, responses=_NOT_HIS)
def cancel_export(rooms: OpenRooms, reader: Asker, export_id: ExportId) -> None:
    """One that is not finished is cancelled and can still be asked about; one that has ended is deleted with its file."""
    exports = rooms.store().exports
    job = exports.one(export_id, reader.name)
    if not exports.finish(job.id, ExportState.CANCELLED):
        exports.remove(job.id)


def _told(request: Request, job: ExportJob) -> ExportShape:
    messages = asked_of(request).messages
    return export_shape(job, messages.text(job.reason) if job.reason else None)


def _remove(path: Path) -> None:
    with suppress(OSError):
        path.unlink()
