"""How well the scans that `SOHOA_DATA` names are read, judged by the scorers that lie beside them.

In: `SOHOA_DATA` (folders `real` and `synthetic`; programs `../tools/score.py`, `../tools/score_fields.py`). Out: a section, or None
without the data. The scorers are run as programs; their `--help` explains the rates.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.cost import cost_of
from benchmarks.given_pages import drawn_pages, transcribed_scans
from benchmarks.plan import Plan
from benchmarks.readers import ENGINES, OURS, TESSERACT, FileText, read_once
from benchmarks.report import Section, percent, table, target
from ocr.engines import networks

NAME = "given"

_MOST = {"real": 0.6, "L0": 0.4, "L1": 0.4, "L2": 2.0, "L3": 2.5}
"""Per cent of the characters (lcer) that may be wrong."""
_MOST_REAL_WORDS = 2.0
_MOST_CPU_S = 0.8
_OWN_RECOGNISER = Path(networks.__file__).with_name("recogniser.onnx")
_FITTED = (
    "What was fitted on what: line recogniser: {recogniser}; language model: `corpus`; second reader and confidence of "
    "words: printed pages of `sample_printer`, the words of some from `corpus`; reader of figures written by pen: strokes "
    "and typefaces of hands, no scan; all other thresholds: pages of `sample_printer`. The scans of this section judge. "
    "Faults were looked for on them too, and what mended them is general, but four limits were chosen with a look at scans:"
    " how far the rules of a table may lean and the space after a dash in a cell (kiengiang_kh239 p1), how far lines may "
    "leap and reach of blue ink (L1_1001, L1_1002, L1_1005)."
)
_OWN = "our own, trained on lines printed by `sample_printer` with words and sentences of `corpus`"
_FOREIGN = "that of the package trueocr, as it comes"
_RATES = (
    "lcer, lwer: error rates line by line in whatever order; cer, wer: of the whole page, reading order and optional stamps count "
    "too; all per cent. Fields: micro F1, per cent. Tesseract and OCRmyPDF find no fields."
)


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
        ("real", "Real scans", plan.some(transcribed_scans(plan.data))),
        ("synthetic", "Drawn pages, four levels of damage", plan.some(drawn_pages(plan.data))),
    ):
        parts += [f"### {title}", *_measure_set(_Work(tuple(scans), plan.data / name, tools), plan)]
    parts += [_RATES, _FITTED.format(recogniser=_OWN if _OWN_RECOGNISER.exists() else _FOREIGN), *plan.notes]
    return Section(NAME, "Accuracy on the given scans", "\n\n".join(parts))


def _measure_set(work: _Work, plan: Plan) -> list[str]:
    with tempfile.TemporaryDirectory(prefix="sohoa-bench-") as name:
        folder = Path(name)
        ours, *others = plan.readers
        readings = {reader: read_once(reader, work.scans, plan.jobs) for reader in (ours, *ENGINES, *others)}
        for reader, texts in readings.items():
            _write_texts(folder / reader, work.scans, texts)
        _write_fields(folder / "fields", work.scans, readings[OURS])
        rates = _score(work, "score.py", [folder / reader for reader in readings], folder)
        fields = _score(work, "score_fields.py", [folder / "fields"], folder)["fields"]
    pages = sum(len(text.pages) for text in readings[OURS])
    costs = {reader: sum(text.cpu_s for text in texts) / pages for reader, texts in readings.items()}
    parts = [_rates_table(rates, costs)]
    parts += [
        f"{reader} gave no text of {path.name}: {text.problem}"
        for reader, texts in readings.items()
        for path, text in zip(work.scans, texts, strict=True)
        if text.problem is not None
    ]
    return [*parts, "\n".join(_targets(rates, costs)), _fields_table(fields)]


def _targets(rates: dict[str, dict[str, dict[str, Any]]], costs: dict[str, float]) -> Iterator[str]:
    """A line for every row of the goals that this set can show, with plain Tesseract's rate of the same run."""
    for group, most in _MOST.items():
        if group in rates[OURS]:
            rate, other = rates[OURS][group]["lcer"], rates[TESSERACT][group]["lcer"]
            yield _target(f"{group}, lcer", percent(rate), f"{most:.1f} %", percent(other), reached=100 * rate <= most)
    if "real" in rates[OURS]:
        rate, other = rates[OURS]["real"]["lwer"], rates[TESSERACT]["real"]["lwer"]
        reached = 100 * rate <= _MOST_REAL_WORDS
        yield _target("real, lwer", percent(rate), f"{_MOST_REAL_WORDS:.1f} %", percent(other), reached=reached)
    cost = costs[OURS]
    reached = cost <= _MOST_CPU_S
    yield _target("CPU a page", f"{cost:.2f}", f"{_MOST_CPU_S} s", f"{costs[TESSERACT]:.2f}", reached=reached)


def _target(what: str, ours: str, most: str, plain: str, *, reached: bool) -> str:
    return "- " + target(f"{what} at most {most} ({ours}; plain Tesseract {plain})", reached=reached)


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
    kinds = ("lcer", "lwer", "cer", "wer") if groups == ["real"] else ("lcer", "lwer")
    head = ["reader", *(f"{group} {kind}" for group in groups for kind in kinds), "CPU s a page"]
    rows = [
        [reader, *(percent(rows[group][kind]) for group in groups for kind in kinds), f"{cpu_s[reader]:.2f}"]
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
