"""What poppler says of a PDF: page count and sizes, resolution of the scans inside. In: a path. Out: numbers, or a `BadScan`."""

from __future__ import annotations

import re
import subprocess
from collections import defaultdict
from pathlib import Path

from dossier.errors import Damaged, Encrypted, MissingTool, NoPages

INSTALL_POPPLER = "sudo apt-get install poppler-utils"
_TIMEOUT_S = 60
_TAIL_BYTES = 4096
_BROKEN_STRUCTURE = re.compile(r"(?i)xref|trailer|end of file|page tree|catalog")
"""What poppler complains of when it had to guess the structure of a cut file."""
_NO_PAGES = re.compile(r"Invalid page count 0\b")
"""How newer versions of poppler say that a well-formed file has no page; older ones count 0."""


def run_poppler(*command: str) -> tuple[str, str, int]:
    """Run a poppler program; answers standard output, standard error and exit status.

    Raises:
        MissingTool: when poppler is not installed.
        Damaged: when the program hangs on the file.
    """
    try:
        done = subprocess.run(command, capture_output=True, timeout=_TIMEOUT_S, check=False)
    except FileNotFoundError as error:
        raise MissingTool(tool="poppler", install=INSTALL_POPPLER) from error
    except subprocess.TimeoutExpired as error:
        raise Damaged(detail=f"{command[0]}: {_TIMEOUT_S} s") from error
    return done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace"), done.returncode


def count_pages(path: Path) -> int:
    """Count the pages of a PDF.

    Raises:
        Encrypted: when a password is needed to open it.
        Damaged: when it is cut short or its structure had to be guessed; pages could be missing without notice.
        NoPages: when it is well formed and has no page.
    """
    out, complaints, status = run_poppler("pdfinfo", str(path))
    if "Incorrect password" in complaints:
        raise Encrypted
    found = re.search(r"^Pages:\s*(\d+)", out, re.MULTILINE)
    if _ends_well(path) and (_NO_PAGES.search(complaints) or (found and int(found[1]) == 0 and status == 0)):
        raise NoPages
    if status != 0 or not found:
        raise Damaged(detail=_first_line(complaints) or f"pdfinfo: {status}")
    if not _ends_well(path) or _BROKEN_STRUCTURE.search(complaints):
        raise Damaged(detail=_first_line(complaints) or "thiếu %%EOF")
    if int(found[1]) == 0:
        raise NoPages
    return int(found[1])


def page_size_points(path: Path, number: int) -> tuple[float, float]:
    """Width and height of a page in points (1/72 inch).

    Raises:
        Damaged: when the page has no readable size.
    """
    out, complaints, _ = run_poppler("pdfinfo", "-f", str(number), "-l", str(number), str(path))
    found = re.search(r"^Page\s+\d+ size:\s*([\d.]+) x ([\d.]+) pts", out, re.MULTILINE)
    if not found:
        raise Damaged(detail=_first_line(complaints) or f"trang {number}")
    return float(found[1]), float(found[2])


def scan_dpi(path: Path, number: int) -> int | None:
    """Resolution of the scan that fills a page, or None on a page without images.

    A scan may lie in strips, or as a fine mask over a coarse background: areas of equal resolution are added up, and the
    finest one that covers at least half as much as the largest wins.
    """
    out, _, _ = run_poppler("pdfimages", "-list", "-f", str(number), "-l", str(number), str(path))
    areas: dict[int, float] = defaultdict(float)
    for row in out.splitlines()[2:]:
        cells = row.split()
        if len(cells) < 14 or cells[2] == "smask":
            continue
        try:
            width, height, x_ppi, y_ppi = int(cells[3]), int(cells[4]), int(cells[12]), int(cells[13])
        except ValueError:
            continue
        if x_ppi > 0 and y_ppi > 0:
            areas[max(x_ppi, y_ppi)] += width / x_ppi * height / y_ppi
    if not areas:
        return None
    largest = max(areas.values())
    return max(dpi for dpi, area in areas.items() if area >= largest / 2)


def _ends_well(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - _TAIL_BYTES))
        return b"%%EOF" in file.read()


def _first_line(complaints: str) -> str:
    return complaints.strip().splitlines()[0][:160] if complaints.strip() else ""
