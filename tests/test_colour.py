"""Colour arithmetic: known values, inverses, and what must hold for every colour."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddm import colour
from ddm.errors import InputError

channel = st.floats(0, 1, allow_nan=False)
rgb = st.tuples(channel, channel, channel)
oklch = st.tuples(st.floats(0, 1), st.floats(0, 0.5), st.floats(0, 359.99))
hexes = st.integers(0, 0xFFFFFF).map(lambda n: f"#{n:06x}")

KNOWN = [  # from Ottosson's reference implementation
    ("#ffffff", (1.0, 0.0, 0.0)),
    ("#000000", (0.0, 0.0, 0.0)),
    ("#ff0000", (0.62796, 0.22486, 0.12585)),
    ("#00ff00", (0.86644, -0.23389, 0.17950)),
    ("#0000ff", (0.45201, -0.03246, -0.31153)),
]


@pytest.mark.parametrize(("text", "oklab"), KNOWN)
def test_known_oklab(text: str, oklab: tuple[float, float, float]) -> None:
    assert np.allclose(colour.oklab_of_srgb(colour.parse_hex(text)), oklab, atol=2e-4)


def test_lightness_alone_is_that_of_oklab() -> None:
    pixels = np.random.default_rng(0).integers(0, 256, (20, 30, 3), dtype=np.uint8)
    np.testing.assert_allclose(colour.lightness_of_bytes(pixels), colour.oklab_of_bytes(pixels)[..., 0], atol=1e-6)


def test_known_contrasts() -> None:
    assert colour.contrast((0, 0, 0), (1, 1, 1)) == pytest.approx(21)
    assert colour.contrast(colour.parse_hex("#777777"), (1, 1, 1)) == pytest.approx(4.48, abs=0.01)


@given(rgb)
def test_linear_light_and_back(srgb: colour.Rgb) -> None:
    assert np.allclose(colour.srgb_of_linear(colour.linear_of_srgb(srgb)), srgb, atol=1e-6)


@given(rgb)
def test_oklab_and_back(srgb: colour.Rgb) -> None:
    assert np.allclose(colour.srgb_of_oklab(colour.oklab_of_srgb(srgb)), srgb, atol=1e-4)


@given(rgb)
def test_oklch_and_back(srgb: colour.Rgb) -> None:
    lab = colour.oklab_of_srgb(srgb)
    assert np.allclose(colour.oklab_of_oklch(colour.oklch_of_oklab(lab)), lab, atol=1e-9)


@given(hexes)
def test_hex_and_back(text: str) -> None:
    assert colour.format_hex(colour.parse_hex(text)) == text
    assert colour.hex_of_oklch(*colour.oklch_of_hex(text)) == text


@given(oklch)
def test_gamut_keeps_lightness_and_hue_and_lowers_chroma(lch: tuple[float, float, float]) -> None:
    mapped = colour.into_gamut(lch)
    assert colour.in_gamut(mapped)
    assert mapped[0] == lch[0]
    assert mapped[2] == lch[2]
    assert mapped[1] <= lch[1] + 1e-9


@given(rgb, rgb)
def test_contrast_is_symmetric_and_bounded(one: colour.Rgb, other: colour.Rgb) -> None:
    ratio = float(colour.contrast(one, other))
    assert ratio == float(colour.contrast(other, one))
    assert 1 <= ratio <= 21.0001


@given(st.floats(0, 360), st.floats(0, 360))
def test_hue_distance_goes_the_short_way(one: float, other: float) -> None:
    assert 0 <= colour.hue_distance(one, other) <= 180
    assert colour.hue_distance(one, other) == pytest.approx(colour.hue_distance(other, one), abs=1e-9)


def test_bytes_agree_with_floats() -> None:
    pixels = np.arange(0, 255, 1, dtype=np.uint8).reshape(17, 5, 3)
    assert np.allclose(colour.oklab_of_bytes(pixels), colour.oklab_of_srgb(pixels / 255), atol=1e-4)
    assert np.allclose(colour.luminance_of_bytes(pixels), colour.luminance(pixels / 255), atol=1e-5)
    assert colour.oklab_of_bytes(pixels).dtype == np.float32


def test_short_hex() -> None:
    assert colour.parse_hex("#F80") == colour.parse_hex("#ff8800")


@pytest.mark.parametrize("text", ["", "red", "#12", "#12345", "#gggggg", "#ffffff\n", "rgb(1,2,3)"])
def test_other_notations_are_refused(text: str) -> None:
    with pytest.raises(InputError):
        colour.parse_hex(text)


def test_delta_e_of_equal_colours_is_nought() -> None:
    assert colour.delta_e((0.5, 0.1, 0.1), (0.5, 0.1, 0.1)) == 0


@given(oklch)
def test_notation_of_one_colour_agrees_with_the_arithmetic_of_many(lch: tuple[float, float, float]) -> None:
    one, many = colour.parse_hex(colour.hex_of_oklch(*lch)), colour.srgb_of_oklch(lch)
    assert np.abs(np.array(one) - many).max() * 255 <= 1.01, "but for the rounding of a byte"
