"""Connected ink and its measures, many times faster than OpenCV's own measuring, which looks at every pixel of the paper too.

In: a mask, 0 where there is paper. Out: labels and measures as `cv2.connectedComponentsWithStats` answers them, without centroids.
"""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from ocr.intake.rendering import Pixels

Labels = npt.NDArray[np.int32]


def measured(mask: Pixels | cv2.typing.MatLike) -> tuple[Labels, Labels]:
    """Label connected ink, corners too: labels by pixel, and left, top, width, height, area by label; 0 is the paper."""
    count, found = cv2.connectedComponents(mask, connectivity=8)
    labels = np.asarray(found, dtype=np.int32)
    height, width = labels.shape
    # Every run of ink in a row begins and ends at a change; a column of paper on the right keeps rows apart.
    row = width + 1
    inked = np.zeros((height, row), np.bool_)
    np.not_equal(mask, 0, out=inked[:, :width])
    flat = inked.ravel()
    changes = np.flatnonzero(flat[1:] != flat[:-1]) + 1
    if flat[:1].any():
        changes = np.concatenate(([0], changes))
    starts, ends = changes[::2], changes[1::2]
    tops, lefts = np.divmod(starts, row)
    lengths = ends - starts
    of = labels[tops, lefts]
    stats = np.zeros((count, 5), np.int32)
    stats[:, :2] = height + width
    for column, values in ((0, lefts), (1, tops)):
        np.minimum.at(stats[:, column], of, values.astype(np.int32))
    for column, values in ((2, lefts + lengths), (3, tops + 1)):
        np.maximum.at(stats[:, column], of, values.astype(np.int32))
    stats[:, 2:4] -= stats[:, :2]
    stats[:, 4] = np.bincount(of, weights=lengths, minlength=count)
    stats[0] = 0, 0, width, height, height * width - int(lengths.sum())
    return labels, stats


def centres_of(labels: Labels) -> npt.NDArray[np.float64]:
    """Column and row of the middle of the ink of each label; 0, the paper, is left at none."""
    rows, columns = np.divmod(np.flatnonzero(labels != 0), labels.shape[1])
    of = labels[rows, columns]
    counts = np.maximum(1, np.bincount(of, minlength=1))
    return np.column_stack([np.bincount(of, weights=places, minlength=1) / counts for places in (columns, rows)])
