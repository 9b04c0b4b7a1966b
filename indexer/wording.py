"""How words match and what each way of matching is worth: marks as typed, other marks, other forms, damaged letters.

In: words standing side by side in a question. Out: plans that have to match, and steps that only add to the score.

Documents are ranked in steps, each larger than what all below it add up to: the number asked for; words side by side; marks as
typed; the form as typed before its other forms; then BM25 with subject and signer weighing more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from dossier.text import fold, looks_like_number, number_key, tokenise
from dossier.text.syllables import is_bare_syllable
from indexer.expanding import Span, damaged_forms, misread_numbers, spans_of
from indexer.plan import All, AnyOf, Best, Combine, Constant, FuzzyOf, PhraseOf, Plan, PrefixOf, Term, Weighted
from indexer.query import TextField

FOLDED, OTHER_FORM, NEAR, DAMAGED = 0.3, 0.2, 0.25, 0.05
"""Weights of a match with other marks, of an abbreviation or another name, of one letter changed, of letters misread."""

NUMBER_STEP = 4_000_000.0
"""Added when the document's own number is asked for."""

NUMBER_PART_STEP = 2_000_000.0
"""Added when half of the number is asked for, and more when its type stands before it."""

DATE_STEP = 1_000_000.0
"""Added when the document was issued on the day asked for."""

PAIR_STEP = 20_000.0
"""Added per two words of the question that stand side by side, in any marks."""

MISREAD_SHARE = 0.7
"""Share of the steps of a word with both its neighbours that is left when another stands between these."""

EXACT_STEP = 8_000.0
"""Added per word found with its marks as typed, and per two of them side by side."""

TYPED_STEP = 4_000.0
"""Added per part found as typed where other forms are looked for too."""

PLACE_STEP = 1_500.0
"""Added when the words stand in subject or agency, and when they are the signer."""

TEXT = "text"

_Forms = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """How words are read: `adjacent` words without marks side by side; `marked` words mean the marks they carry.

    `pages`: pages are asked for, not documents. `loose`: parts of the question may be missing; then `rarity` tells how many steps
    two neighbours are worth, one when it does not say.
    """

    adjacent: bool
    marked: bool
    pages: bool = False
    loose: bool = False
    rarity: Mapping[tuple[str, str], int] = field(default_factory=dict)

    def pair_step(self, first: str, second: str) -> float:
        """What two neighbours of the question are worth that stand side by side."""
        return PAIR_STEP * self.rarity.get((first, second), 1)


@dataclass(frozen=True, slots=True)
class PlainWord:
    """One word of a run; `near`: words one letter away are meant too, because nearly nothing holds it as typed."""

    text: str
    near: bool = False


def exact_tokens(text: str) -> tuple[str, ...]:
    """Tokens of `text`, marks kept."""
    return tuple(token.ex for token in tokenise(text))


def folded_tokens(text: str) -> tuple[str, ...]:
    """Tokens of `text` without marks."""
    return tuple(token.fo for token in tokenise(text))


def side_by_side(field: str, tokens: Sequence[str]) -> Plan:
    """These tokens side by side."""
    return Term(field, tokens[0]) if len(tokens) == 1 else PhraseOf(field, tuple(tokens))


def match_text(text: str, field: str, reading: Reading) -> Plan:
    """One word or words side by side: exact marks at full weight, other marks at `FOLDED`, misread letters last."""
    exact, folded = side_by_side(f"{field}_ex", exact_tokens(text)), folded_tokens(text)
    ways: list[Plan] = [exact, Weighted(side_by_side(f"{field}_fo", folded), FOLDED)]
    if len(folded) == 1 and folded[0].isalpha() and (damaged := damaged_forms(folded[0])):
        ways.append(Weighted(AnyOf(f"{field}_fo", damaged), DAMAGED))
    if not reading.pages and field in (TEXT, TextField.NUMBER) and looks_like_number(text):
        ways.append(Constant(AnyOf("number_key", (number_key(text),)), NUMBER_STEP))
    best = Best(tuple(ways))
    if reading.marked and any(letter.isalpha() for letter in text):
        return Combine(must=(best,), should=(Constant(exact, EXACT_STEP),))
    return best


def match_near(text: str, field: str, reading: Reading) -> Plan:
    """One word or number, or one that differs in a letter or in a sign that looks like another."""
    folded = folded_tokens(text)
    near: tuple[Plan, ...]
    if len(folded) == 1 and not folded[0].isdigit():
        near = (FuzzyOf(f"{field}_fo", folded[0]), AnyOf(f"{field}_fo", (folded[0], *damaged_forms(folded[0]))))
    else:
        near = tuple(side_by_side(f"{field}_fo", form) for form in (folded, *misread_numbers(folded)))
    return Combine(must=(Constant(Combine(should=near), NEAR),), should=(match_text(text, field, reading),))


