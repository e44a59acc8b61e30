"""What a person called a layer, out of how each program writes it down."""

import pytest

from ddm.language.importing.names import decoded, made_up, name_of
from ddm.language.source import Mark, SourceElement

INKSCAPE = "http://www.inkscape.org/namespaces/inkscape label"


@pytest.mark.parametrize(
    ("id_", "name"),
    [
        ("hero_x20__x7C__x20_cutout_x3B__x20_face_x20_left_1_", "hero | cutout; face left"),
        ("hero__x7C__cutout_x3B__face_left", "hero | cutout; face left"),
        ("t_x7C_l_x3B_c_4_", "t|l;c"),
        ("snow_x5F_ball__x7C__cutout", "snow_ball | cutout"),
        ("price_12_", "price"),
        ("snow_ball", "snow_ball"),
        ("_x6807__x9898_", "标题"),
        ("bad_xD800_", "bad "),
    ],
)
def test_illustrator_is_decoded(id_: str, name: str) -> None:
    assert decoded(id_) == name


def element(**attributes: str) -> SourceElement:
    return SourceElement("", "g", {k.replace("__", "-"): v for k, v in attributes.items()}, Mark("t", 1, 1))


def test_a_label_goes_before_an_id() -> None:
    layer = element(id="g12")
    layer.attributes[INKSCAPE] = "  hero |\n cutout "
    assert name_of(layer, {}) == "hero | cutout"


def test_a_name_beside_the_id_is_the_name() -> None:
    assert name_of(element(id="hero-cutout", data__name="hero | cutout"), {}) == "hero | cutout"


def test_figma_counts_layers_of_one_name() -> None:
    first = element(id="hero | cutout")
    assert name_of(element(id="hero | cutout_2"), {"hero | cutout": first}) == "hero | cutout"
    assert name_of(element(id="offer_2"), {}) == "offer_2"


@pytest.mark.parametrize("name", ["g1234", "Layer_1", "Rectangle 3", "Group 12", "XMLID_7_", "path-2", "", "Frame 1"])
def test_names_that_programs_make(name: str) -> None:
    assert made_up(name)


@pytest.mark.parametrize("name", ["hero", "Rectangle of gold", "price 2 go"])
def test_names_that_people_make(name: str) -> None:
    assert not made_up(name)
