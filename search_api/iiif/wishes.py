"""What a caller of the IIIF Image API wants of a picture: the four parts of the path, understood and checked.

In: region, size, rotation, quality and format as text, the size of the picture. Out: a `Wish` with everything in pixels, and its
canonical form (Image API 3.0, 4). No pixels are touched here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import floor, sqrt

from dossier.errors import BadAddress

MOST_WIDTH = MOST_HEIGHT = 8_000
MOST_AREA = 16_000_000
"""Bounds of a picture that is sent: what an A3 page at 300 dpi has; memory and time of one answer stay small."""

QUALITIES = ("default", "color", "gray", "bitonal")
FORMATS = ("jpg", "png")

_WHOLE = r"\d{1,9}"
_DECIMAL = r"\d{1,9}(?:\.\d{1,9})?"
_PIXELS = re.compile(rf"({_WHOLE}),({_WHOLE}),({_WHOLE}),({_WHOLE})", re.ASCII)
_PERCENT = re.compile(rf"pct:({_DECIMAL}),({_DECIMAL}),({_DECIMAL}),({_DECIMAL})", re.ASCII)
_SIZE = re.compile(rf"(?P<up>\^?)(?:(?P<max>max)|pct:(?P<pct>{_DECIMAL})|(?P<fit>!)?(?P<w>{_WHOLE})?,(?P<h>{_WHOLE})?)", re.ASCII)
_ROTATION = re.compile(rf"(!?)({_DECIMAL})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Size:
    """Width and height in pixels."""

    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Region:
    """A part of a picture: left, top, width, height in its pixels."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Wish:
    """A picture that can be made.

    Attributes:
        whole: the size of the picture it is made of.
        region: what to cut out. size: what to scale that to. upscaled: the caller allowed to enlarge, and it is enlarged.
        mirrored: left and right change places before turning. turn: clockwise degrees, a multiple of 90.
    """

    whole: Size
    region: Region
    size: Size
    upscaled: bool
    mirrored: bool
    turn: int
    quality: str
    format: str

    @property
    def canonical(self) -> str:
        """The one way to write this wish: `{region}/{size}/{rotation}/{quality}.{format}` (4.7)."""
        area = self.region
        full = (area.x, area.y, area.width, area.height) == (0, 0, self.whole.width, self.whole.height)
        region = "full" if full else f"{area.x},{area.y},{area.width},{area.height}"
        up = "^" if self.upscaled else ""
        largest = bounded(area.width, area.height, upscale=self.upscaled)
        size = f"{up}max" if self.size == largest else f"{up}{self.size.width},{self.size.height}"
        return f"{region}/{size}/{'!' if self.mirrored else ''}{self.turn}/{self.quality}.{self.format}"


def wish_of(whole: Size, region: str, size: str, rotation: str, quality: str, format_: str) -> Wish:
    """The wish behind the parts of a path.

    Raises:
        BadAddress: naming the part that is not of the specification, reaches outside of the picture or is not offered.
    """
    area = _region(whole, region)
    wanted, upscaled = _size(area, size)
    mirrored, turn = _rotation(rotation)
    if quality not in QUALITIES:
        raise BadAddress(position=0, problem="iiif.bad_quality", parameter="quality", known=", ".join(QUALITIES))
    if format_ not in FORMATS:
        raise BadAddress(position=0, problem="iiif.bad_format", parameter="format", known=", ".join(FORMATS))
    return Wish(whole, area, wanted, upscaled, mirrored, turn, quality, format_)


def bounded(width: float, height: float, *, upscale: bool = False) -> Size:
    """The largest picture of these proportions that is sent: not over the bounds, and not over the region without `upscale`."""
    scale = min(MOST_WIDTH / width, MOST_HEIGHT / height, sqrt(MOST_AREA / (width * height)))
    if not upscale:
        scale = min(scale, 1.0)
    return Size(max(1, floor(width * scale + 1e-9)), max(1, floor(height * scale + 1e-9)))


