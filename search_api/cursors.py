"""Places in a result as text that only this server can have made: signed, bound to the asker, good for a while.

In: a cursor of the index, the store's key, who asks. Out: opaque text and back. What the cursor points at are sort values, so it
stays right when documents come and go; the index itself refuses one of another question.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import time

from dossier.errors import BadQuery
from dossier.model import Reader
from indexer import Cursor

_MAC_BYTES = 16


def reader_mark(reader: Reader) -> str:
    """A short digest of who asks and what he may see; the day of the question is not in it."""
    rights = (reader.name, sorted(reader.groups), int(reader.clearance), reader.sees_embargoed, reader.sees_all)
    return hashlib.sha256(repr(rights).encode()).hexdigest()[:16]


def seal(cursor: Cursor, key: bytes, reader: Reader, *, valid_s: int) -> str:
    """The text of a cursor for this reader."""
    body = f"{int(time.time()) + valid_s}.{cursor.encode()}"
    return f"{body}.{_signature(body, key, reader)}"


def unseal(text: str, key: bytes, reader: Reader) -> Cursor:
    """Read back what `seal` made for the same reader.

    Raises:
        BadQuery: when it was made for another reader, by another server, was changed, or is too old.
    """
    body, _, signature = text.rpartition(".")
    expires, _, inner = body.partition(".")
    if not hmac.compare_digest(signature.encode(), _signature(body, key, reader).encode()) or not expires.isdigit():
        raise BadQuery(position=0, problem="query.bad_cursor", parameter="cursor")
    if int(expires) < time.time():
        raise BadQuery(position=0, problem="query.expired_cursor", parameter="cursor")
    try:
        return Cursor.decode(inner)
    except (BadQuery, binascii.Error) as error:
        raise BadQuery(position=0, problem="query.bad_cursor", parameter="cursor") from error


def _signature(body: str, key: bytes, reader: Reader) -> str:
    mac = hmac.new(key, f"cursor\0{reader_mark(reader)}\0{body}".encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(mac[:_MAC_BYTES]).decode().rstrip("=")
