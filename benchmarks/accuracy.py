"""How well the sample scans are read: character and word error rates, fields, document boundaries, blank and secret pages.

In: `sample_scans/`. Out: a section of the results.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from benchmarks.field_rates import NAMES, Tally, compare_fields, sum_up
from benchmarks.plan import Plan
from benchmarks.readers import OURS, TESSERACT, FileText, read_files
from benchmarks.report import Section, percent, table, target
from benchmarks.samples import Sample, SamplePage, load_samples
from benchmarks.text_rates import Errors, page_errors

NAME = "accuracy"


@dataclass(frozen=True, slots=True)
class _Score:
    whole: Errors
    upright: Errors
    pages: int
    cpu_s: float
    problems: tuple[str, ...]


def measure(plan: Plan) -> Section:
    """Read the samples with every reader and compare with their truth."""
    samples = plan.some(load_samples(plan.samples))
    readings = {reader: read_files(reader, [sample.path for sample in samples], plan.jobs) for reader in plan.readers}
    scores = {reader: _score(samples, texts) for reader, texts in readings.items()}
    parts = [
        f"Print on {scores[OURS].pages} pages of {len(samples)} files of `sample_scans` (secret pages are left out: nothing of "
        "them may be kept). Text is compared line by line wherever it stands, so the order of columns costs nothing; seals and "
        "stamps count neither way. CPU holds page rendering; loading our engine once a worker is under throughput.",
        _text_table(scores),
        target(
            "character errors no more than plain Tesseract's",
            reached=scores[OURS].whole.character_rate <= scores[TESSERACT].whole.character_rate,
        ),
        *(f"{reader} gave no text: {problem}" for reader, score in scores.items() for problem in score.problems),
        "Fields of our own reading, against what is printed; lenient forgives misreadings of up to a tenth of the characters.",
        _fields_table(_fields(samples, readings[OURS])),
        _structure(samples, readings[OURS]),
        *plan.notes,
    ]
    return Section(NAME, "Accuracy on the sample scans", "\n\n".join(parts))


def _score(samples: Sequence[Sample], texts: Sequence[FileText]) -> _Score:
    whole, upright, pages = Errors(), Errors(), 0
    for sample, text in zip(samples, texts, strict=True):
        for page in _scored(sample):
            lines = text.pages[page.number - 1].splitlines() if text.pages else []
            errors = page_errors(page.lines, lines, optional=page.optional)
            whole += errors
            upright += errors if page.rotation_deg == 0 else Errors()
            pages += 1
    count = sum(len(sample.pages) for sample in samples)
    problems = tuple(
        f"{sample.path.name}: {text.problem}" for sample, text in zip(samples, texts, strict=True) if text.problem is not None
    )
    return _Score(whole, upright, pages, sum(text.cpu_s for text in texts) / count, problems)


def _scored(sample: Sample) -> list[SamplePage]:
    """Pages whose words may be read, blank ones included: what is read there is wrong."""
    return [page for page in sample.pages if page.state != "secret"]


def _text_table(scores: Mapping[str, _Score]) -> str:
    rows = [
        [
            reader,
            percent(score.whole.character_rate),
            percent(score.whole.word_rate),
            percent(score.upright.character_rate),
            percent(score.upright.word_rate),
            f"{score.cpu_s:.2f}",
        ]
        for reader, score in scores.items()
    ]
    return table(("reader", "CER %", "WER %", "CER %, upright pages", "WER %, upright pages", "CPU s a page"), rows)


def _fields(samples: Sequence[Sample], texts: Sequence[FileText]) -> dict[str, Tally]:
    """Documents are compared with the one that was found to begin on the same page."""
    total = dict.fromkeys(NAMES, Tally())
    for sample, text in zip(samples, texts, strict=True):
        truth = {document.first: document.fields for document in sample.documents}
        found: Mapping[int, Mapping[str, object]] = {document.first: document.fields for document in text.documents}
        for first in truth.keys() | found.keys():
            for name, tally in compare_fields(truth.get(first, {}), found.get(first, {})).items():
                total[name] += tally
    return total


def _fields_table(fields: Mapping[str, Tally]) -> str:
    rows = [
        [name, str(tally.true), str(tally.found), str(tally.right), percent(tally.f1, 1), percent(tally.lenient_f1, 1)]
        for name, tally in [*fields.items(), ("all", sum_up(fields))]
    ]
    return table(("field", "on paper", "found", "right", "F1 %", "lenient F1 %"), rows)


def _structure(samples: Sequence[Sample], texts: Sequence[FileText]) -> str:
    documents = [(sample.path, document.first, document.last) for sample in samples for document in sample.documents]
    found = {
        (sample.path, document.first, document.last)
        for sample, text in zip(samples, texts, strict=True)
        for document in text.documents
    }
    blank = {(sample.path, page.number) for sample in samples for page in sample.pages if page.state == "blank"}
    called_blank = {(sample.path, number) for sample, text in zip(samples, texts, strict=True) for number in text.blank}
    return (
        f"Documents with the right first and last page: {len(found & set(documents))} of {len(documents)} ({len(found)} found). "
        f"Blank pages known as blank: {len(blank & called_blank)} of {len(blank)}; printed pages called blank: "
        f"{len(called_blank - blank)}."
    )