def _region(whole: Size, text: str) -> Region:
    if text == "full":
        return Region(0, 0, whole.width, whole.height)
    if text == "square":
        side = min(whole.width, whole.height)
        return Region((whole.width - side) // 2, (whole.height - side) // 2, side, side)
    if match := _PIXELS.fullmatch(text):
        x, y, width, height = map(int, match.groups())
    elif match := _PERCENT.fullmatch(text):
        left, top, across, down = map(float, match.groups())
        x, y = _rounded(whole.width * left / 100), _rounded(whole.height * top / 100)
        width, height = _rounded(whole.width * across / 100), _rounded(whole.height * down / 100)
    else:
        raise BadAddress(position=0, problem="iiif.bad_region", parameter="region")
    width, height = min(width, whole.width - x), min(height, whole.height - y)
    if width < 1 or height < 1:
        raise BadAddress(position=0, problem="iiif.region_outside", parameter="region", width=whole.width, height=whole.height)
    return Region(x, y, width, height)


def _size(area: Region, text: str) -> tuple[Size, bool]:
    """The size asked for and whether it enlarges the region."""
    match = _SIZE.fullmatch(text)
    if match is None or (match["max"] is None and match["pct"] is None and match["w"] is None and match["h"] is None):
        raise BadAddress(position=0, problem="iiif.bad_size", parameter="size")
    up = bool(match["up"])
    if match["max"]:
        wanted = bounded(area.width, area.height, upscale=up)
    elif match["fit"]:
        if match["w"] is None or match["h"] is None:
            raise BadAddress(position=0, problem="iiif.bad_size", parameter="size")
        wanted = _fitting(area, int(match["w"]), int(match["h"]), up)
    else:
        wanted = _exactly(area, match)
        if wanted.width > MOST_WIDTH or wanted.height > MOST_HEIGHT or wanted.width * wanted.height > MOST_AREA:
            bounds = {"width": MOST_WIDTH, "height": MOST_HEIGHT, "area": MOST_AREA}
            raise BadAddress(position=0, problem="iiif.too_large", parameter="size", **bounds)
    if wanted.width < 1 or wanted.height < 1:
        raise BadAddress(position=0, problem="iiif.bad_size", parameter="size")
    enlarged = wanted.width > area.width or wanted.height > area.height
    if enlarged and not up:
        raise BadAddress(position=0, problem="iiif.needs_caret", parameter="size", width=area.width, height=area.height)
    return wanted, enlarged


def _exactly(area: Region, match: re.Match[str]) -> Size:
    """`pct:n`, `w,`, `,h` or `w,h`."""
    if match["pct"] is not None:
        share = float(match["pct"]) / 100
        return Size(_rounded(area.width * share), _rounded(area.height * share))
    if match["h"] is None:
        width = int(match["w"])
        return Size(width, max(1, _rounded(area.height * width / area.width)) if width else 0)
    if match["w"] is None:
        height = int(match["h"])
        return Size(max(1, _rounded(area.width * height / area.height)) if height else 0, height)
    return Size(int(match["w"]), int(match["h"]))


def _fitting(area: Region, width: int, height: int, up: bool) -> Size:
    """`!w,h`: the largest of the region's proportions inside."""
    largest = bounded(area.width, area.height, upscale=up)
    scale = min(width / area.width, height / area.height, largest.width / area.width, largest.height / area.height)
    if scale <= 0:
        return Size(0, 0)
    return Size(max(1, min(width, _rounded(area.width * scale))), max(1, min(height, _rounded(area.height * scale))))


def _rounded(value: float) -> int:
    """Halves go up, as in the scaled sizes that viewers compute."""
    return floor(value + 0.5)


def _rotation(text: str) -> tuple[bool, int]:
    match = _ROTATION.fullmatch(text)
    if match is None or float(match[2]) not in (0, 90, 180, 270, 360):
        raise BadAddress(position=0, problem="iiif.bad_rotation", parameter="rotation")
    return bool(match[1]), int(float(match[2])) % 360
