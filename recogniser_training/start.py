"""Weights of trueocr's recogniser, taken over into `network.Recogniser`.

In: `rec.onnx` of the trueocr package. Out: a network that gives the same logits, with room for more characters.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper

from recogniser_training.letters import charset
from recogniser_training.network import BLOCKS, Recogniser


def start_network(folder: Path) -> Recogniser:
    """A network with trueocr's weights; the new characters start as unlikely."""
    graph = onnx.load(str(folder / "rec.onnx")).graph
    arrays = {each.name: numpy_helper.to_array(each) for each in graph.initializer}
    convolutions = {node.output[0]: node.input for node in graph.node if node.op_type == "Conv"}
    network = Recogniser(len(charset(folder)) + 1)
    state = network.state_dict()

    def take(name: str, source: str, *, bias: bool = True) -> None:
        inputs = convolutions[f"/rec/{source}/Conv_output_0"]
        state[f"{name}.weight"] = torch.tensor(arrays[inputs[1]])
        if bias:
            state[f"{name}.bias"] = torch.tensor(arrays[inputs[2]])

    take("stem", "stem")
    for part in ("patch", "pw", "score", "proj"):
        take(f"context.{part}", f"context/{part}")
    take("context.dw", "context/dw", bias=False)
    state["context.row_prior"] = torch.tensor(arrays["rec.context.row_prior"])
    for part in ("weight", "bias", "running_mean", "running_var"):
        state[f"stem_bn.{part}"] = torch.tensor(arrays[f"rec.stem_bn.{part}"])
    for number in range(BLOCKS):
        for part in ("dw", "expand", "se.fc1", "se.fc2", "project"):
            take(f"blocks.{number}.{part}", f"blocks.{number}/{part.replace('.', '/')}")
    inputs = convolutions["/rec/head/Conv_output_0"]
    weight, bias = arrays[inputs[1]], arrays[inputs[2]]
    rest = state["head.weight"].shape[0] - weight.shape[0]
    state["head.weight"] = torch.tensor(np.concatenate([weight, np.zeros((rest, *weight.shape[1:]), np.float32)]))
    state["head.bias"] = torch.tensor(np.concatenate([bias, np.full(rest, bias.min() - 2, np.float32)]))
    network.load_state_dict(state)
    return network
