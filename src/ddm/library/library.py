"""The material perception library: what was perceived, found again by id, product or condition, with its pixels."""

from __future__ import annotations

import sys
import threading
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypeAlias

from ddm.acquire.product import Picture, Product
from ddm.derive.table import Layer
from ddm.errors import InputError
from ddm.language.expressions import Condition
from ddm.library.blobs import Blobs, Folder
from ddm.library.cache import RECORDS, cache_of
from ddm.library.candidates import Candidates, Wish, pool_of
from ddm.library.copies import Copies
from ddm.library.deriving import PERCEIVED, Deriving, Keys, Stored, stored_raster
from ddm.library.filters import filter_of
from ddm.library.finding import Finding
from ddm.library.migrations import anew
from ddm.library.nearest import Near
from ddm.library.pixels import PixelStore
from ddm.library.place import Place, place_of, s3_options
from ddm.library.records import PACKED, Row, body_of, perception_of, perception_row, product_json, product_of, unpacked
from ddm.library.store import Tables, equals
from ddm.library.vectors import Floats32
from ddm.library.working_set import View
from ddm.perceive import Perceived, perceive
from ddm.perceive.again import perceive_again, stale
from ddm.perceive.perceivers import TABLE
from ddm.perceive.perception import Bytes, Params, Perception, Raster, Steps
from ddm.perceive.refusals import REFUSALS, Refusal
from ddm.perceive.schema import VERSION
from ddm.perceive.tiers import BEST, higher

Look: TypeAlias = Callable[[Picture, str, str, tuple[Refusal, ...]], Perceived]
"""As `ddm.perceive.perceive`."""
KEPT = 512
"""Perceptions kept in memory, about 40 kB each."""


