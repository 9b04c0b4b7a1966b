"""The trained recogniser as the product reads it: an ONNX file and its description.

    python -m recogniser_training.export --weights recogniser.pt --out ocr/engines/networks

In: weights. Out: `recogniser.onnx` (for every time step the best characters and their log-probabilities, and that of the blank) and
`recogniser.json` (characters, margins, SHA-256), checked against the network on random input.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path

import numpy as np
import onnxruntime
import torch
from torch import Tensor, nn

from recogniser_training.letters import LINE_HEIGHT, PAD_X, PAD_Y, STEP, WINDOWS, charset, models_folder
from recogniser_training.network import Recogniser, lengths

ALTERNATIVES = 8
OUTPUTS = ("topv", "topi", "blank", "lengths")


class Reading(nn.Module):
    """The network with what a decoder needs of its output."""

    def __init__(self, network: Recogniser) -> None:
        super().__init__()
        self.network = network

    def forward(self, x: Tensor, widths: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Best characters of each step: log-probabilities, classes; log-probability of the blank; steps of each line."""
        chances = self.network(x, widths).log_softmax(1).transpose(1, 2)
        values, classes = chances.topk(ALTERNATIVES, dim=2)
        return values, classes, chances[:, :, 0], lengths(widths)


def export(weights: Path, out: Path) -> None:
    """Write both files.

    Raises:
        SystemExit: when the written network answers otherwise than the trained one.
    """
    letters = charset(models_folder())
    network = Recogniser(len(letters) + 1)
    network.load_state_dict(torch.load(weights))
    reading = Reading(network).eval()
    x, widths = torch.rand(2, 1, WINDOWS * LINE_HEIGHT, 640) * 0.5, torch.tensor([600, 400])
    path = out / "recogniser.onnx"
    moving = {"x": {0: "B", 3: "W"}, "widths": {0: "B"}, **{name: {0: "B", 1: "T"} for name in OUTPUTS[:3]}, "lengths": {0: "B"}}
    torch.onnx.export(
        reading,
        (x, widths),
        str(path),
        input_names=["x", "widths"],
        output_names=list(OUTPUTS),
        dynamic_axes=moving,
        opset_version=17,
        dynamo=False,
    )
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    other, narrow = torch.rand(3, 1, WINDOWS * LINE_HEIGHT, 816) * 0.5, torch.tensor([800, 640, 200])
    with torch.no_grad():
        expected = reading(other, narrow)[0].numpy()
    heard = session.run(["topv"], {"x": other.numpy(), "widths": narrow.numpy()})[0]
    if float(np.abs(heard - expected).max()) > 1e-3:
        raise SystemExit("the exported network answers otherwise than the trained one")
    description = {
        "name": "sohoa-line",
        "charset": letters,
        "line_height": LINE_HEIGHT,
        "step": STEP,
        "pad_x": PAD_X,
        "pad_y": PAD_Y,
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
    }
    (out / "recogniser.json").write_text(json.dumps(description, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    export(given.weights, given.out)
