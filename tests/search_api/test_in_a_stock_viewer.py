"""A stock IIIF viewer from another origin opens a document that was really read, searches in it, marks the words on the scan."""

from __future__ import annotations

import json
import os
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from dossier.settings import Settings, SharingSettings, StoreSettings
from scripts.viewer import SCRIPT

pytestmark = pytest.mark.browser

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
PAGE = """<!doctype html><meta charset="utf-8"><div id="viewer" style="position:absolute;inset:0"></div>
<script src="viewer.js"></script><script>Mirador.viewer(CONFIGURATION)</script>"""
SCREEN = {"width": 1360, "height": 900}


class Quiet(SimpleHTTPRequestHandler):
    """Serves a folder and keeps silent."""

    def log_message(self, format: str, *args: object) -> None:
        """Nothing to say."""


@dataclass
class Viewer:
    """The viewer's own server: an origin that is not the archive's."""

    folder: Path
    origin: str

    def show(self, manifest: str) -> str:
        """The address of a page that opens a manifest with the search beside it."""
        panel = {"sideBarOpen": True, "defaultSideBarPanel": "search"}
        configuration = {"id": "viewer", "language": "en", "window": panel, "windows": [{"manifestId": manifest}]}
        (self.folder / "index.html").write_text(PAGE.replace("CONFIGURATION", json.dumps(configuration)))
        return f"{self.origin}/index.html"


@pytest.fixture(scope="module")
def viewer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Viewer]:
    missing = []
    if not SCRIPT.exists():
        missing.append("The viewer is missing: make viewer")
    if CHROMIUM is None:
        missing.append("Chromium is missing: apt-get install chromium")
    if missing and os.environ.get("SOHOA_REQUIRE_VIEWER") == "1":
        pytest.fail("; ".join(missing))
    if missing:
        pytest.skip("; ".join(missing))
    folder = tmp_path_factory.mktemp("viewer")
    shutil.copy(SCRIPT, folder / "viewer.js")
    (folder / "favicon.ico").touch()
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield Viewer(folder, f"http://127.0.0.1:{server.server_port}")
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def browser() -> Iterator[object]:
    from playwright.sync_api import sync_playwright  # only here: the viewer may be missing

    with sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=CHROMIUM, args=["--headless", "--no-sandbox", "--disable-gpu"])
        yield chromium
        chromium.close()


def yellow(picture: bytes, inside: dict[str, float]) -> tuple[float, float, float, float]:
    """The rectangle around everything marked in yellow inside a part of a picture of the screen."""
    left, top = inside["x"], inside["y"]
    area = (left, top, left + inside["width"], top + inside["height"])
    pixels = np.asarray(Image.open(BytesIO(picture)).convert("RGB").crop(tuple(map(round, area)))).astype(int)
    red, green, blue = pixels[..., 0], pixels[..., 1], pixels[..., 2]
    down, across = np.nonzero((red > 150) & (green > 150) & (np.minimum(red, green) - blue > 60))
    assert down.size, "nothing is marked"
    return left + across.min(), top + down.min(), left + across.max() + 1, top + down.max() + 1


def test_the_viewer_finds_words_typed_without_marks_and_shows_where_they_stand(viewer, browser, digitised, serve, tmp_path):
    settings = Settings(store=StoreSettings(folder=digitised.store), sharing=SharingSettings(viewer_origins=(viewer.origin,)))
    with serve(settings) as site:
        found = site.get("/v1/search", params={"q": '"bàn giao đất"'}).json()["items"]
        identifier = found[0]["id"]
        manifest = f"{site.base_url}/iiif/documents/{identifier}/manifest".replace("//iiif", "/iiif")
        canvas = site.get(manifest).json()["items"][0]
        read = site.get(f"/v1/documents/{identifier}/pages").json()["items"][0]
        assert (
            abs(site.get(f"/v1/pages/{read['id']}").json()["skew_deg"]) > 1
        )  # the scan was crooked: boxes have to fit all the same

        page = browser.new_page(viewport=SCREEN)
        refused: list[str] = []
        page.on("requestfailed", lambda request: refused.append(f"{request.url}: {request.failure}"))
        page.on("response", lambda answer: refused.append(f"{answer.url}: {answer.status}") if answer.status >= 400 else None)
        page.goto(viewer.show(manifest))
        page.get_by_label("search terms").first.fill("ban giao dat")
        with page.expect_response("**/search1?q=ban*") as answered:
            page.keyboard.press("Enter")
        matches = answered.value.json()
        page.get_by_role("complementary", name="Search").get_by_text("1 of 1", exact=True).wait_for()
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(1500)  # the viewer fades and moves into place

        (match,) = matches["resources"]
        assert match["resource"]["chars"] == "bàn giao đất"
        x, y, width, height = map(int, match["on"].partition("#xywh=")[2].split(","))
        stage = page.locator(".mirador-osd-container").bounding_box()
        picture = page.screenshot(path=str(tmp_path / "viewer.png"))
        scale = min(stage["width"] / canvas["width"], stage["height"] / canvas["height"])
        left = stage["x"] + (stage["width"] - canvas["width"] * scale) / 2
        top = stage["y"] + (stage["height"] - canvas["height"] * scale) / 2
        expected = (left + x * scale, top + y * scale, left + (x + width) * scale, top + (y + height) * scale)
        assert yellow(picture, stage) == pytest.approx(expected, abs=4)
        assert not refused
        page.close()


def test_a_viewer_of_an_origin_that_is_not_named_gets_nothing_from_an_open_server(viewer, browser, archive, address):
    page = browser.new_page(viewport=SCREEN)
    manifest = f"{address}/iiif/documents/{archive.documents['decision'].id}/manifest"
    page.goto(viewer.show(manifest))
    assert page.evaluate("address => fetch(address).then(() => 'read', () => 'refused')", manifest) == "refused"
    page.close()
