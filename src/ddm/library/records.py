"""Perceptions and products as plain rows of columns, and back; nothing is lost on the way."""

from __future__ import annotations

import dataclasses
import json
import struct
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeAlias

import lz4.block
import lz4.frame
import numpy as np

from ddm.acquire.product import Money, Picture, Product, Rejection
from ddm.geometry import Box
from ddm.library.content import digest
from ddm.perceive.perception import Element, Maps, Perception, Swatch
from ddm.perceive.schema import ATTRIBUTES, VERSION, Value

Row = dict[str, Any]


def column(attribute: str) -> str:
    """The column of an attribute: dots would mean nested fields in SQL."""
    return attribute.replace(".", "_")


TEXT_KINDS = frozenset({"word", "text"})


def perception_row(perception: Perception) -> Row:
    """One row: keys, one column per attribute (`column`; None where it has no value), and the rest packed.

    A picture that two products share has two rows; `key` tells them apart. `details` says the attributes once more:
    reading them back so takes a quarter of the time of some seventy columns.
    """
    packed = {
        "maps": _pack_maps(perception.maps),
        "details": json.dumps(_details(perception)),
        "embedding": perception.embedding.astype(np.float32).tobytes(),
    }
    return {
        "key": f"{perception.product}/{perception.id}",
        "id": perception.id,
        "product": perception.product,
        "schema": perception.schema,
        "models": json.dumps(perception.models, sort_keys=True),
        **packed,
        "digest": digest_of(packed),
        **{column(name): _plain(perception.attributes.get(name)) for name in ATTRIBUTES},
    }


def perception_of(row: Mapping[str, Any]) -> Perception:
    details = json.loads(row["details"])
    return Perception(
        id=row["id"],
        product=row["product"],
        attributes={name: _value(name, stored) for name in ATTRIBUTES if (stored := row[column(name)]) is not None},
        maps=_unpack_maps(row["maps"]),
        palettes=_palettes(details),
        elements=_elements(details),
        embedding=np.frombuffer(row["embedding"], np.float32),
        models=json.loads(row["models"]),
        schema=row["schema"],
    )


PACKED = ("id", "product", "schema", "details", "embedding", "digest")
"""Columns that `body_of` wants. `maps` are most of a record, and most are never looked at."""
_LENGTHS = struct.Struct("<IHH")
"""Begins a body: how long its embedding, its id and its product are."""


def body_of(row: Mapping[str, Any]) -> bytes:
    """PACKED as one piece, half as long as it was: the embedding, id, product, and the details, compressed."""
    id, product = row["id"].encode(), row["product"].encode()
    lengths = _LENGTHS.pack(len(row["embedding"]), len(id), len(product))
    return b"".join((lengths, row["embedding"], id, product, lz4.block.compress(row["details"].encode())))


def digest_of(row: Mapping[str, Any]) -> str:
    """Of what is packed: the table itself keeps no sums, and a damaged disk may change bytes without a word."""
    parts = (row["details"].encode(), row["maps"], row["embedding"])
    return digest(b"".join(len(part).to_bytes(8, "little") + part for part in parts))


ReadMaps: TypeAlias = Callable[[str, str], bytes]
"""The packed maps of a material, by id and product."""


class Packed(Perception):
    """Unpacked when it is first looked at, and its maps are read then: most candidates never are.

    Until then it is one piece: thousands of small objects for Python's collector to walk, of each of the thousands of
    candidates in memory, made one question in fifty wait for a quarter of a second.
    """

    def __getattr__(self, name: str) -> Any:
        if name not in _LATER or "body" not in self.__dict__:
            raise AttributeError(name)
        self.__dict__.update(_LATER[name](self))
        return self.__dict__[name]

    def __reduce__(self) -> tuple[type[Perception], tuple[Any, ...]]:
        """In another process it is whole."""
        return Perception, tuple(getattr(self, field.name) for field in dataclasses.fields(Perception))


def unpacked(body: bytes, maps: ReadMaps) -> Perception:
    """What `body_of` was given, of today's vocabulary."""
    embedding, id, product = _LENGTHS.unpack_from(body)
    names = _LENGTHS.size + embedding
    stop = names + id + product
    found = object.__new__(Packed)
    found.__dict__.update(
        id=body[names : names + id].decode(),
        product=body[names + id : stop].decode(),
        schema=VERSION,
        embedding=np.frombuffer(body, np.float32, embedding // 4, _LENGTHS.size),
        body=body,
        details=stop,
        read=maps,
    )
    return found


def _texts(packed: Packed) -> tuple[str, str]:
    """The details before the palettes, and from there on."""
    state = packed.__dict__
    first, _, rest = lz4.block.decompress(state["body"][state["details"] :]).decode().partition(_REST)
    return f"{first.rstrip(', ')}}}", f"{{{_REST}{rest}"


def _first(packed: Packed) -> Row:
    details = json.loads(_texts(packed)[0])
    attributes = details["attributes"]
    attributes.update((name, _set(tuple(attributes[name]))) for name in _WORDS if name in attributes)
    return {"attributes": attributes, "models": details["models"]}


def _rest(packed: Packed) -> Row:
    details = json.loads(_texts(packed)[1])
    return {"palettes": _palettes(details), "elements": _elements(details)}


_LATER: Mapping[str, Callable[[Packed], Row]] = {
    "attributes": _first,
    "models": _first,
    "palettes": _rest,
    "elements": _rest,
    "maps": lambda packed: {"maps": _unpack_maps(packed.__dict__["read"](packed.id, packed.product))},
}
_REST = '"palettes":'
"""Begins what is unpacked later; no text in JSON has it, since quotes in a text have a backslash before them."""
_set: Callable[[tuple[str, ...]], frozenset[str]] = lru_cache(maxsize=4096)(frozenset)
"""The few sets that there are, each once."""
_WORDS = tuple(name for name, row in ATTRIBUTES.items() if row.kind == "words")


def _palettes(details: Mapping[str, Any]) -> dict[str, tuple[Swatch, ...]]:
    return {region: tuple(Swatch(*s) for s in rows) for region, rows in details["palettes"].items()}


def _elements(details: Mapping[str, Any]) -> tuple[Element, ...]:
    if "elements" not in details:
        return _older_elements(details)
    return tuple(Element(e["kind"], Box(*e["box"]), e["score"], e["label"]) for e in details["elements"])


def _older_elements(details: Mapping[str, Any]) -> tuple[Element, ...]:
    """As versions before the third kept them; faces had no score."""
    faces = (Element("face", Box(*box), 1.0) for box in details["faces"])
    texts = (Element("text", Box(*t["box"]), t["score"], t["text"]) for t in details["texts"])
    return (*faces, *texts)


def _details(perception: Perception) -> Row:
    known = {name: value for name in ATTRIBUTES if (value := perception.attributes.get(name)) is not None}
    return {
        **{name: getattr(perception, name) for name in ("id", "product", "schema")},
        "models": dict(perception.models),
        "attributes": {name: _plain(value) for name, value in known.items()},
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
