"""Opening a store: what is not there, what is newer, what is locked, and who may write."""

import multiprocessing
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

import store.database
from dossier.errors import BadSettings, NotFound, Unavailable
from dossier.model import ArchivalFacts
from dossier.settings import StoreSettings
from store import open_store

HOLDER = """
import sys, time
from pathlib import Path
from dossier.settings import StoreSettings
from store import open_store
with open_store(StoreSettings(folder=Path(sys.argv[1])), create=True) as store, store.writing():
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def plain(tmp_path):
    return StoreSettings(folder=tmp_path / "kho")


def test_a_store_that_is_not_there_is_not_made_by_reading(plain):
    with pytest.raises(NotFound):
        open_store(plain)
    assert not plain.folder.exists()


def test_a_newer_ledger_is_refused_with_the_setting_named(store, settings):
    with store._database.begin() as connection:
        connection.exec_driver_sql("UPDATE counters SET value = 99 WHERE name = 'schema'")
    with pytest.raises(BadSettings) as caught:
        open_store(settings)
    assert caught.value.facts["setting"] == "SOHOA_STORE__LEDGER_URL"
    assert "99" in str(caught.value.facts["problem"])


@pytest.mark.parametrize("url", ["no url", "nosuchdialect://x", "postgresql+nosuchdriver://x"])
def test_a_url_that_is_none_is_a_bad_setting(tmp_path, url):
    with pytest.raises(BadSettings):
        open_store(StoreSettings(folder=tmp_path / "kho", ledger_url=url), create=True)


def test_a_server_that_is_away_is_unavailable(tmp_path):
    url = "postgresql+psycopg://nobody@127.0.0.1:9/nothing?connect_timeout=2"
    with pytest.raises(Unavailable) as caught:
        open_store(StoreSettings(folder=tmp_path / "kho", ledger_url=url), create=True)
    assert caught.value.facts["what"] == "ledger"


def test_a_ledger_that_is_no_database_is_unavailable(plain):
    plain.folder.mkdir()
    (plain.folder / "ledger.sqlite").write_bytes(b"this is no database, whatever its name says" * 100)
    with pytest.raises(Unavailable):
        open_store(plain)


def test_a_locked_ledger_can_be_read_and_refuses_writers_in_time(plain, monkeypatch):
    monkeypatch.setattr(store.database, "_BUSY_S", 0.2)
    with open_store(plain, create=True) as opened:
        opened.ledger.register_dossier("/đợt", "a", ArchivalFacts())
    with closing(sqlite3.connect(plain.folder / "ledger.sqlite", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with open_store(plain) as opened:
            assert opened.counts().dossiers == 1
            with pytest.raises(Unavailable) as caught:
                opened.ledger.register_dossier("/đợt", "b", ArchivalFacts())
            assert caught.value.facts["what"] == "ledger"
            other.execute("ROLLBACK")
            opened.ledger.register_dossier("/đợt", "b", ArchivalFacts())
            assert opened.counts().dossiers == 2


def test_a_reading_sees_one_moment(store, make):
    """What is committed between two questions of one reading is in neither answer."""
    dossier = store.ledger.register_dossier("/đợt", "a", ArchivalFacts()).id
    with store._database.read() as connection:
        before = connection.exec_driver_sql("SELECT count(*) FROM pages").scalar()
        make.file(store, dossier, "1.pdf", 3)
        after = connection.exec_driver_sql("SELECT count(*) FROM pages").scalar()
    assert before == after == 0
    assert store.counts().pages_expected == 3


def test_only_one_process_writes_and_a_killed_one_frees_the_store(plain):
    with subprocess.Popen([sys.executable, "-c", HOLDER, str(plain.folder)], stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with open_store(plain) as opened:
            with pytest.raises(Unavailable) as caught, opened.writing():
                pytest.fail("two writers")
            assert caught.value.facts["what"] == "store"
            half = opened.shelf.dossier_folder("h1") / "pages" / ".writing-abc"
            half.parent.mkdir(parents=True)
            half.write_bytes(b"half")
            picture = opened.shelf.desk / "sohoa-x" / "page.pgm"
            picture.parent.mkdir(parents=True)
            picture.write_bytes(b"P5")
            holder.kill()
            holder.wait()
            with opened.writing():
                assert not half.exists()
                assert not picture.exists()
            with opened.writing():
                pass


def _open(folder, results):
    try:
        with open_store(StoreSettings(folder=folder), create=True) as opened:
            results.put(opened.counts().dossiers)
    except BaseException as error:  # noqa: BLE001  # the parent tells
        results.put(repr(error))


def test_many_may_create_it_at_once(plain):
    context = multiprocessing.get_context("spawn")
    results = context.Queue()
    processes = [context.Process(target=_open, args=(plain.folder, results)) for _ in range(3)]
    for process in processes:
        process.start()
    assert [results.get(timeout=60) for _ in processes] == [0, 0, 0]
    for process in processes:
        process.join()
