"""The pages that `SOHOA_DATA` names, with what is printed on them.

In: the folder with `real` and `synthetic`. Out: files, and pages with their lines.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_PAGE_TRUTH = re.compile(r"(?P<scan>.+)\.p(?P<page>\d+)\.gt\.txt")
_IMAGES = (".png", ".jpg", ".jpeg", ".tif")
_SCANS = (".pdf", ".jpg")
_CLOSING = ("recipients", "signature")


@dataclass(frozen=True, slots=True)
class GivenPage:
    """A page with a transcription.

    Attributes:
        set_name: "real" or the level of a drawn page.
        lines: all printed lines.
        signature: those of the signature block, `closing` those around it; both empty where nobody noted it.
        optional: words of seals, stamps and overlays.
        turn_deg: clockwise turn that makes the page upright.
    """

    path: Path
    number: int
    set_name: str
    lines: tuple[str, ...]
    signature: tuple[str, ...]
    closing: tuple[str, ...]
    optional: tuple[str, ...]
    turn_deg: int


def real_scans(data: Path) -> list[Path]:
    """All real scans, transcribed or not."""
    return [path for path in sorted((data / "real").iterdir()) if path.suffix in _SCANS]


def transcribed_scans(data: Path) -> list[Path]:
    """Real scans with at least one transcribed page."""
    return sorted({page.path for page in _real_pages(data / "real")})


def drawn_pages(data: Path) -> list[Path]:
    """The images of the drawn pages."""
    return [page.path for page in _drawn_pages(data / "synthetic")]


def given_pages(data: Path) -> list[GivenPage]:
    """All pages with a transcription."""
    return [*_real_pages(data / "real"), *_drawn_pages(data / "synthetic")]


def _real_pages(folder: Path) -> Iterator[GivenPage]:
    for path in sorted(folder.iterdir()):
        if found := _PAGE_TRUTH.fullmatch(path.name):
            notes = json.loads(path.with_name(path.name.replace(".gt.txt", ".meta.json")).read_text(encoding="utf-8"))
            optional = tuple(line for key in ("_overlay_lines", "_stamp_lines") for line in notes.get(key) or ())
            lines = tuple(line for line in path.read_text(encoding="utf-8").splitlines() if line not in optional)
            scan = folder / f"{found['scan']}.pdf"
            yield GivenPage(scan, int(found["page"]), "real", lines, (), (), optional, turn_deg=0)


def _drawn_pages(folder: Path) -> Iterator[GivenPage]:
    for truth in sorted(folder.glob("L*.json")):
        known = json.loads(truth.read_text(encoding="utf-8"))
        zones = {name: tuple(lines) for name, lines in known["zones"].items()}
        image = next((path for suffix in _IMAGES if (path := truth.with_suffix(suffix)).exists()), None)
        if image is not None:
            yield GivenPage(
                path=image,
                number=1,
                set_name=f"L{known['level']}",
                lines=tuple(line for lines in zones.values() for line in lines),
                signature=zones.get("signature", ()),
                closing=tuple(line for name in _CLOSING for line in zones.get(name, ())),
                optional=tuple(known["optional"]),
                turn_deg=known["rotation_ccw"],
            )
