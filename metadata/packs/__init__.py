"""Data packs: what the papers of one dossier type look like, which fields they bear, which of them a dossier needs.

In: sheets of a document and packs (one YAML file each, `data/*.yaml` and the office's own). Out: a `Record` with its fields, and
what a dossier lacks. A new dossier type is a new file, never new code (docs/packs.md).
"""

from metadata.packs.completeness import NO_PROCEDURES, completeness_by_type, completeness_of, leading_pack
from metadata.packs.loading import load_packs, own_packs
from metadata.packs.model import FieldRule, Pack, Paper
from metadata.packs.records import paper_name, paper_of, record_of, record_of_pages

__all__ = [
    "NO_PROCEDURES",
    "FieldRule",
    "Pack",
    "Paper",
    "completeness_by_type",
    "completeness_of",
    "leading_pack",
    "load_packs",
    "own_packs",
    "paper_name",
    "paper_of",
    "record_of",
    "record_of_pages",
]
