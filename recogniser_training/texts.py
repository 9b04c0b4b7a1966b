"""Documents to be printed for training: the printer's layouts, filled with words of the corpus.

In: the corpus (`SOHOA_DATA/corpus`) and randomness. Out: `DocumentSpec`s. Every 50th paragraph is held out: the validation set is
printed from those alone.
"""

from __future__ import annotations

import lzma
import random
import string
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from sample_printer.spec import DocumentSpec, Signature
from sample_printer.writing import write_document

HELD_OUT_EVERY = 50
_CODES = (
    "QĐ-UBND",
    "NĐ-CP",
    "TT-BTC",
    "NQ-HĐND",
    "CT-TTg",
    "QĐ-TTg",
    "KH-SYT",
    "TB-VP",
    "BC-STNMT",
    "UBND-VX",
    "TTr-SXD",
    "QH13",
    "TTLT-BTC-BTP",
)


class Corpus:
    """Words to print."""

    def __init__(self, folder: Path, letters: set[str], *, held_out: bool) -> None:
        """Read the corpus; paragraphs with a letter outside `letters` are left out."""
        self.paragraphs = []
        for name in ("codified", "laws", "decisions", "titles"):
            with lzma.open(folder / f"{name}.txt.xz", "rt", encoding="utf-8") as file:
                for number, line in enumerate(file):
                    if (number % HELD_OUT_EVERY == 0) == held_out and set(line.strip()) <= letters:
                        self.paragraphs.append(line.strip())
        self.agencies = _column(folder / "agencies.tsv", "name")
        self.places = _column(folder / "places.tsv", "name")
        self.people = {part: _column(folder / "names.tsv", "name", part=part) for part in ("family", "middle", "given")}

    def sentence(self, rng: random.Random, *, most: int) -> str:
        """Some words of one paragraph, at most about `most` letters."""
        words = rng.choice(self.paragraphs).split()
        start = rng.randrange(max(1, len(words) - 8)) if rng.random() < 0.5 else 0
        taken: list[str] = []
        while start < len(words) and sum(map(len, taken)) + len(taken) < most:
            taken.append(words[start])
            start += 1
        return " ".join(taken)

    def person(self, rng: random.Random) -> str:
        """A full name."""
        middle = [rng.choice(self.people["middle"]) for _ in range(rng.choice((0, 1, 1, 1, 2)))]
        return " ".join([rng.choice(self.people["family"]), *middle, rng.choice(self.people["given"])])


def _column(path: Path, name: str, *, part: str | None = None) -> list[str]:
    head, *rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if line]
    column = head.index(name)
    found = [row[column] for row in rows if part is None or row[0].startswith(part)]
    if not found:
        raise ValueError(f"{path.name}: nothing for {part}")
    return found


def document(corpus: Corpus, rng: random.Random, *, font: str) -> DocumentSpec:
    """A page or two of print: corpus words in the layout of an administrative document."""
    spec = write_document(rng, paragraphs=rng.randint(3, 5))
    body = [_block(corpus, rng) for _ in range(rng.randint(5, 9))]
    if rng.random() < 0.6:
        body[rng.randrange(len(body)) : 0] = _table(corpus, rng)
    place = rng.choice(corpus.places)
    organ = rng.choice(corpus.agencies).upper() if rng.random() < 0.6 else f"ỦY BAN NHÂN DÂN\n{place.upper()}"
    signature = Signature(
        rng.choice((*_POSITIONS, spec.signatures[0].position)),
        corpus.person(rng),
        spec.signatures[0].authority,
        spec.signatures[0].seal,
    )
    return replace(
        spec,
        font=font,
        organ_name=_broken(organ),
        issued_place=place if len(place) < 24 else spec.issued_place,
        subject=f"{rng.choice(('Về việc', 'V/v', ''))} {_tidy(corpus.sentence(rng, most=rng.randint(40, 130)))}".strip(),
        body=tuple(body),
        signatures=(signature,),
        to_places=tuple(f"{rng.choice(corpus.agencies)}" for _ in range(rng.randint(1, 4))) + spec.to_places[-1:],
        priority=None,  # a stamp whose words no printed line tells
        addressees=(rng.choice(corpus.agencies),) if rng.random() < 0.4 else spec.addressees,
    )


_POSITIONS = (
    "CHỦ TỊCH",
    "PHÓ CHỦ TỊCH",
    "GIÁM ĐỐC",
    "PHÓ GIÁM ĐỐC",
    "CHÁNH VĂN PHÒNG",
    "BỘ TRƯỞNG",
    "THỨ TRƯỞNG",
    "TRƯỞNG PHÒNG",
    "HIỆU TRƯỞNG",
    "CỤC TRƯỞNG",
)


