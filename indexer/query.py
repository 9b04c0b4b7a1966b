"""The tree of a question's words, made once by the grammar and read by planning, highlighting and `interpret`.

In: what a person typed, through `indexer.grammar`. Out: frozen nodes without any engine in them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from dossier.text import has_marks


class TextField(StrEnum):
    """Fields a person can search in by name (`cơ quan:"Hòa Bình"`); `DATE` holds days, the others words.

    `UNIT`: today's names of its places and agencies. `CITES`: numbers and names of documents it names. `ARRIVAL`: số đến and the
    office of the stamp. `RECORD`: the fields of a paper known by a data pack.
    """

    NUMBER = "number"
    TYPE = "type"
    AGENCY = "agency"
    UNIT = "unit"
    PLACE = "place"
    SIGNER = "signer"
    POSITION = "position"
    AUTHORITY = "authority"
    RECIPIENT = "recipient"
    SUBJECT = "subject"
    DOSSIER = "dossier"
    FONDS = "fonds"
    CATALOGUE = "catalogue"
    BOX = "box"
    RETENTION = "retention"
    PRIORITY = "priority"
    SECRECY = "secrecy"
    LANGUAGE = "language"
    MODE = "mode"
    AUTOGRAPH = "autograph"
    ARRIVAL = "arrival"
    PERSON = "person"
    CITES = "cites"
    ANNEX = "annex"
    RECORD = "record"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Everything:
    """The empty question: every document."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word as typed; a number such as `2723/QĐ-UBND` is one word of several tokens."""

    text: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words side by side: `"..."` with their exact marks, `~"..."` in any marks."""

    text: str
    exact: bool


@dataclass(frozen=True, slots=True)
class Prefix:
    """`word*`: words that begin so."""

    text: str


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """`word~`: words one letter away, marks aside."""

    text: str


@dataclass(frozen=True, slots=True)
class DateWord:
    """A full date, however written; `day` is YYYYMMDD."""

    text: str
    day: int


@dataclass(frozen=True, slots=True)
class InField:
    """`field:...`: the child has to match inside that field."""

    field: TextField
    child: Query


@dataclass(frozen=True, slots=True)
class InDays:
    """`ngày:...`, `năm:...`: issued within these days (YYYYMMDD, both inclusive)."""

    text: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class And:
    """All children match."""

    children: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """At least one child matches."""

    children: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The child does not match."""

    child: Query


Query = Everything | Word | Phrase | Prefix | Fuzzy | DateWord | InField | InDays | And | Or | Not
Leaf = Everything | Word | Phrase | Prefix | Fuzzy | DateWord | InDays


def leaves(query: Query) -> Iterator[Leaf]:
    """The leaves of the tree from left to right, excluded ones too."""
    match query:
        case And(children) | Or(children):
            for child in children:
                yield from leaves(child)
        case Not(child) | InField(_, child):
            yield from leaves(child)
        case _:
            yield query


def is_marked(query: Query) -> bool:
    """Whether the writer typed marks anywhere: then words mean their marks; else words side by side are meant."""
    return any(has_marks(leaf.text) for leaf in leaves(query) if isinstance(leaf, Word | Phrase | Prefix | Fuzzy))


def is_letters(word: Query) -> bool:
    """Whether a node is a plain word of letters, the kind that is read as adjacent when typed without marks."""
    return isinstance(word, Word | Fuzzy) and word.text.isalpha()


def grouped(children: tuple[Query, ...]) -> list[tuple[Query, ...]]:
    """Split the children of an `And` into runs: words of letters side by side together, everything else alone."""
    runs: list[list[Query]] = []
    for child in children:
        if runs and is_letters(child) and is_letters(runs[-1][-1]):
            runs[-1].append(child)
        else:
            runs.append([child])
    return [tuple(run) for run in runs]


def is_adjacent(run: tuple[Query, ...]) -> bool:
    """Whether a run is words typed in full: one asked for with `~` stands where it likes."""
    return all(isinstance(child, Word) for child in run)


def interpret(query: Query, *, wide: bool = False) -> str:
    """How the question was read, in the query language itself; shown to the person who asked."""
    return _interpret(query, adjacent=not wide and not is_marked(query))


def _interpret(query: Query, *, adjacent: bool) -> str:
    match query:
        case Or(children):
            return " OR ".join(_interpret(child, adjacent=adjacent) for child in children)
        case And(children):
            return " ".join(_interpret_run(run, adjacent=adjacent) for run in grouped(children))
        case Not(child):
            return f"-{_nested(child, adjacent=adjacent)}"
        case InField(field, child):
            return f"{field.value}:{_nested(child, adjacent=adjacent)}"
        case _:
            return _interpret_leaf(query)


def _interpret_leaf(leaf: Leaf) -> str:
    match leaf:
        case Everything():
            return "*"
        case Phrase(text, exact):
            return f'"{text}"' if exact else f'~"{text}"'
        case Prefix(text):
            return f"{text}*"
        case Fuzzy(text):
            return f"{text}~"
        case InDays(first=first, last=last):
            return f"date:{_iso(first)}" if first == last else f"date:{_iso(first)}..{_iso(last)}"
        case Word(text) | DateWord(text, _):
            return text


def _iso(day: int) -> str:
    return f"{day // 10_000:04d}-{day // 100 % 100:02d}-{day % 100:02d}"


def _interpret_run(run: tuple[Query, ...], *, adjacent: bool) -> str:
    if adjacent and len(run) > 1 and is_adjacent(run):
        return '~"' + " ".join(child.text for child in run if isinstance(child, Word)) + '"'
    return " ".join(_nested(child, adjacent=adjacent, inside_and=True) for child in run)


def _nested(query: Query, *, adjacent: bool, inside_and: bool = False) -> str:
    text = _interpret(query, adjacent=adjacent)
    needs_brackets = isinstance(query, Or) or (isinstance(query, And) and not inside_and)
    return f"({text})" if needs_brackets else text
