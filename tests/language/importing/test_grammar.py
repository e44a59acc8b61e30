"""`NAME | KIND; ARGUMENT; ARGUMENT`, with the tolerance that names written by hand need."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddm.language.importing import kinds
from ddm.language.importing.grammar import parse, slug
from ddm.language.importing.kinds import KINDS


@pytest.mark.parametrize(
    "name",
    [
        "hero | cutout; face left; shadow drop",
        "hero|cutout;face left;shadow drop",
        "  Hero  |  CUTOUT ;  face left ;; shadow drop ; ",
        "hero | cutout, face left, shadow drop",
        "hero: cutout; face left; shadow drop",
        "hero | cut-out face left; shadow drop",
        "hero | packshot；face left；shadow drop",
        "hero ｜ cutout; face left; shadow drop",
    ],
)
def test_ways_to_write_one_thing(name: str) -> None:
    label = parse(name)
    assert (label.name.lower(), label.kind, label.arguments) == ("hero", KINDS["cutout"], ("face left", "shadow drop"))


def test_a_kind_may_be_several_words() -> None:
    assert parse("before | list price; priority 5").kind is KINDS["was"]
    assert parse("before | ListPrice").kind is KINDS["was"]
    assert parse("stars | product.rating").kind is KINDS["rating"]


def test_a_condition_may_follow_the_kind() -> None:
    label = parse("banner | strip when ratio ge 6")
    assert (label.kind, label.arguments) == (KINDS["strip"], ("when ratio ge 6",))


def test_commas_of_a_set_stay() -> None:
    label = parse("words | stack; when format.id in {square-800, story-1080x1920}")
    assert label.arguments == ("when format.id in {square-800, story-1080x1920}",)


def test_arguments_may_stand_without_a_kind() -> None:
    label = parse("promo | when ratio ge 2; pin left")
    assert (label.kind, label.arguments, label.unknown) == (None, ("when ratio ge 2", "pin left"), "")


def test_what_is_no_kind_is_kept_to_be_told() -> None:
    assert parse("hero | cutuot; face left").unknown == "cutuot"


@pytest.mark.parametrize("name", ["Rectangle 3", "Sale: 20% off", "Shop now", "", "A quiet green"])
def test_a_name_without_a_bar_is_a_name(name: str) -> None:
    label = parse(name)
    assert (label.name, label.kind, label.said) == (name, None, False)


def test_a_name_that_is_a_kind_is_both() -> None:
    label = parse("Price")
    assert (label.name, label.kind, label.said) == ("Price", KINDS["price"], False)


@given(st.text(max_size=80))
def test_any_name_is_read(name: str) -> None:
    label = parse(name)
    assert len(label.arguments) <= 24


@given(st.text(max_size=80))
def test_ids_are_ids(name: str) -> None:
    found = slug(name)
    assert not found or re.fullmatch(r"[a-z][a-z0-9-]*", found)


def test_every_kind_offered_is_a_kind() -> None:
    assert all(word in KINDS for word in kinds.offered())
