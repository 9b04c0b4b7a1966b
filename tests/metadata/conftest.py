"""Pages set by hand, as an engine would have read them."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from dossier.model import Box, Document, Ink, Line, Page, Provenance, Word, enclosing, page_id, single_fields
from sample_printer import DocumentSpec, document_truth, further_truth

WIDTH, HEIGHT, DPI = 1654, 2339, 200
LETTER, TALL = 15, 26
SHA = "5e" * 32
SAMPLES = Path(__file__).parents[2] / "sample_scans"

Print = tuple[float, float, str] | tuple[float, float, str, Ink]


def words_at(left: float, top: float, text: str, *, confidence: float = 0.95) -> tuple[Word, ...]:
    """Words of `text` from a place given as shares of the page, letters of one width."""
    words, position, y = [], 0, round(top * HEIGHT)
    for word in text.split(" "):
        x = round(left * WIDTH) + position * LETTER
        if word:
            words.append(Word(word, Box(x, y, x + len(word) * LETTER, y + TALL), confidence))
        position += len(word) + 1
    return tuple(words)


def line_of(words: Sequence[Word], ink: Ink = Ink.BLACK) -> Line:
    return Line(enclosing(word.box for word in words), tuple(words), ink)


def page_of(lines: Sequence[Line], *, number: int = 1, size: tuple[int, int] = (WIDTH, HEIGHT), dpi: int = DPI) -> Page:
    made_by = Provenance("hand", "1", "none", "", "0", ())
    return Page(page_id(SHA, number), number, *size, dpi, 0, 0.0, tuple(lines), not lines, (), made_by)


@pytest.fixture
def paper() -> Callable[..., Page]:
    """Set prints (left, top, text[, ink]) on a page; with `merged`, prints of one height are one line, as engines read columns."""

    def build(*prints: Print, number: int = 1, merged: bool = False) -> Page:
        lines: list[Line] = []
        for left, top, text, *ink in prints:
            words = words_at(left, top, text)
            if merged and not ink and lines and lines[-1].box.y0 == words[0].box.y0:
                lines[-1] = line_of([*lines[-1].words, *words])
            else:
                lines.append(line_of(words, ink[0] if ink else Ink.BLACK))
        return page_of(lines, number=number)

    return build


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Give a test that asks for `sample` the truth of every committed sample scan that can be read at all."""
    if "sample" in metafunc.fixturenames:
        paths = sorted(SAMPLES.glob("*/*.truth.json"))
        truths = {f"{path.parent.name[:2]}/{path.name}": json.loads(path.read_text(encoding="utf-8")) for path in paths}
        whole = {name: truth for name, truth in truths.items() if not truth.get("broken")}
        metafunc.parametrize("sample", whole.values(), ids=whole.keys())


@pytest.fixture
def printed() -> Callable[[dict], list[Page]]:
    """The pages of a sample as a perfect engine would read them."""
    return printed_pages


def printed_pages(truth: dict) -> list[Page]:
    """The printed lines of a truth at their places."""
    pages = []
    for page in truth["pages"]:
        lines = []
        for text, (x0, y0, x1, y1) in zip(page["lines"], page["boxes"], strict=True):
            unit, position, words = (x1 - x0) / len(text), 0, []
            for word in text.split():
                start = text.index(word, position)
                position = start + len(word)
                words.append(Word(word, Box(int(x0 + start * unit), y0, int(x0 + position * unit), y1), 0.95))
            lines.append(line_of(words))
        pages.append(page_of(lines, number=page["number"], size=(page["width"], page["height"]), dpi=page["dpi"]))
    return pages


@pytest.fixture(name="page_of")
def page_maker() -> Callable[..., Page]:
    return page_of


@pytest.fixture(name="line_of")
def line_maker() -> Callable[..., Line]:
    return line_of


@pytest.fixture(name="words_at")
def words_maker() -> Callable[..., tuple[Word, ...]]:
    return words_at


@pytest.fixture
def words_in() -> Callable[..., tuple[Word, ...]]:
    """Words of a line whose box is known, letters of one width."""

    def split(text: str, box: tuple[int, int, int, int], confidence: float = 0.95) -> tuple[Word, ...]:
        x0, y0, x1, y1 = box
        unit, position, words = (x1 - x0) / max(1, len(text)), 0, []
        for word in text.split():
            start = text.index(word, position)
            position = start + len(word)
            words.append(Word(word, Box(int(x0 + start * unit), y0, int(x0 + position * unit), y1), confidence))
        return tuple(words)

    return split


@pytest.fixture
def said() -> Callable[[Document], dict[str, object]]:
    """What a document says, under the names of the generator's truth."""
    return further_values


def further_values(document: Document) -> dict[str, object]:
    fields: dict[str, object] = {name: found and found.value for name, found in single_fields(document)}
    arrival = document.arrival
    return {
        **fields,
        "toPlaces": [place.value for place in document.to_places],
        "number": document.number,
        "arrival": None
        if arrival is None
        else {
            "organName": arrival.organ_name and arrival.organ_name.value,
            "number": arrival.number and arrival.number.value,
            "date": arrival.date and arrival.date.value,
        },
        "digitalSignatures": [
            {"signer": each.signer and each.signer.value, "signedAt": each.signed_at and each.signed_at.value}
            for each in document.digital_signatures
        ],
        "coIssuers": [issuer.organ_name.value for issuer in document.co_issuers if issuer.organ_name],
        "annexes": len(document.annexes),
        "autograph": document.autograph is not None,
    }


@pytest.fixture
def true_fields() -> Callable[[DocumentSpec], dict[str, object]]:
    """What a printed document really says; what it does not say is None or empty."""

    def truth(spec: DocumentSpec) -> dict[str, object]:
        fields = {**document_truth(spec, [1]), **further_truth(spec), "language": "Việt"}
        fields.pop("pages")
        return {name: value if value != "" else None for name, value in fields.items()}

    return truth
