"""What time, copying and scanning do to a page, one effect a function.

In: a float image (height x width x 3, 0 to 255) and a strength. Out: an image of the same size. Nothing here moves ink
except `skew`; lengths are in mm so that an effect looks alike at every resolution.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.float32]


def clouds(shape: tuple[int, int], *, cells: int, noise: np.random.Generator) -> Image:
    """Return smooth random patches between 0 and 1, about `cells` of them along the page."""
    coarse = noise.random((cells, max(2, round(cells * shape[1] / shape[0]))), dtype=np.float32)
    return np.clip(cv2.resize(coarse, (shape[1], shape[0]), interpolation=cv2.INTER_CUBIC), 0, 1).astype(np.float32)


def fade(image: Image, strength: float, *, noise: np.random.Generator) -> Image:
    """Make the ink pale, more in some patches than in others."""
    patches = clouds(image.shape[:2], cells=6, noise=noise)[..., None]
    return 255 - (255 - image) * (1 - strength * (0.55 + 0.45 * patches))


def break_strokes(image: Image, strength: float, *, noise: np.random.Generator) -> Image:
    """Take ink out of strokes in small flakes, as worn ribbons and old toner do."""
    height, width = image.shape[:2]
    raw = noise.random((height // 2, width // 2), dtype=np.float32)
    flakes = cv2.GaussianBlur(raw, (0, 0), 0.8)
    gone = cv2.resize((flakes > np.quantile(flakes, 1 - 0.22 * strength)).astype(np.float32), (width, height))
    kept: Image = (1 - 0.85 * gone[..., None]).astype(np.float32)
    return 255 - (255 - image) * kept


def tint_paper(image: Image, colour: tuple[int, int, int], *, noise: np.random.Generator) -> Image:
    """Lay the print on paper of a colour; the darker the paper, the darker its edges and the more uneven it is."""
    height, width = image.shape[:2]
    tint = np.array(colour, dtype=np.float32) / 255
    age = min(1.0, 5 * float(1 - tint.mean()))
    ys, xs = np.linspace(-1, 1, height, dtype=np.float32)[:, None], np.linspace(-1, 1, width, dtype=np.float32)[None, :]
    edge = 1 - 0.12 * age * np.maximum(np.abs(xs) ** 6, np.abs(ys) ** 6)
    patchy = 1 - 0.08 * age * clouds((height, width), cells=9, noise=noise)
    return np.asarray(image * (edge * patchy)[..., None] * tint, dtype=np.float32)


def stain(image: Image, count: int, *, noise: np.random.Generator) -> Image:
    """Spill water: brown patches with a darker rim."""
    height, width = image.shape[:2]
    for _ in range(count):
        mask = np.zeros((height // 4, width // 4), dtype=np.float32)
        centre = (int(noise.integers(mask.shape[1])), int(noise.integers(mask.shape[0])))
        radii = (int(noise.integers(width // 60, width // 22)), int(noise.integers(width // 60, width // 22)))
        cv2.ellipse(mask, centre, radii, float(noise.uniform(0, 180)), 0, 360, 1.0, -1)
        ragged = cv2.GaussianBlur(mask, (0, 0), radii[0] / 4) + 0.5 * (clouds(mask.shape[:2], cells=40, noise=noise) - 0.5)
        inside = cv2.GaussianBlur((ragged > 0.45).astype(np.float32) * (cv2.dilate(mask, np.ones((9, 9))) > 0), (0, 0), 1.5)
        rim = np.clip(inside * 4 * (1 - inside), 0, 1)
        weight = cv2.resize(0.10 * inside + 0.14 * rim, (width, height))[..., None]
        image = image * (1 - weight * np.array([0.55, 0.8, 1.25], dtype=np.float32))
    return image


def fold(image: Image, count: int, *, dpi: int, noise: np.random.Generator) -> Image:
    """Fold the sheet across: a light crease with a shadow below it."""
    height = image.shape[0]
    ys = np.arange(height, dtype=np.float32)
    for number in range(count):
        at = height * (number + 1) / (count + 1) + noise.normal(0, height / 60)
        distance = (ys - at) / dpi * 25.4
        crease = 14 * np.exp(-((distance / 0.3) ** 2)) - 20 * np.exp(-(((distance - 1.0) / 1.2) ** 2))
        image = image + crease[:, None, None]
    return np.clip(image, 0, 255)


def bleed_through(image: Image, reverse: Image, strength: float) -> Image:
    """Let the other side of the sheet show through, mirrored and blurred."""
    height, width = image.shape[:2]
    other = cv2.resize(reverse[:, ::-1], (width, height), interpolation=cv2.INTER_AREA)
    soft = cv2.GaussianBlur(other.mean(axis=2), (0, 0), height / 1500)
    shown: Image = image * (1 - strength * (255 - soft[..., None]) / 255)
    return shown


def punch(image: Image, *, dpi: int, noise: np.random.Generator, shade: int = 40) -> Image:
    """Punch two filing holes at the left edge; the scanner's dark lid shows through them."""
    height = image.shape[0]
    image = np.ascontiguousarray(image)
    x, middle = round(11 / 25.4 * dpi), height / 2 + noise.normal(0, height / 80)
    for offset in (-40, 40):
        centre = (x, round(middle + offset / 25.4 * dpi))
        cv2.circle(image, centre, round(3 / 25.4 * dpi), (shade, shade, shade), -1, cv2.LINE_AA)
    return image


