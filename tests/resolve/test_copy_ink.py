"""Inks and scrims of copy: one ink for what belongs together, readable everywhere, under a veil where there is need."""

from __future__ import annotations

import pytest

from ddm.errors import Unfit
from tests.support.copying import result, stack, text
from tests.support.resolving import named, origins, texts

DARK = '<rect id="dark" x="0" y="0" width="800" height="400" fill="#101010"/>'
LIGHT = '<rect id="light" x="0" y="0" width="800" height="800" fill="#fafafa"/>'
GREY = '<rect id="grey" x="0" y="0" width="800" height="800" fill="#777777"/>'
INK = '<ddm:ink from="mood"/>'


def fills(layers: str) -> dict[str, str]:
    return {run.meta.id.rsplit("-", 2)[0]: run.fill for run in texts(result(layers).document)}


def test_a_groups_texts_get_one_ink() -> None:
    found = fills(LIGHT + stack(text("a", "title"), text("b", "tag"), inside=INK))
    assert found["a"] == found["b"]


def test_but_each_its_own_where_none_can_be_read_everywhere() -> None:
    layers = LIGHT + DARK + stack(text("a", "title"), text("b", "cta"), stack='gap="300px"', inside=INK)
    found = fills(layers)
    assert found["a"] != found["b"]


def test_a_text_may_have_an_ink_of_its_own() -> None:
    own = '<ddm:ink from="mood" role="deep" contrast="3"/>'
    found = result(LIGHT + stack(text("a", "title"), text("b", "tag", 60, own), inside=INK))
    assert origins(found, "b", "ink")[0].partition(": ")[2].startswith("deep")
    assert not origins(found, "a", "ink")[0].partition(": ")[2].startswith("deep")


def test_without_ink_the_fill_of_the_sample_stays() -> None:
    assert fills(stack(text("a", "title", attributes='fill="#123456"'))) == {"a": "#123456"}


def test_copy_that_cannot_be_read_is_refused_by_name() -> None:
    strong = '<ddm:ink from="mood" contrast="7"/>'
    with pytest.raises(Unfit, match="no ink for 'a' can be read there"):
        result(GREY + stack(text("a", "title"), inside=strong))


def test_a_scrim_makes_it_readable() -> None:
    strong = '<ddm:ink from="mood" contrast="7"/><ddm:scrim most="80%"/>'
    found = result(GREY + stack(text("a", "title"), inside=strong))
    assert named(found.document, "g-scrim").meta.role == "scrim"
    assert origins(found, "g", "scrim")


def test_also_under_a_text_alone() -> None:
    alone = '<ddm:ink from="mood" contrast="7"/><ddm:scrim most="80%"/>'
    assert named(result(GREY + text("t", "title", 60, alone)).document, "t-scrim").meta.role == "scrim"


def test_where_copy_reads_without_one_there_is_none() -> None:
    found = result(LIGHT + stack(text("a", "title"), inside=INK + '<ddm:scrim most="80%"/>'))
    assert origins(found, "g", "scrim") == []
