"""Fits the confidence of fields on printed documents and shows how far it can be trusted; run again when rules or networks change.

    python -m scripts.fit_field_confidence [--documents 240] [--seed 0] [--folder DIR] [--write]

In: documents printed and worn out by `sample_printer`, read by the product's reader; with --folder the pages that were read are
kept there and not read again. Two documents of three are fitted, the third judges. Out: expected calibration error before and
after, a table by rule; with --write `metadata/field_confidence.toml`, fitted on all of them.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.field_rates import plain
from benchmarks.printed_documents import print_documents
from benchmarks.readers import read_with_ours
from dossier.codec import decode, encode
from dossier.model import Document, Found, Page, single_fields
from metadata import find_documents
from metadata.field_confidence import ANY, TABLE, UNFITTED, FieldConfidence, Knots

_LEAST = 40
"""Values of a rule from which it gets a curve of its own."""
_SMALLEST = 20
_BINS = 10
_DOUBT = 0.5
"""Wrong values added to every knot: no curve says that nothing can be wrong."""


@dataclass(frozen=True, slots=True)
class JudgedValue:
    """A value of a field: the rule that found it, how sure that was, and whether it is what the paper says."""

    document: int
    rule: str
    raw: float
    right: bool


def main() -> int:
    """Print, read, fit, judge, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=240)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--folder", type=Path, help="keeps printed documents and read pages")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    seeds = range(options.seed, options.seed + options.documents)
    with tempfile.TemporaryDirectory(prefix="sohoa-fields-") as name:
        values = judged_values(options.folder or Path(name), seeds)
    judging = [value for value in values if value.document % 3 == 0]
    table = fit([value for value in values if value.document % 3])
    show(judging, table)
    if options.write:
        TABLE.write_text(as_toml(fit(values), f"{len(seeds)} documents from seed {options.seed}"), encoding="utf-8")
        print(f"written: {TABLE}")
    return 0


def judged_values(folder: Path, seeds: Sequence[int]) -> list[JudgedValue]:
    """Every value that is found on the printed documents, with its raw confidence."""
    folder.mkdir(parents=True, exist_ok=True)
    missing = [seed for seed in seeds if not _truths(folder, seed)]
    for printed in print_documents(missing, folder, 1):
        printed.path.with_suffix(".json").write_text(json.dumps(printed.fields, ensure_ascii=False), encoding="utf-8")
    return [value for seed in seeds for truth in _truths(folder, seed) for value in _judge(seed, truth)]


def _truths(folder: Path, seed: int) -> list[Path]:
    return list(folder.glob(f"*-{seed}.json"))


def _judge(seed: int, truth: Path) -> Iterator[JudgedValue]:
    fields = json.loads(truth.read_text(encoding="utf-8"))
    for document in find_documents(_pages(truth.with_suffix(".pdf")), confidence=UNFITTED)[:1]:
        for name, found in _found(document):
            if name in fields:
                wanted = fields[name] if isinstance(fields[name], list) else [fields[name]]
                right = plain(found.value) in {plain(value) for value in wanted if value}
                yield JudgedValue(seed, found.source, found.confidence, right)


def _found(document: Document) -> Iterator[tuple[str, Found]]:
    yield from ((name, found) for name, found in single_fields(document) if found is not None)
    yield from (("toPlaces", place) for place in document.to_places)


def _pages(scan: Path) -> list[Page]:
    kept = sorted(scan.parent.glob(f"{scan.stem}.p*.page"), key=lambda path: int(path.suffixes[-2][2:]))
    if kept:
        return [decode(Page, path.read_bytes()) for path in kept]
    pages = list(read_with_ours(scan).read)
    for page in pages:
        scan.with_name(f"{scan.stem}.p{page.number}.page").write_bytes(encode(page))
    return pages


def fit(values: Sequence[JudgedValue]) -> FieldConfidence:
    """A rising curve a rule; rules with few values get the curve of all."""
    by_rule: Mapping[str, list[JudgedValue]] = defaultdict(list)
    for value in values:
        by_rule[value.rule].append(value)
    shared = _curve(values)
    return FieldConfidence(
        {ANY: shared, **{rule: _curve(some) if len(some) >= _LEAST else shared for rule, some in sorted(by_rule.items())}}
    )


def _curve(values: Sequence[JudgedValue]) -> Knots:
    """Shares of right values in runs, short ones where the rule is least sure, pooled until they rise (isotonic regression).

    Below what was printed the curve falls to nothing: a number written by hand is read worse than anything that can be printed.
    """
    ordered = sorted(values, key=lambda value: value.raw)
    pools: list[list[JudgedValue]] = []
    size = _SMALLEST
    while ordered:
        run, ordered = (ordered[:size], ordered[size:]) if len(ordered) >= size + _SMALLEST else (ordered, [])
        size *= 2
        pools.append(run)
        while len(pools) > 1 and _share(pools[-2]) >= _share(pools[-1]):
            last = pools.pop()
            pools[-1] = pools[-1] + last
    return ((0.0, 0.0), *(knot for pool in pools for knot in _knots(pool)))


def _knots(pool: Sequence[JudgedValue]) -> Iterator[tuple[float, float]]:
    """A level stretch: from where a tenth of its values lie below to where the last tenth begins."""
    edge = len(pool) // 10
    for place in dict.fromkeys((edge, len(pool) - 1 - edge)):
        yield pool[place].raw, round(_share(pool), 4)


def _share(pool: Sequence[JudgedValue]) -> float:
    return sum(value.right for value in pool) / (len(pool) + _DOUBT)


def show(values: Sequence[JudgedValue], table: FieldConfidence) -> None:
    """Calibration errors over all rules, and by rule how many values are right beside what is said of them."""
    raw = [(value.raw, value.right) for value in values]
    fitted = [(_said(table, value), value.right) for value in values]
    print(f"{len(values)} values judged, {sum(value.right for value in values)} right")
    print(f"expected calibration error: raw {calibration_error(raw):.4f}, fitted {calibration_error(fitted):.4f}")
    for rule in sorted({value.rule for value in values}):
        some = [value for value in values if value.rule == rule]
        right, said = sum(value.right for value in some) / len(some), sum(_said(table, value) for value in some) / len(some)
        print(f"{rule:28}{len(some):6} values, right {right:.3f}, said {said:.3f}, raw {sum(v.raw for v in some) / len(some):.3f}")


def _said(table: FieldConfidence, value: JudgedValue) -> float:
    return table.share(value.rule, value.raw)


def calibration_error(said: Sequence[tuple[float, bool]]) -> float:
    """Distance between confidence and share of right values, over bins of equal width weighed by their values."""
    bins: Mapping[int, list[tuple[float, bool]]] = defaultdict(list)
    for confidence, right in said:
        bins[min(_BINS - 1, int(confidence * _BINS))].append((confidence, right))
    return sum(abs(sum(c for c, _ in some) - sum(r for _, r in some)) for some in bins.values()) / max(1, len(said))


def as_toml(table: FieldConfidence, note: str) -> str:
    """The curves with a sentence that says what they were fitted on."""
    curves = "\n".join(
        f'"{rule}" = [{", ".join(f"[{raw}, {share}]" for raw, share in knots)}]' for rule, knots in table.curves.items()
    )
    return (
        f"# Written by scripts/fit_field_confidence.py. Fitted on printed documents only: {note}.\n"
        "# Rule -> [raw confidence, share of such values that are right].\n\n"
        f"[curves]\n{curves}\n"
    )


if __name__ == "__main__":
    raise SystemExit(main())
