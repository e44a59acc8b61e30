"""Perceptions and products as plain rows of columns, and back; nothing is lost on the way."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import lz4.frame
import numpy as np

from ddm.acquire.product import Money, Picture, Product, Rejection
from ddm.geometry import Box
from ddm.perceive.perception import Element, Maps, Perception, Swatch
from ddm.perceive.schema import ATTRIBUTES, Value

Row = dict[str, Any]


def column(attribute: str) -> str:
    """The column of an attribute: dots would mean nested fields in SQL."""
    return attribute.replace(".", "_")


TEXT_KINDS = frozenset({"word", "text"})


def perception_row(perception: Perception) -> Row:
    """One row: keys, one column per attribute (`column`; None where it has no value), and the rest packed.

    A picture that two products share has two rows; `key` tells them apart.
    """
    return {
        "key": f"{perception.product}/{perception.id}",
        "id": perception.id,
        "product": perception.product,
        "schema": perception.schema,
        "models": json.dumps(perception.models, sort_keys=True),
        "maps": _pack_maps(perception.maps),
        "details": json.dumps(_details(perception)),
        "embedding": perception.embedding.astype(np.float32).tobytes(),
        **{column(name): _plain(perception.attributes.get(name)) for name in ATTRIBUTES},
    }


def perception_of(row: Mapping[str, Any]) -> Perception:
    details = json.loads(row["details"])
    return Perception(
        id=row["id"],
        product=row["product"],
        attributes={name: _value(name, stored) for name in ATTRIBUTES if (stored := row[column(name)]) is not None},
        maps=_unpack_maps(row["maps"]),
        palettes={region: tuple(Swatch(*s) for s in rows) for region, rows in details["palettes"].items()},
        elements=tuple(Element(e["kind"], Box(*e["box"]), e["score"], e["label"]) for e in details["elements"]),
        embedding=np.frombuffer(row["embedding"], np.float32),
        models=json.loads(row["models"]),
        schema=row["schema"],
    )


def _details(perception: Perception) -> Row:
    return {
        "palettes": {
            region: [dataclasses.astuple(swatch) for swatch in swatches]
            for region, swatches in perception.palettes.items()
        },
        "elements": [dataclasses.asdict(element) | {"box": list(element.box)} for element in perception.elements],
    }


def _plain(value: Value | None) -> Any:
    return sorted(value) if isinstance(value, frozenset) else value


def _value(name: str, stored: Any) -> Value:
    kind = ATTRIBUTES[name].kind
    if kind == "words":
        return frozenset(stored)
    return str(stored) if kind in TEXT_KINDS else bool(stored) if kind == "flag" else float(stored)


def _pack_maps(maps: Maps) -> bytes:
    """Height and width, then the four maps one after the other, compressed."""
    height, width = maps.matte.shape
    planes = np.dstack([maps.thumb, maps.matte, maps.saliency, maps.busy])
    packed: bytes = lz4.frame.compress(np.moveaxis(planes, 2, 0).tobytes())
    return np.array([height, width], "<u2").tobytes() + packed


def _unpack_maps(data: bytes) -> Maps:
    height, width = (int(n) for n in np.frombuffer(data[:4], "<u2"))
    planes = np.frombuffer(lz4.frame.decompress(data[4:]), np.uint8).reshape(6, height, width)
    thumb = np.ascontiguousarray(np.moveaxis(planes[:3], 0, 2))
    return Maps(thumb, planes[3], planes[4], planes[5])


# ------------------------------------------------------------------------------------------------ products


def product_json(product: Product) -> str:
    """The product as JSON; amounts as text, so that no cent is lost."""
    row = dataclasses.asdict(product)
    return json.dumps(row, default=str, ensure_ascii=False)


def product_of(text: str) -> Product:
    row = json.loads(text)
    row["price"], row["list_price"] = _money(row["price"]), _money(row["list_price"])
    row["pictures"] = tuple(Picture(**{**p, "path": Path(p["path"])}) for p in row["pictures"])
    row["rejected"] = tuple(Rejection(**r) for r in row["rejected"])
    return Product(**row)


def _money(row: Mapping[str, str] | None) -> Money | None:
    return Money(Decimal(row["amount"]), row["currency"]) if row else None
