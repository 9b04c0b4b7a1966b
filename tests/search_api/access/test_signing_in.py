"""Signing in, keys, rights, limits and the log of visits, over real HTTP."""

from __future__ import annotations

import re
import time

import httpx
import pytest

from dossier.model import Access, AccessLevel, BaseAccess
from dossier.settings import ApiSettings, Settings
from flows.command_line.serving import _is_loopback
from search_api.access.limits import Buckets
from search_api.access.sessions import Session, Signer
from store import MOST_FAILURES, Role, open_store

PASSWORD = "mật khẩu của Lan"
GROUP = "cơ quan"


@pytest.fixture
def office(fill_archive, serve, tmp_path):
    """A server with accounts, its archive, and clients of it: nobody's, and one with a key."""
    archive = fill_archive(tmp_path / "kho")
    settings = Settings(store=archive.settings.store, api=ApiSettings(access="accounts", requests_per_minute=60))
    with open_store(settings.store) as store:
        store.accounts.add("lan", PASSWORD, Role.READER, [GROUP], AccessLevel.CONDITIONAL)
        base = BaseAccess(Access((GROUP,)))
        for dossier_id in archive.dossiers.values():
            store.access.note(dossier_id, {row.id: base for row in store.catalogue.rows(dossier_id)})
    with serve(settings) as client:
        yield archive, settings, client


def sign_in(client: httpx.Client, name: str = "Lan", password: str = PASSWORD, onward: str = "/", **changed: str) -> httpx.Response:
    page = client.get("/dang-nhap", params={"tiep": onward}).text
    token = re.search(r'name="dau" value="([^"]+)"', page)[1]
    onward = re.search(r'name="tiep" value="([^"]*)"', page)[1].replace("&amp;", "&")
    return client.post("/dang-nhap", data={"dau": token, "tiep": onward, "ten": name, "mat-khau": password, **changed})


def key_of(settings: Settings, *scopes: str, rate: int = 0) -> dict[str, str]:
    with open_store(settings.store) as store:
        _, written = store.api_keys.add("thử", scopes, groups=[GROUP], clearance=AccessLevel.OPEN, rate=rate)
    return {"Authorization": f"Bearer {written}"}


def test_a_person_signs_in_goes_on_and_out(office):
    archive, _, client = office
    where = f"/van-ban/{archive.documents['decision'].id}?trang=2"
    sent_away = client.get(where, headers={"Accept": "text/html"})
    assert sent_away.status_code == 303
    assert sent_away.headers["location"].startswith("/dang-nhap?tiep=%2Fvan-ban")
    answer = sign_in(client, onward=where)
    assert (answer.status_code, answer.headers["location"]) == (303, where)
    cookie = next(value for value in answer.headers.get_list("set-cookie") if value.startswith("sohoa_phien"))
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert client.get(where).status_code == 200
    assert "Đang đăng nhập: lan" in client.get("/dang-nhap").text
    kept = dict(client.cookies)
    token = re.search(r'name="dau" value="([^"]+)"', client.get("/dang-nhap").text)[1]
    assert client.post("/dang-xuat", data={"dau": token}).status_code == 303
    client.cookies.update(kept)
    assert client.get("/v1/search").status_code == 401, "a session that was ended is not opened again by its cookie"


def test_wrong_passwords_forged_forms_and_foreign_sites(office):
    _, _, client = office
    assert sign_in(client, password="sai").status_code == 401
    assert sign_in(client, name="ai đó").status_code == 401
    assert sign_in(client, dau="giả").status_code == 400
    foreign = client.post("/dang-nhap", data={}, headers={"Origin": "https://xau.example"})
    assert foreign.status_code == 403
    for onward in ("//xau.example", "https://xau.example", "/\\xau.example"):
        assert sign_in(client, onward=onward).headers["location"] == "/"
        client.cookies.clear()
    sign_in(client)
    refused = client.post("/v1/searches", json={"q": ""}, headers={"Origin": "https://xau.example"})
    assert refused.status_code == 403
    assert client.post("/v1/searches", json={"q": ""}).status_code == 200


