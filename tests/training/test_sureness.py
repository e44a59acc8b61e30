"""The order that weights of a matte's signs are chosen by."""

import numpy as np
from training.sureness import RIGHT, Sample, merit, ordered

WEIGHTS = {"dispute": 0.5, "mixed": 1.0, "doubt": 0.0}


def _room(mixed: float, overlap: float) -> Sample:
    return Sample({"dispute": 0.0, "waver": 0.0, "mixed": mixed, "doubt": 0.0}, overlap, judged=False)


def test_the_better_of_two_shall_be_worth_more() -> None:
    overlap = np.array([0.9, 0.5, 0.1])
    assert ordered(overlap, overlap) == 1
    assert ordered(-overlap, overlap) == -1


def test_a_right_matte_that_falls_below_usable_costs() -> None:
    rooms = [_room(0.0, 0.9), _room(0.5, 0.2)]
    branched = Sample({"dispute": 0.6, "waver": 0.0, "mixed": 0.5, "doubt": 0.0}, RIGHT, judged=True)
    assert merit([*rooms, branched], WEIGHTS) < merit(rooms, WEIGHTS) == 1
