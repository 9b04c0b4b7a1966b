"""A clerk's way in a real Chromium: search without accents, tick a box, open the hit, see the box on the scan; nothing leaves."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from dossier.model import Access, AccessLevel, BaseAccess
from dossier.settings import ApiSettings
from store import Role, open_store

pytestmark = pytest.mark.browser

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class Visit:
    """A browser page that notes every request and every complaint."""

    def __init__(self, page, address: str) -> None:
        self.page = page
        self.address = address
        self.requests: list[str] = []
        self.complaints: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("requestfailed", lambda request: self.complaints.append(f"failed: {request.url}"))
        page.on(
            "response", lambda answer: self.complaints.append(f"{answer.status}: {answer.url}") if answer.status >= 400 else None
        )

    def open(self, path: str) -> None:
        self.page.goto(self.address + path)


@pytest.fixture(scope="module")
def chromium() -> Iterator[object]:
    required = os.environ.get("SOHOA_REQUIRE_BROWSER") == "1"
    if CHROMIUM is None:
        reason = "Chromium is missing: apt-get install chromium"
        if required:
            pytest.fail(reason)
        pytest.skip(reason)
    playwright = pytest.importorskip("playwright.sync_api") if not required else __import__("playwright.sync_api").sync_api
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(params=[(1360, 850), (390, 844)], ids=["wide", "narrow"])
def visit(request, chromium, address) -> Iterator[Visit]:
    """A fresh window, wide as an office screen or narrow as a phone, with scripts switched off: the pages need none."""
    width, height = request.param
    context = chromium.new_context(viewport={"width": width, "height": height}, java_script_enabled=False)
    visit = Visit(context.new_page(), address)
    yield visit
    context.close()
    outside = {url for url in visit.requests if urlsplit(url).netloc != urlsplit(address).netloc}
    assert not outside
    assert not visit.complaints


@pytest.fixture
def typing(chromium, address) -> Iterator[Visit]:
    """A fresh window with scripts, as people have it."""
    context = chromium.new_context(viewport={"width": 1366, "height": 768})
    visit = Visit(context.new_page(), address)
    yield visit
    context.close()
    assert not visit.complaints


def _type(visit: Visit, text: str) -> object:
    """Type into the search box as a person does; gives the list that opens."""
    visit.page.locator("#q").press_sequentially(text)
    options = visit.page.locator(".suggestions").get_by_role("option")
    options.first.wait_for()
    return options


def _centre_inside(inner: dict, outer: dict) -> bool:
    across, down = inner["x"] + inner["width"] / 2, inner["y"] + inner["height"] / 2
    return outer["x"] < across < outer["x"] + outer["width"] and outer["y"] < down < outer["y"] + outer["height"]


def test_from_the_question_to_the_box_on_the_scan(visit, archive, site, tmp_path):
    visit.open("/")
    visit.page.get_by_role("searchbox").fill("duoc di doi")
    visit.page.get_by_role("searchbox").press("Enter")
    hit = visit.page.locator("article.hit").first
    assert "15/QĐ-UBND" in hit.inner_text()
    snippet = hit.locator(".snippet", has_text="dời")
    assert " ".join(snippet.locator("em").all_inner_texts()) == "được đi dời"
    hit.get_by_role("link", name="Trang 2").click()

    visit.page.wait_for_load_state("networkidle")  # the picture comes after the page
    picture = visit.page.locator(".picture img")
    assert picture.evaluate("image => image.naturalWidth") > 0
    on_screen, box = picture.bounding_box(), visit.page.locator("rect.match-box").bounding_box()
    assert _centre_inside(box, on_screen)

    # The box is where the word stands on the page, scaled with the picture.
    page = site.get(f"/v1/pages/{archive.documents['decision'].page_ids[1]}").json()
    words = {word["text"]: word["box"] for line in page["lines"] for word in line["words"]}
    scale = on_screen["width"] / page["width"]
    assert box["x"] - on_screen["x"] == pytest.approx(words["được"][0] * scale, abs=3)
    assert box["y"] - on_screen["y"] == pytest.approx(words["được"][1] * scale, abs=3)
    assert box["width"] == pytest.approx((words["dời"][2] - words["được"][0]) * scale, abs=5)
    shot = tmp_path / "viewer.png"
    visit.page.screenshot(path=str(shot))
    assert Path(shot).stat().st_size > 5_000


def test_tick_a_box_and_apply(visit):
    visit.open("/?q=dat")
    visit.page.get_by_label("Tờ trình").check()
    visit.page.get_by_role("button", name="Lọc").click()
    visit.page.wait_for_url("**type=to+trinh**")
    assert "type=to+trinh" in visit.page.url
    numbers = visit.page.locator("article.hit .number").all_inner_texts()
    assert numbers == ["27/TTr-TNMT"]


def test_pointing_at_a_field_shows_its_box(visit, archive):
    visit.open(f"/van-ban/{archive.documents['decision'].id}?trang=1")
    box = visit.page.locator("rect.field-subject")
    assert box.evaluate("rect => getComputedStyle(rect).stroke") == "none"
    visit.page.locator("tr[data-field=subject]").hover()
    assert box.evaluate("rect => getComputedStyle(rect).stroke") != "none"
    visit.page.locator("tr[data-field=subject] a").click()
    assert visit.page.locator("rect.field-subject.chosen").count() == 1
    assert visit.page.url.endswith("#giay")


@pytest.mark.parametrize(
    "path",
    ["/", "/?q=dat", "/van-ban/{document}?q=dat", "/van-ban/{birth}?lang=en", "/ho-so/{dossier}", "/ho-so/{dossier}?lang=en"],
)
def test_no_page_is_wider_than_the_window(visit, archive, path):
    papers = {"document": archive.documents["decision"].id, "birth": archive.documents["birth"].id}
    visit.open(path.format(**papers, dossier=archive.dossiers["land"]))
    assert visit.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


def test_the_query_box_can_be_reached_and_sent_with_the_keyboard_alone(visit):
    visit.open("/?q=dat")
    visit.page.keyboard.press("Tab")
    assert visit.page.locator(":focus").inner_text() == "Chuyển đến nội dung"
    for _ in range(5):  # name of the site, saved searches, exports, language
        visit.page.keyboard.press("Tab")
    assert visit.page.locator(":focus").get_attribute("name") == "q"


def test_numbers_of_people_are_shown_in_full_when_the_button_is_pressed(visit, archive):
    visit.open(f"/van-ban/{archive.documents['decision'].id}?trang=2")
    numbers = visit.page.locator("section", has=visit.page.locator("#nhac-numbers"))
    numbers.locator("summary").click()
    assert "•••••••••234" in numbers.inner_text()
    visit.page.get_by_role("button", name="Hiện đầy đủ").click()
    numbers.locator("summary").click()
    assert "048085001234" in numbers.inner_text()
    assert visit.page.locator("form.reveal").count() == 0


def test_a_mention_that_is_chosen_is_unfolded_with_its_box(visit, archive):
    visit.open(f"/van-ban/{archive.documents['decision'].id}?trang=2&truong=mention0")
    assert visit.page.locator("[data-field=mention0]").is_visible()
    assert visit.page.locator("rect.field-mention0.chosen").count() == 1


def test_a_list_is_downloaded_as_a_file(visit, archive):
    visit.open(f"/ho-so/{archive.dossiers['land']}")
    with visit.page.expect_download() as download:
        visit.page.get_by_role("link", name="XLSX").first.click()
    assert download.value.suggested_filename == "muc-luc-van-ban - land.xlsx"


def test_typing_offers_completions_that_the_keys_choose(typing):
    typing.open("/")
    options = _type(typing, "phê d")
    box = typing.page.get_by_role("combobox")
    assert box.get_attribute("aria-expanded") == "true"
    texts = options.locator(".suggestion-text").all_inner_texts()
    assert texts[0] == "phê duyệt"
    assert options.first.locator(".suggestion-kind").inner_text() == "cụm từ"

    typing.page.keyboard.press("ArrowUp")  # from what was typed to the last one
    assert options.last.get_attribute("aria-selected") == "true"
    typing.page.keyboard.press("ArrowDown")
    assert box.get_attribute("aria-activedescendant") is None
    typing.page.keyboard.press("ArrowDown")
    assert box.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    typing.page.keyboard.press("Tab")
    assert box.input_value() == "phê duyệt "
    assert typing.page.url.endswith("/")


def test_enter_takes_the_completion_and_searches(typing):
    typing.open("/?lang=en&sort=title")
    options = _type(typing, "15/q")
    assert options.first.locator(".suggestion-kind").inner_text() == "number"
    typing.page.keyboard.press("ArrowDown")
    typing.page.keyboard.press("Enter")
    typing.page.wait_for_url("**q=15**")
    assert "lang=en" in typing.page.url
    assert typing.page.locator("article.hit .number").first.inner_text() == "15/QĐ-UBND"
    assert typing.page.locator(".badge-exact").count() == 1


def test_escape_closes_the_list_and_keeps_what_was_typed(typing):
    typing.open("/")
    options = _type(typing, "quyet d")
    typing.page.keyboard.press("Escape")
    assert options.count() == 0
    assert typing.page.locator("#q").input_value() == "quyet d"
    typing.page.keyboard.press("Enter")
    typing.page.wait_for_url("**q=quyet+d**")


def test_a_click_searches_for_the_completion_without_signs_of_the_query_language(typing):
    typing.open("/")
    _type(typing, "thu hoi dat de")
    typing.page.get_by_role("option", name="xây dựng trường học").click()
    typing.page.wait_for_url("**/?q=**")
    assert typing.page.locator("article.hit .number").first.inner_text() == "27/TTr-TNMT"


def test_completions_come_to_who_is_signed_in_and_to_nobody_else(chromium, fill_archive, serve, tmp_path):
    archive = fill_archive(tmp_path / "kho")
    with open_store(archive.settings.store) as store:
        store.accounts.add("lan", "mật khẩu thử nghiệm", Role.READER, ("chung",), AccessLevel.OPEN)
        store.accounts.add("mai", "mật khẩu thử nghiệm", Role.READER, ("khác",), AccessLevel.OPEN)
        bases = {one.id: BaseAccess(Access(("chung",))) for one in archive.documents.values()}
        store.access.note(archive.dossiers["land"], bases)
    with serve(archive.settings.model_copy(update={"api": ApiSettings(access="accounts")})) as site:
        for name, sees in (("lan", True), ("mai", False)):
            context = chromium.new_context()
            visit = Visit(context.new_page(), str(site.base_url).rstrip("/"))
            visit.open("/?q=dat")
            assert visit.page.get_by_role("link", name="Câu đã lưu").count() == 0
            visit.page.get_by_label("Tên đăng nhập").fill(name)
            visit.page.get_by_label("Mật khẩu").fill("mật khẩu thử nghiệm")
            visit.page.get_by_role("button", name="Đăng nhập").click()
            assert visit.page.url.endswith("/?q=dat")
            assert (visit.page.locator("article.hit").count() > 0) is sees
            assert visit.page.get_by_role("link", name=f"Tài khoản: {name}").is_visible()
            visit.page.locator("#q").fill("")
            with visit.page.expect_response("**/v1/suggest**") as answer:
                visit.page.locator("#q").press_sequentially("phê d")
            assert answer.value.ok
            visit.page.wait_for_timeout(100)
            assert (visit.page.locator(".suggestions").get_by_role("option").count() > 0) is sees
            context.close()
            assert not visit.complaints


def test_why_and_the_lines_of_a_document_unfold_without_a_script(visit, archive):
    visit.open("/?q=dat")
    reason = visit.page.locator("details.why").first
    assert not reason.locator("li").first.is_visible()
    reason.locator("summary").click()
    assert "khác dấu" in reason.locator("li").first.inner_text()

    visit.open(f"/van-ban/{archive.documents['decision'].id}")
    visit.page.get_by_label("Tìm trong văn bản này").last.fill("ke hoach")
    visit.page.get_by_label("Tìm trong văn bản này").last.press("Enter")
    visit.page.wait_for_url("**q=ke+hoach**")
    visit.page.get_by_text("Các chỗ trùng").click()
    assert visit.page.locator(".matches li em").first.inner_text() == "kế hoạch"
    visit.page.get_by_role("link", name="trang trùng sau").click()
    assert "trang=2" in visit.page.url
    assert visit.page.locator("rect.match-box").count() == 1


def test_the_tree_is_opened_with_links(visit):
    visit.open("/?q=dat")
    visit.page.locator(".tree").get_by_role("link", name="UBND huyện Hòa Vang").click()
    visit.page.wait_for_url("**branch=ubnd+huyen+hoa+vang**")
    visit.page.locator(".tree").get_by_role("link", name="Hồ sơ giao đất năm 2021").click()
    visit.page.wait_for_url("**dossier=**")
    assert visit.page.locator("article.hit").count() == 2
