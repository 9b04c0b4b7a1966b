"""Stacks of papers and what their truth says of them; printed small, for only the order of pages counts here."""

import random

import numpy as np
import pytest

from sample_printer.stacks import print_stack

DPI = 40


@pytest.fixture(scope="module")
def stacks():
    return [print_stack(random.Random(seed), dpi=DPI, sheets=seed % 2 == 0) for seed in range(5)]


def test_every_page_has_its_place(stacks):
    for stack, truth in ((stack, stack.truth) for stack in stacks):
        assert [page.truth.number for page in stack.pages] == list(range(1, len(stack.pages) + 1))
        assert list(truth.starts) == sorted(set(truth.starts))
        assert len(truth.starts) == len(truth.kinds) == len(truth.numbers)
        assert not set(truth.starts) & set(truth.separators)
        assert all(stack.pages[start - 1].truth.state == "text" for start in truth.starts)
        assert 1 in {*truth.starts, *truth.separators}


def test_sheets_lie_before_papers_and_nowhere_else(stacks):
    for number, truth in enumerate(stack.truth for stack in stacks):
        papers = [start for start, kind in zip(truth.starts, truth.kinds, strict=True) if kind not in {"cover", "listing"}]
        if number % 2:
            assert truth.separators == ()
        else:
            assert {start - 1 for start in papers} <= set(truth.separators)


def test_stacks_hold_what_makes_them_hard(stacks):
    pages = [page.truth for stack in stacks for page in stack.pages]
    assert {"blank", "text"} <= {page.state for page in pages}
    assert {page.rotation_deg for page in pages} >= {0, 180}
    kinds = {kind for stack in stacks for kind in stack.truth.kinds}
    assert {"document", "cover", "listing"} <= kinds
    assert kinds & {"minutes", "contract", "application"}


def test_lists_name_what_is_there_and_what_is_not(stacks):
    listed = [(stack.truth, row) for stack in stacks for row in stack.truth.listed]
    assert listed
    for truth, row in listed:
        assert (truth.start_of(row.number) is None) == (row.number in truth.missing)


def test_the_same_seed_prints_the_same_stack():
    one, other = (print_stack(random.Random(3), dpi=DPI, sheets=True) for _ in range(2))
    assert one.truth == other.truth
    assert all(np.array_equal(a.image, b.image) for a, b in zip(one.pages, other.pages, strict=True))