class Library:
    """Everything below one folder or URL: `tables/` (LanceDB), `asked/`, `pixels/`. Safe to use from several threads.
    What is kept to answer faster, in `columns/` and `records/`, lies on this machine.

    Several processes may read and write one library at the same time.
    """

    def __init__(self, url: Path | str, migrating: bool = True) -> None:
        """url: a folder, file:///folder or s3://bucket/prefix, the last reached by the usual AWS_* variables.

        migrating: a library of an older schema is brought to today's.
        """
        self.place = place_of(url)
        copies = Copies(self._aside, self._copied)
        self._tables = Tables(self.place.tables, None if self.place.folder else s3_options(), migrating, copies)
        self._pixels = PixelStore(blobs_of(self.place))
        self._kept: OrderedDict[str, Perception] = OrderedDict()
        self._lock = threading.RLock()
        self._deriving = Deriving(self._pixels)
        self._finding = Finding(self._tables, copies, self._aside)

    @property
    def tables(self) -> Tables:
        """For the library's own upkeep."""
        return self._tables

    @property
    def pixels(self) -> PixelStore:
        """For the library's own upkeep."""
        return self._pixels

    @property
    def path(self) -> Path:
        """Its folder. Raises InputError for one in an object store."""
        return self.place.store

    @property
    def pixels_dir(self) -> Path:
        """The folder to which hrefs are relative. Raises InputError for a library in an object store: see `file`."""
        return self.path

    # -------------------------------------------------------------------------------------------- materials

    def put(self, perceived: Perceived) -> Perception:
        """Stores pixels first and the record last, so that a record never lacks its pixels."""
        perception = perceived.perception
        self._put_pixels(Keys(perception), perceived)
        self._record(perception)
        self._deriving.forget()
        return perception

    def _put_pixels(self, keys: Keys, perceived: Perceived) -> None:
        cutout = perceived.cutout
        self._pixels.put(keys.of("picture"), Layer(perceived.pixels))
        self._pixels.put(keys.of("matte"), Layer(perceived.matte))
        self._pixels.put(keys.of("cutout"), Layer(cutout.pixels, cutout.x, cutout.y))

    def _record(self, perception: Perception) -> None:
        self._tables.put("materials", [perception_row(perception)])
        self._keep(perception)

    def perceive(self, picture: Picture, product_id: str, tier: str = BEST.name, look: Look = perceive) -> Perception:
        """From the library where the same models have seen the picture, for any product; else perceived and stored.

        tier: how closely, of `ddm.perceive.tiers`; what was seen in a higher one is not seen again. look: who perceives
        what is `unseen`. Raises InputError where the picture cannot be decoded, Unfit where it is refused
        (`ddm.perceive.refusals`).
        """
        known = self._find(picture.sha256)
        wanted = _unseen(known, picture, tier)
        if known is None or wanted:
            return self.put(look(picture, product_id, wanted, REFUSALS))
        rows = stale(known, picture.role, anew(known.schema), tier)
        seen = self._seen_again(known, picture, rows, tier) if rows else replace(known, schema=VERSION)
        adopted = replace(seen.with_attributes(rank=float(picture.rank), role=picture.role), product=product_id)
        if rows or any(getattr(adopted, name) != getattr(known, name) for name in ("product", "attributes", "schema")):
            self._record(adopted)
        return adopted

    def unseen(self, picture: Picture, tier: str) -> str:
        """The tier in which a picture must be perceived as a whole; '' for one that is known, if only in part."""
        return _unseen(self._find(picture.sha256), picture, tier)

    def _seen_again(self, known: Perception, picture: Picture, rows: Collection[str], tier: str) -> Perception:
        """By the rows that changed; pixels are kept where the matte is."""
        again = perceive_again(known, picture, rows, Stored(known, self._pixels), tier)
        was, now = Keys(known), Keys(again.perception)
        if again.redrawn:
            self._put_pixels(now, again.perceived)
        else:
            for name in PERCEIVED:
                if raster := stored_raster(self._pixels, was, name):
                    self._pixels.describe(now.of(name), raster)
        self._deriving.forget()
        return again.perception

    def renew(self, picture: Picture, owners: Iterable[str]) -> None:
        """Perceived anew whatever is known of it, for each product that shows it."""
        perceived = perceive(picture, "")
        for owner in owners:
            self.put(replace(perceived, perception=replace(perceived.perception, product=owner)))

    def forget(self) -> None:
        """What is kept in memory: the tables were changed by other means."""
        with self._lock:
            self._kept.clear()
        self._deriving.forget()

    def has(self, id: str) -> bool:
        return id in self._kept or bool(self._tables.find("materials", equals({"id": id}), ["id"]))

    def get(self, id: str) -> Perception:
        """Raises InputError for an id that is not there."""
        found = self._find(id)
        if found is None:
            raise InputError(f"the library has no material '{id[:80]}'", self.place.url, "perceive its product first")
        return found

    def of_product(self, product_id: str) -> tuple[Perception, ...]:
        """In the order of the product's gallery."""
        return self._finding.of_product(product_id)

    def all(self, role: str | None = None) -> tuple[Perception, ...]:
        """All materials, or those of one of the `ROLES` of `ddm.acquire.product`."""
        return self.where(equals({"role": role}) if role else "")

    def where(self, condition: str) -> tuple[Perception, ...]:
        """Materials for which an SQL condition over attribute columns holds (`records.column`), by product and rank.

        Such as: subject_area between 0.1 and 0.45 and not array_has(subject_cut, 'left').
        """
        rows = self._tables.find("materials", condition, (*PACKED, "maps"))
        if all(row["schema"] == VERSION for row in rows):
            known = [unpacked(body_of(row), partial(_at_hand, row["maps"])) for row in rows]
        else:  # of another vocabulary
            known = [perception_of(row) for row in self._tables.find("materials", condition)]
        found = tuple(sorted(known, key=lambda one: (one.product, one.number("rank"), one.id)))
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
        return self._finding.candidates(role, product, conditions, limit, order)

    def nearest(
        self,
        to: str | Floats32,
        where: Condition | None = None,
        limit: int = 10,
        role: str = "",
        product: str | None = None,
    ) -> tuple[Near, ...]:
        """The materials that look most alike, of those for which a condition holds, of a role, of a product.

        to: the id of a material, which is not found itself, or an embedding, float32 (n,), unit length. Best first; of
        some thousands exact, of more nearly so: see `ddm bench match`. Raises InputError for an id that is not there.
        """
        itself = to if isinstance(to, str) else ""
        embedding = self.get(to).embedding if isinstance(to, str) else to
        if not len(embedding):
            return ()
        near = self._finding.nearest(embedding, where, limit + 1, role, product)
        return tuple(one for one in near if one.material.id != itself)[:limit]

    def copy(self) -> None:
        """Lays copies of all records aside, from which they are read in microseconds. What is written through this is
        copied then; what another machine or an older version wrote, when it is first found."""
        self._finding.copy()

    def _aside(self) -> Path:
        """A folder of this machine for what can be made anew."""
        return self.place.folder or cache_of(self.place.url).folder

    def _copied(self) -> int:
        """Bytes that copies may take: a share of what a remote library may keep here; in a folder any, a quarter of
        what the records do."""
        return sys.maxsize if self.place.folder else int(cache_of(self.place.url).limit * RECORDS)

    def view(self) -> View:
        """What is kept of the materials in memory, as they are now, whoever wrote them."""
        return self._finding.view()

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
            raise InputError(f"the library has no product '{id[:80]}'", self.place.url, "perceive its page first")
        return product_of(rows[0]["json"])

    def products(self) -> tuple[Product, ...]:
        """By id."""
        rows = self._tables.find("products")
        return tuple(product_of(row["json"]) for row in sorted(rows, key=lambda row: str(row["key"])))

    # -------------------------------------------------------------------------------------------- pixels

    def derive(self, material: Perception, name: str, params: Params, before: Steps = ()) -> Raster:
        """The pixels of `ddm.derive.table`, made once and kept; see the `Derive` protocol for what may be asked.

        Raises Unfit where the material does not allow it, InputError for an unknown name or value.
        """
        return self._deriving(material, name, params, before)

    def load(self, href: str, side: int = 0) -> Bytes:
        """Pixels by href, uint8, read-only: (h, w, 3) sRGB or (h, w, 4) sRGB **premultiplied** by alpha.

        side: where a smaller size will do, the least that its longer side may have; 0 for the whole.
        """
        return self._pixels.load(href, side)

    def file(self, href: str) -> Path:
        """The picture file on this machine, fetched where the library is remote. Raises InputError."""
        return self._pixels.file(href)


def blobs_of(place: Place) -> Blobs:
    """Where the pixels of a library lie."""
    if place.folder:
        return Folder(place.folder)
    from ddm.library.bucket import Bucket  # takes a moment to import: only remote libraries wait

    return Bucket(place, cache_of(place.url))


def _unseen(known: Perception | None, picture: Picture, tier: str) -> str:
    if known is None:
        return tier
    rows = stale(known, picture.role, anew(known.schema), tier)
    return higher(tier, known.models) if len(rows) == len(TABLE) else ""


def _asked(condition: Condition | None, role: str, product: str | None) -> str:
    wanted = "" if condition is None else f"({filter_of(condition)})"
    return " and ".join(filter(None, (pool_of(role, product), wanted)))


def _at_hand(maps: bytes, id: str, product: str) -> bytes:
    return maps


def _product_row(product: Product) -> Row:
    return {"key": product.id, "json": product_json(product)}