def test_failures_lock_and_guessing_is_slowed_down(office):
    _, _, client = office
    for _ in range(MOST_FAILURES):
        assert sign_in(client, password="sai").status_code == 401
    assert sign_in(client).status_code == 401
    answers = [sign_in(client, name=f"x{number}").status_code for number in range(8)]
    assert answers[-1] == 429
    wrong = [client.get("/v1/search", headers={"Authorization": "Bearer soh_0_0"}) for _ in range(2)]
    assert wrong[-1].status_code == 429
    assert int(wrong[-1].headers["retry-after"]) >= 1


def test_keys_hold_rights_and_limits(office):
    archive, settings, client = office
    document = f"/v1/documents/{archive.documents['decision'].id}"
    searching, reading = key_of(settings, "search"), key_of(settings, "read", rate=3)
    assert client.get("/v1/search", headers=searching).status_code == 200
    refused = client.get(document, headers=searching)
    assert refused.status_code == 403
    assert "xem văn bản" in refused.json()["detail"]
    assert client.get(document, headers=reading).status_code == 200
    assert client.get(document, params={"reveal": "true"}, headers=reading).status_code == 403
    told = client.get(document, headers=reading)
    assert told.headers["ratelimit-policy"] == '"minute";q=3;w=60'
    assert told.headers["ratelimit"].startswith('"minute";r=')
    answers = [client.get(document, headers=reading) for _ in range(3)]
    assert answers[-1].status_code == 429
    assert int(answers[-1].headers["retry-after"]) >= 1


def test_who_saw_what_is_written_down(office):
    archive, settings, client = office
    sign_in(client)
    document = archive.documents["decision"].id
    assert client.get(f"/v1/documents/{document}").status_code == 200
    assert client.get("/v1/documents/d-none").status_code == 404
    whole = key_of(settings, "read", "reveal")
    assert client.get(f"/v1/documents/{document}", params={"reveal": "true"}, headers=whole).status_code == 200
    deadline = time.monotonic() + 10
    with open_store(settings.store) as store:
        while len(store.visits.of(document)) < 2 and time.monotonic() < deadline:
            time.sleep(0.1)
        seen = store.visits.of(document)
        assert {visit.what for visit in seen} == {"GET /v1/documents/{document_id}"}
        assert {visit.who.partition(":")[0] for visit in seen} == {"lan", "key"}
        assert store.visits.of("d-none") == []
        assert [visit.what for visit in store.visits.of("lan")] == ["sign in"]


def test_a_server_without_accounts_answers_to_addresses_only(site):
    assert site.get("/v1/search").status_code == 200
    assert site.get("/v1/search", headers={"Host": "xau.example"}).status_code == 403
    assert site.post("/v1/searches", json={}, headers={"Origin": "https://xau.example"}).status_code == 403
    assert "không cần đăng nhập" in site.get("/dang-nhap").text


def test_cookies_are_ours_only():
    signer, other = Signer(b"a" * 32), Signer(b"b" * 32)
    cookie = signer.session(Session("lan.ở:đây", 3))
    assert signer.opened(cookie, 1) == Session("lan.ở:đây", 3)
    assert other.opened(cookie, 1) is None
    for wrong in ("", ".", "a.b.c.d", cookie[:-1], f"x{cookie}", signer.form_token("n")):
        assert signer.opened(wrong, 1) is None
    token = signer.form_token("n")
    assert signer.is_form_token(token, "n")
    assert not signer.is_form_token(token, "m")
    assert not signer.is_form_token(signer.session(Session("a", 1)), "a")


def test_buckets_fill_with_time():
    now = [0.0]
    buckets = Buckets(lambda: now[0])
    assert [buckets.take("a", 2).passes for _ in range(3)] == [True, True, False]
    assert buckets.take("b", 2).passes
    assert buckets.take("a", 2).wait_s == 30
    now[0] = 30.0
    assert buckets.take("a", 2).passes
    assert not buckets.take("a", 2).passes


@pytest.mark.parametrize(
    ("host", "alone"), [("127.0.0.1", True), ("::1", True), ("localhost", True), ("0.0.0.0", False), ("kho.vn", False)]
)
def test_which_addresses_stay_on_the_machine(host, alone):
    assert _is_loopback(host) is alone
