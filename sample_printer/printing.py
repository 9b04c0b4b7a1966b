"""What other machines than a laser printer make of a page: needles, carbon paper, thermal paper, fax.

In: a float image (height x width x 3, 0 to 255). Out: an image of the same size; nothing here moves ink by more than a dot.
"""

import cv2
import numpy as np

from sample_printer.wear import Image, clouds

_NEEDLE_MM = 0.17
_FAX_DPI = (204, 98)
_FAX_LEVEL = 190
_CARBON_INK = (62, 66, 128)


def strike_needles(image: Image, *, dpi: int, noise: np.random.Generator) -> Image:
    """Print with dots on a grid, as 24 needles do through a worn ribbon."""
    height, width = image.shape[:2]
    pitch = _NEEDLE_MM / 25.4 * dpi
    rows, columns = round(height / pitch), round(width / pitch)
    struck = (cv2.resize(255 - image.mean(axis=2), (columns, rows), interpolation=cv2.INTER_AREA) > 75).astype(np.float32)
    struck *= noise.uniform(0.7, 1.0, struck.shape).astype(np.float32) * (noise.random(struck.shape) > 0.02)
    cover = cv2.resize(struck, (width, height), interpolation=cv2.INTER_NEAREST)
    ys = (np.arange(height, dtype=np.float32) * rows / height) % 1 - 0.5
    xs = (np.arange(width, dtype=np.float32) * columns / width) % 1 - 0.5
    dot = np.clip(1.25 - 2.0 * (ys[:, None] ** 2 + xs[None, :] ** 2), 0, 1)
    ribbon = 0.85 - 0.25 * clouds((height, width), cells=5, noise=noise)
    inked = cover * dot * ribbon
    colour = np.where(image.min(axis=2, keepdims=True) < 200, np.minimum(image, 90), 40)
    return np.asarray(255 - (255 - colour) * inked[..., None], dtype=np.float32)


def copy_through_carbon(image: Image, strength: float, *, dpi: int, noise: np.random.Generator) -> Image:
    """Copy through carbon paper: soft blue strokes, some hardly pressed, and a bluish smear on the paper."""
    darkness = cv2.GaussianBlur((255 - image.mean(axis=2)) / 255, (0, 0), 0.09 / 25.4 * dpi)
    pressed = 1 - strength * clouds(image.shape[:2], cells=14, noise=noise)
    cover = np.clip(darkness * 1.25 * pressed, 0, 1) + 0.05 * clouds(image.shape[:2], cells=8, noise=noise)
    ink = np.array(_CARBON_INK, dtype=np.float32)
    return np.asarray(255 - (255 - ink) * np.clip(cover, 0, 1)[..., None], dtype=np.float32)


def fade_thermal(image: Image, strength: float, *, dpi: int, noise: np.random.Generator) -> Image:
    """Fade as thermal paper does: paler towards where it lay open, with pale streaks where the head was dirty."""
    height, width = image.shape[:2]
    patches = clouds((height, width), cells=3, noise=noise)
    kept = 1 - strength * (0.5 + 0.5 * patches)
    for _ in range(int(noise.integers(2, 6))):
        x = int(noise.integers(width))
        kept[:, x : x + max(1, round(0.15 / 25.4 * dpi))] *= 0.6
    return np.asarray(255 - (255 - image) * kept[..., None], dtype=np.float32)


def send_by_fax(image: Image, *, dpi: int) -> Image:
    """Send by fax in its coarse mode: 204 x 98 dots an inch, black and white, stretched again."""
    height, width = image.shape[:2]
    size = (max(1, round(width * _FAX_DPI[0] / dpi)), max(1, round(height * _FAX_DPI[1] / dpi)))
    small = cv2.resize(image.mean(axis=2), size, interpolation=cv2.INTER_AREA)
    back = cv2.resize(np.where(small > _FAX_LEVEL, 255, 0).astype(np.float32), (width, height), interpolation=cv2.INTER_NEAREST)
    return np.repeat(back[..., None], 3, axis=2).astype(np.float32)
