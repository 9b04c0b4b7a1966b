"""Message catalogues: every sentence staff or clerks see, Vietnamese first, English selectable.

In: a language, a key such as `error.encrypted`, facts. Out: the sentence. Catalogues are the TOML files of the folders
`vi/` and `en/`, one file a room; both languages must hold the same keys with the same `{facts}`, which a test proves.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from dossier.errors import DossierError

LANGUAGES = ("vi", "en")


class Messages:
    """The catalogue of one language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._sentences = _load(language)

    def text(self, key: str, /, **facts: object) -> str:
        """The sentence of `key` with its facts filled in.

        Raises:
            KeyError: when the catalogue has no such key; a test keeps catalogues complete.
        """
        return self._sentences[key].format(**facts)

    def has(self, key: str) -> bool:
        """Whether the catalogue knows `key`."""
        return key in self._sentences

    def keys(self) -> frozenset[str]:
        """All keys of the catalogue."""
        return frozenset(self._sentences)

    def error(self, error: DossierError) -> str:
        """The sentence for an error: what happened and what to do."""
        return self.reason(error.code, **error.facts)

    def reason(self, code: str, /, **facts: object) -> str:
        """The sentence for a stored reason code with its facts.

        A fact that is itself a key (`query.unclosed_quote`) is put into words first, and a `what` of the section `what`.
        """
        return self.text(f"error.{code}", **{name: self._fact(name, value, facts) for name, value in facts.items()})

    def in_words(self, text: str, /, **facts: object) -> str:
        """The sentence when `text` is a key, `text` itself otherwise."""
        return self.text(text, **facts) if self.has(text) else text

    def _fact(self, name: str, value: object, facts: dict[str, object]) -> object:
        if not isinstance(value, str):
            return value
        return self.in_words(f"what.{value}" if name == "what" and self.has(f"what.{value}") else value, **facts)


@cache
def _load(language: str) -> dict[str, str]:
    if language not in LANGUAGES:
        raise KeyError(f"no catalogue for {language}")
    sentences: dict[str, str] = {}
    for catalogue in files(__name__).joinpath(language).iterdir():
        for section, table in tomllib.loads(catalogue.read_text(encoding="utf-8")).items():
            sentences |= {f"{section}.{name}": sentence for name, sentence in table.items()}
    return sentences
