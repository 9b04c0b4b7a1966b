"""Every pack on printed forms: which paper it is, and all its fields; ordinary documents are none of them."""

import random
from dataclasses import replace

import pytest

from dossier.model import PageKind, PersonalData, Verdict
from metadata.packs import paper_of, record_of, record_of_pages
from sample_printer import print_document
from sample_printer.forms import form_texts
from sample_printer.writing import ABBREVIATIONS, write_document

FORMS = {f"{form.pack}-{form.paper}-{number}": form for number, form in enumerate(form_texts())}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS.keys())
def test_every_field_of_a_printed_form(form, filled, packs):
    truth, pages = filled(form)
    record = record_of_pages(pages, packs)
    assert record is not None
    assert (record.pack, record.paper) == (form.pack, form.paper)
    assert {name: found.value for name, found in record.fields.items() if name in truth.fields} == truth.fields


def test_every_paper_of_every_pack_is_printed_and_tried(packs):
    written = {(form.pack, form.paper) for form in form_texts()}
    assert {(pack.id, paper.id) for pack in packs for paper in pack.papers} == written


def test_fields_of_forms_are_named_by_the_packs(packs):
    rules = {(pack.id, paper.id): paper for pack in packs for paper in pack.papers}
    for form in form_texts():
        truth = {name for line in form.lines for name in _gaps(line)}
        unknown = {name for name in truth if rules[form.pack, form.paper].field(name) is None}
        assert not unknown, f"{form.pack}/{form.paper}"


def _gaps(line):
    return [part.partition(":")[0] for part in line.split("{")[1:] if part[0] not in ":b"]


def test_a_value_shows_its_place_and_its_rule(filled, packs):
    form = FORMS[next(name for name in FORMS if name.startswith("ho-tich-giay-khai-sinh"))]
    _, pages = filled(form)
    found = record_of_pages(pages, packs).fields["fullName"]
    assert found.source == "pack.ho-tich.fullName"
    assert found.page_id == pages[0].id
    words = [word for line in pages[0].lines for word in line.words]
    inside = [w.text for w in words if found.box.x0 <= w.box.x0 and w.box.x1 <= found.box.x1 and w.box.y0 == found.box.y0]
    assert " ".join(inside) == found.value
    assert 0.85 < found.confidence <= 0.95


def test_a_number_that_breaks_its_rules_is_kept_and_doubted(filled, packs):
    form = FORMS[next(name for name in FORMS if name.startswith("ho-tich-tinh-trang"))]
    truth, pages = filled(form, lambda line: line.replace("Thẻ căn cước công dân số 0", "Thẻ căn cước công dân số 9"))
    found = record_of_pages(pages, packs).fields["personalId"]
    assert found.value == "9" + truth.fields["personalId"][1:]
    assert found.confidence < 0.6


def test_handwriting_lowers_every_value(filled, packs):
    form = FORMS[next(name for name in FORMS if name.startswith("nguoi-co-cong-ban-khai"))]
    _, pages = filled(form)
    by_hand = [replace(page, verdicts=(Verdict(PageKind.HANDWRITTEN, 0.9, {}),)) for page in pages]
    printed, written = (record_of_pages(each, packs).fields for each in (pages, by_hand))
    assert printed.keys() == written.keys()
    assert all(written[name].confidence < printed[name].confidence for name in printed)


@pytest.mark.parametrize("type_name", sorted(ABBREVIATIONS.keys() - {"Giấy mời"}))  # an invitation is a paper of meetings
def test_ordinary_documents_are_no_papers_of_a_pack(type_name, packs, read_documents):
    for seed in range(3):
        rng = random.Random(f"{type_name}/{seed}")
        pages = read_documents(print_document(write_document(rng, type_name=type_name), rng=rng, dpi=60))
        record = record_of_pages(pages, packs)
        assert record is None, f"{record.pack}/{record.paper} {record.confidence}"


def test_misread_letters_hide_few_papers(filled, packs):
    known = 0
    for number, form in enumerate(FORMS.values()):
        rng = random.Random(number)
        _, pages = filled(form, lambda line, rng=rng: "".join(_misread(letter, rng) for letter in line))
        record = record_of_pages(pages, packs)
        known += record is not None and (record.pack, record.paper) == (form.pack, form.paper)
    assert known >= 0.95 * len(FORMS)


def _misread(letter, rng):
    """Three letters in a hundred are others."""
    return rng.choice("aeionh") if letter.isalpha() and rng.random() < 0.03 else letter


def test_nothing_is_made_of_nothing(packs):
    assert record_of([], packs) is None
    assert record_of_pages([], packs) is None


@pytest.mark.parametrize(
    ("paper", "name", "label", "personal"),
    [
        ("giay-khai-sinh", "fullName", "Họ tên người được khai sinh", PersonalData.BASIC),
        ("giay-khai-sinh", "ethnicity", "Dân tộc", PersonalData.SENSITIVE),
        ("giay-khai-sinh", "registeredOn", "Ngày đăng ký", PersonalData.NONE),
    ],
)
def test_a_record_says_what_its_fields_are_called_and_whose_data_they_are(paper, name, label, personal, filled, packs):
    form = next(form for form in FORMS.values() if form.paper == paper)
    record = record_of_pages(filled(form)[1], packs)
    assert record.name == paper_of(record, packs).name == "Giấy khai sinh"
    assert set(record.labels) == set(record.personal) == set(record.fields)
    assert record.labels[name] == label
    assert record.personal[name] is personal
