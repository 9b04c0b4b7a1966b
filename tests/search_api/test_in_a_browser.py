"""A clerk's way in a real Chromium: search without accents, tick a box, open the hit, see the box on the scan; nothing leaves."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

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
