"""Which reader of pages works here. In: the settings and what the machine has. Out: one engine.

The fused reader does with what is there: without the networks Tesseract reads alone, without Tesseract the networks do, without
the language file they read letter by letter. `ocr.tools.check_tools` names what is missing, and the doors tell staff.
"""

from __future__ import annotations

from dossier.errors import ChangedModel, MissingTool
from dossier.settings import OcrSettings
from ocr.engines import Engine, Fused, Tesseract
from ocr.engines.networks import Decoder, Greedy, TrueOcr, networks_installed
from ocr.language import open_language


def open_engine(settings: OcrSettings) -> Engine:
    """Load the reader that the settings name.

    Raises:
        MissingTool: it cannot be had, or a model file is not the one that was tested (`ChangedModel`).
    """
    if settings.engine == "tesseract":
        return Tesseract(settings)
    if settings.engine == "trueocr":
        return TrueOcr(open_decoder())
    if not networks_installed():
        return Tesseract(settings)
    networks = TrueOcr(open_decoder())
    try:
        return Fused(networks, Tesseract(settings))
    except MissingTool:
        return networks


def open_decoder() -> Decoder:
    """The decoder that knows Vietnamese; without its file the one that reads letter by letter.

    Raises:
        ChangedModel: the language file is not one that this version reads.
    """
    try:
        return open_language()
    except ChangedModel:
        raise
    except MissingTool:
        return Greedy()
