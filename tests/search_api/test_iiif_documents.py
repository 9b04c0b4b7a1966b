"""IIIF manifests, collections, annotations and search inside a document; who may read them from another origin."""

from __future__ import annotations

import httpx
import pytest

from dossier.model import OPERATOR
from dossier.settings import SharingSettings
from indexer import open_index
from search_api.access import Gate
from search_api.iiif.addresses import Addresses
from search_api.iiif.finding import spots_of
from search_api.iiif.searching import Searched, search_answer, search_answer_1
from store import open_store

OTHER = "https://xem.example.vn"


@pytest.fixture(scope="module")
def decision(archive):
    return archive.documents["decision"]


@pytest.fixture(scope="module")
def manifest(site, decision):
    answer = site.get(f"/iiif/documents/{decision.id}/manifest")
    assert answer.status_code == 200
    return answer.json()


def place_of(target: str) -> tuple[str, list[int]]:
    canvas, _, box = target.partition("#xywh=")
    return canvas, [int(number) for number in box.split(",")]


def test_a_manifest_says_what_the_paper_says(manifest, decision):
    assert manifest["label"] == {"vi": ["Quyết định 15/QĐ-UBND: Về việc phê duyệt kế hoạch sử dụng đất năm 2021"]}
    rows = {row["label"]["vi"][0]: row["value"]["vi"] for row in manifest["metadata"]}
    assert rows["Số, ký hiệu"] == ["15/QĐ-UBND"]
    assert rows["Ngày ban hành"] == ["2021-03-12"]
    assert rows["Phông"] == ["UBND huyện Hòa Vang"]
    assert all(set(row["label"]) == {"vi", "en"} for row in manifest["metadata"])
    assert "bản giấy là bản có giá trị" in manifest["requiredStatement"]["value"]["vi"][0]
    assert manifest["rights"].startswith("http://rightsstatements.org/vocab/")
    assert [item["items"][0]["id"] for item in manifest["structures"]] == [manifest["items"][1]["id"]]


def test_a_canvas_is_as_large_as_its_picture(site, manifest, decision):
    assert len(manifest["items"]) == len(decision.page_ids)
    for canvas in manifest["items"]:
        body = canvas["items"][0]["items"][0]["body"]
        described = httpx.get(f"{body['service'][0]['id']}/info.json", trust_env=False).json()
        assert (canvas["width"], canvas["height"]) == (described["width"], described["height"]) == (body["width"], body["height"])
        assert httpx.get(body["id"], trust_env=False).headers["content-type"] == "image/jpeg"
        thumbnail = canvas["thumbnail"][0]
        assert max(thumbnail["width"], thumbnail["height"]) <= 200
        assert httpx.get(thumbnail["id"], trust_env=False).status_code == 200


def test_everything_a_manifest_names_is_there(manifest):
    named = [entry["id"] for part in ("homepage", "rendering", "seeAlso", "partOf") for entry in manifest[part]]
    named += [page["id"] for canvas in manifest["items"] for page in canvas["annotations"]]
    named += [manifest["id"], manifest["service"][0]["id"], manifest["service"][1]["@id"]]
    for address in named:
        assert httpx.get(address, trust_env=False).status_code == 200, address


def test_a_page_that_was_set_aside_keeps_its_place(site, archive):
    document = archive.documents["proposal"]
    canvases = site.get(f"/iiif/documents/{document.id}/manifest").json()["items"]
    assert len(canvases) == 3
    assert canvases[1]["items"][0]["items"] == []
    assert (canvases[1]["width"], canvases[1]["height"]) == (canvases[0]["width"], canvases[0]["height"])
    empty = site.get(f"/iiif/documents/{document.id}/annotations/{document.page_ids[1]}")
    assert empty.json()["items"] == []


def test_lines_stand_where_they_were_read(site, archive, manifest, decision):
    page = archive.page(decision.page_ids[0])
    lines = site.get(manifest["items"][0]["annotations"][0]["id"].partition("//")[2].partition("/")[2].join(["/", ""])).json()[
        "items"
    ]
    assert [line["body"]["value"] for line in lines] == [line.text for line in page.lines]
    assert {line["body"]["language"] for line in lines} == {"vi"}
    scale = manifest["items"][0]["width"] / page.width
    for line, read in zip(lines, page.lines, strict=True):
        canvas, (x, y, width, height) = place_of(line["target"])
        assert canvas == manifest["items"][0]["id"]
        assert x <= read.box.x0 * scale < x + 1
        assert y <= read.box.y0 * scale < y + 1
        assert x + width - 1 < read.box.x1 * scale <= x + width
        assert y + height - 1 < read.box.y1 * scale <= y + height


