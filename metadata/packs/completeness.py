"""What a dossier lacks: required papers against those that were found.

In: a pack, the records of a dossier, names of its other papers. Out: `Completeness`: present and missing, by paper id; papers
that a receipt names in its own words are told in those words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from rapidfuzz import fuzz

from dossier.catalogues import Procedure
from dossier.model import Completeness, Document, Record
from metadata.packs.matching import flat
from metadata.packs.model import Pack
from metadata.packs.records import paper_name, paper_of

PROCEDURE_FIELD = "procedureCode"
"""Name that a pack gives to the code of a procedure (mã TTHC)."""

NO_PROCEDURES: Mapping[str, Procedure] = MappingProxyType({})

NAME_LIKENESS = 80.0
"""Least likeness (0-100) of a paper's name and the words in which a receipt names it."""


def leading_pack(records: Sequence[Record], packs: Sequence[Pack]) -> Pack | None:
    """The pack that most papers of a dossier belong to; of equals the one that was met first."""
    met = [record.pack for record in records]
    known = {pack.id: pack for pack in packs}
    named = [pack_id for pack_id in dict.fromkeys(met) if pack_id in known]
    return known[max(named, key=met.count)] if named else None


def completeness_of(
    pack: Pack,
    records: Sequence[Record],
    *,
    packs: Sequence[Pack] = (),
    names: Sequence[str] = (),
    procedures: Mapping[str, Procedure] = NO_PROCEDURES,
) -> Completeness | None:
    """Compare a dossier with what its type requires.

    Args:
        pack: the dossier's type.
        records: those of its documents.
        packs: all packs, for the names of papers of other types.
        names: names of further papers of the dossier (type and subject), for the lists of receipts.
        procedures: the office's catalogue by code (mã TTHC): a paper with the code of one asks for its papers too.

    Returns:
        None where neither the pack, nor a receipt, nor a procedure asks for anything.
    """
    found = {record.paper for record in records if record.pack == pack.id} | {f"{each.pack}/{each.paper}" for each in records}
    present: list[str] = []
    missing: list[str] = []
    for requirement in pack.required:
        if requirement.when is not None and requirement.when not in found:
            continue
        for alternatives in requirement.papers:
            there = next((one for one in alternatives if one in found), None)
            (missing if there is None else present).append(there or " | ".join(alternatives))
    shown = [flat(name) for name in (*_names(records, (*packs, pack)), *names)]
    for item in (*_checklist(pack, records), *_papers_of_procedure(pack, records, procedures)):
        (present if _is_named(flat(item), shown) else missing).append(item)
    if not present and not missing:
        return None
    known = (*packs, pack)
    return Completeness(
        pack.id,
        tuple(dict.fromkeys(present)),
        tuple(dict.fromkeys(missing)),
        name=pack.name,
        paper_names={item: paper_name(pack.id, item, known) for item in (*present, *missing)},
    )


def completeness_by_type(
    documents: Sequence[Document], packs: Sequence[Pack], procedures: Mapping[str, Procedure] = NO_PROCEDURES
) -> tuple[Completeness, ...]:
    """What a dossier lacks as each of the types whose papers lie in it.

    Args:
        documents: those of the dossier, with their records.
        packs: all packs.
        procedures: the office's catalogue by code.
    """
    records = [document.record for document in documents if document.record is not None]
    names = [
        " ".join(found.value for found in (document.type_name, document.subject) if found is not None)
        for document in documents
        if document.record is None
    ]
    met = {record.pack for record in records}
    compared = (completeness_of(pack, records, packs=packs, names=names, procedures=procedures) for pack in packs if pack.id in met)
    return tuple(each for each in compared if each is not None)


def _checklist(pack: Pack, records: Sequence[Record]) -> list[str]:
    """Papers that the receipts of a dossier name as handed in."""
    wanted = pack.checklist
    if wanted is None:
        return []
    return [
        found.value
        for record in records
        if record.pack == pack.id
        for name, found in record.fields.items()
        if name.partition(".")[0] == wanted
    ]


def _papers_of_procedure(pack: Pack, records: Sequence[Record], procedures: Mapping[str, Procedure]) -> list[str]:
    """Papers that the catalogue asks for under the procedure codes that the papers of a dossier bear."""
    codes = (record.fields.get(PROCEDURE_FIELD) for record in records if record.pack == pack.id)
    found = {code.value.upper() for code in codes if code is not None}
    return [paper for code in sorted(found) if code in procedures for paper in procedures[code].papers]


def _names(records: Sequence[Record], packs: Sequence[Pack]) -> list[str]:
    return [paper.name for record in records if (paper := paper_of(record, packs)) is not None]


def _is_named(item: str, names: Sequence[str]) -> bool:
    """Whether one of the names is what an item of the list means: "Tờ khai đăng ký khai sinh (bản chính, 01)"."""
    return any(len(name) > 5 and fuzz.partial_ratio(name, item, score_cutoff=NAME_LIKENESS) > 0 for name in names)
