"""A view is computed once for each object, whoever asks, and one object does not wait for another."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

from ddm.perceive.view import Viewed, view


class Counting(Viewed):
    def __init__(self, gate: threading.Event | None = None) -> None:
        super().__init__()
        self.asked = 0
        self.gate = gate

    @view
    def slow(self) -> int:
        self.asked += 1
        if self.gate:
            self.gate.wait(10)
        return 7

    @view
    def twice(self) -> int:
        return 2 * self.slow


def test_once_for_all_threads() -> None:
    gate = threading.Event()
    one = Counting(gate)
    with ThreadPoolExecutor(8) as pool:
        asked = [pool.submit(lambda: one.twice) for _ in range(8)]
        gate.set()
        assert {each.result() for each in asked} == {14}
    assert one.asked == 1


def test_objects_do_not_wait_for_one_another() -> None:
    gate = threading.Event()
    held, free = Counting(gate), Counting()
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(lambda: held.slow)
        assert free.slow == 7
        gate.set()
        assert waiting.result() == 7


def test_what_is_known_is_not_asked() -> None:
    one = Counting()
    one.__dict__["slow"] = 3
    assert (one.twice, one.asked) == (6, 0)
