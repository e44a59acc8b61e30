"""A drawing is a stranger's: it is read within limits, and reaches for nothing outside."""

import base64
from xml.sax.saxutils import quoteattr

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddm.errors import InputError
from ddm.language.importing import door, pictures
from ddm.language.importing.context import MAX_DRAWN
from ddm.language.importing.door import MAX_DEPTH, MAX_ELEMENTS, MAX_ENTITIES, MAX_ENTITY, read
from ddm.language.importing.template import import_drawing
from tests.language.importing.drawing import HERO, OPEN, imported, said

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">'


def typed(declarations: str, body: str = "<svg/>") -> str:
    return f"<!DOCTYPE svg [{declarations}]>{body}"


def test_internal_entities_are_resolved() -> None:
    drawing = read(typed('<!ENTITY ns "http://www.w3.org/2000/svg">', '<svg xmlns="&ns;" id="&ns;"/>'))
    assert (drawing.root.space, drawing.root.attributes["id"]) == ("http://www.w3.org/2000/svg",) * 2


@pytest.mark.parametrize(
    ("declarations", "told"),
    [
        ('<!ENTITY x SYSTEM "file:///etc/passwd">', "outside the file"),
        ('<!ENTITY x PUBLIC "a" "http://a.example/b">', "outside the file"),
        ('<!ENTITY % x "y">', "outside the file"),
        ('<!ENTITY % x SYSTEM "http://a.example/b"> %x;', "outside the file"),
        ('<!ENTITY a "ha"><!ENTITY b "&a;&a;">', "holds another"),
        (f'<!ENTITY a "{"x" * (MAX_ENTITY + 1)}">', "limited"),
        ("".join(f'<!ENTITY e{n} "x">' for n in range(MAX_ENTITIES + 1)), "limited"),
    ],
)
def test_other_entities_are_refused(declarations: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        read(typed(declarations))


def test_an_entity_that_nobody_declared_is_refused() -> None:
    body = "<svg>&nbsp;</svg>"
    with pytest.raises(InputError, match="'&nbsp;' is not declared"):
        read(f'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/svg11.dtd" []>{body}')
    with pytest.raises(InputError, match="undefined entity"):
        read(body)


def test_what_entities_come_to_is_limited() -> None:
    with pytest.raises(InputError, match="come to more"):
        read(typed(f'<!ENTITY a "{"x" * 200}">', f"<svg>{'&a;' * 2000}</svg>"))


def test_an_external_subset_is_never_fetched() -> None:
    assert read('<!DOCTYPE svg SYSTEM "http://a.example/never.dtd"><svg/>').root.name == "svg"


def nested(depth: int) -> str:
    return "<g>" * depth + "</g>" * depth


def many(count: int) -> str:
    return "<g>" + "<b/>" * (count - 1) + "</g>"


@pytest.mark.parametrize(("make", "limit"), [(nested, MAX_DEPTH), (many, MAX_ELEMENTS)])
def test_limits_hold_exactly(make, limit: int) -> None:
    read(make(limit))
    with pytest.raises(InputError, match=f"{limit}"):
        read(make(limit + 1))


def test_bytes_are_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "MAX_BYTES", 20)
    with pytest.raises(InputError, match="larger than 20 bytes"):
        read("<svg>" + "x" * 20 + "</svg>")


def test_errors_have_their_place() -> None:
    with pytest.raises(InputError, match="mismatched tag") as caught:
        read("<a>\n <b></a>", "f.svg")
    assert caught.value.where == "f.svg:2:7"


def test_clones_of_clones_are_limited() -> None:
    doubled = "".join(f'<g id="g{n + 1}">' + f'<use href="#g{n}"/>' * 10 + "</g>" for n in range(5))
    with pytest.raises(InputError, match=f"more than {MAX_DRAWN:,}"):
        import_drawing(f'{SVG}<defs><g id="g0"><rect width="1" height="1"/></g></defs>{doubled}</svg>')


def test_a_clone_of_itself_ends() -> None:
    assert any("refers to nothing, or to itself" in line for line in said('<g id="a"><use href="#a"/></g>'))


def test_a_drawing_without_a_size_is_refused() -> None:
    with pytest.raises(InputError, match="has no size"):
        import_drawing('<svg xmlns="http://www.w3.org/2000/svg"/>')


@pytest.mark.parametrize("body", ["<script>alert(1)</script>", '<foreignObject><p xmlns="x">hi</p></foreignObject>'])
def test_what_is_no_drawing_is_left_out(body: str) -> None:
    made = imported(body)
    assert "alert" not in made.template
    assert "hi" not in made.template
    assert made.findings


def test_words_of_a_name_do_not_become_markup() -> None:
    made = imported(HERO + '<text id="&quot;/>&lt;x | title" x="1" y="9" font-size="9">&lt;b&gt;&amp;&quot;</text>')
    assert "<b>" not in made.template
    assert "<x" not in made.template


# ------------------------------------------------------------------------------------------------ pictures

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40


def picture(href: str) -> str:
    return f'<image id="hero | cutout" width="300" height="300" xlink:href="{href}"/>'


def data(body: bytes, kind: str = "png") -> str:
    return f"data:image/{kind};base64,{base64.b64encode(body).decode()}"


def test_embedded_pictures_become_files() -> None:
    made = imported(picture(data(PNG)) + picture(data(PNG)) + picture(data(b"\xff\xd8\xff" + b"1" * 9, "jpeg")))
    assert {path: body[:3] for path, body in made.pictures.items()} == {
        "sample/t-1.png": b"\x89PN",
        "sample/t-2.jpg": b"\xff\xd8\xff",
    }


@pytest.mark.parametrize(
    ("href", "told"),
    [
        (data(b"GIF89a"), "neither PNG nor JPEG"),
        (data(b"<svg onload='x'/>", "svg+xml"), "neither PNG nor JPEG"),
        ("data:image/png,abc", "not in base64"),
        ("data:image/png;base64,@@@@", "neither PNG nor JPEG"),
        ("http://a.example/b.png", "is left out"),
        ("file:///etc/passwd", "is left out"),
        ("javascript:alert(1)", "is left out"),
        ("/etc/passwd", "is left out"),
        ("C:\\\\pictures\\\\a.png", "is left out"),
    ],
)
def test_other_pictures_are_left_out(href: str, told: str) -> None:
    made = imported(picture(href))
    assert any(told in finding.what for finding in made.findings)
    assert "href" not in made.template.replace("xlink", "")


def test_large_pictures_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "MAX_PICTURE", 20)
    assert any("larger than 20 bytes" in line for line in said(picture(data(PNG))))


def test_a_link_beside_the_drawing_is_kept() -> None:
    assert 'href="pictures/vase.png"' in imported(picture("pictures/vase.png")).template


# ------------------------------------------------------------------------------------------------ anything at all

NAMES = st.text("hero|cutout;:face left shadow=%,$0123title stack when ratio ge{}()#\"'éß标题_", max_size=60)


@given(st.lists(st.tuples(st.sampled_from(["rect", "image", "text", "g", "circle"]), NAMES), max_size=5))
def test_any_names_make_a_template_or_findings(rows: list[tuple[str, str]]) -> None:
    extent = 'x="5" y="50" width="70" height="60" r="9"'
    layers = "".join(f"<{tag} id={quoteattr(name)} {extent}>A</{tag}>" for tag, name in rows)
    made = import_drawing(f"{OPEN}{layers}</svg>", "t", "t.svg")
    assert made.template.startswith("<svg")
    assert all(finding.mark.file == "t.svg" for finding in made.findings)