def test_lines_of_a_page_are_given_only_with_its_own_document(site, archive, decision):
    other = archive.documents["hostile"].page_ids[0]
    assert site.get(f"/iiif/documents/{decision.id}/annotations/{other}").status_code == 404


def test_a_dossier_is_a_collection_of_what_may_be_seen(site, archive):
    collection = site.get(f"/iiif/dossiers/{archive.dossiers['land']}/collection").json()
    assert collection["type"] == "Collection"
    assert collection["label"] == {"vi": ["Hồ sơ giao đất năm 2021"]}
    listed = [item["id"].split("/")[-2] for item in collection["items"]]
    assert listed == [archive.documents[name].id for name in ("decision", "proposal")]


def test_text_has_a_form_feed_between_pages(site, archive, decision):
    answer = site.get(f"/iiif/documents/{decision.id}/text.txt")
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.text.split("\f") == [archive.page(page_id).text + "\n" for page_id in decision.page_ids]


@pytest.mark.parametrize("path", ["manifest", "search?q=a", "search1?q=a", "autocomplete?q=a", "autocomplete1?q=a", "text.txt"])
def test_what_was_stopped_for_secrecy_is_not_there(site, archive, path):
    assert site.get(f"/iiif/documents/{archive.documents['secret'].id}/{path}").status_code == 404


# search inside a document


def search(site, document, words: str, **more: str):
    answer = site.get(f"/iiif/documents/{document.id}/search", params={"q": words, **more})
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_a_match_has_its_box_and_the_words_around_it(site, archive, manifest, decision):
    found = search(site, decision, "duoc di doi")
    (match,) = found["items"]
    assert match["body"]["value"] == "được đi dời"
    canvas, (x, y, width, height) = place_of(match["target"])
    assert canvas == manifest["items"][1]["id"]
    words = {word.text: word.box for line in archive.page(decision.page_ids[1]).lines for word in line.words}
    expected = (words["được"].x0 / 2, words["được"].y0 / 2, words["dời"].x1 / 2, words["dời"].y1 / 2)
    assert (x, y, x + width, y + height) == pytest.approx(expected, abs=1)
    context, highlight = found["annotations"][0]["items"]
    quote = context["target"]["selector"][0]
    assert (context["motivation"], context["target"]["source"]) == ("contextualizing", match["id"])
    assert quote["exact"] == "được đi dời"
    assert quote["prefix"].endswith("Các hộ ")
    assert quote["suffix"].startswith(" nhận tiền")
    assert highlight["motivation"] == "highlighting"
    lines = site.get(f"/iiif/documents/{decision.id}/annotations/{decision.page_ids[1]}").json()["items"]
    line = next(line for line in lines if line["id"] == highlight["target"]["source"])
    assert highlight["target"]["selector"][0]["exact"] in line["body"]["value"]
    assert found["partOf"]["total"] == 1
    assert "next" not in found


def test_matches_come_in_the_order_of_the_pages(site, manifest, decision):
    canvases = [place_of(item["target"])[0] for item in search(site, decision, "ke hoach")["items"]]
    assert canvases == [canvas["id"] for canvas in manifest["items"]]


def test_version_1_finds_the_same(site, decision):
    new = search(site, decision, "ke hoach")["items"]
    old = site.get(f"/iiif/documents/{decision.id}/search1", params={"q": "ke hoach"}).json()
    assert [item["on"] for item in old["resources"]] == [item["target"] for item in new]
    assert [hit["annotations"] for hit in old["hits"]] == [[item["@id"]] for item in old["resources"]]
    assert old["within"]["total"] == len(new)
    assert {hit["match"] for hit in old["hits"]} == {"kế hoạch"}


def test_parameters_that_do_not_narrow_are_named(site, decision):
    assert search(site, decision, "ke hoach", motivation="painting", user="x")["ignored"] == ["motivation", "user"]
    refused = site.get(f"/iiif/documents/{decision.id}/search", params={"q": "a", "colour": "red"})
    assert refused.status_code == 400


def test_nothing_found_nothing_asked_and_words_that_cannot_be_read(site, decision):
    assert search(site, decision, "bạch mã")["items"] == []
    assert search(site, decision, "")["items"] == []
    assert search(site, decision, "ke hoach", page="2")["items"] == []
    wrong = site.get(f"/iiif/documents/{decision.id}/search", params={"q": '"kế hoạch'})
    assert wrong.status_code == 400
    assert wrong.json()["type"] == "/problems/bad-query"