def match_run(words: Sequence[PlainWord], field: str, reading: Reading) -> list[Plan]:
    """What must match for plain words standing side by side in the question."""
    texts = tuple(word.text for word in words)
    near = any(word.near for word in words)
    if reading.adjacent and len(words) > 1 and not near:
        typed = match_text(" ".join(texts), field, reading)
        others = [side_by_side(f"{field}_fo", tokens) for tokens in _rewritten(texts)]
        return [_either(typed, others)]
    parts: list[Plan] = []
    for first, last, span in _units(words):
        typed_parts = [
            _glued(
                match_near(words[at].text, field, reading) if words[at].near else match_text(words[at].text, field, reading),
                at,
                texts,
                field,
            )
            for at in range(first, last + 1)
        ]
        others = [side_by_side(f"{field}_fo", folded_tokens(other.text)) for other in span.others] if span else []
        parts += [_either(Combine(must=tuple(typed_parts)), others)] if others else typed_parts
    return parts


def _glued(plan: Plan, at: int, texts: Sequence[str], field: str) -> Plan:
    """A word, or read as one with its neighbour in the question because the space between them was lost."""
    pairs = [folded_tokens(" ".join(pair)) for pair in (texts[max(0, at - 1) : at + 1], texts[at : at + 2]) if len(pair) > 1]
    forms = tuple(form for pair in pairs for form in _run_together(pair))
    return Best((plan, Weighted(AnyOf(f"{field}_fo", forms), DAMAGED))) if forms else plan


def _either(typed: Plan, others: Sequence[Plan]) -> Plan:
    if not others:
        return typed
    first = Combine(must=(typed, Constant(All(), TYPED_STEP)))
    return Best((first, *(Weighted(other, OTHER_FORM) for other in others)))


def _units(words: Sequence[PlainWord]) -> Iterator[tuple[int, int, Span | None]]:
    """Words of a run one by one, those with other forms together: first, last, span."""
    spans = spans_of(tuple(word.text for word in words))
    found = {span.first: span for span in spans if not any(word.near for word in words[span.first : span.last + 1])}
    at = 0
    while at < len(words):
        span = found.get(at)
        last = span.last if span else at
        yield at, last, span
        at = last + 1


