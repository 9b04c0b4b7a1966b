"""What forms are filled in with: names, dates, numbers, places, all invented.

In: the name of a maker with its words ("date_words", "pick Nam/Nữ") and randomness. Out: what is printed, and the value that a
reader should answer: ISO dates, digits without dots, everything else as printed.
"""

import random
from collections.abc import Callable
from datetime import date

from sample_printer.writing import person, phrases

Filling = tuple[str, str]
"""As printed, and as it should come back."""

_PROVINCE_CODES = ("001", "025", "026", "008", "030", "034", "038", "046", "052", "068", "079", "092", "093")
_TAX_WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)
_FOREIGN = ("John Michael Carter", "Maria Elena Santos", "Hiroshi Tanaka", "Kim Soo Hyun", "Pierre Dubois", "Anna Kowalska")
_COUNTRIES = ("Hoa Kỳ", "Nhật Bản", "Hàn Quốc", "Pháp", "Ba Lan", "Trung Quốc", "Đức")
_COMPANIES = ("Xây dựng", "Thương mại", "Sản xuất bao bì", "Vận tải", "Chế biến lâm sản", "Tư vấn thiết kế", "Thủy sản")
_WORKS = ("Nâng cấp đường liên xã", "Sửa chữa trường tiểu học", "Mua sắm thiết bị y tế", "Xây dựng kè chống sạt lở")


def fill(maker: str, rng: random.Random) -> Filling:
    """Make a value.

    Raises:
        KeyError: no such maker.
    """
    name, _, words = maker.partition(" ")
    return _MAKERS[name](rng, words)


def _same(text: str) -> Filling:
    return text, text


def _pick(rng: random.Random, words: str) -> Filling:
    return _same(rng.choice(words.split("/")))


def _day(rng: random.Random, words: str) -> date:
    first, last = (int(part) for part in words.split()) if words else (1990, 2024)
    return date(rng.randint(first, last), rng.randint(1, 12), rng.randint(1, 28))


def _date(rng: random.Random, words: str) -> Filling:
    day = _day(rng, words)
    form = rng.choice(("{:02}/{:02}/{}", "{:02}/{:02}/{}", "{:02}-{:02}-{}", "{}/{}/{}"))
    return form.format(day.day, day.month, day.year), day.isoformat()


def _date_words(rng: random.Random, words: str) -> Filling:
    day = _day(rng, words)
    month = f"{day.month:02}" if day.month < 3 or rng.random() < 0.3 else str(day.month)
    return f"ngày {day.day:02} tháng {month} năm {day.year}", day.isoformat()


def _number(rng: random.Random, words: str) -> Filling:
    least, most = (int(part) for part in words.split()) if words else (1, 99)
    value = rng.randint(least, most)
    return f"{value:,}".replace(",", "."), str(value)


def _padded(rng: random.Random, words: str) -> Filling:
    least, most = (int(part) for part in words.split()) if words else (1, 99)
    return _same(f"{rng.randint(least, most):02}")


def _area(rng: random.Random, words: str) -> Filling:
    least, most = (int(part) for part in words.split()) if words else (40, 900)
    whole, tenth = rng.randint(least, most), rng.randint(0, 9)
    shown = f"{whole:,}".replace(",", ".")
    return (f"{shown},{tenth}", f"{whole}.{tenth}") if tenth else (shown, str(whole))


def _factor(rng: random.Random, words: str) -> Filling:
    value = f"{rng.randint(2, 6)},{rng.randint(10, 99)}"
    return value, value.replace(",", ".")


def _money(rng: random.Random, words: str) -> Filling:
    least, most = (int(part) for part in words.split()) if words else (1, 900)
    value = rng.randint(least, most) * 10**6 + rng.choice((0, 500_000, 250_000))
    return f"{value:,}".replace(",", "."), f"{value} VND"


def _citizen(rng: random.Random, words: str) -> Filling:
    century = rng.choice("01") if rng.random() < 0.8 else rng.choice("23")
    return _same(f"{rng.choice(_PROVINCE_CODES)}{century}{rng.randint(0, 99):02}{rng.randrange(10**6):06}")


def _old_card(rng: random.Random, words: str) -> Filling:
    return _same(f"{rng.randint(10, 38):03}{rng.randrange(10**6):06}")


def _tax(rng: random.Random, words: str) -> Filling:
    while True:
        nine = f"{rng.randint(1, 63):02}{rng.randrange(10**7):07}"
        check = 10 - sum(int(digit) * weight for digit, weight in zip(nine, _TAX_WEIGHTS, strict=True)) % 11
        if check < 10:
            return _same(f"{nine}{check}")


