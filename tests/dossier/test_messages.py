"""Both catalogues say the same things, and every sentence that the code asks for is there."""

import re
import string
from pathlib import Path

import pytest

import dossier.errors
from dossier.errors import BadFacts, DossierError, Unavailable
from dossier.messages import LANGUAGES, Messages, _load

ROOT = Path(__file__).parents[2]
ROOMS = ("dossier", "ocr", "metadata", "store", "indexer", "search_api", "flows")


def facts_of(sentence):
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


def all_errors(kind=DossierError):
    return {kind} | {found for child in kind.__subclasses__() for found in all_errors(child)}


def sources(*patterns):
    for room in ROOMS:
        for pattern in patterns:
            for path in (ROOT / room).rglob(pattern):
                yield path, path.read_text(encoding="utf-8")


def test_both_languages_have_the_same_keys_and_facts():
    vietnamese, english = (_load(language) for language in LANGUAGES)
    assert vietnamese.keys() == english.keys()
    different = {key for key in vietnamese if facts_of(vietnamese[key]) != facts_of(english[key])}
    assert not different


def test_sentences_are_clean():
    for language in LANGUAGES:
        for key, sentence in _load(language).items():
            assert sentence == sentence.strip(), key
            assert sentence, key
            assert "  " not in sentence, key


def test_vietnamese_sentences_are_vietnamese():
    vietnamese, english = (_load(language) for language in LANGUAGES)
    same = {key for key in vietnamese if vietnamese[key] == english[key] and len(vietnamese[key].split()) > 3}
    assert not same


@pytest.mark.parametrize("kind", sorted(all_errors(), key=lambda kind: kind.__name__), ids=lambda kind: kind.__name__)
def test_every_error_has_a_sentence_with_the_facts_its_docstring_promises(kind):
    named = (kind.__doc__ or "").partition("Facts:")[2]
    promised = set(re.findall(r"`(\w+)`", named))
    for language in LANGUAGES:
        messages = Messages(language)
        wanted = facts_of(_load(language)[f"error.{kind.code}"])
        if promised:
            assert wanted <= promised, f"{kind.__name__} in {language} wants facts nobody promised"
        sentence = messages.error(kind(**{name: f"<{name}>" for name in wanted}))
        assert all(f"<{name}>" in sentence for name in wanted)


def test_codes_of_errors_are_unique():
    assert dossier.errors.__doc__
    codes = [kind.code for kind in all_errors()]
    assert len(codes) == len(set(codes))


def test_every_key_that_the_code_asks_for_exists():
    known = Messages("vi").keys()
    asked = re.compile(r'\b(?:say|text|has|sentence|t|_)\(\s*"([a-z_]+\.[A-Za-z_]+)"')
    found = {(key, path.name) for path, text in sources("*.py", "*.html") for key in asked.findall(text) if key[-1] != "_"}
    assert len(found) > 50
    assert {(key, name) for key, name in found if key not in known} == set()


def test_every_key_that_is_put_together_exists():
    from flows.reporting import COLUMNS
    from store import FileState

    known = Messages("vi").keys()
    assert {f"table.{column}" for column in COLUMNS} <= known
    assert {f"status.files_{state.value}" for state in FileState} <= known


def test_problems_named_by_the_code_are_in_the_catalogue():
    known = Messages("vi").keys()
    problems = re.compile(r'"((?:query|facts)\.[a-z_0-9]+)"')
    found = {key for _, text in sources("*.py") for key in problems.findall(text)}
    assert {"facts.twice", "query.unclosed_quote"} <= found
    assert found <= known


def test_reasons_of_pages_have_sentences():
    known = Messages("vi").keys()
    codes = {code for _, text in sources("*.py") for code in re.findall(r'Reason\(\s*"([a-z_]+)"', text)}
    assert {"secret", "no_text", "unreadable"} <= codes
    assert {f"error.{code}" for code in codes} <= known


def test_a_problem_that_is_a_key_is_put_in_words():
    error = BadFacts(file="ho-so.yaml", line=3, key="số tờ", problem="facts.not_a_count", value="hai")
    assert "«hai» không phải số đếm" in Messages("vi").error(error)
    assert "no count" in Messages("en").error(error)


def test_braces_in_facts_are_harmless():
    sentence = Messages("vi").error(Unavailable(what="{what}", detail="{0} {x.y} %s"))
    assert "{0} {x.y} %s" in sentence


def test_an_unknown_language_has_no_catalogue():
    with pytest.raises(KeyError):
        Messages("fr")
