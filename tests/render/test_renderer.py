from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given, settings

from ddm.errors import InputError
from ddm.geometry import Box
from ddm.render import Renderer
from ddm.svg.tree import Document, Image, Rect, Text
from ddm.svg.writer import write
from tests.render.cases import CASES, load
from tests.support.documents import DOCUMENT


@pytest.fixture(scope="module")
def renderer():
    return Renderer(load)


def test_an_empty_document_is_white_paper(renderer):
    found = renderer.draw(Document(30, 20, ()))
    assert found.shape == (20, 30, 3)
    assert found.dtype == np.uint8
    assert (found == 255).all()


@pytest.mark.parametrize("name", CASES)
def test_text_and_tree_draw_alike_and_the_second_time_too(name, renderer):
    first = renderer.draw(CASES[name])
    assert (renderer.draw(write(CASES[name])) == first).all()
    assert (Renderer(load).draw(CASES[name]) == first).all()


def test_a_scale_enlarges_the_drawing_not_the_pixels(renderer):
    document = Document(40, 20, (Rect(Box(0, 0, 20, 20), "#000000"), Text("A", 24, 16, "Inter", 16)))
    large = renderer.draw(document, 2.5)
    assert large.shape == (50, 100, 3)
    assert (large[:, :50] == 0).all()
    shrunk = large.reshape(10, 5, 20, 5, 3).mean((1, 3))
    small = renderer.draw(document, 0.5)
    assert np.abs(shrunk - small).mean() < 6


def test_threads_share_a_renderer(renderer):
    names = list(CASES)
    wanted = {name: renderer.draw(CASES[name]) for name in names}
    fresh = Renderer(load, cache_bytes=300_000)
    with ThreadPoolExecutor(4) as pool:
        drawn = list(pool.map(lambda name: (name, fresh.draw(CASES[name])), names * 4))
    assert all((wanted[name] == pixels).all() for name, pixels in drawn)


def test_forgetting_changes_nothing(renderer):
    before = renderer.draw(CASES["scrim"])
    renderer.forget()
    assert (renderer.draw(CASES["scrim"]) == before).all()


def test_what_the_loader_cannot_find_is_told(renderer):
    def nothing(href):
        raise InputError(f"no {href}")

    with pytest.raises(InputError, match=r"no a\.png"):
        Renderer(nothing).draw(Document(9, 9, (Image("a.png", Box(0, 0, 9, 9)),)))


@pytest.mark.parametrize("scale", [0, -1, 1e9, float("nan")])
def test_canvases_nobody_can_hold_are_refused(scale, renderer):
    with pytest.raises(InputError):
        renderer.draw(Document(800, 800, ()), scale)


@given(DOCUMENT)
@settings(max_examples=60, deadline=None)
def test_any_document_is_drawn(document):
    small = Document(120, 90, document.children, document.title, document.lang)
    assert Renderer(lambda href: load("cut.png")).draw(small).shape == (90, 120, 3)
