"""Questions whose answer is known: written by rules from the head of a document, then typed the way people type.

In: the archive, a seed. Out: `JudgedQuery`s, so many of each kind. A question names what is printed, as printed; then the
kind changes how it is typed. It is only asked when the head (number, type, agency, place, date, subject, signer) of at most three
documents holds all its words as printed: then a clerk means this one.
"""

from __future__ import annotations

import random
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from benchmarks.judged_archive import Judged
from dossier.catalogues import Level, gazetteer
from dossier.catalogues.abbreviations import abbreviations
from dossier.text import exact_key, fold, tokenise

MOST_MEANT = 3
_WORST = 0.05
_TRIES = 400


@dataclass(frozen=True, slots=True)
class JudgedQuery:
    """What is typed and the document that is meant."""

    kind: str
    text: str
    wanted: str


class Heads:
    """Which documents hold a word in their heads, marks aside: one bit a document."""

    def __init__(self, archive: Sequence[Judged]) -> None:
        holders: dict[str, int] = defaultdict(int)
        for number, judged in enumerate(archive):
            for word in set(_folded(head_of(judged))):
                holders[word] |= 1 << number
        self.holders = dict(holders)
        self.all = (1 << len(archive)) - 1

    def count(self, words: Iterable[str]) -> int:
        """Documents that hold all these words."""
        found = self.all
        for word in words:
            found &= self.holders.get(word, 0)
        return found.bit_count()


def head_of(judged: Judged) -> str:
    """All that a clerk may know of a document, its date in figures."""
    truth = judged.truth
    return "\n".join((truth.number, truth.type_name, truth.organ, truth.place, _date(truth.day, "/"), truth.subject, truth.signer))


def _folded(text: str) -> list[str]:
    return [token.fo for token in tokenise(text)]


def _date(day: str, joint: str) -> str:
    year, month, number = day.split("-")
    return joint.join((str(int(number)), str(int(month)), year))


Rule = Callable[[Judged, random.Random], tuple[str, str] | None]
"""From a document: the words as printed, and as typed; None when the document has nothing of the kind."""


def write_queries(archive: Sequence[Judged], each: int, seed: int) -> list[JudgedQuery]:
    """`each` questions of every kind."""
    heads = Heads(archive)
    queries: list[JudgedQuery] = []
    for kind, rule in RULES.items():
        rng = random.Random(f"query/{kind}/{seed}")
        made: dict[str, JudgedQuery] = {}
        for _ in range(_TRIES * each):
            if len(made) == each:
                break
            judged = rng.choice(archive)
            if (kind == "damaged paper") is not (judged.rate > _WORST):
                continue
            written = rule(judged, rng)
            if written is not None and heads.count(_folded(written[0])) <= MOST_MEANT:
                made.setdefault(judged.id, JudgedQuery(kind, written[1], judged.id))
        queries += made.values()
    return queries


def _subject(judged: Judged, rng: random.Random) -> str:
    """What a clerk remembers of a subject: its end, where place and name stand, and some words of its matter."""
    words = judged.truth.subject.split()
    length = rng.randint(4, 8)
    return " ".join(words[-length:]).strip(",.")


def _organ(judged: Judged, rng: random.Random) -> str:
    """An agency with a piece of the subject."""
    words = judged.truth.subject.split()[2:]
    start = rng.randrange(max(1, len(words) - 4))
    return f"{judged.truth.organ} {' '.join(words[start : start + 4])}".replace(",", "")


def _about(judged: Judged, rng: random.Random) -> str:
    return rng.choice((_subject, _subject, _organ))(judged, rng)


def _same(text: str) -> tuple[str, str]:
    return text, text


def _marked(judged: Judged, rng: random.Random) -> tuple[str, str] | None:
    return _same(_about(judged, rng))


def _bare(judged: Judged, rng: random.Random) -> tuple[str, str] | None:
    text = _about(judged, rng)
    return text, fold(text)


def _old_style(judged: Judged, rng: random.Random) -> tuple[str, str] | None:
    """hòa -> hoà, thủy -> thuỷ, and the other way round."""
    text = _about(judged, rng)
    typed = " ".join(_other_style(word) for word in text.split())
    return (text, typed) if typed != text else None


def _other_style(word: str) -> str:
    if exact_key(word) != word.lower():
        return exact_key(word)
    letters = unicodedata.normalize("NFD", word)
    for pair in ("oa", "oe", "uy"):
        for tone in "\u0300\u0309\u0303\u0301\u0323":
            if letters.lower().endswith(pair[0] + tone + pair[1]) and not letters.lower().endswith(f"q{pair[0]}{tone}{pair[1]}"):
                return unicodedata.normalize("NFC", letters[:-2] + letters[-1] + tone)
    return word


def _decomposed(judged: Judged, rng: random.Random) -> tuple[str, str] | None:
    text = _about(judged, rng)
    return text, unicodedata.normalize("NFD", text)


def _mistyped(judged: Judged, rng: random.Random) -> tuple[str, str] | None:
    """One letter of one word left out, doubled, changed for its neighbour's or swapped with it."""
    text = _about(judged, rng)
    words = text.split()
    if rng.random() < 0.5:
        words = fold(text).split()
    places = [place for place, word in enumerate(words) if word.isalpha() and len(word) > 3]
    if not places:
        return None
    place = rng.choice(places)
    word = words[place]
    at = rng.randrange(1, len(word) - 1)
    words[place] = rng.choice(
        (
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            word[:at] + rng.choice("aeiouhngtc") + word[at + 1 :],
        )
    )
    return text, " ".join(words)


