"""Reading a page: the one chain from a scan to a page of words.

In: a `PageScan` and a `Reader` (engine and networks, loaded once a worker). Out: a `Reading`: the page, and the upright image
that its boxes refer to as a small JPEG for people. Pure: no network, nothing written but the engine's own temporary files.
"""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass, replace
from functools import partial
from importlib.metadata import version

import cv2

from dossier.model import Line, Page, PageScan, Provenance
from dossier.settings import IntakeSettings, OcrSettings
from ocr.barcodes import find_barcodes
from ocr.blankness import judge_blank
from ocr.cleaning.blue_ink import lift_blue_ink
from ocr.cleaning.flat_field import flatten_field
from ocr.cleaning.orientation import Orientation, open_orientation
from ocr.cleaning.shrinking import shrink
from ocr.cleaning.strokes import keep_strokes
from ocr.engine_choice import open_engine
from ocr.engines import Engine
from ocr.engines.pen_figures import PenFigures, open_pen_figures
from ocr.intake.rendering import PageImage, Pixels, load_page
from ocr.scraps import without_scraps
from ocr.show_through import SideReading, lines_of_this_side
from ocr.stamp_doubts import unread_stamps
from ocr.stamp_reading import read_stamps, with_stamps, without_arrival_stamps
from ocr.tables import erase_rules, find_framed, find_tables, lines_in_cells, place_lines, without_cells
from ocr.text_layers import ENGINE, KeptLayer, Uprighting, judge_layer, layer_version, open_layer, part_marks
from ocr.upright import Upright, put_upright, red_channel
from ocr.verdicts import Sighting, find_gutter, judge_page, leaves_of, left_leaf_first

_VIEW_QUALITY = 70


@dataclass(frozen=True, slots=True)
class Reader:
    """What reading needs, loaded once a worker process."""

    engine: Engine
    orientation: Orientation
    settings: OcrSettings
    limits: IntakeSettings
    pen: PenFigures | None


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
    return Reader(open_engine(settings), open_orientation(), settings, limits, open_pen_figures())


def read_page(scan: PageScan, reader: Reader) -> Reading:
    """Read one page: decode, put upright, clean, read print and stamps, judge blankness.

    Raises:
        BadScan: the page is damaged, too large, or the engine gave up on it.
    """
    rendered = load_page(scan, reader.settings, reader.limits)
    layer = open_layer(scan, rendered) if reader.settings.text_layers else None
    upright = put_upright(rendered, reader.orientation, reader.engine)
    placed = Uprighting(rendered.pixels.shape[1], rendered.pixels.shape[0], upright.turn_deg, upright.skew_deg)
    del rendered  # an A3 page in colour, as it was scanned, takes 50 MB that nothing needs any more
    image = upright.image
    grey = flatten_field(red_channel(image), dpi=image.dpi)
    ruled = find_tables(grey, dpi=image.dpi)
    unruled = erase_rules(grey, ruled, dpi=image.dpi)
    lifted = lift_blue_ink(image, unruled)
    pressed = (*lifted.stamps, *find_framed(image, grey, unruled))
    framed = read_stamps(pressed, reader.engine)
    tables = without_arrival_stamps(ruled, framed, unruled, reader.engine, dpi=image.dpi)
    kept = judge_layer(layer, grey, reader.engine, dpi=image.dpi, placed=placed) if layer else None
    if kept and kept.lines is not None:
        lines = kept.lines
    else:
        print_only = keep_strokes(lifted.grey, dpi=image.dpi) if reader.engine.wants_strokes else lifted.grey
        arrange = partial(place_lines, tables=tables, grey=unruled, dpi=image.dpi) if tables else None
        lines = reader.engine.read(print_only, dpi=image.dpi, arrange=arrange)
        lines = reader.pen.read_again(lines, grey) if reader.pen else lines
    lines, overlays = part_marks(lines_in_cells(lines, tables), kept.overlay if kept else ())
    stamps = without_cells(framed, tables)
    side = SideReading(tuple(lines)) if kept and kept.lines is not None else _print_of_this_side(lines, grey, reader, dpi=image.dpi)
    barcodes = find_barcodes(grey, dpi=image.dpi)
    blank = None if barcodes or any(stamp.is_mark for stamp in stamps) else judge_blank(grey, side, dpi=image.dpi)
    gutter = find_gutter(grey, side.lines, dpi=image.dpi)
    verdicts = judge_page(Sighting(grey, image.dpi, image.scanned_dpi, side.lines, upright, blank, gutter))
    doubts = unread_stamps(pressed, framed, ruled, dpi=image.dpi)
    lines = () if blank else with_stamps(side.lines, stamps)
    page = Page(
        id=scan.id,
        number=scan.number,
        width=grey.shape[1],
        height=grey.shape[0],
        dpi=image.dpi,
        rotation_deg=upright.turn_deg,
        skew_deg=upright.skew_deg,
        lines=left_leaf_first(lines, gutter) if gutter else lines,
        blank=blank is not None,
        issues=() if blank or lines or barcodes else ("no_text",),
        provenance=_with_layer(_with_steps(provenance(reader), upright, side), kept),
        tables=() if blank else tables,
        verdicts=(*verdicts, *doubts),
        overlays=overlays,
        leaves=leaves_of(gutter, (grey.shape[1], grey.shape[0])) if gutter else (),
        barcodes=barcodes,
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
            *(reader.orientation.name, "straighten", "red-channel", "flat-field", "blue-ink"),
            *(("strokes",) if reader.engine.wants_strokes else ()),
            *((reader.pen.name,) if reader.pen else ()),
            *("tables", "stamps", "barcodes"),
        ),
    )


def _print_of_this_side(lines: tuple[Line, ...], grey: Pixels, reader: Reader, *, dpi: int) -> SideReading:
    """Without what shows through from the other side, and without scraps of signatures, seals and rules."""
    side = lines_of_this_side(lines, grey, reader.engine, dpi=dpi)
    return replace(side, lines=without_scraps(side.lines, grey, dpi=dpi))


def _with_steps(read: Provenance, upright: Upright, side: SideReading) -> Provenance:
    """What was done to this page beyond what is done to all."""
    steps = (
        *(("read-both-ways",) if upright.read_both_ways else ()),
        *((f"show-through -{side.dropped}",) if side.dropped else ()),
    )
    return replace(read, steps=(*read.steps, *steps))


def _with_layer(read: Provenance, kept: KeptLayer | None) -> Provenance:
    """What became of the page's text layer is part of how the page was read."""
    if kept is None or kept.lines is None:
        return replace(read, steps=(*read.steps, *kept.steps)) if kept else read
    engine = f"{read.engine} {read.engine_version} compared"
    return replace(read, engine=ENGINE, engine_version=layer_version(), model="", steps=(*read.steps, *kept.steps, engine))


def _view(image: PageImage, view_dpi: int) -> bytes:
    scale = min(1.0, view_dpi / image.dpi)
    halved = shrink(image.pixels, 0.5 ** int(-math.log2(scale)), nearly=True)
    # Averaging over odd shares of pixels would take longer than all else here; nobody sees the difference.
    shape = (round(image.pixels.shape[1] * scale), round(image.pixels.shape[0] * scale))
    small = cv2.resize(halved, shape, interpolation=cv2.INTER_LINEAR)
    if image.is_colour:
        small = cv2.cvtColor(small, cv2.COLOR_RGB2BGR)
    _, data = cv2.imencode(".jpg", small, [cv2.IMWRITE_JPEG_QUALITY, _VIEW_QUALITY])
    return data.tobytes()
