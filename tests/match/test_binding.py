"""Which material fills which object: every removal counted, every rank explained, order of arrival without effect."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddm.errors import Unfit
from ddm.match.binding import BEAM, MOST_BINDINGS, Binding, bindings, score, shortlist
from ddm.perceive.perception import Perception
from tests.support.materials import material, product
from tests.support.templates import TITLE, compiled

NAMES = st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=6, unique=True)
SHARPNESS = st.integers(0, 4).map(lambda fifths: fifths / 4)


def only(objects: str, pool: list[Perception]) -> Binding:
    """The best binding of a template with these objects."""
    return bindings(compiled(objects), product(), pool)[0]


def chosen(found: Binding) -> dict[str, str | None]:
    """The name of each object's material."""
    return {name: named(c.material.id) if c.material else None for name, c in found.choices.items()}


def named(id: str) -> str:
    return bytes.fromhex(id[:2]).decode()


def test_each_removal_is_counted_for_the_first_condition_that_failed() -> None:
    pool = [
        material("a"),
        material("b", text__area=0.5),
        material("c", text__area=0.5, subject__area=0.9),  # both fail: counted once, for the first
        material("d", subject__area=0.9),
        material("e", subject__area=0.9),
    ]
    where = "text.area le 1% and (subject.area le 50% and not subject.cut has left)"
    choice = only(f'<ddm:image id="x" where="{where}"/>', pool).choices["x"]
    assert dict(choice.removed) == {"text.area le 1%": 2, "subject.area le 50%": 2}
    assert choice.total == 5
    assert choice.why[:3] == ("text.area le 1% holds", "subject.area le 50% holds", "not subject.cut has left holds")


def test_a_negated_group_is_told_as_it_was_meant() -> None:
    choice = only('<ddm:image id="x" where="not (text.area ge 1% and ratio ge 9)"/>', [material("a")]).choices["x"]
    assert choice.why[0] == "not (text.area ge 1% and ratio ge 9) holds"


@given(NAMES, st.data())
def test_winners_and_runners_up_are_ranked(names: list[str], data: st.DataObject) -> None:
    pool = [material(name, quality__sharpness=data.draw(SHARPNESS)) for name in names]
    spec = compiled('<ddm:image id="x" prefer="quality.sharpness desc"/>').objects["x"]
    ranked = shortlist(spec, pool)
    best = sorted(pool, key=lambda m: (-m.number("quality.sharpness"), m.id))
    assert [c.material for c in ranked] == best
    for choice in ranked:
        others = [m for m in best if m is not choice.material][:5]
        assert choice.runners_up == tuple((m.id, round(score(spec, m), 4)) for m in others)
        assert choice.score == round(score(spec, choice.material or pool[0]), 4)


@given(st.permutations("abcde"))
def test_the_order_of_arrival_does_not_matter(names: list[str]) -> None:
    def pool(letters: list[str]) -> list[Perception]:
        return [material(name, quality__sharpness=(ord(name) % 3) / 3) for name in letters]

    template = compiled('<ddm:image id="x" prefer="quality.sharpness desc"/><ddm:cutout id="y"/>')
    found, again = (bindings(template, product(), pool(order)) for order in (names, sorted(names)))
    assert [(chosen(b), b.score) for b in found] == [(chosen(b), b.score) for b in again]
    assert found[0].choices["x"].runners_up == again[0].choices["x"].runners_up


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
    assert chosen(only(f'<ddm:image id="x" prefer="{prefer}"/>', pool)) == {"x": winner}


@given(st.data())
def test_scores_lie_between_nothing_and_all(data: st.DataObject) -> None:
    wishes = 'prefer="quality.sharpness desc, width asc 3, scene.kind = plain"'
    spec = compiled(f'<ddm:image id="x" {wishes}/>').objects["x"]
    found = score(spec, material("a", quality__sharpness=data.draw(SHARPNESS), width=data.draw(st.integers(1, 65536))))
    assert 0 <= found <= 1


def test_roles() -> None:
    pool = [material("a"), material("z", "", role="scene")]
    assert chosen(only('<ddm:image id="own"/><ddm:image id="wall" from="scenes"/>', pool)) == {"own": "a", "wall": "z"}
    assert only('<ddm:image id="any" from="product scenes"/>', pool).choices["any"].total == 2


def test_two_objects_take_two_pictures_where_there_are_two() -> None:
    objects = '<ddm:image id="x" prefer="quality.sharpness desc"/><ddm:image id="y" prefer="quality.sharpness desc"/>'
    pool = [material("a", quality__sharpness=0.9), material("b", quality__sharpness=0.1)]
    assert sorted(map(str, chosen(only(objects, pool)).values())) == ["a", "b"]
    assert chosen(only(objects, pool[:1])) == {"x": "a", "y": "a"}


def test_bindings_are_few_and_best_first() -> None:
    pool = [material(name, quality__sharpness=ord(name) % 7 / 7) for name in "abcdefgh"]
    objects = "".join(f'<ddm:image id="{name}" prefer="quality.sharpness desc"/>' for name in "wxyz")
    found = bindings(compiled(objects), product(), pool)
    assert 1 < len(found) <= MOST_BINDINGS
    assert [b.score for b in found] == sorted((b.score for b in found), reverse=True)
    tried = {m for b in found for m in chosen(b).values()}
    assert len(tried) <= BEAM


def test_refusal_says_what_removed_all() -> None:
    pool = [material("a", text__area=0.5), material("b", subject__area=0.9)]
    template = compiled('<ddm:cutout id="hero" where="text.area le 1% and subject.area le 50%"/>')
    with pytest.raises(Unfit) as caught:
        bindings(template, product(), pool)
    assert caught.value.what == (
        "no cutout for 'hero': 0 of 2 (text.area le 1% removed 1, subject.area le 50% removed 1)"
    )
    with pytest.raises(Unfit, match=r"0 of 0 \(there is no material"):
        bindings(template, product(), [])


def test_dropping_instead_of_refusing() -> None:
    found = only('<ddm:image id="x" where="width ge 9999px" otherwise="drop"/>' + TITLE, [material("a")])
    assert found.dropped == {"x"}
    assert found.material("x") is None
    assert "its layers are dropped" in found.choices["x"].why[0]
    assert "width ge 9999px removed 1" in found.choices["x"].why[0]


def test_copy_is_refused_or_dropped() -> None:
    none = product(copy={})
    with pytest.raises(Unfit, match=r"no copy for 'line': vase has none of copy\.tagline that fits"):
        bindings(compiled('<ddm:copy id="line" from="copy.tagline"/>'), none, [])
    found = bindings(compiled('<ddm:copy id="line" from="copy.tagline" otherwise="drop"/>'), none, [])[0]
    assert found.dropped == {"line"}


def test_palettes_need_no_material_of_their_own() -> None:
    found = only('<ddm:image id="x"/><ddm:palette id="mood" of="x"/>', [material("a")])
    assert set(found.choices) == {"x"}
