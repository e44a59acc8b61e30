"""Features and labels -> networks of one hidden layer, calibrated; numpy alone, the same bytes for the same data."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from ddm.perceive.heads import Layers
from ddm.perceive.pixels import Floats


@dataclass(frozen=True, slots=True)
class Plan:
    """hidden: units. decay: of weights, times the rate, per step. dropout: of inputs.

    several: words exclude one another (softmax).
    """

    hidden: int = 32
    epochs: int = 60
    rate: float = 2e-3
    decay: float = 0.1
    dropout: float = 0.2
    batch: int = 128
    several: bool = False
    seed: int = 7


def _start(inputs: Floats, outputs: int, plan: Plan) -> Layers:
    rng = np.random.default_rng(plan.seed)
    count = inputs.shape[1]
    deviation = inputs.std(0)
    scale = np.where(deviation > 1e-6, 1 / np.maximum(deviation, 1e-6), 0).astype(np.float32)
    first = rng.normal(0, np.sqrt(2 / count), (count, plan.hidden)).astype(np.float32)
    second = rng.normal(0, np.sqrt(1 / plan.hidden), (plan.hidden, outputs)).astype(np.float32)
    return Layers(
        inputs.mean(0), scale, first, np.zeros(plan.hidden, np.float32), second, np.zeros(outputs, np.float32)
    )


def _chances(logits: Floats, several: bool) -> Floats:
    if not several:
        return 1 / (1 + np.exp(-np.clip(logits, -30, 30)))
    powers = np.exp(logits - logits.max(1, keepdims=True))
    found: Floats = powers / powers.sum(1, keepdims=True)
    return found


def loss(logits: Floats, labels: Floats, several: bool) -> float:
    """Mean cross entropy."""
    chances = np.clip(_chances(logits, several), 1e-7, 1 - 1e-7)
    each = -(labels * np.log(chances)) if several else -(labels * np.log(chances) + (1 - labels) * np.log(1 - chances))
    return float(each.sum() / max(1, len(labels)))


def fitted(inputs: Floats, labels: Floats, plan: Plan) -> Layers:
    """By Adam (Kingma and Ba, 2015) with decoupled decay and a rate that falls to nothing along a cosine.

    inputs: (n, features). labels: (n, outputs), 0 or 1.
    """
    net = _start(inputs, labels.shape[1], plan)
    normal, labels = ((inputs - net.mean) * net.scale).astype(np.float32), labels.astype(np.float32)
    rng = np.random.default_rng(plan.seed + 1)
    values = [net.first, net.first_bias, net.second, net.second_bias]
    moments = [(np.zeros_like(v), np.zeros_like(v)) for v in values]
    steps = max(1, plan.epochs * (len(normal) // plan.batch or 1))
    for step in range(1, steps + 1):
        rows = rng.integers(len(normal), size=min(plan.batch, len(normal)))
        slopes = _slopes(values, _dropped(rng, normal[rows], plan.dropout), labels[rows], plan.several)
        rate = plan.rate * 0.5 * (1 + np.cos(np.pi * step / steps))
        for index, slope in enumerate(slopes):
            mean, square = moments[index]
            mean += 0.1 * (slope - mean)
            square += 0.001 * (slope**2 - square)
            move = mean / (1 - 0.9**step) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
            values[index] = values[index] * (1 - rate * plan.decay * (index % 2 == 0)) - rate * move
    return replace(net, first=values[0], first_bias=values[1], second=values[2], second_bias=values[3])


def _dropped(rng: np.random.Generator, inputs: Floats, part: float) -> Floats:
    return inputs * (rng.random(inputs.shape, np.float32) >= part) / np.float32(1 - part) if part else inputs


def _slopes(values: list[Floats], inputs: Floats, labels: Floats, several: bool) -> tuple[Floats, ...]:
    first, first_bias, second, second_bias = values
    hidden = np.maximum(0, inputs @ first + first_bias)
    miss = (_chances(hidden @ second + second_bias, several) - labels) / len(labels)
    back = (miss @ second.T) * (hidden > 0)
    return inputs.T @ back, back.sum(0), hidden.T @ miss, miss.sum(0)


def calibrated(net: Layers, inputs: Floats, labels: Floats, several: bool) -> Layers:
    """With the temperature that makes its chances honest on pictures it did not see (Guo et al., ICML 2017)."""
    logits = net(inputs)
    ladder = np.exp(np.linspace(np.log(0.3), np.log(6), 120))
    best = min(ladder, key=lambda t: loss(logits / t, labels, several))
    return replace(net, temperature=float(best))


def halved(net: Layers) -> dict[str, np.ndarray]:
    """As it is stored: half precision, which moves chances by less than a thousandth."""
    names = ("first", "first_bias", "second", "second_bias")
    stored = {name: getattr(net, name).astype(np.float16) for name in names}
    floats = {"mean": net.mean.astype(np.float32), "scale": net.scale.astype(np.float32)}
    return stored | floats | {"temperature": np.float32(net.temperature)}
