"""Lines of Unicode words out of the glyphs of a PDF page, whatever encoding its fonts are of.

In: glyphs in the order of the file. Out: lines of words with boxes, and the encodings that were converted.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from dossier.model import Box, Line, Word, enclosing
from dossier.text.legacy_encodings import Encoding, detect, draws_capitals, encoding_of_font, to_unicode
from dossier.text.letters import repair
from ocr.text_layers.glyphs import Glyph

_COLUMN_GAP = 3.0
"""A gap of so many letter heights parts two columns (the two halves of a letterhead)."""
_CONFIDENCE = {"shown": 0.99, "converted": 0.98, "hidden": 0.95}
"""Of text that was written, of text that went through a table, of what an earlier OCR laid under the scan: at most this."""


@dataclass(frozen=True, slots=True)
class LayerText:
    """The text of a layer.

    Attributes:
        encodings: those that were converted.
        hidden_share: share of the letters that do not show, 0-1: 1 for the layer that an earlier OCR laid under a scan.
        misdrawn_share: share of converted letters whose font is not in the file, 0-1: the image shows them in another font, as
            letters that they do not mean.
    """

    lines: tuple[Line, ...]
    encodings: tuple[Encoding, ...]
    hidden_share: float
    misdrawn_share: float

    @property
    def text(self) -> str:
        """One line of print a line."""
        return "\n".join(line.text for line in self.lines)


def lines_of(glyphs: Sequence[Glyph]) -> LayerText:
    """Convert, split into words and lines; the order is that of the file."""
    encodings = _encodings(glyphs)
    lines = [
        Line(box=enclosing(word.box for word in words), words=words)
        for run in _runs(glyphs)
        if (words := tuple(word for part in _parts(run, encodings) if (word := _word(part, encodings)) is not None))
    ]
    letters = [glyph for glyph in glyphs if glyph.box is not None]
    converted = [glyph for glyph in letters if encodings[glyph.font] is not Encoding.UNICODE]
    return LayerText(
        lines=tuple(lines),
        encodings=tuple(sorted({encodings[glyph.font] for glyph in converted})),
        hidden_share=sum(glyph.hidden for glyph in letters) / max(1, len(letters)),
        misdrawn_share=sum(not glyph.embedded for glyph in converted) / max(1, len(letters)),
    )


def _encodings(glyphs: Sequence[Glyph]) -> dict[str, Encoding]:
    """Encoding of each font: fonts of one kind of name are judged together, for one alone may hold two words."""
    texts: dict[Encoding | None, list[str]] = defaultdict(list)
    families: dict[Encoding | None, dict[str, None]] = defaultdict(dict)
    telling = {name: encoding_of_font(name) for name in {glyph.font for glyph in glyphs if glyph.box is not None}}
    for glyph in glyphs:
        if glyph.box is None:
            for parts in texts.values():
                parts.append(" ")
        else:
            texts[telling[glyph.font]].append(glyph.character)
            families[telling[glyph.font]][glyph.font] = None
    found: dict[str, Encoding] = {}
    for family, fonts in families.items():
        encoding = detect("".join(texts[family]), font=next(iter(fonts)) if family else "")
        found.update(dict.fromkeys(fonts, encoding))
    return found


def _runs(glyphs: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    """Stretches of glyphs on one line and in one column."""
    run: list[Glyph] = []
    before: Box | None = None
    for glyph in glyphs:
        if glyph.character == "\n" and glyph.box is None:
            if run:
                yield run
            run, before = [], None
            continue
        if glyph.box is not None:
            if before is not None and _is_apart(before, glyph.box):
                yield run
                run = []
            before = glyph.box
        run.append(glyph)
    if run:
        yield run


def _is_apart(before: Box, after: Box) -> bool:
    height = max(before.height, after.height, 1)
    if after.x0 - before.x1 > _COLUMN_GAP * height:
        return True
    return after.x0 < before.x0 and (after.y0 >= before.y1 or after.y1 <= before.y0)


def _parts(run: Sequence[Glyph], encodings: dict[str, Encoding]) -> Iterator[list[Glyph]]:
    """Glyphs between gaps."""

    def is_gap(glyph: Glyph) -> bool:
        return glyph.box is None or (glyph.character == "\xa0" and encodings[glyph.font] is not Encoding.VISCII)

    for gap, part in groupby(run, key=is_gap):
        if not gap:
            yield list(part)


def _word(glyphs: Sequence[Glyph], encodings: dict[str, Encoding]) -> Word | None:
    """One word; a base and its mark may stand in two fonts of one encoding (half a word in bold)."""
    parts = []
    for (encoding, capitals), group in groupby(
        glyphs, key=lambda glyph: (encodings[glyph.font], _shows_capitals(glyph, encodings))
    ):
        text = to_unicode("".join(glyph.character for glyph in group), encoding)
        parts.append(text.upper() if capitals else text)
    text = "".join(letter for letter in repair("".join(parts)) if letter.isprintable() and not _is_private(letter))
    boxes = [glyph.box for glyph in glyphs if glyph.box is not None]
    if not text or not boxes:
        return None
    hidden = any(glyph.hidden for glyph in glyphs)
    converted = any(encodings[glyph.font] is not Encoding.UNICODE for glyph in glyphs)
    return Word(text, enclosing(boxes), _CONFIDENCE["hidden" if hidden else "converted" if converted else "shown"])


def _shows_capitals(glyph: Glyph, encodings: dict[str, Encoding]) -> bool:
    return encodings[glyph.font] is Encoding.TCVN3 and draws_capitals(glyph.font)


def _is_private(letter: str) -> bool:
    """Bullets of symbol fonts: no letter that anybody could search for."""
    return unicodedata.category(letter) == "Co"
