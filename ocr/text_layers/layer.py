"""A page's text layer from the file to the verdict on it.

In: a page of a PDF file and its size in pixels; later its upright image. Out: the lines to keep, or why the image has to be read.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path

from dossier.model import Box, Line, PageScan, ScanFormat
from dossier.text import fold
from ocr.engines import Engine
from ocr.intake.rendering import PageImage, Pixels
from ocr.text_layers.glyphs import read_glyphs
from ocr.text_layers.placing import Uprighting
from ocr.text_layers.proving import Proof, prove
from ocr.text_layers.words import LayerText, lines_of

ENGINE = "text-layer"
"""Name of this way of reading in a page's provenance."""
_MARKS = frozenset({"mat", "toi mat", "tuyet mat"})
"""Marks of secrecy (dấu chỉ độ mật), without accents."""


@dataclass(frozen=True, slots=True)
class PageLayer:
    """What a PDF page holds as text, boxes in pixels of the page as it was rendered.

    Attributes:
        text: the page's own text.
        overlay: what annotations draw over it.
        signatures: where signature fields stand.
    """

    text: LayerText
    overlay: tuple[Line, ...]
    signatures: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class KeptLayer:
    """The verdict: `lines` of the upright page when the layer is kept, None when the image has to be read.

    `overlay` is what lies over the page, and of a refused layer the marks of secrecy that it holds: for those a witness is enough.
    `steps` says for the page's provenance what was converted or why the layer was refused.
    """

    lines: tuple[Line, ...] | None
    overlay: tuple[Line, ...]
    steps: tuple[str, ...]
    proof: Proof


def layer_version() -> str:
    """Version of the library that reads text layers."""
    return f"pypdfium2 {version('pypdfium2')}"


def open_layer(scan: PageScan, image: PageImage) -> PageLayer | None:
    """Read the text layer of a page, None for files without one."""
    if scan.format is not ScanFormat.PDF:
        return None
    height, width = image.pixels.shape[:2]
    glyphs = read_glyphs(Path(scan.path), scan.number, width=width, height=height)
    if glyphs is None:
        return None
    if glyphs.turned_deg % 180:
        height, width = width, height
    back = Uprighting(width, height, -glyphs.turned_deg % 360, 0.0)
    text = lines_of(glyphs.body)
    return PageLayer(
        text=replace(text, lines=back.lines(text.lines)),
        overlay=back.lines(lines_of(glyphs.overlay).lines),
        signatures=tuple(map(back.box, glyphs.signatures)),
    )


def judge_layer(layer: PageLayer, grey: Pixels, engine: Engine, *, dpi: int, placed: Uprighting) -> KeptLayer:
    """Put a layer onto the upright page and decide whether it may stand for it.

    Args:
        layer: of the page as it was rendered.
        grey: the upright page, flat and clean.
        engine: reads a few lines for comparison.
        dpi: resolution of `grey`.
        placed: how the page was put upright.
    """
    text, overlay = layer.text, placed.lines(layer.overlay)
    moved = replace(text, lines=placed.lines(text.lines))
    exempt = [placed.box(box) for box in layer.signatures] + [line.box for line in overlay]
    proof = prove(moved, grey, engine, dpi=dpi, exempt=exempt)
    if proof.refusal is not None:
        marks = tuple(line for line in moved.lines if line.text.isupper() and fold(line.text) in _MARKS)
        return KeptLayer(None, (*overlay, *marks), (f"{ENGINE} refused: {proof.refusal.value}",) if text.lines else (), proof)
    kind = "hidden" if text.hidden_share > 0.5 else "written"
    steps = (f"{ENGINE} {kind}", *(f"converted from {encoding.value}" for encoding in text.encodings))
    return KeptLayer(moved.lines, overlay, steps, proof)
