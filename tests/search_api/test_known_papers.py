"""What is known of a document and a dossier beside the fields: in JSON, and on the pages."""

from __future__ import annotations

import csv
import html
import io
import re

import openpyxl
import pytest

from search_api.masking import masked_words

PAGE = {"Accept": "text/html"}


def read(site, path: str) -> str:
    answer = site.get(path, headers=PAGE)
    assert answer.status_code == 200, answer.text
    return html.unescape(answer.text)


@pytest.fixture(scope="module")
def decision(site, archive):
    return site.get(f"/v1/documents/{archive.documents['decision'].id}").json()


def test_the_arrival_stamp_stands_apart(decision, archive):
    assert decision["number"] == "15/QĐ-UBND"
    assert decision["arrival"]["number"]["value"] == "105"
    assert decision["arrival"]["organName"] is None
    assert decision["digital_signatures"][0]["signer"]["value"] == "UBND huyện"
    assert decision["co_issuers"][0]["signerName"]["page"] == 2
    assert decision["annexes"] == [{"title": decision["annexes"][0]["title"], "pages": [2]}]
    assert decision["units"][0]["name"] == "xã Hòa Vang"
    assert decision["fields"]["subject"]["alternatives"] == ["Về việc duyệt kế hoạch"]


def test_references_lead_both_ways(decision, site, archive):
    proposal = archive.documents["proposal"].id
    assert [(one["kind"], one["documents"]) for one in decision["references"]] == [("basis", []), ("cited", [proposal])]
    assert site.get(f"/v1/documents/{proposal}").json()["named_by"] == [decision["id"]]
    assert f'href="/van-ban/{proposal}"' in read(site, f"/van-ban/{decision['id']}")
    page = read(site, f"/van-ban/{proposal}")
    assert "Được nhắc đến trong" in page
    assert f'href="/van-ban/{decision["id"]}"' in page


@pytest.mark.parametrize(("language", "said"), [("vi", "Năm trong số (2020)"), ("en", "2020")])
def test_doubts_are_told_in_the_callers_language(site, archive, language, said):
    answer = site.get(f"/v1/documents/{archive.documents['decision'].id}", headers={"Accept-Language": language})
    assert said in answer.json()["doubts"][0]["sentence"]
    assert answer.headers["vary"].startswith("Accept-Language")


def test_doubts_stand_beside_their_field(site, decision):
    page = read(site, f"/van-ban/{decision['id']}")
    row = re.search(r'<tr class="[^"]*in-doubt" data-field="issuedDate">.*?</tr>', page, re.DOTALL)
    assert row is not None
    assert "12/03/2021" in row[0]
    assert "Năm trong số (2020)" in row[0]
    assert "Người ký: không tìm thấy trên giấy." in page
    assert "Chưa chắc văn bản bắt đầu ở trang này" in page
    assert "Cách đọc khác: Về việc duyệt" in page
    assert "nay là xã Hòa Vang" in page


def test_every_part_leads_to_its_place_on_paper(site, decision):
    page = read(site, f"/van-ban/{decision['id']}")
    for name in ("arrival.number", "signature1.signer", "issuer1.signer_name", "reference1", "mention0", "annex"):
        link = re.search(rf'href="([^"]+truong={re.escape(name)}[^"]*)"', page)
        assert link is not None, name
        there = read(site, link[1].partition("#")[0])
        assert re.search(rf'<rect class="field-box field-{name.replace(".", "-")} chosen"', there), name


def test_the_page_says_what_kind_of_page_it_is(site, decision, archive):
    page = read(site, f"/van-ban/{decision['id']}")
    assert "Quét ngược hoặc ngang" in page
    assert 'class="overlay-box"' in page
    assert "Dấu chữ ký số trên trang" in page
    answer = site.get(f"/v1/pages/{decision['page_ids'][0]}").json()
    assert [one["kind"] for one in answer["verdicts"]] == ["turned"]
    assert len(answer["overlays"]) == 1


