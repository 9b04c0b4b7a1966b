"""`sohoa keys`: keys of programs (khóa truy cập)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Annotated

import typer
from rich.table import Table

from flows.command_line.access_options import ClearanceOption, GroupsOption, LevelChoice, groups_of, level_words
from flows.command_line.console import output
from flows.command_line.language import say
from flows.command_line.options import StoreOption, settings_with
from store import open_store

keys = typer.Typer(help=say("help.keys"), no_args_is_help=True)


class ScopeChoice(StrEnum):
    """Rights of a key."""

    SEARCH = "search"
    READ = "read"
    EXPORT = "export"
    CHANGES = "changes"
    WEBHOOKS = "webhooks"
    REVEAL = "reveal"
    ADMIN = "admin"


@keys.command("add", help=say("help.keys_add"))
def add(
    name: Annotated[str, typer.Argument(metavar="NAME", help=say("help.keys_name"))],
    scopes: Annotated[list[ScopeChoice], typer.Option("--scope", help=say("help.keys_scope"))] = [  # noqa: B006 - typer's way
        ScopeChoice.SEARCH,
        ScopeChoice.READ,
    ],
    groups: GroupsOption = "cơ quan",
    clearance: ClearanceOption = LevelChoice.OPEN,
    days: Annotated[int, typer.Option("--days", min=0, max=3650, help=say("help.keys_days"))] = 365,
    rate: Annotated[int, typer.Option("--rate", min=0, help=say("help.keys_rate"))] = 0,
    store: StoreOption = None,
) -> None:
    """Make a key and show it, this once."""
    until = (datetime.now(UTC) + timedelta(days=days)).isoformat(timespec="seconds") if days else ""
    rights = list(dict.fromkeys(scope.value for scope in scopes))
    with open_store(settings_with(store).store) as opened:
        key, written = opened.api_keys.add(
            name, rights, groups=groups_of(groups), clearance=clearance.level, expires_at=until, rate=rate
        )
    output.print(say("keys.added", id=key.id, name=name), markup=False)
    output.print(written, markup=False, soft_wrap=True)


@keys.command("list", help=say("help.keys_list"))
def list_keys(store: StoreOption = None) -> None:
    """Show all keys."""
    table = Table()
    for column in ("id", "name", "scopes", "groups", "clearance", "until", "used", "state"):
        table.add_column(say(f"keys.{column}"), overflow="fold")
    with open_store(settings_with(store).store) as opened:
        known = opened.api_keys.all()
    for key in known:
        state = say("keys.open" if key.is_valid else "keys.revoked" if key.revoked else "keys.ended")
        groups, level = ", ".join(key.groups), level_words(key.clearance)
        table.add_row(key.id, key.name, ", ".join(key.scopes), groups, level, key.expires_at[:10], key.used_at[:16], state)
    output.print(table if known else say("keys.none"))


@keys.command("revoke", help=say("help.keys_revoke"))
def revoke(
    identifier: Annotated[str, typer.Argument(metavar="ID", help=say("help.keys_id"))],
    store: StoreOption = None,
) -> None:
    """Close a key for good."""
    with open_store(settings_with(store).store) as opened:
        opened.api_keys.revoke(identifier)
    output.print(say("keys.closed", id=identifier), markup=False)
