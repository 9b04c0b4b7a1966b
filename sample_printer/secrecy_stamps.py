"""Pages with a mark of secrecy (dấu chỉ độ mật, NĐ 30/2020 PL I, ô 10a) pressed on in every place and manner.

In: randomness, a resolution. Out: clean `PrintedPage`s with the stamp on them, and what was pressed where; `sample_printer.damage`
makes scans of them.
"""

import random
from dataclasses import dataclass, replace

import cv2
import numpy as np
from PIL import Image, ImageDraw

from sample_printer.fonts import font
from sample_printer.layout import blank_page, print_document
from sample_printer.sheet import BLACK, RED_INK, Ink
from sample_printer.truth import Pixels, PrintedPage
from sample_printer.writing import write_document

MARKS = ("MẬT", "TỐI MẬT", "TUYỆT MẬT")
PLACES = {
    "number": (0.2, 0.165),
    "head": (0.5, 0.022),
    "corner": (0.82, 0.022),
    "right": (0.72, 0.17),
    "text": (0.5, 0.5),
    "over print": (0.45, 0.5),
    "left margin": (0.08, 0.42),
    "right margin": (0.95, 0.6),
    "foot": (0.5, 0.955),
    "back": (0.5, 0.4),
}
"""Middle of a stamp as shares of the page's width and height; "over print" is pressed on lines of text, "back" on an empty side."""
VIOLET_INK: Ink = (96, 44, 128)
INKS = {"red": RED_INK, "violet": VIOLET_INK, "black": BLACK}
FRAMES = {"none": (), "single": ((0.3, 0.5),), "double": ((0.3, 0.5), (1.1, 0.25))}
"""Lines around the word: how far from the edge, how wide (mm)."""

_SCALE = 3
_USUAL_PLACES = (*["number"] * 4, *PLACES)
_USUAL_INKS = (*["red"] * 6, "violet", "black")
_USUAL_FRAMES = ("single", "double", "double", "none")


@dataclass(frozen=True, slots=True)
class SecrecyStamp:
    """A stamp and how it was pressed.

    Attributes:
        place: a key of `PLACES`.
        ink, frame: keys of `INKS` and `FRAMES`.
        thin: how much of the ink is missing where it is thinnest, 0 to 1.
    """

    words: str
    place: str = "number"
    ink: str = "red"
    frame: str = "double"
    typeface: str = "tinos"
    points: int = 14
    tilt_deg: float = 0.0
    thin: float = 0.3

    def __str__(self) -> str:
        """As a person would tell it."""
        return f"{self.words}, {self.place}, {self.ink}, frame {self.frame}, {self.tilt_deg:+.0f}°, thin {self.thin:.2f}"


def any_secrecy_stamp(rng: random.Random, *, place: str | None = None) -> SecrecyStamp:
    """A stamp by chance: most stand under the number, in red, with a frame; one in eight is faint."""
    return SecrecyStamp(
        words=rng.choice(MARKS),
        place=place or rng.choice(_USUAL_PLACES),
        ink=rng.choice(_USUAL_INKS),
        frame=rng.choice(_USUAL_FRAMES),
        typeface=rng.choice(("tinos", "termes", "arimo")),
        points=rng.choice((13, 14, 15, 18)),
        tilt_deg=rng.uniform(-6, 6),
        thin=rng.uniform(0.45, 0.6) if rng.random() < 0.12 else rng.uniform(0.15, 0.4),
    )


def draw_stamp(stamp: SecrecyStamp, *, dpi: int, rng: random.Random) -> Image.Image:
    """The stamp as ink on nothing (RGBA), drawn large and made small, thin in patches."""
    unit = dpi * _SCALE / 25.4
    face = font(stamp.typeface, "bold", points=stamp.points, dpi=dpi * _SCALE)
    wide, high = face.getlength(stamp.words) / unit + (8 if stamp.frame != "none" else 3), stamp.points * 0.3528 + 5
    mask = Image.new("L", (round(wide * unit), round(high * unit)), 0)
    draw = ImageDraw.Draw(mask)
    for inset, line in FRAMES[stamp.frame]:
        corners = [inset * unit, inset * unit, (wide - inset) * unit, (high - inset) * unit]
        draw.rectangle(corners, outline=255, width=round(line * unit))
    middle = (mask.width / 2, (high / 2 + stamp.points * 0.116) * unit)
    draw.text(middle, stamp.words, font=face, fill=255, anchor="ms")
    tilted = mask.rotate(stamp.tilt_deg, resample=Image.Resampling.BICUBIC, expand=True)
    small = tilted.resize((tilted.width // _SCALE, tilted.height // _SCALE), Image.Resampling.LANCZOS)
    patches = np.random.default_rng(rng.getrandbits(64)).random((7, 7), dtype=np.float32)
    cover = 1 - stamp.thin * cv2.resize(patches, small.size, interpolation=cv2.INTER_CUBIC)
    image = Image.new("RGBA", small.size, (*INKS[stamp.ink], 0))
    image.putalpha(Image.fromarray((np.asarray(small, dtype=np.float32) * cover).clip(0, 255).astype(np.uint8)))
    return image


def press_stamp(page: PrintedPage, stamp: SecrecyStamp, *, rng: random.Random) -> PrintedPage:
    """The page with a stamp on it; inks multiply. Clerks do not stamp over text when there is room beside it."""
    image, mark = page.image.copy(), draw_stamp(stamp, dpi=page.truth.dpi, rng=rng)
    reach = 0.0 if stamp.place == "over print" else 1.0
    x, y = _free_place(image, mark.size, PLACES[stamp.place], reach=reach)
    layer = np.asarray(mark, dtype=np.float32) / 255
    cover = layer[..., 3:4]
    part = image[y : y + mark.height, x : x + mark.width]
    part[:] = (part * (1 - cover + cover * layer[..., :3])).round().astype(np.uint8)
    return PrintedPage(image, replace(page.truth, state="secret"))


def secret_page(rng: random.Random, *, dpi: int) -> tuple[PrintedPage, SecrecyStamp]:
    """The first page of a document, or an empty back, with a stamp on it."""
    stamp = any_secrecy_stamp(rng)
    if stamp.place == "back":
        page = blank_page(dpi=dpi)
    else:
        spec = write_document(rng, paragraphs=rng.randint(1, 4) if stamp.place != "over print" else 5)
        page = print_document(replace(spec, secrecy=None), rng=rng, dpi=dpi)[0]
    return press_stamp(page, stamp, rng=rng), stamp


def _free_place(page: Pixels, size: tuple[int, int], wish: tuple[float, float], *, reach: float) -> tuple[int, int]:
    """Left and top near the wish where little is printed; with a reach of 0 just there."""
    height, width = page.shape[:2]
    places = []
    for down in np.arange(-0.06, 0.061, 0.01) * reach:
        for across in np.arange(-0.12, 0.121, 0.02) * reach:
            x = int(np.clip((wish[0] + across) * width - size[0] / 2, 8, width - size[0] - 8))
            y = int(np.clip((wish[1] + down) * height - size[1] / 2, 8, height - size[1] - 8))
            inked = int((page[y : y + size[1], x : x + size[0], 1] < 128).sum()) // 30
            places.append((inked, abs(across) + 2 * abs(down), x, y))
    return min(places)[2:]
