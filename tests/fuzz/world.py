"""What a mutant meets: products, materials and formats, friendly and not; the same for the same seed."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache

import numpy as np

from ddm.acquire.product import Money, Product
from ddm.formats.catalogue import catalogue
from ddm.formats.format import Format, own_margin, own_type
from ddm.geometry import Box
from ddm.match import Pool
from ddm.perceive.perception import Element, Perception
from ddm.perceive.schema import Value
from tests.support import materials
from tests.support.materials import Look, material, product

SIZES = ((1, 1), (1, 900), (16, 16), (17, 4000), (8000, 8), (8, 8000), (8192, 8192), (88, 31), (2000, 90), (333, 777))
WORDS = (
    "",
    " ",
    "\u202e\u202d\u2066",
    "陶土花瓶,手工拉坯,每一件都独一无二",
    "مزهرية من الطين 2024 مصنوعة يدويا",
    "Terracotta مزهرية 花瓶 Vase",
    "e" + "\u0301" * 400,
    "👩‍👩‍👧‍👦" * 40,
    "W" * 900,
    "so " * 3000,
    "<b>&amp;</b>\x00\x07\x1b[31m",
    "\ud800 lone",
    "\u2028\u2029\r\n\t",
    "\U0010ffff\ufffe\ufdd0",
    "สวัสดีชาวโลกที่รัก" * 20,
    "नमस्ते दुनिया",
    "{0}%s%(a)s${x}",
    "\u00ad" * 50 + "soft\u200bhyphens",
)
AMOUNTS = ("39", "52", "0.001", "1e-30", "9999999999.999999", "12345.6", "1e9")
"""Acquisition lets in what is above 0 and below 10^10."""
CURRENCIES = ("USD", "EUR", "JPY", "XXX", "", "usd", "BTC", "€", "A" * 99)
LANGUAGES = (
    "en",
    "de",
    "zh-CN",
    "ar",
    "th",
    "tr",
    "",
    "zz",
    "en_US",
    "x-klingon",
    "../../etc",
    "A" * 300,
    "zh-Hant-TW",
)


def _money(rnd: random.Random) -> Money | None:
    return rnd.choice((None, Money(Decimal(rnd.choice(AMOUNTS)), rnd.choice(CURRENCIES))))


CHANGES: Sequence[tuple[str, Callable[[random.Random], object]]] = (
    ("title", lambda rnd: rnd.choice(WORDS)),
    ("description", lambda rnd: rnd.choice(WORDS)),
    ("brand", lambda rnd: rnd.choice(WORDS)),
    ("sku", lambda rnd: rnd.choice(WORDS)),
    ("language", lambda rnd: rnd.choice(LANGUAGES)),
    ("price", _money),
    ("list_price", _money),
    ("availability", lambda rnd: rnd.choice(("InStock", "PreOrder", "OutOfStock", "x" * 99))),
    ("rating", lambda rnd: rnd.choice((None, 0.0, 4.7, 1e-300, 5.0))),
    ("rating_count", lambda rnd: rnd.choice((None, 0, 12, 999_999_999))),
    ("copy", lambda rnd: {key: rnd.choice(WORDS) for key in ("tagline", "cta", "badge", "headline", "legal")}),
    ("copy", lambda rnd: {}),
)


def wares(rnd: random.Random, id: str = "vase") -> Product:
    """A product, up to five things about it not as one would wish."""
    changes = dict(rnd.sample(CHANGES, rnd.choice((0, 0, 1, 2, 5))))
    return product(id, **{name: change(rnd) for name, change in changes.items()})


LOOKS = (
    Look(),
    Look(1400, 1000, materials.BOWL),
    Look(1600, 1600, Box(0.4, 0.2, 0.22, 0.6)),
    Look(2400, 60, Box(0.45, 0.1, 0.05, 0.8)),
    Look(60, 2400, Box(0.1, 0.45, 0.8, 0.05)),
    Look(16, 16),
    Look(800, 1000, Box(0.0, 0.0, 1.0, 1.0), ground="#ffffff", fill="#ffffff", band="#ffffff"),
    Look(1000, 800, Box(0.495, 0.495, 0.01, 0.01), ground="#000000", fill="#000000", band="#000001"),
)
SIDES = ("left", "top", "right", "bottom")
NOTHING: dict[str, Value] = {
    **{f"subject__{side}": 0.0 for side in SIDES},
    **{"subject__area": 0.0, "subject__count": 0.0, "subject__ratio": 0.0, "matte__quality": 0.0},
}


def _bare(found: Perception) -> Perception:
    """No subject was found."""
    maps = replace(found.maps, matte=np.zeros_like(found.maps.matte))
    return replace(found.with_attributes(**NOTHING), maps=maps)


ACCIDENTS: Sequence[Callable[[Perception], Perception]] = (
    _bare,
    lambda m: m.with_attributes(subject__cut=frozenset(SIDES), matte__quality=0.3),
    lambda m: m.with_attributes(subject__cut=frozenset({"bottom"})),
    lambda m: m.with_attributes(**{f"border__{side}": "complex" for side in SIDES}),
    lambda m: replace(m, palettes=dict.fromkeys(m.palettes, ())),
    lambda m: m.with_attributes(light__side="unknown"),
    lambda m: replace(m, elements=(Element("face", Box(0.4, 0.2, 0.2, 0.3), 0.9),)).with_attributes(
        face__count=1.0, face__area=0.06
    ),
    lambda m: m.with_attributes(text__count=9.0, text__area=0.5, text__content="SALE"),
)


@cache
def materials_of(owner: str) -> tuple[Perception, ...]:
    """Every look, as it is and after every accident."""
    plain = [material(f"{owner[:1]}{n}", owner, look, rank=float(n)) for n, look in enumerate(LOOKS)]
    hurt = [replace(change(m), id=f"{n:02x}{m.id[2:]}") for n, change in enumerate(ACCIDENTS, 16) for m in plain]
    return (*plain, *hurt)


@cache
def _shared() -> tuple[Perception, ...]:
    """Backdrops of no product, and marks."""
    walls = [
        materials.backdrop(name, look).perception for name, look in (("y", None), ("z", LOOKS[3]), ("x", LOOKS[0]))
    ]
    marks = [material(f"l{n}", owner, Look(400, 160), role="logo") for n, owner in enumerate(("vase", ""))]
    return (*walls, *marks)


def pool(rnd: random.Random, shown: Product) -> Pool:
    """The product's pictures among others, at times none."""
    own = materials_of("vase")
    found = [own[0], *rnd.sample(own, 2)] if rnd.random() < 0.85 else rnd.sample(own, rnd.randrange(4))
    others = [wares(rnd, id) for id in ("bowl", "jug")] if rnd.random() < 0.5 else []
    found += [m for other in others for m in rnd.sample(materials_of(other.id), 2)]
    return Pool([*found, *(_shared() if rnd.random() < 0.8 else ())], [shown, *others])


@cache
def _known() -> tuple[Format, ...]:
    return tuple(catalogue().values())


def slot(rnd: random.Random) -> Format:
    """A format of the catalogue, or one of no sensible size."""
    if rnd.random() < 0.7:
        return rnd.choice(_known())
    width, height = rnd.choice(SIZES)
    odd = Format(f"{width}x{height}", "odd", width, height, min_text=own_type(width, height))
    margins = rnd.choice(((0,) * 4, (own_margin(width, height),) * 4, (width, height, width, height), (-50,) * 4))
    taken = rnd.choice(((), (Box(0, 0, width, height),), (Box(width / 4, 0, 9, height), Box(0, height / 2, width, 3))))
    return replace(odd, safe=margins, reserved=taken, text=rnd.choice(("any", "any", "little", "none")))
