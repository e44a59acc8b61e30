"""Declarations of wanted material: what they may say, and what is found wrong in them."""

import pytest

from ddm.language.expressions import parse
from ddm.language.template import Preference
from tests.support.templates import PICTURE, SHOWN, compiled, found

MISTAKES = [
    ("<ddm:imgae id='a'/>", "unknown kind of object 'imgae'", "did you mean 'image'?"),
    ("<image id='a' xmlns='urn:other'/>", "unknown kind of object 'image'", ""),
    ("<ddm:image/>", "this image has no id", 'such as id="hero"'),
    ("<ddm:image id='a'/><ddm:cutout id='a'/>", "the object 'a' is declared twice", ""),
    ("<ddm:image id='a.b'/>", "no object can be called 'a.b'", "take a new word"),
    ("<ddm:image id='subject'/>", "no object can be called 'subject'", "take a new word"),  # subject.ratio
    ("<ddm:image id='a' wher='ratio ge 1'/>", "image has no attribute 'wher'", "did you mean 'where'?"),
    ("<ddm:image id='a' where='raito ge 1'/>", "unknown name 'raito'", "did you mean 'ratio'?"),
    ("<ddm:image id='a' where='canvas.ratio ge 1'/>", "unknown name 'canvas.ratio' for material", ""),
    ("<ddm:image id='a' where='ratio ge'/>", "cannot read the condition", "such as"),
    ("<ddm:image id='a' where='subject.cut = up'/>", "not 'up'", ""),
    ("<ddm:image id='a' prefer='sharpness desc'/>", "prefer: unknown name 'sharpness'", "'quality.sharpness'"),
    ("<ddm:image id='a' prefer='subject.facing desc'/>", "subject.facing is no number", "prefer a condition"),
    ("<ddm:image id='a' prefer='ratio upwards'/>", "cannot read the condition 'ratio upwards'", ""),
    ("<ddm:image id='a' otherwise='ignore'/>", "otherwise: unknown 'ignore'", "one of drop, refuse"),
    ("<ddm:image id='a' from='scene'/>", "from: unknown 'scene'", "did you mean 'scenes'?"),
    ("<ddm:copy id='a'/>", "copy needs 'from'", "product.title"),
    ("<ddm:copy id='a' from='product.titel'/>", "from: unknown 'product.titel'", "did you mean 'product.title'?"),
    ("<ddm:copy id='a' from='copy.cta' as='money'/>", "as: unknown 'money'", ""),
    ("<ddm:copy id='a' from='copy.cta' max-chars='many'/>", "max-chars: 'many' is not a number", 'max-chars="24"'),
    ("<ddm:copy id='a' from='copy.cta' where='ratio ge 1'/>", "copy has no attribute 'where'", ""),
    ("<ddm:palette id='a' of='phot'/>", "no image or cutout is called 'phot'", ""),
    ("<ddm:palette id='a'/>", "no image or cutout is called ''", ""),
    (PICTURE + "<ddm:palette id='a' of='photo' region='middle'/>", "region: unknown 'middle'", "one of"),
]


@pytest.mark.parametrize(("objects", "what", "mend"), MISTAKES)
def test_a_mistake_is_found(objects: str, what: str, mend: str) -> None:
    (error,) = found(objects).errors
    assert what in error.what
    assert mend in error.mend
    assert (error.mark.file, error.mark.line) == ("t.svg", 2)


def test_a_declaration_says_what_is_wanted() -> None:
    template = compiled(
        '<ddm:cutout id="hero" where="ratio ge 1" otherwise="drop" from="product scenes"'
        ' prefer="quality.sharpness desc 2, scene.kind in {plain, studio}, text.area asc"/>'
        '<ddm:copy id="line" from="copy.tagline, product.title" max-chars="24" as="upper"/>'
        '<ddm:palette id="mood" of="hero" region="subject"/>'
    )
    hero, line, mood = template.objects.values()
    assert (hero.kind, hero.otherwise, hero.source, str(hero.where)) == (
        "cutout",
        "drop",
        ("product", "scenes"),
        "ratio ge 1",
    )
    assert hero.prefer == (
        Preference(None, "quality.sharpness", rising=False, weight=2),
        Preference(parse("scene.kind in {plain, studio}")),
        Preference(None, "text.area", rising=True),
    )
    assert (line.source, line.max_chars, line.style) == (("copy.tagline", "product.title"), 24, "upper")
    assert (mood.of, mood.region) == ("hero", "subject")


def test_defaults() -> None:
    photo = compiled(PICTURE, SHOWN).objects["photo"]
    assert (photo.source, photo.otherwise, photo.where, photo.prefer) == (("product",), "refuse", None, ())


def test_an_object_may_be_called_like_part_of_an_attribute() -> None:
    """scene.kind is of the layer's own picture, scene.ratio of the object called scene."""
    layer = '<image id="i" ddm:when="scene.kind = plain and scene.ratio ge 1"><ddm:select object="scene"/></image>'
    assert found('<ddm:image id="scene"/>', layer) == []
