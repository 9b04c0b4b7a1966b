"""Cookies of people who signed in, and tokens of forms; signed, so that nobody makes them but this server.

In: the store's signing key. Out: texts, and whether a text is one of ours and still good.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import time
from dataclasses import dataclass

SESSION_COOKIE = "sohoa_phien"
FORM_COOKIE = "sohoa_bieu_mau"
FORM_S = 3600
"""Seconds for which a form may stand open."""


@dataclass(frozen=True, slots=True)
class Session:
    """Who signed in, and the epoch of his account at that time: another password or a closed account ends the session."""

    name: str
    epoch: int


class Signer:
    """Signs and checks."""

    def __init__(self, key: bytes) -> None:
        self._key = hmac.digest(key, b"sohoa cookies", "sha256")  # the store's key signs other things too

    def session(self, session: Session) -> str:
        """The cookie of a session that begins now."""
        name = base64.urlsafe_b64encode(session.name.encode()).decode().rstrip("=")
        return self._signed("phien", f"{name}.{session.epoch}.{int(time.time())}")

    def opened(self, cookie: str, hours: int) -> Session | None:
        """The session of a cookie, None when it is not ours or too old."""
        body = self._checked("phien", cookie, 3600 * hours)
        if body is None:
            return None
        name, epoch, _ = body.split(".")
        return Session(base64.urlsafe_b64decode(name + "=" * (-len(name) % 4)).decode(), int(epoch))

    def form_token(self, nonce: str) -> str:
        """What a form carries for the cookie `nonce` of the same browser."""
        return self._signed("bieu-mau", f"{_digest(nonce)}.{int(time.time())}")

    def is_form_token(self, token: str, nonce: str) -> bool:
        """Whether a form that was sent comes from this browser's own page."""
        body = self._checked("bieu-mau", token, FORM_S)
        return bool(nonce) and body is not None and hmac.compare_digest(body.partition(".")[0], _digest(nonce))

    def _signed(self, purpose: str, body: str) -> str:
        return f"{body}.{self._signature(purpose, body)}"

    def _checked(self, purpose: str, text: str, most_seconds: int) -> str | None:
        body, _, signature = text.rpartition(".")
        if not hmac.compare_digest(signature.encode(), self._signature(purpose, body).encode()):
            return None
        begun = int(body.rpartition(".")[2])  # signed by us, so it is a number
        return body if 0 <= time.time() - begun <= most_seconds else None

    def _signature(self, purpose: str, body: str) -> str:
        return hmac.digest(self._key, f"{purpose}|{body}".encode(), "sha256").hex()


def new_nonce() -> str:
    """A text nobody can guess."""
    return secrets.token_urlsafe(24)


def _digest(nonce: str) -> str:
    return hashlib.sha256(nonce.encode()).hexdigest()
