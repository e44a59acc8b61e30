"""The figures tell what they say: nothing of what is right, and each fault by its own name."""

from __future__ import annotations

import numpy as np

from ddm.bench.erase.figures import figures, marked, means
from ddm.geometry import Box

BOX = Box(0.25, 0.25, 0.5, 0.2)


def pictures() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Before, truth, and where the lettering was."""
    truth = np.full((80, 120, 3), 150, np.uint8)
    before, inside = truth.copy(), marked(truth.shape, [BOX])
    before[22:34, 34:86] = 20
    return before, truth, inside


def test_what_is_right_has_no_fault() -> None:
    before, truth, inside = pictures()
    found = figures(before, truth, truth, inside, np.zeros_like(inside))
    assert found["error"] == found["dE"] == found["seam"] == found["outside"] == 0
    assert "print" not in found


def test_what_is_left_is_an_error_without_a_seam() -> None:
    before, truth, inside = pictures()
    found = figures(before, before, truth, inside, np.zeros_like(inside))
    assert found["error"] > 20
    assert found["seam"] == 0


def test_a_step_at_the_edge_is_a_seam() -> None:
    before, truth, inside = pictures()
    after = truth.copy()
    after[inside] = 170
    assert figures(before, after, truth, inside, np.zeros_like(inside))["seam"] > 2


def test_seams_are_measured_along_rims_that_are_one_for_all_methods() -> None:
    before, truth, inside = pictures()
    kept = np.zeros_like(inside)
    boxed, left = truth.copy(), figures(before, before, truth, inside, kept)
    boxed[inside] = 170
    step = figures(before, boxed, truth, inside, kept)
    assert step["seam.boxes"] > 2
    assert step["seam.strokes"] == left["seam.boxes"] == 0
    assert left["seam.strokes"] > 20


def test_what_was_changed_elsewhere_is_told_apart_by_what_it_was() -> None:
    before, truth, inside = pictures()
    kept, after = np.zeros_like(inside), truth.copy()
    kept[60:70, 10:30] = True
    after[60:65, 10:30] = 0
    found = figures(before, after, truth, inside, kept)
    assert found["print"] == 0.5
    assert found["outside"] == 0


def test_means_are_over_the_pictures_that_have_the_figure() -> None:
    assert means([{"error": 1.0}, {"error": 3.0, "print": 0.2}]) == {"error": 2.0, "print": 0.2}
