"""Documents, pages, pictures and dossiers over HTTP."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from dossier.settings import Settings, StoreSettings


def test_a_document_has_the_regulations_fields_with_evidence(site, archive):
    document = archive.documents["decision"]
    answer = site.get(f"/v1/documents/{document.id}").json()
    assert answer["number"] == "15/QĐ-UBND"
    assert answer["dossier"] == archive.dossiers["land"]
    assert list(answer["fields"]) == [
        "organName", "parentOrganName", "codeNumber", "codeNotation", "issuedPlace", "issuedDate", "typeName", "subject",
        "signerName", "signerPosition", "signerAuthority", "secrecy", "priority", "language", "mode", "autograph",
    ]  # fmt: skip
    assert answer["fields"]["signerName"] is None
    subject = answer["fields"]["subject"]
    assert subject["value"].startswith("Về việc phê duyệt")
    assert subject["page"] == 1
    assert subject["page_id"] == document.page_ids[0]
    assert subject["box"] == list(document.subject.box)
    assert answer["toPlaces"] == []


def test_no_page_of_a_document_is_left_out(site, archive):
    document = archive.documents["proposal"]
    items = site.get(f"/v1/documents/{document.id}/pages").json()["items"]
    assert [(item["page"], item["available"], item["blank"]) for item in items] == [
        (1, True, False),
        (2, False, None),
        (3, True, True),
    ]
    assert [item["id"] for item in items] == list(document.page_ids)
    assert items[1]["links"] is None


def test_a_page_has_words_boxes_and_confidences(site, archive):
    page = site.get(f"/v1/pages/{archive.documents['decision'].page_ids[1]}").json()
    assert (page["width"], page["height"], page["dpi"], page["number"]) == (1240, 1754, 150, 2)
    words = {word["text"]: word for line in page["lines"] for word in line["words"]}
    assert words["đền"]["confidence"] == 0.4
    x0, y0, x1, y1 = words["đền"]["box"]
    assert 0 <= x0 < x1 <= 1240
    assert 0 <= y0 < y1 <= 1754
    assert page["lines"][0]["text"] == "Điều 1. Phê duyệt kế hoạch sử dụng đất của huyện"


def test_a_picture_is_a_jpeg_that_the_caller_may_keep(site, archive):
    path = f"/v1/pages/{archive.documents['decision'].page_ids[0]}/image"
    answer = site.get(path)
    assert answer.headers["content-type"] == "image/jpeg"
    assert answer.headers["cache-control"].startswith("private")
    with Image.open(BytesIO(answer.content)) as image:
        assert image.size == (620, 877)
    tag = answer.headers["etag"]
    again = site.get(path, headers={"If-None-Match": f'"other", W/{tag}'})
    assert again.status_code == 304
    assert again.content == b""
    assert again.headers["etag"] == tag
    assert site.get(path, headers={"If-None-Match": '"other"'}).status_code == 200


def test_a_dossier_has_facts_files_and_documents(site, archive):
    answer = site.get(f"/v1/dossiers/{archive.dossiers['land']}").json()
    assert answer["facts"]["fonds"] == "UBND huyện Hòa Vang"
    assert answer["facts"]["leaves"] == 6
    assert answer["status"] == "partial"
    assert {one["name"] for one in answer["files"]} == {"decision.pdf", "proposal.pdf"}
    assert [one["number"] for one in answer["documents"]] == ["15/QĐ-UBND", "27/TTr-TNMT"]
    for one in answer["documents"]:
        assert site.get(one["links"]["self"]).json()["id"] == one["id"]


@pytest.mark.parametrize(
    "path",
    [
        "/v1/documents/{document}",
        "/v1/documents/{document}/pages",
        "/v1/pages/{page}",
        "/v1/pages/{page}/image",
        "/van-ban/{document}",
    ],
)
def test_what_was_stopped_for_secrecy_is_not_there(site, archive, path):
    document = archive.documents["secret"]
    answer = site.get(path.format(document=document.id, page=document.page_ids[0]), headers={"Accept": "text/html"})
    assert answer.status_code == 404
    assert "bạch mã" not in answer.text


@pytest.mark.parametrize(
    "path",
    ["/v1/documents/nope", "/v1/documents/nope/pages", "/v1/pages/nope", "/v1/pages/nope/image", "/v1/dossiers/nope",
     "/v1/pages/..%2f..%2fledger.sqlite"],
)  # fmt: skip
def test_what_is_not_there_is_a_404_problem(site, path):
    answer = site.get(path)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["type"] == "/problems/not-found"


def test_health(site, archive):
    assert site.get("/health/live").json() == {"status": "live"}
    ready = site.get("/health/ready")
    assert ready.status_code == 200
    assert ready.json()["status"] == "ready"
    assert ready.json()["documents"] == len(archive.documents)


def test_a_server_without_a_store_lives_and_says_what_is_missing(empty_site):
    assert empty_site.get("/health/live").status_code == 200
    answer = empty_site.get("/health/ready")
    assert answer.status_code == 503
    assert answer.headers["retry-after"].isdigit()
    problem = answer.json()
    assert problem["type"] == "/problems/unavailable"
    assert {error["parameter"] for error in problem["errors"]} == {"store", "index"}
    assert "sohoa digitise" in problem["detail"]
    assert empty_site.get("/v1/search?q=a").status_code == 503
    page = empty_site.get("/", headers={"Accept": "text/html"})
    assert page.status_code == 200
    assert "sohoa digitise" in page.text


def test_a_store_that_comes_later_is_served_without_a_restart(tmp_path, fill_archive, serve):
    with serve(Settings(store=StoreSettings(folder=tmp_path / "kho"))) as client:
        assert client.get("/health/ready").status_code == 503
        fill_archive(tmp_path / "kho")
        assert client.get("/health/ready").status_code == 200
        assert client.get("/v1/search?q=phe duyet").json()["total"]["value"] >= 1
