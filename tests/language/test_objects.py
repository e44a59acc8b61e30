"""Objects: what each kind may say, and what is found wrong in a declaration."""

import pytest

from ddm.language.expressions import parse
from ddm.language.kinds import OBJECTS
from ddm.language.objects import MAX_OBJECTS, MAX_WISHES
from ddm.language.template import Preference
from tests.support.templates import MOOD, PICTURE, SHOWN, compiled, found, told

NUMBER = '<ddm:number id="was" from="product.list_price"/>'

MISTAKES = [
    ("<ddm:imgae id='a'/>", "unknown-object", "unknown kind of object 'imgae'", "did you mean 'image'?"),
    ("<image id='a' xmlns='urn:other'/>", "unknown-object", "unknown kind of object 'image'", ""),
    ("<ddm:image/>", "missing", "this image has no id", 'such as id="hero"'),
    ("<ddm:image id='a'/><ddm:cutout id='a'/>", "wrong-id", "the object 'a' is declared twice", ""),
    ("<ddm:image id='a.b'/>", "wrong-id", "no object can be called 'a.b'", "take a new word"),
    ("<ddm:image id='subject'/>", "wrong-id", "no object can be called 'subject'", "take a new word"),  # subject.ratio
    (f"<ddm:image id='{'a' * 61}'/>", "wrong-id", "is too long for an id", "at most 60 characters"),
    ("<ddm:image id='a' wher='ratio ge 1'/>", "unknown-attribute", "image has no attribute 'wher'", "'where'?"),
    ("<ddm:image id='a'><ddm:copy/></ddm:image>", "wrong-place", "image holds nothing, but here it holds 'copy'", ""),
    ("<ddm:image id='a' where='raito ge 1'/>", "unknown-name", "unknown name 'raito' for material", "'ratio'?"),
    ("<ddm:image id='a' where='canvas.ratio ge 1'/>", "unknown-name", "unknown name 'canvas.ratio' for material", ""),
    ("<ddm:image id='a' where='ratio ge'/>", "wrong-condition", "cannot read the condition", "such as"),
    ("<ddm:image id='a' where='subject.cut = up'/>", "wrong-type", "not 'up'", ""),
    ("<ddm:image id='a' prefer='sharpness desc'/>", "unknown-name", "prefer: unknown name 'sharpness'", "'quality.sh"),
    ("<ddm:image id='a' prefer='subject.facing desc'/>", "wrong-type", "subject.facing is no number", "a condition"),
    ("<ddm:image id='a' prefer='ratio upwards'/>", "wrong-condition", "cannot read the condition 'ratio upwards'", ""),
    ("<ddm:image id='a' prefer='ratio desc 0'/>", "wrong-value", "a weight of 0 wishes nothing", ""),
    ("<ddm:image id='a' from='scene'/>", "wrong-value", "from: unknown 'scene'", "did you mean 'scenes'?"),
    ("<ddm:image id='a' from=' '/>", "wrong-value", "from names nothing", "or leave it out"),
    ("<ddm:image id='a' count='some'/>", "wrong-value", "count: 'some' is not a number of items", "such as 2..4"),
    ("<ddm:image id='a' count='3..2'/>", "wrong-value", "count: '3..2' is not a number of items", ""),
    ("<ddm:image id='a' count='2..13'/>", "wrong-value", "count: '2..13' is not a number of items", "at most 12"),
    (
        "<ddm:image id='a' against='b'/>",
        "unknown-reference",
        "against: no other image, cutout or logo is called 'b'",
        "",
    ),
    ("<ddm:image id='a' harmony='a'/>", "cycle", "harmony: 'a' cannot be related to itself", "name another object"),
    ("<ddm:copy id='a'/>", "missing", "copy needs 'from'", "product.title"),
    ("<ddm:copy id='a' from='product.titel'/>", "wrong-value", "from: unknown 'product.titel'", "'product.title'?"),
    ("<ddm:copy id='a' from='copy.cta' as='money'/>", "wrong-value", "as: unknown 'money'", "one of lower"),
    ("<ddm:copy id='a' from='copy.cta' max-chars='many'/>", "wrong-value", "max-chars: 'many' is not", '"24"'),
    ("<ddm:copy id='a' from='copy.cta' where='ratio ge 1'/>", "unknown-attribute", "copy has no attribute 'where'", ""),
    (PICTURE + "<ddm:copy id='a' from='copy.cta' of='photo'/>", "unknown-reference", "of: no object with a count", ""),
    ("<ddm:number id='a' from='product.title'/>", "wrong-value", "from: unknown 'product.title'", "product.price"),
    (
        "<ddm:number id='a' from='product.price' where='ratio ge 1'/>",
        "unknown-name",
        "'ratio' for a number",
        "one of value",
    ),
    ("<ddm:number id='a' from='product.price' where='value ge 9%'/>", "wrong-type", "plain numbers, not in %", ""),
    (
        "<ddm:number id='a' from='product.price product.reduction' where='value ge 1'/>",
        "wrong-type",
        "'value' would be a share of one source and a number of another",
        "declare a number for each",
    ),
    ("<ddm:palette id='a' of='phot'/>", "unknown-reference", "of: no other image, cutout or logo is called 'phot'", ""),
    ("<ddm:palette id='a'/>", "missing", "palette needs 'of'", "Whose colours"),
    (PICTURE + "<ddm:palette id='a' of='photo' region='middle'/>", "wrong-value", "region: unknown 'middle'", "one of"),
    (PICTURE + "<ddm:palette id='a' of='photo' harmony='loud'/>", "wrong-value", "harmony: unknown 'loud'", "one of"),
]