def _digits(rng: random.Random, words: str) -> Filling:
    count = int(words)
    return _same("".join([str(rng.randint(1, 9)), *(str(rng.randint(0, 9)) for _ in range(count - 1))]))


def _phone(rng: random.Random, words: str) -> Filling:
    digits = f"0{rng.choice((35, 86, 90, 91, 97, 98, 70, 81))}{rng.randrange(10**7):07}"
    return rng.choice((digits, f"{digits[:4]} {digits[4:7]} {digits[7:]}", f"{digits[:4]}.{digits[4:7]}.{digits[7:]}")), digits


def _passport(rng: random.Random, words: str) -> Filling:
    return _same(f"{rng.choice('BCMEGKP')}{rng.randrange(10**7, 10**8)}")


def _commune(rng: random.Random, words: str) -> Filling:
    return _same(rng.choice(phrases()["communes"]))


def _address(rng: random.Random, words: str) -> Filling:
    source = phrases()
    parts = [f"thôn {rng.choice(source['villages'])}", f"xã {rng.choice(source['communes'])}"]
    parts += [f"huyện {rng.choice(source['districts'])}"] if rng.random() < 0.6 else []
    return _same(", ".join([*parts, f"tỉnh {rng.choice(source['provinces'])}"]))


def _place(rng: random.Random, words: str) -> Filling:
    return _same(f"Ủy ban nhân dân xã {rng.choice(phrases()['communes'])}")


def _town(rng: random.Random, words: str) -> Filling:
    return _same(rng.choice(phrases()["provinces"]))


def _department(rng: random.Random, words: str) -> Filling:
    return _same(f"Sở {rng.choice(phrases()['departments'])}")


def _school(rng: random.Random, words: str) -> Filling:
    return _same(f"Trường {rng.choice(('Tiểu học', 'Trung học cơ sở', 'Mầm non'))} {rng.choice(phrases()['communes'])}")


def _company(rng: random.Random, words: str) -> Filling:
    kind = rng.choice(("Công ty TNHH", "Công ty Cổ phần", "Doanh nghiệp tư nhân"))
    return _same(f"{kind} {rng.choice(_COMPANIES)} {rng.choice(phrases()['given_names'])} {rng.choice(phrases()['given_names'])}")


def _upper(make: Callable[[random.Random, str], Filling]) -> Callable[[random.Random, str], Filling]:
    def made(rng: random.Random, words: str) -> Filling:
        return _same(make(rng, words)[0].upper())

    return made


def _person(rng: random.Random, words: str) -> Filling:
    return _same(person(rng))


def _foreigner(rng: random.Random, words: str) -> Filling:
    return _same(rng.choice(_FOREIGN))


def _code(rng: random.Random, words: str) -> Filling:
    """A code by a picture: `9` a digit, `A` a capital, anything else stays."""
    made = "".join(
        str(rng.randint(0, 9)) if sign == "9" else rng.choice("ABCDEGHKLMNPQRSTUVX") if sign == "A" else sign for sign in words
    )
    return _same(made)


def _serial(rng: random.Random, words: str) -> Filling:
    """An act's number: "123/QĐ-UBND"."""
    return _same(f"{rng.randint(2, 4999):02}/{words}")


_MAKERS: dict[str, Callable[[random.Random, str], Filling]] = {
    "pick": _pick,
    "date": _date,
    "date_words": _date_words,
    "year": lambda rng, words: _same(str(_day(rng, words or "1950 2010").year)),
    "number": _number,
    "padded": _padded,
    "area": _area,
    "factor": _factor,
    "money": _money,
    "citizen": _citizen,
    "old_card": _old_card,
    "tax": _tax,
    "digits": _digits,
    "phone": _phone,
    "passport": _passport,
    "commune": _commune,
    "address": _address,
    "place": _place,
    "town": _town,
    "department": _department,
    "school": _school,
    "company": _company,
    "company_upper": _upper(_company),
    "person": _person,
    "person_upper": _upper(_person),
    "foreigner": _foreigner,
    "foreigner_upper": _upper(_foreigner),
    "country": lambda rng, words: _same(rng.choice(_COUNTRIES)),
    "work": lambda rng, words: _same(f"{rng.choice(_WORKS)} {rng.choice(phrases()['communes'])}"),
    "code": _code,
    "serial": _serial,
}