_TELEX = {"ă": "aw", "â": "aa", "ê": "ee", "ô": "oo", "ơ": "ow", "ư": "uw", "đ": "dd"}
_TONE_KEYS = {"\u0300": "f", "\u0309": "r", "\u0303": "x", "\u0301": "s", "\u0323": "j"}


def _telex(word: str) -> str:
    """The keys of a word, the tone last as most people type it."""
    tone = "".join(_TONE_KEYS.get(sign, "") for sign in unicodedata.normalize("NFD", word))
    bare = "".join(sign for sign in unicodedata.normalize("NFD", word) if sign not in _TONE_KEYS)
    return "".join(_TELEX.get(letter, letter) for letter in unicodedata.normalize("NFC", bare).lower()) + tone


def _keys_left(judged: Judged, rng: random.Random) -> tuple[str, str] | None:
    """The keyboard program was off, for all words or for one."""
    text = _about(judged, rng)
    words = text.split()
    if rng.random() < 0.5:
        return text, " ".join(map(_telex, words))
    place = rng.choice([place for place, word in enumerate(words) if _telex(word) != word.lower()] or [0])
    words[place] = _telex(words[place])
    return text, " ".join(words)


def _number(judged: Judged, rng: random.Random) -> tuple[str, str] | None:
    number = judged.truth.number
    return number, rng.choice((number, fold(number), number.lower(), f"số {number}", number.replace("/", " / ")))


def _number_part(judged: Judged, rng: random.Random) -> tuple[str, str] | None:
    """Type and number, with the agency's name; or the number without its end."""
    code, _, notation = judged.truth.number.partition("/")
    unit = " ".join(judged.truth.organ.split()[4:])
    if judged.truth.type_name != "Công văn" and rng.random() < 0.5:
        text = f"{judged.truth.type_name} {code} {unit}"
        return text, rng.choice((text, fold(text)))
    text = f"{code}/{notation.split('-')[0]} {unit}"
    return text, rng.choice((text, fold(text)))


def _signer(judged: Judged, rng: random.Random) -> tuple[str, str] | None:
    subject = judged.truth.subject.split()
    text = f"{judged.truth.signer} {' '.join(subject[-3:])}"
    return text, rng.choice((text, fold(text)))


def _dated(judged: Judged, rng: random.Random) -> tuple[str, str] | None:
    year, month, day = judged.truth.day.split("-")
    unit = " ".join(judged.truth.organ.split()[4:])
    plain = _date(judged.truth.day, "/")
    written = rng.choice(
        (
            plain,
            f"{day}/{month}/{year}",
            f"{day}-{month}-{year}",
            _date(judged.truth.day, "."),
            f"ngày {day} tháng {month} năm {year}",
        )
    )
    text = f"{rng.choice((unit, judged.truth.type_name))} "
    return text + plain, rng.choice((text, fold(text))) + written


def _old_place(judged: Judged, rng: random.Random) -> tuple[str, str] | None:
    """The province is called by another name than the one printed: what it is today, or what went into it."""
    units = gazetteer()
    province = next((unit for unit in units.named(judged.truth.place) if unit.level is Level.PROVINCE), None)
    if province is None:
        return None
    others = [*units.today(province), *units.before(province)]
    names = sorted({unit.name for unit in others if unit.level is Level.PROVINCE} - {judged.truth.place})
    names = [name for name in names if _untyped(name) not in judged.truth.text]
    if not names:
        return None
    about = _subject(judged, rng)
    text = f"{about} {_untyped(judged.truth.place)}"
    typed = f"{about} {_untyped(rng.choice(names))}"
    return text, rng.choice((typed, fold(typed)))


def _untyped(name: str) -> str:
    return name.removeprefix("Tỉnh ").removeprefix("Thành phố ")


def _abbreviated(judged: Judged, rng: random.Random) -> tuple[str, str] | None:
    """What is printed in full typed short ("UBND", "QSDĐ"), or a type's abbreviation for the type."""
    text = f"{judged.truth.organ} {_subject(judged, rng)}"
    typed = text
    for pair in sorted(abbreviations(), key=lambda pair: -len(pair.long)):
        if pair.kind != "type" and pair.long.lower() in typed.lower():
            at = typed.lower().index(pair.long.lower())
            typed = typed[:at] + pair.short + typed[at + len(pair.long) :]
    return (text, typed) if typed != text else None


def _quoted(judged: Judged, rng: random.Random) -> tuple[str, str] | None:
    """Words side by side with exactly these marks, as they were read: a quote asks for what stands there."""
    text = _subject(judged, rng).replace(",", "")
    return (text, f'"{text}"') if text.lower() in judged.read_text.lower() else None


RULES: dict[str, Rule] = {
    "marks right": _marked,
    "without marks": _bare,
    "other tone placement": _old_style,
    "decomposed Unicode": _decomposed,
    "typing error": _mistyped,
    "Telex keys left": _keys_left,
    "damaged paper": _marked,
    "number, whole": _number,
    "number, part": _number_part,
    "signer": _signer,
    "date": _dated,
    "old or new place": _old_place,
    "abbreviation": _abbreviated,
    "quoted": _quoted,
}
"""Kinds of questions."""
