"""Who is left of a segment, and wishes -> the best of them."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy

import numpy as np

from ddm.language.expressions import Condition
from ddm.library.candidates import Wish, ranked
from ddm.library.columns import Floats, Numbers, looked_up, truth
from ddm.library.segments import Segment
from ddm.library.sieve import Found, Sieve

SAMPLE = 4096
"""Materials scored first, so that most others need not be: the best of them bound what the best of all must reach."""
SLACK = 1e-9
"""Sums in another order differ by less, of weights up to a million."""


def best(segment: Segment, left: Sieve, order: Sequence[Wish], limit: int) -> tuple[Found, Floats]:
    """The places of the best `limit` by the sum of the wishes, ties by id, and their scores."""
    limit = min(limit, left.count)
    if limit == 0 or not order:
        return segment.first(left, limit), np.zeros(limit)
    places, scores = _Ranking(segment, order).promising(left, limit)
    least = np.partition(scores, len(scores) - limit)[len(scores) - limit]
    above, level = scores > least, scores == least
    room = limit - int(np.count_nonzero(above))
    chosen = np.concatenate([places[above], segment.first(Sieve(segment, None, places[level]), room)])
    return chosen, np.concatenate([scores[above], np.full(room, least)])


class _Ranking:
    def __init__(self, segment: Segment, order: Sequence[Wish]) -> None:
        self._segment, self._order = segment, order
        self._most = [self._at_most(wish) for wish in order]

    def promising(self, left: Sieve, limit: int) -> tuple[Found, Floats]:
        """Places that may be among the best, ascending, and their scores."""
        if left.count <= SAMPLE + limit:
            return self._scored(left.places(), -np.inf)
        _, sampled = self._scored(left.some(SAMPLE), -np.inf)
        floor = np.partition(sampled, len(sampled) - limit)[len(sampled) - limit] if limit < len(sampled) else -np.inf
        return self._scored(self._within_reach(left, floor - SLACK).places(), floor - SLACK)

    def _within_reach(self, left: Sieve, floor: float) -> Sieve:
        """Without those that a single wish rules out, were they best by all others."""
        left = copy(left)
        for wish, most in zip(self._order, self._most, strict=True):
            needed = floor - (sum(self._most) - most)
            if left.dense and needed > 0:
                self._demand(left, wish, needed)
        return left

    def _demand(self, left: Sieve, wish: Wish, needed: float) -> None:
        wanted, rising, weight = wish
        if not isinstance(wanted, str):
            left.narrow(wanted)
            return
        column = self._numbers(wanted)
        ends = [weight * _share(wanted, rising, end) for end in (column.low, column.high)]
        left.keep(looked_up(column.codes, np.maximum(*ends) >= needed))

    def _scored(self, places: Found, floor: float) -> tuple[Found, Floats]:
        """After each wish those are dropped that, with all that is left to be wished for, cannot reach the floor."""
        scores, left = np.zeros(len(places)), sum(self._most)
        for (wanted, rising, weight), most in zip(self._order, self._most, strict=True):
            scores = scores + weight * self._met(wanted, rising, places)
            left -= most
            if floor > -np.inf:
                kept = np.flatnonzero(scores + left >= floor)
                places, scores = places[kept], scores[kept]
        return places, scores

    def _met(self, wanted: str | Condition, rising: bool, places: Found) -> Floats:
        """How far each meets a wish, 0..1; 0 where there is no value."""
        if not isinstance(wanted, str):
            return truth(wanted, self._segment, places).astype(np.float64)
        return _share(wanted, rising, self._numbers(wanted).at(places))

    def _at_most(self, wish: Wish) -> float:
        """What a wish can add to a sum."""
        wanted, rising, weight = wish
        if not isinstance(wanted, str):
            return weight
        column = self._numbers(wanted)
        return weight * max(float(_share(wanted, rising, end).max()) for end in (column.low, column.high))

    def _numbers(self, name: str) -> Numbers:
        ranked(name)
        found = self._segment.column(name)
        assert isinstance(found, Numbers)  # what can be ranked is
        return found


def _share(name: str, rising: bool, values: Floats) -> Floats:
    row = ranked(name)
    share = (values - row.low) / (row.high - row.low)
    share = 1.0 - share if rising else share
    share[np.isnan(share)] = 0.0
    return share
