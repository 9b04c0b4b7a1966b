"""The same batch on the Prefect engine: the same ledger, one artifact, retries only for what heals by itself.

One embedded server for all of it (`prefect_test_harness`); the command is pointed at that server.
"""

import json
import shutil
import threading
import time

import pytest

from dossier.model import PageState
from dossier.settings import FlowSettings, Settings, StoreSettings, set_environment_defaults
from flows import orchestration
from flows.batch import Batch, Workshop, admit_batch, complete_batch, run_in_threads
from flows.folders import find_folders
from flows.orchestration import FLOW_NAME, run_on_prefect, wanted
from flows.page_pool import PagePool
from flows.progress import Silence
from store import open_store

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("default")]


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """An embedded Prefect server with a home of its own; gives its address."""
    patch = pytest.MonkeyPatch()
    patch.setenv("PREFECT_HOME", str(tmp_path_factory.mktemp("prefect")))
    for name, value in orchestration._ENVIRONMENT.items():
        patch.setenv(name, value)
    from prefect.settings import PREFECT_API_URL
    from prefect.testing.utilities import prefect_test_harness

    with prefect_test_harness(server_startup_timeout=120):
        yield str(PREFECT_API_URL.value())
    patch.undo()


@pytest.fixture
def open_batch(tmp_path, scan):
    """Takes one dossier of four pages in, in chunks of two, with one real worker; answers (batch, workshop)."""
    scan(tmp_path / "đợt" / "a" / "1.tif", "prefect", pages=4)
    opened = []

    def make(name):
        settings = Settings(store=StoreSettings(folder=tmp_path / name), flows=FlowSettings(chunk_pages=2))
        store = open_store(settings.store, create=True)
        pool = PagePool(1, store.shelf, settings.ocr, settings.intake)
        opened.extend([pool, store])
        workshop = Workshop(settings, store, pool, Silence())
        return admit_batch(find_folders([tmp_path / "đợt"], settings.intake.ignore), workshop), workshop

    yield make
    for one in opened:
        one.__exit__(None, None, None)


def task_runs():
    """How often each task of the newest flow run was started."""
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.sorting import FlowRunSort

    with get_client(sync_client=True) as client:
        (newest,) = client.read_flow_runs(sort=FlowRunSort.START_TIME_DESC, limit=1)
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:  # the server notes task runs a moment later
            runs = client.read_task_runs()
            of_flow = [run for run in runs if run.flow_run_id == newest.id and run.state_name == "Completed"]
            if len(of_flow) == 2:
                break
            time.sleep(0.2)
        return sorted(run.run_count for run in of_flow)


@pytest.mark.parametrize(
    ("settings", "pages", "watching", "expected"),
    [
        (FlowSettings(), 10, False, False),
        (FlowSettings(), 300, False, True),
        (FlowSettings(), 1, True, True),
        (FlowSettings(engine="prefect"), 1, False, True),
        (FlowSettings(engine="inline"), 10**6, True, False),
    ],
)
def test_which_batches_run_on_prefect(monkeypatch, settings, pages, watching, expected):
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    assert wanted(settings, pages, watching=watching) is expected


def test_a_named_server_is_used(monkeypatch):
    monkeypatch.setenv("PREFECT_API_URL", "http://127.0.0.1:4200/api")
    assert wanted(FlowSettings(), 1, watching=False)


def test_the_result_is_the_one_of_a_run_in_process(server, open_batch):
    from prefect.artifacts import Artifact

    batch, workshop = open_batch("prefect")
    assert [len(chunk.tasks) for chunk in batch.chunks] == [2, 2]
    report = run_on_prefect(batch, workshop)
    assert task_runs() == [1, 1]
    artifact = Artifact.get(FLOW_NAME)
    (row,) = json.loads(artifact.data)
    assert (row["dossier"], row["expected"], artifact.description) == ("a", 4, "1 hồ sơ, 4 trang")
    batch, inline = open_batch("inline")
    assert complete_batch(batch, inline, run_in_threads) == report
    for path in inline.store.folder.glob("dossiers/*/*/*.json*"):
        assert (workshop.store.folder / path.relative_to(inline.store.folder)).read_bytes() == path.read_bytes()


def test_what_heals_is_tried_again_without_its_finished_pages(server, open_batch):
    """The disk refuses pages for a while; each chunk that met it is started again, and no page is read twice."""
    batch, workshop = open_batch("kho")
    pages = workshop.store.shelf.dossier_folder(batch.records[0].id) / "pages"
    pages.write_bytes(b"a file where a folder should be")

    def heal():
        while not workshop.store.shelf.desk.exists():  # until the worker is there
            time.sleep(0.05)
        time.sleep(2.5)
        pages.unlink()

    healing = threading.Thread(target=heal)
    healing.start()
    report = run_on_prefect(batch, workshop)
    healing.join()
    assert report.rows[0].counts.pages[PageState.PENDING] == 0
    assert sum(report.rows[0].counts.pages.values()) == 4
    assert max(task_runs()) >= 2


def test_an_empty_batch_is_no_trouble(server, open_batch):
    _, workshop = open_batch("kho")
    assert run_on_prefect(Batch((), ()), workshop).rows == ()


def test_the_command_shows_up_on_a_server(server, digitised, sohoa, tmp_path):
    from prefect.client.orchestration import get_client

    with get_client(sync_client=True) as client:
        before = {run.id for run in client.read_flow_runs()}
        scans = tmp_path / "đợt máy chủ" / "a"
        scans.mkdir(parents=True)
        shutil.copy(digitised.scans / "05-hội đồng" / "03-giay-moi.jpg", scans)
        home = str(tmp_path / "home")
        store = tmp_path / "kho"
        said = sohoa("digitise", scans.parent, "--store", store, FLOWS__ENGINE="auto", PREFECT_API_URL=server, PREFECT_HOME=home)
        assert said.returncode == 0, said.stderr
        (run,) = [run for run in client.read_flow_runs() if run.id not in before]
    assert run.name.startswith("đợt máy chủ-")
    assert run.state_name == "Completed"
    (ours,) = store.glob("dossiers/*/documents/*.json")
    assert list(digitised.store.glob(f"dossiers/*/documents/{ours.name}"))


def test_settings_of_the_operator_stay(monkeypatch):
    import os

    monkeypatch.setenv("SOHOA_TEST_ONE", "operator")
    monkeypatch.setenv("SOHOA_TEST_TWO", "")
    monkeypatch.delenv("SOHOA_TEST_TWO")
    set_environment_defaults({"SOHOA_TEST_ONE": "ours", "SOHOA_TEST_TWO": "ours"})
    assert (os.environ["SOHOA_TEST_ONE"], os.environ["SOHOA_TEST_TWO"]) == ("operator", "ours")
