"""People, programs and the log of visits: no password or secret is kept, refusals look alike, failures lock."""

import pytest

from dossier.errors import NotFound
from dossier.model import AccessLevel
from store import Role, Visit, open_store
from store.accounts import MOST_FAILURES

PASSWORD = "mật khẩu của Lan"


@pytest.fixture
def lan(store):
    assert store.accounts.add("lan", PASSWORD, Role.ARCHIVIST, ["văn thư"], AccessLevel.CONDITIONAL)
    return store.accounts


def test_a_person_signs_in(lan):
    account = lan.sign_in("lan", PASSWORD)
    assert (account.name, account.role, account.groups) == ("lan", Role.ARCHIVIST, ("văn thư",))
    assert lan.sign_in("lan", PASSWORD + " ") is None
    assert lan.sign_in("minh", PASSWORD) is None
    assert not lan.add("lan", "một mật khẩu khác", Role.READER, [], AccessLevel.OPEN)


def test_failures_lock_and_a_new_password_unlocks(lan):
    for _ in range(MOST_FAILURES):
        assert lan.sign_in("lan", "sai") is None
    assert lan.sign_in("lan", PASSWORD) is None
    assert lan.account("lan").locked_until
    lan.set_password("lan", "mật khẩu mới của Lan")
    assert lan.sign_in("lan", "mật khẩu mới của Lan").epoch == 2


def test_failures_count_in_a_row_only(lan):
    for _ in range(3):
        for _ in range(MOST_FAILURES - 1):
            lan.sign_in("lan", "sai")
        assert lan.sign_in("lan", PASSWORD) is not None


def test_a_disabled_account_is_closed(lan):
    lan.set_disabled("lan", disabled=True)
    assert lan.sign_in("lan", PASSWORD) is None
    with pytest.raises(NotFound):
        lan.set_disabled("minh", disabled=True)


def test_keys_open_until_they_end(store):
    kept, written = store.api_keys.add("cổng dịch vụ", ["search"], groups=["văn thư"], clearance=AccessLevel.OPEN)
    assert store.api_keys.of(written).scopes == ("search",)
    assert store.api_keys.all()[0].used_at
    for wrong in ("", "soh", "soh_", written[:-1], written + "x", written.replace("soh", "hos"), f"soh_{kept.id}_"):
        assert store.api_keys.of(wrong) is None
    _, late = store.api_keys.add("cũ", [], groups=[], clearance=AccessLevel.OPEN, expires_at="2020-01-01T00:00:00+00:00")
    assert store.api_keys.of(late) is None
    store.api_keys.revoke(kept.id)
    assert store.api_keys.of(written) is None


def test_no_password_and_no_secret_is_in_the_ledger(settings, store, ledger_url):
    if ledger_url is not None:
        pytest.skip("looks into the file of SQLite")
    store.accounts.add("lan", PASSWORD, Role.READER, [], AccessLevel.OPEN)
    _, written = store.api_keys.add("cổng", [], groups=[], clearance=AccessLevel.OPEN)
    store.close()
    kept = b"".join(path.read_bytes() for path in settings.folder.glob("ledger.sqlite*"))
    assert PASSWORD.encode() not in kept
    assert written.rpartition("_")[2].encode() not in kept
    with open_store(settings) as again:
        assert again.api_keys.of(written) is not None


def test_visits_are_told_by_item_and_person(store):
    store.visits.add([])
    seen = [
        Visit("2026-01-01T00:00:00+00:00", who, "document", item, "::1", "t") for who, item in (("lan", "d-1"), ("minh", "d-1"))
    ]
    store.visits.add(seen)
    assert store.visits.of("d-1") == seen[::-1]
    assert store.visits.of("d-1", who="lan") == seen[:1]
    assert store.visits.of("d-2") == []
