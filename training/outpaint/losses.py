"""Made and real canvases -> how far apart they are, in colour, in a trunk's features and in the discriminator's."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

FAR = 0.35
"""Weight of a pixel far from what is known, of one beside it: there any fitting picture is right."""
FADE = 0.5
"""Distance, in the inputs' measure, over which the weight falls."""
MAPS = ("v19", "fine", "middle")
"""Of the trunk: values at a quarter, an eighth and a sixteenth of the picture's size."""


class Trunk(nn.Module):
    """EfficientNet-Lite0's first stages with fixed weights, read from the ONNX file that `ddm models fetch` makes."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        graph = onnx.load(str(file)).graph
        kept = {t.name: torch.from_numpy(np.array(numpy_helper.to_array(t))) for t in graph.initializer}
        self.nodes = [(n.op_type, tuple(n.input), n.output[0], _attributes(n)) for n in graph.node]
        for name, value in kept.items():
            self.register_buffer(name, value, persistent=False)
        self.image = graph.input[0].name

    def forward(self, picture: Tensor) -> list[Tensor]:
        """Maps of (n, 3, h, w) sRGB 0..1, each scaled to a mean square of 1 by place."""
        values = {self.image: (picture * 255 - 127) / 128}
        for kind, inputs, output, settings in self.nodes:
            given = [values[i] if i in values else self.get_buffer(i) for i in inputs]
            values[output] = _calculated(kind, given, settings)
        return [_scaled(values[name]) for name in MAPS]


def _attributes(node: Any) -> dict[str, Any]:
    return {a.name: onnx.helper.get_attribute_value(a) for a in node.attribute}


def _calculated(kind: str, given: Sequence[Tensor], settings: dict[str, Any]) -> Tensor:
    match kind:
        case "Conv":
            stride = settings["strides"][0]
            return F.conv2d(
                _same(given[0], given[1].shape[-1], stride), *given[1:], stride=stride, groups=settings["group"]
            )
        case "Clip":
            return F.relu6(given[0])
        case "Add":
            return given[0] + given[1]
    return given[0]


def _same(value: Tensor, kernel: int, stride: int) -> Tensor:
    """TensorFlow's SAME padding: more on the bottom and right."""
    spare = [max(0, (-(-n // stride) - 1) * stride + kernel - n) for n in value.shape[-2:]]
    (top, left), (bottom, right) = (s // 2 for s in spare), (s - s // 2 for s in spare)
    return F.pad(value, (left, right, top, bottom))


def _scaled(value: Tensor) -> Tensor:
    return value * torch.rsqrt(value.float().square().mean(1, keepdim=True) + 1e-2)


def weights(inputs: Tensor) -> Tensor:
    """(n, 1, h, w) of the generator's inputs: 0 where known, 1 beside it, FAR far away."""
    unknown, away = 1 - inputs[:, 3:4], inputs[:, 4:].square().sum(1, keepdim=True).sqrt()
    return unknown * (FAR + (1 - FAR) * torch.exp(-away / FADE))


def colour(made: Tensor, truth: Tensor, each: Tensor) -> Tensor:
    """Mean absolute difference under the weights, at full size and at an eighth, where only light and tone are left."""
    apart = (made - truth).abs().mean(1, keepdim=True)
    coarse = F.avg_pool2d((made - truth) * each.sign(), 8).abs().mean()
    return (apart * each).sum() / each.sum().clamp_min(1) + 0.5 * coarse


def features(made: Sequence[Tensor], truth: Sequence[Tensor]) -> Tensor:
    return torch.stack([(a - b.detach()).abs().mean() for a, b in zip(made, truth, strict=True)]).sum()
