"""Tables of a YAML file that know their lines.

In: nodes of the YAML composer. Out: texts, numbers, lists; whatever is missing, unknown or of the wrong shape is a `BadFacts`
whose problem is a key of the message catalogue.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from dossier.errors import BadFacts, Fact
from dossier.text import normalise

_IDENTIFIER = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_FIELD_NAME = re.compile(r"[a-z][A-Za-z0-9]*")
_TRUTHS = {"true": True, "false": False}


def root_of(path: Path) -> Node:
    """The outermost node of a YAML file.

    Raises:
        BadFacts: when it is no YAML, or not UTF-8.
    """
    try:
        node: Node | None = YAML(typ="safe").compose(path.read_text(encoding="utf-8-sig"))
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        detail = str(error.problem or error.context).splitlines()[0]
        raise BadFacts(file=path.name, line=line, key="YAML", problem="facts.yaml", detail=detail) from error
    except YAMLError as error:
        raise BadFacts(file=path.name, line=1, key="YAML", problem="facts.yaml", detail=str(error).splitlines()[0]) from error
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise BadFacts(file=path.name, line=line, key="UTF-8", problem="facts.not_utf8") from error
    if node is None:
        raise BadFacts(file=path.name, line=1, key="YAML", problem="pack.empty")
    return node


class Table:
    """A mapping of a YAML file whose keys are known."""

    def __init__(self, file: str, node: Node, keys: Sequence[str]) -> None:
        self._file = file
        self._line = node.start_mark.line + 1
        self._values: dict[str, Node] = {}
        if not isinstance(node, MappingNode):
            raise BadFacts(file=file, line=self._line, key=keys[0], problem="pack.not_a_table", known=", ".join(keys))
        for key, value in node.value:
            name = str(key.value)
            place: dict[str, Fact] = {"file": file, "line": key.start_mark.line + 1, "key": name}
            if name not in keys:
                raise BadFacts(**place, problem="facts.unknown", known=", ".join(keys))
            if name in self._values:
                raise BadFacts(**place, problem="facts.twice")
            self._values[name] = value

    def problem(self, key: str, problem: str, **facts: Fact) -> BadFacts:
        """The error for the value of `key`."""
        node = self._values.get(key)
        line = node.start_mark.line + 1 if node is not None else self._line
        return BadFacts(file=self._file, line=line, key=key, problem=problem, **facts)

    def has(self, key: str) -> bool:
        """Whether the table has that key."""
        return key in self._values

    def inner(self, node: Node, keys: Sequence[str]) -> Table:
        """A table further in."""
        return Table(self._file, node, keys)

    def table(self, key: str, keys: Sequence[str]) -> Table:
        """The table at `key`."""
        return self.inner(self._node(key), keys)

    def entries(self, key: str) -> Iterator[tuple[str, Node]]:
        """Names and nodes of a table whose keys the writer chooses."""
        node = self._node(key)
        if not isinstance(node, MappingNode):
            raise self.problem(key, "pack.not_a_table", known="…")
        for name, value in node.value:
            yield str(name.value), value

    def text(self, key: str) -> str:
        """A text that must not be empty."""
        node = self._node(key)
        if not isinstance(node, ScalarNode):
            raise self.problem(key, "facts.not_text")
        text = normalise(str(node.value)).strip()
        if not text:
            raise self.problem(key, "facts.empty")
        return text

    def optional_text(self, key: str) -> str | None:
        """A text, or None where the key is missing."""
        return self.text(key) if self.has(key) else None

    def texts(self, key: str, *, optional: bool = False) -> tuple[str, ...]:
        """A list of texts; one text alone is a list of one."""
        if optional and not self.has(key):
            return ()
        node = self._node(key)
        if isinstance(node, ScalarNode):
            return (self.text(key),)
        texts = tuple(normalise(str(each.value)).strip() for each in self.nodes(key) if isinstance(each, ScalarNode))
        if not texts or len(texts) < len(node.value) or not all(texts):
            raise self.problem(key, "pack.not_texts")
        return texts

    def nodes(self, key: str, *, optional: bool = False) -> list[Node]:
        """The items of a list."""
        if optional and not self.has(key):
            return []
        node = self._node(key)
        if not isinstance(node, SequenceNode) or not node.value:
            raise self.problem(key, "pack.not_a_list")
        return list(node.value)

    def number(self, key: str, *, least: float, most: float) -> float:
        """A number between two bounds."""
        text = self.text(key)
        try:
            value = float(text)
        except ValueError:
            value = most + 1
        if not least <= value <= most:
            raise self.problem(key, "pack.not_a_number", value=text, least=least, most=most)
        return value

    def truth(self, key: str) -> bool:
        """True or false, false where the key is missing."""
        text = self.text(key).lower() if self.has(key) else "false"
        if text not in _TRUTHS:
            raise self.problem(key, "pack.not_one_of", value=text, known="true, false")
        return _TRUTHS[text]

    def one_of(self, key: str, known: Sequence[str], *, default: str | None = None) -> str:
        """One of some words."""
        if default is not None and not self.has(key):
            return default
        text = self.text(key)
        if text not in known:
            raise self.problem(key, "pack.not_one_of", value=text, known=", ".join(known))
        return text

    def identifier(self, key: str) -> str:
        """An id of small letters, digits and hyphens."""
        text = self.text(key)
        if not _IDENTIFIER.fullmatch(text):
            raise self.problem(key, "pack.not_an_id", value=text)
        return text

    def field_name(self, key: str) -> str:
        """A name of letters and digits that begins with a small letter."""
        text = self.text(key)
        if not _FIELD_NAME.fullmatch(text):
            raise self.problem(key, "pack.not_a_name", value=text)
        return text

    def pattern(self, key: str) -> str | None:
        """A regular expression, or None where the key is missing."""
        if not self.has(key):
            return None
        text = self.text(key)
        try:
            re.compile(text)
        except re.error as error:
            raise self.problem(key, "pack.not_a_pattern", detail=str(error)) from error
        return text

    def _node(self, key: str) -> Node:
        if key not in self._values:
            raise BadFacts(file=self._file, line=self._line, key=key, problem="pack.missing")
        return self._values[key]
