"""Writes as many different documents as somebody wants, for training and for tests of quantity.

In: randomness and, where wanted, a type, a style and a length. Out: a `DocumentSpec` put together from `phrases.toml`.
The sample dossiers are not written here but by hand, in `dossiers/`.
"""

import random
import tomllib
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from itertools import cycle
from pathlib import Path
from typing import Any

from sample_printer.spec import DocumentSpec, Signature, Style

PHRASES = Path(__file__).parent / "phrases.toml"

# Type and its abbreviation (NĐ 30/2020, phụ lục III); an official letter has none.
ABBREVIATIONS = {
    "Quyết định": "QĐ",
    "Nghị quyết": "NQ", "Chỉ thị": "CT", "Thông báo": "TB", "Báo cáo": "BC", "Kế hoạch": "KH", "Tờ trình": "TTr",
    "Biên bản": "BB", "Giấy mời": "GM", "Hướng dẫn": "HD", "Chương trình": "CTr", "Công văn": "",
}  # fmt: skip
_UPWARD = {"Tờ trình", "Công văn", "Giấy mời"}
_BY_ARTICLES = {"Quyết định": "QUYẾT ĐỊNH:", "Nghị quyết": "QUYẾT NGHỊ:"}


@cache
def phrases() -> dict[str, Any]:
    """Words and sentences of `phrases.toml`."""
    return tomllib.loads(PHRASES.read_text(encoding="utf-8"))


def write_document(
    rng: random.Random, *, type_name: str | None = None, style: Style | None = None, paragraphs: int | None = None
) -> DocumentSpec:
    """Write a document.

    Args:
        rng: decides every word.
        type_name: a key of `ABBREVIATIONS`; None takes one by chance.
        style: None takes one by chance, and a year that goes with it.
        paragraphs: of the body; about nine fill a page. None takes 3 to 14.

    Raises:
        KeyError: no such type.
    """
    words = phrases()
    kind = type_name or rng.choice(tuple(ABBREVIATIONS))
    period = style or rng.choice(tuple(Style))
    day = _day(rng, period)
    topic = rng.choice(words["topic"])
    organ, parent, initials, place, position = _office(rng, kind, typed=period is Style.TYPEWRITER)
    subject = _filled(rng.choice(topic["subjects"]), rng, year=day.year)
    abbreviation = ABBREVIATIONS[kind]
    notation = f"{abbreviation}-{initials}" if abbreviation else f"{initials}-{rng.choice(words['rooms'])}"
    authority, position = ("KT. " + position, "PHÓ " + position) if rng.random() < 0.4 else ("", position)
    return DocumentSpec(
        type_name=kind,
        organ_name=organ,
        parent_organ_name=parent,
        code_number=f"{rng.randint(1, 999):02}",
        code_notation=notation,
        issued_place=place,
        issued_date=day,
        subject=f"{'V/v' if kind == 'Công văn' else 'Về việc'} {subject}",
        body=_body(rng, kind, topic, organ=organ, paragraphs=paragraphs or rng.randint(3, 14), year=day.year),
        signatures=(Signature(position, person(rng), authority, organ.replace("\n", " ") if rng.random() < 0.9 else ""),),
        addressees=(f"Ủy ban nhân dân tỉnh {rng.choice(words['provinces'])}",) if kind in _UPWARD else (),
        to_places=(*rng.sample(words["recipients"], rng.randint(1, 5)), f"Lưu: VT, {rng.choice(words['rooms'])}"),
        priority=rng.choice(("Khẩn", "Thượng khẩn", "Hỏa tốc")) if rng.random() < 0.1 else None,
        style=period,
        number_by_hand=rng.random() < 0.4,
        font=_font(rng, period),
        body_pt=rng.choice((13.0, 13.5, 14.0)),
    )


def person(rng: random.Random) -> str:
    """Return an invented person's name."""
    words = phrases()
    return " ".join(rng.choice(words[part]) for part in ("family_names", "middle_names", "given_names"))


def _day(rng: random.Random, style: Style) -> date:
    first, last = {
        Style.DECREE30: (date(2020, 3, 9), date(2026, 10, 30)),
        Style.CIRCULAR2011: (date(2011, 1, 20), date(2020, 3, 1)),
        Style.TYPEWRITER: (date(1978, 1, 5), date(1998, 12, 28)),
    }[style]
    return first + timedelta(days=rng.randrange((last - first).days))


def _font(rng: random.Random, style: Style) -> str:
    return rng.choice(("cousine", "cursor", "freemono") if style is Style.TYPEWRITER else ("tinos", "tinos", "termes", "freeserif"))


