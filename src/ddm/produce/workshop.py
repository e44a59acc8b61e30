"""One creative: match, resolve, draw, encode, measure, with the time of each and the trace of all."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property

from ddm.acquire.product import Product
from ddm.formats.catalogue import Format
from ddm.language.template import AbstractObject, Template
from ddm.language.vocabulary import PICTURES
from ddm.library import Library
from ddm.match import Binding, match
from ddm.match.options import Options
from ddm.match.shortlist import Shortlist
from ddm.measure import Scores, Use, context_of, measure, reader
from ddm.perceive.perception import Params, Perception, Raster, Steps
from ddm.produce.explaining import explanation
from ddm.produce.shelf import LibraryShelf
from ddm.produce.target import BEST_FILE, Wish, encoded, suffix
from ddm.render import Renderer
from ddm.resolve import Resolved, best
from ddm.resolve.picture import GROWN_SCALES
from ddm.svg.check import check
from ddm.svg.tree import Document, Group, Image, Node
from ddm.svg.writer import write
from ddm.typeset import typesetter

__all__ = ["Creative", "Recorder", "Workshop", "explanation", "rebased"]


@dataclass(frozen=True, slots=True)
class Creative:
    """A finished picture. type, body: of the encoded file, which has pixel_ratio pixels for each unit of the canvas.
    document: with hrefs relative to the library's folder.
    """

    product: Product
    template: Template
    format: Format
    type: str
    body: bytes
    document: Document
    resolved: Resolved
    milliseconds: Mapping[str, float]
    scores: Scores | None = None
    pixel_ratio: float = 1.0

    @property
    def id(self) -> str:
        return f"{self.product.id}--{self.template.id}--{self.format.id}"

    @property
    def file(self) -> str:
        """The name of its file: 'ID.jpg', 'ID@2x.jpg'."""
        return f"{self.id}{suffix(self.pixel_ratio)}.{self.type}"


@dataclass
class Recorder:
    """Derived pixels as they are asked for, so that `measure` knows what each href shows; and the time it took.

    pixel_ratio: pictures are grown finer by it, for what is drawn larger than the canvas.
    """

    library: Library
    pixel_ratio: float = 1.0
    used: dict[str, Use] = field(default_factory=dict)
    seconds: float = 0.0

    def __call__(self, material: Perception, name: str, params: Params, before: Steps = ()) -> Raster:
        start = time.perf_counter()
        raster = self.library.derive(material, name, self._finer(name, params), before)
        self.seconds += time.perf_counter() - start
        self.used[raster.href] = (material, (*(step for step, _ in before), name), raster)
        return raster

    def _finer(self, name: str, params: Params) -> Params:
        if name != "extended" or self.pixel_ratio == 1:
            return params
        wanted = float(params["scale"]) * self.pixel_ratio
        return {**params, "scale": next((scale for scale in GROWN_SCALES if scale >= wanted), 1.0)}


@contextmanager
def _timed(into: dict[str, float], name: str) -> Iterator[None]:
    start = time.perf_counter()
    yield
    into[name] = round((time.perf_counter() - start) * 1000, 2)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What bindings were asked for, of which edition of the shelf."""

    template: Template
    product: Product
    overrides: Mapping[str, str]
    edition: int

    def same(self, other: _Asked) -> bool:
        alike = self.edition == other.edition and self.template is other.template
        return alike and self.overrides == other.overrides and self.product == other.product


@dataclass
class Workshop:
    """The rooms from match to measure around one library. One for each process; its caches are shared by threads."""

    library: Library
    _bound: tuple[_Asked, list[Binding]] | None = None

    @cached_property
    def shelf(self) -> LibraryShelf:
        return LibraryShelf(self.library)

    @cached_property
    def renderer(self) -> Renderer:
        return Renderer(self.library.load)

    def materials(self, template: Template, product: Product) -> list[Perception]:
        """What the template may choose from for this product, by id; whatever its objects' fallbacks allow included."""
        options = self._options(product)
        pictures = [spec for spec in template.objects.values() if spec.kind in PICTURES]
        asked = [(s, w) for s in pictures for w in (s.where, *(f.where for f in s.otherwise if f.kind == "where"))]
        found = {e.material.id: e.material for spec, where in asked for e in options.listed(spec, where).entries}
        return [found[id] for id in sorted(found)]

    def candidates(self, spec: AbstractObject, product: Product) -> tuple[Shortlist, Shortlist]:
        """What fits one picture object, and what its condition chooses from."""
        options = self._options(product)
        return options.listed(spec, spec.where), options.listed(spec, None)

    def _options(self, product: Product) -> Options:
        return Options(product, self.shelf)

    def others(self, product: Product, materials: Iterable[Perception]) -> list[Product]:
        """The other products that these materials show, by id."""
        ids = {m.product for m in materials} - {"", product.id}
        return [other for id in sorted(ids) if (other := self.shelf.product(id))]

    def bind(self, template: Template, product: Product, overrides: Mapping[str, str] | None = None) -> list[Binding]:
        """The best different bindings; Unfit names the object that nothing can fill.

        They hold for all formats, so the last ones are kept.
        """
        asked = _Asked(template, product, dict(overrides or {}), self.shelf.edition())
        last = self._bound
        if last is None or not last[0].same(asked):
            last = self._bound = asked, match(template, product, self.shelf, overrides)
        return last[1]

    def make(
        self,
        template: Template,
        product: Product,
        format_: Format,
        wish: Wish = BEST_FILE,
        overrides: Mapping[str, str] | None = None,
        measured: bool = True,
    ) -> Creative:
        """One creative. Unfit says why this product's material cannot serve this template in this format, or why the
        format cannot have the file that is wished for."""
        wish.check(format_)
        ratio = wish.ratio(format_)
        ms: dict[str, float] = {}
        recorder = Recorder(self.library, ratio)
        with _timed(ms, "match"):
            bound = self.bind(template, product, overrides)
        with _timed(ms, "resolve"):
            resolved = best(template, bound, format_, product, typesetter(), recorder)
        ms["derive"] = round(recorder.seconds * 1000, 2)
        ms["resolve"] = round(ms["resolve"] - ms["derive"], 2)
        check(write(resolved.document))
        with _timed(ms, "draw"):
            pixels = self.renderer.draw(resolved.document, ratio)
        with _timed(ms, "encode"):
            type_, body = encoded(pixels, wish.types(format_, resolved.document), format_.max_kb)
        scores = None
        if measured:
            with _timed(ms, "measure"):
                bleed = frozenset(o.element for o in resolved.trace.origins if o.property == "bleed")
                context = context_of(format_, recorder.used, len(body), reader(), ratio, bleed)
                scores = measure(resolved.document, pixels, context)
        return Creative(product, template, format_, type_, body, resolved.document, resolved, ms, scores, ratio)


def rebased(document: Document, prefix: str) -> Document:
    """The document with `prefix` before every href, for where its SVG will lie."""
    return replace(document, children=tuple(_rebased(node, prefix) for node in document.children))


def _rebased(node: Node, prefix: str) -> Node:
    if isinstance(node, Group):
        return replace(node, children=tuple(_rebased(child, prefix) for child in node.children))
    return replace(node, href=prefix + node.href) if isinstance(node, Image) else node
