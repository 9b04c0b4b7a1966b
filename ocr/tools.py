"""What reading needs from this machine. In: the settings. Out: one `Tool` a program or data file, with how to install it."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from dossier.errors import DossierError
from dossier.settings import OcrSettings
from ocr.engines.tesseract import INSTALL_TESSERACT, tesseract_languages, tesseract_version
from ocr.intake.poppler import INSTALL_POPPLER, run_poppler

_INSTALL_PACKAGES = "make setup"


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
    return (
        _tesseract(),
        _language(settings.language),
        _poppler(),
        _runner(),
        _orientation(),
    )


def _tesseract() -> Tool:
    try:
        return Tool("tesseract", True, True, tesseract_version(), INSTALL_TESSERACT)
    except DossierError:
        return Tool("tesseract", False, True, "", INSTALL_TESSERACT)


def _language(language: str) -> Tool:
    install = " ".join(["sudo apt-get install", *(f"tesseract-ocr-{name.replace('_', '-')}" for name in language.split("+"))])
    present = shutil.which("tesseract") is not None and set(language.split("+")) <= set(tesseract_languages())
    return Tool("language", present, True, language if present else "", install)


def _poppler() -> Tool:
    try:
        _, complaints, _ = run_poppler("pdftoppm", "-v")
    except DossierError:
        return Tool("poppler", False, True, "", INSTALL_POPPLER)
    found = re.search(r"version (\S+)", complaints)
    return Tool("poppler", True, True, found[1] if found else "?", INSTALL_POPPLER)


def _runner() -> Tool:
    present = all(shutil.which(name) for name in ("setpriv", "timeout"))
    text = ""
    if present:
        text = subprocess.run(["setpriv", "--version"], capture_output=True, text=True, check=False).stdout.strip()
    return Tool("util_linux", present, True, text.rpartition(" ")[2], "sudo apt-get install util-linux coreutils")


def _orientation() -> Tool:
    try:
        text = f"{version('trueocr')}, {version('onnxruntime')}"
    except PackageNotFoundError:
        return Tool("orientation", False, False, "", _INSTALL_PACKAGES)
    return Tool("orientation", True, False, text, _INSTALL_PACKAGES)
