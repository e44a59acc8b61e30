"""`ddm bench resolve`: binding and format into a resolved tree, beside the floor of building such a tree at all.

Every creative is resolved once. Half of the products warm up what is kept for all (plans, fonts, words); the others
are measured: what belongs to a product is new when its first format comes. Pixels are planned, not made: grown and
blurred pictures are the perception room's work, made once and kept.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ddm import templates
from ddm.acquire.product import Product
from ddm.errors import InputError, Unfit
from ddm.formats.catalogue import Format, catalogue
from ddm.language.compile import compile_text
from ddm.language.template import Template
from ddm.library import Library
from ddm.match import Binding
from ddm.produce.workshop import Workshop
from ddm.resolve import resolve
from ddm.resolve.resolver import planned
from ddm.svg.tree import Document, Group, Node
from ddm.typeset import typesetter

FEWEST = 2  # products: one to warm up with, one to measure


@dataclass(frozen=True, slots=True)
class Taken:
    """One resolved creative. milliseconds: of resolving; floor: of building its tree from values at hand."""

    template: str
    milliseconds: float
    floor: float


def _rebuilt(node: Node) -> Node:
    """The same node, made anew."""
    return replace(node, children=tuple(map(_rebuilt, node.children))) if isinstance(node, Group) else replace(node)


def _floor(document: Document) -> float:
    start = time.perf_counter()
    tuple(map(_rebuilt, document.children))
    return (time.perf_counter() - start) * 1000


def _bound(workshop: Workshop, product: Product, shipped: Sequence[Template]) -> list[tuple[Template, Binding]]:
    """The best binding of each template that has one."""
    found = []
    for template in shipped:
        try:
            found.append((template, workshop.bind(template, product)[0]))
        except Unfit:
            continue
    return found


def _runs(library: Library, product: Product, bound: Sequence[tuple[Template, Binding]]) -> Iterator[Taken]:
    derive, setter = planned(library.derive), typesetter()
    for template, binding in bound:
        for format_ in catalogue().values():
            start = time.perf_counter()
            try:
                resolved = resolve(template, binding, format_, product, setter, derive)
            except Unfit:
                continue
            spent = (time.perf_counter() - start) * 1000
            yield Taken(template.id, spent, _floor(resolved.document))


def _compile_ms(names: Sequence[str]) -> float:
    """Median over the templates of text -> Template."""
    return statistics.median(_once(templates.find(name).file) for name in names)


def _once(file: str) -> float:
    text = Path(file).read_text("utf-8")
    start = time.perf_counter()
    compile_text(text, "template", file)
    return (time.perf_counter() - start) * 1000


def _plan_ms(template: Template, formats: Sequence[Format], product: Product, binding: Binding) -> float:
    """Median over the formats of a plan that was not made before."""
    from ddm.resolve.facts import facts
    from ddm.resolve.plan import Planner

    fresh, spent = Planner(template), []
    for format_ in formats:
        start = time.perf_counter()
        try:
            fresh.plan(format_, facts(fresh, binding, format_, product))
        except Unfit:
            continue
        spent.append((time.perf_counter() - start) * 1000)
    return statistics.median(spent) if spent else 0.0


def _percentile(values: Sequence[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def run(folder: Path) -> dict[str, Any]:
    """The figures as plain data. InputError where the library has too few products."""
    library = Library(folder)
    products = library.products()
    if len(products) < FEWEST:
        raise InputError(f"the library has {len(products)} products", str(folder), "run `ddm demo` first")
    workshop, names = Workshop(library), tuple(templates.shipped())
    shipped = [templates.find(name) for name in names]
    every = [(product, _bound(workshop, product, shipped)) for product in products]
    for product, bound in every[::2]:
        list(_runs(library, product, bound))
    taken = [one for product, bound in every[1::2] for one in _runs(library, product, bound)]
    spent = [one.milliseconds for one in taken]
    floor = statistics.median(one.floor for one in taken)
    plans = [_plan_ms(t, list(catalogue().values()), every[0][0], b) for t, b in every[0][1]]
    middle = statistics.median(spent)
    return {
        "creatives": len(taken),
        "templates": len(shipped),
        "formats": len(catalogue()),
        "resolve_ms": {"p50": round(middle, 3), "p99": round(_percentile(spent, 0.99), 3)},
        "floor_ms": round(floor, 4),
        "ratio": round(middle / floor, 1),
        "compile_ms": round(_compile_ms(names), 2),
        "plan_ms": round(statistics.median(plans), 2),
        "by_template": {name: round(statistics.median(ms), 3) for name, ms in _by_template(taken).items()},
    }


def _by_template(taken: Sequence[Taken]) -> dict[str, list[float]]:
    found: dict[str, list[float]] = {}
    for one in taken:
        found.setdefault(one.template, []).append(one.milliseconds)
    return dict(sorted(found.items()))
