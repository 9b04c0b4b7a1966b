"""How pages are made: the templates, the words of the catalogue in them, dates as people write them.

In: a request, a template name, values. Out: an HTML response. Templates escape everything; what is markup comes as `Markup`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from urllib.parse import urlencode

from fastapi import Request
from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import HTMLResponse

from dossier.messages import Messages
from search_api.language import PARAMETER, page_language
from search_api.rooms import default_language

_ISO = re.compile(r"(?P<day>\d{4}-\d{2}(?:-\d{2})?)(?:T(?P<time>\d{2}:\d{2}(?::\d{2})?).*)?")


def page(
    request: Request, template: str, *, status: int = 200, headers: Mapping[str, str] | None = None, **values: object
) -> HTMLResponse:
    """Fill a template for this request's language."""
    language = page_language(request, default_language(request))
    link = links_of(request)
    body = (
        _templates()
        .get_template(template)
        .render(
            t=Messages(language).text,
            language=language,
            hidden_language=link.always,
            link=link,
            other_language=_in_other_language(request, language),
            # Who asks, once the door has let him in; errors before it leave none.
            caller=getattr(request.state, "identity", None),
            **values,
        )
    )
    return HTMLResponse(body, status_code=status, headers=dict(headers or {}))


class Links:
    """Links inside the site that keep the language the reader chose."""

    def __init__(self, always: Mapping[str, str]) -> None:
        self.always = dict(always)

    def __call__(self, path: str, parameters: Iterable[tuple[str, object]] = (), fragment: str = "") -> str:
        """`path` with query parameters; empty ones are left out."""
        pairs = [(name, value) for name, value in parameters if value not in (None, "")]
        query = urlencode([*pairs, *self.always.items()])
        return path + (f"?{query}" if query else "") + (f"#{fragment}" if fragment else "")

    def extended(self, path: str) -> str:
        """A link that is complete but for the language."""
        query = urlencode(self.always)
        return path + (("&" if "?" in path else "?") + query if query else "")


def links_of(request: Request) -> Links:
    """Links that keep the language of this request where it is not the default."""
    default = default_language(request)
    language = page_language(request, default)
    return Links({PARAMETER: language} if language != default else {})


def written_date(iso: str) -> str:
    """A day, month or time of ISO as it is written in Vietnam (15/03/2024, 03/2024); what is none of them stays as it is."""
    match = _ISO.fullmatch(iso)
    if match is None:
        return iso
    day = "/".join(reversed(match["day"].split("-")))
    return f"{day} {match['time']}" if match["time"] else day


def percent(share: float) -> str:
    """A confidence of 0-1 for people."""
    return f"{share * 100:.0f} %"


def _in_other_language(request: Request, language: str) -> str:
    other = "en" if language == "vi" else "vi"
    kept = [(name, value) for name, value in request.query_params.multi_items() if name != PARAMETER]
    return f"{request.url.path}?{urlencode([*kept, (PARAMETER, other)])}"


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=PackageLoader("search_api"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters |= {"written_date": written_date, "percent": percent}
    return environment
