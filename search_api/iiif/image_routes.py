"""Paths of the IIIF Image API 3.0, level 2, over the kept pictures of pages.

In: the id of a page and a wish in the path. Out: a description or a picture.
"""

from __future__ import annotations

from fastapi import APIRouter, Depends, Request, Response
from starlette.responses import RedirectResponse

from search_api.access import OpenGate
from search_api.iiif.addresses import OpenAddresses
from search_api.iiif.answers import IMAGE, Json, answer, has_already, json_answer, tag_of
from search_api.iiif.picture import DRAWN_WITH, MEDIA_TYPES, draw, is_coloured, size_of
from search_api.iiif.sharing import shared
from search_api.iiif.wishes import MOST_AREA, MOST_HEIGHT, MOST_WIDTH, Size, bounded, wish_of
from search_api.problems import Problem
from search_api.routers.records import PLAIN, Id

LEVEL = "http://iiif.io/api/image/3/level2.json"

_TILE = 2048
"""An A4 page is one tile."""

_SCALES = (1, 2, 4)

router = APIRouter(
    prefix="/iiif/image",
    tags=["iiif"],
    dependencies=[Depends(shared), *PLAIN],
    responses={404: {"model": Problem, "description": "There is no picture of this page, or it was stopped for secrecy."}},
)


@router.get("/{page_id}", summary="To the description of a picture", response_class=RedirectResponse, status_code=303)
def base(gate: OpenGate, addresses: OpenAddresses, page_id: Id) -> RedirectResponse:
    """The base URI leads to the description (Image API 3.0, 2)."""
    gate.page_image(page_id)
    return RedirectResponse(addresses.image(page_id) + "/info.json", status_code=303)


@router.get("/{page_id}/info.json", summary="Description of a picture", response_class=Response)
def information(request: Request, gate: OpenGate, addresses: OpenAddresses, page_id: Id) -> Response:
    """Size, limits and what can be asked for."""
    jpeg = gate.page_image(page_id)
    value = described(addresses.image(page_id), size_of(jpeg), coloured=is_coloured(jpeg))
    return json_answer(request, value, IMAGE, {"Link": f'<{LEVEL}>;rel="profile"'})


@router.get(
    "/{page_id}/{region}/{size}/{rotation}/{picture}",
    summary="A picture, or a part of it",
    response_class=Response,
    responses={
        200: {"content": {media: {} for media in MEDIA_TYPES.values()}},
        400: {"model": Problem, "description": "A part of the path is not of the specification, or more than is sent."},
    },
)
def picture(
    request: Request, gate: OpenGate, addresses: OpenAddresses, page_id: Id, region: str, size: str, rotation: str, picture: str
) -> Response:
    """`picture` is `{quality}.{format}`: default, color, gray or bitonal; jpg or png."""
    jpeg = gate.page_image(page_id)
    quality, _, format_ = picture.rpartition(".")
    wish = wish_of(size_of(jpeg), region, size, rotation, quality, format_)
    canonical = f"{addresses.image(page_id)}/{wish.canonical}"
    headers = {"Link": f'<{canonical}>;rel="canonical",<{LEVEL}>;rel="profile"'}
    tag = tag_of(jpeg, wish.canonical.encode(), DRAWN_WITH.encode())
    drawn = b"" if has_already(request, tag) else draw(jpeg, wish)
    return answer(request, drawn, MEDIA_TYPES[wish.format], headers, tag=tag)


def described(identifier: str, size: Size, *, coloured: bool) -> Json:
    """The image service as its `info.json` describes it."""
    smaller = [Size(-(-size.width // scale), -(-size.height // scale)) for scale in reversed(_SCALES)]
    whole = bounded(size.width, size.height)
    return {
        "@context": IMAGE,
        **service(identifier),
        "protocol": "http://iiif.io/api/image",
        "width": size.width,
        "height": size.height,
        "maxWidth": MOST_WIDTH,
        "maxHeight": MOST_HEIGHT,
        "maxArea": MOST_AREA,
        "sizes": [{"width": one.width, "height": one.height} for one in smaller if one.width <= whole.width],
        "tiles": [{"width": _TILE, "height": _TILE, "scaleFactors": list(_SCALES)}],
        "preferredFormats": ["jpg"],
        "extraQualities": ["color", "gray", "bitonal"] if coloured else ["gray", "bitonal"],
        "extraFeatures": ["canonicalLinkHeader", "mirroring", "profileLinkHeader", "regionSquare", "sizeUpscaling"],
    }


def service(identifier: str) -> Json:
    """The image service as manifests name it."""
    return {"id": identifier, "type": "ImageService3", "profile": "level2"}
