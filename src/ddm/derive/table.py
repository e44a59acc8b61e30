"""The table of derivations: pixels made from one material on request, by name and parameters.

Each row is pure: the same material and parameters give the same pixels. Rows with a `change` may also stand before
another: `settled` turns such a question into one chain of steps, and `Changed` is what the last step then works on.
"""

from __future__ import annotations

import numpy as np

from ddm.derive.change import Change, View
from ddm.derive.derivation import Changed, Derivation, Layer, Parameter, Source
from ddm.derive.erasing.erase import WHAT, erased
from ddm.derive.extension import extend
from ddm.derive.fitting import fitted as fitting
from ddm.derive.fitting import toning
from ddm.derive.fitting.relight import relit
from ddm.derive.outline import outline
from ddm.derive.shading import shadow
from ddm.derive.shading.baked import baked, kept, unshadowed
from ddm.derive.shading.reflection import reflection
from ddm.errors import InputError, Unfit
from ddm.perceive import pixels as px
from ddm.perceive.cutout import Cutout
from ddm.perceive.perception import MOST_STEPS, Params, Steps
from ddm.perceive.pixels import Bytes
from ddm.perceive.schema import SIDES

__all__ = ["TABLE", "Changed", "Derivation", "Layer", "Parameter", "Source", "derivation", "settled"]

FIRST = "6"
"""Revision of the oldest rows."""
OWN = "own"
"""The kind of shadow that is no reckoning: the photograph's."""
FARTHEST = 8192
"""Most pixels a side may be grown by, and the longer side of the outcome: four times the largest picture kept."""


def _change(name: str, change: Change, meaning: str, *parameters: Parameter, revision: str = "1") -> Derivation:
    """A row that changes pixels and keeps their place."""

    def make(source: Source, params: Params) -> Layer:
        return Layer(change(View(source.perception, source.pixels, source.matte), params))

    return Derivation(name, make, meaning, parameters, change=change, revision=revision)


def _picture(source: Source, _: Params) -> Layer:
    return Layer(source.pixels)


def _subject(source: Source) -> Cutout:
    found = source.cutout
    if not found.pixels[..., 3].any():
        raise Unfit("no subject was found in this picture")
    return found


def _cutout(source: Source, _: Params) -> Layer:
    found = _subject(source)
    return Layer(found.pixels, found.x, found.y)


def _outline(source: Source, params: Params) -> Layer:
    found = _subject(source)
    plate, room = outline(found.pixels[..., 3], float(params["width"]), str(params["colour"]))
    return Layer(plate, found.x - room, found.y - room)


def _reflection(source: Source, params: Params) -> Layer:
    found = _subject(source)
    mirrored, top = reflection(found.pixels, float(params["strength"]), float(params["length"]), _cut(source))
    return Layer(mirrored, found.x, found.y + top)


def _cut(source: Source) -> frozenset[str]:
    """Sides of the picture that cut the subject."""
    found = source.perception.attributes["subject.cut"]
    assert isinstance(found, frozenset)
    return found


def _shadow(source: Source, params: Params) -> Layer:
    found = _subject(source)
    own = _own_shadow(source, params) if params["kind"] == OWN else None
    if own is not None:
        return own
    light = shadow.Light(*(float(params[n]) for n in ("direction", "height", "softness")))
    kind = "contact" if params["kind"] == OWN else str(params["kind"])
    wish = shadow.Wish(kind, float(params["strength"]), str(params["colour"]))
    made = shadow.shadow(found.pixels[..., 3], found.x, found.y, wish, light, _cut(source))
    return Layer(made.pixels, made.x, made.y, made.scale)


def _own_shadow(source: Source, params: Params) -> Layer | None:
    """The photograph's, where it shows one."""
    seen = baked(source.pixels, source.matte.astype(np.float32) / 255)
    if not seen.there:
        return None
    made = shadow.cropped(kept(seen, float(params["strength"])), str(params["colour"]), 0, 0, seen.scale)
    return Layer(made.pixels, made.x, made.y, made.scale)


