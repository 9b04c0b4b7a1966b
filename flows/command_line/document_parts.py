"""Parts of a document as plain values for JSON: arrival, signatures, joint issuers, annexes, what it names, why it is in doubt.

In: a document. Out: values of the standard types; names are those of the regulations, or in their style.
"""

from __future__ import annotations

from dataclasses import fields as fields_of

from dossier.model import (
    Annex,
    Arrival,
    DigitalSignature,
    Document,
    Found,
    Issuer,
    Mention,
    Record,
    Reference,
    Unit,
    page_number,
)

Part = Arrival | DigitalSignature | Issuer


def parts_of(document: Document) -> dict[str, object]:
    """Everything that is known of a document beside its fields."""
    return {
        "number": document.number,
        "pageAmount": document.page_amount,
        "arrival": _values(document.arrival) if document.arrival else None,
        "digitalSignatures": [_values(signature) for signature in document.digital_signatures],
        "coIssuers": [_values(issuer) for issuer in document.co_issuers],
        "annexes": [_annex(annex) for annex in document.annexes],
        "references": [_reference(reference) for reference in document.references],
        "mentions": [_mention(mention) for mention in document.mentions],
        "units": [_unit(unit) for unit in document.units],
        "record": _record(document.record) if document.record else None,
        "doubts": [{"field": doubt.field, "code": doubt.code, **doubt.facts} for doubt in document.doubts],
        "boundary": None
        if document.boundary is None
        else {"confidence": round(document.boundary.confidence, 3), "evidence": list(document.boundary.evidence)},
    }


def evidence_of(found: Found) -> dict[str, object]:
    """Where a value stands."""
    return {"page": page_number(found.page_id), "box": list(found.box)}


def camel(name: str) -> str:
    """An attribute's name in the style of the regulations ("organName")."""
    first, *others = name.split("_")
    return first + "".join(other.capitalize() for other in others)


def found_values(part: Part) -> dict[str, Found]:
    """The values that a part has, by their names."""
    values = {camel(each.name): getattr(part, each.name) for each in fields_of(part)}
    return {name: value for name, value in values.items() if value is not None}


def _values(part: Part) -> dict[str, object]:
    return {name: _value(found) for name, found in found_values(part).items()}


def _value(found: Found) -> dict[str, object]:
    return {"value": found.value, "confidence": round(found.confidence, 3), **evidence_of(found)}


def _annex(annex: Annex) -> dict[str, object]:
    numbers = [page_number(page_id) for page_id in annex.page_ids]
    return {"pages": [numbers[0], numbers[-1]], "title": annex.title.value if annex.title else None}


def _reference(reference: Reference) -> dict[str, object]:
    return {
        "kind": reference.kind.value,
        "typeName": reference.type_name,
        "number": reference.number,
        "issuedDate": reference.issued_date,
        "organName": reference.organ_name,
        "title": reference.title,
        **_value(reference.found),
    }


def _mention(mention: Mention) -> dict[str, object]:
    return {"kind": mention.kind.value, "valid": mention.valid, "personal": mention.personal.value, **_value(mention.found)}


def _unit(unit: Unit) -> dict[str, object]:
    return {camel(each.name): getattr(unit, each.name) for each in fields_of(unit)}


def _record(record: Record) -> dict[str, object]:
    return {
        "pack": record.pack,
        "paper": record.paper,
        "confidence": round(record.confidence, 3),
        "fields": {name: _value(found) for name, found in record.fields.items()},
    }
