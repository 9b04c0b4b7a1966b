"""Slots of forms with figures in them, as the reader of pen-written figures sees them: what it is trained on.

In: randomness and the fonts of the system. Out: windows of ink and the figures in them ("/" where a stroke follows the number).
Figures are strokes of `pen_strokes`, letters of fonts that imitate hands, or printed; print stands beside them, cut at random.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from dossier.model import Box
from ocr.engines.networks.pen_window import pen_window
from recogniser_training.letters import Pixels
from recogniser_training.pen_strokes import draw, some_hand, write
from sample_printer import wear
from sample_printer.fonts import FAMILIES, FONT_FOLDERS, font_path

HANDS = (
    *("BecauseWeLearn-Regular.otf", "BecauseWeOrganize-Regular.otf", "BecauseWeMentor-Regular.otf"),
    *("BecauseWeConnect-Regular.otf", "BecauseWeBuild-Regular.otf", "BecauseWeCreate-Regular.otf"),
    *("KleeOne-Regular.ttf", "Humor-Sans.ttf", "texgyrechorus-mediumitalic.otf", "Havana-Regular.otf", "KaushanScript-Regular.otf"),
    *("aoyagi-soseki.ttf", "kiloji.ttf", "kiloji_d.ttf", "Kristi.ttf", "Rufscript010.ttf", "setofont.ttf", "Delphine.ttf"),
    *("SteveHand.ttf", "Purisa.ttf", "Purisa-Oblique.ttf"),
)
HANDS_HELD_OUT = ("dkg.ttf", "dkgIt.ttf", "Breip.ttf", "femkeklaver.ttf", "DancingScript-Regular.otf")
"""Fonts that imitate hands: those trained on, and those that only judge."""
_PRINT = (*("tinos",) * 8, *("termes", "freeserif", "arimo") * 2, *(name for name in FAMILIES if name != "chorus"))
"""Times most often, every typeface of the printer now and then."""
_NOTATIONS = ("QĐ-UBND", "TB-STTTT", "SYT-NVY", "KH-SYT", "CT-UBND", "NQ-HĐND", "BC-STC", "CV-VP", "TTr-SNV", "HD-BTC", "GM-UBND")
_BESIDE = (
    "ỦY BAN NHÂN DÂN",
    "Căn cứ",
    "thành phố",
    "SỞ Y TẾ",
    "TƯ PHÁP",
    "Về việc",
    "kế hoạch",
    "(Kèm theo",
    "V/v báo cáo",
    "tỉnh",
)
_PER_EM = 0.68
"""Height of printed figures in the size of their font."""
_FINER = 3
"""Strokes are drawn so much larger and shrunk, for pens whose breadth is no whole number of pixels."""


@dataclass(frozen=True, slots=True)
class Slot:
    """What is printed left and right of figures, and the figures."""

    left: str
    figures: str
    right: str
    italic: bool


def some_slot(rng: random.Random) -> Slot:
    """A number line, a day, a month, or the date of a stamp."""
    kind = rng.random()
    empty = rng.random() < 0.04
    if kind < 0.5:
        figures = str(rng.randint(1, 10 ** rng.choice((1, 2, 2, 3, 3, 3, 4, 4, 5)) - 1))
        figures = figures.zfill(2) if rng.random() < 0.7 else figures
        joint = "-" if rng.random() < 0.06 else "/"
        return Slot(
            rng.choice(("Số:", "Số:", "Số :", "Số", "số:")), "" if empty else figures, joint + rng.choice(_NOTATIONS), False
        )
    if kind < 0.92:
        day = rng.random() < 0.7
        figures = str(rng.randint(1, 31 if day else 12))
        figures = figures.zfill(2) if rng.random() < 0.6 else figures
        left, right = ("ngày", "tháng") if day else ("tháng", "năm")
        return Slot(left, "" if empty else figures, right, rng.random() < 0.8)
    year = rng.randint(1990, 2026)
    figures = f"{rng.randint(1, 31)}/{rng.randint(1, 12)}/{year if rng.random() < 0.5 else year % 100:02}"
    return Slot("Ngày:", figures, "", False)


def sample(rng: random.Random, noise: np.random.Generator, *, by: str | None = None, held_out: bool = False) -> tuple[Pixels, str]:
    """A window and what it says; `by` ("pen", "hand", "print") is drawn by lot unless given."""
    slot = some_slot(rng)
    em = 13.5 * rng.choice((150, 150, 200, 200, 240, 300)) / 72 * rng.uniform(0.9, 1.1)
    by = by or rng.choices(("pen", "hand", "print"), (0.68, 0.1, 0.22))[0]
    figures, foot = _figures(slot.figures, by, em, rng, held_out=held_out)
    face = "italic" if slot.italic else "regular"
    family = rng.choice(_PRINT)
    left, right = (_printed(text, family, face, em) for text in (slot.left, slot.right))
    gaps = [
        em * (rng.uniform(0.2, 0.35) if by == "print" else rng.choice((rng.uniform(-0.12, 0.3), rng.uniform(0, 1.2)))) for _ in "12"
    ]
    if by == "print" and slot.right.startswith("/"):
        gaps[1] = 0.0
    x_figures = em + left.shape[1] + gaps[0]
    x_right = x_figures + figures.shape[1] + gaps[1] + (em * rng.uniform(0.5, 2.5) if not slot.figures else 0)
    page = np.full((round(4.4 * em), round(x_right + right.shape[1] + 2 * em)), 255, np.uint8)
    baseline = 2.4 * em
    for piece, x, y in ((left, em, baseline - em), (right, x_right, baseline - em)):
        _lay(page, piece, x, y)
    lifted = 0.0 if by == "print" else em * rng.gauss(-0.02, 0.1)
    _lay(page, figures, x_figures, baseline + lifted - foot)
    _rule(page, (x_figures - 0.2 * em, x_right), baseline, em, rng)
    if rng.random() < 0.2:  # lines above and below may reach into the window
        for away in (-1, 1):
            beside = _printed(" ".join(rng.choices(_BESIDE, k=6)), family, "regular", em)
            _lay(page, beside, em * rng.uniform(-4, 1), baseline - em + away * em * rng.uniform(1.15, 1.6))
    x0 = em + left.shape[1] - em * rng.uniform(0.15, 0.85)
    slash = slot.right.startswith("/")
    seen = rng.choice((rng.uniform(0.3, 1), rng.uniform(0.3, 5))) if slot.right[:1] in "/-" else rng.uniform(0.05, 0.8)
    x1 = min(x_right + em * seen, page.shape[1])
    above, below = em * (0.86 + rng.gauss(0, 0.1)), em * (0.22 + rng.gauss(0, 0.07))
    if rng.random() < 0.5 and slot.figures:
        above, below = max(above, foot - lifted), max(below, figures.shape[0] - foot + lifted)
    first, top = max(0, round(x0 - em / 2)), max(0, round(baseline - 2 * above))
    page = worn(page[top : round(baseline + above + below), first : round(x1 + em / 2)], rng, noise, dpi=em * 72 / 13.5)
    box = Box(round(x0) - first, round(baseline - above) - top, round(x1) - first, round(baseline + below) - top)
    later = "/" in slot.right[1:] and x1 > x_right + right.shape[1] * 0.8
    return pen_window(page, box), slot.figures + ("/" if slash or later else "")


def _figures(text: str, by: str, em: float, rng: random.Random, *, held_out: bool) -> tuple[Pixels, float]:
    """Dark figures on white, and the row of their foot."""
    if not text:
        return np.full((1, 1), 255, np.uint8), 0.0
    if by == "print":
        printed = _printed(text, rng.choice(_PRINT), rng.choice(("regular", "italic")), em * rng.uniform(0.95, 1.1))
        return printed, em
    height = em * _PER_EM * rng.uniform(0.85, 1.75)
    if by == "hand":
        return _in_font(text, rng.choice(HANDS_HELD_OUT if held_out else HANDS), height, rng)
    strokes = write(text, some_hand(rng), rng)
    breadth = max(0.9, height * rng.choice((rng.uniform(0.04, 0.09), rng.uniform(0.06, 0.13), rng.uniform(0.1, 0.19)))) * _FINER
    low, high = (
        edge(float(edge_of[:, 1].max() if edge is max else edge_of[:, 1].min()) for edge_of in strokes) for edge in (max, min)
    )
    wide = max(float(stroke[:, 0].max()) for stroke in strokes)
    room, height = round(breadth) + 2, height * _FINER
    canvas = np.full((round((max(low, 1) - min(high, 0)) * height) + 2 * room, round(wide * height) + 2 * room), 255, np.uint8)
    foot = room + (1 - min(high, 0)) * height
    draw(canvas, strokes, at=(room, foot), height=height, breadth=breadth, rng=rng)
    small = (-(-canvas.shape[1] // _FINER), -(-canvas.shape[0] // _FINER))
    return _paler(np.asarray(cv2.resize(canvas, small, interpolation=cv2.INTER_AREA), dtype=np.uint8), rng), foot / _FINER


def _in_font(text: str, file: str, height: float, rng: random.Random) -> tuple[Pixels, float]:
    face = ImageFont.truetype(str(_files()[file]), round(height * 1.5), layout_engine=ImageFont.Layout.BASIC)
    box = face.getbbox("0", anchor="ls")
    face = ImageFont.truetype(
        str(_files()[file]), round(height * 1.5 * height / max(1, -box[1])), layout_engine=ImageFont.Layout.BASIC
    )
    left, top, right, bottom = (round(edge) for edge in face.getbbox(text, anchor="ls"))
    image = Image.new("L", (right - left + 2, bottom - top + 2), 255)
    ImageDraw.Draw(image).text((1 - left, 1 - top), text, font=face, fill=0, anchor="ls")
    return _paler(_bent(np.asarray(image), rng), rng), 1.0 - top


def _bent(ink: Pixels, rng: random.Random) -> Pixels:
    """The same figures leaning otherwise, narrower or wider, and in waves: no two papers of a hand are alike."""
    rows, columns = ink.shape
    lean, across = rng.gauss(0, 0.12), rng.uniform(0.8, 1.2)
    shift = abs(lean) * rows
    x, y = np.meshgrid(np.arange(round(columns * across + shift)), np.arange(rows))
    phases = [rng.uniform(0, 6.3) for _ in "xy"]
    wave = rows * rng.uniform(0, 0.05)
    source_x = (x + lean * y - max(lean, 0) * rows) / across + wave * np.sin(4 * y / rows + phases[0])
    source_y = y + wave * np.sin(3 * x / rows + phases[1])
    maps = (source_x.astype(np.float32), source_y.astype(np.float32))
    return np.asarray(cv2.remap(ink, *maps, cv2.INTER_LINEAR, borderValue=255), dtype=np.uint8)


def _paler(ink: Pixels, rng: random.Random) -> Pixels:
    shade = rng.choice((0, rng.randint(0, 60), rng.randint(40, 130)))
    return np.asarray(shade + ink.astype(np.float32) * ((255 - shade) / 255), dtype=np.uint8)


def _printed(text: str, family: str, face: str, em: float) -> Pixels:
    """Print whose baseline is `em` below the top."""
    if not text:
        return np.full((1, 1), 255, np.uint8)
    opened = _opened(family, face, round(em))
    image = Image.new("L", (max(1, round(opened.getlength(text))), round(1.45 * em)), 255)
    ImageDraw.Draw(image).text((0, em), text, font=opened, fill=0, anchor="ls")
    return np.asarray(image)


@cache
def _opened(family: str, face: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(font_path(family, face)), size, layout_engine=ImageFont.Layout.BASIC)


@cache
def _files() -> dict[str, Path]:
    return {path.name: path for folder in FONT_FOLDERS for path in folder.rglob("*.[ot]tf")}


def _lay(page: Pixels, piece: Pixels, x: float, y: float) -> None:
    """Lay dark on dark."""
    left, top = max(0, round(x)), max(0, round(y))
    room = page[top : top + piece.shape[0], left : left + piece.shape[1]]
    np.minimum(room, piece[: room.shape[0], : room.shape[1]], out=room)


def _rule(page: Pixels, across: tuple[float, float], baseline: float, em: float, rng: random.Random) -> None:
    """Dots or a line to write on, or the arc of a seal over it."""
    kind = rng.random()
    y = round(baseline + em * rng.uniform(-0.02, 0.15))
    if kind < 0.16:
        for x in np.arange(across[0], across[1], em * rng.uniform(0.18, 0.3)):
            cv2.circle(page, (round(x), y), max(1, round(em * 0.04)), rng.randint(0, 90), -1, cv2.LINE_AA)
    elif kind < 0.21:
        cv2.line(page, (round(across[0]), y), (round(across[1]), y), rng.randint(0, 120), max(1, round(em * 0.04)))
    elif kind < 0.27:
        centre = (round(rng.uniform(*across)), round(baseline + em * rng.choice((-6, 6)) * rng.random()))
        cv2.circle(page, centre, round(em * rng.uniform(3, 8)), rng.randint(90, 190), max(1, round(em * 0.06)), cv2.LINE_AA)


def worn(page: Pixels, rng: random.Random, noise: np.random.Generator, *, dpi: float) -> Pixels:
    """The effects of the printer's damage, each now and then, and the scanner's way of keeping the page."""
    bilevel = rng.random() < 0.25
    image: wear.Image = np.repeat(page[..., None], 3, axis=2).astype(np.float32)
    if rng.random() < 0.25:
        image = wear.break_strokes(image, rng.uniform(0.1, 0.6), noise=noise)
    if not bilevel and rng.random() < 0.4:
        image = wear.fade(image, rng.uniform(0.1, 0.6), noise=noise)
    if rng.random() < 0.5:
        image = wear.skew(image, rng.gauss(0, 0.5), border=(255, 255, 255))
    if rng.random() < 0.6:
        image = wear.blur(image, rng.uniform(0.03, 0.12), dpi=round(dpi))
    if rng.random() < 0.5:
        image = wear.grain(image, rng.uniform(1, 14), noise=noise)
    if rng.random() < 0.2:
        image = wear.specks(image, rng.randint(1, 12), dpi=round(dpi), noise=noise)
    grey = np.clip(image[..., 0], 0, 255).astype(np.uint8)
    if bilevel:
        return np.asarray((grey > rng.randint(150, 225)) * 255, dtype=np.uint8)
    if rng.random() < 0.6:
        _, data = cv2.imencode(".jpg", grey, [cv2.IMWRITE_JPEG_QUALITY, rng.randint(22, 85)])
        return np.asarray(cv2.imdecode(data, cv2.IMREAD_GRAYSCALE), dtype=np.uint8)
    return grey
