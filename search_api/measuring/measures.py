"""The numbers of one server process, in a registry of its own.

In: requests and questions as they end. Out: the text that Prometheus reads. Labels take few values: routes with the names of their
parameters, never ids, words or people.
"""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.gc_collector import GCCollector
from prometheus_client.platform_collector import PlatformCollector
from prometheus_client.process_collector import ProcessCollector

_REQUEST_S = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
_QUESTION_S = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)


class Measures:
    """Counters and histograms of one application."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        for collector in (ProcessCollector, PlatformCollector, GCCollector):
            collector(registry=self.registry)
        self._requests = Counter("sohoa_requests", "Answered requests.", ("method", "route", "status"), registry=self.registry)
        self._request_s = Histogram(
            "sohoa_request_seconds", "Seconds to answer.", ("route",), buckets=_REQUEST_S, registry=self.registry
        )
        self._running = Gauge("sohoa_requests_running", "Requests being answered.", registry=self.registry)
        self._question_s = Histogram(
            "sohoa_index_question_seconds",
            "Seconds the search engine took.",
            ("engine", "kind"),
            buckets=_QUESTION_S,
            registry=self.registry,
        )
        self._failures = Counter(
            "sohoa_index_failures", "Questions that the search engine did not answer.", ("engine", "kind"), registry=self.registry
        )
        self._slow = Counter("sohoa_index_slow_questions", "Questions that were slow.", ("engine",), registry=self.registry)

    def begin_request(self) -> None:
        """A request came in."""
        self._running.inc()

    def end_request(self, method: str, route: str, *, status: int, seconds: float) -> None:
        """A request was answered."""
        self._running.dec()
        self._requests.labels(method, route, str(status)).inc()
        self._request_s.labels(route).observe(seconds)

    def question(self, engine: str, kind: str, *, seconds: float) -> None:
        """The engine answered."""
        self._question_s.labels(engine, kind).observe(seconds)

    def failure(self, engine: str, kind: str) -> None:
        """The engine did not answer."""
        self._failures.labels(engine, kind).inc()

    def slow(self, engine: str) -> None:
        """A question was slow."""
        self._slow.labels(engine).inc()

    def text(self) -> bytes:
        """Everything, as Prometheus reads it."""
        return generate_latest(self.registry)
