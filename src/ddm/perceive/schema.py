"""The vocabulary of perception: every attribute of a material that a condition may name.

The version changes with any name, type or meaning; the library stores it beside each record.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from ddm.acquire.product import ROLES

VERSION = 3

Value: TypeAlias = float | str | bool | frozenset[str]
Kind: TypeAlias = Literal["share", "number", "pixels", "degrees", "word", "words", "text", "flag"]

SIDES = ("left", "top", "right", "bottom")
BORDERS = ("flat", "gradient", "texture", "complex")
SCENES = ("plain", "studio", "flat-lay", "indoor", "outdoor", "on-model")
HARMONIES = ("neutral", "monochrome", "analogous", "complementary", "triadic", "mixed")
CELLS = tuple(f"grid-{number}" for number in range(1, 10))
REGIONS = ("whole", "subject", "background", *CELLS, *SIDES)
"""Parts of a picture whose colours are known: the ninths run row by row from the left top, the sides are strips."""
CATEGORIES = (
    *("apparel", "footwear", "bag", "jewellery", "beauty", "furniture", "home", "kitchen", "food", "plant", "animal"),
    *("electronics", "appliance", "toy", "sport", "vehicle", "tool", "stationery", "instrument", "other"),
)


@dataclass(frozen=True, slots=True)
class Attribute:
    """name: dotted. kind: share is 0..1, written in conditions as a percentage; words is a set drawn from `choices`.

    low, high: the range of a numeric kind.
    """

    name: str
    kind: Kind
    meaning: str
    low: float = 0.0
    high: float = 1.0
    choices: tuple[str, ...] = ()


_ROWS = (
    Attribute("width", "pixels", "Width of the picture.", 1, 65536),
    Attribute("height", "pixels", "Height of the picture.", 1, 65536),
    Attribute("ratio", "number", "Width over height of the picture.", 0, 1000),
    Attribute("role", "word", "Whether it shows a product, is a backdrop, or a brand's mark.", choices=ROLES),
    Attribute("rank", "number", "Place in the product's gallery, 0 is the main picture.", 0, 1000),
    Attribute("scene.kind", "word", "What surrounds the subject.", choices=SCENES),
    Attribute("scene.sure", "share", "How sure that is."),
    Attribute("scene.shows", "text", "What is seen: the likeliest things, in English, commas between."),
    Attribute("class.name", "text", "Most likely ImageNet class, in English."),
    Attribute("class.score", "share", "Probability of that class."),
    Attribute("subject.count", "number", "Separate subjects in the matte.", 0, 100),
    Attribute("subject.area", "share", "Part of the picture that the subject's matte covers."),
    Attribute("subject.left", "share", "Left edge of the subject's box."),
    Attribute("subject.top", "share", "Top edge of the subject's box."),
    Attribute("subject.right", "share", "Right edge of the subject's box."),
    Attribute("subject.bottom", "share", "Bottom edge of the subject's box."),
    Attribute("subject.ratio", "number", "Width over height of the subject's box, in pixels.", 0, 1000),
    Attribute("subject.cut", "words", "Sides of the picture that cut the subject.", choices=SIDES),
    Attribute("subject.x", "share", "Centre of the subject's mass across the picture."),
    Attribute("subject.y", "share", "Centre of the subject's mass down the picture."),
    Attribute("subject.category", "word", "What sort of goods the subject is.", choices=CATEGORIES),
    Attribute("subject.category_sure", "share", "How sure that is."),
    Attribute("subject.facing_sure", "share", "How sure it is where the subject faces."),
    Attribute("subject.facing", "word", "Where the subject looks or points.", choices=("left", "front", "right")),
    Attribute("matte.quality", "share", "How good the matte is likely to be: overlap (IoU) with the true one."),
    Attribute("matte.usable", "flag", "Whether it may be cut out: its matte is likely enough to be right."),
    Attribute("text.sure", "share", "Mean score of the lines that were read; 1 where there is none."),
    Attribute("text.count", "number", "Lines of text that were read.", 0, 1000),
    Attribute("text.area", "share", "Part of the picture that text boxes cover."),
    Attribute("text.content", "text", "The text that was read, lines joined by spaces."),
    Attribute("face.sure", "share", "Mean score of the faces; 1 where there is none."),
    Attribute("person.count", "number", "Persons.", 0, 1000),
    Attribute("person.area", "share", "Part of the picture that the boxes of persons cover."),
    Attribute("object.count", "number", "Objects of a known class.", 0, 1000),
    Attribute("logo.count", "number", "Brand marks that lie over the picture.", 0, 1000),
    Attribute("logo.area", "share", "Part of the picture that they cover."),
    Attribute("face.count", "number", "Faces.", 0, 1000),
    Attribute("face.area", "share", "Part of the picture that faces cover."),
    Attribute("calm.area", "share", "Part of the picture that is calm enough to carry copy."),
    Attribute("calm.largest", "share", "Part of the picture that the largest calm rectangle covers."),
    Attribute("border.sure", "share", "How sure the four borders are what they are taken for: the least of them."),
    Attribute("border.left", "word", "What the left border looks like.", choices=BORDERS),
    Attribute("border.top", "word", "What the top border looks like.", choices=BORDERS),
    Attribute("border.right", "word", "What the right border looks like.", choices=BORDERS),
    Attribute("border.bottom", "word", "What the bottom border looks like.", choices=BORDERS),
    Attribute("colour.lightness", "share", "Mean OKLab lightness of the whole picture."),
    Attribute("colour.chroma", "number", "Mean OKLab chroma of the whole picture.", 0, 0.5),
    Attribute("colour.temperature", "number", "Warm (positive) against cool: mean OKLab a + b.", -1, 1),
    Attribute("colour.colourfulness", "number", "Spread of its colours (Hasler and Suesstrunk), 0 grey.", 0, 300),
    Attribute("colour.harmony", "word", "How the main hues stand to one another.", choices=HARMONIES),
    Attribute("background.chroma", "number", "Mean OKLab chroma outside the subject.", 0, 0.5),
    Attribute("background.lightness", "share", "Mean OKLab lightness outside the subject."),
    Attribute("subject.lightness", "share", "Mean OKLab lightness of the subject."),
    Attribute("subject.chroma", "number", "Mean OKLab chroma of the subject.", 0, 0.5),
    Attribute("subject.hue", "degrees", "OKLCH hue of the subject's most vivid main colour.", 0, 360),
    Attribute(
        "light.side", "word", "Where the light comes from; front where unsure.", choices=("left", "front", "right")
    ),
    Attribute("light.direction", "degrees", "Where the light comes from, by the clock: 0 above, 90 right.", 0, 360),
    Attribute("light.softness", "share", "0 the hard shadow of a small lamp, 1 none to be seen."),
    Attribute("light.sure", "share", "How sure direction and softness are."),
    Attribute("quality.noise", "share", "Grain: its deviation in flat parts, 1 is a tenth of the range of lightness."),
    Attribute("quality.jpeg", "share", "Blocking that JPEG left, 0 none."),
    Attribute("quality.upscaled", "share", "How far it has more pixels than detail, 0 not at all."),
    Attribute("quality.watermark", "share", "How likely a watermark lies over it."),
    Attribute("quality.collage", "share", "How likely it was joined from several pictures."),
    Attribute("quality.unsafe", "share", "How likely it is unfit for general audiences."),
    Attribute("fingerprint", "text", "Perceptual hash, 64 bits in hexadecimal: alike for pictures that look alike."),
    Attribute("quality.sharpness", "share", "Sharpness of the subject, 0 blurred to 1 crisp."),
    Attribute("quality.exposure", "share", "Share of pixels neither crushed nor blown out."),
)

ATTRIBUTES: dict[str, Attribute] = {row.name: row for row in _ROWS}
