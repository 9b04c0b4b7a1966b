"""How well the scans that `SOHOA_DATA` names are read, judged by the scorers that lie beside them.

In: `SOHOA_DATA` (folders `real` and `synthetic`; programs `../tools/score.py`, `../tools/score_fields.py`). Out: a section, or None
without the data. The scorers are run as programs; their `--help` explains the rates.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.cost import cost_of
from benchmarks.plan import Plan
from benchmarks.readers import OURS, TESSERACT, FileText, read_files
from benchmarks.report import Section, percent, table, target

NAME = "given"

_PAGE_TRUTH = re.compile(r"(?P<scan>.+)\.p(?P<page>\d+)\.gt\.txt")
_IMAGES = (".png", ".jpg", ".jpeg", ".tif")


@dataclass(frozen=True, slots=True)
class _Work:
    """A set of scans and where the scorers are."""

    scans: tuple[Path, ...]
    truth: Path
    tools: Path


def measure(plan: Plan) -> Section | None:
    """Read the given scans with every reader and have them scored; None, said aloud, without `SOHOA_DATA`."""
    if plan.data is None:
        print("given: skipped, SOHOA_DATA names no folder of scans with truth", file=sys.stderr)
        return None
    tools = plan.data.parent / "tools"
    parts = []
    for name, title, scans in (
        ("real", "Real scans", plan.some(_real(plan.data / "real"))),
        ("synthetic", "Drawn pages, four levels of damage", plan.some(_drawn(plan.data / "synthetic"))),
    ):
        parts += [f"### {title}", *_measure_set(_Work(tuple(scans), plan.data / name, tools), plan)]
    parts += [
        "lcer, lwer: order-independent error rates, per cent. Fields: micro F1, per cent. Tesseract and OCRmyPDF find no fields.",
        *plan.notes,
    ]
    return Section(NAME, "Accuracy on the given scans", "\n\n".join(parts))


def _real(folder: Path) -> list[Path]:
    """Scans with at least one transcribed page."""
    return sorted({folder / f"{found['scan']}.pdf" for path in folder.iterdir() if (found := _PAGE_TRUTH.fullmatch(path.name))})


def _drawn(folder: Path) -> list[Path]:
    return [
        image for truth in sorted(folder.glob("L*.json")) for suffix in _IMAGES if (image := truth.with_suffix(suffix)).exists()
    ]


def _measure_set(work: _Work, plan: Plan) -> list[str]:
    with tempfile.TemporaryDirectory(prefix="sohoa-bench-") as name:
        folder = Path(name)
        readings = {reader: read_files(reader, work.scans, plan.jobs) for reader in plan.readers}
        for reader, texts in readings.items():
            _write_texts(folder / reader, work.scans, texts)
        _write_fields(folder / "fields", work.scans, readings[OURS])
        rates = _score(work, "score.py", [folder / reader for reader in readings], folder)
        fields = _score(work, "score_fields.py", [folder / "fields"], folder)["fields"]
    pages = sum(len(text.pages) for text in readings[OURS])
    parts = [_rates_table(rates, {reader: sum(text.cpu_s for text in texts) / pages for reader, texts in readings.items()})]
    parts += [
        f"{reader} gave no text of {path.name}: {text.problem}"
        for reader, texts in readings.items()
        for path, text in zip(work.scans, texts, strict=True)
        if text.problem is not None
    ]
    if "real" in rates[OURS]:
        ours, plain = rates[OURS]["real"]["lcer"], rates[TESSERACT]["real"]["lcer"]
        claim = f"lcer on real pages no worse than plain Tesseract's ({percent(ours)} against {percent(plain)})"
        parts.append(target(claim, reached=ours <= plain))
    return [*parts, _fields_table(fields)]


def _write_texts(folder: Path, scans: Sequence[Path], texts: Sequence[FileText]) -> None:
    """Text as the scorer wants it: `NAME.txt` for a drawn page, `NAME.pN.txt` for page N of a scan."""
    folder.mkdir()
    for path, text in zip(scans, texts, strict=True):
        for number, page in enumerate(text.pages, start=1):
            name = f"{path.stem}.p{number}.txt" if path.suffix == ".pdf" else f"{path.stem}.txt"
            (folder / name).write_text(page, encoding="utf-8")


def _write_fields(folder: Path, scans: Sequence[Path], texts: Sequence[FileText]) -> None:
    """Fields of the first document of each file; every given scan holds one."""
    folder.mkdir()
    for path, text in zip(scans, texts, strict=True):
        fields = text.documents[0].fields if text.documents else {}
        (folder / f"{path.stem}.json").write_text(json.dumps(fields, ensure_ascii=False), encoding="utf-8")


def _score(work: _Work, program: str, hypotheses: Sequence[Path], folder: Path) -> dict[str, dict[str, dict[str, Any]]]:
    """Run a scorer; answers {hypothesis: {row: {rate or field: value}}}."""
    out = folder / f"{program}.json"
    cost_of([sys.executable, work.tools / program, "--present", "--json", out, work.truth, *hypotheses])
    scored: dict[str, dict[str, dict[str, Any]]] = json.loads(out.read_text(encoding="utf-8"))
    return scored


def _rates_table(rates: dict[str, dict[str, dict[str, Any]]], cpu_s: dict[str, float]) -> str:
    groups = [name for name in next(iter(rates.values())) if name not in ("all", "mean")]
    groups += ["mean"] if len(groups) > 1 else []
    head = ["reader", *(f"{group} {rate}" for group in groups for rate in ("lcer", "lwer")), "CPU s a page"]
    rows = [
        [reader, *(percent(rows[group][rate]) for group in groups for rate in ("lcer", "lwer")), f"{cpu_s[reader]:.2f}"]
        for reader, rows in rates.items()
    ]
    return table(head, rows)


def _fields_table(groups: dict[str, dict[str, Any]]) -> str:
    """F1 of each field, all groups together, and of all fields."""
    fields = groups["all"]
    rows = [
        [name, str(counts["truth"]), str(counts["given"]), percent(counts["exact_f1"], 1), percent(counts["near_f1"], 1)]
        for name, counts in fields.items()
        if name != "items"
    ]
    return table(("field", "on paper", "found", "F1 %", "lenient F1 %"), rows)
