"""Stores on every ledger there is: `store` is an empty one on SQLite and on PostgreSQL in turn, `filled` makes dossiers in it.

PostgreSQL: `eval "$(python -m scripts.postgresql start)"`, or any server by SOHOA_TEST_POSTGRESQL_URL. Each test gets a schema.
"""

import hashlib
import os
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy

from dossier.model import Box, Document, Found, Line, Page, PageState, Provenance, ScanFile, ScanFormat, Word, document_id, page_id
from dossier.settings import StoreSettings
from store import FileRecord, Store, open_store

POSTGRESQL = os.environ.get("SOHOA_TEST_POSTGRESQL_URL", "")
REQUIRED = os.environ.get("SOHOA_REQUIRE_POSTGRESQL") == "1"


@pytest.fixture(params=["sqlite", "postgresql"])
def ledger_url(request: pytest.FixtureRequest) -> Iterator[str | None]:
    """URL of an empty ledger; None is SQLite inside the store."""
    if request.param == "sqlite":
        yield None
        return
    if not POSTGRESQL and REQUIRED:
        pytest.fail("PostgreSQL is required and SOHOA_TEST_POSTGRESQL_URL is not set")
    if not POSTGRESQL:
        pytest.skip("SOHOA_TEST_POSTGRESQL_URL is not set: python -m scripts.postgresql start")
    schema = f"test_{uuid.uuid4().hex[:12]}"
    engine = sqlalchemy.create_engine(POSTGRESQL)
    with engine.begin() as connection:
        connection.exec_driver_sql(f"CREATE SCHEMA {schema}")
    yield f"{POSTGRESQL}?options=-csearch_path%3D{schema}"
    with engine.begin() as connection:
        connection.exec_driver_sql(f"DROP SCHEMA {schema} CASCADE")
    engine.dispose()


@pytest.fixture
def settings(tmp_path: Path, ledger_url: str | None) -> StoreSettings:
    """Settings of a store that is not made yet."""
    return StoreSettings(folder=tmp_path / "kho", ledger_url=ledger_url)


@pytest.fixture
def store(settings: StoreSettings) -> Iterator[Store]:
    """An empty store on each ledger."""
    with open_store(settings, create=True) as opened:
        yield opened


def digest_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def make_page(identifier: str, text: str) -> Page:
    words = tuple(Word(word, Box(10 * at, 10, 10 * at + 9, 20), 0.9) for at, word in enumerate(text.split()))
    lines = (Line(Box(0, 10, 500, 20), words),) if words else ()
    number = int(identifier[-4:])
    return Page(identifier, number, 600, 800, 100, 0, 0.0, lines, not lines, (), Provenance("t", "1", "vie", "0", "0", ()))


def make_document(*page_ids: str, subject: str = "") -> Document:
    found = Found(subject, page_ids[0], Box(1, 2, 3, 4), 0.9, "test") if subject else None
    return Document(id=document_id(page_ids[0]), page_ids=page_ids, subject=found)


def open_in(store: Store, dossier_id: str, name: str, pages: int, content: str = "") -> FileRecord:
    """Count and open a file whose content is `content` (its name by default)."""
    sha256 = digest_of(content or name)
    record = store.ledger.count_file(dossier_id, name, sha256, 100)
    return store.ledger.open_file(record.id, ScanFile(name, sha256, ScanFormat.PDF, 100, pages))


def read_all(store: Store, file: FileRecord, text: str = "chữ") -> list[str]:
    """Read every page of a file; answers their ids."""
    for page in store.ledger.pages(file.id):
        store.shelf.save_page(file.dossier_id, make_page(page.id, f"{text} {page.number}"), b"\xff\xd8 jpeg \xff\xd9")
        store.ledger.finish_page(file.id, page.number, PageState.READ)
    return [page_id(file.sha256, number) for number in range(1, (file.page_count or 0) + 1)]


@pytest.fixture
def make() -> Callable[..., object]:
    """The functions above as one object: make.page, make.document, make.file, make.read."""
    from types import SimpleNamespace

    return SimpleNamespace(page=make_page, document=make_document, file=open_in, read=read_all, digest=digest_of)
