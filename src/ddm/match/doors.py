"""Why a product has no material: what its pictures were left out for when they came in."""

from __future__ import annotations

from ddm.acquire.filter import BY_NAME
from ddm.acquire.product import Product, Rejection


def at_the_door(product: Product) -> str:
    """'its only picture was left out: too small …'; '' where nothing was left out."""
    pictures = [one for one in product.rejected if not one.reason.startswith(BY_NAME)]
    if not pictures:
        return ""
    return f"{_which(pictures)} left out: {pictures[0].reason}"


def _which(pictures: list[Rejection]) -> str:
    return "its only picture was" if len(pictures) == 1 else f"all its {len(pictures)} pictures were"
