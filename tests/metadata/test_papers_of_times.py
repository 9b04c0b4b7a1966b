"""Every layout that lies in archives, printed and read as by a perfect engine: all fields, the further ones too."""

import random
from dataclasses import replace

import pytest

from dossier.model import Ink, Line, Page
from metadata import find_documents
from sample_printer import DocumentSpec, PageTruth, print_document
from sample_printer.papers_of_times import PAPERS, varied


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
    """Every layout with other people, another number and province than `PAPERS` has."""
    spec = varied(PAPERS[request.param], random.Random(f"varied {request.param}"))
    printed = print_document(spec, rng=random.Random(request.param), dpi=150)
    return spec, [read_perfectly(page.truth, spec, page_of, line_of, words_in) for page in printed]


def test_every_field_of_every_layout(paper_of_its_time, said, true_fields):
    spec, pages = paper_of_its_time
    (document,) = find_documents(pages)
    read = said(document)
    wrong = {name: (read.get(name), value) for name, value in true_fields(spec).items() if read.get(name) != value}
    assert not wrong