@pytest.mark.parametrize(("objects", "code", "what", "mend"), MISTAKES)
def test_a_mistake_is_found(objects: str, code: str, what: str, mend: str) -> None:
    (error,) = found(objects).errors
    assert (error.code, error.mark.file, error.mark.line) == (code, "t.svg", 2)
    assert what in error.what
    assert mend in error.mend


def test_a_picture_says_what_is_wanted() -> None:
    hero = compiled(
        '<ddm:cutout id="hero" where="ratio ge 1" from="product scenes" count="2..4"'
        ' prefer="quality.sharpness desc 2, scene.kind in {plain, studio}, text.area asc"/>'
    ).objects["hero"]
    assert (hero.kind, hero.source, str(hero.where)) == ("cutout", ("product", "scenes"), "ratio ge 1")
    assert (hero.count, hero.counted) == ((2, 4), True)
    assert hero.prefer == (
        Preference(None, "quality.sharpness", rising=False, weight=2),
        Preference(parse("scene.kind in {plain, studio}")),
        Preference(None, "text.area", rising=True),
    )


def test_pictures_may_be_related() -> None:
    template = compiled(
        '<ddm:cutout id="hero"/><ddm:image id="room" from="scenes" against="hero" light="hero" harmony="hero"/>'
        '<ddm:image id="detail" same-product="hero" other-than="hero"/>'
    )
    assert template.objects["room"].relations == {"against": "hero", "light": "hero", "harmony": "hero"}
    assert template.objects["detail"].relations == {"same-product": "hero", "other-than": "hero"}


def test_copy_says_how_it_is_written() -> None:
    line = compiled('<ddm:copy id="line" from="copy.tagline, product.title" max-chars="24" as="upper"/>').objects[
        "line"
    ]
    assert (line.source, line.max_chars, line.style) == (("copy.tagline", "product.title"), 24, "upper")


def test_a_number_has_a_condition_on_its_value() -> None:
    off = compiled('<ddm:number id="off" from="product.reduction" where="value ge 20%"/>').objects["off"]
    assert (off.kind, off.source, str(off.where)) == ("number", ("product.reduction",), "value ge 20%")


def test_a_palette_says_of_what_it_is() -> None:
    mood = compiled(PICTURE + '<ddm:palette id="mood" of="photo" region="subject" harmony="triadic"/>').objects["mood"]
    assert (mood.of, mood.region, mood.harmony) == ("photo", "subject", "triadic")


def test_copy_may_be_of_each_item() -> None:
    template = compiled('<ddm:cutout id="hero" count="3"/><ddm:copy id="name" from="product.title" of="hero"/>')
    assert template.objects["name"].of == "hero"


def test_defaults_of_a_picture() -> None:
    photo = compiled(PICTURE, SHOWN).objects["photo"]
    assert (photo.source, photo.where, photo.prefer, photo.count, photo.relations) == (
        ("product",),
        None,
        (),
        (1, 1),
        {},
    )
    assert [fallback.kind for fallback in photo.otherwise] == ["refuse"]


def test_logos_are_looked_for_among_logos() -> None:
    assert compiled('<ddm:logo id="mark"/>').objects["mark"].source == ("logos",)


def test_an_object_may_be_called_like_part_of_an_attribute() -> None:
    """scene.kind is of the layer's own picture, scene.ratio of the object called scene."""
    layer = '<image id="i" ddm:when="scene.kind = plain and scene.ratio ge 1"><ddm:select object="scene"/></image>'
    assert told('<ddm:image id="scene"/>', layer) == []


def test_an_object_that_nothing_uses_is_a_warning() -> None:
    (warning,) = found(PICTURE)
    assert (warning.code, warning.severity, warning.what) == ("unused", "warning", "the object 'photo' is never used")


@pytest.mark.parametrize(
    ("objects", "layer"),
    [
        (PICTURE, SHOWN),
        (PICTURE + MOOD, '<rect id="r"><ddm:recolour from="mood" role="soft"/></rect>'),  # its palette is used
        (PICTURE, '<rect id="r" ddm:when="photo.ratio ge 1"/>'),  # a condition asks of it
        (PICTURE + '<ddm:image id="b" against="photo"/>', '<image id="i"><ddm:select object="b"/></image>'),
        (NUMBER, '<text id="t">1<ddm:select object="was"/><ddm:format as="currency"/></text>'),
    ],
)
def test_what_uses_an_object(objects: str, layer: str) -> None:
    assert told(objects, layer) == []


def test_objects_have_a_limit() -> None:
    objects = "".join(f'<ddm:image id="a{n}"/>' for n in range(MAX_OBJECTS + 1))
    assert ("too-many", "<ddm:image") in told(objects)
    assert len(compiled(objects.removesuffix(f'<ddm:image id="a{MAX_OBJECTS}"/>')).objects) == MAX_OBJECTS


def test_wishes_have_a_limit() -> None:
    wishes = ", ".join(["ratio desc"] * (MAX_WISHES + 1))
    assert [e.what for e in found(f'<ddm:image id="a" prefer="{wishes}"/>').errors] == ["prefer: more than 16 wishes"]


@pytest.mark.parametrize("row", OBJECTS.values(), ids=list(OBJECTS))
def test_rows_of_the_table_are_sound(row) -> None:
    assert row.keys[0].name == "id"
    assert row.meaning.endswith(".")
    for key in row.keys:
        assert key.meaning.endswith(".")
        assert not (key.required and key.default)
