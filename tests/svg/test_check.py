import pytest

from ddm.errors import InputError
from ddm.svg.check import check
from ddm.svg.parse import MAX_DEPTH, MAX_ELEMENTS
from ddm.svg.reader import read

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" width="100" height="80" viewBox="0 0 100 80"'
IMAGE = '<image x="0" y="0" width="9" height="9" preserveAspectRatio="none" href="{}"/>'


def svg(inner: str, extra: str = "") -> str:
    return f"{HEAD}{extra}>\n{inner}\n</svg>"


REFUSED = {
    "script": ("<script>1</script>", "<script> is no element"),
    "foreign element": ('<d:place xmlns:d="urn:d"/>', "is no element"),
    "handler": ('<rect x="0" y="0" width="1" height="1" onload="x()"/>', "no attribute onload"),
    "style": ('<rect x="0" y="0" width="1" height="1" style="fill:red"/>', "no attribute style"),
    "percentage": ('<rect x="0" y="0" width="100%" height="1"/>', "width='100%'"),
    "exponent": ('<rect x="1e99" y="0" width="1" height="1"/>', "x='1e99'"),
    "missing": ('<rect x="0" y="0" width="1"/>', "<rect> lacks height"),
    "stray text": ("hello", "characters in <svg>"),
    "tail text": ('<rect x="0" y="0" width="1" height="1"/>hello', "characters beside <rect>"),
    "dangling": ('<rect x="0" y="0" width="1" height="1" fill="url(#no)"/>', "refers to 'no'"),
    "twice": ('<g id="a"/><g id="a"/>', "id 'a' is used 2 times"),
    "misplaced": ('<stop offset="0" stop-color="#000000"/>', "<stop> stands in <svg>"),
    "path": ('<path d="M0 0 L1"/>', "path data cannot be read"),
    "nested text": ('<text x="0" y="0"><tspan/></text>', "<tspan> is no element"),
    "false mirror": (IMAGE.format('a.png" transform="matrix(-1 0 0 1 5 0)'), "no mirror"),
}


@pytest.mark.parametrize(("inner", "told"), REFUSED.values(), ids=REFUSED.keys())
def test_refused_and_named(inner, told):
    for door in (check, read):
        with pytest.raises(InputError, match=r"line [12]") as caught:
            door(svg(inner))
        assert told in str(caught.value)


@pytest.mark.parametrize(
    "href",
    [
        "http://a/b.png", "//a/b.png", "/etc/passwd", "data:image/png;base64,AA", "file:a.png", "a/../b.png", "..",
        "a\\b.png", "%2e%2e/a.png", "a.png?x", "a.png#x", "", "./a.png", "a//b.png", "a/..",
    ],
)  # fmt: skip
def test_href_outside_is_refused(href):
    with pytest.raises(InputError, match="href"):
        check(svg(IMAGE.format(href)))


@pytest.mark.parametrize("href", ["a.png", "pixels/ab/cd.webp", "../../library/pixels/ab/cd.webp", "..a/b.jpg"])
def test_href_inside_is_allowed(href):
    check(svg(IMAGE.format(href)))


def test_every_violation_is_in_the_one_error():
    with pytest.raises(InputError) as caught:
        check(svg("<script/>\n<a/>\n<use/>"), "bad.svg")
    assert all(part in str(caught.value) for part in ("bad.svg:2", "line 2", "line 3", "line 4", "<a>", "<use>"))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("<svg", "not well-formed"),
        ("", "not well-formed"),
        ('<!DOCTYPE svg [<!ENTITY a "b">]><svg/>', "entities are not read"),
        ("<html/>", "root is"),
        ("<svg/>", "root is"),
        ("\ud800", "not Unicode"),
        (svg("<g/>" * (MAX_ELEMENTS + 1)), "more than"),
        (svg("<g>" * (MAX_DEPTH + 1) + "</g>" * (MAX_DEPTH + 1)), "nested deeper"),
        (HEAD.replace('"100"', '"9000"').replace("0 0 100", "0 0 9000") + "/>", "at most"),
        (HEAD.replace("0 0 100 80", "0 0 50 40") + "/>", "viewBox"),
        (svg("x" * 5_000_000), "bytes of SVG"),
    ],
)
def test_hostile_documents_are_input_errors(text, told):
    with pytest.raises(InputError, match=told):
        read(text)
