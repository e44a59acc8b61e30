"""Materials and products made by hand: no networks, every attribute known, the same pixels every time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from ddm import colour
from ddm.acquire.product import Money, Product
from ddm.derive.table import settled
from ddm.errors import Unfit
from ddm.geometry import Box
from ddm.perceive import Cutout, Perceived
from ddm.perceive.perception import MAP_SIDE, Maps, Params, Perception, Raster, Steps, Swatch
from ddm.perceive.pixels import resize
from ddm.perceive.schema import ATTRIBUTES, SIDES, Value

if TYPE_CHECKING:
    from ddm.library import Library

TERRACOTTA, SAND, TEAL, MIST = "#b5532f", "#e9dfd2", "#1f6f78", "#c9ced3"
VASE, BOWL = Box(0.32, 0.24, 0.36, 0.56), Box(0.2, 0.35, 0.6, 0.3)


@dataclass(frozen=True)
class Look:
    """A plain ground with a vase on it. subject: the vase's box in fractions of the picture."""

    width: int = 1200
    height: int = 1200
    subject: Box = VASE
    ground: str = SAND
    fill: str = TERRACOTTA
    band: str = TEAL


def material(name: str = "a", product: str = "vase", look: Look | None = None, **changes: Value) -> Perception:
    """A friendly material, its id made of `name`; changes: attributes, with __ for the dot."""
    return perceived(name, product, look or Look(), **changes).perception


def perceived(name: str = "a", product: str = "vase", look: Look | None = None, **changes: Value) -> Perceived:
    """As `material`, with its pixels."""
    look = look or Look()
    pixels, matte, cutout = drawn(look)
    attributes = _attributes(look, matte) | {key.replace("__", "."): value for key, value in changes.items()}
    identity = (name.encode().hex() * 64)[:64]
    found = Perception(identity, product, attributes, _maps(look), _palettes(look), models={"hand": "1"})
    return Perceived(found, pixels, matte, cutout)


@cache
def drawn(look: Look) -> tuple[np.ndarray, np.ndarray, Cutout]:
    """Pixels uint8 (h, w, 3), matte uint8 (h, w), and the cut-out; edges are soft over about one pixel."""
    y, x = np.mgrid[0 : look.height, 0 : look.width].astype(np.float32) + 0.5
    box = look.subject.scaled(look.width, look.height)
    u, v = (x - box.centre[0]) / (box.width / 2), (y - box.y) / box.height
    half = np.where(v < 0.25, 0.45 + 0.1 * np.cos(v * 25), np.sqrt(np.clip(1 - ((v - 0.62) / 0.62) ** 2, 0, 1)))
    outside = np.maximum(np.abs(u) - half, 2 * np.abs(v - 0.5) - 1) * box.width / 2
    cover = np.clip(0.5 - outside, 0, 1)
    light = (1 - 0.25 * u - 0.1 * v)[..., None]
    body = np.where((np.abs(v - 0.6) < 0.07)[..., None], _rgb(look.band), _rgb(look.fill)) * light
    ground = np.broadcast_to(_rgb(look.ground), body.shape)
    pixels = _bytes(body * cover[..., None] + ground * (1 - cover[..., None]))
    matte = _bytes(cover)
    rows, columns = np.flatnonzero(matte.any(1)), np.flatnonzero(matte.any(0))
    part = slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1)
    alone = np.ascontiguousarray(np.dstack([np.where(matte[..., None] > 0, _bytes(body), 0), matte])[part])
    for shared in (pixels, matte, alone):
        shared.setflags(write=False)
    return pixels, matte, Cutout(alone, int(columns[0]), int(rows[0]))


def _rgb(text: str) -> np.ndarray:
    return np.array(colour.parse_hex(text), np.float32)


def _bytes(values: np.ndarray) -> np.ndarray:
    return (np.clip(values, 0, 1) * 255 + 0.5).astype(np.uint8)


@cache
def _maps(look: Look) -> Maps:
    """Busy on the subject alone."""
    pixels, matte, _ = drawn(look)
    scale = MAP_SIDE / max(look.width, look.height)
    size = round(look.width * scale), round(look.height * scale)
    small = resize(matte, *size)
    return Maps(resize(pixels, *size), small, small, (small * 0.6).astype(np.uint8))


def swatch(text: str, weight: float = 1.0) -> Swatch:
    return Swatch(weight, *(float(value) for value in colour.oklab_of_srgb(colour.parse_hex(text))))


