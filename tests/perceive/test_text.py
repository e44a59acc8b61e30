"""Lines of type set over grounds in code are found and read; where nothing is written, nothing is."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from ddm import fonts
from ddm.geometry import Box
from ddm.perceive.perception import Element, mean_score
from ddm.perceive.pixels import Bytes
from ddm.perceive.text import read
from ddm.perceive.text_lines import MOST, Line, lines
from ddm.perceive.text_words import word


def lettered(words: str, size: int = 64, turn: float = 0, canvas: tuple[int, int] = (900, 700)) -> tuple[Bytes, Box]:
    """Words in the middle of a warm grey canvas, and the box of their ink in fractions."""
    family, weight = ("Inter", 700) if words.isascii() else ("Noto Sans CJK SC", 700)
    found = fonts.file(family, weight)
    font = ImageFont.truetype(found.path, size, index=found.index)
    text = words.replace("|", "\n")
    left, top, right, bottom = (
        round(n) for n in ImageDraw.Draw(Image.new("L", (1, 1))).multiline_textbbox((0, 0), text, font, spacing=0)
    )
    mask = Image.new("L", (right - left, bottom - top))
    ImageDraw.Draw(mask).multiline_text((-left, -top), text, 255, font, spacing=0)
    mask = mask.rotate(turn, Image.Resampling.BICUBIC, expand=True)
    mask = mask.crop(mask.getbbox())
    picture = Image.new("RGB", canvas, (214, 206, 196))
    x, y = (canvas[0] - mask.width) // 2, (canvas[1] - mask.height) // 2
    picture.paste((28, 40, 60), (x, y), mask)
    edges = Box.of_edges(x, y, x + mask.width, y + mask.height)
    return np.asarray(picture), edges.scaled(1 / canvas[0], 1 / canvas[1])


def overlap(one: Box, other: Box) -> float:
    common = one.intersection(other).area
    return common / (one.area + other.area - common)


@pytest.mark.parametrize(
    ("words", "size", "turn"),
    [
        ("Summer sale", 64, 0),
        ("20% off today", 22, 0),
        ("Made by hand", 56, 12),
        ("Made by hand", 56, -14),
        ("Only this weekend", 48, 90),
        ("Only this weekend", 48, 270),
        ("限时特惠", 72, 0),
        ("品|质|生|活", 72, 0),
    ],
)
def test_a_line_is_found_closely_and_read(words: str, size: int, turn: float) -> None:
    pixels, box = lettered(words, size, turn)
    found = read(pixels)
    assert [one.label.replace(" ", "") for one in found] == [words.replace(" ", "").replace("|", "")]
    assert overlap(found[0].box, box) > 0.6
    assert found[0].kind == "text"
    assert 0.8 <= found[0].score <= 1


def test_large_pictures_are_read_like_small_ones() -> None:
    pixels, box = lettered("Best of the year", 190, canvas=(2000, 1600))
    (found,) = read(pixels)
    assert found.label == "Best of the year"
    assert overlap(found.box, box) > 0.6


def plain(height: int, width: int) -> Bytes:
    return np.full((height, width, 3), 180, np.uint8)


def sloped(height: int, width: int) -> Bytes:
    return np.broadcast_to(np.linspace(40, 230, width)[None, :, None], (height, width, 3)).astype(np.uint8)


def striped(height: int, width: int) -> Bytes:
    return np.broadcast_to(np.where(np.arange(width) % 90 < 30, 40, 220)[None, :, None], (height, width, 3)).astype(np.uint8)  # fmt: skip  # noqa: E501


def noisy(height: int, width: int) -> Bytes:
    return np.random.default_rng(1).integers(0, 256, (height, width, 3)).astype(np.uint8)


@pytest.mark.parametrize("ground", [plain, sloped, striped, noisy])
def test_nothing_is_read_where_nothing_is_written(ground: Callable[[int, int], Bytes]) -> None:
    assert read(ground(500, 700)) == ()


@pytest.mark.parametrize("size", [(1, 1), (1, 900), (900, 1), (31, 33), (16, 2000)])
def test_pictures_of_any_shape_are_looked_at(size: tuple[int, int]) -> None:
    assert read(noisy(*size), confident=0.99) == ()


def test_lines_come_from_top_to_bottom() -> None:
    one, two = (lettered(text, 48, canvas=(800, 200))[0] for text in ("First line", "Second line"))
    assert [found.label for found in read(np.concatenate([one, two]))] == ["First line", "Second line"]


def test_a_turned_line_has_an_upright_box_around_it() -> None:
    level = Line(0.5, 0.25, 0.4, 0.1, 0).box(2.0)
    assert tuple(level) == pytest.approx((0.3, 0.4, 0.4, 0.2))
    down = Line(0.5, 0.25, 0.4, 0.1, 90).box(2.0)
    assert tuple(down) == pytest.approx((0.45, 0.1, 0.1, 0.8))


def test_the_turn_of_a_line_is_known() -> None:
    (found,) = lines(lettered("Made by hand", 56, -14)[0], 576)
    assert found.turn == pytest.approx(14, abs=3)


def test_a_strip_without_letters_says_nothing() -> None:
    assert word(plain(48, 300)) == ("", 0.0)


def test_sure_is_the_mean_and_full_where_there_is_nothing() -> None:
    box = Box(0, 0, 0.1, 0.1)
    assert mean_score(()) == 1
    assert mean_score((Element("text", box, 0.9), Element("text", box, 0.7))) == pytest.approx(0.8)


def test_of_too_many_lines_the_tallest_are_kept() -> None:
    one = lettered("word", 20, canvas=(90, 34))[0]
    page = np.tile(one, (24, 8, 1))
    page[:140, :400] = lettered("Headline", 80, canvas=(400, 140))[0]
    found = lines(page, 1024)
    assert len(found) == MOST
    assert max(line.height for line in found) > 0.08
