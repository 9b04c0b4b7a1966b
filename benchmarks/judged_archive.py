"""An archive in which every document is known: for judging what a search finds.

In: a seed, a number of documents, a model of damage. Out: documents as they were printed and as they were read.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from benchmarks.reading_damage import DamageModel, rates
from dossier.catalogues import AdminUnit, Level, gazetteer
from dossier.model import Access, ArchivalFacts, Box, Document, Dossier, DossierStatus, Found, Line, Page, Provenance, Word, page_id
from indexer import Put, entries_of
from sample_printer.writing import ABBREVIATIONS, person, write_document

_BOX = Box(0, 0, 1, 1)
_PROVENANCE = Provenance("print", "", "", "", "", ())
_DOSSIER = Dossier("h-1", "ho-so-01", ArchivalFacts(), DossierStatus.COMPLETE, (), ())


@dataclass(frozen=True, slots=True)
class Facts:
    """What a clerk may know of a document, as printed or as read."""

    number: str
    type_name: str
    organ: str
    place: str
    day: str
    subject: str
    signer: str
    body: str

    @property
    def text(self) -> str:
        """The page."""
        year, month, day = self.day.split("-")
        date = f"ngày {day} tháng {month} năm {year}"
        return (
            f"{self.organ}\nSố: {self.number}\n{self.place}, {date}\n{self.type_name}\n{self.subject}\n{self.body}\n{self.signer}"
        )


@dataclass(frozen=True, slots=True)
class Judged:
    """A document: true facts, the page as read, the fields as read, the share of letters hit."""

    id: str
    truth: Facts
    read: Facts
    read_text: str
    rate: float


def write_archive(size: int, seed: int, model: DamageModel) -> list[Judged]:
    """The documents."""
    rng = random.Random(f"judged/{seed}")
    return [_judged(number, rate, rng, model) for number, rate in enumerate(rates(size, rng))]


def _judged(number: int, rate: float, rng: random.Random, model: DamageModel) -> Judged:
    truth = _facts(rng)
    # fields are read once more than the text by the reader of fields; dates and types are put right by its lists
    read = replace(
        truth,
        number=model.wear(truth.number, rate, rng),
        organ=model.wear(truth.organ, rate, rng),
        subject=model.wear(truth.subject, rate, rng),
        signer=model.wear(truth.signer, rate, rng),
    )
    worn = replace(read, body=model.wear(truth.body, rate, rng), place=model.wear(truth.place, rate, rng))
    return Judged(f"d-{number:06d}", truth, read, worn.text, rate)


def _facts(rng: random.Random) -> Facts:
    spec = write_document(rng, paragraphs=rng.randint(2, 5))
    commune = rng.choice(_communes())
    above = gazetteer().above(commune)
    district, province = above[0], above[-1]
    body = "kinh tế - xã hội" if rng.random() < 0.1 else rng.choice(_THINGS)
    organ, number, signer = _office(rng, commune, district, province, ABBREVIATIONS[spec.type_name] or "CV")
    resident, village = person(rng), rng.choice(_communes()).name
    subject = f"{spec.subject} {rng.choice(('tại', 'trên địa bàn', 'thuộc'))} {commune.name}"
    if rng.random() < 0.5:
        subject += f" {rng.choice(('cho', 'của', 'đối với'))} {rng.choice(('ông', 'bà'))} {resident}"
    text = f"Theo đề nghị của {village} về {body}, {organ} thông báo. {' '.join(block.lstrip('#~| ') for block in spec.body)}"
    return Facts(number, spec.type_name, organ, province.name, spec.issued_date.isoformat(), subject, signer, text)


_THINGS = (
    "giải phóng mặt bằng", "giấy chứng nhận quyền sử dụng đất", "phòng cháy chữa cháy", "cải cách hành chính",
    "ngân sách nhà nước", "bảo hiểm xã hội", "khu công nghiệp", "an toàn giao thông", "xây dựng cơ bản", "hợp tác xã",
)  # fmt: skip


def _office(rng: random.Random, commune: AdminUnit, district: AdminUnit, province: AdminUnit, symbol: str) -> tuple[str, str, str]:
    body, short = rng.choice((("Ủy ban nhân dân", "UBND"), ("Ủy ban nhân dân", "UBND"), ("Hội đồng nhân dân", "HĐND")))
    unit = rng.choice((commune, district, province))
    number = f"{rng.randint(1, 4000):02}/{symbol}-{short}"
    return f"{body} {unit.name}", number, person(rng)


@cache
def _communes() -> tuple[AdminUnit, ...]:
    return tuple(unit for unit in gazetteer() if unit.level is Level.COMMUNE and gazetteer().above(unit))


def puts(archive: list[Judged]) -> Iterator[Put]:
    """The archive as index entries."""
    for number, judged in enumerate(archive):
        identifier = page_id(f"{number:032x}", 1)
        lines = tuple(
            Line(_BOX, tuple(Word(word, _BOX, 1.0) for word in line.split()))
            for line in judged.read_text.split("\n")
            if line.strip()
        )
        page = Page(identifier, 1, 1654, 2339, 200, 0, 0.0, lines, blank=False, issues=(), provenance=_PROVENANCE)
        code, _, notation = judged.read.number.partition("/")
        fields = {
            "type_name": judged.read.type_name, "organ_name": judged.read.organ, "issued_place": judged.read.place,
            "signer_name": judged.read.signer, "subject": judged.read.subject, "code_number": code, "code_notation": notation,
            "issued_date": judged.read.day,
        }  # fmt: skip
        found = {name: Found(text, identifier, _BOX, 1.0, "print") for name, text in fields.items()}
        document = replace(Document(id=judged.id, page_ids=(identifier,)), **found)  # type: ignore[arg-type]  # fields of one Found
        yield Put(*entries_of(document, (page,), _DOSSIER, 1, Access(("luu-tru",))))
