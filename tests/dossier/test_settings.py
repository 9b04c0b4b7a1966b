"""Settings come from the environment, section by section; one that cannot be used is named as the operator wrote it."""

import os

import pytest
from pydantic import ValidationError

from dossier.errors import BadSettings
from dossier.settings import Section, Settings, environment_with, load_settings


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch):
    for name in list(os.environ):
        if name.startswith("SOHOA_"):
            monkeypatch.delenv(name)


def sections():
    return {name: field.annotation for name, field in Settings.model_fields.items()}


def test_every_setting_has_a_default_and_a_sentence():
    load_settings()
    for name, section in sections().items():
        assert issubclass(section, Section)
        for field_name, field in section.model_fields.items():
            assert not field.is_required(), f"{name}.{field_name}"
            assert (field.description or "").endswith("."), f"{name}.{field_name} wants a sentence"


def test_the_environment_changes_settings(monkeypatch):
    monkeypatch.setenv("SOHOA_STORE__FOLDER", "/srv/kho số 1")
    monkeypatch.setenv("SOHOA_FLOWS__JOBS", "3")
    monkeypatch.setenv("SOHOA_INDEX__URLS", '["http://a:1","http://b:2"]')
    monkeypatch.setenv("SOHOA_INTAKE__IGNORE", '["*.txt"]')
    monkeypatch.setenv("SOHOA_INDEX__PASSWORD", "bí mật")
    settings = load_settings()
    assert str(settings.store.folder) == "/srv/kho số 1"
    assert settings.flows.jobs == 3
    assert settings.index.urls == ("http://a:1", "http://b:2")
    assert settings.intake.ignore == ("*.txt",)
    assert settings.index.password.get_secret_value() == "bí mật"
    assert "bí mật" not in repr(settings)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SOHOA_FLOWS__JOBS", "-1"),
        ("SOHOA_FLOWS__JOBS", "hai"),
        ("SOHOA_FLOWS__ENGINE", "airflow"),
        ("SOHOA_OCR__TIMEOUT_S", "0"),
        ("SOHOA_OCR__LANGUAGE", "vie; rm -rf /"),
        ("SOHOA_API__PORT", "70000"),
        ("SOHOA_INDEX__PREFIX", "Có Dấu"),
        ("SOHOA_INTAKE__MAX_PAGES", ""),
    ],
)
def test_a_bad_setting_is_named(monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    with pytest.raises(BadSettings) as caught:
        load_settings()
    assert caught.value.facts["setting"] == name
    assert caught.value.facts["problem"]


@pytest.mark.parametrize("value", ["http://a:1", "[", "{}"])
def test_a_list_that_is_no_json_is_a_bad_setting(monkeypatch, value):
    monkeypatch.setenv("SOHOA_INDEX__URLS", value)
    with pytest.raises(BadSettings) as caught:
        load_settings()
    assert caught.value.facts["setting"] == "SOHOA_INDEX__URLS"


def test_a_misspelt_setting_of_a_section_is_refused(monkeypatch):
    monkeypatch.setenv("SOHOA_OCR__TIMEOUT", "5")
    with pytest.raises(BadSettings) as caught:
        load_settings()
    assert caught.value.facts["setting"] == "SOHOA_OCR__TIMEOUT"


def test_settings_are_frozen():
    with pytest.raises(ValidationError):
        load_settings().flows.jobs = 4


def test_a_child_process_works_with_the_same_store(monkeypatch, tmp_path):
    settings = load_settings()
    settings = settings.model_copy(update={"store": settings.store.model_copy(update={"folder": tmp_path})})
    for name, value in environment_with(settings).items():
        monkeypatch.setenv(name, value)
    assert load_settings().store.folder == tmp_path
