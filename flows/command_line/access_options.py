"""Words for roles, levels and groups on the command line, and how they are said back."""

from __future__ import annotations

import getpass
from enum import StrEnum
from typing import Annotated

import typer

from dossier.model import Access, AccessLevel, GivenAccess
from dossier.text.groups import group_names
from flows.command_line.language import say


class LevelChoice(StrEnum):
    """Levels by the words that staff type."""

    OPEN = "cong-khai"
    CONDITIONAL = "co-dieu-kien"
    CONFIDENTIAL = "mat"
    SECRET = "toi-mat"
    TOP_SECRET = "tuyet-mat"

    @property
    def level(self) -> AccessLevel:
        """The level."""
        return AccessLevel[self.name]


GroupsOption = Annotated[str, typer.Option("--groups", help=say("help.access_groups"))]
ClearanceOption = Annotated[LevelChoice, typer.Option("--clearance", help=say("help.access_clearance"))]
ByOption = Annotated[str, typer.Option("--by", help=say("help.access_by"))]


def groups_of(written: str) -> tuple[str, ...]:
    """Names of groups as typed, with commas."""
    try:
        return group_names(written)
    except ValueError as error:
        raise typer.BadParameter(say("access.bad_group", name=str(error)), param_hint="--groups") from error


def level_words(level: AccessLevel) -> str:
    """A level in words."""
    return say(f"level.{level.name.lower()}")


def access_words(access: Access | GivenAccess) -> tuple[str, str, str]:
    """Groups, level and day as a table shows them; a dash for what was not said."""
    groups = "–" if access.groups is None else ", ".join(access.groups) or say("access.nobody")
    level = "–" if access.level is None else level_words(access.level)
    if not access.open_from:
        return groups, level, "–" if access.open_from is None else ""
    day = str(access.open_from)
    return groups, level, f"{day[6:]}/{day[4:6]}/{day[:4]}"


def person(by: str) -> str:
    """Who decides: as named, else the user of this machine."""
    if by.strip():
        return by.strip()
    try:
        return getpass.getuser()
    except (KeyError, OSError) as error:  # no name for this user on this machine
        raise typer.BadParameter(say("cli.release_nobody"), param_hint="--by") from error
