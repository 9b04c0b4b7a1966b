"""What reading needs from this machine. In: the settings. Out: one `Tool` a program or data file, with how to install it."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from dossier.errors import ChangedModel, DossierError, MissingTool
from dossier.settings import OcrSettings
from ocr.engines.networks import INSTALL_NETWORKS, check_models
from ocr.engines.tesseract import INSTALL_TESSERACT, tesseract_languages, tesseract_version
from ocr.intake.poppler import INSTALL_POPPLER, run_poppler
from ocr.language import open_language


@dataclass(frozen=True, slots=True)
class Tool:
    """A thing reading uses. `key` names it in the message catalogue (`doctor.<key>`); `needed` ones must be present."""

    key: str
    present: bool
    needed: bool
    version: str
    install: str


def check_tools(settings: OcrSettings) -> tuple[Tool, ...]:
    """Look for everything that reading uses."""
    networks = _networks(settings)
    alone = settings.engine == "tesseract" or (settings.engine == "fused" and not networks.present)
    return (
        networks,
        _vietnamese(),
        _tesseract(needed=alone),
        _language(settings.language, needed=alone),
        _poppler(),
        _runner(),
    )


def _networks(settings: OcrSettings) -> Tool:
    try:
        check_models()
        return Tool("networks", True, False, f"{version('trueocr')}, {version('onnxruntime')}", INSTALL_NETWORKS)
    except ChangedModel:  # damaged files stop reading: nobody shall read worse without knowing
        return Tool("networks", False, settings.engine != "tesseract", "", INSTALL_NETWORKS)
    except (MissingTool, PackageNotFoundError):
        return Tool("networks", False, settings.engine == "trueocr", "", INSTALL_NETWORKS)


def _vietnamese() -> Tool:
    try:
        return Tool("vietnamese", True, False, open_language().name, INSTALL_NETWORKS)
    except ChangedModel as error:
        return Tool("vietnamese", False, True, "", str(error.facts["install"]))
    except MissingTool as error:
        return Tool("vietnamese", False, False, "", str(error.facts["install"]))


def _tesseract(*, needed: bool) -> Tool:
    try:
        return Tool("tesseract", True, needed, tesseract_version(), INSTALL_TESSERACT)
    except DossierError:
        return Tool("tesseract", False, needed, "", INSTALL_TESSERACT)


def _language(language: str, *, needed: bool) -> Tool:
    install = " ".join(["sudo apt-get install", *(f"tesseract-ocr-{name.replace('_', '-')}" for name in language.split("+"))])
    present = shutil.which("tesseract") is not None and set(language.split("+")) <= set(tesseract_languages())
    return Tool("language", present, needed, language if present else "", install)


def _poppler() -> Tool:
    try:
        _, complaints, _ = run_poppler("pdftoppm", "-v")
    except DossierError:
        return Tool("poppler", False, True, "", INSTALL_POPPLER)
    found = re.search(r"version (\S+)", complaints)
    return Tool("poppler", True, True, found[1] if found else "?", INSTALL_POPPLER)


def _runner() -> Tool:
    present = all(shutil.which(name) for name in ("setpriv", "timeout", "stdbuf"))
    text = ""
    if present:
        text = subprocess.run(["setpriv", "--version"], capture_output=True, text=True, check=False).stdout.strip()
    return Tool("util_linux", present, True, text.rpartition(" ")[2], "sudo apt-get install util-linux coreutils")
