"""Errors as RFC 9457 problems: one table from error class to status, one shape, one sentence in the caller's language.

In: errors of `dossier.errors`, of the web framework, of parameter checks. Out: `Problem` values; how they are sent (JSON or a
page) is decided in `search_api.refusals`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus

from pydantic import BaseModel, Field

from dossier.errors import (
    BadAddress,
    BadQuery,
    BadSettings,
    DossierError,
    Fact,
    MissingTool,
    NotAdmitted,
    NotAllowed,
    NotFound,
    TooMany,
    Unavailable,
)
from dossier.messages import Messages

MEDIA_TYPE = "application/problem+json"

RETRY_AFTER_S = 5
"""Sent with 503: a ledger that is busy or an engine that restarts is usually back by then."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of problem: its slug makes the stable type URI and the message keys."""

    slug: str
    status: HTTPStatus

    @property
    def type(self) -> str:
        """The type URI, relative to this server; it answers with an explanation for people."""
        return f"/problems/{self.slug}"

    @property
    def key(self) -> str:
        """The slug as a message key."""
        return self.slug.replace("-", "_")


BAD_PARAMETER = Kind("bad-parameter", HTTPStatus.UNPROCESSABLE_ENTITY)
UNKNOWN_PARAMETER = Kind("unknown-parameter", HTTPStatus.BAD_REQUEST)
BAD_REQUEST = Kind("bad-request", HTTPStatus.BAD_REQUEST)
CONFLICT = Kind("conflict", HTTPStatus.CONFLICT)
TOO_MANY_JOBS = Kind("too-many-jobs", HTTPStatus.TOO_MANY_REQUESTS)
METHOD_NOT_ALLOWED = Kind("method-not-allowed", HTTPStatus.METHOD_NOT_ALLOWED)
NOT_FOUND = Kind("not-found", HTTPStatus.NOT_FOUND)
INTERNAL = Kind("internal", HTTPStatus.INTERNAL_SERVER_ERROR)
UNAVAILABLE = Kind("unavailable", HTTPStatus.SERVICE_UNAVAILABLE)

BY_ERROR: dict[type[DossierError], Kind] = {
    BadQuery: Kind("bad-query", HTTPStatus.BAD_REQUEST),
    BadAddress: BAD_REQUEST,
    NotFound: NOT_FOUND,
    NotAdmitted: Kind("not-admitted", HTTPStatus.UNAUTHORIZED),
    NotAllowed: Kind("not-allowed", HTTPStatus.FORBIDDEN),
    TooMany: Kind("too-many", HTTPStatus.TOO_MANY_REQUESTS),
    Unavailable: UNAVAILABLE,
    BadSettings: INTERNAL,
    MissingTool: INTERNAL,
    DossierError: INTERNAL,
}
"""The one table: error class -> kind of problem. A subclass is answered like the nearest class above it."""

_PARAMETER_OF = {
    "query.bad_cursor": "cursor",
    "query.other_cursor": "cursor",
    "query.too_far": "cursor",
    "query.bad_limit": "limit",
}
"""The parameter at fault when only the index could tell; everything else is about the words."""

KINDS: dict[str, Kind] = {
    kind.slug: kind
    for kind in (
        *BY_ERROR.values(),
        BAD_PARAMETER,
        UNKNOWN_PARAMETER,
        BAD_REQUEST,
        METHOD_NOT_ALLOWED,
        CONFLICT,
        TOO_MANY_JOBS,
    )
}


class Refusal(Exception):
    """What a door refuses by itself: a kind of problem and the key of the sentence that says what to do, the parameter at fault."""

    def __init__(self, kind: Kind, key: str, *, parameter: str = "", **facts: object) -> None:
        self.kind, self.key, self.parameter, self.facts = kind, key, parameter, facts
        super().__init__(kind.slug, key, facts)

    def problem(self, asked: Asked) -> Problem:
        """As it is sent."""
        detail = asked.messages.text(self.key, **self.facts)
        errors = [ParameterError(parameter=self.parameter, detail=detail)] if self.parameter else []
        return asked.problem(self.kind, detail, errors=errors)


class ParameterError(BaseModel):
    """One thing that is wrong with one parameter."""

    parameter: str = Field(description="Name of the parameter as the caller sent it.")
    position: int | None = Field(None, description="Where in its value the error is, counted in characters of its NFC form from 0.")
    detail: str = Field(description="What is wrong and what to do, in the caller's language.")