def _extended(source: Source, params: Params) -> Layer:
    growth = {side: round(float(params[side])) for side in SIDES}
    attributes = source.perception.attributes
    kinds = {side: str(attributes[f"border.{side}"]) for side in SIDES}
    scene = attributes["role"] == "scene"  # nothing in a backdrop is a subject that must stay whole
    height, width = source.pixels.shape[:2]
    scale = float(params["scale"])
    if max(height + growth["top"] + growth["bottom"], width + growth["left"] + growth["right"]) * scale > FARTHEST:
        raise Unfit(f"the grown picture would be larger than {FARTHEST} pixels")
    extend.check(width, height, kinds, frozenset() if scene else _cut(source), growth)
    pixels, matte = (_scaled(p, scale) for p in (source.pixels, source.matte))
    coverage = matte.astype(np.float32) / 255 * (not scene)
    small = {side: round(n * scale) for side, n in growth.items()}
    extend.check_border(pixels, coverage, kinds, small)
    shown = pixels.shape[1] / width
    return Layer(extend.extended(pixels, coverage, kinds, small), -small["left"] / shown, -small["top"] / shown, shown)


def _scaled(pixels: Bytes, scale: float) -> Bytes:
    height, width = pixels.shape[:2]
    return pixels if scale == 1 else px.resize(pixels, round(width * scale), round(height * scale))


def _soft(view: View, params: Params) -> Bytes:
    """As `_blurred`, at full size; of a subject alone its own colours only."""
    sigma = float(params["sigma"]) / 100 * max(view.perception.size)
    weight = view.shown[..., None]
    spread = np.maximum(px.blur(view.shown, sigma), 1e-3)[..., None]
    soft: Bytes = np.clip(px.blur(view.pixels * weight, sigma) / spread + 0.5, 0, 255).astype(np.uint8)
    return soft


def _blurred(source: Source, params: Params) -> Layer:
    """Wide blurs are stored at half size: the eye cannot tell."""
    height, width = source.pixels.shape[:2]
    sigma = float(params["sigma"]) / 100 * max(height, width)
    scale = 0.5 if sigma >= 6 else 1.0
    small = px.resize(source.pixels, round(width * scale), round(height * scale)).astype(np.float32)
    soft = px.blur(small, sigma * scale) + np.random.default_rng(5).random((*small.shape[:2], 1), np.float32)
    return Layer(np.clip(soft, 0, 255).astype(np.uint8), 0, 0, small.shape[1] / width)


