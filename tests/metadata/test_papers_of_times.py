"""Every layout that lies in archives, printed and read as by a perfect engine: all fields, the further ones too."""

import random
from dataclasses import replace

import pytest

from dossier.model import Document, Ink, Line, Page, single_fields
from metadata import find_documents
from sample_printer import DocumentSpec, PageTruth, document_truth, further_truth, print_document
from sample_printer.papers_of_times import PAPERS


def read_perfectly(truth: PageTruth, spec: DocumentSpec, page_of, line_of, words_in) -> Page:
    """Print as it stands; pen as an engine for print reads it; marks of digital signatures apart, as the reader parts them."""
    marks = {text for mark in spec.digital_marks for text in mark.lines}
    lines, overlays = [], []
    for line in (*truth.lines, *truth.pressed):
        words = words_in(line.text, line.box, 0.3 if line.text in spec.notes else 0.95)
        made: Line = line_of(words, Ink.RED if line.red else Ink.BLACK)
        (overlays if line.text in marks else lines).append(made)
    page = page_of(lines, number=truth.number, size=(truth.width, truth.height), dpi=truth.dpi)
    return replace(page, overlays=tuple(overlays))


@pytest.fixture(params=PAPERS, ids=str)
def paper_of_its_time(request, page_of, line_of, words_in) -> tuple[DocumentSpec, list[Page]]:
    spec = PAPERS[request.param]
    printed = print_document(spec, rng=random.Random(request.param), dpi=150)
    return spec, [read_perfectly(page.truth, spec, page_of, line_of, words_in) for page in printed]


def said(document: Document) -> dict[str, object]:
    fields: dict[str, object] = {name: found.value for name, found in single_fields(document) if found is not None}
    arrival = document.arrival
    return {
        **fields,
        "toPlaces": [place.value for place in document.to_places],
        "number": document.number,
        "arrival": None
        if arrival is None
        else {
            "organName": arrival.organ_name and arrival.organ_name.value,
            "number": arrival.number and arrival.number.value,
            "date": arrival.date and arrival.date.value,
        },
        "digitalSignatures": [
            {"signer": each.signer and each.signer.value, "signedAt": each.signed_at and each.signed_at.value}
            for each in document.digital_signatures
        ],
        "coIssuers": [issuer.organ_name.value for issuer in document.co_issuers if issuer.organ_name],
        "annexes": len(document.annexes),
        "autograph": document.autograph is not None,
    }


def test_every_field_of_every_layout(paper_of_its_time):
    spec, pages = paper_of_its_time
    documents = find_documents(pages)
    assert len(documents) == 1
    truth = {**document_truth(spec, [1, len(pages)]), **further_truth(spec), "language": "Việt"}
    truth.pop("pages")
    truth["issuedPlace"] = truth["issuedPlace"] or None
    read = said(documents[0])
    wrong = {name: (read.get(name), value) for name, value in truth.items() if (read.get(name) or None) != (value or None)}
    assert not wrong
