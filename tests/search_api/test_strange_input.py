"""Whatever is typed: an answer or a problem that says what is wrong, never a crash, never an ignored parameter."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search_api.asking import REPEATABLE, SINGLE

# Pieces of the query language and of what breaks parsers, put together at random.
PIECES = st.sampled_from(
    ['"', '~"', "(", ")", "-", "OR", "*", "~", ":", "số:", "ngày:", "năm:2021", "..", "đất", "quyết định", "15/QĐ-UBND",
     "12/03/2021", " ", "%", "\\", "\0", "\u0301", "\ud7ff", "🙂", "\u202e", "<b>", "'", "a" * 300, "ệ", "e\u0323\u0302"]
)  # fmt: skip


def check(answer) -> None:
    assert answer.status_code in (200, 400, 422), answer.text
    if answer.status_code == 200:
        assert answer.json()["total"]["value"] >= 0
    else:
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["errors"]


@settings(max_examples=40, deadline=None)
@given(pieces=st.lists(PIECES, max_size=12))
def test_any_query_is_answered_or_refused(site, pieces):
    words = "".join(pieces)
    answer = site.get("/v1/search", params={"q": words})
    check(answer)
    page = site.get("/", params={"q": words}, headers={"Accept": "text/html"})
    assert page.status_code == answer.status_code


@settings(max_examples=50, deadline=None)
@given(
    name=st.sampled_from([*REPEATABLE, *SINGLE, "no_such"]),
    value=st.one_of(st.text(max_size=40), PIECES, st.integers(-(2**70), 2**70).map(str)),
)  # fmt: skip
def test_any_value_of_any_parameter_is_answered_or_refused(site, name, value):
    answer = site.get("/v1/search", params={name: value})
    check(answer)
    if name == "no_such":
        assert answer.status_code == 400


@pytest.mark.parametrize("raw", ["q=%ff%fe", "q=%00", "q=" + "a" * 3000, "q=a&&&", "q", "=a", "%20=a", "q=a;b"])
def test_raw_query_strings(site, raw):
    check(site.get(f"/v1/search?{raw}"))


@pytest.mark.parametrize("path", ["/v1/pages/%00", "/v1/pages/" + "a" * 300, "/v1/documents/..%2f..", "/van-ban/%ff", "/ho-so/%00"])
def test_raw_ids(site, path):
    answer = site.get(path)
    assert answer.status_code in (404, 422)
    assert answer.headers["content-type"] == "application/problem+json"
