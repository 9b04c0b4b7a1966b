"""`sohoa serve`: starts the search API by its import string, so the two doors stay strangers."""

from __future__ import annotations

import ipaddress
import os
import sys
from typing import Annotated

import typer

from dossier.errors import BadSettings
from dossier.settings import ApiSettings, environment_with
from flows.command_line.console import errors
from flows.command_line.language import CHOSEN, say
from flows.command_line.options import IndexOption, StoreOption, settings_with

_APPLICATION = "search_api.app:build"


def serve(
    host: Annotated[str | None, typer.Option("--host", help=say("help.host"))] = None,
    port: Annotated[int | None, typer.Option("--port", min=1, max=65535, help=say("help.port"))] = None,
    store: StoreOption = None,
    index: IndexOption = None,
) -> None:
    """Serve; see the help text in the catalogue."""
    settings = settings_with(store, index)
    address = host or settings.api.host
    number = port or settings.api.port
    _check_address(address, settings.api)
    environment = environment_with(settings) | ({"SOHOA_API__LANGUAGE": CHOSEN} if CHOSEN else {})
    errors.print(say("cli.serving", host=address, port=number))
    arguments = [sys.executable, "-m", "uvicorn", "--factory", _APPLICATION, "--host", address, "--port", str(number)]
    # No access log: questions hold names of people.
    os.execve(sys.executable, [*arguments, "--no-server-header", "--no-access-log", "--log-level", "warning"], environment)


def _check_address(address: str, settings: ApiSettings) -> None:
    """A server at which nobody signs in stays on this machine, unless somebody says in so many words that it shall not.

    Raises:
        BadSettings: it would be open to the network.
    """
    if settings.access == "open" and not settings.open_to_network and not _is_loopback(address):
        raise BadSettings(setting="SOHOA_API__ACCESS", problem=say("cli.open_to_network", host=address))


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return address == "localhost"
