"""Lines for training, cut from printed pages where the line detector finds them.

    SOHOA_DATA=... python -m recogniser_training.lines --out FOLDER --seed 1 --minutes 60

In: the corpus. Out: shards `lines-*.npz` in the folder: the windows that the recogniser sees (192 pixels high, uint8, 255 = ink)
side by side, their widths and their texts.
"""

from __future__ import annotations

import argparse
import os
import random
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np

from dossier.model import Box as PixelBox
from ocr.engines.line_place import LinePlace
from ocr.engines.networks.crops import CropShape, pieces_of
from ocr.engines.networks.detection import LineDetector
from ocr.intake.rendering import Pixels
from recogniser_training.letters import LINE_HEIGHT, PAD_X, PAD_Y, charset, models_folder
from recogniser_training.pages import CleanPage, pages
from recogniser_training.texts import Corpus

_SHARD = 1500
_WIDEST = 2400
_SHAPE = CropShape(LINE_HEIGHT, PAD_Y, PAD_X)
Box = tuple[float, float, float, float]


def window(grey: Pixels, box: Box) -> Pixels | None:
    """The line as the reader cuts it out, as ink; None where it would read it in several pieces."""
    x0, y0, x1, y1 = (max(0, round(edge)) for edge in box)
    pieces = list(pieces_of(grey, LinePlace(PixelBox(x0, y0, max(x0, x1), max(y0 + 1, y1))), _SHAPE))
    return np.asarray(255 - pieces[0].pixels, dtype=np.uint8) if len(pieces) == 1 else None


def labelled(page: CleanPage, found: list[Box], rng: random.Random) -> Iterator[tuple[Pixels | None, str]]:
    """Detected boxes that cover whole printed lines, with their text, or no print at all; boxes are shaken a little."""
    for box in found:
        if all(_overlap(line.box, box) == 0 for line in page.lines):
            yield window(page.grey, box), ""  # strokes of a seal or a signature, print of the other side, dirt: nothing to read
            continue
        inside = [line for line in page.lines if _overlap(line.box, box) > 0.5]
        if not inside or any(not _covered(line.box, box) for line in inside):
            continue
        inside.sort(key=lambda line: line.box[0])
        if any(later.box[0] < earlier.box[2] - 3 for earlier, later in pairwise(inside)):
            continue
        height = box[3] - box[1]
        if abs(inside[0].box[0] - box[0]) > 0.8 * height or abs(inside[-1].box[2] - box[2]) > 0.8 * height:
            continue
        x0, y0, x1, y1 = (edge + rng.gauss(0, 0.035) * height for edge in box)
        yield window(page.grey, (x0, y0, x1, y1)), " ".join(line.text for line in inside)


def _overlap(line: tuple[int, int, int, int], box: Box) -> float:
    """Share of the printed line's box that lies in the detected one."""
    width, height = min(line[2], box[2]) - max(line[0], box[0]), min(line[3], box[3]) - max(line[1], box[1])
    return max(0.0, width) * max(0.0, height) / max(1, (line[2] - line[0]) * (line[3] - line[1]))


def _covered(line: tuple[int, int, int, int], box: Box) -> bool:
    middle = (line[1] + line[3]) / 2
    height = box[3] - box[1]
    return line[0] > box[0] - 0.3 * height and line[2] < box[2] + 0.3 * height and box[1] < middle < box[3]


def write_lines(out: Path, *, seed: int, minutes: float, held_out: bool) -> None:
    """Fill the folder with shards until the time is over."""
    letters = charset(models_folder())
    corpus = Corpus(Path(os.environ["SOHOA_DATA"]) / "corpus", set(letters), held_out=held_out)
    rng, detector, end = random.Random(seed), LineDetector(), time.monotonic() + minutes * 60
    out.mkdir(parents=True, exist_ok=True)
    shard: list[tuple[Pixels, str]] = []
    number = 0
    while time.monotonic() < end:
        for page in pages(corpus, rng):
            boxes = [place.box for place in detector.find(page.grey, dpi=page.dpi)]
            found = [(float(box.x0), float(box.y0), float(box.x1), float(box.y1)) for box in boxes]
            shard += [
                (image, text)
                for image, text in labelled(page, found, rng)
                if image is not None and set(text) <= set(letters) and image.shape[1] <= _WIDEST
            ]
        if len(shard) >= _SHARD or time.monotonic() >= end:
            _write(out / f"lines-{seed}-{number:04}.npz", shard)
            shard, number = [], number + 1


def _write(path: Path, lines: list[tuple[Pixels, str]]) -> None:
    part = path.with_suffix(".part.npz")
    np.savez(
        part,
        ink=np.concatenate([image for image, _ in lines], axis=1),
        widths=np.array([image.shape[1] for image, _ in lines]),
        texts=np.array([text for _, text in lines]),
    )
    part.rename(path)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--minutes", type=float, required=True)
    parser.add_argument("--held-out", action="store_true")
    given = parser.parse_args()
    cv2.setNumThreads(1)
    write_lines(given.out, seed=given.seed, minutes=given.minutes, held_out=given.held_out)
