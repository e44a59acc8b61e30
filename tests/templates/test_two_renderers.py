"""Every shipped template in every format, with real pixels: our renderer and a browser draw the same picture."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from ddm import templates
from ddm.formats.catalogue import find
from ddm.formats.choose import chosen
from ddm.library import Library
from ddm.match import bindings
from ddm.perceive.perception import Perception
from ddm.produce.workshop import rebased
from ddm.render import Renderer
from ddm.resolve import best
from ddm.svg.check import check
from ddm.svg.writer import write
from ddm.typeset import typesetter
from tests.support.chromium import Chromium
from tests.support.materials import BOWL, TEAL, TERRACOTTA, Look, backdrop, perceived, product
from tests.support.templates import claimed

CLOSE = 4.0
"""Mean absolute difference, of 255, under which two drawings are the same to the eye."""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """Two products with a picture each, and one backdrop; nothing was perceived by a network."""
    found = Library(tmp_path_factory.mktemp("drawn") / "library")
    found.put(perceived(look=Look(1800, 1800, BOWL)))
    found.put(perceived("b", "jug", Look(fill=TEAL, band=TERRACOTTA)))
    found.put(backdrop())
    return found


@pytest.fixture(scope="module")
def renderer(library: Library) -> Renderer:
    return Renderer(library.load)


@pytest.fixture(scope="module")
def pool(library: Library) -> list[Perception]:
    return list(library.all())


@pytest.fixture(scope="module", autouse=True)
def worst() -> Iterator[dict[str, float]]:
    """Differences by creative; the largest are printed (`pytest -s`)."""
    found: dict[str, float] = {}
    yield found
    rows = sorted(found.items(), key=lambda row: -row[1])[:5]
    print("\nworst of 255:", ", ".join(f"{name} {difference:.2f}" for name, difference in rows))


@pytest.mark.parametrize(("name", "format_"), claimed([row.id for row in chosen()]))
def test_two_renderers_draw_the_same(
    name: str,
    format_: str,
    library: Library,
    pool: list[Perception],
    renderer: Renderer,
    chromium: Chromium,
    worst: dict[str, float],
) -> None:
    template, row = templates.find(name), find(format_)
    found = bindings(template, product(), pool)
    document = best(template, found, row, product(), typesetter(), library.derive).document
    text = write(rebased(document, "../library/"))
    check(text)
    svg = library.path.parent / "svg" / f"{name}--{format_}.svg"
    svg.parent.mkdir(exist_ok=True)
    svg.write_text(text, "utf-8")
    theirs = chromium.draw(svg, row.width, row.height)
    ours = renderer.draw(document)
    assert ours.shape == theirs.shape
    difference = float(np.abs(ours.astype(int) - theirs).mean())
    worst[f"{name} {format_}"] = difference
    assert difference < CLOSE
    assert theirs.std() > 10, "the browser found the pictures"
