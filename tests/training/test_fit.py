"""Networks of one hidden layer: they learn what can be learnt, give honest chances, and are the same every time."""

from dataclasses import replace

import numpy as np
import pytest
from training.fit import Plan, calibrated, fitted, halved, loss

from ddm.bench.perceive.judging import auc

QUICK = Plan(hidden=16, epochs=100, rate=2e-2, batch=64, decay=0.0, dropout=0.0)


def ring(count: int = 600) -> tuple[np.ndarray, np.ndarray]:
    """Points inside and outside a circle: no straight line parts them. A column that never changes goes with them."""
    rng = np.random.default_rng(1)
    points = rng.normal(0, 1, (count, 2))
    inside = (np.hypot(*points.T) < 1.1).astype(float)[:, None]
    return np.hstack([points, np.ones((count, 1))]).astype(np.float32), inside


def test_learns_what_no_line_parts() -> None:
    inputs, labels = ring()
    net = fitted(inputs[:400], labels[:400], QUICK)
    assert auc(net(inputs[400:])[:, 0], labels[400:, 0] > 0) > 0.97


def test_same_data_give_the_same_bytes() -> None:
    inputs, labels = ring(200)
    one, other = (halved(fitted(inputs, labels, QUICK)) for _ in range(2))
    assert all(np.array_equal(one[name], other[name]) for name in one)


def test_temperature_cools_what_is_too_sure() -> None:
    inputs, labels = ring()
    rng = np.random.default_rng(2)
    noisy = np.where(rng.random(labels.shape) < 0.25, 1 - labels, labels)
    net = fitted(inputs[:60], noisy[:60], Plan(hidden=64, epochs=400, rate=1e-2, decay=0.0, dropout=0.0))
    cooled = calibrated(net, inputs[60:], noisy[60:], several=False)
    assert cooled.temperature > 1
    assert loss(cooled(inputs[60:]), noisy[60:], False) < loss(net(inputs[60:]), noisy[60:], False)


def test_words_that_exclude_one_another() -> None:
    inputs, labels = ring()
    both = np.hstack([labels, 1 - labels])
    net = fitted(inputs, both, replace(QUICK, several=True))
    assert (net(inputs).argmax(1) == both.argmax(1)).mean() > 0.95


def test_half_precision_moves_little() -> None:
    inputs, labels = ring()
    net = fitted(inputs, labels, QUICK)
    stored = halved(net)
    assert np.abs(stored["first"].astype(float) - net.first).max() == pytest.approx(0, abs=2e-3)
