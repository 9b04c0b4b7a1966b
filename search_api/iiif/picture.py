"""Cuts, scales, turns and writes the kept picture of a page; the one place of this room that touches pixels.

In: the JPEG of the store, a wish. Out: bytes. Only pictures that this program wrote itself are opened, never a scan from outside.
"""

from __future__ import annotations

from io import BytesIO

from PIL import Image, UnidentifiedImageError
from PIL import __version__ as pillow_version

from dossier.errors import Unavailable
from search_api.iiif.wishes import Size, Wish

MEDIA_TYPES = {"jpg": "image/jpeg", "png": "image/png"}

DRAWN_WITH = f"pillow {pillow_version}"
"""Another version may write other bytes."""

_TURNS = {90: Image.Transpose.ROTATE_270, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_90}
"""Pillow turns against the clock, IIIF with it."""

_JPEG_QUALITY = 80


def size_of(jpeg: bytes) -> Size:
    """Width and height from the head of a picture.

    Raises:
        Unavailable: when the bytes are no picture any more.
    """
    with _opened(jpeg) as image:
        return Size(image.width, image.height)


def is_coloured(jpeg: bytes) -> bool:
    """Whether the picture has colours."""
    with _opened(jpeg) as image:
        return image.mode != "L"


def draw(jpeg: bytes, wish: Wish) -> bytes:
    """The picture wished for: region, size, mirroring, turning, quality, format, in this order (Image API 3.0, 4.6).

    Raises:
        Unavailable: when the bytes are no picture any more.
    """
    with _opened(jpeg) as image:
        area = wish.region
        if not wish.upscaled and area.width == image.width and area.height == image.height:
            image.draft(None, (wish.size.width, wish.size.height))  # a thumbnail need not unpack every pixel
            part: Image.Image = image
        else:
            part = image.crop((area.x, area.y, area.x + area.width, area.y + area.height))
        try:
            part = part.resize((wish.size.width, wish.size.height), Image.Resampling.LANCZOS)
        except OSError as error:
            raise Unavailable(what="store", detail=f"page image: {error}") from error
    if wish.mirrored:
        part = part.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    if wish.turn:
        part = part.transpose(_TURNS[wish.turn])
    return _written(part, wish)


def _written(image: Image.Image, wish: Wish) -> bytes:
    if wish.quality in ("gray", "bitonal"):
        image = image.convert("L")
    if wish.quality == "bitonal":
        image = image.point([0] * 128 + [255] * 128)
        image = image.convert("1") if wish.format == "png" else image
    buffer = BytesIO()
    if wish.format == "png":
        image.save(buffer, "PNG")
    else:
        image.save(buffer, "JPEG", quality=_JPEG_QUALITY)
    return buffer.getvalue()


def _opened(jpeg: bytes) -> Image.Image:
    try:
        return Image.open(BytesIO(jpeg), formats=["JPEG"])
    except (UnidentifiedImageError, OSError) as error:
        raise Unavailable(what="store", detail=f"page image: {error}") from error
