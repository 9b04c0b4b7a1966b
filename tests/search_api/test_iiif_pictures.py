"""The IIIF Image API 3.0 at level 2: every kind of region, size, rotation, quality and format, limits and refusals."""

from __future__ import annotations

from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops

from dossier.errors import BadAddress
from search_api.iiif.wishes import MOST_AREA, MOST_HEIGHT, MOST_WIDTH, Size, Wish, wish_of

WHOLE = Size(620, 877)
"""Of the pictures of the archive that the tests serve."""


@pytest.fixture(scope="module")
def image(archive) -> str:
    return f"/iiif/image/{archive.documents['decision'].page_ids[0]}"


@pytest.fixture(scope="module")
def original(site, archive) -> Image.Image:
    kept = site.get(f"/v1/pages/{archive.documents['decision'].page_ids[0]}/image").content
    return Image.open(BytesIO(kept))


def shown(answer) -> Image.Image:
    assert answer.status_code == 200, answer.text
    return Image.open(BytesIO(answer.content))


def alike(one: Image.Image, other: Image.Image) -> bool:
    """Whether two pictures show the same, but for what JPEG and rounding do."""
    difference = ImageChops.difference(one.convert("L"), other.convert("L"))
    return one.size == other.size and sum(difference.histogram()[i] * i for i in range(256)) / (one.width * one.height) < 4


@pytest.mark.parametrize(
    ("region", "box"),
    [
        ("full", (0, 0, 620, 877)),
        ("square", (0, 128, 620, 748)),
        ("60,50,300,200", (60, 50, 360, 250)),
        ("500,800,500,500", (500, 800, 620, 877)),
        ("pct:10,10,50,25", (62, 88, 372, 307)),
        ("pct:41.6,7.5,40,70", (258, 66, 506, 680)),
    ],
)
def test_regions(site, image, original, region, box):
    assert alike(shown(site.get(f"{image}/{region}/max/0/default.png")), original.crop(box))


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ("max", (620, 877)),
        ("310,", (310, 439)),
        (",438", (310, 438)),
        ("pct:50", (310, 439)),
        ("pct:33.3", (206, 292)),
        ("100,100", (100, 100)),
        ("!200,200", (141, 200)),
        ("!2000,400", (283, 400)),
        ("!2000,2000", (620, 877)),
        ("^1240,", (1240, 1754)),
        ("^,1754", (1240, 1754)),
        ("^pct:200", (1240, 1754)),
        ("^700,700", (700, 700)),
        ("^!1240,9999", (1240, 1754)),
        ("^max", (3363, 4757)),
        ("1,", (1, 1)),
    ],
)
def test_sizes(site, image, size, expected):
    assert shown(site.get(f"{image}/full/{size}/0/default.jpg")).size == expected


@pytest.mark.parametrize(
    ("rotation", "turn"),
    [
        ("0", []),
        ("90", [Image.Transpose.ROTATE_270]),
        ("180", [Image.Transpose.ROTATE_180]),
        ("270", [Image.Transpose.ROTATE_90]),
        ("360", []),
        ("!0", [Image.Transpose.FLIP_LEFT_RIGHT]),
        ("!90", [Image.Transpose.FLIP_LEFT_RIGHT, Image.Transpose.ROTATE_270]),
    ],
)
def test_rotations_go_with_the_clock_after_mirroring(site, image, original, rotation, turn):
    expected = original
    for step in turn:
        expected = expected.transpose(step)
    assert alike(shown(site.get(f"{image}/full/max/{rotation}/default.png")), expected)


@pytest.mark.parametrize("quality", ["default", "color", "gray", "bitonal"])
@pytest.mark.parametrize(("ending", "media"), [("jpg", "image/jpeg"), ("png", "image/png")])
def test_qualities_and_formats(site, image, quality, ending, media):
    answer = site.get(f"{image}/full/max/0/{quality}.{ending}")
    assert answer.headers["content-type"] == media
    picture = shown(answer)
    assert picture.size == (620, 877)
    if quality == "bitonal" and ending == "png":
        assert picture.mode == "1"


@pytest.mark.parametrize(
    ("path", "part"),
    [
        ("full/max/0/default.tif", "format"),
        ("full/max/0/default", "quality"),
        ("full/max/0/native.jpg", "quality"),
        ("full/max/45/default.jpg", "rotation"),
        ("full/max/-90/default.jpg", "rotation"),
        ("full/max/450/default.jpg", "rotation"),
        ("full/max/!/default.jpg", "rotation"),
        ("full/full/0/default.jpg", "size"),
        ("full/,/0/default.jpg", "size"),
        ("full/0,/0/default.jpg", "size"),
        ("full/pct:0/0/default.jpg", "size"),
        ("full/pct:101/0/default.jpg", "size"),
        ("full/621,/0/default.jpg", "size"),
        ("full/!200,/0/default.jpg", "size"),
        ("full/^9000,/0/default.jpg", "size"),
        ("full/^8000,8000/0/default.jpg", "size"),
        ("full/٣٠٠,/0/default.jpg", "size"),
        ("0,0,0,10/max/0/default.jpg", "region"),
        ("620,0,10,10/max/0/default.jpg", "region"),
        ("1,2,3/max/0/default.jpg", "region"),
        ("-1,0,10,10/max/0/default.jpg", "region"),
        ("pct:100,0,10,10/max/0/default.jpg", "region"),
        ("99999999999999999999,0,1,1/max/0/default.jpg", "region"),
    ],
)
def test_what_cannot_be_made_is_400_and_names_the_part(site, image, path, part):
    answer = site.get(f"{image}/{path}", headers={"Accept": "text/html"})
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["type"] == "/problems/bad-request"
    assert problem["errors"][0]["parameter"] == part


