"""A printed page becomes a scan of it.

In: a clean `PrintedPage` and a recipe. Out: the page as a scanner would have delivered it, with the same words in its
truth; boxes stay those of the upright page before skew, and the truth states the skew and the turn (see `truth`).
"""

import random
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from sample_printer import printing, wear
from sample_printer.truth import Pixels, PrintedPage

UPRIGHT, WHITE_LID, DARK_LID = 0, (250.0, 250.0, 250.0), (52.0, 50.0, 48.0)


class Mode(StrEnum):
    """What the scanner delivered."""

    COLOUR = "colour"
    GREY = "grey"
    BILEVEL = "bilevel"


@dataclass(frozen=True, slots=True)
class DamageRecipe:
    """How badly a page fared. Strengths run from 0 to 1.

    Attributes:
        max_skew_deg: the skew is drawn from this range, either way, unless `skew_deg` sets it.
        rotation_deg: clockwise turn (0, 90, 180, 270) that will make the scan upright.
        paper: colour of the paper; None leaves the sheet white.
        blur_mm: out of focus by so much.
        grain: noise in grey levels.
        specks: toner specks on the page.
        needles: made of dots, as a dot-matrix printer strikes them.
        carbon: a copy made through carbon paper: blue, soft and uneven.
        thermal: thermal paper that faded in streaks.
        fax: sent by fax: 204 x 98 dots an inch, black and white (with `Mode.BILEVEL`).
    """

    mode: Mode = Mode.COLOUR
    max_skew_deg: float = 0.0
    skew_deg: float | None = None
    rotation_deg: int = 0
    paper: tuple[int, int, int] | None = None
    fade: float = 0.0
    broken: float = 0.0
    stains: int = 0
    folds: int = 0
    bleed: float = 0.0
    holes: bool = False
    gutter: float = 0.0
    blur_mm: float = 0.04
    grain: float = 0.0
    specks: int = 0
    drum_lines: int = 0
    dark_lid: bool = False
    needles: bool = False
    carbon: float = 0.0
    thermal: float = 0.0
    fax: bool = False


CLEAN = DamageRecipe(blur_mm=0.0)
OFFICE = DamageRecipe(max_skew_deg=0.8, paper=(252, 251, 247), fade=0.05, grain=1.5, specks=6)
PHOTOCOPY = DamageRecipe(
    mode=Mode.GREY,
    max_skew_deg=1.5,
    paper=(244, 244, 244),
    fade=0.15,
    holes=True,
    gutter=0.35,
    blur_mm=0.055,
    grain=2.5,
    specks=160,
)
POOR_PHOTOCOPY = DamageRecipe(
    mode=Mode.GREY,
    max_skew_deg=3.0,
    paper=(226, 226, 226),
    fade=0.3,
    broken=0.3,
    bleed=0.07,
    holes=True,
    gutter=0.6,
    blur_mm=0.07,
    grain=4.0,
    specks=420,
    drum_lines=3,
    dark_lid=True,
)
OLD_PAPER = DamageRecipe(
    max_skew_deg=2.0, paper=(229, 210, 168), fade=0.22, broken=0.35, stains=3, folds=1, bleed=0.08, holes=True, grain=3.0, specks=60
)
BILEVEL = DamageRecipe(mode=Mode.BILEVEL, max_skew_deg=1.0, paper=(244, 244, 244), fade=0.1, holes=True, grain=5.0, specks=90)
FAX = DamageRecipe(mode=Mode.BILEVEL, max_skew_deg=1.0, fade=0.1, blur_mm=0.03, grain=4.0, specks=60, drum_lines=1, fax=True)
THERMAL = DamageRecipe(mode=Mode.GREY, max_skew_deg=0.8, paper=(228, 228, 228), thermal=0.55, blur_mm=0.06, grain=3.0)
CARBON = DamageRecipe(max_skew_deg=1.0, paper=(246, 243, 232), carbon=0.45, blur_mm=0.06, grain=2.5, specks=20)
DOT_MATRIX = DamageRecipe(max_skew_deg=0.8, paper=(247, 247, 244), fade=0.2, needles=True, blur_mm=0.05, grain=2.0, specks=10)

RECIPES = {
    "clean": CLEAN,
    "office": OFFICE,
    "photocopy": PHOTOCOPY,
    "poor-photocopy": POOR_PHOTOCOPY,
    "old-paper": OLD_PAPER,
    "bilevel": BILEVEL,
    "fax": FAX,
    "thermal": THERMAL,
    "carbon": CARBON,
    "dot-matrix": DOT_MATRIX,
}


