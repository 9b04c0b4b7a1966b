"""Tables and the sections of `RESULTS.md`."""

from __future__ import annotations

import pytest

from benchmarks.report import Section, merge, percent, table, target

ORDER = ["accuracy", "throughput"]


def test_a_table_is_markdown() -> None:
    assert table(("a", "b"), [["1", "2"]]) == "| a | b |\n| --- | ---: |\n| 1 | 2 |"


def test_a_short_row_is_refused() -> None:
    with pytest.raises(ValueError, match="another length"):
        table(("a", "b"), [["1"]])


def test_a_section_replaces_only_itself() -> None:
    first = merge("", [Section("throughput", "Speed", "old"), Section("accuracy", "Accuracy", "kept")], ORDER)
    second = merge(first, [Section("throughput", "Speed", "new")], ORDER)
    assert "kept" in second
    assert "new" in second
    assert "old" not in second
    assert merge(second, [Section("throughput", "Speed", "new")], ORDER) == second


def test_sections_stand_in_the_given_order() -> None:
    text = merge("", [Section("throughput", "Speed", "s"), Section("accuracy", "Accuracy", "a")], ORDER)
    assert text.index("## Accuracy") < text.index("## Speed")


def test_a_section_that_is_no_more_goes() -> None:
    old = merge("", [Section("gone", "Gone", "x")], ["gone"])
    assert "Gone" not in merge(old, [Section("accuracy", "Accuracy", "a")], ORDER)


def test_targets_are_said_in_words() -> None:
    assert target("fast", reached=True) == "Target: fast: **met**."
    assert target("fast", reached=False) == "Target: fast: **missed**."


def test_percent() -> None:
    assert (percent(0.0345), percent(1, 0)) == ("3.45", "100")
