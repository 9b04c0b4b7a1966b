"""The query language: words (all of them), "exact", ~"any marks", OR, -word, ( ), field:value, prefix*, fuzzy~, dates.

In: what a person typed. Out: the tree of `indexer.query`, or `BadQuery` with the position of what is wrong.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping

from dossier.errors import BadQuery
from dossier.text import find_dates, fold, normalise, tokenise, written_days
from indexer.expanding import as_meant
from indexer.query import And, DateWord, Everything, Fuzzy, InDays, InField, Not, Or, Phrase, Prefix, Query, TextField, Word, leaves

GRAMMAR = "vi-1"
"""Name of these rules, kept with saved questions: text read by other rules may mean something else."""

MAX_CHARACTERS, MAX_WORDS, MAX_PREFIXES, MAX_DEPTH = 2_000, 32, 3, 10
MIN_PREFIX, MIN_FUZZY = 2, 3

FIELD_NAMES: dict[str, TextField] = {
    name: field
    for field, names in {
        TextField.NUMBER: "so sokyhieu sohieu number",
        TextField.TYPE: "loai loaivanban tenloai type",
        TextField.AGENCY: "coquan coquanbanhanh agency",
        TextField.PLACE: "noi diadanh noibanhanh place",
        TextField.UNIT: "donvi tenmoi unit",
        TextField.SIGNER: "nguoiky signer",
        TextField.POSITION: "chucvu position",
        TextField.AUTHORITY: "thamquyen quyenhan authority",
        TextField.RECIPIENT: "noinhan recipient",
        TextField.SUBJECT: "trichyeu tieude subject title",
        TextField.DOSSIER: "hoso dossier",
        TextField.FONDS: "phong fonds",
        TextField.CATALOGUE: "mucluc muclucso catalogue",
        TextField.BOX: "hop hopso box",
        TextField.RETENTION: "baoquan thoihan thoihanbaoquan retention",
        TextField.SECRECY: "mat domat mucdomat secrecy",
        TextField.LANGUAGE: "ngonngu language",
        TextField.MODE: "bansao hinhthuc mode",
        TextField.AUTOGRAPH: "buttich autograph",
        TextField.ARRIVAL: "den soden arrival",
        TextField.PERSON: "nguoi ten person",
        TextField.CITES: "cancu vienvan dan cites",
        TextField.ANNEX: "phuluc annex",
        TextField.RECORD: "giayto record",
        TextField.PRIORITY: "khan dokhan mucdokhan priority",
        TextField.DATE: "ngay nam ngaybanhanh date year",
    }.items()
    for name in names.split()
}
"""Names of fields without marks and spaces, Vietnamese and English."""

_QUOTES = '"“”'
_NAMES = [re.compile(rf"([^\W\d_]+(?:[ _-]+[^\W\d_]+){{{more}}})[ ]*:") for more in (3, 2, 1, 0)]
_ANY_NAME = re.compile(r"([^\W\d_][\w-]*):")
_WORD = re.compile(rf"[^\s(){_QUOTES}]+")
_BEGIN = rf"(?:[^\W_]|[({_QUOTES}]|~[{_QUOTES}])"
_BETWEEN = re.compile(rf"(?:[^\w()*~\-{_QUOTES}]|_|~(?![{_QUOTES}])|-(?!{_BEGIN}))+")
_SEPARATORS = re.compile(r"[ _-]+")


def parse_query(text: str) -> Query:
    """Read a question.

    Raises:
        BadQuery: facts `position` (0-based, in the NFC form of `text`) and `problem` (a key of the message catalogue).
    """
    raw = unicodedata.normalize("NFC", text)
    if len(raw) > MAX_CHARACTERS:
        raise BadQuery(position=MAX_CHARACTERS, problem="query.too_long", limit=MAX_CHARACTERS)
    if raw.strip() in ("", "*"):
        return Everything()
    return _as_meant(_Reader(raw).read())


def _as_meant(tree: Query) -> Query:
    """The tree with words in Vietnamese that were typed while the keyboard program was off ("ddinhj")."""
    typed = [leaf.text for leaf in leaves(tree) if isinstance(leaf, Word)]
    meant = {before: after for before, after in zip(typed, as_meant(typed), strict=True) if before != after}
    return _reworded(tree, meant) if meant else tree


def _reworded(tree: Query, words: Mapping[str, str]) -> Query:
    match tree:
        case And(children):
            return And(tuple(_reworded(child, words) for child in children))
        case Or(children):
            return Or(tuple(_reworded(child, words) for child in children))
        case Not(child):
            return Not(_reworded(child, words))
        case InField(field, child):
            return InField(field, _reworded(child, words))
        case Word(text):
            return Word(words.get(text, text))
        case _:
            return tree


class _Reader:
    """One pass over one question, from left to right."""

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.at = 0
        self.depth = 0
        self.words = 0
        self.prefixes = 0
        self.field: TextField | None = None
        self.dates = {date.start: date for date in find_dates(raw)}

    def read(self) -> Query:
        tree = self._alternatives()
        if self.at < len(self.raw):
            raise BadQuery(position=self.at, problem="query.stray_bracket")
        return tree if tree is not None else Everything()

    def _skip_spaces(self) -> None:
        """Go on to the next element; punctuation that belongs to no word is as good as a space."""
        if match := _BETWEEN.match(self.raw, self.at):
            self.at = match.end()

    def _takes_or(self) -> bool:
        self._skip_spaces()
        match = _WORD.match(self.raw, self.at)
        if match is None or match.group() != "OR":
            return False
        self.at = match.end()
        return True

    def _alternatives(self) -> Query | None:
        sides: list[Query] = []
        operator = None
        while True:
            side = self._conjunction()
            before_or, is_or = self.at, self._takes_or()
            if side is None and (is_or or operator is not None):
                raise BadQuery(position=before_or if is_or else operator or 0, problem="query.or_without_sides")
            if side is not None:
                sides.append(side)
            if not is_or:
                break
            operator = self.at - len("OR")
        return Or(tuple(sides)) if len(sides) > 1 else next(iter(sides), None)

    def _conjunction(self) -> Query | None:
        children: list[Query] = []
        while True:
            self._skip_spaces()
            if self.at >= len(self.raw) or self.raw[self.at] == ")" or self._is_or():
                break
            child = self._unit()
            if child is not None:
                children.append(child)
        return And(tuple(children)) if len(children) > 1 else next(iter(children), None)

    def _is_or(self) -> bool:
        match = _WORD.match(self.raw, self.at)
        return match is not None and match.group() == "OR"

    def _unit(self) -> Query | None:
        """One element at the current position."""
        character = self.raw[self.at]
        if character == "(":
            return self._bracket()
        if character in _QUOTES or character == "~":
            return self._phrase()
        if character == "-":
            self.at += 1
            child = self._deeper(self._unit)
            return Not(child) if child is not None else None
        if (date := self.dates.get(self.at)) is not None and self._ends_word(date.end):
            self._count(date.start, 1)
            self.at = date.end
            return DateWord(normalise(self.raw[date.start : date.end]), date.day)
        return self._in_field() or self._word()

    def _ends_word(self, end: int) -> bool:
        return end >= len(self.raw) or not self.raw[end].isalnum()

    def _deeper(self, read: Callable[[], Query | None]) -> Query | None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise BadQuery(position=self.at, problem="query.too_deep", limit=MAX_DEPTH)
        child = read()
        self.depth -= 1
        return child

    def _bracket(self) -> Query:
        start = self.at
        self.at += 1
        child = self._deeper(self._alternatives)
        if self.at >= len(self.raw):
            raise BadQuery(position=start, problem="query.unclosed_bracket")
        self.at += 1
        if child is None:
            raise BadQuery(position=start, problem="query.empty_bracket")
        return child

    def _phrase(self) -> Query:
        start = self.at
        exact = self.raw[self.at] != "~"
        self.at += 1 if exact else 2
        end = min((found for quote in _QUOTES if (found := self.raw.find(quote, self.at)) >= 0), default=-1)
        if end < 0:
            raise BadQuery(position=start, problem="query.unclosed_quote")
        text = normalise(self.raw[self.at : end])
        self.at = end + 1
        tokens = len(tokenise(text))
        if not tokens:
            raise BadQuery(position=start, problem="query.empty_phrase")
        self._count(start, tokens)
        return Phrase(" ".join(text.split()), exact)

    def _count(self, start: int, words: int) -> None:
        self.words += words
        if self.words > MAX_WORDS:
            raise BadQuery(position=start, problem="query.too_many_words", limit=MAX_WORDS)

    def _in_field(self) -> Query | None:
        start = self.at
        for pattern in _NAMES:
            match = pattern.match(self.raw, self.at)
            field = FIELD_NAMES.get(_SEPARATORS.sub("", fold(match[1]))) if match else None
            if match and field:
                self.at = match.end()
                return self._field_value(field, start, match[1])
        if unknown := _ANY_NAME.match(self.raw, self.at):
            raise BadQuery(position=start, problem="query.unknown_field", name=unknown[1])
        return None

    def _field_value(self, field: TextField, start: int, name: str) -> Query:
        if self.field is not None:
            raise BadQuery(position=start, problem="query.nested_field", name=name)
        self._skip_spaces()
        if self.at >= len(self.raw) or self.raw[self.at] == ")":
            raise BadQuery(position=start, problem="query.empty_field", name=name)
        if field is TextField.DATE:
            return self._days()
        self.field = field
        child = self._deeper(self._unit)
        self.field = None
        if child is None:
            raise BadQuery(position=start, problem="query.empty_field", name=name)
        return InField(field, child)

    def _days(self) -> Query:
        """Value of a date field: one date of any precision, or two with `..` between."""
        start = self.at
        if self.raw[start] in _QUOTES:
            phrase = self._phrase()
            text = phrase.text if isinstance(phrase, Phrase) else ""
        elif (date := self.dates.get(start)) is not None and not self.raw.startswith("..", date.end):
            self.at = date.end
            text = self.raw[start : date.end]
        else:
            match = _WORD.match(self.raw, start)
            text = match.group().rstrip(",;") if match else ""
            self.at = match.end() if match else start + 1
        self._count(start, 1)
        first, _, last = text.partition("..")
        spans = (written_days(first), written_days(last or first))
        if spans[0] is None or spans[1] is None:
            raise BadQuery(position=start, problem="query.bad_date", word=text)
        return InDays(text, spans[0].first, spans[1].last)

    def _word(self) -> Query | None:
        start = self.at
        match = _WORD.match(self.raw, start)
        assert match is not None  # whatever is no space, bracket or quote begins a word
        raw, self.at = match.group(), match.end()
        suffix = raw[-1] if raw[-1] in "*~" else ""
        body = raw.rstrip("*~") if suffix else raw
        tokens = tokenise(body)
        if "*" in body:
            raise BadQuery(position=start + body.index("*"), problem="query.star_inside")
        if not tokens:
            if suffix == "*":
                raise BadQuery(position=start, problem="query.prefix_too_short", limit=MIN_PREFIX)
            return None
        self._count(start, len(tokens))
        text = normalise(body[tokens[0].start : tokens[-1].end])
        return self._with_suffix(suffix, text, len(tokens), start) if suffix else Word(text)

    def _with_suffix(self, suffix: str, text: str, tokens: int, start: int) -> Query:
        self.prefixes += 1
        if self.prefixes > MAX_PREFIXES:
            raise BadQuery(position=start, problem="query.too_many_prefixes", limit=MAX_PREFIXES)
        if tokens > 1 and not text[0].isdigit():
            raise BadQuery(position=start, problem="query.one_word_only")
        if suffix == "*":
            if len(text) < MIN_PREFIX:
                raise BadQuery(position=start, problem="query.prefix_too_short", limit=MIN_PREFIX)
            return Prefix(text)
        if len(text) < MIN_FUZZY:
            raise BadQuery(position=start, problem="query.fuzzy_too_short", limit=MIN_FUZZY)
        return Fuzzy(text)