def test_the_description_promises_only_what_is_kept(site, image):
    answer = site.get(f"{image}/info.json")
    described = answer.json()
    assert described["id"].endswith(image)
    assert (described["type"], described["profile"]) == ("ImageService3", "level2")
    assert (described["width"], described["height"]) == (620, 877)
    for size in described["sizes"]:
        made = shown(site.get(f"{image}/full/{size['width']},{size['height']}/0/default.jpg"))
        assert made.size == (size["width"], size["height"])
    assert 'rel="profile"' in answer.headers["link"]


def test_the_description_is_json_ld_for_those_who_ask(site, image):
    answer = site.get(f"{image}/info.json", headers={"Accept": "application/ld+json"})
    assert answer.headers["content-type"] == 'application/ld+json;profile="http://iiif.io/api/image/3/context.json"'
    assert site.get(f"{image}/info.json").headers["content-type"] == "application/json"


def test_the_base_leads_to_the_description(site, image):
    answer = site.get(image)
    assert answer.status_code == 303
    assert answer.headers["location"].endswith(f"{image}/info.json")


def test_nothing_of_a_page_that_is_not_there_or_secret(site, archive):
    secret = archive.documents["secret"].page_ids[0]
    for page in ("nowhere-0001", secret):
        for path in ("", "/info.json", "/full/max/0/default.jpg"):
            assert site.get(f"/iiif/image/{page}{path}").status_code == 404


def test_different_ways_to_ask_name_one_canonical_picture(site, image):
    def link(path: str) -> str:
        return site.get(f"{image}/{path}").headers["link"].split(">")[0].rpartition("/iiif/image/")[2].partition("/")[2]

    assert link("full/max/0/default.jpg") == "full/max/0/default.jpg"
    assert link("pct:0,0,100,100/620,/360/default.jpg") == "full/max/0/default.jpg"
    assert link("full/310,/!0/gray.png") == "full/310,439/!0/gray.png"
    assert link("0,0,100,100/^200,/90.0/default.jpg") == "0,0,100,100/^200,200/90/default.jpg"
    assert link("full/^max/0/default.jpg") == "full/^max/0/default.jpg"


def test_what_the_caller_has_is_not_sent_again(site, image):
    first = site.get(f"{image}/full/310,/0/default.jpg")
    again = site.get(f"{image}/full/310,439/0/default.jpg", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = site.get(f"{image}/full/311,/0/default.jpg", headers={"If-None-Match": first.headers["etag"]})
    assert other.status_code == 200


def test_an_unknown_parameter_is_refused(site, image):
    assert site.get(f"{image}/full/max/0/default.jpg", params={"download": "1"}).status_code == 400


NUMBERS = st.integers(0, 12_000)
REGIONS = st.one_of(
    st.sampled_from(["full", "square"]),
    st.builds("{},{},{},{}".format, NUMBERS, NUMBERS, NUMBERS, NUMBERS),
    st.builds("pct:{:.2f},{:.2f},{:.2f},{:.2f}".format, *[st.floats(0, 120)] * 4),
)
SIZES = st.builds(
    "{}{}".format,
    st.sampled_from(["", "^"]),
    st.one_of(
        st.just("max"),
        st.builds("pct:{:.3f}".format, st.floats(0, 300)),
        st.builds("{},".format, NUMBERS),
        st.builds(",{}".format, NUMBERS),
        st.builds("{}{},{}".format, st.sampled_from(["", "!"]), NUMBERS, NUMBERS),
    ),
)


@given(st.builds(Size, st.integers(1, 9000), st.integers(1, 9000)), REGIONS, SIZES)
def test_whatever_is_made_is_inside_the_bounds_and_its_canonical_form_means_the_same(whole, region, size):
    try:
        wish = wish_of(whole, region, size, "0", "default", "jpg")
    except BadAddress:
        return
    area = wish.region
    assert 0 <= area.x < area.x + area.width <= whole.width
    assert 0 <= area.y < area.y + area.height <= whole.height
    assert 1 <= wish.size.width <= MOST_WIDTH
    assert 1 <= wish.size.height <= MOST_HEIGHT
    assert wish.size.width * wish.size.height <= MOST_AREA
    if not size.startswith("^"):
        assert wish.size.width <= area.width
        assert wish.size.height <= area.height
    assert wish_of(whole, *_parts(wish.canonical)) == wish


@given(st.text(max_size=30), st.text(max_size=30), st.text(max_size=30), st.text(max_size=12), st.text(max_size=6))
def test_any_text_is_refused_or_understood(region, size, rotation, quality, ending):
    with suppress(BadAddress):
        assert isinstance(wish_of(WHOLE, region, size, rotation, quality, ending), Wish)


def _parts(canonical: str) -> tuple[str, str, str, str, str]:
    region, size, rotation, last = canonical.split("/")
    quality, ending = last.split(".")
    return region, size, rotation, quality, ending
