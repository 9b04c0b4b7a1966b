"""The one path of OAI-PMH 2.0, by GET and by POST.

In: a verb and its arguments. Out: XML; errors of the protocol are answers too, with status 200, as it wants them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import parse_qsl
from xml.etree import ElementTree as ET

from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool

from search_api.access import Gate, OpenGate
from search_api.iiif.addresses import Addresses, OpenAddresses
from search_api.oai.answers import answer_of, error_of, formats_of, header_of, identity_of, list_of, record_of, sets_answer
from search_api.oai.arguments import VERBS, Refused, Wanted, wanted_of
from search_api.oai.harvest import Fonds, Head, document_of, head_of, heads_of, sets_of
from search_api.rooms import OpenRooms, Rooms

PATH = "oai"
MEDIA_TYPE = "text/xml; charset=utf-8"
_MOST_BYTES = 64 * 1024

Arguments = list[tuple[str, str]]

_NAMES = ("identifier", "metadataPrefix", "from", "until", "set", "resumptionToken")
_DESCRIBED: list[dict[str, Any]] = [
    {"name": "verb", "in": "query", "required": True, "schema": {"type": "string", "enum": list(VERBS)}},
    *({"name": name, "in": "query", "required": False, "schema": {"type": "string"}} for name in _NAMES),
]
_FORM = {
    "type": "object",
    "required": ["verb"],
    "properties": {"verb": {"type": "string", "enum": list(VERBS)}, **{name: {"type": "string"} for name in _NAMES}},
}
_ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/xml": {}}, "description": "An answer, or an error, of OAI-PMH."}
}

router = APIRouter(tags=["oai"], default_response_class=Response, responses=_ANSWERS)


@router.get(f"/{PATH}", summary="Harvest records (OAI-PMH 2.0)", openapi_extra={"parameters": _DESCRIBED})
def ask(request: Request, gate: OpenGate, rooms: OpenRooms, addresses: OpenAddresses) -> Response:
    """What may be seen, as Dublin Core (`oai_dc`), with the sets of fonds (phông); what is gone stays in the lists as deleted."""
    return _answer(request.query_params.multi_items(), gate, rooms, addresses)


@router.post(
    f"/{PATH}",
    summary="Harvest records with a form",
    openapi_extra={"requestBody": {"required": True, "content": {"application/x-www-form-urlencoded": {"schema": _FORM}}}},
)
async def ask_by_form(request: Request, gate: OpenGate, rooms: OpenRooms, addresses: OpenAddresses) -> Response:
    """The same arguments in a form."""
    return await run_in_threadpool(_answer, await _form(request), gate, rooms, addresses)


def _answer(arguments: Arguments, gate: Gate, rooms: Rooms, addresses: Addresses) -> Response:
    base = addresses.to(PATH)
    repeated: dict[str, str] = {}
    try:
        wanted = wanted_of(arguments)
        repeated = dict(arguments)
        part = _part(wanted, gate, rooms, addresses)
    except Refused as refused:
        if refused.code not in ("badVerb", "badArgument"):
            repeated = dict(arguments)
        part = error_of(refused)
    return Response(answer_of(base, repeated, [part]), media_type=MEDIA_TYPE)


def _part(wanted: Wanted, gate: Gate, rooms: Rooms, addresses: Addresses) -> ET.Element:
    """What a verb answers."""
    match wanted.verb:
        case "Identify":
            sharing = rooms.settings.sharing
            return identity_of(addresses.to(PATH), sharing.repository_name, sharing.admin_email)
        case "ListMetadataFormats":
            if wanted.document_id:
                head_of(gate, wanted.document_id)
            return formats_of()
        case "ListSets":
            if wanted.selection.position is not None:
                raise Refused("badResumptionToken", "sets come in one answer")
            return sets_answer(sets_of(gate))
        case "GetRecord":
            head = head_of(gate, wanted.document_id)
            found = _records(gate, [head], addresses)
            if not found:
                raise Refused("idDoesNotExist", "there is no such document")
            return list_of(wanted.verb, found, wanted.selection, None)
    heads, following = heads_of(gate, wanted.selection)
    parts = [header_of(head) for head in heads] if wanted.verb == "ListIdentifiers" else _records(gate, heads, addresses)
    if not parts:
        raise Refused("noRecordsMatch", "nothing that can be read")
    return list_of(wanted.verb, parts, wanted.selection, following)


def _records(gate: Gate, heads: Sequence[Head], addresses: Addresses) -> list[ET.Element]:
    """Records of these heads; one whose document was taken away meanwhile comes with its next change."""
    fonds = Fonds(gate)
    pairs = [(head, document_of(gate, head)) for head in heads]
    return [
        record_of(head, document, fonds.facts(head.dossier_id), addresses)
        for head, document in pairs
        if head.deleted or document is not None
    ]


async def _form(request: Request) -> Arguments:
    """The fields of a form; nothing of a body that is none, or too long to be one."""
    if not request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        return []
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > _MOST_BYTES:
            return []
    try:
        return parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=100)
    except ValueError:
        return []
