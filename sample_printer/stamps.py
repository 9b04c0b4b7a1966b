"""What is pressed or written onto a page by hand: seals, boxed marks, the arrival stamp, signatures.

In: words, a resolution and randomness. Out: RGBA images to be pressed onto a sheet. They are drawn three times as large
and scaled down, slightly turned, and inked unevenly as rubber is.
"""

import math
import random
from itertools import pairwise

import cv2
import numpy as np
from PIL import Image, ImageDraw

from sample_printer.fonts import font
from sample_printer.sheet import BLUE_INK, RED_INK, Ink
from sample_printer.spec import Arrival

SCALE = 3
SEAL_MM = 35.0


def _blank(width_mm: float, height_mm: float, dpi: int) -> tuple[Image.Image, ImageDraw.ImageDraw, float]:
    """Return a mask to draw on, its pen, and its pixels per mm."""
    per_mm = dpi * SCALE / 25.4
    mask = Image.new("L", (round(width_mm * per_mm), round(height_mm * per_mm)), 0)
    return mask, ImageDraw.Draw(mask), per_mm


def _inked(mask: Image.Image, *, ink: Ink, rng: random.Random, turn_deg: float, worn: float = 0.45) -> Image.Image:
    """Turn the mask, scale it down and give it ink that is thin in places; `worn` 0 to 1 is how thin."""
    turned = mask.rotate(turn_deg, resample=Image.Resampling.BICUBIC, expand=True)
    small = turned.resize((turned.width // SCALE, turned.height // SCALE), Image.Resampling.LANCZOS)
    grain = np.random.default_rng(rng.getrandbits(64))
    coarse = grain.random((7, 7), dtype=np.float32)
    patches = cv2.resize(coarse, small.size, interpolation=cv2.INTER_CUBIC)
    fine = cv2.GaussianBlur(grain.random((small.height, small.width), dtype=np.float32), (3, 3), 0)
    cover = np.clip(1 - worn * patches - 0.5 * worn * (fine - 0.4), 0.15, 1)
    alpha = (np.asarray(small, dtype=np.float32) * cover).clip(0, 255).astype(np.uint8)
    image = Image.new("RGBA", small.size, (*ink, 0))
    image.putalpha(Image.fromarray(alpha))
    return image


def round_seal(words: str, *, dpi: int, rng: random.Random) -> Image.Image:
    """Return a round red seal: two rings, words along the ring, a star in the middle."""
    mask, draw, per_mm = _blank(SEAL_MM, SEAL_MM, dpi)
    middle = SEAL_MM / 2 * per_mm
    for radius, width in ((16.8, 0.8), (15.6, 0.3), (10.0, 0.4)):
        _ring(draw, middle, radius * per_mm, round(width * per_mm))
    letters = f"{words.upper()} ★ " if words else ""
    _words_on_ring(mask, letters.replace("★", "*"), middle=middle, radius=11.2 * per_mm, dpi=dpi)
    star = [
        (
            middle + (7.5 if corner % 2 == 0 else 3.0) * per_mm * math.sin(corner * math.pi / 5),
            middle - (7.5 if corner % 2 == 0 else 3.0) * per_mm * math.cos(corner * math.pi / 5),
        )
        for corner in range(10)
    ]
    draw.polygon(star, outline=255, width=round(0.45 * per_mm))
    return _inked(mask, ink=RED_INK, rng=rng, turn_deg=rng.uniform(-14, 14), worn=rng.uniform(0.35, 0.6))


def _ring(draw: ImageDraw.ImageDraw, middle: float, radius: float, width: int) -> None:
    draw.ellipse([middle - radius, middle - radius, middle + radius, middle + radius], outline=255, width=max(1, width))


def _words_on_ring(mask: Image.Image, words: str, *, middle: float, radius: float, dpi: int) -> None:
    """Write letters along a circle, clockwise from the lower left, feet inwards."""
    for points in (9.5, 8.5, 7.5, 6.5, 5.5):
        face = font("arimo", "bold", points=points, dpi=dpi * SCALE)
        if face.getlength(words) < 2 * math.pi * radius:
            break
    angle = math.pi * 1.12
    step = 2 * math.pi / max(face.getlength(words), 1)
    height = round(face.size * 1.6)
    for letter in words:
        width = face.getlength(letter)
        angle += width * step / 2
        tile = Image.new("L", (height, height), 0)
        ImageDraw.Draw(tile).text((height / 2, height * 0.75), letter, font=face, fill=255, anchor="ms")
        turned = tile.rotate(-math.degrees(angle), resample=Image.Resampling.BICUBIC, expand=True)
        out = radius + height * 0.25
        x = middle + out * math.sin(angle) - turned.width / 2
        y = middle - out * math.cos(angle) - turned.height / 2
        mask.paste(255, (round(x), round(y)), turned)
        angle += width * step / 2


def boxed_mark(words: str, *, dpi: int, rng: random.Random) -> Image.Image:
    """Return a red boxed mark of secrecy or urgency (MẬT, HỎA TỐC …), 8 mm high or a little more."""
    face = font("tinos", "bold", points=15, dpi=dpi * SCALE)
    per_mm = dpi * SCALE / 25.4
    width = face.getlength(words) / per_mm + 7
    mask, draw, per_mm = _blank(width + 1, 10, dpi)
    for inset, line in ((0.3, 0.5), (1.1, 0.25)):
        corners = [inset * per_mm, inset * per_mm, (width + 1 - inset) * per_mm, (10 - inset) * per_mm]
        draw.rectangle(corners, outline=255, width=round(line * per_mm))
    draw.text((mask.width / 2, 7.4 * per_mm), words, font=face, fill=255, anchor="ms")
    return _inked(mask, ink=RED_INK, rng=rng, turn_deg=rng.uniform(-2.5, 2.5), worn=rng.uniform(0.15, 0.35))


def arrival_stamp(arrival: Arrival, *, dpi: int, rng: random.Random) -> tuple[Image.Image, list[str]]:
    """Return the stamp "ĐẾN" with number and date filled in by pen, and the words on it."""
    wide, high = 46.0, 31.0
    mask, draw, per_mm = _blank(wide, high, dpi)
    draw.rectangle(
        [per_mm * 0.4, per_mm * 0.4, (wide - 0.4) * per_mm, (high - 0.4) * per_mm], outline=255, width=round(0.4 * per_mm)
    )
    face = font("arimo", "bold", points=7.5, dpi=dpi * SCALE)
    large = font("arimo", "bold", points=13, dpi=dpi * SCALE)
    plain = font("arimo", points=9, dpi=dpi * SCALE)
    pen = font("chorus", points=11, dpi=dpi * SCALE)
    words = [arrival.organ, "ĐẾN"]
    draw.text((mask.width / 2, 5.2 * per_mm), arrival.organ, font=face, fill=255, anchor="ms")
    draw.text((5 * per_mm, 17.5 * per_mm), "ĐẾN", font=large, fill=255, anchor="ls")
    draw.line([0.4 * per_mm, 7 * per_mm, (wide - 0.4) * per_mm, 7 * per_mm], fill=255, width=round(0.25 * per_mm))
    day = f"{arrival.day.day}/{arrival.day.month}/{arrival.day.year}"
    rows = (("Số:", arrival.number, 13.0), ("Ngày:", day, 20.0), ("Chuyển:", arrival.forwarded_to, 27.5))
    for label, value, y in rows:
        left = 19.5 if y < 25 else 4.0
        draw.text((left * per_mm, y * per_mm), label, font=plain, fill=255, anchor="ls")
        start = left * per_mm + plain.getlength(label + " ")
        draw.text((start, (y - 0.3) * per_mm), value, font=pen, fill=235, anchor="ls")
        for x in np.arange(start, (wide - 3) * per_mm, 1.1 * per_mm):
            draw.ellipse([x, (y + 0.6) * per_mm, x + 0.3 * per_mm, (y + 0.9) * per_mm], fill=255)
        words.append(f"{label} {value}".strip())
    ink = RED_INK if rng.random() < 0.6 else BLUE_INK
    return _inked(mask, ink=ink, rng=rng, turn_deg=rng.uniform(-3, 3), worn=0.3), words


def arrival_words(arrival: Arrival, *, dpi: int) -> list[tuple[str, float, float, float]]:
    """The words of an arrival stamp with left edge, baseline and height in mm within it, as if it were pressed on straight."""
    day = f"{arrival.day.day}/{arrival.day.month}/{arrival.day.year}"
    wide = font("arimo", "bold", points=7.5, dpi=dpi).getlength(arrival.organ) * 25.4 / dpi
    return [
        (arrival.organ, 23.0 - wide / 2, 5.2, 2.2),
        ("ĐẾN", 5.0, 17.5, 3.4),
        (f"Số: {arrival.number}", 19.5, 13.0, 2.6),
        (f"Ngày: {day}", 19.5, 20.0, 2.6),
        (f"Chuyển: {arrival.forwarded_to}".strip(), 4.0, 27.5, 2.6),
    ]


def scribble(*, dpi: int, rng: random.Random, blue: bool = True) -> Image.Image:
    """Return a signature: a tall first letter, loops that die away, a flourish below; no two alike."""
    wide, high = 42.0, 24.0
    mask, draw, per_mm = _blank(wide, high, dpi)
    points = _pen_path(rng, middle=high / 2)
    for number, (start, end) in enumerate(pairwise(points)):
        speed = math.dist(start, end)
        width = max(0.18, 0.5 - 0.35 * speed) * (0.8 + 0.2 * math.sin(number / 17))
        _stroke(draw, (start[0] * per_mm, start[1] * per_mm), (end[0] * per_mm, end[1] * per_mm), width * per_mm)
    ink = BLUE_INK if blue else (30, 30, 36)
    return _inked(mask, ink=ink, rng=rng, turn_deg=rng.uniform(-4, 14), worn=0.15)


def _pen_path(rng: random.Random, *, middle: float) -> list[tuple[float, float]]:
    """Return the way of the pen in mm: a smooth curve through points that a hand might aim at."""
    x, aims = rng.uniform(5, 8), []
    swing = rng.uniform(7, 9.5)
    for number in range(rng.randint(7, 11)):
        up = number % 2 == 0
        aims.append((x + rng.uniform(-1.5, 1.5), middle + (-swing if up else swing * 0.7) * rng.uniform(0.5, 1)))
        x += rng.uniform(3.2, 6.5) if up else rng.uniform(-4.0, 0.8)
        swing = max(1.6, swing * rng.uniform(0.66, 0.95))
    aims.append((min(38.0, x + rng.uniform(8, 14)), middle + rng.uniform(-5, 1)))
    if rng.random() < 0.6:
        aims += [(rng.uniform(14, 22), middle + rng.uniform(4, 7)), (rng.uniform(26, 36), middle + rng.uniform(2, 6))]
    padded = [aims[0], *aims, aims[-1]]
    path: list[tuple[float, float]] = []
    for first, second, third, fourth in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        path += [_between(first, second, third, fourth, step / 40) for step in range(40)]
    return path


def _between(
    first: tuple[float, float], second: tuple[float, float], third: tuple[float, float], fourth: tuple[float, float], t: float
) -> tuple[float, float]:
    """Return the point at `t` of a Catmull-Rom curve from the second to the third point, with wide bends."""
    bend = 0.75
    x, y = (
        (2 * t**3 - 3 * t**2 + 1) * b
        + (t**3 - 2 * t**2 + t) * bend * (c - a)
        + (3 * t**2 - 2 * t**3) * c
        + (t**3 - t**2) * bend * (d - b)
        for a, b, c, d in zip(first, second, third, fourth, strict=True)
    )
    return x, y


def _stroke(draw: ImageDraw.ImageDraw, start: tuple[float, float], end: tuple[float, float], width: float) -> None:
    """Draw one piece of a pen stroke with round ends."""
    draw.line([*start, *end], fill=255, width=max(1, round(width)))
    half = width / 2
    draw.ellipse([end[0] - half, end[1] - half, end[0] + half, end[1] + half], fill=255)
