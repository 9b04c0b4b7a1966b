"""Assembles the command `sohoa` and maps errors to sentences and exit codes.

Exit codes: 0 all well; 3 something was set aside or stopped; 2 wrong usage (also a path, query or setting that cannot be used);
1 failure (a tool is missing, an engine is away); 130 interrupted with Ctrl-C.
"""

from __future__ import annotations

import logging
import sys

import typer
from typer import rich_utils
from typer.exceptions import Abort, TyperException

from dossier.errors import BadCatalogue, BadFacts, BadQuery, BadScan, BadSettings, DossierError, NotFound
from flows.command_line import (
    access,
    describing,
    digitising,
    examining,
    keys,
    listing,
    packs,
    reading,
    releasing,
    reviewing,
    searching,
    separating,
    serving,
    users,
)
from flows.command_line.console import errors
from flows.command_line.language import ARGUMENTS, LANGUAGE, MESSAGES, say

USAGE, FAILURE, SET_ASIDE, INTERRUPTED = 2, 1, 3, 130
_EXIT_CODES: tuple[tuple[type[DossierError], int], ...] = (
    (BadScan, SET_ASIDE),
    (BadQuery, USAGE),
    (BadSettings, USAGE),
    (BadFacts, USAGE),
    (BadCatalogue, USAGE),
    (NotFound, USAGE),
    (DossierError, FAILURE),
)

rich_utils.OPTIONS_PANEL_TITLE = say("help.options")
rich_utils.ARGUMENTS_PANEL_TITLE = say("help.arguments")
rich_utils.COMMANDS_PANEL_TITLE = say("help.commands")

program = typer.Typer(
    name="sohoa", help=say("help.program"), no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False
)


@program.callback()
def _everywhere(lang: str = typer.Option(LANGUAGE, "--lang", help=say("help.lang"))) -> None:
    if lang != LANGUAGE:
        raise typer.BadParameter(say("help.lang"))


program.command("digitise", help=say("help.digitise"))(digitising.digitise)
program.command("read", help=say("help.read"))(reading.read)
program.command("describe", help=say("help.describe"))(describing.describe)
program.command("search", help=say("help.search"))(searching.search)
program.command("list", help=say("help.list"))(listing.list_papers)
program.command("review", help=say("help.review"))(reviewing.review)
program.command("release", help=say("help.release"))(releasing.release_paper)
program.command("packs", help=say("help.packs"))(packs.packs)
program.command("serve", help=say("help.serve"))(serving.serve)
program.add_typer(users.users, name="users")
program.add_typer(keys.keys, name="keys")
program.add_typer(access.access, name="access")
program.command("separators", help=say("help.separators"))(separating.separators)
program.command("status", help=say("help.status"))(examining.status)
program.command("reindex", help=say("help.reindex"))(examining.reindex)
program.command("doctor", help=say("help.doctor"))(examining.doctor)


def main() -> None:
    """Run the command line and leave with its exit code."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    logging.getLogger("elastic_transport").setLevel(logging.ERROR)  # it logs every retry with a trace; the last failure is told
    try:
        code = program(args=ARGUMENTS, prog_name="sohoa", standalone_mode=False)
        if code == INTERRUPTED:
            errors.print(say("cli.stopped"), style="yellow")
        sys.exit(code)
    except DossierError as error:
        errors.print(MESSAGES.error(error), style="red", markup=False, soft_wrap=True)
        sys.exit(exit_code(error))
    except TyperException as error:
        errors.print(_usage(error), style="red", markup=False, soft_wrap=True)
        sys.exit(USAGE)
    except (KeyboardInterrupt, Abort):
        errors.print(say("cli.stopped"), style="yellow")
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(FAILURE)


def _usage(error: TyperException) -> str:
    """The sentence for wrong usage, in the chosen language as far as the parser tells what is wrong."""
    kind = type(error).__name__
    if kind == "NoArgsIsHelpError":
        return str(getattr(error, "message", ""))
    parameter = getattr(error, "param", None)
    hint = str(getattr(error, "option_name", None) or getattr(parameter, "name", None) or "")
    context = getattr(error, "ctx", None)
    command = str(getattr(context, "info_name", "") or "").replace("sohoa", "")
    problem = str(getattr(error, "message", error))
    key = {"MissingParameter": "missing", "NoSuchOption": "unknown_option", "BadParameter": "bad_value"}.get(kind, "other")
    return say(f"usage.{key}", hint=hint or command, command=command, problem=problem)


def exit_code(error: DossierError) -> int:
    """The exit code of an error."""
    return next(code for kind, code in _EXIT_CODES if isinstance(error, kind))
