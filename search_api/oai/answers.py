"""Answers of OAI-PMH 2.0 as XML.

In: records, sets, errors. Out: bytes that obey the schemas of the protocol and of `oai_dc`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

from dossier.model import ArchivalFacts, Document
from search_api.iiif.addresses import Addresses
from search_api.oai.arguments import FORMAT, IDENTIFIER, Refused, Selection, token_of
from search_api.oai.harvest import EARLIEST, Head

OAI = "http://www.openarchives.org/OAI/2.0/"
OAI_SCHEMA = "http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd"
OAI_DC = "http://www.openarchives.org/OAI/2.0/oai_dc/"
OAI_DC_SCHEMA = "http://www.openarchives.org/OAI/2.0/oai_dc.xsd"
DC = "http://purl.org/dc/elements/1.1/"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_XML_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"

RIGHTS = "http://rightsstatements.org/vocab/CNE/1.0/"

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

for _prefix, _namespace in (("", OAI), ("oai_dc", OAI_DC), ("dc", DC), ("xsi", _XSI)):
    ET.register_namespace(_prefix, _namespace)


def answer_of(base: str, arguments: dict[str, str], parts: Sequence[ET.Element]) -> bytes:
    """The whole answer; `arguments` are repeated in it when they were understood."""
    root = ET.Element(f"{{{OAI}}}OAI-PMH", {f"{{{_XSI}}}schemaLocation": f"{OAI} {OAI_SCHEMA}"})
    _add(root, "responseDate", datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
    request = _add(root, "request", base)
    for name, value in arguments.items():
        request.set(name, _clean(value))
    root.extend(parts)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))


def error_of(refused: Refused) -> ET.Element:
    """An error."""
    element = ET.Element(f"{{{OAI}}}error", {"code": refused.code})
    element.text = refused.reason
    return element


def identity_of(base: str, name: str, email: str) -> ET.Element:
    """Who this archive is and what it promises."""
    element = ET.Element(f"{{{OAI}}}Identify")
    for tag, value in (
        ("repositoryName", name),
        ("baseURL", base),
        ("protocolVersion", "2.0"),
        ("adminEmail", email),
        ("earliestDatestamp", _second(EARLIEST)),
        ("deletedRecord", "persistent"),
        ("granularity", "YYYY-MM-DDThh:mm:ssZ"),
    ):
        _add(element, tag, value)
    return element


def formats_of() -> ET.Element:
    """The one format of metadata."""
    element = ET.Element(f"{{{OAI}}}ListMetadataFormats")
    one = _add(element, "metadataFormat")
    for tag, value in (("metadataPrefix", FORMAT), ("schema", OAI_DC_SCHEMA), ("metadataNamespace", OAI_DC)):
        _add(one, tag, value)
    return element


def sets_answer(sets: dict[str, str]) -> ET.Element:
    """Fonds (phông) as sets."""
    element = ET.Element(f"{{{OAI}}}ListSets")
    for spec, name in sets.items():
        one = _add(element, "set")
        _add(one, "setSpec", spec)
        _add(one, "setName", name)
    return element


def header_of(head: Head) -> ET.Element:
    """Identifier, time and set of a record."""
    element = ET.Element(f"{{{OAI}}}header", {"status": "deleted"} if head.deleted else {})
    _add(element, "identifier", IDENTIFIER + head.document_id)
    _add(element, "datestamp", _second(head.at))
    if head.set_spec:
        _add(element, "setSpec", head.set_spec)
    return element


def record_of(head: Head, document: Document | None, facts: ArchivalFacts, addresses: Addresses) -> ET.Element:
    """A record: header and, unless the document is gone, Dublin Core."""
    element = ET.Element(f"{{{OAI}}}record")
    element.append(header_of(head))
    if document is not None:
        core = ET.SubElement(_add(element, "metadata"), f"{{{OAI_DC}}}dc")
        core.set(f"{{{_XSI}}}schemaLocation", f"{OAI_DC} {OAI_DC_SCHEMA}")
        for name, value in _core(document, facts, addresses):
            if value:
                said = ET.SubElement(core, f"{{{DC}}}{name}")
                said.text = _clean(value)
                if name in ("title", "creator", "contributor", "type", "source", "coverage"):
                    said.set(_XML_LANGUAGE, "vi")
    return element


def list_of(verb: str, parts: Sequence[ET.Element], selection: Selection, following: Selection | None) -> ET.Element:
    """A list and how to go on; the last part of a list in parts has an empty token."""
    element = ET.Element(f"{{{OAI}}}{verb}")
    element.extend(parts)
    if following is not None or selection.given:
        token = _add(element, "resumptionToken", "" if following is None else token_of(verb, following))
        token.set("cursor", str(selection.given))
    return element


def _core(document: Document, facts: ArchivalFacts, addresses: Addresses) -> Iterator[tuple[str, str]]:
    """What the paper says, in the fifteen elements of Dublin Core."""
    kind = document.type_name.value if document.type_name is not None else ""
    named = " ".join(part for part in (kind, document.number) if part)
    yield "title", document.subject.value if document.subject is not None else named or IDENTIFIER + document.id
    for found in (document.organ_name, *(issuer.organ_name for issuer in document.co_issuers)):
        if found is not None:
            yield "creator", found.value
    if document.signer_name is not None:
        yield "contributor", document.signer_name.value
    if document.issued_date is not None:
        yield "date", document.issued_date.value
    yield "type", kind
    yield "type", "Text"
    yield "identifier", document.number or ""
    yield "identifier", addresses.to("van-ban", document.id)
    parts = (facts.fonds, facts.catalogue, facts.box, facts.file_number, facts.title)
    yield "source", ", ".join(str(part) for part in parts if part)
    yield "relation", addresses.manifest(document.id)
    yield "language", "vi"
    yield "coverage", document.issued_place.value if document.issued_place is not None else ""
    yield "rights", RIGHTS


def _add(parent: ET.Element, tag: str, text: str | None = None) -> ET.Element:
    element = ET.SubElement(parent, f"{{{OAI}}}{tag}")
    if text is not None:
        element.text = _clean(text)
    return element


def _clean(text: str) -> str:
    """Without what XML 1.0 cannot hold."""
    return _NOT_XML.sub("\ufffd", text)


def _second(at: str) -> str:
    """A time of the store as the protocol writes it."""
    return at.replace("+00:00", "Z")