def test_words_that_begin_alike_are_counted_in_this_document_only(site, archive, decision):
    answer = site.get(f"/iiif/documents/{decision.id}/autocomplete", params={"q": "TRUO"}).json()
    assert [(term["value"], term["total"]) for term in answer["items"]] == [("trường", 1)]  # others stand in other documents
    text = "\n".join(archive.page(page_id).text for page_id in decision.page_ids).lower()
    (term,) = site.get(f"/iiif/documents/{decision.id}/autocomplete", params={"q": "quyế"}).json()["items"]
    assert (term["value"], term["total"]) == ("quyết", text.count("quyết"))
    often = site.get(f"/iiif/documents/{decision.id}/autocomplete1", params={"q": "k", "min": "2"}).json()
    assert often["@type"] == "search:TermList"
    assert {term["match"]: term["count"] for term in often["terms"]} == {"kế": text.count("kế")}


def test_matches_on_many_pages_come_in_parts_that_lead_to_each_other(archive, decision):
    addresses = Addresses("https://luu-tru.example.vn")
    with open_store(archive.settings.store) as store:
        index = open_index(archive.settings.index, archive.settings.store.folder / "index")
        gate = Gate(store, OPERATOR)
        whole = spots_of("ke hoach", decision, gate, index)
        parts = [spots_of("ke hoach", decision, gate, index, part=part, at_once=1) for part in (1, 2, 3)]
        index.close()
    assert [part.more for part in parts] == [True, False, False]
    assert tuple(spot for part in parts for spot in part.found) == whole.found
    answers = [
        search_answer(Searched(decision.id, "ke hoach", n, ()), part, addresses) for n, part in enumerate(parts[:2], start=1)
    ]
    assert answers[0]["next"]["id"] == answers[1]["id"]
    assert answers[1]["prev"]["id"] == answers[0]["id"]
    assert "partOf" not in answers[0]  # how many there are is not known yet
    identifiers = [item["id"] for answer in answers for item in answer["items"]]
    assert len(set(identifiers)) == len(identifiers) == len(whole.found)
    assert search_answer_1(Searched(decision.id, "ke hoach", 1, ()), parts[0], addresses)["next"].endswith("&page=2")


# viewers of other origins


def test_an_open_server_is_not_read_by_pages_of_other_origins(site, decision):
    for path in (f"documents/{decision.id}/manifest", f"image/{decision.page_ids[0]}/full/max/0/default.jpg"):
        answer = site.get(f"/iiif/{path}", headers={"Origin": OTHER})
        assert "access-control-allow-origin" not in answer.headers
        assert answer.headers["cross-origin-resource-policy"] == "same-origin"


def test_an_origin_that_is_named_may_read_and_show(archive, decision, serve):
    settings = archive.settings.model_copy(update={"sharing": SharingSettings(viewer_origins=(OTHER,))})
    with serve(settings) as site:
        read = site.get(f"/iiif/documents/{decision.id}/manifest", headers={"Origin": OTHER})
        assert read.headers["access-control-allow-origin"] == OTHER
        assert "access-control-allow-credentials" not in read.headers
        missing = site.get("/iiif/documents/nowhere/manifest", headers={"Origin": OTHER})
        assert (missing.status_code, missing.headers["access-control-allow-origin"]) == (404, OTHER)
        picture = f"/iiif/image/{decision.page_ids[0]}/full/max/0/default.jpg"
        shown = site.get(picture, headers={"Referer": f"{OTHER}/xem"})
        assert shown.headers["cross-origin-resource-policy"] == "cross-origin"
        other = site.get(picture, headers={"Referer": "https://elsewhere.example/"})
        assert other.headers["cross-origin-resource-policy"] == "same-origin"
        asked = {"Origin": OTHER, "Access-Control-Request-Method": "GET", "Access-Control-Request-Headers": "authorization"}
        allowed = site.request("OPTIONS", f"/iiif/documents/{decision.id}/manifest", headers=asked)
        assert allowed.status_code == 204
        assert "Authorization" in allowed.headers["access-control-allow-headers"]
        page = site.get(f"/van-ban/{decision.id}", headers={"Origin": OTHER})
        assert "access-control-allow-origin" not in page.headers
        assert page.headers["content-security-policy"].startswith("default-src 'none'")


def test_behind_a_proxy_addresses_are_those_of_the_proxy(archive, decision, serve):
    settings = archive.settings.model_copy(update={"sharing": SharingSettings(public_url="https://luu-tru.example.vn/kho/")})
    with serve(settings) as site:
        value = site.get(f"/iiif/documents/{decision.id}/manifest").json()
        assert value["id"] == f"https://luu-tru.example.vn/kho/iiif/documents/{decision.id}/manifest"


def test_what_the_caller_has_is_not_sent_again(site, decision):
    path = f"/iiif/documents/{decision.id}/manifest"
    tag = site.get(path).headers["etag"]
    assert site.get(path, headers={"If-None-Match": tag}).status_code == 304
