"""A document to the record of what a pack makes of it.

In: the sheets of one document, without stamps, and the packs. Out: a `Record`, or None where no pack knows the paper.
"""

from __future__ import annotations

from collections.abc import Sequence

from dossier.model import Page, Record
from metadata.packs.fields import fields_of
from metadata.packs.matching import match_of
from metadata.packs.model import Pack, Paper
from metadata.packs.runs import run_of
from metadata.sheets.layout import Sheet, sheet_of


def record_of(sheets: Sequence[Sheet], packs: Sequence[Pack]) -> Record | None:
    """Recognise the paper and read its fields.

    Args:
        sheets: the pages of one document in order.
        packs: those to choose from (`load_packs`).
    """
    run = run_of(sheets)
    match = match_of(run, packs) if run.pieces else None
    if match is None:
        return None
    fields = fields_of(run, match.paper, pack=match.pack.id)
    rules = {name: rule for name in fields if (rule := match.paper.field(name)) is not None}
    return Record(
        match.pack.id,
        match.paper.id,
        match.confidence,
        fields,
        name=match.paper.name,
        labels={name: rule.label for name, rule in rules.items()},
        personal={name: rule.personal for name, rule in rules.items()},
    )


def record_of_pages(pages: Sequence[Page], packs: Sequence[Pack]) -> Record | None:
    """The record of the pages of one document."""
    return record_of([sheet_of(page) for page in pages if page.lines], packs)


def paper_of(record: Record, packs: Sequence[Pack]) -> Paper | None:
    """The paper that a record names, None where its pack or paper is no longer there."""
    return next((paper for pack in packs if pack.id == record.pack for paper in pack.papers if paper.id == record.paper), None)


def paper_name(pack_id: str, item: str, packs: Sequence[Pack]) -> str:
    """What staff call a paper of `Completeness`: its name, those of its alternatives, or the words of a receipt as they are."""
    names = []
    for part in item.split(" | "):
        other, _, paper_id = part.rpartition("/")
        paper = next((pack.paper(paper_id) for pack in packs if pack.id == (other or pack_id)), None)
        names.append(paper.name if paper is not None else part)
    return " | ".join(names)
