"""Matching small templates against pools made by hand, and telling what came out by the materials' names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from ddm.acquire.product import Product
from ddm.errors import Unfit
from ddm.match import Binding, Pool, match
from ddm.perceive.perception import Perception
from tests.support import materials
from tests.support.templates import compiled


def matched(
    objects: str,
    pool: Sequence[Perception] = (),
    product: Product | None = None,
    others: Sequence[Product] = (),
    overrides: Mapping[str, str] | None = None,
) -> list[Binding]:
    """All bindings of a template with these objects. others: products that the shop has besides."""
    product = product or materials.product()
    return match(compiled(objects), product, Pool(pool, [product, *others]), overrides)


def best(objects: str, pool: Sequence[Perception] = (), **options: object) -> Binding:
    return matched(objects, pool, **options)[0]  # type: ignore[arg-type]


def refused(objects: str, pool: Sequence[Perception] = (), **options: object) -> str:
    """Why nothing can be bound."""
    with pytest.raises(Unfit) as caught:
        matched(objects, pool, **options)  # type: ignore[arg-type]
    return caught.value.what


def named(id: str) -> str:
    """The name by which `materials.material` made this id."""
    return bytes.fromhex(id).decode().split("\0")[0][0] if id else ""


def chosen(found: Binding) -> dict[str, str | None]:
    """The name of each object's material, or its words."""
    return {
        name: named(c.material.id) if c.material else c.wording.text if c.wording else None
        for name, c in found.choices.items()
    }


def backdrop(name: str, look: materials.Look | None = None, **changes: object) -> Perception:
    """A scene of no product."""
    return materials.material(name, "", look, role="scene", **changes)  # type: ignore[arg-type]
