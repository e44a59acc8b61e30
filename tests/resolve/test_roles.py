"""Colours by role: readable pairs for any picture, and no colour from nowhere."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddm import colour
from ddm.language.operations import ROLES
from ddm.perceive.perception import Swatch
from ddm.resolve.roles import NEUTRAL, roles
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
    for light in ("paper", "surface", "soft", "base"):
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
