"""Which language an answer is in. In: a request and the default of the settings. Out: "vi" or "en".

Pages are in the language of `?lang=`, else of the settings: many offices run an English browser and read Vietnamese. Problems
of the JSON API follow `Accept-Language`, because programs say what they want there.
"""

from __future__ import annotations

from starlette.requests import Request

from dossier.messages import LANGUAGES, Messages
from search_api.rooms import default_language

PARAMETER = "lang"


def page_language(request: Request, default: str) -> str:
    """Language of an HTML page: `?lang=` when we speak it, else the default of the settings."""
    wanted = request.query_params.get(PARAMETER, "")
    return wanted if wanted in LANGUAGES else default


def messages_of(request: Request) -> Messages:
    """The catalogue of an HTML page."""
    return Messages(page_language(request, default_language(request)))


def accepted_language(header: str, default: str) -> str:
    """The language we speak that an `Accept-Language` header prefers, else the default (RFC 9110, 12.5.4)."""
    best, best_weight = default, 0.0
    for part in header.split(","):
        tag, _, parameters = part.strip().partition(";")
        weight = _weight(parameters)
        primary = tag.strip().lower().partition("-")[0]
        if primary in LANGUAGES and weight > best_weight:
            best, best_weight = primary, weight
    return best


def _weight(parameters: str) -> float:
    name, _, value = parameters.strip().partition("=")
    if not name:
        return 1.0
    try:
        return float(value) if name.strip() == "q" else 1.0
    except ValueError:
        return 0.0
