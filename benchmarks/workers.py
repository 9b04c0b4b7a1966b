"""Work spread over processes where only CPU seconds count. In: a function and items, how many at a time. Out: answers in order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import TypeVar

Item = TypeVar("Item")
Answer = TypeVar("Answer")


def in_workers(work: Callable[[Item], Answer], items: Sequence[Item], jobs: int) -> list[Answer]:
    """Call `work` once for every item in fresh processes: none inherits models or memory of this one."""
    if not items:
        return []
    with ProcessPoolExecutor(min(jobs, len(items)), mp_context=get_context("spawn")) as pool:
        return list(pool.map(work, items))
