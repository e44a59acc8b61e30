"""The material perception library: what was perceived, found again by id, product or condition, with its pixels."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from ddm.acquire.product import Picture, Product
from ddm.errors import InputError
from ddm.language.expressions import Condition, conjuncts
from ddm.library.candidates import Candidates, Wish, pool_of
from ddm.library.deriving import Deriving, Keys
from ddm.library.filters import filter_of
from ddm.library.pinned import RowIds
from ddm.library.pixels import PixelStore
from ddm.library.records import Row, perception_of, perception_row, product_json, product_of
from ddm.library.store import Tables, equals
from ddm.library.working_set import Sifted, View, WorkingSet
from ddm.perceive import Perceived, model_versions, perceive
from ddm.perceive.derive import Layer
from ddm.perceive.perception import Bytes, Params, Perception, Raster, Steps
from ddm.perceive.schema import VERSION

KEPT = 512
"""Perceptions kept in memory, about 40 kB each."""
ANSWERS = 16
"""Answers of `candidates` kept in memory: a batch asks the same few questions for one product after another."""


class Library:
    """Everything below one folder: `tables/` (LanceDB) and `pixels/`. Safe to use from several threads.

    Several processes may read one library while one process writes to it.
    """

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path)
        self._tables = Tables(self.path / "tables")
        self._pixels = PixelStore(self.path)
        self._kept: OrderedDict[str, Perception] = OrderedDict()
        self._lock = threading.RLock()
        self._deriving = Deriving(self._pixels)
        self._answers: OrderedDict[Any, Candidates] = OrderedDict()
        self._hot = WorkingSet(lambda: self._tables.version("materials"), lambda: self._tables.pinned("materials"))

    @property
    def pixels_dir(self) -> Path:
        """The folder to which hrefs are relative."""
        return self.path

    # -------------------------------------------------------------------------------------------- materials

    def put(self, perceived: Perceived) -> Perception:
        """Stores pixels first and the record last, so that a record never lacks its pixels."""
        perception = perceived.perception
        keys = Keys(perception)
        self._pixels.put(keys.of("picture"), Layer(perceived.pixels))
        self._pixels.put(keys.of("matte"), Layer(perceived.matte))
        cutout = perceived.cutout
        self._pixels.put(keys.of("cutout"), Layer(cutout.pixels, cutout.x, cutout.y))
        self._record(perception)
        self._deriving.forget()
        return perception

    def _record(self, perception: Perception) -> None:
        self._tables.put("materials", [perception_row(perception)])
        self._keep(perception)

    def perceive(self, picture: Picture, product_id: str) -> Perception:
        """From the library where the same models have seen the picture, for any product; else perceived and stored.

        Raises InputError where the picture cannot be decoded.
        """
        known = self._find(picture.sha256)
        if known is None or known.models != model_versions(picture.role) or known.schema != VERSION:
            return self.put(perceive(picture, product_id))
        adopted = replace(known.with_attributes(rank=float(picture.rank), role=picture.role), product=product_id)
        if (adopted.product, adopted.attributes) != (known.product, known.attributes):
            self._record(adopted)
        return adopted

    def has(self, id: str) -> bool:
        return id in self._kept or bool(self._tables.find("materials", equals({"id": id}), ["id"]))

    def get(self, id: str) -> Perception:
        """Raises InputError for an id that is not there."""
        found = self._find(id)
        if found is None:
            raise InputError(f"the library has no material '{id[:80]}'", str(self.path), "perceive its product first")
        return found

    def of_product(self, product_id: str) -> tuple[Perception, ...]:
        """In the order of the product's gallery."""
        return self.where(equals({"product": product_id}))

    def all(self, role: str | None = None) -> tuple[Perception, ...]:
        """All materials, or those of one of the `ROLES` of `ddm.acquire.product`."""
        return self.where(equals({"role": role}) if role else "")

    def where(self, condition: str) -> tuple[Perception, ...]:
        """Materials for which an SQL condition over attribute columns holds (`records.column`), by product and rank.

        Such as: subject_area between 0.1 and 0.45 and not array_has(subject_cut, 'left').
        """
        rows = self._tables.find("materials", condition)
        rows.sort(key=lambda row: (row["product"], row["rank"], row["id"]))
        found = tuple(perception_of(row) for row in rows)
        for perception in found[:KEPT]:
            self._keep(perception)
        return found

    def select(self, condition: Condition | None, role: str = "", product: str | None = None) -> tuple[Perception, ...]:
        """Materials for which a condition of the language holds, by product and rank; of a role, of a product."""
        return self.where(_asked(condition, role, product))

    def count(self, condition: Condition | None, role: str = "", product: str | None = None) -> int:
        """How many `select` would find; none is loaded."""
        return self._tables.count("materials", _asked(condition, role, product))

    def candidates(
        self,
        role: str,
        product: str | None,
        conditions: Sequence[Condition],
        limit: int,
        order: Sequence[Wish] = (),
    ) -> Candidates:
        """The best `limit` materials for which all conditions hold, and what removed the others.

        role, product: '' and None for any. Conditions are counted part by part, in order. order: wishes, best first
        by their sum; ties by id. Two products that share a picture are two candidates.
        """
        asked = (self._tables.version("materials"), role, product, tuple(conditions), limit, tuple(order))
        with self._lock:
            if asked in self._answers:
                self._answers.move_to_end(asked)
                return self._answers[asked]
        answer = self._surveyed(role, product, conditions, limit, order)
        with self._lock:
            self._answers[asked] = answer
            while len(self._answers) > ANSWERS:
                self._answers.popitem(last=False)
        return answer

    def _surveyed(
        self, role: str, product: str | None, conditions: Sequence[Condition], limit: int, order: Sequence[Wish]
    ) -> Candidates:
        parts = tuple(dict.fromkeys(part for condition in conditions for part in conjuncts(condition)))
        view = self._hot.view()
        sifted = view.sift(role, product, parts, order, limit)
        removed = {str(part): number for part, number in zip(parts, sifted.removed, strict=True) if number}
        return Candidates(self._ranked(view, sifted, limit), sifted.total, removed)

    def _ranked(self, view: View, sifted: Sifted, limit: int) -> tuple[Perception, ...]:
        """Best first, ties by id."""
        found = zip(sifted.scores.tolist(), self._read(view, sifted.rows), strict=True)
        best = sorted(found, key=lambda pair: (-pair[0], pair[1].id, pair[1].product))
        return tuple(perception for _, perception in best[:limit])

    def _read(self, view: View, rows: RowIds) -> tuple[Perception, ...]:
        return tuple(map(perception_of, view.pinned.take(rows).to_pylist())) if len(rows) else ()

    def _find(self, id: str) -> Perception | None:
        with self._lock:
            if id in self._kept:
                self._kept.move_to_end(id)
                return self._kept[id]
        found = self.where(equals({"id": id}))
        return found[0] if found else None

    def _keep(self, perception: Perception) -> None:
        with self._lock:
            self._kept[perception.id] = perception
            self._kept.move_to_end(perception.id)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)

    # -------------------------------------------------------------------------------------------- products

    def put_product(self, product: Product) -> None:
        self._tables.put("products", [_product_row(product)])

    def put_products(self, products: Iterable[Product]) -> None:
        """All at once, which is much faster than one by one."""
        rows = [_product_row(product) for product in products]
        if rows:
            self._tables.put("products", rows)

    def product(self, id: str) -> Product:
        """Raises InputError for an id that is not there."""
        rows = self._tables.find("products", equals({"key": id}))
        if not rows:
            raise InputError(f"the library has no product '{id[:80]}'", str(self.path), "perceive its page first")
        return product_of(rows[0]["json"])

    def products(self) -> tuple[Product, ...]:
        """By id."""
        rows = self._tables.find("products")
        return tuple(product_of(row["json"]) for row in sorted(rows, key=lambda row: str(row["key"])))

    # -------------------------------------------------------------------------------------------- pixels

    def derive(self, material: Perception, name: str, params: Params, before: Steps = ()) -> Raster:
        """The pixels of `ddm.perceive.derive`, made once and kept; see the `Derive` protocol for what may be asked.

        Raises Unfit where the material does not allow it, InputError for an unknown name or value.
        """
        return self._deriving(material, name, params, before)

    def load(self, href: str) -> Bytes:
        """Pixels by href, uint8, read-only: (h, w, 3) sRGB or (h, w, 4) sRGB **premultiplied** by alpha."""
        return self._pixels.load(href)


def _asked(condition: Condition | None, role: str, product: str | None) -> str:
    wanted = "" if condition is None else f"({filter_of(condition)})"
    return " and ".join(filter(None, (pool_of(role, product), wanted)))


def _product_row(product: Product) -> Row:
    return {"key": product.id, "json": product_json(product)}
