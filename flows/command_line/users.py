"""`sohoa users`: people who sign in (tài khoản)."""

from __future__ import annotations

import secrets
import sys
from enum import StrEnum
from typing import Annotated

import typer
from rich.table import Table

from flows.command_line.access_options import ClearanceOption, GroupsOption, LevelChoice, groups_of, level_words
from flows.command_line.console import output
from flows.command_line.language import say
from flows.command_line.options import StoreOption, settings_with
from store import LEAST_PASSWORD, Role, open_store

users = typer.Typer(help=say("help.users"), no_args_is_help=True)

_LONGEST_NAME = 64


class RoleChoice(StrEnum):
    """Roles by the words that staff type."""

    ADMIN = Role.ADMIN.value
    ARCHIVIST = Role.ARCHIVIST.value
    READER = Role.READER.value


Name = Annotated[str, typer.Argument(metavar="NAME", help=say("help.users_name"))]
RoleOption = Annotated[RoleChoice, typer.Option("--role", help=say("help.users_role"))]
DrawOption = Annotated[bool, typer.Option("--draw", help=say("help.users_draw"))]


@users.command("add", help=say("help.users_add"))
def add(
    name: Name,
    role: RoleOption = RoleChoice.READER,
    groups: GroupsOption = "cơ quan",
    clearance: ClearanceOption = LevelChoice.OPEN,
    draw: DrawOption = False,
    store: StoreOption = None,
) -> None:
    """Make an account."""
    key = _name(name)
    password = _password(draw=draw)
    with open_store(settings_with(store).store) as opened:
        if not opened.accounts.add(key, password, Role(role.value), groups_of(groups), clearance.level):
            raise typer.BadParameter(say("users.taken", name=key))
    output.print(say("users.added", name=key), markup=False)


@users.command("list", help=say("help.users_list"))
def list_users(store: StoreOption = None) -> None:
    """Show all accounts."""
    table = Table()
    for column in ("name", "role", "groups", "clearance", "state"):
        table.add_column(say(f"users.{column}"), overflow="fold")
    with open_store(settings_with(store).store) as opened:
        accounts = opened.accounts.all()
    for one in accounts:
        state = "disabled" if one.disabled else "is_locked" if one.is_locked else "open"
        role, level = say(f"role.{one.role.value}"), level_words(one.clearance)
        table.add_row(one.name, role, ", ".join(one.groups), level, say(f"users.{state}"))
    output.print(table if accounts else say("users.none"))


@users.command("disable", help=say("help.users_disable"))
def disable(
    name: Name,
    enable: Annotated[bool, typer.Option("--enable", help=say("help.users_enable"))] = False,
    store: StoreOption = None,
) -> None:
    """Close an account, or open it again."""
    with open_store(settings_with(store).store) as opened:
        opened.accounts.set_disabled(_name(name), disabled=not enable)
    output.print(say("users.enabled" if enable else "users.is_disabled", name=_name(name)), markup=False)


@users.command("password", help=say("help.users_password"))
def password(name: Name, draw: DrawOption = False, store: StoreOption = None) -> None:
    """Give an account another password."""
    with open_store(settings_with(store).store) as opened:
        opened.accounts.set_password(_name(name), _password(draw=draw))
    output.print(say("users.changed", name=_name(name)), markup=False)


def _name(written: str) -> str:
    name = written.strip().casefold()
    if not name or len(name) > _LONGEST_NAME or not name.isprintable() or ":" in name:
        raise typer.BadParameter(say("users.bad_name"))
    return name


def _password(*, draw: bool) -> str:
    """Typed twice, or one line of standard input; drawn by lot it is shown once."""
    if draw:
        drawn = secrets.token_urlsafe(12)
        output.print(say("users.drawn", password=drawn), markup=False)
        return drawn
    if sys.stdin.isatty():
        given = str(typer.prompt(say("users.prompt"), hide_input=True, confirmation_prompt=say("users.prompt_again")))
    else:
        given = sys.stdin.readline().rstrip("\r\n")
    if len(given) < LEAST_PASSWORD:
        raise typer.BadParameter(say("users.short", least=LEAST_PASSWORD))
    return given
