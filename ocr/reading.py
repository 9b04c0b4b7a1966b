"""Reading a page: the one chain from a scan to a page of words.

In: a `PageScan` and a `Reader` (engine and networks, loaded once a worker). Out: a `Reading`: the page, and the upright image
that its boxes refer to as a small JPEG for people. Pure: no network, nothing written but the engine's own temporary files.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from importlib.metadata import version

import cv2

from dossier.model import Page, PageScan, Provenance
from dossier.settings import IntakeSettings, OcrSettings
from ocr.blankness import looks_blank
from ocr.cleaning.flat_field import flatten_field
from ocr.cleaning.orientation import Orientation, open_orientation
from ocr.cleaning.stamps import find_stamps
from ocr.cleaning.strokes import keep_strokes
from ocr.engine_choice import open_engine
from ocr.engines import Engine
from ocr.intake.rendering import PageImage, load_page
from ocr.stamp_reading import read_stamps, with_stamps
from ocr.text_layers import ENGINE, KeptLayer, Uprighting, judge_layer, layer_version, open_layer, part_marks
from ocr.upright import put_upright, red_channel

_VIEW_QUALITY = 70


@dataclass(frozen=True, slots=True)
class Reader:
    """What reading needs, loaded once a worker process."""

    engine: Engine
    orientation: Orientation
    settings: OcrSettings
    limits: IntakeSettings


@dataclass(frozen=True, slots=True)
class Reading:
    """A page that was read and its upright image (JPEG, `view_dpi`)."""

    page: Page
    view_jpeg: bytes


def open_reader(settings: OcrSettings, limits: IntakeSettings) -> Reader:
    """Load engine and networks.

    Raises:
        MissingTool: naming what to install.
    """
    cv2.setNumThreads(1)  # one thread a worker process: the flows run one worker a core
    return Reader(open_engine(settings), open_orientation(), settings, limits)


def read_page(scan: PageScan, reader: Reader) -> Reading:
    """Read one page: decode, put upright, clean, read print and stamps, judge blankness.

    Raises:
        BadScan: the page is damaged, too large, or the engine gave up on it.
    """
    rendered = load_page(scan, reader.settings, reader.limits)
    layer = open_layer(scan, rendered)
    upright = put_upright(rendered, reader.orientation, reader.engine)
    image = upright.image
    grey = flatten_field(red_channel(image), dpi=image.dpi)
    placed = Uprighting(rendered.pixels.shape[1], rendered.pixels.shape[0], upright.turn_deg, upright.skew_deg)
    kept = judge_layer(layer, grey, reader.engine, dpi=image.dpi, placed=placed) if layer else None
    if kept and kept.lines is not None:
        lines = kept.lines
    else:
        print_only = keep_strokes(grey, dpi=image.dpi) if reader.engine.wants_strokes else grey
        lines = reader.engine.read(print_only, dpi=image.dpi)
    lines, overlays = part_marks(lines, kept.overlay if kept else ())
    stamps = read_stamps(find_stamps(image, grey), reader.engine)
    blank = looks_blank(grey, lines, dpi=image.dpi) and not any(stamp.is_mark for stamp in stamps)
    lines = () if blank else with_stamps(lines, stamps)
    page = Page(
        id=scan.id,
        number=scan.number,
        width=grey.shape[1],
        height=grey.shape[0],
        dpi=image.dpi,
        rotation_deg=upright.turn_deg,
        skew_deg=upright.skew_deg,
        lines=lines,
        blank=blank,
        issues=() if blank or lines else ("no_text",),
        provenance=_with_layer(provenance(reader), kept),
        overlays=overlays,
    )
    return Reading(page, _view(image, reader.settings.view_dpi))


def provenance(reader: Reader) -> Provenance:
    """How pages are read with this reader; equal provenance means equal results."""
    digest = hashlib.sha256(reader.settings.model_dump_json(exclude={"timeout_s"}).encode()).hexdigest()[:16]
    return Provenance(
        engine=reader.engine.name,
        engine_version=reader.engine.version,
        model=reader.engine.model,
        settings_digest=digest,
        software_version=version("sohoa"),
        steps=(
            *(reader.orientation.name, "straighten", "red-channel", "flat-field"),
            *(("strokes",) if reader.engine.wants_strokes else ()),
            "stamps",
        ),
    )


def _with_layer(read: Provenance, kept: KeptLayer | None) -> Provenance:
    """What became of the page's text layer is part of how the page was read."""
    if kept is None or kept.lines is None:
        return replace(read, steps=(*read.steps, *kept.steps)) if kept else read
    engine = f"{read.engine} {read.engine_version} compared"
    return replace(read, engine=ENGINE, engine_version=layer_version(), model="", steps=(*read.steps, *kept.steps, engine))


def _view(image: PageImage, view_dpi: int) -> bytes:
    scale = min(1.0, view_dpi / image.dpi)
    small = cv2.resize(image.pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    if image.is_colour:
        small = cv2.cvtColor(small, cv2.COLOR_RGB2BGR)
    _, data = cv2.imencode(".jpg", small, [cv2.IMWRITE_JPEG_QUALITY, _VIEW_QUALITY])
    return data.tobytes()