def test_sensitive_numbers_are_masked_until_asked_for(site, decision, caplog):
    shown = {one["evidence"]["value"] for one in decision["mentions"]}
    assert shown == {"Nguyễn Văn Định", "048085001234", "•••••••••876"}
    with caplog.at_level("INFO", logger="search_api.masking"):
        answer = site.get(f"/v1/documents/{decision['id']}?reveal=true")
    assert "048185009876" in answer.text
    assert answer.headers["cache-control"] == "no-store"
    (note,) = [record.getMessage() for record in caplog.records]
    assert decision["id"] in note
    assert "127.0.0.1" in note
    assert "048185009876" not in note


def test_people_see_the_last_digits_until_they_press_the_button(site, decision, archive, caplog):
    page = read(site, f"/van-ban/{decision['id']}?trang=2")
    assert "•••••••••234" in page
    assert "•••••••••876" in page
    assert "048085001234" not in page
    text = read(site, f"/van-ban/{archive.documents['birth'].id}")
    assert "Số định danh •••••••••468" in re.sub(r"<[^>]+>", "", text), "the text beside the picture is masked too"
    assert "048319002468" not in text
    with caplog.at_level("INFO", logger="search_api.masking"):
        whole = read(site, f"/van-ban/{decision['id']}?trang=2&hien=1")
    assert "048085001234" in whole
    assert "048185009876" in whole
    assert len(caplog.records) == 1


def test_a_civil_paper_is_shown_under_the_labels_of_its_pack(site, archive):
    identifier = archive.documents["birth"].id
    record = site.get(f"/v1/documents/{identifier}").json()["record"]
    assert record["name"] == "Giấy khai sinh"
    assert record["fields"]["fullName"]["label"] == "Họ tên"
    assert record["fields"]["ethnicity"]["evidence"]["value"] == "•••••"
    assert record["fields"]["old"]["evidence"]["masked"], "a field without a class counts as sensitive"
    page = read(site, f"/van-ban/{identifier}")
    assert "Nội dung giấy tờ: Giấy khai sinh" in page
    fields = page.partition('id="giay-to"')[2].partition("</section>")[0]
    assert "Lê Thị Mây" in fields
    assert "•••••••••468" in fields
    assert "Cơ Tu" not in fields


def test_a_second_scan_is_told_on_both(site, archive):
    one, other = archive.documents["birth"].id, archive.documents["birth_again"].id
    answer = site.get(f"/v1/documents/{one}").json()
    assert [(each["id"], each["code"]) for each in answer["same_paper"]] == [(other, "same_text")]
    page = read(site, f"/van-ban/{other}")
    assert "có thể là quét lại" in page
    assert f'href="/van-ban/{one}"' in page


def test_a_dossier_tells_what_it_lacks(site, archive):
    answer = site.get(f"/v1/dossiers/{archive.dossiers['land']}").json()["findings"]
    assert answer["cover"]["maintenance"]["value"] == "Vĩnh viễn"
    assert [row["document"] for row in answer["listing"]] == [archive.documents["decision"].id, None]
    assert answer["extra"] == [archive.documents["proposal"].id]
    assert answer["completeness"][0]["missing"] == [{"id": "don", "name": "Đơn xin giao đất"}]
    page = read(site, f"/ho-so/{archive.dossiers['land']}")
    for said in ("Bìa hồ sơ ghi: Giao đất năm 2020.", "Vĩnh viễn", "Đơn xin giao đất", "99/BC-UBND", "không có trong mục lục"):
        assert said in page


