"""The fit of what tells a right closer look, on looks made up here."""

import numpy as np
from training.closer import NAMES, Sample, fitted

RNG = np.random.default_rng(4)


def test_what_tells_a_gain_gets_the_weight() -> None:
    found = fitted([_look(colour, colour - 0.5) for colour in RNG.uniform(0, 1, 200)])
    assert found["colour"] > 5
    assert all(abs(found[name]) < 0.5 * found["colour"] for name in NAMES if name != "colour")
    assert 0.3 < -found[""] / found["colour"] < 0.7


def test_what_weighs_more_is_heeded_more() -> None:
    looks = [_look(0.6, 0.3), _look(0.6, -0.3), _look(0.2, -0.3)]
    known = [Sample(look.signs, look.gain, 9.0 if look.gain < 0 else 1.0) for look in looks]
    assert _worth(fitted(known), 0.6) < _worth(fitted(looks), 0.6)


def _look(colour: float, gain: float) -> Sample:
    return Sample(dict.fromkeys(NAMES, 0.0) | {"colour": float(colour)}, float(gain))


def _worth(weights: dict[str, float], colour: float) -> float:
    return weights["colour"] * colour + weights[""]