def _office(rng: random.Random, kind: str, *, typed: bool) -> tuple[str, str | None, str, str, str]:
    """Return an office: its name, the one above it, its initials, its seat, the title of its head."""
    words = phrases()
    committee = "UỶ BAN NHÂN DÂN" if typed else "ỦY BAN NHÂN DÂN"
    short = "UB" if typed else "UBND"
    province = rng.choice(words["provinces"])
    if kind == "Nghị quyết":
        district = rng.choice(words["districts"])
        return f"HỘI ĐỒNG NHÂN DÂN\nHUYỆN {district.upper()}", None, "HĐND", district, "CHỦ TỊCH"
    level = rng.randrange(3)
    if level == 0:
        commune = rng.choice(words["communes"])
        return f"{committee}\nXÃ {commune.upper()}", None, short, commune, "CHỦ TỊCH"
    if level == 1:
        district = rng.choice(words["districts"])
        return f"{committee}\nHUYỆN {district.upper()}", None, short, district, "CHỦ TỊCH"
    name = rng.choice(words["departments"])
    initials = "S" + "".join(word[0].upper() for word in name.replace(",", "").split() if word != "và")
    broken = f"SỞ {name.upper()}".replace(" VÀ ", "\nVÀ ") if len(name) > 18 else f"SỞ {name.upper()}"
    return broken, f"{committee}\nTỈNH {province.upper()}", initials, province, "GIÁM ĐỐC"


def _body(rng: random.Random, kind: str, topic: dict[str, Any], *, organ: str, paragraphs: int, year: int) -> tuple[str, ...]:
    """Write the body: legal bases and articles, or numbered paragraphs; sometimes with a table."""
    blocks: list[str] = []
    sentences = _paragraphs(rng, topic, count=paragraphs, year=year)
    if kind in _BY_ARTICLES:
        blocks += [f"# {' '.join(organ.split())}"]
        known = [base for base in phrases()["legal_bases"] if year >= 2020 or "2020" not in base]
        blocks += [f"~ {_filled(base, rng, year=year)}" for base in rng.sample(known, 3)]
        blocks += [f"# {_BY_ARTICLES[kind]}"]
        blocks += [f"Điều {number}. {text}" for number, text in enumerate(sentences, start=1)]
    else:
        blocks += [sentences[0], *(f"{number}. {text}" for number, text in enumerate(sentences[1:], start=1))]
    if rng.random() < 0.35:
        blocks[-1:-1] = _table(rng, topic["heads"])
    return (*blocks[:-1], blocks[-1].rstrip(".") + "./.")


def _paragraphs(rng: random.Random, topic: dict[str, Any], *, count: int, year: int) -> list[str]:
    """Return paragraphs of one or two sentences: first those of the topic, then of the others, none twice until all are used."""
    own = rng.sample(topic["sentences"], len(topic["sentences"]))
    rest = [text for each in phrases()["topic"] if each is not topic for text in each["sentences"]]
    pool = cycle([*own, *rng.sample(rest, len(rest))])
    return [" ".join(_filled(next(pool), rng, year=year) for _ in range(rng.randint(1, 2))) for _ in range(count)]


def _table(rng: random.Random, heads: list[str]) -> list[str]:
    rows = [f"| STT | {' | '.join(heads)} |"]
    for number in range(1, rng.randint(4, 9)):
        cells = [
            rng.choice(phrases()["villages"]),
            str(rng.randint(2, 99)),
            _filled("{big}", rng, year=0),
            rng.choice(("", "Đạt", "Chưa xong")),
        ]
        rows.append(f"| {number:02} | {' | '.join(cells)} |")
    return rows


def _filled(text: str, rng: random.Random, *, year: int) -> str:
    """Fill the gaps of a phrase, each with its own value."""
    values: dict[str, Callable[[], str]] = {
        "{n}": lambda: str(rng.randint(3, 98)),
        "{big}": lambda: f"{rng.randint(1, 48)}.{rng.randint(0, 999):03}",
        "{money}": lambda: f"{rng.randint(2, 980)}.{rng.randint(0, 999):03}.000 đồng",
        "{date}": lambda: f"{rng.randint(1, 28):02}/{rng.randint(1, 12)}/{rng.randint(year - 1, year)}",
        "{village}": lambda: rng.choice(phrases()["villages"]),
        "{month}": lambda: str(rng.randint(1, 12)),
    }
    for gap, value in values.items():
        while gap in text:
            text = text.replace(gap, value(), 1)
    return text