def test_what_to_look_at_is_the_same_in_json_and_on_the_page_worst_first(site, archive):
    items = site.get(f"/v1/dossiers/{archive.dossiers['land']}/review").json()["items"]
    codes = [item["code"] for item in items]
    assert codes[:2] == ["paper_missing", "required_missing"]
    assert codes.index("boundary_unsure") < codes.index("number_year_mismatch") < codes.index("missing_field")
    page = read(site, f"/ho-so/{archive.dossiers['land']}")
    places = [page.index(item["sentence"]) for item in items]
    assert places == sorted(places)
    page = read(site, f"/ho-so/{archive.dossiers['letters']}")
    assert "Máy không thấy chỗ nào cần xem lại." in page


def test_separator_sheets_are_named_with_their_file(site, archive):
    page = read(site, f"/ho-so/{archive.dossiers['civil']}")
    sheet = re.search(r'Tờ phân cách:\s*<a href="(/v1/pages/[^"]+/image)">tr. 1</a>', page)
    assert sheet is not None
    assert site.get(sheet[1]).headers["content-type"] == "image/jpeg"


def test_the_lists_are_downloaded_in_every_format(site, archive):
    dossier = archive.dossiers["land"]
    page = read(site, f"/ho-so/{dossier}")
    addresses = re.findall(r'href="(/v1/dossiers/[^"]+/lists/[^"]+)"', page)
    assert len(addresses) == 8
    answers = {address.rpartition("/")[2]: site.get(address) for address in addresses}
    assert all(answer.status_code == 200 and "attachment" in answer.headers["content-disposition"] for answer in answers.values())
    rows = list(csv.DictReader(io.StringIO(answers["documents.csv"].content.decode("utf-8-sig"))))
    assert [row["Số, ký hiệu văn bản"] for row in rows] == ["15/QĐ-UBND", "27/TTr-TNMT"]
    assert openpyxl.load_workbook(io.BytesIO(answers["dossiers.xlsx"].content)).active is not None
    assert answers["documents.pdf"].content.startswith(b"%PDF")
    assert "bạch mã" not in answers["documents.json"].text


def test_who_compiles_a_list_is_said_in_it(site, archive):
    path = f"/v1/dossiers/{archive.dossiers['land']}/lists/documents.json?agency=UBND+huyện&compiler=Lê+Văn+Tám"
    assert "UBND HUYỆN" in site.get(path).json()["head"]


@pytest.mark.parametrize("name", ["documents.doc", "papers.csv"])
def test_a_list_that_does_not_exist_says_which_do(site, archive, name):
    answer = site.get(f"/v1/dossiers/{archive.dossiers['land']}/lists/{name}")
    assert answer.status_code == 422
    assert "phải là một trong" in answer.json()["detail"]


@pytest.mark.parametrize("path", ["", "/review", "/lists/documents.csv"])
def test_a_dossier_that_is_not_there_is_a_problem(site, path):
    assert site.get(f"/v1/dossiers/nope{path}").status_code == 404


def test_who_asks_for_a_number_sees_that_it_was_found(site):
    assert "<em>048319002468</em>" in read(site, "/?q=048319002468")


def test_lists_show_no_numbers_of_people(site, archive):
    for path in (f"/ho-so/{archive.dossiers['civil']}", f"/ho-so/{archive.dossiers['land']}", "/?q=giay+khai+sinh"):
        page = read(site, path)
        assert "048319002468" not in page
        assert "048085001234" not in page
    assert "•••••••••468" in page
    assert "048319002468" in site.get("/v1/search?q=giay+khai+sinh").text, "for programs only sensitive data are masked"


@pytest.mark.parametrize(
    ("printed", "shown"),
    [
        ("số 048319002468 cấp", "số •••••••••468 cấp"),
        ("số 048 319 002 468 cấp", "số ••• ••• ••• 468 cấp"),
        ("số 048319002468, cấp", "số •••••••••468, cấp"),
        ("số 048319002469 cấp", "số 048319002469 cấp"),
        ("số 12 048319002468", "số 12 •••••••••468"),
    ],
)
def test_numbers_are_masked_however_they_are_printed(printed, shown):
    assert " ".join(masked_words(printed.split(), {"048319002468"})) == shown
