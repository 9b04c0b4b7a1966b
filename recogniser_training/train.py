"""Train the recogniser on lines cut by `recogniser_training.lines`.

    python -m recogniser_training.train --lines FOLDER --check FOLDER --out recogniser.pt --minutes 80

In: shards (more may appear while it runs) and the time there is. Out: the averaged weights, saved after every check. One thread;
the learning rate rises over the first 3 % of the time and falls to nothing at its end.
"""

from __future__ import annotations

import argparse
import math
import random
import time
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path

import numpy as np
import torch
from rapidfuzz.distance import Levenshtein
from torch import Tensor
from torch.nn import functional

from recogniser_training.letters import STEP, Pixels, charset, models_folder
from recogniser_training.network import Recogniser, lengths
from recogniser_training.start import start_network
from recogniser_training.wearing import wear

_BATCH_WIDTH = 14_000
"""Pixels of width in a batch, padding included."""
_RATE, _NEW_RATE, _AVERAGE = 6e-4, 2.5e-3, 0.998
_HALO = 16
"""Empty columns after the widest line of a batch, as when reading."""
Sample = tuple[Pixels, str]


def shard(path: Path) -> list[Sample]:
    """Lines of one shard."""
    data = np.load(path)
    ends = np.cumsum(data["widths"])
    ink = data["ink"]
    return [(ink[:, end - width : end], str(text)) for end, width, text in zip(ends, data["widths"], data["texts"], strict=True)]


def batches(samples: list[Sample], rng: random.Random) -> Iterator[list[Sample]]:
    """Batches of lines of similar width, in random order."""
    ordered = sorted(samples, key=lambda sample: sample[0].shape[1] * rng.uniform(0.95, 1.05))
    found: list[list[Sample]] = [[]]
    for sample in ordered:
        if (len(found[-1]) + 1) * sample[0].shape[1] > _BATCH_WIDTH:
            found.append([])
        found[-1].append(sample)
    rng.shuffle(found)
    yield from (batch for batch in found if batch)


def tensors(batch: list[Sample], classes: dict[str, int]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Windows, widths, targets one after another, lengths of the targets."""
    widths = torch.tensor([image.shape[1] for image, _ in batch])
    most = -(-int(widths.max()) // STEP) * STEP + _HALO
    x = torch.zeros(len(batch), 1, batch[0][0].shape[0], most)
    for row, (image, _) in enumerate(batch):
        x[row, 0, :, : image.shape[1]] = torch.from_numpy(np.ascontiguousarray(image)).float() / 255
    targets = torch.tensor([classes[letter] for _, text in batch for letter in text])
    return x, widths, targets, torch.tensor([len(text) for _, text in batch])


def read(network: Recogniser, batch: list[Sample], letters: list[str], classes: dict[str, int]) -> list[str]:
    """Greedy reading of a batch."""
    x, widths, _, _ = tensors(batch, classes)
    with torch.no_grad():
        best = network(x, widths).argmax(1)
    texts = []
    for row, steps in zip(best.tolist(), lengths(widths).tolist(), strict=True):
        kept = [now for before, now in zip([0, *row], row[:steps], strict=False) if now and now != before]
        texts.append("".join(letters[number - 1] for number in kept))
    return texts


def error_rate(network: Recogniser, samples: list[Sample], letters: list[str], classes: dict[str, int]) -> float:
    """Characters wrong, as a share of the truth."""
    network.eval()
    wrong = total = 0
    for batch in batches(samples, random.Random(0)):
        for (_, text), heard in zip(batch, read(network, batch, letters, classes), strict=True):
            wrong += Levenshtein.distance(text, heard)
            total += len(text)
    return wrong / total


def train(lines: Path, check: Path, out: Path, *, minutes: float, start: Path | None) -> None:
    """Train until the time is over."""
    torch.set_num_threads(1)
    folder = models_folder()
    letters = charset(folder)
    classes = {letter: number for number, letter in enumerate(letters, start=1)}
    network = start_network(folder)
    if start is not None:
        network.load_state_dict(torch.load(start))
    average = deepcopy(network)
    new = [value for name, value in network.named_parameters() if name.startswith(("detail", "head"))]
    old = [value for name, value in network.named_parameters() if not name.startswith(("detail", "head"))]
    optimizer = torch.optim.AdamW([{"params": old, "lr": _RATE}, {"params": new, "lr": _NEW_RATE}], weight_decay=0.01)
    rates = [group["lr"] for group in optimizer.param_groups]
    judged = [sample for path in sorted(check.glob("lines-*.npz")) if ".part" not in path.name for sample in shard(path)][:1500]
    rng, noise = random.Random(1), np.random.default_rng(1)
    begin, checked, step, seen, losses = time.monotonic(), time.monotonic(), 0, 0, []
    print(f"before: {error_rate(network, judged, letters, classes):.4f} on {len(judged)} lines", flush=True)
    for samples in _shards(lines, rng):
        for batch in batches(samples, rng):
            share = (time.monotonic() - begin) / (minutes * 60)
            if share >= 1:
                break
            for group, rate in zip(optimizer.param_groups, rates, strict=True):
                group["lr"] = rate * min(1.0, share / 0.03 + 0.01) * 0.5 * (1 + math.cos(math.pi * share))
            worn = [(wear(image, rng, noise), text) for image, text in batch]
            losses.append(_step(network, optimizer, tensors(worn, classes)))
            step, seen = step + 1, seen + len(batch)
            keep = min(_AVERAGE, step / (step + 20))
            with torch.no_grad():
                for mean, value in zip(average.parameters(), network.parameters(), strict=True):
                    mean.lerp_(value, 1 - keep)
        done = time.monotonic() - begin >= minutes * 60
        if done or time.monotonic() - checked > 480:
            checked = time.monotonic()
            rate = error_rate(average, judged, letters, classes)
            print(
                f"{(checked - begin) / 60:.0f} min, {seen} lines, loss {np.mean(losses[-300:]):.4f}, error {rate:.4f}", flush=True
            )
            torch.save(average.state_dict(), out)
        if done:
            return


def _step(network: Recogniser, optimizer: torch.optim.Optimizer, batch: tuple[Tensor, Tensor, Tensor, Tensor]) -> float:
    x, widths, targets, sizes = batch
    network.train()
    network.stem_bn.eval()  # the statistics of what trueocr was trained on stay
    with torch.autocast("cpu", torch.bfloat16):
        logits = network(x, widths)
    chances = logits.float().log_softmax(1).permute(2, 0, 1)
    loss = functional.ctc_loss(chances, targets, lengths(widths), sizes, zero_infinity=True)
    optimizer.zero_grad()
    loss.backward()
    torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
    optimizer.step()
    return float(loss.detach())


def _shards(folder: Path, rng: random.Random) -> Iterator[list[Sample]]:
    """Shards in random order, those least seen first, for ever; new ones as they appear."""
    looks: dict[Path, int] = {}
    while True:
        for path in folder.glob("lines-*.npz"):
            if ".part" not in path.name:
                looks.setdefault(path, 0)
        if not looks:
            time.sleep(5)
            continue
        path = min(looks, key=lambda each: (looks[each], rng.random()))
        looks[path] += 1
        yield shard(path)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=Path, required=True)
    parser.add_argument("--check", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--minutes", type=float, required=True)
    parser.add_argument("--start", type=Path)
    given = parser.parse_args()
    train(given.lines, given.check, given.out, minutes=given.minutes, start=given.start)