def skew(image: Image, degrees: float, *, border: tuple[float, float, float]) -> Image:
    """Turn the sheet counter-clockwise about its middle on the glass; the corners show the lid."""
    height, width = image.shape[:2]
    turn = cv2.getRotationMatrix2D(((width - 1) / 2, (height - 1) / 2), degrees, 1.0)
    turned = cv2.warpAffine(
        image, turn, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=border
    )
    return turned.astype(np.float32)


def gutter_shadow(image: Image, strength: float) -> Image:
    """Darken the left edge, as at the spine of a bound volume."""
    xs = np.linspace(0, 1, image.shape[1], dtype=np.float32)
    shadow: Image = 1 - strength * np.exp(-xs / 0.045)
    return image * shadow[None, :, None]


def blur(image: Image, millimetres: float, *, dpi: int) -> Image:
    """Put the page a little out of focus."""
    return cv2.GaussianBlur(image, (0, 0), millimetres / 25.4 * dpi).astype(np.float32)


def grain(image: Image, strength: float, *, noise: np.random.Generator) -> Image:
    """Add the sensor's noise, in grey levels."""
    return image + noise.normal(0, strength, image.shape[:2]).astype(np.float32)[..., None]


def specks(image: Image, count: int, *, dpi: int, noise: np.random.Generator) -> Image:
    """Scatter toner specks and a few hairs of dust."""
    height, width = image.shape[:2]
    image = np.ascontiguousarray(image)
    for _ in range(count):
        centre = (int(noise.integers(width)), int(noise.integers(height)))
        radius = max(0, round(noise.exponential(0.11) / 25.4 * dpi))
        shade = float(noise.uniform(0, 110))
        cv2.circle(image, centre, radius, (shade, shade, shade), -1, cv2.LINE_AA)
    for _ in range(count // 60):
        start = np.array([noise.integers(width), noise.integers(height)])
        curve = start + np.cumsum(noise.normal(0, dpi / 40, (6, 2)), axis=0)
        cv2.polylines(image, [curve.astype(np.int32)], False, (90.0, 90.0, 90.0), 1, cv2.LINE_AA)
    return image


def drum_lines(image: Image, count: int, *, noise: np.random.Generator) -> Image:
    """Draw the faint lines that a scratched copier drum leaves along the whole page."""
    image = image.copy()
    for _ in range(count):
        x = int(noise.integers(image.shape[1]))
        image[:, x : x + int(noise.integers(1, 3))] -= float(noise.uniform(15, 60))
    return image
