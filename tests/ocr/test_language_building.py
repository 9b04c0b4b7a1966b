from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from dossier.errors import ChangedModel, MissingTool
from language_builder.counting import count, pieces_of
from language_builder.fitting import Judged, calibration_error, detection, equal_count, equal_width, fit, reliability
from language_builder.packing import pack
from language_builder.printed_lines import PrintedSample
from language_builder.sample_file import load_samples, save_samples
from language_builder.texts import HELD_OUT_OF, is_held_out
from ocr.engines.networks.alternatives import Alternatives
from ocr.language.confidence import NAMES, Evidence, open_calibration
from ocr.language.model_file import CODE, NUMBER, START, open_model_file
from ocr.language.ngrams import NOTHING, Ngrams
from ocr.language.words import Case

TEXTS = [
    ("Ủy ban nhân dân tỉnh quyết định", 20),
    ("Hội đồng nhân dân tỉnh họp ngày 12/3/2024", 10),
    ("Căn cứ Quyết định số 15/QĐ-UBND. Ủy ban nhân dân huyện", 5),
]
STEADY = dict.fromkeys(NAMES, 0.0)


@pytest.fixture
def ngrams(tmp_path: Path) -> Ngrams:
    path = tmp_path / "small.bin"
    path.write_bytes(pack(count(TEXTS)))
    return Ngrams(open_model_file(path))


def test_the_same_texts_give_the_same_bytes() -> None:
    assert pack(count(TEXTS)) == pack(count(TEXTS))


def test_pieces_know_numbers_codes_case_and_ends() -> None:
    assert list(pieces_of("Số 15/QĐ-UBND, ngày 12.")) == [
        ("số", Case.TITLE, False), (CODE, Case.LOWER, False), ("ngày", Case.LOWER, False), (NUMBER, Case.LOWER, True),
    ]  # fmt: skip


def test_counts_are_weighted_and_stop_at_sentences() -> None:
    counts = count(TEXTS)
    number = {word: place for place, word in enumerate(counts.words)}
    pairs = {(int(one), int(two)): int(times) for one, two, times in zip(*counts.pairs, strict=True)}
    assert pairs[number["nhân"], number["dân"]] == 35
    assert pairs[START, number["ủy"]] == 25
    assert (CODE, number["ủy"]) not in pairs
    assert counts.single[number["hội"]] == 10


def test_probabilities_sum_to_one(ngrams: Ngrams) -> None:
    size = 40
    words = [number for number in range(size) if number < len(ngrams._single)]
    for context in ((NOTHING, NOTHING), (NOTHING, ngrams.number("nhân")), (ngrams.number("nhân"), ngrams.number("dân"))):
        assert sum(np.exp(ngrams.log_probability(*context, word)) for word in words) == pytest.approx(1.0, abs=0.08)


def test_what_was_seen_is_likelier(ngrams: Ngrams) -> None:
    last = ngrams.number("dân")
    assert ngrams.log_probability(ngrams.number("nhân"), last, ngrams.number("tỉnh")) > ngrams.log_probability(
        ngrams.number("nhân"), last, ngrams.number("họp")
    )


def test_one_paragraph_in_fifty_is_held_out() -> None:
    held = sum(is_held_out(f"Điều {number}. Nội dung") for number in range(20_000))
    assert held / 20_000 == pytest.approx(1 / HELD_OUT_OF, rel=0.15)


def test_calibration_error_of_known_cases() -> None:
    assert calibration_error([(0.9, 0.9, 10), (0.5, 0.5, 3)]) == 0.0
    assert calibration_error([(0.9, 0.8, 50), (0.5, 0.5, 50)]) == pytest.approx(0.05)


def test_fitting_finds_confidences_that_hold() -> None:
    rng = np.random.default_rng(4)

    def drawn(size: int) -> list[Judged]:
        odds = rng.normal(2.0, 2.0, size)
        right = rng.random(size) < 1.0 / (1.0 + np.exp(-0.6 * odds))
        return [Judged(Evidence(**{**STEADY, "rivals": float(x)}), bool(good)) for x, good in zip(odds, right, strict=True)]

    calibration, judged = fit(drawn(8000)), drawn(8000)
    sure = np.array([calibration.confidence(word.evidence) for word in judged])
    right = np.array([word.right for word in judged], np.float64)
    assert calibration_error(reliability(sure, right, equal_width())) < 0.03
    assert calibration_error(reliability(sure, right, equal_count(sure))) < 0.03
    assert detection(sure, right) > 0.7
    assert all(low[1] < high[1] for low, high in zip(calibration.knots, calibration.knots[1:], strict=False))


def test_the_shipped_table_rises_with_the_odds_against_rivals() -> None:
    calibration = open_calibration()
    values = [calibration.confidence(Evidence(**{**STEADY, "rivals": odds, "short": 0.2})) for odds in (-4.0, 0.0, 2.0, 12.0)]
    assert values == sorted(values)
    assert values[0] < 0.5 < values[-1]


def test_a_missing_or_damaged_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MissingTool):
        open_calibration(tmp_path / "none.toml")
    broken = tmp_path / "broken.toml"
    broken.write_text("constant = 1.0\nknots = []\n[weights]\n", encoding="utf-8")
    with pytest.raises(ChangedModel):
        open_calibration(broken)


def test_samples_come_back_from_their_file_as_they_were(tmp_path: Path) -> None:
    rng = np.random.default_rng(1)
    samples = [
        PrintedSample(
            truth,
            Alternatives(
                rng.normal(size=(steps, 5)).astype(np.float32),
                rng.integers(0, 3, (steps, 5)).astype(np.int32),
                rng.normal(size=steps).astype(np.float32),
                ("a", "đ", " "),
                1.5,
                4.0,
            ),
            page,
            "office",
        )
        for page, (truth, steps) in enumerate([("a đ", 7), ("", 0), ("đ", 2)])
    ]
    save_samples(samples, tmp_path / "lines.npz")
    for one, two in zip(samples, load_samples(tmp_path / "lines.npz"), strict=True):
        assert (one.truth, one.page, one.recipe, one.seen.charset) == (two.truth, two.page, two.recipe, two.seen.charset)
        assert np.array_equal(one.seen.symbols, two.seen.symbols)
        assert np.array_equal(one.seen.log_probabilities, two.seen.log_probabilities)
        assert np.array_equal(one.seen.blank, two.seen.blank)
