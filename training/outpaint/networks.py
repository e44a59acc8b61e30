"""What is known of canvases -> all of them (Generator); pictures -> how real each part looks (Discriminator).

The generator works at a quarter of the canvas and below, where cores can follow: pixels are folded into channels (Shi
and others, 2016). It starts from the smooth continuation of the border and learns what is missing: a share of the sharp
continuation, which carries lines on, and new structure. Gated residual blocks (Yu and others, "Free-form image
inpainting with gated convolution", 2019), dilated in the middle; what lies far away comes by means over rows, columns
and everything, and by attention at a sixteenth.
"""

from __future__ import annotations

from typing import cast

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812  (its usual name)
from torch.nn.utils.parametrizations import spectral_norm

WIDTH = 40
"""Channels at a quarter of the canvas' size; twice and four times as many at an eighth and a sixteenth."""
DILATIONS = (1, 2, 4, 1, 2)
"""Of the blocks in the middle."""
HEADS = 4


class Block(nn.Module):
    """x + gate(x) * change(x): two convolutions of 3 x 3. The second starts near nothing, so that no norm is needed."""

    def __init__(self, channels: int, dilation: int = 1) -> None:
        super().__init__()
        self.first = nn.Conv2d(channels, channels, 3, padding=dilation, dilation=dilation)
        self.second = nn.Conv2d(channels, channels, 3, padding=1)
        self.gate = nn.Conv2d(channels, channels, 1)
        nn.init.normal_(self.second.weight, std=0.1 * (9 * channels) ** -0.5)

    def forward(self, x: Tensor) -> Tensor:
        inner = F.silu(self.first(x))
        return x + torch.sigmoid(self.gate(inner)) * self.second(inner)


class Means(nn.Module):
    """Adds what a row, a column and the whole look like on average: a floor's edge goes on along its row."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.rows, self.columns, self.all = (nn.Conv2d(channels, channels, 1) for _ in range(3))

    def forward(self, x: Tensor) -> Tensor:
        row, column = x.mean(3, keepdim=True), x.mean(2, keepdim=True)
        return x + 0.3 * F.silu(self.rows(row) + self.columns(column) + self.all(row.mean(2, keepdim=True)))


class Attention(nn.Module):
    """Each place looks at all others (Vaswani and others, 2017); where it lies is in the features already."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.parts = nn.Conv2d(channels, 3 * channels, 1)
        self.out = nn.Conv2d(channels, channels, 1)
        nn.init.normal_(self.out.weight, std=0.1 * channels**-0.5)

    def forward(self, x: Tensor) -> Tensor:
        n, c, h, w = x.shape
        scaled = x * torch.rsqrt(x.square().mean(1, keepdim=True) + 1e-4)
        query, key, value = self.parts(scaled).reshape(n, 3, HEADS, c // HEADS, h * w).unbind(1)
        weights = torch.softmax(query.transpose(-1, -2) @ key * (c // HEADS) ** -0.5, -1)
        found = (value @ weights.transpose(-1, -2)).reshape(n, c, h, w)
        return x + self.out(found)


class Generator(nn.Module):
    """(n, 6, h, w) -> (n, 3, h, w) sRGB about 0..1; sides are multiples of 16.

    Of the input: colour of the nearest known pixel, 1 where the pixel itself is known, rows and columns to it.
    """

    def __init__(self, width: int = WIDTH) -> None:
        super().__init__()
        quarter, eighth, sixteenth = width, 2 * width, 4 * width
        self.stem = nn.Conv2d(16 * 4 + 2 + 3, quarter, 3, padding=1)
        self.fine = Block(quarter)
        self.down = nn.Conv2d(quarter, eighth, 4, stride=2, padding=1)
        self.coarse = nn.Sequential(Block(eighth), Means(eighth))
        self.further = nn.Conv2d(eighth, sixteenth, 4, stride=2, padding=1)
        middle = [nn.Sequential(Block(sixteenth, d), Means(sixteenth)) for d in DILATIONS]
        self.middle = nn.Sequential(*middle[:2], Attention(sixteenth), *middle[2:], Attention(sixteenth))
        self.up = nn.Conv2d(sixteenth, eighth, 1)
        self.joined = nn.Sequential(Block(eighth), Means(eighth))
        self.upper = nn.Conv2d(eighth, quarter, 1)
        self.last = Block(quarter)
        self.share = nn.Conv2d(quarter, 1, 3, padding=1)
        self.head = nn.Conv2d(quarter, 64, 3, padding=1)
        self.detail = nn.Conv2d(16, 12, 3, padding=1)
        nn.init.normal_(self.detail.weight, std=0.01)

    def forward(self, x: Tensor) -> Tensor:
        sharp, away = x[:, :3], x[:, 4:]
        wide = F.avg_pool2d(sharp, 16)
        folded = F.pixel_unshuffle(x[:, :4] - 0.5, 4)
        quarter = self.stem(torch.cat([folded, F.avg_pool2d(away, 4), _up(wide, 4) - 0.5], 1))
        quarter = self.fine(quarter)
        eighth = self.coarse(F.silu(self.down(quarter)))
        deep = self.middle(F.silu(self.further(eighth)))
        eighth = self.joined(eighth + _up(self.up(deep), 2))
        quarter = self.last(quarter + _up(self.upper(eighth), 2))
        share = torch.sigmoid(_up(self.share(quarter), 4))
        change = F.pixel_shuffle(self.detail(F.silu(F.pixel_shuffle(self.head(quarter), 2))), 2)
        smooth = _up(wide, 16)
        return cast(Tensor, smooth + share * (sharp - smooth) + change)


def _up(x: Tensor, times: int) -> Tensor:
    return F.interpolate(x, scale_factor=times, mode="bilinear", align_corners=False)


class Discriminator(nn.Module):
    """(n, 4, h, w): colour about 0, and what was made -> scores (n, 1, h/16, w/16), and the features before them.

    Judges patches (Isola and others, 2017), with spectral norm (Miyato and others, 2018).
    """

    def __init__(self) -> None:
        super().__init__()
        shapes = ((16, 64, 4, 2), (64, 128, 4, 2), (128, 128, 3, 1), (128, 192, 4, 2), (192, 192, 3, 1))
        self.layers = nn.ModuleList(
            spectral_norm(nn.Conv2d(a, b, kernel, stride=stride, padding=1)) for a, b, kernel, stride in shapes
        )
        self.score = spectral_norm(nn.Conv2d(192, 1, 1))

    def forward(self, x: Tensor) -> tuple[Tensor, list[Tensor]]:
        features, value = [], F.pixel_unshuffle(x, 2)
        for layer in self.layers:
            value = F.leaky_relu(layer(value), 0.2)
            features.append(value)
        return self.score(value), features
