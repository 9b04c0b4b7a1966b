"""Matches inside a document as the Content Search API answers them: 2.0, and a thin translation for viewers that only know 1.0.

In: spots, the request's parameters. Out: JSON.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from search_api.iiif.addresses import Addresses
from search_api.iiif.answers import PRESENTATION, SEARCH, SEARCH_1, Json
from search_api.iiif.canvases import place
from search_api.iiif.finding import Spot, Spots
from search_api.iiif.manifest import text_body

PRESENTATION_2 = "http://iiif.io/api/presentation/2/context.json"
IGNORED = ("motivation", "date", "user")
"""Parameters of the specification that do not narrow what was read by machine; named in the answer when they come."""


@dataclass(frozen=True, slots=True)
class Searched:
    """One question to one document: which part of the matches this is, and which parameters were passed over."""

    document_id: str
    words: str
    part: int
    ignored: Collection[str]


def search_answer(searched: Searched, spots: Spots, addresses: Addresses) -> Json:
    """Version 2.0: every match an annotation with its box; beside it the words around it, and where it is in the line read."""
    own = _page(searched, "search", addresses)
    items = [
        {
            "id": _match(searched, position, addresses),
            "type": "Annotation",
            "motivation": "supplementing",
            "body": text_body(spot.text),
            "target": place(searched.document_id, spot.page_id, spot.box, addresses),
        }
        for position, spot in enumerate(spots.found, start=1)
    ]
    value: Json = {"@context": [SEARCH, PRESENTATION], "id": own, "type": "AnnotationPage", "items": items}
    if spots.found:
        value["annotations"] = [
            {"id": f"{own}#context", "type": "AnnotationPage", "items": _about(searched, spots.found, addresses)}
        ]
    if searched.ignored:
        value["ignored"] = sorted(searched.ignored)
    if searched.part > 1:
        value["prev"] = {"id": _page(searched, "search", addresses, searched.part - 1), "type": "AnnotationPage"}
    if spots.more:
        value["next"] = {"id": _page(searched, "search", addresses, searched.part + 1), "type": "AnnotationPage"}
    if searched.part == 1 and not spots.more:
        whole = addresses.document(searched.document_id, "search", q=searched.words)
        value["partOf"] = {"id": f"{whole}#all", "type": "AnnotationCollection", "total": len(items)}
        value["startIndex"] = 0
    return value


def search_answer_1(searched: Searched, spots: Spots, addresses: Addresses) -> Json:
    """Version 1.0: the same matches as `resources` and `hits`."""
    within: Json = {"@type": "sc:Layer"}
    if searched.part == 1 and not spots.more:
        within["total"] = len(spots.found)
    if searched.ignored:
        within["ignored"] = sorted(searched.ignored)
    value: Json = {
        "@context": [PRESENTATION_2, SEARCH_1],
        "@id": _page(searched, "search1", addresses),
        "@type": "sc:AnnotationList",
        "within": within,
        "resources": [
            {
                "@id": _match(searched, position, addresses),
                "@type": "oa:Annotation",
                "motivation": "sc:painting",
                "resource": {"@type": "cnt:ContentAsText", "format": "text/plain", "chars": spot.text},
                "on": place(searched.document_id, spot.page_id, spot.box, addresses),
            }
            for position, spot in enumerate(spots.found, start=1)
        ],
        "hits": [
            {
                "@type": "search:Hit",
                "annotations": [_match(searched, position, addresses)],
                "before": spot.before,
                "match": spot.text,
                "after": spot.after,
            }
            for position, spot in enumerate(spots.found, start=1)
        ],
    }
    if spots.more:
        value["next"] = _page(searched, "search1", addresses, searched.part + 1)
    return value


def terms_answer(searched: Searched, found: Sequence[tuple[str, int]], addresses: Addresses) -> Json:
    """Words that begin like what was typed, version 2.0."""
    value: Json = {
        "@context": SEARCH,
        "id": addresses.document(searched.document_id, "autocomplete", q=searched.words),
        "type": "TermPage",
        "items": [
            {
                "value": word,
                "total": count,
                "language": "vi",
                "service": [{"id": addresses.document(searched.document_id, "search", q=word), "type": "SearchService2"}],
            }
            for word, count in found
        ],
    }
    if searched.ignored:
        value["ignored"] = sorted(searched.ignored)
    return value


def terms_answer_1(searched: Searched, found: Sequence[tuple[str, int]], addresses: Addresses) -> Json:
    """The same, version 1.0."""
    value: Json = {
        "@context": SEARCH_1,
        "@id": addresses.document(searched.document_id, "autocomplete1", q=searched.words),
        "@type": "search:TermList",
        "terms": [
            {"match": word, "count": count, "url": addresses.document(searched.document_id, "search1", q=word)}
            for word, count in found
        ],
    }
    if searched.ignored:
        value["ignored"] = sorted(searched.ignored)
    return value


def _about(searched: Searched, found: Sequence[Spot], addresses: Addresses) -> list[Json]:
    """For each match: the words around it, and the match inside the line of the page's own annotations."""
    notes = []
    for position, spot in enumerate(found, start=1):
        match = _match(searched, position, addresses)
        about = [_match(searched, position, addresses, motivation) for motivation in ("contextualizing", "highlighting")]
        around = {"type": "TextQuoteSelector", "prefix": spot.before, "exact": spot.text, "suffix": spot.after}
        line = f"{addresses.document(searched.document_id, 'annotations', spot.page_id)}/{spot.line}"
        inside = {"type": "TextQuoteSelector", "exact": spot.text}
        notes += [
            _note(about[0], "contextualizing", match, around),
            _note(about[1], "highlighting", line, inside),
        ]
    return notes


def _note(identifier: str, motivation: str, source: str, selector: Json) -> Json:
    target = {"type": "SpecificResource", "source": source, "selector": [selector]}
    return {"id": identifier, "type": "Annotation", "motivation": motivation, "target": target}


def _page(searched: Searched, path: str, addresses: Addresses, part: int | None = None) -> str:
    part = part or searched.part
    more = {} if part == 1 else {"page": str(part)}
    return addresses.document(searched.document_id, path, q=searched.words, **more)


def _match(searched: Searched, position: int, addresses: Addresses, *more_path: str) -> str:
    more = {} if searched.part == 1 else {"page": str(searched.part)}
    return addresses.document(searched.document_id, "matches", str(position), *more_path, q=searched.words, **more)
