"""The order that weights of a matte's signs are chosen by."""

import numpy as np
from training.sureness import BOTH, RIGHT, Sample, chosen, merit, ordered

ONCE = np.ones((1, 3))


def _room(mixed: float, overlap: float, thing: str = "") -> Sample:
    return Sample({"dispute": 0.0, "waver": 0.0, "mixed": mixed, "doubt": 0.0}, overlap, judged=False, thing=thing)


def test_the_better_of_two_shall_be_worth_more() -> None:
    overlap = np.array([0.9, 0.5, 0.1])
    assert ordered(np.array([overlap, -overlap]), overlap, ONCE).ravel().tolist() == [1, -1]


def test_what_is_drawn_twice_counts_more() -> None:
    worth, overlap = np.array([[0.9, 0.5, 0.6]]), np.array([0.9, 0.5, 0.1])
    once, twice = ordered(worth, overlap, np.array([[1, 1, 1], [1, 1, 3]])).ravel()
    assert twice < once < 1


def test_a_right_matte_that_falls_below_usable_costs() -> None:
    rooms = [_room(0.0, 0.9), _room(0.5, 0.2)]
    judged = Sample({}, RIGHT, judged=True)
    found = merit(np.array([[0.9, 0.5, 0.9], [0.9, 0.5, 0.6]]), [*rooms, judged], ONCE)
    assert found[0, 0] == 1
    assert found[1, 0] < 0.8


def test_the_choice_is_the_same_every_time_and_heeds_what_tells() -> None:
    rng = np.random.default_rng(6)
    told = [
        Sample({"dispute": d, "mixed": 0.0, "doubt": n}, 1 - d, False, str(i))
        for i, (d, n) in enumerate(rng.random((30, 2)) / 5)
    ]
    assert chosen(told, BOTH) == chosen(told, BOTH)
    assert chosen(told, BOTH)["doubt"] < 0.3 * chosen(told, BOTH)["dispute"]
