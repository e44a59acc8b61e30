"""The table of perceivers: which attributes each gives, which models it needs, and how."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from ddm.colour import oklch_of_oklab
from ddm.perceive import borders, category, harmony, heads, light, scene, subject
from ddm.perceive import pixels as px
from ddm.perceive.blocking import blocking
from ddm.perceive.calm import CALM, largest
from ddm.perceive.fingerprint import fingerprint
from ddm.perceive.lanes import each
from ddm.perceive.perception import Swatch, mean_score
from ddm.perceive.pixels import Floats, Mask
from ddm.perceive.schema import SIDES, Value
from ddm.perceive.sight import Sight
from ddm.perceive.upscaling import upscaled

Findings = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Perceiver:
    """One row. attributes: names of `schema.ATTRIBUTES` it gives. models: names of `ddm.models.TABLE` it needs.

    revision: raised when the row finds something else than before: records are then perceived anew by it alone.
    """

    name: str
    perceive: Callable[[Sight], Findings]
    attributes: tuple[str, ...]
    models: tuple[str, ...] = ()
    revision: str = "1"


def _size(sight: Sight) -> Findings:
    width, height = float(sight.width), float(sight.height)
    picture = sight.picture
    return {
        "width": width,
        "height": height,
        "ratio": width / height,
        "role": picture.role,
        "rank": float(picture.rank),
    }


def _class(sight: Sight) -> Findings:
    seen = sight.seen_class
    sort, sure = category.category(seen.chances)
    return {
        "class.name": seen.name,
        "class.score": seen.score,
        "subject.category": sort,
        "subject.category_sure": sure,
        "scene.shows": category.shows(seen.chances),
    }


def _subject(sight: Sight) -> Findings:
    left, top, right, bottom = sight.box
    x, y = subject.centre(sight.middle_coverage)
    return {
        "subject.x": x,
        "subject.y": y,
        "subject.count": float(subject.count(sight.middle_coverage)),
        "subject.area": float(sight.coverage.mean()),
        "subject.left": left / sight.width,
        "subject.top": top / sight.height,
        "subject.right": right / sight.width,
        "subject.bottom": bottom / sight.height,
        "subject.ratio": (right - left) / (bottom - top),
        "subject.cut": subject.cut_sides(sight.coverage),
        "matte.quality": sight.found.quality,
        "matte.usable": sight.found.usable,
    }


def _text(sight: Sight) -> Findings:
    texts = sight.texts
    return {
        "text.count": float(len(texts)),
        "text.area": min(1.0, sum(text.box.area for text in texts)),
        "text.content": " ".join(text.label for text in texts),
        "text.sure": mean_score(texts),
    }


def _faces(sight: Sight) -> Findings:
    faces = sight.faces
    return {
        "face.count": float(len(faces)),
        "face.area": min(1.0, sum(face.box.area for face in faces)),
        "face.sure": mean_score(faces),
    }


def _calm(sight: Sight) -> Findings:
    maps = sight.maps
    return {
        "calm.area": float(((sight.busy <= CALM) & ~sight.subject).mean()),
        "calm.largest": largest((maps.busy <= CALM) & (maps.matte <= 127)).area,
    }


def _borders(sight: Sight) -> Findings:
    found = borders.borders(sight.lab, sight.background)
    return {f"border.{side}": found[side].kind for side in SIDES} | {
        "border.sure": min(border.sure for border in found.values())
    }


def _scene(sight: Sight) -> Findings:
    return {
        "quality.sharpness": scene.sharpness(sight.detail, sight.middle_coverage, sight.grain),
        "quality.exposure": scene.exposure(sight.middle),
    }


def _things(sight: Sight) -> Findings:
    persons = [one.box.area for one in sight.things if one.kind == "person"]
    return {
        "person.count": float(len(persons)),
        "person.area": float(min(1.0, sum(persons))),
        "object.count": float(len(sight.things) - len(persons)),
    }


def _heads(sight: Sight) -> Findings:
    judged = sight.judged
    return {
        "quality.watermark": judged.watermark,
        "quality.collage": judged.collage,
        "logo.count": float(len(judged.logos)),
        "logo.area": float(min(1.0, sum(one.box.area for one in judged.logos))),
    }


def _surroundings(sight: Sight) -> Findings:
    word, sure = scene.settled(sight.judged.scene, sight.lab, sight.background)
    return {"scene.kind": word, "scene.sure": sure}


def _unsafe(sight: Sight) -> Findings:
    return {"quality.unsafe": sight.unsafe}


def _pixels(sight: Sight) -> Findings:
    return {
        "quality.noise": sight.noise,
        "quality.jpeg": blocking(sight.pixels),
        "quality.upscaled": upscaled(sight.pixels),
        "fingerprint": fingerprint(sight.middle),
    }


def _facing(sight: Sight) -> Findings:
    sort, sure = category.category(sight.seen_class.chances)
    found = subject.facing(
        sight.middle_coverage, [face.box for face in sight.faces], sort if sure >= subject.KNOWN else "other"
    )
    return {"subject.facing": found.word, "subject.facing_sure": found.sure}


def _light(sight: Sight) -> Findings:
    scene_ = sight.picture.role == "scene"
    found = light.scene_light(sight.lab) if scene_ else light.light(sight.lab, sight.middle_coverage)
    return {
        "light.side": found.side,
        "light.direction": found.direction,
        "light.softness": found.softness,
        "light.sure": found.sure,
    }


def _colour(sight: Sight) -> Findings:
    light, a, b = px.planes(sight.lab)
    chroma = np.hypot(a, b)
    return {
        "colour.lightness": float(light.mean()),
        "colour.chroma": float(chroma.mean()),
        "colour.temperature": float(a.mean() + b.mean()),
        "colour.colourfulness": harmony.colourfulness(sight.middle),
        "colour.harmony": harmony.harmony(sight.palettes["whole"]),
        "background.chroma": _mean(chroma, sight.background),
        "background.lightness": _mean(light, sight.background),
        "subject.lightness": _mean(light, sight.subject),
        "subject.chroma": _mean(chroma, sight.subject),
        "subject.hue": _vivid_hue(sight.palettes["subject"] or sight.palettes["whole"]),
    }


def _mean(plane: Floats, there: Mask) -> float:
    """Of all of it where nothing is there."""
    return float(plane[there].mean() if there.any() else plane.mean())


def _vivid_hue(swatches: tuple[Swatch, ...]) -> float:
    """Hue of the swatch with the most chroma, a heavy one before a light one of the same."""
    found = [(s.weight**0.25, oklch_of_oklab((s.lightness, s.a, s.b))) for s in swatches]
    return float(max(found, key=lambda pair: pair[0] * float(pair[1][1]))[1][2]) % 360 if found else 0.0


TEXT_MODELS = ("text-detect", "text-read")
_MATTE = ("isnet-int8", "u2net-int8")
MATTING = frozenset(_MATTE)
"""The networks that draw mattes; marks of brands go without."""

_JUDGING = ("efficientnet-lite0", "efficientnet-lite0-trunk", "nanodet", "centerface")

TABLE = (
    Perceiver("size", _size, ("width", "height", "ratio", "role", "rank")),
    Perceiver(
        "class",
        _class,
        ("class.name", "class.score", "subject.category", "subject.category_sure", "scene.shows"),
        ("efficientnet-lite0",),
    ),
    Perceiver("faces", _faces, ("face.count", "face.area", "face.sure"), ("centerface",), "2"),
    Perceiver("text", _text, ("text.count", "text.area", "text.content", "text.sure"), TEXT_MODELS, "2"),
    Perceiver(
        "subject",
        _subject,
        (
            *(f"subject.{name}" for name in ("count", "area", *SIDES, "x", "y", "ratio", "cut")),
            "matte.quality",
            "matte.usable",
        ),
        (*_MATTE, "centerface"),
        revision="6",
    ),
    Perceiver("calm", _calm, ("calm.area", "calm.largest"), _MATTE),
    Perceiver("borders", _borders, (*(f"border.{side}" for side in SIDES), "border.sure"), _MATTE),
    Perceiver("scene", _scene, ("quality.sharpness", "quality.exposure"), _MATTE, revision="3"),
    Perceiver(
        "things",
        _things,
        ("person.count", "person.area", "object.count"),
        _JUDGING,
        revision=heads.version(),
    ),
    Perceiver(
        "heads",
        _heads,
        ("quality.watermark", "quality.collage", "logo.count", "logo.area"),
        _JUDGING,
        revision=heads.version(),
    ),
    Perceiver(
        "surroundings", _surroundings, ("scene.kind", "scene.sure"), (*_JUDGING, *_MATTE), revision=heads.version()
    ),
    Perceiver("unsafe", _unsafe, ("quality.unsafe",), ("nsfw",)),
    Perceiver("pixels", _pixels, ("quality.noise", "quality.jpeg", "quality.upscaled", "fingerprint")),
    Perceiver(
        "facing", _facing, ("subject.facing", "subject.facing_sure"), (*_MATTE, "centerface", "efficientnet-lite0")
    ),
    Perceiver("light", _light, tuple(f"light.{name}" for name in ("side", "direction", "softness", "sure")), _MATTE),
    Perceiver(
        "colour",
        _colour,
        (
            *(f"colour.{name}" for name in ("lightness", "chroma", "temperature", "colourfulness", "harmony")),
            "background.lightness",
            "background.chroma",
            *(f"subject.{name}" for name in ("lightness", "chroma", "hue")),
        ),
        _MATTE,
    ),
)


def attributes(sight: Sight, rows: Iterable[Perceiver] = TABLE) -> dict[str, Value]:
    """What the rows find; confidences by how far the tier is to be trusted, floats rounded so that records compare."""
    trust = sight.tier.trust
    found = {name: value for part in each(lambda row: row.perceive(sight), rows) for name, value in part.items()}
    return {
        name: round(value * trust.get(name, 1.0), 5) if isinstance(value, float) else value
        for name, value in found.items()
    }
