"""A document carries the record of its pack, and a dossier says what its type lacks."""

from dossier.codec import decode, encode
from dossier.model import Document
from metadata import find_documents, look_over
from sample_printer.forms import form_texts


def form_of(paper):
    return next(form for form in form_texts() if form.paper == paper)


def test_a_document_carries_its_record_and_keeps_it(filled):
    truth, pages = filled(form_of("hop-dong-chuyen-nhuong"))
    (document,) = find_documents(pages)
    assert document.record is not None
    assert document.record.fields["seller"].value == truth.fields["seller"]
    assert document.record.labels["seller"] == "Bên chuyển nhượng"
    assert decode(Document, encode(document)) == document


def test_without_packs_there_is_no_record(filled):
    _, pages = filled(form_of("hop-dong-chuyen-nhuong"))
    (document,) = find_documents(pages, packs=())
    assert document.record is None


def test_a_dossier_says_which_papers_its_type_lacks(filled):
    _, pages = filled(form_of("hop-dong-chuyen-nhuong"))
    findings, _ = look_over([pages], find_documents(pages))
    (completeness,) = findings.completeness
    assert completeness.pack == "dat-dai"
    assert set(completeness.missing) == {"don-bien-dong", "giay-chung-nhan"}
    assert look_over([pages], find_documents(pages, packs=()))[0].completeness == ()
