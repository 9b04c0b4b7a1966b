"""Line boxes by trueocr's detector. In: a grey page. Out: boxes in its pixels."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import onnxruntime

from ocr.intake.rendering import Pixels


class LineDetector:
    """`det.onnx`: core, distance to the top and to the bottom of each line at half resolution."""

    def __init__(self, folder: Path) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = False
        self._session = onnxruntime.InferenceSession(str(folder / "det.onnx"), options, providers=["CPUExecutionProvider"])

    def find(self, grey: Pixels) -> list[tuple[float, float, float, float]]:
        """Boxes left, top, right, bottom."""
        scale = 1024 / max(grey.shape)
        small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        height, width = (-(-side // 32) * 32 for side in small.shape)
        ink = np.zeros((1, 1, height, width), np.float32)
        ink[0, 0, : small.shape[0], : small.shape[1]] = 1 - small.astype(np.float32) / 255
        core, above, below = self._session.run(None, {"x": ink})[0][0]
        count, labels, stats, _ = cv2.connectedComponentsWithStats((core > 0).astype(np.uint8), connectivity=4)
        found = []
        for number in range(1, count):
            left, top, wide, high, area = stats[number]
            if area < 2:
                continue
            part = (slice(top, top + high), slice(left, left + wide))
            inside = labels[part] == number
            rows = (np.nonzero(inside)[0] + top + 0.5) * 2
            y0, y1 = float((rows - above[part][inside]).mean()), float((rows + below[part][inside]).mean())
            more = 0.15 * max(1.0, y1 - y0)
            found.append((left * 2 - more, y0, (left + wide) * 2 + more, y1))
        return [tuple(edge / scale for edge in box) for box in found]  # type: ignore[misc]