class Problem(BaseModel):
    """RFC 9457 problem details."""

    type: str = Field(description="Stable URI reference of this kind of problem.", examples=["/problems/bad-query"])
    title: str = Field(description="The kind of problem in a few words, in the caller's language.")
    status: int = Field(description="The HTTP status.", examples=[400])
    detail: str = Field(description="What happened this time and what to do, in the caller's language.")
    instance: str = Field(description="The path that was asked for.")
    errors: list[ParameterError] = Field(default=[], description="What is wrong with which parameter.")
    trace_id: str = Field(description="The id under which the server's log knows this answer.")

    def headers(self) -> dict[str, str]:
        """Headers that go with this problem."""
        waits = self.status == HTTPStatus.SERVICE_UNAVAILABLE or self.type == TOO_MANY_JOBS.type
        return {"Retry-After": str(RETRY_AFTER_S)} if waits else {}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a problem needs to know about the request."""

    messages: Messages
    path: str
    trace_id: str

    def problem(self, kind: Kind, detail: str | None = None, *, errors: Sequence[ParameterError] = ()) -> Problem:
        """A problem of `kind`; without `detail` the kind's own sentence."""
        return Problem(
            type=kind.type,
            title=self.messages.text(f"web_problem.{kind.key}"),
            status=int(kind.status),
            detail=detail or self.messages.text(f"web_problem.{kind.key}_detail"),
            instance=self.path,
            errors=list(errors),
            trace_id=self.trace_id,
        )


def kind_of(error: DossierError) -> Kind:
    """The kind of problem that an error is, by its nearest class in the table."""
    return next(BY_ERROR[cls] for cls in type(error).__mro__ if cls in BY_ERROR)


def problem_of(error: DossierError, asked: Asked) -> Problem:
    """The problem of an error of ours. Inner facts of a 5xx (hosts, paths, settings) stay in the log."""
    kind = kind_of(error)
    if kind.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return asked.problem(kind)
    if not isinstance(error, BadQuery):
        return asked.problem(kind, describe(error, asked.messages))
    wrong = _wrong_query(error, asked.messages)
    return asked.problem(kind, wrong.detail, errors=[wrong])


def headers_of(error: DossierError) -> dict[str, str]:
    """Headers that go with an error, beside those of its kind of problem."""
    if isinstance(error, TooMany):
        return {"Retry-After": str(error.facts["seconds"])}
    return {"WWW-Authenticate": 'Bearer realm="sohoa"'} if isinstance(error, NotAdmitted) else {}


def describe(error: DossierError, messages: Messages) -> str:
    """The sentence of an error with its facts in words of the caller's language."""
    facts = dict(error.facts)
    if isinstance(error, NotFound):
        facts["what"] = _word(f"web_what.{facts.get('what', '')}", messages) or facts.get("what", "")
    if isinstance(error, NotAllowed):
        facts["right"] = _word(f"right.{facts['right']}", messages) or facts["right"]
    return messages.reason(error.code, **facts)


def _wrong_query(error: BadQuery, messages: Messages) -> ParameterError:
    """What is wrong with a query, a filter or a cursor, as a sentence that names the place."""
    facts = dict(error.facts)
    code = str(facts.get("problem", ""))
    position = facts.get("position")
    parameter = str(facts.get("parameter") or _PARAMETER_OF.get(code, "q"))
    facts["problem"] = _word(code, messages, **facts) or code
    sentence = messages.reason(error.code, **facts)
    if parameter != "q":
        sentence = messages.text("web_check.named", parameter=parameter, problem=f"{facts['problem']}.")
    return ParameterError(parameter=parameter, position=position if isinstance(position, int) else None, detail=sentence)


def _word(key: str, messages: Messages, **facts: Fact) -> str:
    """The words of a key, or nothing when the catalogue has none for it."""
    return messages.text(key, **facts) if messages.has(key) else ""


def problem_of_status(status: int, asked: Asked) -> Problem:
    """The problem of an answer the web framework refused by itself (404, 405, ...)."""
    kind = next((kind for kind in KINDS.values() if kind.status == status), BAD_REQUEST)
    if kind is NOT_FOUND:
        return asked.problem(kind, asked.messages.text("web_problem.no_such_path", path=asked.path))
    problem = asked.problem(kind)
    return problem.model_copy(update={"status": status})


def problem_of_checks(found: Sequence[Mapping[str, object]], asked: Asked) -> Problem:
    """The problem of parameters that failed their checks: `found` as pydantic lists it."""
    errors = [_parameter_error(one, asked.messages) for one in found]
    return asked.problem(BAD_PARAMETER, errors[0].detail if len(errors) == 1 else None, errors=errors)


def _parameter_error(found: Mapping[str, object], messages: Messages) -> ParameterError:
    location = found.get("loc")
    names = [str(part) for part in location if isinstance(part, str)] if isinstance(location, tuple) else []
    name = names[-1] if names else ""
    key = f"web_check.{found.get('type', '')}"
    context = found.get("ctx")
    facts = {str(fact): value for fact, value in context.items()} if isinstance(context, dict) else {}
    sentence = messages.text(key, **facts) if messages.has(key) else messages.text("web_check.other")
    return ParameterError(parameter=name, detail=messages.text("web_check.named", parameter=name, problem=sentence))