def _broken(name: str) -> str:
    """An agency's name in lines of at most about 30 letters."""
    lines = [""]
    for word in name.replace("\n", " \n ").split(" "):
        if word == "\n" or len(lines[-1]) + len(word) > 26:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word.strip()}".strip()
    return "\n".join(line for line in lines if line)


def _tidy(text: str) -> str:
    return text.replace("{", "(").replace("}", ")").replace("|", "/").strip(" #~>")


def _block(corpus: Corpus, rng: random.Random) -> str:
    text = _tidy(corpus.sentence(rng, most=rng.randint(60, 420))) or "Điều 1"
    kind = rng.random()
    if kind < 0.06:
        return f"# {text[:90].upper()}"
    if kind < 0.12:
        return f"## {text[:150]}"
    if kind < 0.27:
        return f"~ {text}"
    if kind < 0.37:
        return f"{rng.choice('-+•–')} {text}"
    if kind < 0.40:
        return f"{text[:45].strip()}{rng.choice((' -', '-', ' –', ' &', ' +', '…', './.', ' ./.'))}"
    if kind < 0.50:
        return _codes(corpus, rng)
    if kind < 0.53:
        return " ".join(corpus.person(rng) + rng.choice((",", ";", "")) for _ in range(rng.randint(3, 9)))
    if kind < 0.56:
        return "; ".join(rng.choice(corpus.places) for _ in range(rng.randint(3, 9)))
    return text


def _codes(corpus: Corpus, rng: random.Random) -> str:
    """Words among numbers, dates, symbols and identity numbers."""
    parts = []
    for _ in range(rng.randint(3, 8)):
        parts.append(_tidy(corpus.sentence(rng, most=rng.randint(8, 40))))
        parts.append(_code(rng))
    return " ".join(parts)


def _code(rng: random.Random) -> str:
    year, day, month = rng.randint(1954, 2026), rng.randint(1, 31), rng.randint(1, 12)
    number = rng.randint(1, 10 ** rng.randint(1, 4))
    digits = "".join(rng.choices(string.digits, k=rng.choice((3, 9, 10, 12))))
    grouped = f"{rng.randint(1, 10 ** rng.randint(3, 11)):,}"
    date = rng.choice((f"{day:02}/{month:02}/{year}", f"{day}/{month}/{year}", f"{day:02}-{month:02}-{year}"))
    spoken = rng.choice((f"ngày {day:02} tháng {month:02} năm {year}", f"ngày {day} tháng {month} năm {year}"))
    symbol = rng.choice((f"số {number}/{year}/{rng.choice(_CODES)}", f"{number:02}/{rng.choice(_CODES)}"))
    capitals, small = rng.choices(string.ascii_uppercase, k=rng.randint(2, 5)), rng.choices(string.ascii_lowercase, k=12)
    amount = rng.choice((f"{rng.randint(1, 99)},{number}%", f"{number},{day}m²", f"{day}°C", grouped.replace(",", "."), grouped))
    marked = rng.choice(
        (f"({day})", f"{small[0]})", f"“{number}”", f'"{digits}"', f"[{day}]", f"§{day}", f"{number} = {number}", f"{day}…")
    )
    years = rng.choice(
        (f"{year} - {year + 5}", f"{year}–{year + 1}", f"{year} – {year + 1}", f"{day % 12}h{month:02}", f"{year} -")
    )
    pair = rng.choice(("&", " & ", "&", "+", " + ", "@", " – ", " - ", "/", ": ", " ; ", "*")).join(
        "".join(rng.choices(string.ascii_uppercase + "Đ", k=rng.randint(1, 5))) for _ in range(2)
    )
    address = f"{''.join(small[:7])}@{''.join(small[7:])}.gov.vn"
    return rng.choice(
        (date, date, spoken, symbol, symbol, digits, amount, amount, marked, years, "".join(capitals), pair, pair, address)
    )


def _table(corpus: Corpus, rng: random.Random) -> Sequence[str]:
    columns = rng.randint(3, 6)
    words = [rng.random() < 0.35 for _ in range(columns)]
    head = [_tidy(corpus.sentence(rng, most=14)) or "Số" for _ in range(columns)]
    rows = ["| " + " | ".join(["STT", *head]) + " |"]
    for number in range(1, rng.randint(4, 10)):
        cells = [_tidy(corpus.sentence(rng, most=18)) if word else _number(rng) for word in words]
        rows.append("| " + " | ".join([str(number), *cells]) + " |")
    return rows


def _number(rng: random.Random) -> str:
    grouped = f"{rng.randint(1, 10 ** rng.randint(1, 9)):,}".replace(",", ".")
    return rng.choice(
        (
            grouped,
            grouped,
            str(rng.randint(0, 99)),
            f"{rng.randint(0, 99)},{rng.randint(0, 99):02}",
            f"{rng.randint(1, 28):02}/{rng.randint(1, 12):02}/{rng.randint(1990, 2026)}",
            "-",
            "x",
            "",
        )
    )
