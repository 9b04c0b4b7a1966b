"""The line recogniser as a trainable network.

A CTC network of one-dimensional convolutions over columns of a line: the recogniser of the trueocr package (Apache-2.0), whose
weights it starts from, with a second, finer look added. trueocr sees a line shrunk to 32 pixels of height, where tone marks are two
pixels high; `Detail` sees the same line at 64 pixels. Its projection starts at zero, so that training starts from what trueocr
knows.

In: windows of ink (B x 1 x 192 x W, 0 paper to 1 ink: the line in the middle third, what stands above and below it around) and
their widths in pixels. Out: logits (B x classes x T), T = W / 8, class 0 = CTC blank.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from recogniser_training.letters import STEP

CHANNELS, BLOCKS, WIDE, SQUEEZED = 128, 10, 256, 64


class Squeeze(nn.Module):
    """Squeeze-and-excitation over the valid part of a line (Hu et al. 2018)."""

    def __init__(self) -> None:
        super().__init__()
        self.fc1, self.fc2 = nn.Conv1d(WIDE, SQUEEZED, 1), nn.Conv1d(SQUEEZED, WIDE, 1)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """Weigh the channels of `x` by what the whole line holds."""
        mean = (x * mask).sum(2, keepdim=True) / mask.sum(2, keepdim=True).clamp(min=1)
        return x * torch.sigmoid(self.fc2(functional.relu(self.fc1(mean))))


class Block(nn.Module):
    """Depthwise convolution over nine columns, expansion, squeeze, projection, residual."""

    def __init__(self) -> None:
        super().__init__()
        self.dw = nn.Conv1d(CHANNELS, CHANNELS, 9, padding=4, groups=CHANNELS)
        self.expand = nn.Conv1d(CHANNELS, WIDE, 1)
        self.se = Squeeze()
        self.project = nn.Conv1d(WIDE, CHANNELS, 1)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """One residual step; columns outside the line stay zero."""
        wide = functional.hardswish(self.expand(self.dw(x)))
        return (x + self.project(self.se(wide, mask))) * mask


class Context(nn.Module):
    """What stands above and below the line, pooled over rows by learned attention."""

    def __init__(self) -> None:
        super().__init__()
        self.patch = nn.Conv2d(1, 32, 4, stride=4)
        self.dw = nn.Conv2d(32, 32, 3, padding=1, groups=32, bias=False)
        self.pw = nn.Conv2d(32, 64, 1)
        self.score = nn.Conv2d(64, 4, 1)
        self.row_prior = nn.Parameter(torch.zeros(1, 4, 24, 1))
        self.proj = nn.Conv1d(64, CHANNELS, 1)

    def forward(self, x: Tensor) -> Tensor:
        """B x 1 x 96 x W/2 to B x 128 x T."""
        seen = functional.hardswish(self.pw(self.dw(functional.hardswish(self.patch(x)))))
        weights = torch.softmax(self.score(seen) + self.row_prior, dim=2)
        count, _, rows, columns = seen.shape
        pooled = (seen.reshape(count, 4, 16, rows, columns) * weights.unsqueeze(2)).sum(3)
        return self.proj(pooled.reshape(count, 64, columns))


class Detail(nn.Module):
    """The line at full height, where tone marks can be told apart."""

    def __init__(self, width: int = 32) -> None:
        super().__init__()
        self.first = nn.Conv2d(1, width, 5, stride=(4, 2), padding=(2, 2))
        self.dw1 = nn.Conv2d(width, width, 3, stride=(1, 2), padding=1, groups=width)
        self.pw1 = nn.Conv2d(width, 2 * width, 1)
        self.dw2 = nn.Conv2d(2 * width, 2 * width, 3, stride=2, padding=1, groups=2 * width)
        self.pw2 = nn.Conv2d(2 * width, 3 * width, 1)
        self.columns = nn.Conv2d(3 * width, CHANNELS, (10, 1))
        self.out = nn.Conv1d(CHANNELS, CHANNELS, 1)
        nn.init.zeros_(self.out.weight)
        nn.init.zeros_(self.out.bias)

    def forward(self, x: Tensor) -> Tensor:
        """B x 1 x 80 x W (the line and a little around it) to B x 128 x T."""
        x = functional.hardswish(self.first(x))
        x = functional.hardswish(self.pw1(self.dw1(x)))
        x = functional.hardswish(self.pw2(self.dw2(x)))
        return self.out(functional.hardswish(self.columns(x).squeeze(2)))


class Recogniser(nn.Module):
    """Reads one line a sample."""

    def __init__(self, classes: int, *, detailed: bool = True) -> None:
        super().__init__()
        self.stem = nn.Conv2d(1, CHANNELS, (32, 4), stride=(32, 4))
        self.context = Context()
        self.stem_bn = nn.BatchNorm1d(CHANNELS)
        self.detail = Detail() if detailed else None
        self.blocks = nn.ModuleList(Block() for _ in range(BLOCKS))
        self.head = nn.Conv1d(CHANNELS, classes, 1)

    def forward(self, x: Tensor, widths: Tensor) -> Tensor:
        """Logits B x classes x T."""
        coarse = functional.avg_pool2d(x, 2)
        column = self.stem(coarse[:, :, 32:64]).squeeze(2) + self.context(coarse)
        steps = torch.arange(column.shape[2], device=x.device)
        mask = (steps[None] < lengths(widths)[:, None]).to(x.dtype).unsqueeze(1)
        column = self.stem_bn(column)
        if self.detail is not None:
            column = column + self.detail(x[:, :, 56:136])[:, :, : column.shape[2]]
        column = functional.hardswish(column) * mask
        for block in self.blocks:
            column = block(column, mask)
        return self.head(column)


def lengths(widths: Tensor) -> Tensor:
    """Time steps of lines of these widths in pixels."""
    return torch.div(widths + STEP - 1, STEP, rounding_mode="floor")
