"""What acquisition yields: a product's copy and its raw pictures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

ROLES = ("product", "scene", "logo")
"""What a picture is for: it shows a product, is a backdrop of no product, or a brand's mark."""


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in a currency, named by its ISO 4217 code."""

    amount: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A raw material as it was found: its bytes lie unchanged at `path`.

    sha256: of those bytes, hex; the name of the material everywhere else.
    source: the URL or file it came from. width, height: pixels, after EXIF orientation.
    rank: 0 for the main picture, then the gallery's order. role: one of ROLES.
    """

    sha256: str
    path: Path
    source: str
    width: int
    height: int
    media_type: str
    alt: str = ""
    rank: int = 0
    role: str = "product"


@dataclass(frozen=True, slots=True)
class Rejection:
    """A picture or page that was left out. reason: one sentence with the figure that decided it.

    fault: it is broken or out of reach, rather than unsuitable.
    """

    source: str
    reason: str
    fault: bool = False


@dataclass(frozen=True, slots=True)
class Product:
    """One product. copy holds further wording by name, such as 'tagline', 'cta', 'badge'.

    id: stable, safe in file names: [a-z0-9-]. language: BCP 47, such as 'en' or 'zh-CN'.
    list_price: the price before a reduction, if any. rating: the mean, out of five; rating_count: of how many.
    """

    id: str
    url: str
    title: str
    language: str = "en"
    description: str = ""
    brand: str = ""
    sku: str = ""
    price: Money | None = None
    list_price: Money | None = None
    availability: str = ""
    rating: float | None = None
    rating_count: int | None = None
    copy: Mapping[str, str] = field(default_factory=dict)
    pictures: tuple[Picture, ...] = ()
    rejected: tuple[Rejection, ...] = ()
