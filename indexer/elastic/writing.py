"""Writes operations in bulk and reads every single answer.

In: operations and the aliases of a generation. Out: outcomes. Pages go before documents: what a document's record says of its
pages is how the next write knows which pages to take away, so it may only change after they are gone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from elasticsearch import Elasticsearch
from elasticsearch.helpers import streaming_bulk

from dossier.errors import Unavailable
from indexer.elastic.connection import RETRIES
from indexer.elastic.generations import Names
from indexer.elastic.schema import Json
from indexer.port import Operation, Outcome, OutcomeKind, Put, refusal
from indexer.records import document_record, page_entry_id, page_record, tombstone_record

BULK_ACTIONS, BULK_BYTES = 500, 5_000_000

_CONFLICT, _NOT_FOUND, _BUSY = 409, 404, 429


def write(client: Elasticsearch, aliases: Names, operations: Sequence[Operation]) -> list[Outcome]:
    """Apply operations in order to one generation; a batch with one document twice is applied in rounds."""
    outcomes: list[Outcome] = []
    for batch in _rounds(operations):
        outcomes += _write_round(client, aliases, batch)
    return outcomes


def _rounds(operations: Sequence[Operation]) -> Iterator[list[Operation]]:
    batch: list[Operation] = []
    seen: set[str] = set()
    for operation in operations:
        if operation.document_id in seen:
            yield batch
            batch, seen = [], set()
        batch.append(operation)
        seen.add(operation.document_id)
    if batch:
        yield batch


def _write_round(client: Elasticsearch, aliases: Names, operations: Sequence[Operation]) -> list[Outcome]:
    refused = {operation.document_id: reason for operation in operations if (reason := refusal(operation)) is not None}
    sound = [operation for operation in operations if operation.document_id not in refused]
    known = _known(client, aliases, [operation.document_id for operation in sound])
    stale = {operation.document_id for operation in sound if _version(known, operation) > operation.version}
    fresh = [operation for operation in sound if operation.document_id not in stale]
    page_actions = [action for operation in fresh for action in _page_actions(aliases, operation, known)]
    for document_id, _, reason in _bulk(client, page_actions):
        if reason is not None:
            refused.setdefault(document_id, reason)
    fresh = [operation for operation in fresh if operation.document_id not in refused]
    for document_id, conflict, reason in _bulk(client, [_document_action(aliases, operation) for operation in fresh]):
        if conflict:
            stale.add(document_id)
        elif reason is not None:
            refused[document_id] = reason
    return [_outcome(operation.document_id, stale, refused) for operation in operations]


def _outcome(document_id: str, stale: set[str], refused: Mapping[str, str]) -> Outcome:
    if document_id in refused:
        return Outcome(document_id, OutcomeKind.REJECTED, refused[document_id])
    return Outcome(document_id, OutcomeKind.STALE if document_id in stale else OutcomeKind.DONE)


def _known(client: Elasticsearch, aliases: Names, document_ids: Sequence[str]) -> dict[str, Json]:
    """Version and pages of documents already there; a get sees what no refresh has shown yet."""
    if not document_ids:
        return {}
    answer = client.mget(index=aliases.documents, ids=list(document_ids), source_includes=["version", "page_ids"])
    return {found["_id"]: found["_source"] for found in answer["docs"] if found.get("found")}


def _version(known: Mapping[str, Json], operation: Operation) -> int:
    version = known.get(operation.document_id, {}).get("version", -1)
    return version if isinstance(version, int) else -1


def _page_actions(aliases: Names, operation: Operation, known: Mapping[str, Json]) -> Iterator[Json]:
    pages = operation.pages if isinstance(operation, Put) else ()
    for page in pages:
        identifier = page_entry_id(page.document_id, page.page_id)
        yield _action(aliases.pages, identifier, operation) | {"_op_type": "index", "_source": page_record(page)}
    before = known.get(operation.document_id, {}).get("page_ids", [])
    kept = {page.page_id for page in pages}
    for page_id in before if isinstance(before, list) else []:
        if page_id not in kept:
            yield _action(aliases.pages, page_entry_id(operation.document_id, page_id), operation) | {"_op_type": "delete"}


def _action(index: str, identifier: str, operation: Operation) -> Json:
    return {
        "_index": index,
        "_id": identifier,
        "routing": operation.document_id,
        "version": operation.version,
        "version_type": "external_gte",
        "require_alias": True,  # a name that is gone must not come back as an index with guessed fields
    }


def _document_action(aliases: Names, operation: Operation) -> Json:
    if isinstance(operation, Put):
        record = document_record(operation.document)
    else:
        record = tombstone_record(operation.document_id, operation.version)
    action = _action(aliases.documents, operation.document_id, operation) | {"_op_type": "index", "_source": record}
    del action["routing"]  # documents are found by id alone
    return action


def _bulk(client: Elasticsearch, actions: Sequence[Json]) -> Iterator[tuple[str, bool, str | None]]:
    """Document id, whether a newer version was there, and why it was refused, for every action in order.

    Raises:
        Unavailable: when the server was too busy for one of them; the batch is sent again later.
    """
    answers = streaming_bulk(
        client,
        actions,
        chunk_size=BULK_ACTIONS,
        max_chunk_bytes=BULK_BYTES,
        max_retries=RETRIES,
        raise_on_error=False,
    )
    for action, (good, answer) in zip(actions, answers, strict=True):
        item = next(iter(answer.values()))
        status = item.get("status", 0)
        document_id = str(action.get("routing", action["_id"]))
        if good or (status == _NOT_FOUND and action["_op_type"] == "delete"):
            yield document_id, False, None
        elif status == _CONFLICT:
            yield document_id, True, None
        elif status in (_BUSY, _NOT_FOUND) or status >= 500:
            raise Unavailable(what="Elasticsearch", detail=f"{status} {item.get('error')}"[:300])
        else:
            yield document_id, False, f"{status} {item.get('error')}"[:300]
