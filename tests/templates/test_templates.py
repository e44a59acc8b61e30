"""The shipped templates: right in every word, real SVG for any viewer, and for every format that is made unasked."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from functools import cache
from pathlib import Path

import pytest

from ddm import templates
from ddm.errors import InputError, Unfit
from ddm.formats.catalogue import find
from ddm.formats.choose import chosen
from ddm.language.compile import compile_text
from ddm.language.vocabulary import NAMESPACE, SVG
from ddm.perceive.perception import Perception
from tests.support.materials import BOWL, TEAL, TERRACOTTA, Look, backdrop, material, product
from tests.support.resolving import images, resolved, texts

SHIPPED = templates.shipped()
OTHER = material("o", "jug", look=Look(fill=TEAL, band=TERRACOTTA))
FRIENDLY = [material(look=Look(1800, 1800, BOWL)), backdrop().perception, OTHER]
GREY = Look(1800, 1800, subject=BOWL, ground="#eeeeee", fill="#555555", band="#999999")
DARK = Look(1800, 1800, subject=BOWL, ground="#1c1a22", fill="#c8b27a", band="#77502a")

VIEWERS = {"svg", "title", "desc", "image", "text", "rect", "circle", "ellipse", "g", "switch"}


@pytest.mark.parametrize("path", SHIPPED.values(), ids=list(SHIPPED))
def test_nothing_is_wrong_with_it(path: Path) -> None:
    assert [str(finding) for finding in compile_text(path.read_text("utf-8"), path.stem, path.name)[1]] == []


@pytest.mark.parametrize("path", SHIPPED.values(), ids=list(SHIPPED))
def test_a_viewer_sees_plain_svg_with_a_sample(path: Path) -> None:
    root = ElementTree.parse(path).getroot()
    assert root.tag == f"{{{SVG}}}svg"
    for element in root.iter():
        space, _, name = element.tag[1:].partition("}")
        assert space in (SVG, NAMESPACE), "no other namespace"
        assert space == NAMESPACE or name in VIEWERS
        assert all(key.startswith(f"{{{NAMESPACE}}}") or "{" not in key for key in element.attrib)
        if href := element.get("href"):
            assert (path.parent / href).is_file(), f"{href} is shown by a viewer"
    assert "url(" not in path.read_text("utf-8")


@pytest.mark.parametrize("path", SHIPPED.values(), ids=list(SHIPPED))
def test_its_words_say_what_it_is(path: Path) -> None:
    template = templates.find(path.stem)
    assert template.id == path.stem
    assert template.title
    assert template.description.endswith(".")
    assert len({t.description for t in map(templates.find, SHIPPED)}) == len(SHIPPED), "each is another idea"


@cache
def claimed(name: str) -> tuple[str, ...]:
    """The formats that are made unasked, as far as the template claims their ratios."""
    low, high = templates.find(name).ratios
    return tuple(row.id for row in chosen() if low <= row.ratio <= high)


@pytest.mark.parametrize(("name", "format_"), [(name, row) for name in SHIPPED for row in claimed(name)])
def test_it_serves_what_it_claims(name: str, format_: str) -> None:
    document = resolved(templates.find(name), format_, FRIENDLY).document
    assert texts(document), "with copy"
    assert images(document), "and a picture"


@pytest.mark.parametrize("name", SHIPPED)
def test_it_speaks_chinese(name: str) -> None:
    chinese = product(
        title="素烧陶土花瓶", language="zh-CN", copy={"tagline": "只为一枝花", "cta": "立即购买", "badge": "新品"}
    )
    for format_ in claimed(name):
        found = {run.family for run in texts(resolved(templates.find(name), format_, FRIENDLY, chinese).document)}
        assert any(family.endswith("CJK SC") for family in found)


EIGHT = ("window", "plinth", "split", "room", "offer", "air", "arch", "card")


@pytest.mark.parametrize("name", EIGHT)
@pytest.mark.parametrize("format_", ["merchant-1500x1500", "taobao-white-800x800", "amazon-sponsored-1200x628"])
def test_it_says_nothing_where_the_host_wants_no_words(name: str, format_: str) -> None:
    document = resolved(templates.find(name), format_, FRIENDLY).document
    assert not texts(document)
    assert images(document)


@pytest.mark.parametrize("name", EIGHT)
@pytest.mark.parametrize("format_", ["dable-1200x1200", "dable-master-1600x1200", "sky-160x600", "iab-button-120x60"])
def test_its_type_is_as_large_as_the_host_asks(name: str, format_: str) -> None:
    document = resolved(templates.find(name), format_, FRIENDLY).document
    assert min(run.size for run in texts(document)) >= find(format_).min_text - 0.01


def served(name: str, pool: list[Perception], **changes: object) -> int:
    """How many formats it serves."""
    count = 0
    for format_ in claimed(name):
        try:
            resolved(templates.find(name), format_, pool, product(**changes))
        except Unfit:
            continue
        count += 1
    return count


@pytest.mark.parametrize("look", [GREY, DARK], ids=["grey", "dark"])
@pytest.mark.parametrize("name", SHIPPED)
def test_it_serves_most_formats_with_other_colours(name: str, look: Look) -> None:
    assert served(name, [material(look=look), *FRIENDLY[1:]]) >= len(claimed(name)) - 2


@pytest.mark.parametrize("name", SHIPPED)
def test_it_serves_most_formats_with_the_title_alone(name: str) -> None:
    """A template about a reduction has nothing to say without one: it refuses, and says so."""
    bare = {"price": None, "list_price": None, "copy": {}}
    try:
        resolved(templates.find(name), "square-800", FRIENDLY, product(**bare))
    except Unfit as reason:
        assert "no copy for" in reason.what  # noqa: PT017
        return
    assert served(name, FRIENDLY, **bare) >= len(claimed(name)) - 1


# ------------------------------------------------------------------------------------------------ finding them


def test_found_by_id_or_file(tmp_path: Path) -> None:
    name, path = next(iter(SHIPPED.items()))
    assert templates.find(name).id == name
    copy = tmp_path / "mine.svg"
    copy.write_text(path.read_text("utf-8"), "utf-8")
    assert templates.find(str(copy)).id == "mine"


def test_an_edited_file_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "mine.svg"
    path.write_text(f'<svg xmlns="{SVG}" viewBox="0 0 8 8"><title>One</title></svg>')
    assert templates.find(str(path)).title == "One"
    path.write_text(f'<svg xmlns="{SVG}" viewBox="0 0 8 8"><title>Another</title></svg>')
    assert templates.find(str(path)).title == "Another"


def test_an_unknown_name_has_its_nearest() -> None:
    with pytest.raises(InputError, match="there is no template 'plint'") as caught:
        templates.find("plint")
    assert caught.value.mend == "did you mean 'plinth'?"
