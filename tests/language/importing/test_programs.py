"""A drawing of each program becomes a template that checks, and that resolves."""

import pytest

from ddm.errors import Unfit
from ddm.language.compile import compile_text
from ddm.language.template import Template
from tests.language.importing.drawing import PROGRAMS, call, program
from tests.support.resolving import resolved, texts


def compiled(name: str) -> Template:
    template, findings = compile_text(program(name).template, name, f"{name}.svg")
    assert findings == []
    return template


@pytest.mark.parametrize("name", PROGRAMS)
def test_the_template_is_without_findings(name: str) -> None:
    assert program(name).findings.errors == []
    assert compiled(name).title


@pytest.mark.parametrize("name", PROGRAMS)
def test_the_program_is_named(name: str) -> None:
    assert program(name).program.lower() == name


@pytest.mark.parametrize("name", PROGRAMS)
def test_nothing_of_the_program_is_left(name: str) -> None:
    text = program(name).template
    assert not [
        sign for sign in ("data:", "inkscape:", "sodipodi", "ENTITY", "_x7C_", "tspan", "url(", "C:") if sign in text
    ]


@pytest.mark.parametrize("name", PROGRAMS)
def test_it_resolves(name: str) -> None:
    made = resolved(compiled(name), "square-800")
    assert "Made for one stem" in " ".join(node.text for node in texts(made.document))


@pytest.mark.parametrize("name", ["inkscape", "illustrator"])
def test_it_resolves_as_a_banner(name: str) -> None:
    assert texts(resolved(compiled(name), "leader-728x90").document)


def test_a_photograph_that_fills_no_banner_is_refused_with_its_reason() -> None:
    with pytest.raises(Unfit, match="cannot be continued"):
        resolved(compiled("figma"), "leader-728x90")


def test_inkscape_names_layers_by_labels() -> None:
    template = compiled("inkscape")
    assert [layer.id for layer in template.layers] == ["paper", "disc", "hero-image", "words"]
    hero = template.layers[2]
    assert {"select", "place", "mirror", "shadow"} == {each.name for each in hero.calls}
    assert hero.attributes["href"] == "vase.png"
    assert template.objects["hero"].kind == "cutout"


def test_inkscape_leaves_hidden_layers_and_paths_out() -> None:
    told = [(f.mark.line, f.what) for f in program("inkscape").findings]
    assert any("'Notes for the client' is hidden" in what for _, what in told)
    assert any("'leaf' is left out" in what for _, what in told)


def test_figma_fills_rectangles_with_pictures() -> None:
    template, made = compiled("figma"), program("figma")
    photo = next(layer for layer in template.layers if layer.tag == "image")
    assert {key: photo.attributes[key] for key in ("x", "y", "width", "height")} == {
        "x": "40",
        "y": "40",
        "width": "1000",
        "height": "640",
    }
    assert list(made.pictures) == [photo.attributes["href"]] == ["sample/figma-1.png"]
    assert made.pictures["sample/figma-1.png"].startswith(b"\x89PNG")
    assert call(photo, "extend").parameters["most"] == 0.7


def test_figma_draws_a_button_as_a_text_on_a_shape() -> None:
    action = next(e for e in compiled("figma").elements() if e.id == "action-text")
    assert call(action, "badge").parameters["shape"] == "pill"


def test_figma_tells_of_effects_and_paths() -> None:
    told = [f.what for f in program("figma").findings]
    assert any("the filter of 'Star 1'" in what for what in told)
    assert any("a path is left out" in what for what in told)


def test_illustrator_escapes_its_names() -> None:
    template = compiled("illustrator")
    assert template.objects["hero"].kind == "cutout"
    assert call(template.layers[1], "mirror").when is not None


def test_illustrator_binds_variables_to_layers() -> None:
    objects = compiled("illustrator").objects
    assert objects["price"].source == ("product.price",)
    assert [fallback.kind for fallback in objects["sticker"].otherwise] == ["drop"]


def test_illustrator_tells_of_variables_that_mean_nothing_here() -> None:
    told = [f.what for f in program("illustrator").findings]
    assert any("'Sales' is left out" in what for what in told)
    assert any("'ShowGround' is left out" in what for what in told)
