"""The first filter: what it leaves out, and with which figure."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageEnhance, ImageOps

from ddm.acquire.facts import Candidate
from ddm.acquire.filter import SAME_BITS, SAME_COLOUR, Entry, alike, by_look, by_name
from ddm.acquire.picture import look
from tests.acquire.pictures import encoded, scene


def entry(image: Image.Image, url: str = "http://x.de/new.jpg", **options: int) -> Entry:
    return Entry(Candidate(url), look(encoded(image, **options), url))


@pytest.mark.parametrize(
    ("url", "word"),
    [
        ("https://x.de/img/sprite-payments.png", "sprite"),
        ("https://x.de/logo_small.png", "logo"),
        ("https://x.de/placeholder.jpg", "placeholder"),
        ("https://x.de/no-image.png", "no-image"),
        ("https://x.de/t/pixel.gif?id=1", "pixel"),
        ("https://x.de/arrow-left.png", "arrow"),
        ("https://x.de/drawing.svg", "svg"),
    ],
)
def test_names_that_speak_against_a_picture(url: str, word: str) -> None:
    assert word in by_name(Candidate(url))


@pytest.mark.parametrize(
    "name", ["catalogue-1.jpg", "iconic-lamp.jpg", "starfish.jpg", "pixelated.jpg", "flagship.jpg", ""]
)
def test_names_that_do_not(name: str) -> None:
    assert by_name(Candidate(f"https://x.de/logos/{name}")) == ""


def test_a_declared_picture_may_be_called_a_logo() -> None:
    assert by_name(Candidate("https://x.de/logo-tee.jpg", declared=True)) == ""
    assert by_name(Candidate("https://x.de/placeholder.jpg", declared=True)) != ""


@pytest.mark.parametrize(
    ("image", "said"),
    [
        (scene(640, 159), "640x159 pixels, the shorter side must have 160"),
        (scene(1000, 200), "1000x200 is 5.0 to 1, the limit is 4"),
        (Image.new("RGB", (400, 400), "teal"), "a single colour: its spread is 0.0 of 255"),
    ],
)
def test_looks_that_speak_against_a_picture(image: Image.Image, said: str) -> None:
    assert said in by_look(entry(image), [])


def test_a_good_picture_passes() -> None:
    assert by_look(entry(scene()), [entry(scene(seed=2))]) == ""


@pytest.mark.parametrize("seed", range(6))
def test_other_sizes_and_qualities_are_repetitions(seed: int) -> None:
    first = entry(scene(1200, 900, seed), "http://x.de/first.jpg")
    again = entry(scene(1200, 900, seed).resize((400, 300)), quality=40)
    assert "shows the same as http://x.de/first.jpg" in by_look(again, [first])


def test_the_same_thing_in_another_colour_is_not() -> None:
    shirt = scene()
    channels = shirt.split()
    other = Image.merge("RGB", (channels[2], channels[0], channels[1]))
    bits, colour = alike(entry(shirt).seen, entry(other).seen)
    assert bits > SAME_BITS or colour > SAME_COLOUR


@pytest.mark.parametrize(
    "change",
    [
        ImageOps.mirror,
        lambda image: image.crop((160, 120, 480, 360)),
        lambda image: ImageEnhance.Brightness(image).enhance(0.6),
    ],
)
def test_another_view_is_not(change: object) -> None:
    assert by_look(entry(change(scene())), [entry(scene())]) == ""  # type: ignore[operator]


def test_other_proportions_are_never_the_same() -> None:
    assert alike(entry(scene(600, 400)).seen, entry(scene(400, 400)).seen) == (64, 255.0)


def test_likeness_is_symmetric() -> None:
    one, other = entry(scene(seed=3)).seen, entry(scene(seed=4)).seen
    assert alike(one, other) == alike(other, one)
    assert alike(one, one) == (0, 0.0)
    assert np.isfinite(alike(one, other)[1])
