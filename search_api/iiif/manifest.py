"""A document as a manifest, a dossier as a collection, the lines of a page as annotations (Presentation API 3.0).

In: what the gate gives. Out: JSON with absolute URIs.
"""

from __future__ import annotations

from collections.abc import Sequence

from dossier.model import ArchivalFacts, Document, Page
from search_api.iiif.addresses import Addresses
from search_api.iiif.answers import PRESENTATION, SEARCH, SEARCH_1, Json
from search_api.iiif.canvases import Frame, Sheet, canvas_of, first_picture, place, thumbnail_of
from search_api.iiif.labels import annex_label, as_written, fields_of, in_both, name_of, statement_of

RIGHTS = "http://rightsstatements.org/vocab/CNE/1.0/"
"""Copyright not evaluated: nobody has looked at it for the paper in question."""

_LANGUAGE = "vi"


def manifest_of(document: Document, dossier_id: str, facts: ArchivalFacts, sheets: Sequence[Sheet], addresses: Addresses) -> Json:
    """A document with a canvas for each page."""
    manifest: Json = {
        "@context": [SEARCH, PRESENTATION],
        "id": addresses.manifest(document.id),
        "type": "Manifest",
        "label": name_of(document),
        "metadata": fields_of(document, facts),
        "requiredStatement": statement_of(facts),
        "rights": RIGHTS,
        "viewingDirection": "left-to-right",
        "behavior": ["individuals"],
        "homepage": [_link(addresses.to("van-ban", document.id), "Text", "text/html", "iiif.viewer")],
        "rendering": [_link(addresses.document(document.id, "text.txt"), "Text", "text/plain", "iiif.text")],
        "seeAlso": [_link(addresses.to("v1", "documents", document.id), "Dataset", "application/json", "iiif.description")],
        "partOf": [{"id": addresses.collection(dossier_id), "type": "Collection"}],
        "service": search_services(document.id, addresses),
        "items": [canvas_of(document.id, sheet, addresses) for sheet in sheets],
    }
    if document.subject is not None:
        manifest["summary"] = as_written(document.subject.value)
    shown = first_picture(sheets)
    if shown is not None and shown.frame.picture is not None:
        manifest["thumbnail"] = [thumbnail_of(shown.page_id, shown.frame.picture, addresses)]
    if document.annexes:
        manifest["structures"] = _annexes(document, addresses)
    return manifest


def collection_of(dossier_id: str, name: str, facts: ArchivalFacts, documents: Sequence[Document], addresses: Addresses) -> Json:
    """A dossier with the manifests of its documents, in order."""
    facts_known = [("iiif.fonds", facts.fonds), ("iiif.file_number", facts.file_number)]
    return {
        "@context": PRESENTATION,
        "id": addresses.collection(dossier_id),
        "type": "Collection",
        "label": as_written(facts.title or name),
        "metadata": [{"label": in_both(key), "value": as_written(value)} for key, value in facts_known if value],
        "requiredStatement": statement_of(facts),
        "homepage": [_link(addresses.to("ho-so", dossier_id), "Text", "text/html", "iiif.viewer")],
        "items": [{"id": addresses.manifest(one.id), "type": "Manifest", "label": name_of(one)} for one in documents],
    }


def lines_of(document_id: str, page_id: str, read: tuple[Page, Frame] | None, addresses: Addresses) -> Json:
    """The lines of print of a page, each where it stands; none for a page that was set aside."""
    identifier = addresses.document(document_id, "annotations", page_id)
    return {
        "@context": PRESENTATION,
        "id": identifier,
        "type": "AnnotationPage",
        "items": [
            {
                "id": f"{identifier}/{number}",
                "type": "Annotation",
                "motivation": "supplementing",
                "body": text_body(line.text),
                "target": place(document_id, page_id, frame.fit(line.box), addresses),
            }
            for page, frame in ([] if read is None else [read])
            for number, line in enumerate(page.lines, start=1)
            if line.words
        ],
    }


def text_body(text: str) -> Json:
    """Words of the paper as the body of an annotation."""
    return {"type": "TextualBody", "value": text, "format": "text/plain", "language": _LANGUAGE}


def search_services(document_id: str, addresses: Addresses) -> list[Json]:
    """Search inside a document, as version 2 names it and as viewers that only know version 1 look for it."""
    return [
        {
            "id": addresses.document(document_id, "search"),
            "type": "SearchService2",
            "service": [{"id": addresses.document(document_id, "autocomplete"), "type": "AutoCompleteService2"}],
        },
        {
            "@context": SEARCH_1,
            "@id": addresses.document(document_id, "search1"),
            "@type": "SearchService1",
            "profile": "http://iiif.io/api/search/1/search",
            "service": [
                {
                    "@id": addresses.document(document_id, "autocomplete1"),
                    "@type": "AutoCompleteService1",
                    "profile": "http://iiif.io/api/search/1/autocomplete",
                }
            ],
        },
    ]


def _annexes(document: Document, addresses: Addresses) -> list[Json]:
    """Each annex as a range of canvases."""
    return [
        {
            "id": addresses.document(document.id, "annex", str(number)),
            "type": "Range",
            "label": annex_label(annex.title),
            "items": [{"id": addresses.canvas(document.id, page_id), "type": "Canvas"} for page_id in annex.page_ids],
        }
        for number, annex in enumerate(document.annexes, start=1)
    ]


def _link(address: str, kind: str, media: str, key: str) -> Json:
    return {"id": address, "type": kind, "format": media, "label": in_both(key)}
