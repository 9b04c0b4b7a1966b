"""Typeahead, did-you-mean, numbers, citations and similar documents over HTTP: right answers, and no crash whatever is sent."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st


def test_typing_is_completed(site):
    answer = site.get("/v1/suggest", params={"prefix": "ke hoach su d"})
    assert answer.status_code == 200
    items = answer.json()["items"]
    assert {"kind": "phrase", "text": "kế hoạch sử", "count": 1, "start": 0} not in items  # what was typed goes beyond it
    assert "sử dụng" in {one["text"].removeprefix("hoạch ") for one in items}
    assert all(0 <= one["start"] < len("ke hoach su d") and one["count"] > 0 for one in items)
    numbers = site.get("/v1/suggest", params={"prefix": "15"}).json()["items"]
    assert [one["text"] for one in numbers if one["kind"] == "number"] == ["15/QĐ-UBND"]
    assert site.get("/v1/suggest").json() == {"prefix": "", "items": []}


def test_marks_are_proposed(site):
    assert site.get("/v1/spelling", params={"q": "ke hoach su dung dat"}).json()["did_you_mean"] == "kế hoạch sử dụng đất"
    assert site.get("/v1/spelling", params={"q": "thu hooif ddaats"}).json()["did_you_mean"] == "thu hồi đất"
    readings = site.get("/v1/spelling", params={"q": "dat"}).json()["readings"]
    assert [one["text"] for one in readings] == ["đất"]
    assert site.get("/v1/spelling", params={"q": "đất"}).json()["did_you_mean"] is None


def test_numbers_citations_and_similar(site, archive):
    found = site.get("/v1/numbers", params={"number": "QD UBND 15"}).json()["items"]
    assert found[0]["number"] == "15/QĐ-UBND"
    decision = found[0]["id"]
    proposal = site.get("/v1/numbers", params={"number": "27 ttr"}).json()["items"][0]["id"]
    cites = site.get(f"/v1/documents/{decision}/cites").json()["items"]
    assert [one["kind"] for one in cites] == ["basis", "cited"]
    assert [one["id"] for one in cites[1]["documents"]] == [proposal]
    cited_by = site.get(f"/v1/documents/{proposal}/cited-by").json()
    assert (cited_by["total"], [one["id"] for one in cited_by["items"]]) == (1, [decision])
    similar = site.get(f"/v1/documents/{decision}/similar").json()["items"]
    assert decision not in {one["id"] for one in similar}
    for path in ("similar", "cites", "cited-by"):
        assert site.get(f"/v1/documents/no-such/{path}").status_code == 404
        assert site.get(f"/v1/documents/{decision}/{path}", params={"no_such": "1"}).status_code == 400


@pytest.mark.parametrize(
    "path", ["/v1/suggest?limit=0", "/v1/suggest?limit=51", "/v1/numbers?limit=x", "/v1/suggest?prefix=" + "a" * 501]
)
def test_values_out_of_bounds_are_refused(site, path):
    assert site.get(path).status_code == 422


PIECES = st.sampled_from(
    ['"', "(", "-", "*", "~", ":", "số:", "..", "đất", "quyet d", "15/QĐ-UBND", "\0", "\u0301", "\ud7ff", "🙂", "\u202e", "|", "[a",
     "\\", "\x1f", "a" * 200, "27/", "quyeets", "1" * 60, ".*", "{3}", "&&", "<1-9>", "@", "#"]
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(typed=st.one_of(st.lists(PIECES, max_size=6).map("".join), st.text(max_size=60)))
def test_whatever_is_typed_is_answered_or_refused(site, typed):
    for path, name in (("suggest", "prefix"), ("spelling", "q"), ("numbers", "number")):
        answer = site.get(f"/v1/{path}", params={name: typed})
        assert answer.status_code in (200, 422), answer.text
    assert site.get(f"/v1/documents/{quote(typed, safe='')}/similar").status_code in (400, 404, 422)


@pytest.mark.parametrize("raw", ["%ff%fe", "%00", "a&&&", "%ed%a0%80", "%", "a;b", "%E1%BB%87" * 100])
def test_raw_bytes(site, raw):
    for path in ("suggest?prefix=", "spelling?q=", "numbers?number="):
        assert site.get(f"/v1/{path}{raw}").status_code in (200, 400, 422)
