"""Find the networks' files, make sure they are the ones that were tested, and load them.

In: the installed `trueocr` package (Apache-2.0; only its model files are used) and, where they lie beside this module, our own
networks (`recogniser.onnx`, `pen_figures.onnx`, each with its card in JSON). Out: checked bytes and sessions of one thread.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from dossier.errors import ChangedModel, MissingTool

if TYPE_CHECKING:
    import onnxruntime

INSTALL_NETWORKS = "make setup"
PACKAGE = "trueocr"
_SHA256 = {
    "det.onnx": "f2bd4cba23e9c328cf7ec824634e423e191a2c6aacbbf35c62bd79dd70f62f59",
    "orient.onnx": "20eaf670f55a7cf9facfe1bdd6c7b8e40be75bbf4d48a3df43f66aa3bbd874fd",
    "order.onnx": "a42db2e8b536ad3d84045a4b7f9b0a72667cf8be4aa02d63f7b38004719fb180",
    "rec.onnx": "360b800dcbebd1099270f703ac35a43a6c86b40de049c4be78a130184b3bfef0",
    "meta.json": "934c619f2b8579aa0fa0ead0ec20afc79fd92966be0255ebaf821142fe8740cd",
}
"""Files of trueocr 0.1.1, the version that `requirements.lock` pins."""
_OWN_RECOGNISER = Path(__file__).with_name("recogniser.onnx")
_PEN_READER = Path(__file__).with_name("pen_figures.onnx")
_OUTPUTS = ("topv", "topi", "blank")
"""Nodes of the recogniser that hold the likeliest symbols of every step; its graph keeps them to itself."""
_GRAPH, _GRAPH_OUTPUT, _VALUE_NAME = 7, 12, 1
"""Field numbers in ONNX's protocol buffers: graph of a model, output of a graph, name of a value."""


@dataclass(frozen=True, slots=True)
class RecogniserModel:
    """A recogniser's bytes and what it must be fed: characters, and margins in heights of the line box."""

    data: bytes
    digest: str
    charset: tuple[str, ...]
    pad_y: float
    pad_x: float


@dataclass(frozen=True, slots=True)
class PenModel:
    """The bytes of the reader of pen-written figures, and its classes from 1 on."""

    data: bytes
    digest: str
    classes: str


def networks_installed() -> bool:
    """Whether ONNX Runtime and the package with the networks are there at all."""
    return find_spec("onnxruntime") is not None and find_spec(PACKAGE) is not None


def check_models() -> None:
    """Make sure that everything is there and as it was tested.

    Raises:
        MissingTool: the package, a file or ONNX Runtime is not there.
        ChangedModel: a file is not the one that was tested.
    """
    for name in _SHA256:
        load_model(name)
    load_recogniser()
    load_pen_reader()
    if find_spec("onnxruntime") is None:
        raise MissingTool(tool="onnxruntime", install=INSTALL_NETWORKS)


def load_model(name: str) -> tuple[bytes, str]:
    """Bytes and SHA-256 of a file of the package.

    Raises:
        MissingTool: the package or the file is not there.
        ChangedModel: the file is not the one that was tested.
    """
    package = find_spec(PACKAGE)
    if package is None or package.origin is None:
        raise MissingTool(tool=PACKAGE, install=INSTALL_NETWORKS)
    return _checked(Path(package.origin).parent / "models" / name, _SHA256[name])


def load_recogniser() -> RecogniserModel:
    """Our own recogniser where it was built, the package's otherwise.

    Raises:
        MissingTool: no recogniser is there.
        ChangedModel: it is not the one that was tested.
    """
    facts_file = _OWN_RECOGNISER.with_suffix(".json")
    if facts_file.is_file():
        facts = json.loads(facts_file.read_text(encoding="utf-8"))
        data, digest = _checked(_OWN_RECOGNISER, facts["sha256"])
    else:
        facts = json.loads(load_model("meta.json")[0])
        data, digest = load_model("rec.onnx")
    charset = tuple(str(character) for character in facts["charset"])
    return RecogniserModel(data, digest, charset, float(facts["pad_y"]), float(facts["pad_x"]))


def load_pen_reader() -> PenModel:
    """The reader of figures written by pen.

    Raises:
        MissingTool: it is not there.
        ChangedModel: it is not the one that was tested.
    """
    card_file = _PEN_READER.with_suffix(".json")
    if not card_file.is_file():
        raise MissingTool(tool=card_file.name, install=INSTALL_NETWORKS)
    card = json.loads(card_file.read_text(encoding="utf-8"))
    data, digest = _checked(_PEN_READER, card["sha256"])
    return PenModel(data, digest, str(card["classes"]))


def open_session(model: bytes) -> onnxruntime.InferenceSession:
    """A session of one thread that gives its memory back.

    Raises:
        MissingTool: ONNX Runtime is not installed.
    """
    try:
        import onnxruntime  # 0.2 s: only workers that read need it
    except ImportError as error:
        raise MissingTool(tool="onnxruntime", install=INSTALL_NETWORKS) from error
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False  # batches of ever new shapes make it grow and it buys no speed
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def with_alternatives(model: bytes) -> bytes:
    """The recogniser with its inner nodes declared as outputs.

    A serialised message followed by another of its kind reads as both merged, so a model that holds nothing but a graph with
    these outputs is put behind it.
    """
    outputs = b"".join(_field(_GRAPH_OUTPUT, _field(_VALUE_NAME, name.encode())) for name in _OUTPUTS)
    return model + _field(_GRAPH, outputs)


def _checked(path: Path, expected: str) -> tuple[bytes, str]:
    if not path.is_file():
        raise MissingTool(tool=f"{PACKAGE}: {path.name}", install=INSTALL_NETWORKS)
    data = path.read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    if digest != expected:
        raise ChangedModel(tool=str(path), install=INSTALL_NETWORKS)
    return data, digest


def _field(number: int, content: bytes) -> bytes:
    """A length-delimited field (wire type 2)."""
    return _varint(number << 3 | 2) + _varint(len(content)) + content


def _varint(value: int) -> bytes:
    out = b""
    while value > 0x7F:
        out += bytes([value & 0x7F | 0x80])
        value >>= 7
    return out + bytes([value])
