"""Sums of money in digits and in words, each checked by the other where a paper gives both.

In: text and its key. Out: `Spot`s whose value is the number, a full stop before decimals, and the currency: "120000000 VND".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from dossier.model import MentionKind
from dossier.text import NUMBER_WORDS, number_of_words
from metadata.mentions.spots import Spot

_SCALES = {"": 1, "nghin": 10**3, "ngan": 10**3, "trieu": 10**6, "ty": 10**9, "ti": 10**9, "nghin ty": 10**12, "ngan ty": 10**12}
_AMOUNT = r"\d{1,3}(?:[. ]\d{3})+(?:,\d{1,3})?|\d+(?:,\d{1,6})?"
_NO_DONG = r"(?:chi|bao|y\b|thoi|ho\b|nghiep|loat|bo\b|phuc|hanh|tien|thap|nai|bang\b|khoi|thuan|phong|dau|nguon)"
"""Second syllables of words that begin like the currency ("đồng chí", "đồng bào")."""
_DONG = rf"dong(?! {_NO_DONG})\b|vnd\b|vn d\b|d(?![\w/])"
_SCALE = r"(?:nghin|ngan) ty|nghin|ngan|trieu|ty|ti"
_IN_DIGITS = re.compile(
    rf"(?<![\w.,/\-])(?P<amount>{_AMOUNT}) ?(?:(?P<scale>{_SCALE}) ?)?(?P<unit>{_DONG}|usd\b|do la my\b|eur\b|euro\b)"
)
_CURRENCIES = {"usd": "USD", "do la my": "USD", "eur": "EUR", "euro": "EUR"}
_WORDS = "|".join(sorted(NUMBER_WORDS, key=len, reverse=True))
_IN_WORDS = re.compile(rf"\b(?P<words>(?:{_WORDS})(?:,? (?:{_WORDS}))+) (?:dong|do la my)\b")
_PAIR_REACH = 60


def money_in(text: str, key: str) -> Iterator[Spot]:
    """Sums of money, in order of place."""
    spots = sorted([*_digits(text, key), *_words(key)], key=lambda spot: spot.start)
    for index, spot in enumerate(spots):
        other = _pair(spots, index, key)
        if other is None:
            yield spot
        elif other.value == spot.value:
            yield replace(spot, strength=0.99)
        else:
            yield replace(spot, reason="words_differ", strength=0.6, alternatives=(other.value,))


def _digits(text: str, key: str) -> Iterator[Spot]:
    for matched in _IN_DIGITS.finditer(key):
        if matched["unit"] == "d" and text[matched.start("unit")] not in "đĐ":
            continue
        # One digit more than three after a full stop is no thousand: it is read as it stands.
        amount = Decimal(re.sub(r"[. ]", "", matched["amount"]).replace(",", "."))
        value = amount * _SCALES[" ".join((matched["scale"] or "").split())]
        unit = _CURRENCIES.get(" ".join(matched["unit"].split()), "VND")
        yield Spot(MentionKind.MONEY, *matched.span(), money_value(value, unit), "", 0.95, "shape")


def _words(key: str) -> Iterator[Spot]:
    for matched in _IN_WORDS.finditer(key):
        number = number_of_words(matched["words"])
        if number is not None and number >= 100:
            unit = "VND" if matched.group().endswith("dong") else "USD"
            yield Spot(MentionKind.MONEY, *matched.span(), money_value(Decimal(number), unit), "", 0.92, "words")


def _pair(spots: list[Spot], index: int, key: str) -> Spot | None:
    """The same sum in the other form: "120.000.000 đồng (Bằng chữ: Một trăm hai mươi triệu đồng)"."""
    spot = spots[index]
    if spot.label == "words" and index and spots[index - 1].label != "words":
        first, second = spots[index - 1], spot
    elif spot.label != "words" and index + 1 < len(spots) and spots[index + 1].label == "words":
        first, second = spot, spots[index + 1]
    else:
        return None
    between = key[first.end : second.start]
    if len(between) > _PAIR_REACH or not re.search(r"\bchu\b|\(", between):
        return None
    return second if spot is first else first


def money_value(amount: Decimal, unit: str) -> str:
    """The normal form of a sum."""
    whole = amount.quantize(Decimal(1)) if amount == amount.to_integral_value() else amount.normalize()
    return f"{whole:f} {unit}"
