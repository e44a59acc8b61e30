"""The network behind `ddm/perceive/weights/marks.onnx`: a picture -> where marks lie on it, and whether there are any.

Fully convolutional, an encoder to a sixteenth and back to a quarter. It sees the picture, its detail (faint thin
strokes, and what shines through them) at that size and at twice that, and how far each pixel is from the middle: a
sign in the corner is a logo where the same on a chest is a print. Where a logo is, each cell says how far its edges are
(as in FCOS: Tian et al., ICCV 2019), and how well that box will fit (as in Generalized Focal Loss: Li et al., 2020).
"""

from __future__ import annotations

import io
import warnings

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

KINDS = 2
"""watermark, logo: in the order of `ddm.perceive.overlaid.KINDS`."""
SEEN = 12
"""Planes of the picture, `ddm.perceive.overlaid.image_of`."""
FINE_CHANNELS, MIDDLE_CHANNELS = 40, 112
"""Of the trunk's maps."""
WIDTHS = (16, 24, 32)
"""Our own channels at a half, a quarter and an eighth."""
JOINED = 48
"""Channels at an eighth, where our own and the trunk's meet."""
ACROSS = 32
"""Channels at a quarter, of which cells are judged."""
EDGES = 4
"""Distances of each cell: to the left, top, right and bottom edge of its logo."""
HIDDEN = 32
"""Units that judge the whole picture."""
RARE = -3.0
"""Logit of a cell before anything is learnt: few are marked."""
USUAL = 2.0
"""Logarithm of the distance in cells that is expected then."""


def _layer(inner: int, outer: int, stride: int = 1, apart: int = 1) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(inner, outer, 3, stride, apart, dilation=apart, bias=False), nn.BatchNorm2d(outer), nn.ReLU()
    )


class MarkNet(nn.Module):
    """image (n, 12, h, w): as `overlaid.image_of` gives it; sides multiples of 16.

    fine (n, 40, h/8, w/8), middle (n, 112, h/16, w/16): maps of `ddm.perceive.texture`.
    Gives logits of each kind, at a quarter (n, 2, h/4, w/4), boxes of logos there (n, 5, h/4, w/4: logarithms of the
    distances to the edges in cells, and the logit of how well that will fit), and logits of the whole picture (n, 2).
    """

    def __init__(self) -> None:
        super().__init__()
        half, quarter, eighth = WIDTHS
        self.fine_scale, self.middle_scale = nn.BatchNorm2d(FINE_CHANNELS), nn.BatchNorm2d(MIDDLE_CHANNELS)
        self.quarter = nn.Sequential(_layer(SEEN, half, 2), _layer(half, quarter, 2))
        self.eighth = _layer(quarter, eighth, 2)
        self.middle = nn.Conv2d(MIDDLE_CHANNELS, eighth, 1)
        self.join = nn.Sequential(
            nn.Conv2d(2 * eighth + FINE_CHANNELS, JOINED, 1, bias=False), nn.BatchNorm2d(JOINED), nn.ReLU()
        )
        self.around = nn.ModuleList([_layer(JOINED, JOINED, apart=apart) for apart in (1, 2, 4)])
        self.up, self.across = nn.Conv2d(JOINED, quarter, 1), _layer(quarter, ACROSS)
        self.where, self.boxes = nn.Conv2d(ACROSS, KINDS, 1), nn.Conv2d(ACROSS, EDGES + 1, 1)
        nn.init.constant_(self.where.bias, RARE)
        self.boxes.bias.data = torch.tensor([USUAL] * EDGES + [RARE])
        self.first = nn.Linear(2 * JOINED + MIDDLE_CHANNELS + 3 * KINDS, HIDDEN)
        self.second = nn.Linear(HIDDEN, KINDS)

    def forward(self, image: Tensor, fine: Tensor, middle: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        middle, quarter = self.middle_scale(middle), self.quarter(image)
        above = F.interpolate(self.middle(middle), scale_factor=2.0)
        seen = self.join(torch.cat([self.eighth(quarter), self.fine_scale(fine), above], 1))
        for layer in self.around:
            seen = seen + layer(seen)
        across = self.across(quarter + F.interpolate(self.up(seen), scale_factor=2.0))
        where = self.where(across)
        return where, self.boxes(across), self.judged(middle, seen, where)

    def judged(self, middle: Tensor, seen: Tensor, where: Tensor) -> Tensor:
        """The whole picture's logits: of what is strongest anywhere, what is usual, and the surest patches."""
        pooled = [_highest(seen), seen.mean((2, 3)), middle.mean((2, 3))]
        patches = [_highest(where), _highest(F.avg_pool2d(where, 5, 2)), torch.sigmoid(where).mean((2, 3)) * 10]
        found: Tensor = self.second(F.relu(self.first(torch.cat([*pooled, *patches], 1))))
        return found


def _highest(values: Tensor) -> Tensor:
    return values.amax((2, 3))


def cooled(net: MarkNet, temperatures: np.ndarray, shifts: np.ndarray) -> None:
    """Folds logit / temperature + shift of the whole picture into the last layer."""
    with torch.no_grad():
        scale = torch.from_numpy(1 / temperatures).float()
        net.second.weight.mul_(scale[:, None])
        net.second.bias.mul_(scale).add_(torch.from_numpy(shifts).float())


def fitted(net: MarkNet, temperature: float, shift: float) -> None:
    """The same of how well boxes fit."""
    with torch.no_grad():
        net.boxes.weight[EDGES] /= temperature
        net.boxes.bias[EDGES] = net.boxes.bias[EDGES] / temperature + shift


def exported(net: MarkNet) -> bytes:
    """As ONNX for pictures of any size, weights in half precision, nothing in it that tells time or place."""
    sides = {2: "height", 3: "width"}
    given = (torch.zeros(1, SEEN, 64, 64), torch.zeros(1, FINE_CHANNELS, 8, 8), torch.zeros(1, MIDDLE_CHANNELS, 4, 4))
    inputs = ["image", "fine", "middle"]
    file = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the exporter's own, about itself
        torch.onnx.export(
            net.eval(),
            given,
            file,
            input_names=inputs,
            output_names=["where", "boxes", "whole"],
            dynamic_axes=dict.fromkeys((*inputs, "where", "boxes"), sides),
            dynamo=False,
        )
    return _halved(onnx.load_from_string(file.getvalue())).SerializeToString(deterministic=True)


def _halved(model: onnx.ModelProto) -> onnx.ModelProto:
    """Weights as float16, cast to float32 where they are used: runtimes do that once."""
    graph = model.graph
    casts = []
    for weight in graph.initializer:
        if weight.data_type == onnx.TensorProto.FLOAT and len(weight.dims) > 1:
            name = weight.name
            half = numpy_helper.from_array(numpy_helper.to_array(weight).astype(np.float16), f"{name}.half")
            weight.CopyFrom(half)
            casts.append(onnx.helper.make_node("Cast", [half.name], [name], f"{name}.cast", to=onnx.TensorProto.FLOAT))
    nodes = [*casts, *graph.node]
    del graph.node[:]
    graph.node.extend(nodes)
    onnx.checker.check_model(model)
    return model