def damage(page: PrintedPage, recipe: DamageRecipe, rng: random.Random, *, reverse: PrintedPage | None = None) -> PrintedPage:
    """Return the scan of a page.

    Args:
        page: a clean, upright page; a landscape page is laid on the glass upright as well, turn it by `rotation_deg`.
        recipe: how badly it fared.
        rng: where the noise comes from.
        reverse: what is printed on the back and may show through.

    Raises:
        ValueError: `page` was turned or skewed before, or the turn is not a multiple of 90.
    """
    if page.truth.rotation_deg != UPRIGHT or page.truth.skew_deg:
        raise ValueError("damage() wants a clean page: this one has a turn or a skew already")
    if recipe.rotation_deg not in {0, 90, 180, 270}:
        raise ValueError(f"rotation_deg must be 0, 90, 180 or 270, not {recipe.rotation_deg}")
    noise = np.random.default_rng(rng.getrandbits(64))
    degrees = recipe.skew_deg if recipe.skew_deg is not None else rng.uniform(-1, 1) * recipe.max_skew_deg
    degrees = round(degrees, 2)
    image = _age(page, recipe, noise=noise, reverse=reverse)
    scanned = _scan(image, recipe, dpi=page.truth.dpi, degrees=degrees, noise=noise)
    turned: Pixels = np.ascontiguousarray(np.rot90(scanned, recipe.rotation_deg // 90))
    return PrintedPage(turned, replace(page.truth, rotation_deg=recipe.rotation_deg, skew_deg=degrees))


def _age(page: PrintedPage, recipe: DamageRecipe, *, noise: np.random.Generator, reverse: PrintedPage | None) -> wear.Image:
    """Apply what happened to the sheet itself."""
    image: wear.Image = page.image.astype(np.float32)
    dpi = page.truth.dpi
    image = _print_otherwise(image, recipe, dpi=dpi, noise=noise)
    if recipe.broken:
        image = wear.break_strokes(image, recipe.broken, noise=noise)
    if recipe.fade:
        image = wear.fade(image, recipe.fade, noise=noise)
    if recipe.bleed and reverse is not None:
        image = wear.bleed_through(image, reverse.image.astype(np.float32), recipe.bleed)
    if recipe.paper is not None:
        image = wear.tint_paper(image, recipe.paper, noise=noise)
    if recipe.stains:
        image = wear.stain(image, recipe.stains, noise=noise)
    if recipe.folds:
        image = wear.fold(image, recipe.folds, dpi=dpi, noise=noise)
    if recipe.holes:
        image = wear.punch(image, dpi=dpi, noise=noise)
    return image


def _print_otherwise(image: wear.Image, recipe: DamageRecipe, *, dpi: int, noise: np.random.Generator) -> wear.Image:
    """Make the print that of another machine than a laser printer."""
    if recipe.needles:
        image = printing.strike_needles(image, dpi=dpi, noise=noise)
    if recipe.carbon:
        image = printing.copy_through_carbon(image, recipe.carbon, dpi=dpi, noise=noise)
    if recipe.thermal:
        image = printing.fade_thermal(image, recipe.thermal, dpi=dpi, noise=noise)
    return image


def _scan(image: wear.Image, recipe: DamageRecipe, *, dpi: int, degrees: float, noise: np.random.Generator) -> Pixels:
    """Apply what the glass, the lens and the sensor did; return 8-bit RGB."""
    if degrees:
        image = wear.skew(image, degrees, border=DARK_LID if recipe.dark_lid else WHITE_LID)
    if recipe.gutter:
        image = wear.gutter_shadow(image, recipe.gutter)
    if recipe.drum_lines:
        image = wear.drum_lines(image, recipe.drum_lines, noise=noise)
    if recipe.specks:
        image = wear.specks(image, recipe.specks, dpi=dpi, noise=noise)
    if recipe.blur_mm:
        image = wear.blur(image, recipe.blur_mm, dpi=dpi)
    if recipe.mode is not Mode.COLOUR:
        image = np.repeat(image.mean(axis=2, keepdims=True), 3, axis=2)
    if recipe.grain:
        image = wear.grain(image, recipe.grain, noise=noise)
    if recipe.fax:
        image = printing.send_by_fax(image, dpi=dpi)
    elif recipe.mode is Mode.BILEVEL:
        image = np.where(image > 160, 255, 0).astype(np.float32)
    return np.clip(image.round(), 0, 255).astype(np.uint8)
