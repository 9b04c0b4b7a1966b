"""Signing in and out (đăng nhập, đăng xuất): for people; programs send their key with each request."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from dossier.messages import Messages
from search_api.access.admission import address_of, check_origin, limit_attempts, recorder_of
from search_api.access.identity import signed_in
from search_api.access.sessions import FORM_COOKIE, SESSION_COOKIE, Session, Signer, new_nonce
from search_api.forms import Form
from search_api.headers import trace_id
from search_api.language import PARAMETER, page_language
from search_api.parameters import only
from search_api.presentation import page
from search_api.refusals import SIGN_IN
from search_api.rooms import OpenRooms, Rooms, default_language
from store import LOCKED_MINUTES, MOST_FAILURES, Account, Visit

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


@router.get(SIGN_IN, dependencies=[Depends(only(PARAMETER, "tiep"))])
def sign_in_page(request: Request, rooms: OpenRooms, tiep: Annotated[str, Query(max_length=2000)] = "/") -> Response:
    """The form, or who is signed in."""
    if rooms.settings.api.access == "open":
        return _shown(request, rooms, onward="/", said="not_needed", account=None)
    return _shown(request, rooms, onward=_onward(tiep), said="", account=signed_in(request, rooms))


@router.post(SIGN_IN, dependencies=[Depends(only(PARAMETER))])
def sign_in(request: Request, rooms: OpenRooms, form: Form) -> Response:
    """Check name and password; who guesses has to wait."""
    check_origin(request)
    onward = _onward(form.get("tiep", "/"))
    store = rooms.store()
    signer = Signer(store.signing_key())
    if not signer.is_form_token(form.get("dau", ""), request.cookies.get(FORM_COOKIE, "")):
        return _shown(request, rooms, onward=onward, said="stale", account=None, status=400)
    limit_attempts(request, failed=False)
    name = form.get("ten", "").strip().casefold()
    account = store.accounts.sign_in(name, form.get("mat-khau", ""))
    if account is None:
        limit_attempts(request, failed=True)
        return _shown(request, rooms, onward=onward, said="wrong", account=None, status=401)
    _note(request, account.name, "sign in")
    answer = RedirectResponse(onward, status_code=303)
    cookie = signer.session(Session(account.name, account.epoch))
    _set_cookie(request, answer, SESSION_COOKIE, cookie, 3600 * rooms.settings.api.session_hours)
    return answer


@router.post("/dang-xuat", dependencies=[Depends(only(PARAMETER))])
def sign_out(request: Request, rooms: OpenRooms, form: Form) -> Response:
    """End all sessions of the account."""
    account = signed_in(request, rooms)
    signer = Signer(rooms.store().signing_key())
    if account is not None and signer.is_form_token(form.get("dau", ""), request.cookies.get(FORM_COOKIE, "")):
        rooms.store().accounts.end_sessions(account.name)
        _note(request, account.name, "sign out")
    answer = RedirectResponse(SIGN_IN, status_code=303)
    answer.delete_cookie(SESSION_COOKIE, httponly=True, samesite="lax")
    return answer


def _shown(request: Request, rooms: Rooms, *, onward: str, said: str, account: Account | None, status: int = 200) -> Response:
    messages = Messages(page_language(request, default_language(request)))
    nonce = request.cookies.get(FORM_COOKIE) or new_nonce()
    token = "" if said == "not_needed" else Signer(rooms.store().signing_key()).form_token(nonce)
    answer = page(
        request,
        "sign_in.html",
        status=status,
        headers={"Cache-Control": "no-store"},
        onward=onward,
        token=token,
        said=messages.text(f"sign_in.{said}", most=MOST_FAILURES, minutes=LOCKED_MINUTES) if said else "",
        needed=said != "not_needed",
        account=account,
        role=messages.text(f"role.{account.role.value}") if account else "",
    )
    _set_cookie(request, answer, FORM_COOKIE, nonce, 24 * 3600)
    return answer


def _set_cookie(request: Request, answer: Response, name: str, value: str, seconds: int) -> None:
    secure = request.url.scheme == "https"
    answer.set_cookie(name, value, max_age=seconds, httponly=True, samesite="lax", secure=secure)


def _onward(given: str) -> str:
    """Where to go on; only to a path of this server."""
    parts = urlsplit(given)
    plain = given.startswith("/") and not given.startswith(("//", "/\\")) and not (parts.scheme or parts.netloc)
    return given if plain and given.isprintable() and not given.startswith(SIGN_IN) else "/"


def _note(request: Request, name: str, what: str) -> None:
    recorder_of(request).write_now(Visit.made(name, what, name, address=address_of(request), trace=trace_id(request)))
