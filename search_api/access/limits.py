"""How often one caller may ask: a bucket of tokens for each, in the memory of this process.

In: who asks, how much a minute. Out: yes with what is left, or no with how long to wait. Several server processes have a bucket
each, so that a caller gets at most as many times the limit as there are processes.
"""

from __future__ import annotations

import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

_MOST_CALLERS = 20_000
_MINUTE_S = 60


@dataclass(frozen=True, slots=True)
class Allowance:
    """Whether a request may pass. `left`: how many more may follow at once; `wait_s`: seconds until one more may."""

    passes: bool
    limit: int
    left: int
    wait_s: int

    def headers(self) -> dict[str, str]:
        """What tells the caller (draft-ietf-httpapi-ratelimit-headers)."""
        policy = f'"minute";q={self.limit};w={_MINUTE_S}'
        return {"RateLimit-Policy": policy, "RateLimit": f'"minute";r={self.left};t={self.wait_s}'}


class Buckets:
    """A bucket for each caller; those not seen for longest are forgotten first, when there are too many."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._levels: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, caller: str, a_minute: int, cost: int = 1) -> Allowance:
        """Take a token out of a caller's bucket, which holds a minute's worth; cost 0 only looks."""
        now = self._clock()
        with self._lock:
            level, at = self._levels.pop(caller, (float(a_minute), now))
            level = min(float(a_minute), level + (now - at) * a_minute / _MINUTE_S)
            passes = level >= max(cost, 1)
            level -= cost if passes else 0
            self._levels[caller] = (level, now)
            if len(self._levels) > _MOST_CALLERS:
                self._levels.popitem(last=False)
        wait = 0.0 if level >= 1 else (1 - level) * _MINUTE_S / a_minute
        return Allowance(passes, a_minute, int(level), math.ceil(wait))
