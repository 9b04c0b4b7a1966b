"""Before reading: stop when something needed is missing, say what reading does without. In: settings. Out: words to staff."""

from __future__ import annotations

from dossier.errors import MissingTool
from dossier.settings import OcrSettings
from flows.command_line.console import errors
from flows.command_line.language import say
from ocr import check_tools


def check_readiness(settings: OcrSettings) -> None:
    """Look at what reading uses and tell staff what it has to do without.

    Raises:
        MissingTool: naming the first thing that must be installed.
    """
    missing = [tool for tool in check_tools(settings) if not tool.present]
    for tool in missing:
        if tool.needed:
            raise MissingTool(tool=say(f"doctor.{tool.key}"), install=tool.install)
    keys = {tool.key for tool in missing}
    for tool in missing:
        wanted = settings.engine == "fused" or (settings.engine == "trueocr" and tool.key == "vietnamese")
        if wanted and not (tool.key == "language" and "tesseract" in keys):
            errors.print(say(f"without.{tool.key}", install=tool.install), style="yellow", markup=False)
