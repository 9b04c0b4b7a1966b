"""The result pages over an archive of many agencies, fonds and boxes: filters, the tree, lists of values, what a person keeps."""

from __future__ import annotations

import csv
import hashlib
import html
import io
import re
import time
from collections.abc import Iterator

import httpx
import pytest
from PIL import Image

from dossier.messages import Messages
from dossier.model import (
    Access,
    AccessLevel,
    ArchivalFacts,
    Box,
    Document,
    Doubt,
    Found,
    Line,
    Page,
    PageState,
    Provenance,
    Reader,
    ScanFile,
    ScanFormat,
    Word,
    document_id,
    page_id,
)
from dossier.settings import Settings, StoreSettings
from indexer import Put, entries_of, open_index
from search_api.views.access_view import access_line
from store import open_store

PAGE = {"Accept": "text/html"}
AGENCIES = 15
PLACES = ("Thạch Thang", "Hòa Cường", "An Khê", "Khuê Trung", "Mân Thái")
VI = Messages("vi")


def page_of(identifier: str, lines: list[str]) -> Page:
    laid = []
    for row, text in enumerate(lines):
        top = 100 + 50 * row
        words = [Word(word, Box(100 + 120 * at, top, 200 + 120 * at, top + 30), 0.95) for at, word in enumerate(text.split())]
        laid.append(Line(Box(100, top, 1100, top + 30), tuple(words)))
    made_by = Provenance("tesseract", "5", "vie", "0", "0", ())
    return Page(identifier, int(identifier[-4:]), 1240, 1754, 150, 0, 0.0, tuple(laid), False, (), made_by)


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Thirty decisions of fifteen agencies, in two fonds with catalogues and boxes."""
    folder = tmp_path_factory.mktemp("nhieu") / "kho"
    made, white = Settings(store=StoreSettings(folder=folder)), io.BytesIO()
    Image.new("L", (620, 877), 250).save(white, "JPEG")
    with open_store(made.store, create=True) as store:
        index = open_index(made.index, folder / "index")
        for number in range(2 * AGENCIES):
            fonds, catalogue, box = ("UBND tỉnh", "Sở Xây dựng")[number % 2], f"{number % 3 + 1:02}", str(number % 4 + 1)
            facts = ArchivalFacts(fonds=fonds, catalogue=catalogue, box=box, title=f"Hồ sơ thứ {number}")
            record = store.ledger.register_dossier("nhieu", f"hs-{number}", facts)
            sha256 = hashlib.sha256(str(number).encode()).hexdigest()
            scan = store.ledger.count_file(record.id, f"{number}.pdf", sha256, 10)
            store.ledger.open_file(scan.id, ScanFile(f"{number}.pdf", sha256, ScanFormat.PDF, 10, 3))
            pages = []
            for place in (1, 2, 3):
                text = f"cấp giấy phép xây dựng tại {PLACES[number % 5]}"
                lines = [f"Số: {number + 40}/QĐ-XD", "QUYẾT ĐỊNH", text] if place != 2 else ["trang giữa"]
                pages.append(page_of(page_id(sha256, place), lines))
                store.shelf.save_page(record.id, pages[-1], white.getvalue())
                store.ledger.finish_page(scan.id, place, PageState.READ)

            def found(value: str, page: Page = pages[0]) -> Found:
                return Found(value, page.id, page.lines[0].box, 0.9, "test")

            document = Document(
                id=document_id(pages[0].id),
                page_ids=tuple(page.id for page in pages),
                organ_name=found(f"Phòng Quản lý đô thị quận {number % AGENCIES + 1}"),
                code_number=found(str(number + 40)),
                code_notation=found("QĐ-XD"),
                type_name=found("Quyết định"),
                subject=found(f"Về việc cấp giấy phép xây dựng số {number} tại {PLACES[number % 5]}"),
                issued_date=found(f"{1990 + number % 20}-05-06"),
                doubts=(Doubt("codeNumber", "number_twice", {"number": "1", "date": "1990-05-06"}),) if number % 5 == 0 else (),
            )
            store.shelf.save_document(record.id, document)
            store.catalogue.record(record.id, [document], [], {document.id: "\n".join(page.text for page in pages)})
            index.write([Put(*entries_of(document, pages, store.dossier(record.id), 1, Access(("chung",))))])
        index.refresh()
        index.close()
    return made


@pytest.fixture
def site(settings: Settings, serve) -> Iterator[httpx.Client]:
    with serve(settings) as client:
        yield client


def read(site: httpx.Client, path: str, status: int = 200) -> str:
    answer = site.get(path, headers=PAGE)
    assert answer.status_code == status, answer.text
    return answer.text


def links(text: str) -> dict[str, str]:
    """Words of a link -> its address."""
    found = re.findall(r'<a [^>]*?href="([^"]+)"[^>]*>(.*?)</a>', text, re.DOTALL)
    return {" ".join(html.unescape(re.sub(r"<[^>]+>", " ", words)).split()): html.unescape(href) for href, words in found}


def numbers(text: str) -> list[str]:
    return re.findall(r'class="number">([^<]+)<', text)


def test_a_long_facet_shows_its_beginning_and_leads_to_all_values(site):
    text = read(site, "/?q=giay+phep")
    first, _, folded = re.search(r"<legend>Cơ quan ban hành</legend>(.*?)</fieldset>", text, re.DOTALL)[1].partition("<details")
    assert first.count('type="checkbox"') == 6
    assert folded.count('type="checkbox"') == 6
    listed = read(site, links(text)["Tìm trong danh sách : Cơ quan ban hành"])
    assert listed.count('<span class="count">2</span>') == AGENCIES
    narrowed = read(site, "/gia-tri/agency?q=giay+phep&dau=quan+1")
    assert [name for name in links(narrowed) if name.startswith("Phòng")] == [
        f"Phòng Quản lý đô thị quận {number}" for number in (1, 10, 11, 12, 13, 14, 15)
    ]
    chosen = read(site, links(listed)["Phòng Quản lý đô thị quận 7"])
    assert sorted(numbers(chosen)) == ["46/QĐ-XD", "61/QĐ-XD"]
    assert re.search(r'name="agency" value="[^"]+" checked', chosen)


def test_the_tree_opens_fonds_catalogue_box_and_dossier(site):
    text = read(site, "/?q=giay+phep")
    assert "Phông UBND tỉnh" in links(text)
    fonds = read(site, links(text)["Phông UBND tỉnh"])
    assert {"Mục lục 01", "Mục lục 02", "Mục lục 03"} <= links(fonds).keys()
    catalogue = read(site, links(fonds)["Mục lục 02"])
    box = read(site, links(catalogue)["Hộp 1"])
    assert numbers(box), "a box holds documents"
    assert "Bỏ lọc: Nhánh cây phông: UBND tỉnh → 02 → 1 ✕" in links(box)
    dossier = next(name for name in links(box) if re.fullmatch(r"Hồ sơ Hồ sơ thứ \d+", name))
    inside = read(site, links(box)[dossier])
    assert len(numbers(inside)) == 1
    assert len(numbers(read(site, links(inside)["← Tất cả các phông"]))) == 20


def test_more_filters_are_counted_when_asked_for_and_stay(site):
    text = read(site, "/?q=giay+phep")
    assert "số trùng trong năm" not in text
    more = read(site, next(href for name, href in links(text).items() if name.startswith("Thêm bộ lọc")).partition("#")[0])
    assert "số trùng trong năm" in more
    assert 'name="facets" value="unit"' in more
    ticked = read(site, "/?q=giay+phep&doubt=number_twice")
    assert len(numbers(ticked)) == 6
    assert re.search(r'name="doubt" value="number_twice" checked', ticked)
    assert "Chỗ cần xem lại: số trùng trong năm ✕" in ticked


@pytest.mark.parametrize(
    ("sort", "first"), [("number", "40/QĐ-XD"), ("-number", "69/QĐ-XD"), ("-date", "59/QĐ-XD"), ("title", "40/QĐ-XD")]
)
def test_every_order_can_be_chosen(site, sort, first):
    text = read(site, f"/?q=giay+phep&sort={sort}")
    assert numbers(text)[0] == first
    assert f'<option value="{sort}" selected>' in text
    assert text.count("<option ") == 12


def test_the_very_number_stands_first_and_says_so(site):
    for typed in ("47/QĐ-XD", "47/qd-xd"):
        text = read(site, f"/?q={typed}")
        assert numbers(text)[0] == "47/QĐ-XD"
        assert text.count("đúng số</span>") == 1
    assert "đúng số</span>" not in read(site, "/?q=47")


def test_why_a_document_was_found(site):
    text = read(site, "/?q=giay+phep+%22quản+lý%22")
    why = re.search(r'<details class="why">(.*?)</details>', text, re.DOTALL)[1]
    plain = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", why)).split())
    assert "giay – khác dấu: Trích yếu («giấy»)" in plain
    assert "quản lý – đúng như đã gõ: Cơ quan («Quản lý»)" in plain
    assert "Trang 1 («giấy»)" in plain


def test_what_was_meant_is_one_link_away(site):
    text = read(site, "/?q=xay+dung&doubt=number_twice")
    meant = re.search(r'class="meant">.*?<a href="([^"]+)"><strong>(.*?)</strong>', text)
    assert meant is not None
    assert meant[2] == "xây dựng"
    assert len(numbers(read(site, html.unescape(meant[1])))) == 6


def test_a_question_is_saved_found_again_and_forgotten(site):
    asked = "/cau-da-luu?q=giay+phep&agency=phong+quan+ly+do+thi+quan+7&sort=-number"
    saved = site.post(asked, data={"ten": "Phép <b>quận 7</b>"}, headers=PAGE)
    assert saved.status_code == 303
    text = read(site, saved.headers["location"])
    assert "Phép &lt;b&gt;quận 7" in text
    assert "Cơ quan ban hành: phong quan ly do thi quan 7" in text
    again = read(site, links(text)["Phép <b>quận 7</b>"])
    assert numbers(again) == ["61/QĐ-XD", "46/QĐ-XD"]
    twice = site.post(asked, data={"ten": "Phép <b>quận 7</b>"}, headers=PAGE)
    assert twice.status_code == 409
    assert "Đã có câu tìm kiếm tên" in twice.text
    forget = re.search(r'<form method="post" action="([^"]+)"', text)[1]
    assert site.post(forget, headers=PAGE).headers["location"] == "/cau-da-luu"
    assert "quận 7" not in read(site, "/cau-da-luu")


def test_a_form_of_another_site_saves_nothing(site):
    answer = site.post("/cau-da-luu?q=dat", data={"ten": "x"}, headers=PAGE | {"Origin": "http://evil.example"})
    assert answer.status_code == 403


def test_results_are_exported_without_a_script(site):
    ordered = site.post("/xuat-ket-qua?q=giay+phep&doubt=number_twice", data={"dang": "csv"}, headers=PAGE)
    assert ordered.status_code == 303
    deadline = time.monotonic() + 20
    while (text := read(site, ordered.headers["location"])) and "Tải tệp" not in text:
        assert '<meta http-equiv="refresh"' in text
        assert time.monotonic() < deadline, text
        time.sleep(0.2)
    assert "Xong: 6 văn bản." in text
    assert '<meta http-equiv="refresh"' not in text
    rows = list(csv.reader(io.StringIO(site.get(links(text)["Tải tệp"]).content.decode("utf-8-sig"))))
    assert len(rows) == 7


def test_search_inside_a_document_lists_its_pages_and_hops_between_them(site):
    found = read(site, "/?q=47/QĐ-XD")
    document = re.search(r'href="(/van-ban/[^"?]+)', found)[1]
    text = read(site, f"{document}?q=giay+phep")
    lines = re.findall(r'<li class="snippet"><a class="page-link" href="([^"]+)">([^<]+)</a>', text)
    assert [name for _, name in lines] == ["Trang 1", "Trang 3"]
    assert "Trang 1 (1)" in links(text)
    third = read(site, links(text)["trang trùng sau →"].partition("#")[0])
    assert 'aria-current="page">Trang 3' in third
    assert "← trang trùng trước" in links(third)
    assert "trang trùng sau →" not in links(third)
    assert "không thấy trong văn bản này" in read(site, f"{document}?q=%22không+có+đâu%22")


def test_a_document_leads_to_others_like_it_and_to_its_manifest(site):
    document = re.search(r'href="(/van-ban/[^"?]+)', read(site, "/?q=47/QĐ-XD"))[1]
    text = read(site, document)
    alike = re.search(r'id="tuong-tu".*?</section>', text, re.DOTALL)[0]
    assert 1 <= alike.count("<li>") <= 5
    assert document not in alike
    manifest = site.get(links(text)[VI.text("web.manifest")])
    assert manifest.json()["type"] == "Manifest"


def test_access_is_said_in_words_and_only_his_own_groups():
    access = Access(("địa chính", "lãnh đạo"), AccessLevel.CONDITIONAL, 20300101)
    reader = Reader("a", frozenset({"địa chính"}), AccessLevel.CONDITIONAL, 20260101, sees_embargoed=True)
    said = access_line(access, reader, VI)
    assert said == "Chế độ sử dụng: tiếp cận có điều kiện; nhóm được xem: địa chính; mở từ ngày 01/01/2030."
