"""What a harvester asks for: the arguments of OAI-PMH 2.0, checked.

In: names and values as they came, from a query string or a form. Out: a `Wanted`, or `Refused` with the protocol's own error code.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

FORMAT = "oai_dc"
IDENTIFIER = "oai:sohoa:"
"""Before the id of a document, which comes from its content: the same scan has one identifier in every archive."""

VERBS: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "Identify": (frozenset(), frozenset()),
    "ListMetadataFormats": (frozenset(), frozenset({"identifier"})),
    "ListSets": (frozenset(), frozenset()),
    "ListIdentifiers": (frozenset({"metadataPrefix"}), frozenset({"from", "until", "set"})),
    "ListRecords": (frozenset({"metadataPrefix"}), frozenset({"from", "until", "set"})),
    "GetRecord": (frozenset({"identifier", "metadataPrefix"}), frozenset()),
}
"""Verb -> arguments that have to come, and those that may."""

_LISTS = frozenset({"ListSets", "ListIdentifiers", "ListRecords"})
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_SECOND = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII)
_PREFIX = re.compile(r"[A-Za-z0-9\-_.!~*'()]+", re.ASCII)
_SET = re.compile(rf"{_PREFIX.pattern}(?::{_PREFIX.pattern})*", re.ASCII)
"""As the schema of the protocol writes names of formats and sets."""

_MOST = 2**62


class Refused(Exception):
    """An error of the protocol; `code` is one of its eight."""

    def __init__(self, code: str, reason: str) -> None:
        self.code = code
        self.reason = reason
        super().__init__(code, reason)


@dataclass(frozen=True, slots=True)
class Selection:
    """Which records of a list, and how far the harvester is.

    Attributes:
        since, until: first and last second of change, as the store writes times; "" without a bound.
        set_spec: of one fonds, "" for all.
        top: the last position of the feed when the list began: what changes later belongs to the next harvest.
        position: what was given so far ends here. given: how many records that were.
    """

    since: str = ""
    until: str = ""
    set_spec: str = ""
    top: int | None = None
    position: int | None = None
    given: int = 0


@dataclass(frozen=True, slots=True)
class Wanted:
    """A request that can be answered; `document_id` is "" where none is named."""

    verb: str
    document_id: str = ""
    selection: Selection = Selection()


def wanted_of(arguments: Sequence[tuple[str, str]]) -> Wanted:
    """What the arguments ask for.

    Raises:
        Refused: badVerb, badArgument, cannotDisseminateFormat, badResumptionToken or idDoesNotExist.
    """
    counts = Counter(name for name, _ in arguments)
    given = dict(arguments)
    verb = given.pop("verb", "")
    if verb not in VERBS or counts["verb"] != 1:
        raise Refused("badVerb", f"one verb of {', '.join(VERBS)} is needed")
    repeated = sorted(name for name, count in counts.items() if count > 1)
    if repeated:
        raise Refused("badArgument", f"given more than once: {', '.join(repeated)}")
    if "resumptionToken" in given and verb in _LISTS:
        if len(given) > 1:
            raise Refused("badArgument", "resumptionToken stands alone")
        return Wanted(verb, selection=_resumed(verb, given["resumptionToken"]))
    needed, allowed = VERBS[verb]
    if given.keys() - needed - allowed:
        raise Refused("badArgument", f"not an argument of {verb}: {', '.join(sorted(given.keys() - needed - allowed))}")
    if needed - given.keys():
        raise Refused("badArgument", f"{verb} needs {', '.join(sorted(needed - given.keys()))}")
    if not _PREFIX.fullmatch(given.get("metadataPrefix", FORMAT)) or not _SET.fullmatch(given.get("set", FORMAT)):
        raise Refused("badArgument", "not the name of a format or set")
    since, until = _times(
        given.get("from"), given.get("until")
    )  # before what is understood and not here: that is repeated in the answer
    if given.get("metadataPrefix", FORMAT) != FORMAT:
        raise Refused("cannotDisseminateFormat", f"the only format is {FORMAT}")
    return Wanted(verb, _document_id(given.get("identifier")), Selection(since, until, given.get("set", "")))


def token_of(verb: str, selection: Selection) -> str:
    """A resumption token: everything that the rest of the list depends on; it holds no right and never ends."""
    return base64.urlsafe_b64encode(json.dumps([verb, asdict(selection)]).encode()).decode().rstrip("=")


def _resumed(verb: str, token: str) -> Selection:
    try:
        said, values = json.loads(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))
        selection = Selection(**values)
    except (binascii.Error, ValueError, TypeError, RecursionError) as error:
        raise Refused("badResumptionToken", "not a token of this archive") from error
    texts = (selection.since, selection.until, selection.set_spec)
    numbers = (selection.top, selection.position, selection.given)
    whole = all(isinstance(text, str) for text in texts) and all(type(one) is int and 0 <= one < _MOST for one in numbers)
    if said != verb or not whole:
        raise Refused("badResumptionToken", "not a token of this list")
    return selection


def _times(since: str | None, until: str | None) -> tuple[str, str]:
    if since is not None and until is not None and len(since) != len(until):
        raise Refused("badArgument", "from and until have different granularity")
    first, last = _time(since, "00:00:00"), _time(until, "23:59:59")
    if first and last and first > last:
        raise Refused("badArgument", "from is later than until")
    return first, last


def _time(text: str | None, of_day: str) -> str:
    """A time as the store writes it."""
    if text is None:
        return ""
    if _DAY.fullmatch(text):
        text = f"{text}T{of_day}Z"
    if not _SECOND.fullmatch(text):
        raise Refused("badArgument", "times are YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ")
    try:
        return datetime.fromisoformat(text).isoformat()
    except ValueError as error:
        raise Refused("badArgument", f"there is no time {text}") from error


def _document_id(identifier: str | None) -> str:
    if identifier is None:
        return ""
    if not identifier.startswith(IDENTIFIER) or identifier == IDENTIFIER:
        raise Refused("idDoesNotExist", f"identifiers of this archive begin with {IDENTIFIER}")
    return identifier.removeprefix(IDENTIFIER)
