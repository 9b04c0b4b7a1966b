"""A large invented archive, written as fast as an index can take it: for measuring search, not reading.

In: a number of pages. Out: documents as index entries, always the same ones. Text is put together from clauses that were analysed
once: sentences of the `sample_printer`, names of places and people, and words drawn after the law of Zipf and Mandelbrot; two words
in a hundred carry damage as a reader of old paper leaves it. Clauses, agencies, signers are used as unevenly as in real archives.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from benchmarks.synthetic_words import Draw, damaged, place_names, syllables
from dossier.model import Access, AccessLevel, ArchivalFacts, Box, Document, Dossier, DossierStatus, Found, Page, Provenance
from dossier.text import Stream, join_streams, stream
from indexer import DocumentEntry, Put, entries_of
from indexer.hints import hints_of_text
from sample_printer.writing import ABBREVIATIONS, person, write_document

_SEED = 1_000_000
_MATTERS, _OTHERS, _WORDS = 3_000, 120_000, 40_000
_CLAUSES_A_PAGE = (22, 48)
_MOST_PAGES = 8
_DOCUMENTS_A_DOSSIER = 18
_DAMAGED = 0.02
GROUPS = tuple(f"nhom-{number:02}" for number in range(40))
"""Access groups: a dossier belongs to one or two, the first ones most often."""

_PROVENANCE = Provenance("print", "", "", "", "", ())
_BOX = Box(0, 0, 1, 1)


@dataclass(frozen=True, slots=True)
class Archive:
    """What documents are put together from.

    Attributes:
        printed: clauses as printed, to cut questions out of.
        matters: clauses that belong together: each document speaks of one matter.
        others: clauses that any document may hold.
    """

    printed: tuple[str, ...]
    matters: Draw[tuple[Stream, ...]]
    others: Draw[Stream]
    agencies: Draw[str]
    places: Draw[str]
    signers: Draw[str]
    types: Draw[str]
    groups: Draw[str]

    def documents(self, pages: int) -> Iterator[Put]:
        """Documents of together `pages` pages, 4.5 each on average."""
        rng = random.Random(_SEED)
        left, number = pages, 0
        while left > 0:
            count = min(left, rng.randint(1, _MOST_PAGES))
            yield self._document(number, count, rng)
            left -= count
            number += 1

    def _document(self, number: int, count: int, rng: random.Random) -> Put:
        page_ids = tuple(f"{number:08x}-{place:04d}" for place in range(1, count + 1))
        document = _described(self, f"d-{number:08x}", page_ids, rng)
        # The room itself analyses fields and makes the entries; only the text of pages is put in ready.
        entry, (template,) = entries_of(
            document, (_page(page_ids[0]),), _dossier(number // _DOCUMENTS_A_DOSSIER), 1, self._access(rng)
        )
        matter = self.matters.one(rng)
        texts = [self._text(matter, rng) for _ in page_ids]
        pages = tuple(
            replace(template, page_id=page_id, number=place, text=text)
            for place, (page_id, text) in enumerate(zip(page_ids, texts, strict=True), start=1)
        )
        return Put(_with_text(entry, page_ids, texts), pages)

    def _access(self, rng: random.Random) -> Access:
        """One in ten with conditions, one in twenty not open before some year."""
        level = AccessLevel.CONDITIONAL if rng.random() < 0.1 else AccessLevel.OPEN
        open_from = rng.randint(2000, 2050) * 10_000 + 101 if rng.random() < 0.05 else 0
        return Access(tuple(sorted(set(self.groups.many(rng, 2)))), level, open_from)

    def _text(self, matter: Sequence[Stream], rng: random.Random) -> Stream:
        """About 313 words: a quarter of the matter, the rest of anything, and what no two pages share: an amount, a torn word."""
        count = rng.randint(*_CLAUSES_A_PAGE)
        amount = f"{rng.randrange(1, 1000)} {rng.randrange(1000):03} 000"
        torn = f"{rng.choice(syllables())[:3]}{rng.choice('bcdghklmnpqrstvx')}{rng.choice('ijlrt1')}{rng.choice('ceogu')}"
        own = Stream(f"{amount} {torn}", f"{amount} {torn}")
        return join_streams([*rng.choices(matter, k=count // 4), *self.others.many(rng, count - count // 4), own])


def _with_text(entry: DocumentEntry, page_ids: tuple[str, ...], texts: Sequence[Stream]) -> DocumentEntry:
    whole = join_streams(texts)
    hints = (*hints_of_text(whole), *entry.hints)
    return replace(entry, page_ids=page_ids, text=join_streams([whole, entry.text], apart=True), hints=hints)


def _described(archive: Archive, identifier: str, page_ids: tuple[str, ...], rng: random.Random) -> Document:
    kind = archive.types.one(rng)
    year = min(2026, 1954 + int(rng.betavariate(3, 1.3) * 73))
    value = {
        "type_name": kind,
        "organ_name": archive.agencies.one(rng),
        "issued_place": archive.places.one(rng),
        "signer_name": archive.signers.one(rng),
        "subject": f"Về việc {rng.choice(archive.printed)}",
        "code_number": str(int(rng.paretovariate(0.6)) % 4000 + 1),
        "code_notation": f"{ABBREVIATIONS[kind] or 'CV'}-{rng.choice(('UBND', 'UBND', 'HĐND', 'SNN', 'STNMT', 'VP', 'TTr'))}",
        "issued_date": f"{year}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}",
    }
    if rng.random() < 0.08:
        value["priority"] = rng.choice(("Khẩn", "Thượng khẩn", "Hỏa tốc"))
    found = {name: Found(text, page_ids[0], _BOX, 1.0, "print") for name, text in value.items()}
    return replace(Document(id=identifier, page_ids=page_ids), **found)  # type: ignore[arg-type]  # fields that hold one Found


def _page(page_id: str) -> Page:
    """A page without text: what is told apart from one is put in later."""
    return Page(page_id, 1, 1654, 2339, 200, 0, 0.0, (), blank=False, issues=(), provenance=_PROVENANCE)


@cache
def _dossier(number: int) -> Dossier:
    facts = ArchivalFacts(fonds=f"Phông {place_names()[number * 7 % 60]}", title=f"Hồ sơ {number + 1}")
    return Dossier(f"h-{number:06x}", f"ho-so-{number + 1}", facts, DossierStatus.COMPLETE, (), ())


def write_archive() -> Archive:
    """The parts of the archive; seconds of work that do not depend on its size."""
    rng = random.Random(_SEED)
    matters = [tuple(_clauses_of_a_matter(rng)) for _ in range(_MATTERS)]
    others = list(_other_clauses(rng))
    return Archive(
        printed=(*(clause for matter in matters[:: _MATTERS // 500] for clause in matter), *others[:: _OTHERS // 10_000]),
        matters=Draw([tuple(_as_read(clause, rng) for clause in matter) for matter in matters], 0.5),
        others=Draw([_as_read(clause, rng) for clause in others], 0.3),
        agencies=Draw([f"Ủy ban nhân dân {name}" for name in rng.sample(place_names(), 3000)], 0.8),
        places=Draw([name.split(" ", 1)[1] for name in rng.sample(place_names(), 700)], 0.8),
        signers=Draw(sorted({person(rng) for _ in range(20_000)}), 0.6),
        types=Draw(tuple(ABBREVIATIONS), 1.0),
        groups=Draw(GROUPS, 0.7),
    )


def _clauses_of_a_matter(rng: random.Random) -> Iterator[str]:
    """Sentences as offices write them on one subject, cut at commas."""
    body = " ".join(write_document(rng, paragraphs=6).body)
    return (part for sentence in body.split(". ") for part in sentence.split(", ") if len(part.split()) > 3)


def _other_clauses(rng: random.Random) -> Iterator[str]:
    """Words of two syllables drawn unevenly, in some clauses a place or a person."""
    single = Draw(syllables(), 0.7)
    words = Draw(list(dict.fromkeys(" ".join(single.many(rng, 2)) for _ in range(_WORDS))), 1.0, flat=6.0)
    for _ in range(_OTHERS):
        name = rng.choice((place_names(), (person(rng),), ("",))) if rng.random() < 0.3 else ("",)
        yield f"{' '.join(words.many(rng, rng.randint(3, 6)))} {rng.choice(name)}".strip()


def _as_read(clause: str, rng: random.Random) -> Stream:
    """What a reader of old paper makes of a clause, as an index keeps it."""
    return stream(" ".join(damaged(word, rng) if rng.random() < _DAMAGED else word for word in clause.split()))
