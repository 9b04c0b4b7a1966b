"""A message of a webhook: its body, its signature (Standard Webhooks), and whether its receiver may be told at all.

In: an event or a test, the key of a hook, hosts that the settings allow. Out: bytes and headers. A body has ids only, no content:
the receiver asks the API for what it may see.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from search_api.events.told import Told

SECRET_MARK = "whsec_"
_SECRET_BYTES = 32


@dataclass(frozen=True, slots=True)
class Message:
    """What is sent; `id` is the same at every attempt, so that a receiver knows what it has already."""

    id: str
    event: str
    body: bytes

    def headers(self, secret: str) -> dict[str, str]:
        """Headers of one attempt, signed at this moment: HMAC-SHA256 over id, time and body, joined by points."""
        at = str(int(time.time()))
        key = base64.b64decode(secret.removeprefix(SECRET_MARK))
        signed = hmac.new(key, b".".join([self.id.encode(), at.encode(), self.body]), hashlib.sha256).digest()
        return {
            "Content-Type": "application/json",
            "webhook-id": self.id,
            "webhook-timestamp": at,
            "webhook-signature": f"v1,{base64.b64encode(signed).decode()}",
        }


def new_secret() -> str:
    """A key for a hook."""
    return SECRET_MARK + base64.b64encode(secrets.token_bytes(_SECRET_BYTES)).decode()


def message_of(webhook_id: str, told: Told) -> Message:
    """The message that tells of an event."""
    data = {"seq": told.seq, "document": told.document_id, "dossier": told.dossier_id}
    body = {"type": f"document.{told.kind.value}", "timestamp": told.at, "data": data}
    return Message(f"{webhook_id}.{told.seq}.{told.kind.value}", told.kind.value, json.dumps(body).encode())


def test_message(webhook_id: str) -> Message:
    """A message that only shows that the way is open."""
    at = time.strftime("%Y-%m-%dT%H:%M:%S+00:00", time.gmtime())
    body = {"type": "test", "timestamp": at, "data": {}}
    return Message(f"{webhook_id}.test.{secrets.token_hex(4)}", "test", json.dumps(body).encode())


def is_address(url: str) -> bool:
    """Whether text is an address that can be told: http or https, a host, no user, no fragment."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    sound = parts.scheme in ("http", "https") and bool(parts.hostname) and port != 0
    return sound and not (parts.username or parts.password or parts.fragment or "#" in url) and url.isascii() and url.isprintable()


def is_allowed(url: str, hosts: Sequence[str]) -> bool:
    """Whether the settings let the server tell this host: by name, by name and port, or all below a domain (`*.tinh.gov.vn`)."""
    parts = urlsplit(url)
    host = (parts.hostname or "").lower().rstrip(".")
    port = parts.port or (443 if parts.scheme == "https" else 80)
    for allowed in (one.lower() for one in hosts):
        name, _, only = allowed.rpartition(":") if allowed.rpartition(":")[2].isdigit() else (allowed, "", "")
        if only and int(only) != port:
            continue
        if host == name or (name.startswith("*.") and host.endswith(name[1:])):
            return True
    return False
