"""Documents like one document (văn bản tương tự): those that share the words that tell it from all others.

In: a document with its pages as the store has them. Out: documents that the reader may see, likest first. Words tell more the
rarer they are among what the reader may see; the subject (trích yếu) tells more than the rest; a document of the same type or
agency goes before one that is as like otherwise. No engine's own likeness is used: the embedded one's fails after deletes.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from dossier.model import Document, Found, Page, Reader
from dossier.text import Token, fold, tokenise
from dossier.text.syllables import is_syllable
from indexer.hints import MARK, HintKind, Lookup
from indexer.plan import All, AnyOf, Combine, Constant, PhraseOf, Plan, Term, Weighted
from indexer.port import Index
from indexer.question import Hit

_PAGES_READ, _WORDS_READ = 3, 1_500
"""How far a document is read: what it is about stands at its beginning."""

_WEIGHED, _TELLING, _TELLING_PAIRS = 60, 16, 12
"""Words whose frequency is looked up, words and pairs of words that are looked for."""

_SUBJECT_TIMES = 4
"""A word of the subject counts as often."""

_SUBJECT, _PAIR, _TYPE, _AGENCY = 2.0, 1.5, 3.0, 1.0
"""Weights: words of the subject in other subjects, pairs in texts, and what is added for the same type and agency."""

_TOO_FREQUENT = 0.5
"""A word in more of the reader's documents than this share tells nothing."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """What a document is about: how often each exact word and each pair stands in it, with the words of its subject."""

    document_id: str
    words: Counter[tuple[str, str]]
    pairs: Counter[tuple[str, str]]
    subject: tuple[str, ...]
    type_key: str
    agency_key: str


def likeness_of(document: Document, pages: Sequence[Page]) -> Likeness:
    """Read what a document is about; pages of other documents are passed over."""
    read = {page.id: page for page in pages}
    own = [read[page_id] for page_id in document.page_ids if page_id in read][:_PAGES_READ]
    tokens = [token for page in own for token in tokenise(page.text)][:_WORDS_READ]
    subject = tokenise(document.subject.value if document.subject is not None else "")
    words = Counter((token.ex, token.fo) for token in tokens if _tells(token))
    for token in subject:
        if _tells(token):
            words[token.ex, token.fo] += _SUBJECT_TIMES
    pairs = Counter((one.ex, other.ex) for one, other in pairwise(tokens) if _tells(one) and _tells(other))
    pairs.update(dict.fromkeys(((one.ex, other.ex) for one, other in pairwise(subject)), _SUBJECT_TIMES))
    return Likeness(
        document.id, words, pairs, tuple(token.ex for token in subject), _key(document.type_name), _key(document.organ_name)
    )


def _tells(token: Token) -> bool:
    return len(token.ex) > 1 and token.ex.isalpha() and is_syllable(token.ex)


def _key(found: Found | None) -> str:
    return " ".join(fold(found.value).split()) if found is not None else ""


def similar_documents(index: Index, likeness: Likeness, *, reader: Reader, limit: int = 10) -> tuple[Hit, ...]:
    """Documents like this one, without itself."""
    often = [word for word, _ in likeness.words.most_common(_WEIGHED)]
    if not often or limit < 1:
        return ()
    of_all = index.count(All(), reader=reader)
    found = index.look_up([Lookup((f"{HintKind.WORD}{folded}{MARK}{exact}",), 1) for exact, folded in often], reader=reader)
    weights = {
        exact: times * math.log((of_all + 1) / hints[0].count)
        for (exact, folded), hints in zip(often, found, strict=True)
        if hints and (times := likeness.words[exact, folded]) and hints[0].count <= max(1, of_all * _TOO_FREQUENT)
    }
    return index.ranked(_plan(likeness, weights), reader=reader, limit=limit) if weights else ()


def _plan(likeness: Likeness, weights: dict[str, float]) -> Plan:
    """Documents that share some of the telling words and pairs, and what else makes them alike."""
    telling = sorted(weights, key=lambda word: (-weights[word], word))[:_TELLING]
    scores = {
        pair: times * sum(weights.get(word, 0.0) for word in pair)
        for pair, times in likeness.pairs.items()
        if any(word in weights for word in pair)
    }
    pairs = sorted(scores, key=lambda pair: (-scores[pair], pair))[:_TELLING_PAIRS]
    words = tuple(Term("text_ex", word) for word in telling)
    together = tuple(Weighted(PhraseOf("text_ex", pair), _PAIR) for pair in pairs)
    subject = tuple(Weighted(Term("subject_ex", word), _SUBJECT) for word in dict.fromkeys(likeness.subject) if word in weights)
    same = tuple(
        Constant(AnyOf(field, (key,)), step)
        for field, key, step in (("type_key", likeness.type_key, _TYPE), ("agency_key", likeness.agency_key, _AGENCY))
        if key
    )
    alike = Combine(should=(*words, *together, *subject))
    return Combine(must=(alike,), should=same, must_not=(AnyOf("document_id", (likeness.document_id,)),))
