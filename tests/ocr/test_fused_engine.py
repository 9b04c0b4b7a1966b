"""The default reader: what it reads twice, what it does without, and that staff are told."""

import random
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from rapidfuzz import fuzz

import ocr.engine_choice as engine_choice
import ocr.engines.networks.models as models
from dossier.errors import ChangedModel, MissingTool
from dossier.model import Box
from dossier.settings import OcrSettings
from ocr import check_tools
from ocr.cleaning.flat_field import flatten_field
from ocr.engine_choice import open_engine
from ocr.engines import Fused, Tesseract
from ocr.engines.fused import DOUBT, MOST_HEIGHTS, worth_reading_again
from ocr.engines.networks import Greedy, TrueOcr
from ocr.engines.strips import Strip
from ocr.language import Language
from sample_printer import RECIPES, Style, damage, print_document
from sample_printer.writing import write_document

DPI = 200


@pytest.fixture(scope="module")
def page():
    """A worn photocopy of 200 dpi, cleaned, and its text."""
    rng = random.Random(14)
    sheet = print_document(write_document(rng, type_name="Tờ trình", style=Style.DECREE30, paragraphs=5), rng=rng, dpi=DPI)[0]
    scan = damage(sheet, replace(RECIPES["photocopy"], skew_deg=0.0), rng).image
    grey = np.ascontiguousarray(scan[:, :, 0] if scan.ndim == 3 else scan)
    return flatten_field(grey, dpi=DPI), "\n".join(line.text for line in sheet.truth.lines)


def text_of(engine, page) -> str:
    return "\n".join(line.text for line in engine.read(page[0], dpi=DPI))


def test_two_readers_read_no_worse_than_one(page):
    rates = {
        name: fuzz.token_sort_ratio(text_of(open_engine(OcrSettings(engine=name)), page), page[1]) for name in ("fused", "trueocr")
    }
    assert rates["fused"] >= rates["trueocr"] - 0.2  # of a page of a thousand letters: two
    assert rates["trueocr"] > 97


def test_one_start_of_tesseract_serves_a_page(page, monkeypatch):
    engine = open_engine(OcrSettings())
    given = []
    read_lines = Tesseract.read_lines
    monkeypatch.setattr(Tesseract, "read_lines", lambda self, crops: given.append(crops) or read_lines(self, crops))
    engine.read(page[0], dpi=DPI)
    assert len(given) == 1
    assert sum(crop.shape[1] / crop.shape[0] for crop in given[0]) <= MOST_HEIGHTS


def test_the_most_doubtful_for_their_cost_are_read_again_within_the_share():
    box = Box(0, 0, 400, 20)
    strips = [(index, Strip(0, 9, box, None, None, doubt=DOUBT + index)) for index in range(12)]
    chosen = worth_reading_again([(99, Strip(0, 9, box, None, None, doubt=DOUBT / 2)), *strips])
    assert [index for index, _ in chosen] == list(range(11, 11 - len(chosen), -1))
    assert MOST_HEIGHTS * 0.7 <= sum(strip.heights for _, strip in chosen) <= MOST_HEIGHTS
    short = (7, Strip(0, 1, box, None, 20, doubt=2.0))
    assert worth_reading_again([*strips[:3], short])[0] == short


def test_a_second_reader_that_fails_costs_nothing_but_its_reading(page, tmp_path, monkeypatch, caplog):
    engine = open_engine(OcrSettings())
    program = tmp_path / "tesseract"
    program.write_text("#!/bin/sh\nexit 1\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setattr("ocr.engines.fused.DOUBT", 0.0)
    assert text_of(engine, page) == text_of(open_engine(OcrSettings(engine="trueocr")), page)
    assert "second reading failed" in caplog.text


def test_provenance_names_what_read():
    engine = open_engine(OcrSettings())
    assert isinstance(engine, Fused)
    assert models.load_model("det.onnx")[1][:8] in engine.model
    assert models.load_recogniser().digest[:8] in engine.model
    assert Language.name in engine.model
    assert engine.model.endswith("vie")
    assert "tesseract-" in engine.version


def test_without_tesseract_the_networks_read_alone(page, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    engine = open_engine(OcrSettings())
    assert isinstance(engine, TrueOcr)
    assert engine.name == "trueocr"
    assert fuzz.token_sort_ratio(text_of(engine, page), page[1]) > 90
    tools = {tool.key: tool for tool in check_tools(OcrSettings())}
    assert not tools["tesseract"].present
    assert not tools["tesseract"].needed
    assert {tool.key for tool in check_tools(OcrSettings(engine="tesseract")) if tool.needed and not tool.present} >= {"tesseract"}


WITHOUT = """
import importlib.util, sys
real = importlib.util.find_spec
for name in ("trueocr", "onnxruntime"):
    sys.modules[name] = None
importlib.util.find_spec = lambda name, package=None: None if name in ("trueocr", "onnxruntime") else real(name, package)
{code}
"""


def without_networks(code: str, **options) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", WITHOUT.format(code=code)]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2], **options)


def test_without_the_networks_tesseract_reads_alone():
    said = without_networks(
        "from dossier.settings import OcrSettings\nfrom ocr.engine_choice import open_engine\nfrom ocr import check_tools\n"
        "print(open_engine(OcrSettings()).name, *[(t.key, t.needed) for t in check_tools(OcrSettings()) if not t.present])"
    )
    assert said.returncode == 0, said.stderr
    assert said.stdout.split(maxsplit=1) == ["tesseract", "('networks', False)\n"]


def test_staff_are_told_what_is_missing(tmp_path):
    from PIL import Image

    Image.new("L", (600, 800), 255).save(tmp_path / "trang.png", dpi=(150, 150))
    said = without_networks(
        f"from flows.command_line import main\nsys.argv = ['sohoa', 'read', {str(tmp_path / 'trang.png')!r}]\nmain()"
    )
    assert said.returncode == 0, said.stderr
    assert "Thiếu mạng đọc chữ" in " ".join(said.stderr.split())
    assert "make setup" in said.stderr
    assert "Traceback" not in said.stderr


def test_the_networks_alone_must_be_there_when_asked_for():
    said = without_networks(
        "from dossier.settings import OcrSettings\nfrom dossier.errors import MissingTool\n"
        "from ocr.engine_choice import open_engine\n"
        "try:\n    open_engine(OcrSettings(engine='trueocr'))\nexcept MissingTool as error:\n    print(error.facts['install'])"
    )
    assert said.stdout == "make setup\n", said.stderr


def test_a_changed_model_stops_reading_instead_of_reading_worse(monkeypatch):
    monkeypatch.setitem(models._SHA256, "order.onnx", "0" * 64)
    with pytest.raises(ChangedModel):
        open_engine(OcrSettings())
    networks = next(tool for tool in check_tools(OcrSettings()) if tool.key == "networks")
    assert (networks.present, networks.needed) == (False, True)


def test_without_the_language_file_letters_are_read_one_by_one(monkeypatch):
    def missing() -> Language:
        raise MissingTool(tool="vietnamese.bin", install="make setup")

    monkeypatch.setattr(engine_choice, "open_language", missing)
    assert isinstance(engine_choice.open_decoder(), Greedy)
    assert Greedy.name in open_engine(OcrSettings()).model
