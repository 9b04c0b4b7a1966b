"""The catalogue of the pages: the same keys and facts in both languages, nothing unused, nothing missing."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path
from string import Formatter

import search_api
from archive import ListForm
from dossier.messages import Messages
from dossier.model import SINGLE_FIELDS, ArchivalFacts, Arrival, DigitalSignature, Issuer, MentionKind, PageKind
from indexer import TREE
from indexer.explaining import Form
from indexer.query import TextField
from search_api.asking import BOUNDS, FILTERS
from search_api.problems import KINDS
from search_api.views.search_view import SORT_KEYS
from store import ExportState

SECTIONS = ("web.", "web_")


def keys_of(language: str) -> set[str]:
    return {key for key in Messages(language).keys() if key.startswith(SECTIONS)}  # noqa: SIM118  # not a mapping


def facts_of(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


def test_both_languages_say_the_same_things():
    assert keys_of("vi") == keys_of("en")
    for key in keys_of("vi"):
        assert facts_of(Messages("vi")._sentences[key]) == facts_of(Messages("en")._sentences[key]), key


def test_every_sentence_is_used():
    root = Path(str(files(search_api)))
    source = "\n".join(path.read_text(encoding="utf-8") for path in root.rglob("*") if path.suffix in (".py", ".html"))
    composed = ("web.status_", "web.sort_", "web.advice_", "web_filter.", "web_field.", "web_archive.", "web_what.", "web_problem.",
                "web_check.", "web_ready.", "web.total",
                "web_part.", "web_mention.", "web_verdict.", "web.mentions_", "web.list_",
                "web_suggestion.", "web_form.", "web_words.", "web_value.", "web_export.", "web.level_")  # fmt: skip
    unused = {
        key for key in keys_of("vi") if f'"{key}"' not in source and f"'{key}'" not in source and not key.startswith(composed)
    }
    assert not unused


def test_what_templates_say_is_in_the_catalogue():
    root = Path(str(files(search_api)))
    for path in root.rglob("*.html"):
        for key in re.findall(r"\bt\(['\"]([a-z_]+\.[A-Za-z_]+)['\"][,)]", path.read_text(encoding="utf-8")):
            assert Messages("vi").has(key), f"{path.name}: {key}"


def test_composed_keys_are_complete():
    wanted = {f"web_field.{name}" for name in (*SINGLE_FIELDS.values(), "toPlaces")}
    wanted |= {f"web_filter.{name}" for name in (*FILTERS, *BOUNDS)}
    wanted |= {f"web_archive.{name}" for name in ArchivalFacts.__slots__}
    wanted |= {f"web_mention.{kind.value}" for kind in MentionKind}
    wanted |= {f"web_verdict.{kind.value}" for kind in PageKind}
    wanted |= {f"web.list_{form.value}" for form in ListForm}
    wanted |= {f"web.sort_{key}" for key in SORT_KEYS.values()} | {f"web.level_{level.value}" for level in TREE}
    wanted |= {f"web_form.{form.value}" for form in Form} | {f"web_words.{name.value}" for name in TextField}
    wanted |= {f"web_export.{state.value}" for state in ExportState}
    doubts = (key for key in Messages("vi").keys() if key.startswith("doubt."))  # noqa: SIM118  # not a mapping
    wanted |= {f"web_value.doubt_{key.removeprefix('doubt.')}" for key in doubts}
    parts = {"arrival": Arrival, "digital_signature": DigitalSignature, "issuer": Issuer}
    wanted |= {f"web_part.{label}_{name}" for label, part in parts.items() for name in part.__slots__}
    for kind in KINDS.values():
        wanted |= {f"web_problem.{kind.key}", f"web_problem.{kind.key}_detail"}
    assert wanted <= keys_of("vi")
