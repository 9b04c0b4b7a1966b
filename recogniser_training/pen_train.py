"""Train the reader of pen-written figures on slots drawn as it goes, and write it as the product reads it.

    python -m recogniser_training.pen_train --out ocr/engines/networks --minutes 28 [--start pen_figures.onnx]

In: the time there is. Out: `pen_figures.onnx` and its card `pen_figures.json` (classes, window, SHA-256, what it got right on
figures it had not seen: drawn with other seeds, and in fonts that imitate hands and were kept from training), written anew at every
check. One thread; one seed. With `--start` a network that was written before learns on;
`--between` writes the mean of two that learned on from one another, which keeps more of both than either.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import random
import time
from copy import deepcopy
from pathlib import Path

import cv2
import numpy as np
import onnx
import onnxruntime
import torch
from torch import Tensor
from torch.nn import functional

from ocr.engines.networks.pen_window import ROWS, STEP
from recogniser_training.letters import Pixels
from recogniser_training.pen_network import CLASSES, PenReader
from recogniser_training.pen_slots import sample

_BATCH, _BATCHES, _FRESH, _POOL = 40, 6, 40, 60_000
"""Windows of a batch, batches that are put together by width, how many of their windows are new, and how many old ones are kept."""
_RATE, _AVERAGE, _SEED, _CHECK_SEED = 2.5e-3, 0.998, 1, 900
_RATE_ON, _SEED_ON = 1e-3, 2
"""Rate and seed where a network learns on."""
_CHECKED = 500
Sample = tuple[Pixels, str]


def stirred(ink: Pixels, rng: random.Random) -> Pixels:
    """The window once more, moved, stretched, thickened or paler."""
    across, down = rng.uniform(0.85, 1.18), rng.uniform(0.88, 1.14)
    shift = (1 - down) * ROWS / 2 + rng.gauss(0, 1.3)
    matrix = np.array([[across, rng.gauss(0, 0.06), 0], [0, down, shift]], np.float32)
    width = max(STEP, round(ink.shape[1] * across))
    ink = np.asarray(cv2.warpAffine(ink, matrix, (width, ROWS), flags=cv2.INTER_LINEAR), dtype=np.uint8)
    kind = rng.random()
    if kind < 0.12:
        ink = np.asarray(cv2.dilate(ink, np.ones((2, 2), np.uint8)), dtype=np.uint8)
    elif kind < 0.2:
        ink = np.asarray(cv2.erode(ink, np.ones((2, 1), np.uint8)), dtype=np.uint8)
    elif kind < 0.35:
        ink = np.asarray(cv2.GaussianBlur(ink, (0, 0), rng.uniform(0.4, 1.0)), dtype=np.uint8)
    return ink


def tensor(batch: list[Sample]) -> Tensor:
    """Windows side by side in a batch, white after the narrower ones."""
    most = -(-max(image.shape[1] for image, _ in batch) // STEP) * STEP + 2 * STEP
    x = torch.zeros(len(batch), 1, ROWS, most)
    for row, (image, _) in enumerate(batch):
        x[row, 0, :, : image.shape[1]] = torch.from_numpy(np.ascontiguousarray(image)).float() / 255
    return x


def right(network: PenReader, samples: list[Sample]) -> float:
    """Share of windows that are read without a fault."""
    network.eval()
    good = 0
    for window in samples:
        batch = [window]
        with torch.no_grad():
            best = network(tensor(batch)).argmax(1)
        for row, (_, text) in zip(best.tolist(), batch, strict=True):
            kept = [now for before, now in zip([0, *row], row, strict=False) if now and now != before]
            good += "".join(CLASSES[number - 1] for number in kept) == text
    return good / len(samples)


def judged() -> dict[str, list[Sample]]:
    """Windows that only judge, by how their figures are made."""
    rng, noise = random.Random(_CHECK_SEED), np.random.default_rng(_CHECK_SEED)
    return {by: [sample(rng, noise, by=by, held_out=True) for _ in range(_CHECKED)] for by in ("pen", "hand", "print")}


def train(minutes: float, out: Path, start: Path | None) -> None:
    """Train until the time is over."""
    torch.set_num_threads(1)
    seed, rate = (_SEED_ON, _RATE_ON) if start else (_SEED, _RATE)
    torch.manual_seed(seed)
    cv2.setNumThreads(1)
    rng, noise, checks = random.Random(seed), np.random.default_rng(seed), judged()
    network = PenReader()
    if start:
        resume(network, start)
    average = deepcopy(network)
    optimizer = torch.optim.AdamW(network.parameters(), lr=rate, weight_decay=0.01)
    pool: list[Sample] = []
    begin = checked = time.monotonic()
    step = 0
    losses: list[float] = []
    while (share := (time.monotonic() - begin) / (minutes * 60)) < 1:
        fresh = [sample(rng, noise) for _ in range(_FRESH)]
        pool = (pool + fresh)[-_POOL:]
        again = [(stirred(image, rng), text) for image, text in rng.choices(pool, k=_BATCH * _BATCHES - _FRESH)]
        ordered = sorted(fresh + again, key=lambda each: each[0].shape[1])
        for group in optimizer.param_groups:
            group["lr"] = rate * min(1.0, share / 0.02 + 0.02) * 0.5 * (1 + math.cos(math.pi * share))
        for first in rng.sample(range(0, len(ordered), _BATCH), _BATCHES):
            losses.append(_step(network, optimizer, ordered[first : first + _BATCH]))
            step += 1
            _follow(average, network, min(_AVERAGE, step / (step + 20)))
        if time.monotonic() - checked > 120:
            checked = time.monotonic()
            rates = export(average, out, shown=step * _BATCH, checks=checks)
            print(f"{(checked - begin) / 60:.0f} min, {step} steps, loss {np.mean(losses[-100:]):.3f}, {rates}", flush=True)
    print(export(average, out, shown=step * _BATCH, checks=checks))


def resume(network: PenReader, path: Path) -> None:
    """Put the weights of a written network into this one; its norms were folded into them and no longer follow the batches."""
    graph = onnx.load(path).graph
    known = {tensor.name: onnx.numpy_helper.to_array(tensor) for tensor in graph.initializer}
    folded = iter([[known[name] for name in node.input[1:3]] for node in graph.node if node.op_type == "Conv"])
    for layer in network.in_order():
        weight, bias = next(folded)
        layer.weight.data.copy_(torch.from_numpy(weight.copy()).reshape(layer.weight.shape))
        layer.bias.data.copy_(torch.from_numpy(bias.copy()))
    for norm in (each for each in network.modules() if isinstance(each, torch.nn.BatchNorm2d)):
        norm.running_var.fill_(1 - norm.eps)
    network.folded = True


def between(one: Path, other: Path, out: Path) -> None:
    """Write the mean of two networks; the one was learned on from the other."""
    networks = [PenReader(), PenReader()]
    for network, path in zip(networks, (one, other), strict=True):
        resume(network, path)
    _follow(networks[0], networks[1], 0.5)
    shown = max(int(json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))["windows_shown"]) for path in (one, other))
    print(export(networks[0], out, shown=shown, checks=judged()))


def _follow(average: PenReader, network: PenReader, keep: float) -> None:
    with torch.no_grad():
        for mean, value in zip(average.state_dict().values(), network.state_dict().values(), strict=True):
            mean.copy_(mean.lerp(value, 1 - keep) if value.is_floating_point() else value)


def _step(network: PenReader, optimizer: torch.optim.Optimizer, batch: list[Sample]) -> float:
    network.train()
    if network.folded:
        for norm in (each for each in network.modules() if isinstance(each, torch.nn.BatchNorm2d)):
            norm.eval()
    x = tensor(batch)
    chances = network(x).log_softmax(1).permute(2, 0, 1)
    targets = torch.tensor([CLASSES.index(letter) + 1 for _, text in batch for letter in text])
    sizes = torch.tensor([len(text) for _, text in batch])
    steps = torch.full((len(batch),), chances.shape[0])
    loss = functional.ctc_loss(chances, targets, steps, sizes, zero_infinity=True)
    optimizer.zero_grad()
    loss.backward()
    torch.nn.utils.clip_grad_norm_(network.parameters(), 2.0)
    optimizer.step()
    return float(loss.detach())


def export(network: PenReader, out: Path, *, shown: int, checks: dict[str, list[Sample]]) -> dict[str, float]:
    """Write network and card; return what share of the windows that judge it reads.

    Raises:
        SystemExit: when the written network answers otherwise than the trained one.
    """
    path = out / "pen_figures.onnx"
    whole = torch.nn.Sequential(network, torch.nn.LogSoftmax(1)).eval()
    moving = {"x": {0: "B", 3: "W"}, "chances": {0: "B", 2: "T"}}
    names = {"input_names": ["x"], "output_names": ["chances"]}
    torch.onnx.export(
        whole, (torch.rand(2, 1, ROWS, 160),), str(path), **names, dynamic_axes=moving, opset_version=17, dynamo=False
    )
    other = torch.rand(3, 1, ROWS, 240)
    heard = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"]).run(None, {"x": other.numpy()})[0]
    with torch.no_grad():
        if float(np.abs(heard - whole(other).numpy()).max()) > 1e-3:
            raise SystemExit("the exported network answers otherwise than the trained one")
    rates = {by: round(right(network, samples), 4) for by, samples in checks.items()}
    card = {
        "name": "sohoa-pen",
        "classes": CLASSES,
        "rows": ROWS,
        "step": STEP,
        "windows_shown": shown,
        "right": rates,
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
    }
    path.with_suffix(".json").write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")
    return rates


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=28)
    parser.add_argument("--start", type=Path, help="a network that was written before")
    parser.add_argument("--between", type=Path, nargs=2, help="two networks whose mean is written")
    given = parser.parse_args()
    if given.between:
        between(*given.between, given.out)
    else:
        train(given.minutes, given.out, given.start)