def _rewritten(texts: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The words with one span of them in another form."""
    return [
        folded_tokens(" ".join((*texts[: span.first], other.text, *texts[span.last + 1 :])))
        for span in spans_of(texts)
        for other in span.others
    ]


def run_steps(words: Sequence[PlainWord], reading: Reading) -> Iterator[Plan]:
    """What words side by side in the question add to a document's score without having to match."""
    texts = tuple(word.text for word in words)
    for text in texts:
        yield Weighted(side_by_side("subject_ex", exact_tokens(text)), 4.0)
        yield Weighted(side_by_side("subject_fo", folded_tokens(text)), 2.0)
    yield from _in_head(words)
    if len(texts) < 2:
        return
    yield from _pairs(words, reading)
    if reading.loose:
        yield from _around(texts, reading)
    yield Constant(PhraseOf("signer_fo", folded_tokens(" ".join(texts))), PLACE_STEP)


def _in_head(words: Sequence[PlainWord]) -> Iterator[Plan]:
    """A share of a step for each word, in any of its forms, that stands in subject or agency."""
    texts = tuple(word.text for word in words)
    units = list(_units(words))
    for first, last, span in units:
        typed = folded_tokens(" ".join(texts[first : last + 1]))
        forms = (typed, *(folded_tokens(other.text) for other in span.others)) if span else (typed,)
        places = tuple(side_by_side(f"{field}_fo", form) for field in (TextField.SUBJECT, TextField.AGENCY) for form in forms)
        yield Constant(Combine(should=places), PLACE_STEP / len(units))


def _pairs(words: Sequence[PlainWord], reading: Reading) -> Iterator[Plan]:
    """Steps for neighbours that stand side by side; between forms of spans it is their last and first words that do."""
    texts = tuple(word.text for word in words)
    near = any(word.near for word in words)
    if reading.adjacent and not near:
        yield Weighted(PhraseOf("text_ex", exact_tokens(" ".join(texts))), 3.0)
        return
    before: _Forms = ()
    for first, last, span in _units(words):
        inside = [
            Constant(_joined((folded_tokens(" ".join(pair)),)), reading.pair_step(*pair))
            for pair in pairwise(texts[first : last + 1])
        ]
        forms = tuple(folded_tokens(other.text) for other in span.others) if span else ()
        if inside:
            whole = tuple(Constant(side_by_side("text_fo", form), sum(one.score for one in inside) - TYPED_STEP) for form in forms)
            yield Best((Combine(should=tuple(inside)), *whole))
        typed = _near_forms(words[first]) if words[first].near else (folded_tokens(" ".join(texts[first : last + 1])),)
        here = (*typed, *forms)
        joints = {(left[-1], right[0]): None for left in before for right in here}
        if joints:
            yield Constant(_joined(tuple(joints)), reading.pair_step(texts[first - 1], texts[first]))
        before = here
    if reading.marked:
        for pair in pairwise(texts):
            yield Constant(PhraseOf("text_ex", exact_tokens(" ".join(pair))), EXACT_STEP)


def _around(texts: Sequence[str], reading: Reading) -> Iterator[Plan]:
    """Steps where only the word between two others is missing: it is misread, as a name that ends otherwise is not."""
    for first, middle, last in zip(texts, texts[1:], texts[2:], strict=False):
        tokens = folded_tokens(f"{first} {last}")
        if len(set(tokens)) < len(tokens):  # engines differ in whether one word may be both of "ngân … ngân"
            continue
        sides = ((first, middle), (middle, last))
        whole = tuple(PhraseOf("text_fo", folded_tokens(" ".join(side))) for side in sides)
        lost = sum(reading.pair_step(*side) for side in sides)
        yield Constant(Combine(must=(PhraseOf("text_fo", tokens, slop=1),), must_not=whole), MISREAD_SHARE * lost)


def _joined(pairs: Sequence[tuple[str, ...]]) -> Plan:
    """Two words side by side in any of these forms, or the only one run together."""
    ways = tuple(PhraseOf("text_fo", pair) for pair in pairs)
    return Combine(
        should=(*ways, *(Term("text_fo", form) for pair in pairs[:1] if len(pairs) == 1 for form in _run_together(pair)))
    )


def _run_together(pair: tuple[str, ...]) -> tuple[str, ...]:
    """Two words read without the space between them, unless that is another word."""
    whole = "".join(pair)
    return (whole,) if whole.isalpha() and not is_bare_syllable(whole) else ()


def beside(words: Sequence[PlainWord]) -> Iterator[Plan]:
    """Each two neighbours of the question side by side in any of their forms, one plan for each two."""
    texts = tuple(word.text for word in words)
    before: _Forms = ()
    for first, last, span in _units(words):
        forms = tuple(folded_tokens(other.text) for other in span.others) if span else ()
        typed = _near_forms(words[first]) if words[first].near else (folded_tokens(" ".join(texts[first : last + 1])),)
        here = (*typed, *forms)
        if joints := {(left[-1], right[0]): None for left in before for right in here}:
            yield _joined(tuple(joints))
        whole = tuple(side_by_side("text_fo", form) for form in forms)
        for pair in pairwise(texts[first : last + 1]):
            yield Combine(should=(PhraseOf("text_fo", folded_tokens(" ".join(pair))), *whole))
        before = here


_LETTERS = "aeiouybcdghklmnpqrstvx"


def _near_forms(word: PlainWord) -> _Forms:
    """The word and all syllables one letter away: what was meant when it was mistyped."""
    text = fold(word.text)
    heads = [(text[:at], text[at:]) for at in range(len(text) + 1)]
    forms = [left + right[1:] for left, right in heads if right]
    forms += [left + right[1] + right[0] + right[2:] for left, right in heads if len(right) > 1]
    forms += [left + letter + rest for left, right in heads for letter in _LETTERS for rest in (right, right[1:])]
    kept = dict.fromkeys(form for form in forms if is_bare_syllable(form))
    return ((folded_tokens(word.text)[0],), *((folded_tokens(form)[0],) for form in kept))


def number_steps(text: str, *, type_name: str | None, alone: bool) -> Iterator[Plan]:
    """Steps of a document whose number begins with `text`: half a number, alone or behind its type ("quyet dinh 2723").

    Args:
        text: one word of the question.
        type_name: the type of paper in front of it, "" for "số", None when something else stands there.
        alone: nothing else is asked.
    """
    key = number_key(text)
    if not key[:1].isdigit() or not (looks_like_number(text) or alone or type_name is not None or "/" in key):
        return
    whole = AnyOf("number_key", (key,))
    begun: Plan = PrefixOf("number_key", f"{key}/") if key.isalnum() else PrefixOf("number_key", key)
    part = Combine(should=(whole, begun, AnyOf("number_part", (key,))))
    yield Constant(part, NUMBER_PART_STEP)
    if type_name:
        yield Constant(Combine(must=(part, side_by_side("type_fo", folded_tokens(type_name)))), NUMBER_PART_STEP / 2)