def _palettes(look: Look) -> Mapping[str, tuple[Swatch, ...]]:
    subject = (swatch(look.fill, 0.85), swatch(look.band, 0.15))
    return {
        "whole": (swatch(look.ground, 0.8), swatch(look.fill, 0.17), swatch(look.band, 0.03)),
        "subject": subject,
        "background": (swatch(look.ground),),
    }


def _attributes(look: Look, matte: np.ndarray) -> dict[str, Value]:
    edges = dict(zip(SIDES, (look.subject.x, look.subject.y, look.subject.right, look.subject.bottom), strict=True))
    neutral: dict[str, Value] = {"text": "", "words": frozenset(), "flag": False}
    found = {name: neutral.get(row.kind, row.choices[0] if row.choices else 0.0) for name, row in ATTRIBUTES.items()}
    return found | {
        "width": float(look.width),
        "height": float(look.height),
        "ratio": look.width / look.height,
        "role": "product",
        "scene.kind": "plain",
        "subject.count": 1.0,
        "subject.category": "home",
        "subject.category_sure": 0.9,
        "subject.area": float((matte > 127).mean()),
        **{f"subject.{side}": edge for side, edge in edges.items()},
        "subject.ratio": look.subject.width * look.width / (look.subject.height * look.height),
        "subject.facing": "front",
        "matte.quality": 0.97,
        "matte.usable": True,
        "calm.area": 0.7,
        **{f"border.{side}": "flat" for side in SIDES},
        "quality.sharpness": 0.8,
        "quality.exposure": 1.0,
        "background.lightness": 0.9,
        "colour.lightness": 0.8,
        "subject.lightness": 0.5,
        "subject.chroma": 0.12,
    }


def backdrop(name: str = "z", look: Look | None = None) -> Perceived:
    """A scene of no product: the vase is no more than a relief in the wall."""
    return perceived(name, "", look or Look(1600, 1600, ground=MIST, fill=MIST, band=MIST), role="scene")


PADDING = {"contact": 0.05, "drop": 0.15, "cast": 0.4, "own": 0.2}
SAME_PLACE = frozenset({"picture", "blurred", "erased", "toned", "fitted", "tinted", "relit"})


def derive(material: Perception, name: str, params: Params, before: Steps = ()) -> Raster:
    """The `Derive` protocol as arithmetic: rasters whose place is right and whose href tells what was asked."""
    settled(name, params, before)
    width, height = material.size
    href = f"pixels/{material.id[:8]}-{'-'.join(_told(*step) for step in (*before, (name, params)))}.png".replace(
        "#", ""
    )
    if name in SAME_PLACE:
        return Raster(href, width, height)
    if name == "extended":
        left, top, right, bottom = (float(params.get(side, 0)) for side in SIDES)
        scale = float(params.get("scale", 1))
        grown = round((width + left + right) * scale), round((height + top + bottom) * scale)
        return Raster(href, *grown, -left, -top, scale)
    box = material.subject
    if not box.area:
        raise Unfit("no subject was found in this picture")
    if name == "shadow":
        box = box.grown(box.width * PADDING[str(params["kind"])])
    if name == "outline":
        box = box.grown(max(box.width, box.height) * float(params.get("width", 0.02)))
    if name == "reflection":
        box = Box(box.x, box.bottom, box.width, box.height * float(params.get("length", 0.35)))
    return Raster(href, round(box.width), round(box.height), box.x, box.y)


def _told(name: str, params: Params) -> str:
    return "-".join((name, *(f"{key}{value}" for key, value in sorted(params.items()))))


def product(id: str = "vase", **changes: Any) -> Product:
    """A product with all its copy."""
    plain = Product(
        id=id,
        url=f"https://shop.example/{id}",
        title="Terracotta Vase",
        description="Thrown by hand.",
        brand="Ton & Erde",
        price=Money(Decimal("39"), "USD"),
        list_price=Money(Decimal("52"), "USD"),
        copy={"tagline": "Made for one stem", "cta": "Shop now", "badge": "New"},
    )
    return replace(plain, **changes)


def shelf(library: Library, *products: Product) -> Library:
    """The library with each product, its two materials, and one backdrop."""
    for number, each in enumerate(products):
        library.put(perceived(f"{number}a", each.id, Look(fill=(TERRACOTTA, TEAL)[number % 2])))
        library.put(perceived(f"{number}b", each.id, Look(1400, 1000, Box(0.4, 0.2, 0.22, 0.6)), rank=1.0))
        library.put_product(each)
    library.put(backdrop())
    return library
