import tempfile
from pathlib import Path

import pytest

from ddm.bench import render
from ddm.library.pixels import PixelStore
from ddm.svg.check import check
from ddm.svg.writer import write


def test_figures_have_their_names_and_agree():
    figures = render.run(sizes=((120, 100),), rounds=1)["sizes"]["120x100"]
    assert figures.keys() >= {"floor_ms", "warm_ms", "warm_new_copy_ms", "cold_ms", "ratio", "per_second_per_core"}
    assert all(value > 0 for value in figures.values())
    assert figures["ratio"] == pytest.approx(figures["warm_ms"] / figures["floor_ms"], rel=0.05), "rounded figures"


def test_the_creative_is_output_language_and_new_for_every_number():
    with tempfile.TemporaryDirectory() as folder:
        hrefs = render._materials(PixelStore(Path(folder)))
    texts = [write(render.creative(hrefs, 300, 250, number)) for number in range(30)]
    check(texts[0])
    assert len(set(texts)) == 30
