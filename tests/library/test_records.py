"""Records and back: nothing is lost, by all columns or by the packed ones alone."""

from __future__ import annotations

import copy
import pickle
from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given, settings

from ddm.library.records import PACKED, body_of, perception_of, perception_row, unpacked
from ddm.perceive.perception import Perception
from ddm.perceive.schema import VERSION, Value
from tests.library.test_filters import PLAIN
from tests.support.conditions import RECORDS

TODAY = replace(PLAIN, schema=VERSION)


def same(one: Perception, other: Perception) -> None:
    for field in fields(Perception):
        if field.name not in ("maps", "embedding"):
            assert getattr(one, field.name) == getattr(other, field.name), field.name
    for name in ("thumb", "matte", "saliency", "busy"):
        np.testing.assert_array_equal(getattr(one.maps, name), getattr(other.maps, name))
    np.testing.assert_array_equal(one.embedding, other.embedding)


def packed(perception: Perception) -> Perception:
    row = perception_row(perception)
    return unpacked(body_of({name: row[name] for name in PACKED}), lambda id, product: row["maps"])


@settings(max_examples=50, deadline=None)
@given(RECORDS)
def test_there_and_back(record: dict[str, Value | None]) -> None:
    known = {name: value for name, value in (TODAY.attributes | record).items() if value is not None}
    one = replace(TODAY, attributes=known)
    same(packed(one), one)
    same(perception_of(perception_row(one)), one)


def test_what_is_unpacked_late_is_a_perception_in_every_way() -> None:
    again = packed(TODAY)
    assert isinstance(again, Perception)
    assert not {"attributes", "elements", "maps"} & again.__dict__.keys()
    same(pickle.loads(pickle.dumps(again)), TODAY)
    same(copy.copy(again), TODAY)
    same(replace(again, product="boot"), replace(TODAY, product="boot"))
    assert again.maps is again.maps
    with pytest.raises(AttributeError, match="no_such"):
        again.no_such  # noqa: B018
