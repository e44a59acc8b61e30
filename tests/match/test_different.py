"""A few bindings, best first, no two of the same pictures."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from ddm.match import MOST_BINDINGS, bindings
from ddm.perceive.perception import Perception
from tests.support.matching import backdrop, best, chosen, matched
from tests.support.materials import material, product
from tests.support.templates import compiled

SHARP = 'prefer="quality.sharpness desc"'


def shown(objects: str, pool: list[Perception]) -> list[set[str | None]]:
    return [set(chosen(found).values()) for found in matched(objects, pool)]


def test_few_and_best_first() -> None:
    pool = [material(name, quality__sharpness=ord(name) % 7 / 7) for name in "abcdefgh"]
    found = matched("".join(f'<ddm:image id="{name}" {SHARP}/>' for name in "wxyz"), pool)
    assert 1 < len(found) <= MOST_BINDINGS
    assert [b.score for b in found] == sorted((b.score for b in found), reverse=True)


def test_how_many_may_be_said() -> None:
    pool = [material(name) for name in "abcdefgh"]
    assert len(bindings(compiled('<ddm:image id="x"/>'), product(), pool, most=6)) == 6


def test_the_same_pictures_with_roles_exchanged_are_not_another_result() -> None:
    assert shown('<ddm:image id="x"/><ddm:image id="y"/>', [material("a"), material("b")]) == [{"a", "b"}]


def test_files_of_one_photograph_are_not_another_result() -> None:
    one = replace(material("a"), embedding=np.array([1, 0], np.float32))
    again = replace(material("b"), embedding=np.array([0.99, 0.1], np.float32))
    other = replace(material("c"), embedding=np.array([0, 1], np.float32))
    assert shown('<ddm:image id="x"/>', [one, again, other]) == [{"a"}, {"c"}]


def test_a_worse_one_that_is_new_comes_before_a_better_one_that_repeats() -> None:
    heroes = [material("a", quality__sharpness=1.0), material("b", quality__sharpness=0.8)]
    walls = [backdrop(name, quality__sharpness=s) for name, s in (("p", 1.0), ("q", 0.99), ("r", 0.98), ("s", 0.97))]
    found = shown(f'<ddm:image id="x" {SHARP}/><ddm:image id="y" from="scenes" {SHARP}/>', [*heroes, *walls])
    assert found[0] == {"a", "p"}
    assert any("b" in pictures for pictures in found)


def test_two_objects_take_two_pictures_where_there_are_two() -> None:
    objects = f'<ddm:image id="x" {SHARP}/><ddm:image id="y" {SHARP}/>'
    pool = [material("a", quality__sharpness=0.9), material("b", quality__sharpness=0.1)]
    assert sorted(map(str, chosen(best(objects, pool)).values())) == ["a", "b"]
    assert chosen(best(objects, pool[:1])) == {"x": "a", "y": "a"}


def test_an_object_makes_room_for_one_that_is_choosier() -> None:
    pool = [material("a", quality__sharpness=0.9), material("b", quality__sharpness=0.1)]
    objects = f'<ddm:image id="x" {SHARP}/><ddm:image id="y" where="quality.sharpness ge 50%"/>'
    assert chosen(best(objects, pool)) == {"x": "b", "y": "a"}


def test_without_pictures_there_is_one_binding() -> None:
    assert len(matched('<ddm:copy id="title" from="product.title"/>')) == 1


@given(st.permutations("abcde"))
def test_the_order_of_arrival_does_not_matter(names: list[str]) -> None:
    def pool(letters: list[str]) -> list[Perception]:
        return [material(name, quality__sharpness=(ord(name) % 3) / 3) for name in letters]

    objects = f'<ddm:image id="x" {SHARP}/><ddm:cutout id="y" harmony="x"/><ddm:image id="z" count="1..2"/>'
    found, again = (matched(objects, pool(order)) for order in (names, sorted(names)))
    assert [(chosen(b), b.score) for b in found] == [(chosen(b), b.score) for b in again]
    assert found[0].choices["x"].runners_up == again[0].choices["x"].runners_up
