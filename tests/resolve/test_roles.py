"""Colours by role: readable pairs for any picture, and no colour from nowhere."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddm import colour
from ddm.language.operations import ROLES
from ddm.perceive.perception import Swatch
from ddm.resolve.ink import NIGHT, PAPER
from ddm.resolve.roles import APART, INKS, NEUTRAL, SCHEMES, dark, roles
from tests.support.materials import SAND, TEAL, TERRACOTTA, swatch

BYTES = st.integers(0, 255)
COLOURS = st.tuples(BYTES, BYTES, BYTES).map(lambda rgb: "#{:02x}{:02x}{:02x}".format(*rgb))
WEIGHTS = st.integers(1, 100).map(lambda hundredths: hundredths / 100)
SWATCHES = st.lists(st.builds(swatch, COLOURS, WEIGHTS), max_size=6).map(tuple)
GREYS = st.lists(
    st.builds(Swatch, WEIGHTS, WEIGHTS, *[st.integers(-10, 10).map(lambda n: n / 1000)] * 2), min_size=1, max_size=6
).map(tuple)


def lch(text: str) -> tuple[float, float, float]:
    light, chroma, hue = colour.oklch_of_srgb(colour.parse_hex(text))
    return float(light), float(chroma), float(hue)


def contrast(one: str, other: str) -> float:
    return float(colour.contrast(colour.parse_hex(one), colour.parse_hex(other)))


@given(SWATCHES)
def test_every_role_has_a_colour(swatches: tuple[Swatch, ...]) -> None:
    found = roles(swatches)
    assert set(found) == set(ROLES), "the language and the palette name the same roles"
    assert found == roles(swatches)
    for text in found.values():
        colour.parse_hex(text)


@given(SWATCHES)
def test_pairs_can_be_read(swatches: tuple[Swatch, ...]) -> None:
    found = roles(swatches)
    for light in ("paper", "surface", "soft", "counter", "base"):
        assert contrast(found["night"], found[light]) >= 7, f"night on {light}"
        assert contrast(found["deep"], found[light]) >= 4.5, f"deep on {light}"
    assert contrast(found["paper"], found["deep"]) >= 7
    for ground in ("primary", "accent"):
        assert max(contrast(ink, found[ground]) for ink in ("#ffffff", "#141414")) >= 4.5, f"on {ground}"


@given(SWATCHES)
def test_lightness_is_ordered(swatches: tuple[Swatch, ...]) -> None:
    light = {name: lch(text)[0] for name, text in roles(swatches).items()}
    assert light["paper"] > light["surface"] > light["deep"] > light["night"]
    assert light["soft"] > light["deep"]


@given(GREYS)
def test_grey_pictures_have_grey_roles(swatches: tuple[Swatch, ...]) -> None:
    for name, text in roles(swatches).items():
        assert lch(text)[1] < NEUTRAL + 0.005, name


def test_no_picture_is_grey() -> None:
    assert all(lch(text)[1] < 0.005 for text in roles(()).values())


def hues(swatches: tuple[Swatch, ...]) -> dict[str, float]:
    return {name: lch(text)[2] for name, text in roles(swatches).items()}


def test_the_main_colour_gives_the_hue() -> None:
    own = lch(TERRACOTTA)[2]
    found = hues((swatch(TERRACOTTA, 0.9), swatch(TEAL, 0.1)))
    for name in ("soft", "primary", "deep"):
        assert colour.hue_distance(found[name], own) < 8, name


def test_the_accent_is_another_colour_of_the_picture_where_there_is_one() -> None:
    assert colour.hue_distance(hues((swatch(TERRACOTTA, 0.9), swatch(TEAL, 0.1)))["accent"], lch(TEAL)[2]) < 12
    assert colour.hue_distance(hues((swatch(TERRACOTTA),))["accent"], lch(TERRACOTTA)[2]) < 12


@pytest.mark.parametrize("weight", [0.05, 0.3])
def test_a_vivid_colour_counts_more_than_a_wide_pale_one(weight: float) -> None:
    found = hues((swatch(SAND, 1 - weight), swatch(TEAL, weight)))
    assert colour.hue_distance(found["primary"], lch(TEAL)[2]) < 10


# ------------------------------------------------------------------------------------------------ harmonies

HARMONIES = st.sampled_from(sorted(SCHEMES))
VIVIDS = st.builds(
    lambda hue, chroma, weight: Swatch(weight, 0.6, *colour.oklab_of_oklch((0.6, chroma, hue))[1:].tolist()),
    st.integers(0, 359),
    st.integers(8, 12).map(lambda hundredths: hundredths / 100),
    WEIGHTS,
)


def apart(swatches: tuple[Swatch, ...], harmony: str) -> float:
    """Degrees between the accent and the hue that all else has."""
    found = {name: lch(text) for name, text in roles(swatches, harmony).items()}
    return colour.hue_distance(found["accent"][2], found["primary"][2])


@pytest.mark.parametrize(
    ("harmony", "degrees"), [("analogous", 30), ("complementary", 180), ("triadic", 120), ("monochrome", 0)]
)
@given(swatch=VIVIDS)
def test_a_harmony_places_the_accent_by_its_hue(harmony: str, degrees: float, swatch: Swatch) -> None:
    assert apart((swatch,), harmony) == pytest.approx(degrees, abs=6), "of bytes"


@given(SWATCHES, HARMONIES)
def test_a_harmony_changes_the_accent_and_its_ground_alone(swatches: tuple[Swatch, ...], harmony: str) -> None:
    plain, found = roles(swatches), roles(swatches, harmony)
    assert {name for name in plain if plain[name] != found[name]} <= {"accent", "counter"}
    assert max(contrast(ink, found["accent"]) for ink in ("#ffffff", "#141414")) >= 4.5


@given(GREYS, HARMONIES)
def test_a_grey_picture_stays_grey_in_any_harmony(swatches: tuple[Swatch, ...], harmony: str) -> None:
    assert lch(roles(swatches, harmony)["accent"])[1] < NEUTRAL + 0.005


def test_a_colour_of_the_picture_near_the_harmony_is_taken_as_it_is() -> None:
    """Teal lies some 150 degrees from terracotta: near enough to its complement."""
    found = roles((swatch(TERRACOTTA, 0.9), swatch(TEAL, 0.1)), "complementary")["accent"]
    assert colour.hue_distance(lch(found)[2], lch(TEAL)[2]) < 6


def test_of_two_hues_the_one_nearer_to_the_picture_is_taken() -> None:
    blue, red, green = ((0.6, 0.12, hue) for hue in (260, 20, 140))
    main, *sides = (Swatch(0.5, *map(float, colour.oklab_of_oklch(c))) for c in (blue, red, green))
    for side, hue in zip(sides, (20, 140), strict=True):
        faint = Swatch(0.2, side.lightness, side.a * 0.5, side.b * 0.5)
        assert colour.hue_distance(lch(roles((main, faint), "triadic")["accent"])[2], hue) < 6


@given(VIVIDS)
def test_one_hue_alone_tells_the_accent_by_its_lightness(swatch: Swatch) -> None:
    found = roles((swatch,), "monochrome")
    assert abs(lch(found["accent"])[0] - lch(found["primary"])[0]) > 0.1


@given(st.one_of(SWATCHES, GREYS), st.sampled_from(("", *SCHEMES)))
def test_contrasts_and_distances_hold_in_every_palette(swatches: tuple[Swatch, ...], harmony: str) -> None:
    found = roles(swatches, harmony)
    for ink, ground, ratio in INKS:
        assert contrast(found[ink], found[ground]) >= ratio, (ink, ground)
    for one, other, least in APART:
        labs = [colour.oklab_of_srgb(colour.parse_hex(found[role])) for role in (one, other)]
        assert colour.delta_e(*labs) >= least, (one, other)
    for role in ("primary", "accent"):
        assert max(contrast(found[role], ink) for ink in (NIGHT, PAPER)) >= 4.5, role


def test_a_counter_ground_is_as_light_as_the_soft_one_and_lies_across_the_wheel() -> None:
    found = roles((swatch(TERRACOTTA, 1.0),), "complementary")
    (light, chroma, hue), (soft, _, own) = lch(found["counter"]), lch(found["soft"])
    assert light == pytest.approx(soft, abs=0.02)
    assert chroma > 0.03
    assert colour.hue_distance(hue, own) > 160


@pytest.mark.parametrize(("grey", "light"), [("#1a1a1a", True), ("#8c8c8c", False), ("#f0f0f0", False)])
def test_a_grey_ground_is_graphite_unless_the_subject_would_be_lost_on_it(grey: str, light: bool) -> None:
    swatches = (swatch(grey, 1.0),)
    assert dark(swatches) == light
    assert (lch(roles(swatches, lost=dark(swatches))["primary"])[0] > 0.7) == light


def test_an_accent_turned_to_yellow_is_light_and_pale_subjects_have_one_too() -> None:
    for blue in ("#1f3f8f", "#60707f"):
        light, chroma, hue = lch(roles((swatch(blue, 1.0),), "complementary")["accent"])
        assert 40 < hue < 115
        assert light > 0.68
        assert chroma > 0.11