TABLE = {
    row.name: row
    for row in (
        Derivation("picture", _picture, "The material itself, upright, sRGB."),
        Derivation("cutout", _cutout, "The subject alone, cropped to its matte.", on="cutout"),
        Derivation(
            "shadow",
            _shadow,
            "The subject's shadow with alpha, to be laid beneath the cut-out; its colour multiplies the ground's. "
            "direction: where the light comes from, by the clock; height: how high it stands, both in degrees. "
            "own: as in the photograph, so much of it; where there is none, contact.",
            (
                Parameter("kind", "contact", choices=(*shadow.KINDS, OWN)),
                Parameter("strength", 0.6),
                Parameter("softness", 0.5),
                Parameter("direction", 315.0, 0, 360),
                Parameter("height", 50.0, 10, 90),
                Parameter("colour", "#000000", colour=True),
            ),
            on="matte",
            revision="13",
        ),
        Derivation(
            "extended",
            _extended,
            "Grown by so many source pixels at each side; scale: pixels made for each of the source's.",
            (*(Parameter(side, 0.0, 0, FARTHEST * 4) for side in SIDES), Parameter("scale", 1.0, 0.05, 1.0)),
            revision="15",
        ),
        Derivation(
            "blurred",
            _blurred,
            "Out of focus; sigma in per cent of the longer side.",
            (Parameter("sigma", 1.0, 0.05, 25),),
            change=_soft,
            revision=FIRST,
        ),
        _change(
            "erased",
            erased,
            "What was laid over the photograph is gone; print on the subject is kept.",
            Parameter("what", "text", choices=WHAT),
            revision="9",
        ),
        _change(
            "toned",
            toning.toned,
            "Brought nearer to wished means of lightness, a and b (OKLab; -1 leaves each), chroma by a factor; "
            "bounded, so that a product's colour is known again.",
            Parameter("lightness", toning.AS_IS, -1, 1),
            Parameter("a", toning.AS_IS, -1, 1),
            Parameter("b", toning.AS_IS, -1, 1),
            Parameter("chroma", 1.0, 0.6, 1.4),
            Parameter("warmth", 0.0, -1, 1),
            Parameter("strength", 1.0),
        ),
        _change(
            "tinted",
            toning.tinted,
            "In the hue of one colour; darks stay, and lights but for what white is to become.",
            Parameter("colour", "#808080", colour=True),
            Parameter("strength", 0.6),
            Parameter("white", toning.WHITE, colour=True),
        ),
        _change(
            "relit",
            relit,
            "The subject shaded as if the light came from there, degrees by the clock, 0 from above; its colours stay.",
            Parameter("direction", 310.0, 0, 360),
            Parameter("strength", 0.4),
            revision="2",
        ),
        _change(
            "fitted",
            fitting.fitted,
            "From its own photograph's camera and light to a scene's: its black, white, and the colour of its greys "
            "(OKLab; -1 leaves each), its grain as `quality.noise`, the blur of its edges in pixels (-1 leaves it); "
            "bounded, so that a product's colour is known again.",
            Parameter("black", toning.AS_IS, -1, 1),
            Parameter("white", toning.AS_IS, -1, 1),
            Parameter("a", toning.AS_IS, -1, 1),
            Parameter("b", toning.AS_IS, -1, 1),
            Parameter("grain", 0.0),
            Parameter("blur", toning.AS_IS, -1, 20),
            Parameter("strength", 1.0),
        ),
        _change(
            "unshadowed",
            unshadowed,
            "The ground without the shadow that the subject throws on it in the photograph.",
            Parameter("strength", 1.0),
        ),
        Derivation(
            "reflection",
            _reflection,
            "The subject mirrored in a glossy floor, to be laid beneath the cut-out; length of the subject's height.",
            (Parameter("strength", 0.3), Parameter("length", 0.35, 0.05, 1)),
            on="cutout",
            revision="2",
        ),
        Derivation(
            "outline",
            _outline,
            "A sticker's edge, to be laid beneath the cut-out; width as part of the subject's longer side.",
            (Parameter("width", 0.02, 0.002, 0.12), Parameter("colour", "#ffffff", colour=True)),
            on="matte",
            revision="2",
        ),
    )
}


def derivation(name: str) -> Derivation:
    """The row of that name. Raises InputError."""
    if name not in TABLE:
        raise InputError(f"no derivation is called '{name}'", mend=f"one of {', '.join(TABLE)}")
    return TABLE[name]


def settled(name: str, params: Params, before: Steps = ()) -> Steps:
    """A question as one chain, the last step being what was asked for; all parameters checked and filled in.

    Questions with the same answer become the same chain. Raises InputError.
    """
    row = derivation(name)
    last = (name, row.settled(params))
    if len(before) > MOST_STEPS:
        raise InputError(f"{len(before)} steps stand before '{name}'", mend=f"at most {MOST_STEPS}")
    steps = tuple(_step(*step) for step in before) if before else ()
    if not steps or row.on == "matte":
        return (last,)
    return steps if name == "picture" else (*steps, last)


def _step(name: str, params: Params) -> tuple[str, Params]:
    row = derivation(name)
    if row.change is None:
        able = ", ".join(r.name for r in TABLE.values() if r.change)
        raise InputError(f"'{name}' cannot stand before another derivation", mend=f"one of {able}")
    return name, row.settled(params)
