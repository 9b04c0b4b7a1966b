"""The language of this run: `--lang` anywhere on the command line, Vietnamese otherwise.

Help texts are fixed when the commands are defined, so the language is looked up before that.
"""

from __future__ import annotations

import sys

from dossier.messages import LANGUAGES, Messages


def split_language(arguments: list[str]) -> tuple[str | None, list[str]]:
    """Take `--lang xx` (or `--lang=xx`) out of the arguments, wherever it stands; an unknown language is left in place."""
    language: str | None = None
    position = 0
    rest: list[str] = []
    while position < len(arguments):
        word = arguments[position]
        if word == "--":
            return language, rest + arguments[position:]
        value = word.removeprefix("--lang=") if word.startswith("--lang=") else None
        if word == "--lang" and position + 1 < len(arguments):
            value = arguments[position + 1]
        if value in LANGUAGES:
            language = value
            position += 2 if word == "--lang" else 1
            continue
        rest.append(word)
        position += 1
    return language, rest


CHOSEN, ARGUMENTS = split_language(sys.argv[1:])
LANGUAGE = CHOSEN or "vi"
MESSAGES = Messages(LANGUAGE)
say = MESSAGES.text
