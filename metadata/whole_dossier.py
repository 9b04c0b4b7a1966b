"""What the papers of a dossier say of the whole: cover, its own list against what was found, papers it lacks, order of numbers.

In: the stacks of pages of a dossier and the documents found in them. Out: `Findings`, and the documents with the doubts that only a
look at all of them can raise.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dossier.catalogues import Procedure
from dossier.model import Document, Findings, Found, ListedPaper, Page
from metadata.checks import with_series_doubts
from metadata.packs import NO_PROCEDURES, Pack, completeness_by_type, load_packs
from metadata.parting.front_matter import front_matter_of
from metadata.parting.listing import reconcile


def look_over(
    stacks: Sequence[Sequence[Page]],
    documents: Sequence[Document],
    *,
    packs: Sequence[Pack] | None = None,
    procedures: Mapping[str, Procedure] = NO_PROCEDURES,
) -> tuple[Findings, tuple[Document, ...]]:
    """Look over a dossier.

    Args:
        stacks: its pages as they lie, those that were kept.
        documents: the documents found in them, in order.
        packs: say which papers a dossier of their type needs; None takes those of the product.
        procedures: the office's catalogue of procedures by code, for the papers that each asks for.

    Returns:
        What is found of the dossier, and the documents, some with further doubts.
    """
    cover: dict[str, Found] = {}
    rows: list[ListedPaper] = []
    front: set[str] = set()
    for pages in stacks:
        matter = front_matter_of(pages)
        cover = {**matter.cover, **cover}
        rows += matter.listing
        front.update(matter.document_ids)
    papers = [document for document in documents if document.id not in front]
    listing, extra = reconcile(rows, papers) if rows else ((), ())
    completeness = completeness_by_type(papers, load_packs() if packs is None else packs, procedures)
    findings = Findings(
        cover=cover, listing=tuple(listing), extra=tuple(extra), completeness=completeness, front=tuple(sorted(front))
    )
    return findings, with_series_doubts(documents)
