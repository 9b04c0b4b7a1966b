"""One YAML file to one `Pack`.

In: the path of a file. Out: a `Pack`; every wrong key or value is told with its line.
"""

from __future__ import annotations

from pathlib import Path

from ruamel.yaml.nodes import Node

from dossier.model import PersonalData
from metadata.packs.model import (
    Anchor,
    AnchorPlace,
    FieldRule,
    Kind,
    Pack,
    Paper,
    Requirement,
    Retention,
    Section,
    Where,
)
from metadata.packs.nodes import Table, root_of

_PERSONAL = {Kind.PERSON, Kind.IDENTITY, Kind.PASSPORT, Kind.PHONE, Kind.SOCIAL_INSURANCE}
"""Kinds that are basic personal data unless the pack says otherwise (Luật 91/2025/QH15; NĐ 356/2025/NĐ-CP Điều 3)."""

_LINES = {Kind.ADDRESS: 3}
"""Over how many lines values of a kind usually run, where it is not two."""

_PACK_KEYS = ("id", "name", "retention", "access", "drawing_dpi", "papers", "required", "checklist")
_PAPER_KEYS = ("id", "name", "type", "anchors", "sections", "fields")
_FIELD_KEYS = ("name", "label", "after", "where", "in", "until", "kind", "pattern", "choices", "lines", "repeat", "personal")


def pack_of(path: Path) -> Pack:
    """Read a pack.

    Raises:
        BadFacts: naming file, line (from 1), key and problem.
    """
    root = Table(path.name, root_of(path), _PACK_KEYS)
    names = root.table("name", ("vi", "en"))
    papers = tuple(_paper(root.inner(node, _PAPER_KEYS)) for node in root.nodes("papers"))
    pack = Pack(
        id=root.identifier("id"),
        name=names.text("vi"),
        name_en=names.text("en"),
        retention=_retention(root.table("retention", ("term", "source", "checked"))),
        access=root.one_of("access", ("01", "02", "03")),
        papers=papers,
        required=tuple(_requirement(root, node) for node in root.nodes("required", optional=True)),
        checklist=root.optional_text("checklist"),
        drawing_dpi=int(root.number("drawing_dpi", least=72, most=1200)) if root.has("drawing_dpi") else None,
    )
    _check(root, pack)
    return pack


def _check(root: Table, pack: Pack) -> None:
    """What one part of a pack says about another."""
    ids = [paper.id for paper in pack.papers]
    if len(set(ids)) < len(ids):
        raise root.problem("papers", "pack.same_paper", value=next(one for one in ids if ids.count(one) > 1))
    for requirement in pack.required:
        named = [one for papers in requirement.papers for one in papers if "/" not in one]
        for one in [*named, *([requirement.when] if requirement.when else [])]:
            if one not in ids:
                raise root.problem("required", "pack.no_such_paper", value=one)
    if pack.checklist is not None and all(paper.field(pack.checklist) is None for paper in pack.papers):
        raise root.problem("checklist", "pack.no_such_field", value=pack.checklist)


def _retention(table: Table) -> Retention:
    return Retention(table.text("term"), table.text("source"), table.truth("checked"))


def _requirement(root: Table, node: Node) -> Requirement:
    table = root.inner(node, ("when", "papers"))
    papers = tuple(tuple(part.strip() for part in each.split("|")) for each in table.texts("papers"))
    return Requirement(papers, table.optional_text("when"))


def _paper(table: Table) -> Paper:
    sections = {}
    if table.has("sections"):
        for name, node in table.entries("sections"):
            part = table.inner(node, ("from", "to"))
            sections[name] = Section(part.texts("from"), part.texts("to", optional=True))
    rules = tuple(_field(table.inner(node, _FIELD_KEYS), tuple(sections)) for node in table.nodes("fields"))
    names = [rule.name for rule in rules]
    if len(set(names)) < len(names):
        raise table.problem("fields", "pack.same_field", value=next(name for name in names if names.count(name) > 1))
    return Paper(
        id=table.identifier("id"),
        name=table.text("name"),
        type_name=table.text("type"),
        anchors=tuple(_anchor(table.inner(node, ("text", "weight", "at"))) for node in table.nodes("anchors")),
        fields=rules,
        sections=sections,
    )


def _anchor(table: Table) -> Anchor:
    place = AnchorPlace(table.one_of("at", tuple(AnchorPlace), default=AnchorPlace.ANYWHERE))
    return Anchor(table.text("text"), table.number("weight", least=-1, most=1), place)


def _field(table: Table, sections: tuple[str, ...]) -> FieldRule:
    kind = Kind(table.one_of("kind", tuple(Kind), default=Kind.TEXT))
    where = Where(table.one_of("where", tuple(Where), default=Where.LINE))
    usual = PersonalData.BASIC if kind in _PERSONAL else PersonalData.NONE
    rule = FieldRule(
        name=table.field_name("name"),
        label=table.text("label"),
        after=table.texts("after", optional=where is Where.TEXT),
        where=where,
        section=table.one_of("in", sections) if table.has("in") else None,
        until=table.texts("until", optional=True),
        kind=kind,
        pattern=table.pattern("pattern"),
        choices=table.texts("choices", optional=kind is not Kind.CHOICE),
        lines=int(table.number("lines", least=1, most=20)) if table.has("lines") else _LINES.get(kind, 2),
        repeat=table.truth("repeat"),
        personal=PersonalData(table.one_of("personal", tuple(PersonalData), default=usual)),
    )
    if where is Where.TEXT and rule.pattern is None:
        raise table.problem("where", "pack.text_needs_pattern")
    return rule
