"""The same batch on Prefect: runs, retries and visibility; bookkeeping stays in the ledger.

In: what `flows.batch` needs. Out: the same report, a flow run with one task run a chunk, and a table artifact a batch. Prefect is
imported on first use: its import and its server cost seconds that a small dossier should not wait for.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from dossier.errors import DossierError, Unavailable
from dossier.settings import FlowSettings, prefect_api_url, set_environment_defaults
from flows.batch import Batch, BatchReport, Chunk, Workshop, complete_batch, read_chunk, unfinished
from flows.reporting import table_rows

if TYPE_CHECKING:
    from prefect.client.schemas.objects import State, TaskRun
    from prefect.futures import PrefectFuture
    from prefect.task_runners import TaskRunner
    from prefect.tasks import Task

_ENVIRONMENT = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_TELEMETRY_ENABLE_RESOURCE_METRICS": "false",
    "PREFECT_CLOUD_ENABLE_ORCHESTRATION_TELEMETRY": "false",
    "PREFECT_CLIENT_SERVER_VERSION_CHECK_ENABLED": "false",
    "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
    "PREFECT_SERVER_EPHEMERAL_ENABLED": "true",
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_BATCH_SIZE": "100",
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_READ_BATCH_SIZE": "100",
    "PREFECT_LOGGING_LEVEL": "WARNING",
    "PREFECT_LOGGING_TO_API_WHEN_MISSING_FLOW": "ignore",
}
"""No telemetry, no look-ups outside; the recorder's batches keep an embedded server from losing records."""

_OF_PREFECT = frozenset({"prefect", "httpx", "httpcore", "websockets"})
"""Modules whose errors mean that the server is away."""

FLOW_NAME = "so-hoa-dot"
_WINDOW = 4
"""Chunks in flight a worker process."""


class NoOrchestrator(Unavailable):
    """Prefect's server does not answer. The work itself needs none. Facts: `detail`."""

    code = "no_orchestrator"


def wanted(settings: FlowSettings, pages: int, *, watching: bool) -> bool:
    """Whether a batch runs on Prefect: when told to, when a server is named, in a watched inbox, or when it is large enough."""
    if settings.engine == "auto":
        return watching or prefect_api_url() is not None or pages >= settings.prefect_from_pages
    return settings.engine == "prefect"


def run_on_prefect(batch: Batch, workshop: Workshop) -> BatchReport:
    """Complete a batch as a Prefect flow, on the server of `PREFECT_API_URL` or an embedded one.

    Raises:
        NoOrchestrator: Prefect's server did not start or went away; the ledger knows what is left.
        MissingTool, Unavailable: as `flows.batch.complete_batch`.
    """
    home = Path.home() / ".local" / "state" / "sohoa" / "prefect"
    set_environment_defaults({**_ENVIRONMENT, "PREFECT_HOME": str(home)})
    from prefect import flow
    from prefect.artifacts import create_table_artifact
    from prefect.settings import get_current_settings
    from prefect.task_runners import ThreadPoolTaskRunner

    # The embedded server opens its database there without making the folder, and would never come up on a fresh machine.
    get_current_settings().home.mkdir(parents=True, exist_ok=True)
    begun = False
    runner = cast("TaskRunner[PrefectFuture[Any]]", ThreadPoolTaskRunner(max_workers=workshop.pool.jobs + 1))

    @flow(name=FLOW_NAME, flow_run_name=_run_name(batch), task_runner=runner)
    def digitise_batch(dossiers: list[str], pages: int) -> BatchReport:
        nonlocal begun
        begun = True
        report = complete_batch(batch, workshop, _run_as_tasks)
        create_table_artifact(key=FLOW_NAME, table=table_rows(report), description=f"{len(dossiers)} hồ sơ, {pages} trang")
        return report

    try:
        return digitise_batch([record.id for record in batch.records], batch.pages)
    except DossierError:
        raise
    except Exception as error:
        if begun and type(error).__module__.partition(".")[0] not in _OF_PREFECT:
            raise
        raise NoOrchestrator(detail=f"{type(error).__name__}: {error}"[:160]) from error


def _run_as_tasks(chunks: Sequence[Chunk], workshop: Workshop) -> Iterator[Chunk]:
    """Submit chunks in a bounded window: memory and events stay flat however large the batch. Tasks are given names, not pages."""
    from prefect import task
    from prefect.cache_policies import NO_CACHE

    by_label = {chunk.label: chunk for chunk in chunks}

    @task(
        cache_policy=NO_CACHE,
        retries=2,
        retry_delay_seconds=[1, 5],
        retry_condition_fn=_can_heal,
        task_run_name="doc-{label}",
        persist_result=False,
    )
    def read_pages(label: str) -> str:
        read_chunk(unfinished(by_label[label], workshop), workshop)
        return label

    window: deque[PrefectFuture[str]] = deque()
    for label in by_label:
        if len(window) >= _WINDOW * workshop.pool.jobs:
            yield by_label[window.popleft().result()]
        window.append(read_pages.submit(label))
    while window:
        yield by_label[window.popleft().result()]


def _can_heal(task: Task[..., object], run: TaskRun, state: State[object]) -> bool:
    """Only what heals by itself is tried again: an engine or disk that was away, never a bad scan."""
    return isinstance(state.result(raise_on_failure=False), Unavailable)


def _run_name(batch: Batch) -> str:
    name = Path(batch.records[0].batch).name if batch.records else "dot"
    return f"{name}-{datetime.now(UTC):%Y%m%d-%H%M%S}"
