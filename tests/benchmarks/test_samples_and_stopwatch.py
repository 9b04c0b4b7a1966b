"""Truth beside scans is understood; the stopwatch file is read back; the command line refuses unknown sections."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.__main__ import SECTIONS, main
from benchmarks.plan import Plan
from benchmarks.samples import load_samples
from benchmarks.stopwatch import PageTime, page_times

SAMPLES = Path(__file__).parents[2] / "sample_scans"


def test_every_sample_but_the_broken_one_is_loaded() -> None:
    truths = list(SAMPLES.rglob("*.truth.json"))
    broken = [path for path in truths if json.loads(path.read_text(encoding="utf-8")).get("broken")]
    samples = load_samples(SAMPLES)
    assert len(samples) == len(truths) - len(broken) > 0
    assert all(sample.path.is_file() for sample in samples)
    assert {page.state for sample in samples for page in sample.pages} == {"text", "blank", "secret"}


def test_documents_lie_within_their_file() -> None:
    for sample in load_samples(SAMPLES):
        assert all(1 <= document.first <= document.last <= len(sample.pages) for document in sample.documents)


def test_a_folder_without_truth_is_said_to_be_empty(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="make samples"):
        load_samples(tmp_path)


def test_stopwatch_lines_are_read_back(tmp_path: Path) -> None:
    path = tmp_path / "times"
    assert page_times(path) == []
    path.write_text("1.250000 1700000000.125\n0.500000 1700000001.000\n", encoding="ascii")
    assert page_times(path) == [PageTime(1.25, 1700000000.125), PageTime(0.5, 1700000001.0)]


def test_a_quick_run_takes_a_third_and_says_so() -> None:
    quick = Plan(samples=SAMPLES, data=None, quick=True, jobs=2, peers_problem=None)
    assert quick.some(range(9)) == [0, 3, 6]
    assert any("Quick run" in note for note in quick.notes)


def test_a_missing_peer_is_left_out_and_said() -> None:
    plan = Plan(samples=SAMPLES, data=None, quick=False, jobs=2, peers_problem="OCRmyPDF could not be installed: no network")
    assert "ocrmypdf" not in plan.readers
    assert plan.notes == ("OCRmyPDF could not be installed: no network; its column is missing.",)


def test_an_unknown_section_is_a_usage_error(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["--only", "speed"])
    assert left.value.code == 2
    complaint = capsys.readouterr().err
    assert all(name in complaint for name in SECTIONS)


def test_without_data_the_given_scans_are_skipped_aloud(capsys: pytest.CaptureFixture[str]) -> None:
    plan = Plan(samples=SAMPLES, data=None, quick=True, jobs=2, peers_problem=None)
    assert SECTIONS["given"](plan) is None
    assert SECTIONS["real-batch"](plan) is None
    assert capsys.readouterr().err.count("SOHOA_DATA") == 2
