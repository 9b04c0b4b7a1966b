"""compose.yaml keeps its promises: loopback only, data on volumes, health checks, no password in the file."""

import re
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from dossier.settings import Settings

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    return YAML(typ="safe", pure=True).load(ROOT / "compose.yaml")


def test_every_port_is_published_on_loopback_only(compose):
    ports = [port for service in compose["services"].values() for port in service["ports"]]
    assert ports == ["127.0.0.1:9200:9200", "127.0.0.1:8080:8080"]


@pytest.mark.parametrize(("service", "target"), [("elasticsearch", "/usr/share/elasticsearch/data"), ("api", "/var/lib/sohoa")])
def test_data_lies_on_a_declared_volume(compose, service, target):
    mounts = dict(mount.split(":")[::-1] for mount in compose["services"][service]["volumes"])
    assert mounts[target] in compose["volumes"]


def test_elasticsearch_is_the_official_image_of_major_9_with_security_on(compose):
    service = compose["services"]["elasticsearch"]
    assert re.fullmatch(r"docker\.elastic\.co/elasticsearch/elasticsearch:9\.\d+\.\d+", service["image"])
    assert service["environment"]["discovery.type"] == "single-node"
    assert service["environment"]["xpack.security.enabled"] == "true"
    assert service["ulimits"]["memlock"] == {"soft": -1, "hard": -1}
    assert service["ulimits"]["nofile"]["hard"] >= 65535


def test_the_password_comes_from_the_environment_and_its_absence_is_refused(compose):
    for service, name in (("elasticsearch", "ELASTIC_PASSWORD"), ("api", "SOHOA_INDEX__PASSWORD")):
        assert compose["services"][service]["environment"][name].startswith("${ELASTIC_PASSWORD:?")
    assert "ELASTIC_PASSWORD=\n" in (ROOT / ".env.example").read_text(encoding="utf-8")
    assert ".env" in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()


def test_health_is_checked_and_the_api_waits_for_a_healthy_index(compose):
    services = compose["services"]
    assert "/_cluster/health?wait_for_status=yellow" in services["elasticsearch"]["healthcheck"]["test"][-1]
    compile(services["api"]["healthcheck"]["test"][-1], "health check", "exec")
    assert "http://127.0.0.1:8080/health/live" in services["api"]["healthcheck"]["test"][-1]
    assert services["api"]["depends_on"]["elasticsearch"]["condition"] == "service_healthy"


def test_the_api_gets_settings_that_the_program_understands(compose, monkeypatch):
    for name, value in compose["services"]["api"]["environment"].items():
        monkeypatch.setenv(name, value)
    settings = Settings()
    assert settings.index.engine == "elasticsearch"
    assert settings.index.urls == ("http://elasticsearch:9200",)
    assert settings.index.username == "elastic"
    assert settings.index.password is not None
    assert settings.store.folder == Path("/var/lib/sohoa")


def test_the_image_installs_only_hashed_packages_and_does_not_run_as_root():
    recipe = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    installs = re.findall(r"^RUN pip install (.*)$", recipe, re.MULTILINE)
    assert installs
    assert all("--require-hashes" in line or "--no-deps --no-build-isolation" in line for line in installs)
    assert recipe.index("\nUSER sohoa\n") < recipe.index("\nCMD ")


def test_the_image_gets_every_package_of_the_wheel_and_nothing_that_lies_beside():
    wheel = re.search(r"^packages = \[(.*)\]$", (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.MULTILINE)
    assert wheel is not None
    packages = set(re.findall(r'"(\w+)"', wheel.group(1)))
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    admitted = {line[1:] for line in lines if line.startswith("!")}
    assert "*" in lines
    assert admitted == packages | {"README.md", "pyproject.toml", "requirements.lock"}
