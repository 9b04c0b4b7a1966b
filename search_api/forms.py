"""Forms of pages, as browsers send them. In: a request. Out: the fields, each with its last value."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import parse_qs

from fastapi import Depends, Request

_MOST_BYTES = 10_000


async def _form(request: Request) -> dict[str, str]:
    """The fields of a form that was sent; one too long is empty."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > _MOST_BYTES:
            return {}
    fields = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=20)
    return {name: values[-1] for name, values in fields.items()}


Form = Annotated[dict[str, str], Depends(_form)]
