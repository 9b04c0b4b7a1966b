"""The tree of fonds, catalogues, boxes and dossiers beside the hits; a link opens a branch, no script is needed.

In: search parameters and counts. Out: nodes for `parts/filters.html`: the way to the open branch, then what lies in it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from indexer import TREE, Facet
from search_api.asking import SearchParameters
from search_api.presentation import Links
from search_api.shapes.search import FacetCountShape
from search_api.views.question import pairs_of, values_of

_BETWEEN = " > "
MOST_NODES = 30


@dataclass(frozen=True, slots=True)
class Node:
    """A branch: `depth` from 0; `open` for those on the way to what is shown."""

    label: str
    count: int
    href: str
    depth: int
    open: bool
    level: str


@dataclass(frozen=True, slots=True)
class TreeView:
    """The tree as far as it is open; `whole` closes all branches."""

    nodes: list[Node]
    whole: str | None


def levels_of(parameters: SearchParameters) -> tuple[Facet, ...]:
    """The facets that the tree needs counted: fonds, or those of the open branch, the level under it and the dossiers."""
    branch = _branch(parameters)
    if not branch:
        return TREE[:1]
    return (*TREE[: len(branch.split(_BETWEEN)) + 1], *((Facet.DOSSIER,) if len(branch.split(_BETWEEN)) < len(TREE) - 1 else ()))


def tree_view(parameters: SearchParameters, counted: Mapping[str, Sequence[FacetCountShape]], *, link: Links) -> TreeView:
    """The tree beside an answer."""
    branch = _branch(parameters)
    kept = pairs_of(parameters, leaving_out=("branch", "dossier"))
    parts = branch.split(_BETWEEN) if branch else []
    nodes: list[Node] = []
    for depth in range(len(parts)):
        value = _BETWEEN.join(parts[: depth + 1])
        one = _value(counted, TREE[depth], value)
        here = link("/", [*kept, ("branch", value)])
        nodes.append(Node(one.label if one else parts[depth], one.count if one else 0, here, depth, True, TREE[depth].value))
    below = [one for one in counted.get(TREE[len(parts)].value, []) if not branch or one.value.startswith(branch + _BETWEEN)]
    level = TREE[len(parts)] if below else Facet.DOSSIER
    if level is Facet.DOSSIER:
        below = list(counted.get(Facet.DOSSIER.value, []))
    for one in below[:MOST_NODES]:
        name = "dossier" if level is Facet.DOSSIER else "branch"
        stays = [("branch", branch)] if name == "dossier" and branch else []
        href = link("/", [*kept, *stays, (name, one.value)])
        nodes.append(Node(one.label, one.count, href, len(parts), one.value in values_of(parameters, "dossier"), level.value))
    return TreeView(nodes, link("/", kept or [("sort", "relevance")]) if branch else None)


def branch_label(value: str, counted: Mapping[str, Sequence[FacetCountShape]]) -> str:
    """The names on the way to a branch, as far as they are known here."""
    parts = value.split(_BETWEEN)
    known = [_value(counted, level, _BETWEEN.join(parts[: depth + 1])) for depth, level in enumerate(TREE[: len(parts)])]
    return " → ".join(one.label if one else part for one, part in zip(known, parts, strict=False))


def _branch(parameters: SearchParameters) -> str:
    """The branch that is open: the first asked for; no deeper than boxes, dossiers are chosen by id."""
    branch = next(iter(values_of(parameters, "branch")), "")
    return branch if len(branch.split(_BETWEEN)) < len(TREE) else ""


def _value(counted: Mapping[str, Sequence[FacetCountShape]], level: Facet, value: str) -> FacetCountShape | None:
    return next((one for one in counted.get(level.value, []) if one.value == value), None)
