"""The written SVG looks the same in a browser: pixel by pixel within a little, and letter by letter exactly."""

import cv2
import numpy as np
import pytest

from ddm.render import Renderer
from ddm.svg.check import check
from ddm.svg.tree import Document, Text
from ddm.svg.writer import write
from ddm.typeset.engine import shaped
from tests.render.cases import CASES, FILES, HEIGHT, WIDTH, load

CLOSE = 1.5
"""Mean absolute difference of 255: text differs by the browser's contrast, pictures by how they are resampled."""
LETTERS = """Array.from(document.querySelectorAll('text'), text =>
  Array.from({length: text.getNumberOfChars()}, (_, i) =>
    [text.getStartPositionOfChar(i).x, text.getEndPositionOfChar(i).x]))"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("cases")
    for name, pixels in FILES.items():
        code = cv2.COLOR_RGB2BGR if pixels.shape[2] == 3 else cv2.COLOR_RGBA2BGRA
        cv2.imwrite(str(folder / name), cv2.cvtColor(pixels, code))
    return folder


@pytest.fixture(scope="module")
def renderer():
    return Renderer(load)


@pytest.mark.parametrize("name", CASES)
def test_a_browser_draws_the_same(name, folder, renderer, chromium):
    document = CASES[name]
    svg = write(document)
    check(svg)
    (folder / "case.svg").write_text(svg)
    theirs = chromium.draw(folder / "case.svg", WIDTH, HEIGHT).astype(int)
    assert np.abs(renderer.draw(svg).astype(int) - theirs).mean() < CLOSE
    for node, places in zip(texts(document), chromium.run(LETTERS), strict=True):
        assert_letters(node, places, document.lang)


def texts(node):
    if isinstance(node, Text):
        return [node]
    return [found for child in getattr(node, "children", ()) for found in texts(child)]


def assert_letters(node, places, language):
    """The left end of every cluster: the browser's start of a letter, or its end where it runs to the left."""
    glyphs = shaped(
        node.text, node.family, node.weight, node.italic, node.direction, language, node.letter_spacing != 0
    )
    pens = np.cumsum([0.0, *glyphs.advances[:-1]]) * node.size + np.array(glyphs.gaps) * node.letter_spacing + node.x
    before = [len(node.text[:index].encode("utf-16-le")) // 2 for index in range(len(node.text))]
    for index, cluster in enumerate(glyphs.clusters):
        if index and glyphs.clusters[index - 1] == cluster:
            continue
        edges = places[before[cluster]]
        # Browsers round the advance of a bitmap to whole pixels; we keep the font's.
        assert min(edges) == pytest.approx(pens[index], abs=1 if "Emoji" in node.family else 0.02)


def test_a_document_of_any_size_is_its_own_page(folder, renderer, chromium):
    document = Document(37, 53, CASES["scrim"].children)
    (folder / "case.svg").write_text(write(document))
    theirs = chromium.draw(folder / "case.svg", 37, 53)
    assert theirs.shape == (53, 37, 3)
    assert np.abs(renderer.draw(document).astype(int) - theirs).mean() < CLOSE
