"""The reader of pen-written figures as a trainable network: small convolutions over columns of a slot, CTC.

In: windows of ink (B x 1 x 40 x W, 0 paper to 1 ink). Out: logits (B x classes x W / 4), class 0 = CTC blank.
"""

from __future__ import annotations

from collections.abc import Iterator

from torch import Tensor, nn
from torch.nn import functional

from ocr.engines.networks.pen_window import ROWS

CLASSES = "0123456789/"
"""Class 1 and on."""
_SHRUNK = 8


class _Again(nn.Module):
    """A further look at the same scale, added to the first."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.layer, self.norm = nn.Conv2d(width, width, 3, padding=1), nn.BatchNorm2d(width)

    def forward(self, x: Tensor) -> Tensor:
        added: Tensor = x + functional.relu(self.norm(self.layer(x)))
        return added


class PenReader(nn.Module):
    """Reads one slot a sample."""

    def __init__(self) -> None:
        super().__init__()
        self.first = nn.Conv2d(1, 16, 5, stride=2, padding=2)
        self.second = nn.Conv2d(16, 32, 3, stride=(2, 1), padding=1)
        self.third = nn.Conv2d(32, 48, 3, stride=(1, 2), padding=1)
        self.fourth = nn.Conv2d(48, 64, 3, stride=(2, 1), padding=1)
        self.columns = nn.Conv2d(64, 96, (ROWS // _SHRUNK, 1))
        self.along = nn.ModuleList(nn.Conv1d(96, 96, 5, padding=2, groups=2) for _ in range(3))
        self.norms = nn.ModuleList(nn.BatchNorm2d(width) for width in (16, 32, 48, 64))
        self.again = nn.ModuleList((nn.Identity(), nn.Identity(), _Again(48), _Again(64)))
        self.drop = nn.Dropout(0.1)
        self.head = nn.Conv1d(96, len(CLASSES) + 1, 1)
        self.folded = False
        """Whether the norms stand still, since a written network was loaded."""

    def in_order(self) -> Iterator[nn.Conv1d | nn.Conv2d]:
        """Layers in the order in which the ink passes them."""
        layers = (self.first, self.second, self.third, self.fourth)
        for layer, again in zip(layers, self.again, strict=True):
            yield layer
            if isinstance(again, _Again):
                yield again.layer
        yield self.columns
        yield from self.along
        yield self.head

    def forward(self, x: Tensor) -> Tensor:
        """Logits of every column of steps."""
        layers = (self.first, self.second, self.third, self.fourth)
        for layer, norm, again in zip(layers, self.norms, self.again, strict=True):
            x = again(functional.relu(norm(layer(x))))
        steps = functional.relu(self.columns(x).squeeze(2))
        for layer in self.along:
            steps = steps + functional.relu(layer(steps))
        logits: Tensor = self.head(self.drop(steps))
        return logits
