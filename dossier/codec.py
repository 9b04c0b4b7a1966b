"""JSON with a format version for everything that is kept: the one place where our types meet pydantic.

In: values of `dossier.model`. Out: UTF-8 JSON bytes `{"format": <n>, "kind": ..., "value": ...}`, and back, checked.
"""

from __future__ import annotations

import json
from typing import TypeVar, cast

from pydantic import TypeAdapter, ValidationError

from dossier.errors import Damaged

T = TypeVar("T")

FORMAT = 1
"""Raise when a stored type changes so that old JSON no longer loads; `decode` then has to convert."""


_adapters: dict[type, TypeAdapter[object]] = {}


def _adapter(kind: type) -> TypeAdapter[object]:
    if kind not in _adapters:
        _adapters[kind] = TypeAdapter(kind)
    return _adapters[kind]


def encode(value: object) -> bytes:
    """Serialise a dataclass of `dossier.model` to UTF-8 JSON with its kind and the format version."""
    kind = type(value)
    body = _adapter(kind).dump_json(value)
    head = json.dumps({"format": FORMAT, "kind": kind.__name__})[:-1].encode()
    return head + b', "value": ' + body + b"}"


def decode(kind: type[T], data: bytes) -> T:
    """Read back what `encode` wrote.

    Raises:
        Damaged: when the bytes are not JSON of that kind and a format this program knows.
    """
    try:
        envelope = json.loads(data)
        if envelope["format"] != FORMAT or envelope["kind"] != kind.__name__:
            raise Damaged(detail=f"expected {kind.__name__} format {FORMAT}")
        value = _adapter(kind).validate_python(envelope["value"])
    except (ValueError, KeyError, TypeError, ValidationError) as error:
        raise Damaged(detail=f"{kind.__name__}: {error}"[:200]) from error
    return cast(T, value)
