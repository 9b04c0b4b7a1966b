"""What a person should look at: everything, worst first, with a sentence in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from dossier.messages import LANGUAGES, Messages
from dossier.model import (
    ArchivalFacts,
    Box,
    Completeness,
    Document,
    Dossier,
    DossierStatus,
    Doubt,
    Findings,
    Found,
    ListedPaper,
    Mention,
    MentionKind,
    PersonalData,
)
from dossier.review import WEIGHTS, doubt_sentence, sentence, things_to_look_at
from dossier.settings import StoreSettings
from store import Store, open_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(StoreSettings(folder=tmp_path / "kho"), create=True) as opened:
        yield opened


def found(value: str) -> Found:
    return Found(value, "p-list", Box(0, 0, 9, 9), 0.9, "test")


def paper(identifier: str, *doubts: Doubt) -> Document:
    return Document(id=identifier, page_ids=(f"{identifier}-page",), doubts=doubts)


def dossier(*documents: Document, findings: Findings | None = None) -> Dossier:
    return Dossier("h", "hồ sơ", ArchivalFacts(), DossierStatus.COMPLETE, (), documents, findings or Findings())


UNSURE = Doubt("subject", "low_confidence", {"confidence": "0.31"})
NO_HEAD = Doubt("boundary", "no_head", {})


def test_the_worst_come_first_and_the_sure_not_at_all(store):
    items = things_to_look_at(dossier(paper("sure"), paper("smudged", UNSURE), paper("torn", UNSURE, NO_HEAD)), store.links)
    assert [(item.document_id, item.code) for item in items] == [
        ("torn", "no_head"),
        ("torn", "low_confidence"),
        ("smudged", "low_confidence"),
    ]


def test_what_the_dossier_lacks_comes_before_its_papers(store):
    findings = Findings(
        listing=(ListedPaper("1", document_id="d"), ListedPaper("2", number=found("15/QĐ-UBND"))),
        extra=("e",),
        completeness=(Completeness("ho-tich", (), ("to-khai",), paper_names={"to-khai": "Tờ khai đăng ký"}),),
    )
    items = things_to_look_at(dossier(paper("d", NO_HEAD), paper("e"), findings=findings), store.links)
    assert [item.code for item in items] == ["paper_missing", "required_missing", "no_head", "paper_extra"]
    assert items[0].page_id == "p-list"
    assert "15/QĐ-UBND" in sentence(items[0], Messages("vi"))
    assert "Tờ khai đăng ký" in sentence(items[1], Messages("vi"))


def test_a_paper_that_is_there_twice_is_told_once(store):
    text = " ".join(f"Điều {number}. Giao cho hộ ông Nguyễn Văn A{number} thửa đất số {number * 7}" for number in range(60))
    numbered = replace(
        paper("d"),
        code_number=found("16"),
        code_notation=found("QĐ-UBND"),
        organ_name=found("UBND"),
        issued_date=found("2021-03-05"),
    )
    papers = (numbered, replace(numbered, id="e", page_ids=("e-page",)), paper("f"))
    record = store.ledger.register_dossier("/đợt", "h", ArchivalFacts())
    store.catalogue.record(record.id, papers, [], {each.id: text for each in papers})
    items = [item for item in things_to_look_at(dossier(*papers), store.links) if item.document_id == "d"]
    assert [(item.code, item.other_id) for item in items] == [("same_number", "e"), ("same_text", "f")]
    assert "100 %" in sentence(items[1], Messages("vi"))
    assert "16/QĐ-UBND" in sentence(items[0], Messages("vi"), other="16/QĐ-UBND")


def test_days_are_told_day_first():
    doubt = Doubt("issuedDate", "date_in_future", {"date": "2031-05-07"})
    assert "07/05/2031" in doubt_sentence(doubt, Messages("vi"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_has_a_weight_and_every_weight_a_sentence(language):
    keys = Messages(language).keys()
    doubts = {key.partition(".")[2] for key in keys if key.startswith("doubt.")}
    told = {key.partition(".")[2] for key in keys if key.startswith("review.")} - {"place", "document", "look"}
    assert doubts | told == set(WEIGHTS)


def test_a_mention_is_no_reason_to_look(store):
    mention = Mention(MentionKind.CITIZEN_ID, found("079203001234"), valid=True, personal=PersonalData.BASIC)
    document = Document(id="d", page_ids=("p",), mentions=(mention,))
    assert things_to_look_at(dossier(document), store.links) == ()
