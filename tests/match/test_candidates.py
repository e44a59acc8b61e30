"""Which materials may fill an object: by its condition, every removal counted; ranked by its wishes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddm.match.shortlist import KEPT, score, sift
from tests.support.matching import best, chosen, refused
from tests.support.materials import material
from tests.support.templates import compiled

NAMES = st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=6, unique=True)
SHARPNESS = st.integers(0, 4).map(lambda fifths: fifths / 4)


def test_each_removal_is_counted_for_the_first_condition_that_failed() -> None:
    pool = [
        material("a"),
        material("b", text__area=0.5),
        material("c", text__area=0.5, subject__area=0.9),  # both fail: counted once, for the first
        material("d", subject__area=0.9),
        material("e", subject__area=0.9),
    ]
    where = "text.area le 1% and (subject.area le 50% and not subject.cut has left)"
    choice = best(f'<ddm:image id="x" where="{where}"/>', pool).choices["x"]
    assert dict(choice.removed) == {"text.area le 1%": 2, "subject.area le 50%": 2}
    assert choice.total == 5
    assert choice.why[:3] == ("text.area le 1% holds", "subject.area le 50% holds", "not subject.cut has left holds")


def test_a_negated_group_is_told_as_it_was_meant() -> None:
    choice = best('<ddm:image id="x" where="not (text.area ge 1% and ratio ge 9)"/>', [material("a")]).choices["x"]
    assert choice.why[0] == "not (text.area ge 1% and ratio ge 9) holds"


@given(NAMES, st.data())
def test_the_best_wins_and_the_others_follow(names: list[str], data: st.DataObject) -> None:
    pool = [material(name, quality__sharpness=data.draw(SHARPNESS)) for name in names]
    choice = best('<ddm:image id="x" prefer="quality.sharpness desc"/>', pool).choices["x"]
    ranked = sorted(pool, key=lambda m: (-m.number("quality.sharpness"), m.id))
    assert choice.candidates == tuple(ranked)
    assert choice.material is ranked[0]
    assert choice.score == round(ranked[0].number("quality.sharpness"), 4)
    assert choice.runners_up == tuple((m.id, m.number("quality.sharpness")) for m in ranked[1:6])


@pytest.mark.parametrize(
    ("prefer", "winner"),
    [
        ("quality.sharpness desc", "b"),
        ("quality.sharpness asc", "a"),
        ("text.area asc", "a"),
        ("subject.facing = left", "b"),
        ("subject.facing in {right, front}", "a"),
        ("quality.sharpness desc, text.area asc 5", "a"),  # by weight
        ("quality.sharpness desc 5, text.area asc", "b"),
        ("", "a"),  # all alike: by id
    ],
)
def test_wishes(prefer: str, winner: str) -> None:
    pool = [
        material("b", quality__sharpness=0.9, text__area=0.4, subject__facing="left"),
        material("a", quality__sharpness=0.2, text__area=0.0, subject__facing="front"),
    ]
    assert chosen(best(f'<ddm:image id="x" prefer="{prefer}"/>', pool)) == {"x": winner}


@given(st.data())
def test_scores_lie_between_nothing_and_all(data: st.DataObject) -> None:
    wishes = 'prefer="quality.sharpness desc, width asc 3, scene.kind = plain"'
    spec = compiled(f'<ddm:image id="x" {wishes}/>').objects["x"]
    one = material("a", quality__sharpness=data.draw(SHARPNESS), width=data.draw(st.integers(1, 65536)))
    assert 0 <= score(spec.prefer, one) <= 1


def test_only_so_many_candidates_are_kept_but_all_are_counted() -> None:
    found = sift(None, (), [material(f"{n:04}") for n in range(KEPT + 5)])
    assert (len(found.entries), found.fitting, found.total) == (KEPT, KEPT + 5, KEPT + 5)


def test_refusal_says_what_removed_all() -> None:
    pool = [material("a", text__area=0.5), material("b", subject__area=0.9)]
    cutout = '<ddm:cutout id="hero" where="text.area le 1% and subject.area le 50%"/>'
    assert refused(cutout, pool) == (
        "no cutout for 'hero': 0 of 2 (text.area le 1% removed 1, subject.area le 50% removed 1)"
    )
    assert refused(cutout, []) == "no cutout for 'hero': 0 of 0 (there is no material)"


def test_palettes_need_no_material_of_their_own() -> None:
    found = best('<ddm:image id="x"/><ddm:palette id="mood" of="x"/>', [material("a")])
    assert set(found.choices) == {"x"}
