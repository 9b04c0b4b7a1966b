"""Why a document was found: for each part of the question where it stands and in which form.

In: the tree as it was read (`Results.query`), the fields and pages of a document as text. Out: one `Reason` a part, in the order of
the question. Pure: by the same rules that found it, on the words that the store keeps.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from dossier.text import tokenise, written_days
from indexer.expanding import spans_of
from indexer.matching import find_matches, tokens_of
from indexer.query import (
    And,
    DateWord,
    Everything,
    Fuzzy,
    InDays,
    InField,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    TextField,
    Word,
    grouped,
    is_adjacent,
)  # fmt: skip


class Form(StrEnum):
    """How a part of the question stands in a document, the best form first."""

    EXACT = "exact"
    OTHER_MARKS = "other_marks"
    ABBREVIATION = "abbreviation"
    LONG_FORM = "long_form"
    FORMER_NAME = "former_name"
    LATER_NAME = "later_name"
    NEAR = "near"
    MISSING = "missing"


_ORDER = {form: order for order, form in enumerate(Form)}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a part was found: a field by name, or a page by its number (`field` is None)."""

    field: TextField | None
    page: int | None
    form: Form
    found: str


@dataclass(frozen=True, slots=True)
class Reason:
    """One part of the question as typed, the places that hold it, best form first; none when it is missing."""

    asked: str
    places: tuple[Place, ...]

    @property
    def form(self) -> Form:
        """The best form it was found in."""
        return self.places[0].form if self.places else Form.MISSING


def reasons(
    query: Query, *, fields: Mapping[TextField, str], pages: Sequence[tuple[int, str]], wide: bool = False
) -> tuple[Reason, ...]:
    """Explain a hit.

    Args:
        query: `Results.query`.
        fields: text of the document's fields.
        pages: number and text of its pages.
        wide: `Results.wide`.
    """
    return tuple(
        Reason(asked, tuple(sorted(_places(part, bound, fields, pages, wide=wide), key=lambda place: _ORDER[place.form])))
        for asked, part, bound in _parts(query, None, wide=wide)
    )


@dataclass(frozen=True, slots=True)
class OtherForm:
    """Words of the question, another form of them that was looked for too, and why (an `OtherKind`)."""

    asked: str
    text: str
    kind: str


def other_forms(query: Query) -> tuple[OtherForm, ...]:
    """What `interpret` cannot say: abbreviations, long forms, old and new names that are looked for beside the words typed."""
    return tuple(dict.fromkeys(_other_forms(query)))


def _other_forms(query: Query) -> Iterator[OtherForm]:
    match query:
        case And(children):
            for run in grouped(children):
                texts = tuple(child.text for child in run if isinstance(child, Word)) if is_adjacent(run) else ()
                for span in spans_of(texts):
                    asked = " ".join(texts[span.first : span.last + 1])
                    yield from (OtherForm(asked, other.text, other.kind.value) for other in span.others)
                if not texts:
                    yield from (form for child in run for form in _other_forms(child))
        case Or(children):
            yield from (form for child in children for form in _other_forms(child))
        case InField(_, child):
            yield from _other_forms(child)
        case Word(text):
            yield from (OtherForm(text, other.text, other.kind.value) for span in spans_of((text,)) for other in span.others)
        case _:
            return


def _parts(query: Query, bound: TextField | None, *, wide: bool) -> Iterator[tuple[str, Query, TextField | None]]:
    """Parts that each have to match: as typed, as a tree, with the field they are bound to."""
    match query:
        case And(children):
            for run in grouped(children):
                yield from _run_parts(run, bound, wide=wide)
        case Or(children):
            for child in children:
                yield from _parts(child, bound, wide=wide)
        case InField(field, child):
            yield from _parts(child, field, wide=wide)
        case Not() | Everything():
            return
        case _:
            yield _text(query), query, bound


def _run_parts(run: tuple[Query, ...], bound: TextField | None, *, wide: bool) -> Iterator[tuple[str, Query, TextField | None]]:
    """Words side by side: those that are a name with other forms together, the others one by one."""
    if not is_adjacent(run):
        for child in run:
            yield from _parts(child, bound, wide=wide)
        return
    texts = tuple(child.text for child in run if isinstance(child, Word))
    spans = {span.first: span.last for span in spans_of(texts)}
    at = 0
    while at < len(run):
        last = spans.get(at, at)
        whole = run[at : last + 1]
        yield " ".join(texts[at : last + 1]), And(whole) if len(whole) > 1 else whole[0], bound
        at = last + 1


def _text(part: Query) -> str:
    return part.text if isinstance(part, Word | Phrase | Prefix | Fuzzy | DateWord | InDays) else ""


def _places(
    part: Query, bound: TextField | None, fields: Mapping[TextField, str], pages: Sequence[tuple[int, str]], *, wide: bool
) -> Iterator[Place]:
    if isinstance(part, InDays):
        yield from _issued(part, fields)
        return
    for field, text in fields.items():
        if bound in (None, field):
            yield from _in_text(part, text, wide=wide, field=field, page=None)
    if bound is None:
        for number, text in pages:
            yield from _in_text(part, text, wide=wide, field=None, page=number)


def _issued(days: InDays, fields: Mapping[TextField, str]) -> Iterator[Place]:
    written = fields.get(TextField.DATE, "")
    found = written_days(written)
    if found is not None and found.first <= days.last and days.first <= found.last:
        yield Place(TextField.DATE, None, Form.EXACT, written)


def _in_text(part: Query, text: str, *, wide: bool, field: TextField | None, page: int | None) -> Iterator[Place]:
    """The best match of a part in one text; of several words all have to be there, or one other form of them."""
    tokens = tokens_of(text)
    best: dict[str, tuple[int, str]] = {}
    for match in find_matches(tokens, part, wide=wide):
        first, last = tokens[match.first], tokens[match.last]
        form = Form.EXACT if match.exact else _form(match.leaf, [token.fo for token in tokens[match.first : match.last + 1]])
        found = (_ORDER[form], " ".join(text[first.start : last.end].split()))
        best[match.leaf] = min(best.get(match.leaf, found), found, key=lambda one: one[0])
    words = [child.text for child in part.children if isinstance(child, Word)] if isinstance(part, And) else []
    whole = " ".join(words)
    if whole in best or not words:
        chosen = best.get(whole) or min(best.values(), default=None)
        if chosen is not None:
            yield Place(field, page, list(Form)[chosen[0]], chosen[1])
        return
    pieces = [[value for leaf, value in best.items() if word in leaf.split()] for word in words]
    if all(pieces):
        found_words = dict.fromkeys(min(piece) for piece in pieces)
        yield Place(field, page, list(Form)[max(order for order, _ in found_words)], " ".join(text for _, text in found_words))


def _form(asked: str, found: Sequence[str]) -> Form:
    """In which form a match stands that has not the marks asked for."""
    if [token.fo for token in tokenise(asked)] == list(found):
        return Form.OTHER_MARKS
    for span in spans_of(tuple(asked.split())):
        for other in span.others:
            if " ".join(token.fo for token in tokenise(other.text)) in " ".join(found):
                return Form(other.kind.value)
    return Form.NEAR
