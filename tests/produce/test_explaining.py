"""Why a creative is as it is, or why there is none: complete as data, readable as text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ddm import templates
from ddm.formats import catalogue
from ddm.library import Library
from ddm.produce.explaining import Row, explain, look_up
from ddm.produce.telling import told
from ddm.produce.workshop import Workshop
from tests.support.materials import product, shelf
from tests.support.templates import MOOD, SHOWN, TITLE, compiled


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    """Two products, two pictures each, and one backdrop."""
    return Workshop(shelf(Library(tmp_path_factory.mktemp("library")), product("vase"), product("bowl")))


def explained(workshop: Workshop, objects: str, layers: str = SHOWN, format_: str = "square-800") -> Row:
    row = explain(workshop, compiled(objects, layers), workshop.library.product("vase"), catalogue.find(format_))
    assert json.loads(json.dumps(row)) == row  # plain data
    return row


def text(row: Row) -> str:
    return "\n".join(line.plain for line in told(row))


def test_each_object_has_its_winner_and_what_it_won_against(workshop: Workshop) -> None:
    row = explained(workshop, '<ddm:image id="photo" prefer="rank asc" where="width ge 100px"/>')
    photo = row["objects"]["photo"]
    assert row["made"]
    assert photo["of"] == 2
    assert len(photo["runners_up"]) == 1
    assert "width ge 100px holds" in photo["why"]
    assert "ranks 1 of 2" in text(row)


def test_what_a_condition_removed_is_counted(workshop: Workshop) -> None:
    row = explained(workshop, '<ddm:image id="photo" where="width ge 1300px"/>')
    assert row["objects"]["photo"]["removed"] == {"width ge 1300px": 1}
    assert "width ge 1300px removed 1 of 2" in text(row)


def test_relations_have_their_values(workshop: Workshop) -> None:
    objects = '<ddm:cutout id="photo"/><ddm:image id="wall" from="scenes" against="photo"/>'
    layers = '<image id="back"><ddm:select object="wall"/></image>' + SHOWN
    row = explained(workshop, objects, layers)
    (relation,) = row["relations"]
    assert (relation["object"], relation["relation"], relation["other"]) == ("wall", "against", "photo")
    assert "wall against photo" in text(row)


def test_each_value_has_its_origin(workshop: Workshop) -> None:
    row = explained(workshop, '<ddm:image id="photo"/>')
    assert {value["element"] for value in row["values"]} >= {"picture"}
    assert all(value["origin"] for value in row["values"])
    assert all(value["origin"] in text(row) for value in row["values"])


def test_every_binding_that_was_tried_is_told(workshop: Workshop) -> None:
    row = explained(workshop, '<ddm:image id="photo"/>')
    assert len(row["tried"]) == 2
    assert all("cost" in attempt or "refused" in attempt for attempt in row["tried"])


def test_where_nothing_matches_the_nearest_misses_are_named(workshop: Workshop) -> None:
    row = explained(workshop, '<ddm:image id="photo" where="text.area le 1% and width ge 1300px and ratio ge 3"/>')
    assert not row["made"]
    assert row["reason"].startswith("no image for 'photo': 0 of 2 (width ge 1300px removed 1, ratio ge 3 removed 1)")
    nearest = row["candidates"]["photo"]["nearest"]
    assert nearest[0]["failed"] == [{"condition": "ratio ge 3", "instead": "ratio is 1.4"}]
    assert len(nearest[1]["failed"]) == 2
    assert "ratio ge 3, but ratio is 1.4" in text(row)
    assert "cannot be made" in text(row)


def test_where_no_binding_fits_the_format_each_refusal_is_told(workshop: Workshop) -> None:
    unreadable = (
        '<g id="copy"><ddm:place left="40%" top="40%" width="4%" height="2%"/><ddm:stack/><ddm:ink from="mood"/>'
        '<text id="line" font-size="200">Sample<ddm:select object="title"/></text></g>'
    )
    row = explained(workshop, '<ddm:image id="photo"/>' + MOOD + TITLE, SHOWN + unreadable)
    assert not row["made"]
    assert [attempt["refused"] for attempt in row["tried"]]
    assert row["reason"] == row["tried"][0]["refused"]


def test_it_is_the_creative_that_would_be_made(workshop: Workshop) -> None:
    template, vase, format_ = templates.find("plinth"), workshop.library.product("vase"), catalogue.find("square-800")
    row = explain(workshop, template, vase, format_)
    made = workshop.make(template, vase, format_, measured=False)
    assert row["objects"]["hero"]["material"] == made.resolved.binding.choices["hero"].material.id  # type: ignore[union-attr]
    assert row["cost"] == round(made.resolved.cost, 4)


def test_a_finished_creative_is_looked_up_by_its_file() -> None:
    rows = [
        {"id": "a", "file": "creatives/a--t--f.jpg"},
        {"product": "b", "template": "t", "format": "f", "reason": "no"},
    ]
    assert look_up(Path("out/creatives/a--t--f.jpg"), rows) == {"made": True, **rows[0]}
    assert look_up(Path("b--t--f.jpg"), rows) == {"made": False, **rows[1]}
    assert look_up(Path("c--t--f.jpg"), rows) is None
