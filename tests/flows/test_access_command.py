"""`sohoa users`, `sohoa keys`, `sohoa access` and the refusal of `sohoa serve`: the real command as a child process."""

from __future__ import annotations

import subprocess
import sys

import pytest

from dossier.model import Access, AccessLevel, ArchivalFacts, BaseAccess, Box, Document, Found
from dossier.settings import StoreSettings
from store import Role, open_store


@pytest.fixture
def kho(tmp_path):
    """A store with one dossier of one document."""
    settings = StoreSettings(folder=tmp_path / "kho")
    with open_store(settings, create=True) as store:
        dossier = store.ledger.register_dossier("b", "Hồ sơ 27", ArchivalFacts()).id
        page = "0" * 32 + "-0001"
        document = Document(f"d-{page}", (page,), subject=Found("một", page, Box(1, 2, 3, 4), 0.9, "test"))
        store.shelf.save_document(dossier, document)
        store.access.note(dossier, {document.id: BaseAccess(Access(("cơ quan",)))})
        store.catalogue.record(dossier, [document], [])
    return settings, document.id


def run(settings, *words, given=""):
    command = [sys.executable, "-c", "from flows.command_line.program import main; main()", *words]
    if words[0] != "serve":
        command += ["--store", str(settings.folder)]
    return subprocess.run(command, input=given, capture_output=True, text=True, encoding="utf-8", timeout=60, check=False)


def test_people_are_added_closed_and_given_passwords(kho):
    settings, _ = kho
    added = run(settings, "users", "add", "Lan", "--role", "luu-tru", "--groups", "Văn thư, cơ quan", given="mật khẩu dài\n")
    assert added.returncode == 0, added.stderr
    assert run(settings, "users", "add", "lan", given="mật khẩu dài\n").returncode == 2
    assert "ít nhất 10" in run(settings, "users", "password", "lan", given="ngắn\n").stderr
    assert "văn thư" in run(settings, "users", "list").stdout
    with open_store(settings) as store:
        account = store.accounts.sign_in("lan", "mật khẩu dài")
        assert (account.role, account.groups) == (Role.ARCHIVIST, ("cơ quan", "văn thư"))
        assert run(settings, "users", "disable", "lan").returncode == 0
        assert store.accounts.sign_in("lan", "mật khẩu dài") is None


def test_a_key_is_shown_once_and_revoked(kho):
    settings, _ = kho
    made = run(settings, "keys", "add", "Cổng", "--scope", "search", "--days", "3")
    written = made.stdout.split()[-1]
    with open_store(settings) as store:
        key = store.api_keys.of(written)
        assert key.scopes == ("search",)
        assert written not in run(settings, "keys", "list").stdout
        assert run(settings, "keys", "revoke", key.id).returncode == 0
        assert store.api_keys.of(written) is None


def test_access_is_decided_with_a_reason(kho):
    settings, document = kho
    decide = ("access", "set", "Hồ sơ 27", "--groups", "lãnh đạo", "--level", "co-dieu-kien", "--open-from", "31/12/2030")
    assert "lý do" in run(settings, *decide).stderr
    done = run(settings, *decide, "--reason", "Công văn 15", "--by", "Minh")
    assert done.returncode == 0, done.stderr
    with open_store(settings) as store:
        assert store.access.of(document) == Access(("lãnh đạo",), AccessLevel.CONDITIONAL, 20301231)
        assert [(one.decided_by, one.reason) for one in store.access.decisions()] == [("Minh", "Công văn 15")]
    shown = run(settings, "access", "show", document).stdout
    assert "lãnh đạo" in shown
    assert "31/12/2030" in shown
    assert run(settings, "access", "set", "không có", "--reason", "x").returncode == 2


def test_an_open_server_stays_on_its_machine(kho):
    refused = run(kho[0], "serve", "--host", "0.0.0.0")
    assert refused.returncode == 2
    assert "SOHOA_API__ACCESS=accounts" in refused.stderr
