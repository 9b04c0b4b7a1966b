"""The pages for people: search, viewer, dossier; in Vietnamese and English, without scripts, without anything from outside."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

from dossier.messages import Messages

PAGE = {"Accept": "text/html"}


def read(site, path: str, status: int = 200) -> str:
    answer = site.get(path, headers=PAGE)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    return answer.text


def test_the_first_page_explains_how_to_search(site):
    text = read(site, "/")
    assert '<html lang="vi">' in text
    assert "Cách tìm" in text
    examples = re.findall(r'<dt><a href="(/\?q=[^"]+)"', text)
    assert len(examples) == 5
    for example in examples:
        read(site, example)


def test_hits_show_what_a_clerk_looks_for(site, archive):
    text = read(site, "/?q=duoc+di")
    for expected in (
        "15/QĐ-UBND",
        "12/03/2021",
        "Quyết định",
        "HÒA VANG",
        "<em>được đi</em>",
        "Hồ sơ giao đất năm 2021",
        "Trang 2",
    ):
        assert expected in text
    document = archive.documents["decision"].id
    assert f'href="/van-ban/{document}?trang=2&amp;q=duoc+di"' in text
    assert f'href="/ho-so/{archive.dossiers["land"]}"' in text


def test_tick_boxes_filter_and_stay_ticked(site):
    text = read(site, "/?q=dat&type=to+trinh&signer=&number=")
    assert re.search(r'name="type" value="to trinh" checked', text)
    assert "27/TTr-TNMT" in text
    assert "15/QĐ-UBND" not in text
    chip = re.search(r'class="chip" href="([^"]+)"', text)
    assert chip is not None
    assert "15/QĐ-UBND" in read(site, chip[1].replace("&amp;", "&"))


def test_a_ticked_value_without_hits_can_be_unticked(site):
    text = read(site, "/?q=dat&type=quyet+dinh&year=2020")
    assert re.search(r'name="year" value="2020" checked', text)
    assert Messages("vi").text("web.advice_filters") in text


def test_next_results_lead_on_and_back(site):
    text = read(site, "/?q=dat&type=quyet+dinh&type=to+trinh&limit=1&sort=title")
    onward = re.search(r'rel="next" href="([^"]+)"', text)
    assert onward is not None
    second = read(site, onward[1].replace("&amp;", "&"))
    assert Messages("vi").text("web.first_results") in second
    first_hit = re.search(r'<article class="hit">\s*<h2><a href="([^"]+)"', text)
    assert first_hit is not None
    assert first_hit[1] not in second


def test_a_wrong_query_shows_the_place(site):
    text = read(site, "/?q=%C4%91%E1%BA%A5t+%22abc", status=400)
    assert '<code>đất <mark class="wrong">&#34;</mark>abc</code>' in text
    assert "thiếu dấu ngoặc kép đóng" in text
    assert "Cách tìm" in text


def test_a_wrong_date_is_told_without_a_place(site):
    text = read(site, "/?q=dat&date_from=hom+qua", status=400)
    assert "hom qua" in text
    assert "at-position" not in text


def test_nothing_found_gives_advice(site):
    text = read(site, "/?q=%22xyzzy+qwerty%22")
    assert "Không tìm thấy văn bản nào" in text
    assert Messages("vi").text("web.advice_phrase") in text


def test_a_single_syllable_without_marks_shows_its_readings(site):
    text = read(site, "/?q=dat&type=to+trinh")
    assert "Đọc có dấu" not in text  # there is one reading only
    text = read(site, "/?q=de")
    row = re.search(r'class="readings">(.*?)</p>', text, re.DOTALL)
    assert row is not None
    readings = dict(re.findall(r'href="([^"]+)">([^<]+)</a>', row[1]))
    assert {"để", "đề"} <= set(readings.values())
    there = next(href for href, reading in readings.items() if reading == "đề")
    assert "<em>đề</em>" in read(site, there.replace("&amp;", "&"))
    assert "Đọc có dấu" not in read(site, "/?q=đề")


def test_the_language_stays_chosen(site, archive):
    text = read(site, "/?q=duoc+di&lang=en")
    assert '<html lang="en">' in text
    assert "Issuing agency" in text
    viewer = re.search(r'<h2><a href="([^"]+)"', text)
    assert viewer is not None
    assert "Text of page 2" in read(site, viewer[1].replace("&amp;", "&"))
    assert '<html lang="vi">' in read(site, "/?q=duoc+di&lang=fr")


def test_the_viewer_draws_the_match_where_it_is(site, archive):
    document = archive.documents["decision"]
    text = read(site, f"/van-ban/{document.id}?q=duoc+di")
    assert 'viewBox="0 0 1240 1754"' in text
    page = site.get(f"/v1/pages/{document.page_ids[1]}").json()
    words = {word["text"]: word["box"] for line in page["lines"] for word in line["words"]}
    x0, y0, x1, y1 = words["được"][0], words["được"][1], words["đi"][2], words["đi"][3]
    assert f'<rect class="match-box" x="{x0}" y="{y0}" width="{x1 - x0}" height="{y1 - y0}">' in text
    assert text.count('class="match-box"') == 1
    assert "<mark>được</mark> <mark>đi</mark>" in text
    assert '<span class="doubtful">đền</span>' in text
    assert f'src="/v1/pages/{document.page_ids[1]}/image"' in text


def test_a_field_leads_to_its_place_on_paper(site, archive):
    document = archive.documents["decision"]
    text = read(site, f"/van-ban/{document.id}?trang=2")
    link = re.search(r'href="([^"]+truong=subject[^"]*)"', text)
    assert link is not None
    there = read(site, link[1].replace("&amp;", "&").partition("#")[0])
    box = document.subject.box
    place = f'x="{box.x0}" y="{box.y0}" width="{box.width}" height="{box.height}"'
    assert f'<rect class="field-box field-subject chosen" {place}>' in there
    assert there.count(" chosen") == 1


def test_pages_set_aside_and_blank_are_shown_as_such(site, archive):
    document = archive.documents["proposal"].id
    assert "để riêng" in read(site, f"/van-ban/{document}?trang=2")
    assert "Trang trắng" in read(site, f"/van-ban/{document}?trang=3")
    assert 'value="3"' in read(site, f"/van-ban/{document}?trang=99")


def test_the_viewer_survives_a_wrong_query(site, archive):
    text = read(site, f"/van-ban/{archive.documents['decision'].id}?q=%22abc")
    assert "thiếu dấu ngoặc kép đóng" in text
    assert "Chữ trên trang 1" in text


def test_text_of_scans_is_escaped_everywhere(site, archive):
    for path in ("/?q=bien+che", f"/van-ban/{archive.documents['hostile'].id}?q=bien+che", f"/ho-so/{archive.dossiers['letters']}"):
        text = read(site, path)
        assert "<script>alert" not in text
        assert "<b>Biên" not in text
        assert "&lt;b&gt;Biên chế" in text


def test_the_dossier_page(site, archive):
    text = read(site, f"/ho-so/{archive.dossiers['land']}")
    for expected in ("Hồ sơ giao đất năm 2021", "UBND huyện Hòa Vang", "05/11/2020", "15/QĐ-UBND", "27/TTr-TNMT", "decision.pdf"):
        assert expected in text
    assert "bạch mã" not in text


@pytest.mark.parametrize(
    "path", ["/", "/?q=dat", "/?q=%22abc", "/van-ban/{document}?q=dat", "/ho-so/{dossier}", "/problems/not-found"]
)
def test_pages_have_one_script_of_this_server_and_nothing_from_outside(site, archive, path):
    answer = site.get(path.format(document=archive.documents["decision"].id, dossier=archive.dossiers["land"]), headers=PAGE)
    assert re.findall(r"<script[^>]*>", answer.text) == ['<script src="/static/typeahead.js" defer>']
    assert "script-src 'self';" in answer.headers["content-security-policy"]
    assert " style=" not in answer.text
    assert " onclick" not in answer.text
    for target in re.findall(r'(?:src|href|action)="([^"]*)"', answer.text):
        assert target.startswith(("/", "#")), target
        assert not target.startswith("//"), target


def test_every_input_has_a_label(site):
    text = read(site, "/?q=dat")
    for control in re.findall(r"<(?:input|select)\b[^>]*>", text):
        if 'type="hidden"' in control:
            continue
        identifier = re.search(r'id="([^"]+)"', control)
        in_label = re.search(r"<label[^>]*>(?:(?!</label>).)*" + re.escape(control), text, re.DOTALL)
        assert in_label or (identifier and f'for="{identifier[1]}"' in text), control


def test_style_sheets_ask_for_nothing_outside():
    for name in ("style.css", "results.css", "viewer.css"):
        text = files("search_api").joinpath("static", name).read_text(encoding="utf-8")
        assert "@import" not in text
        assert "url(" not in text
        assert "http" not in text
