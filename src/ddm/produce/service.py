"""The rooms behind HTTP: orders by name into creatives, and all that a client may look up."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Generic, TypeVar

from ddm import __version__, templates
from ddm.errors import InputError, Unfit
from ddm.formats import catalogue
from ddm.language.compile import compile_text
from ddm.language.findings import nearest
from ddm.language.template import Template
from ddm.library import Library
from ddm.produce import resume
from ddm.produce.explaining import candidates, of_refusal
from ddm.produce.target import Wish
from ddm.produce.workshop import Creative, Workshop, explanation
from ddm.serve.service import Made, Order, Refused

T = TypeVar("T")

FRESH = 10.0
"""Seconds for which lists of the library are believed: it may grow while it is served."""


class _Lately(Generic[T]):
    """A value that is read again when it is older than FRESH."""

    def __init__(self, read: Callable[[], T]) -> None:
        self._read, self._until = read, 0.0

    def __call__(self) -> T:
        if time.monotonic() >= self._until:
            self._value, self._until = self._read(), time.monotonic() + FRESH
        return self._value


class Service:
    """Implements ddm.serve.service.Service over one library and the shipped templates."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.workshop = Workshop(library)
        self._products = _Lately(lambda: {product.id: product for product in library.products()})

    @property
    def products(self) -> Mapping[str, str]:
        return {name: product.title for name, product in self._products().items()}

    @property
    def templates(self) -> Mapping[str, str]:
        return {name: templates.find(name).title for name in templates.shipped()}

    def etag(self, order: Order) -> str:
        """SHA-256 over the order, the code's version, template, format, product, and all material it may choose."""
        product, template = self._products()[order.product], templates.find(order.template)
        plain = replace(order, explained=False)
        usable = self.workshop.materials(template, product)
        materials = resume.materials_key(usable, self.workshop.others(product, usable))
        parts = (plain, __version__, template.sha256, catalogue.find(order.format), product, materials)
        return hashlib.sha256(repr(parts).encode()).hexdigest()

    def make(self, order: Order) -> Made:
        return self._made(templates.find(order.template), order)

    def preview(self, text: str, order: Order) -> Made:
        return self._made(_compiled(text), order)

    def pixels(self, name: str) -> bytes:
        try:
            return self.library.file(f"pixels/{name}").read_bytes()
        except (OSError, InputError):
            raise InputError(f"there are no pixels '{name}'") from None

    def source(self, template: str) -> str:
        return Path(templates.shipped()[template]).read_text("utf-8")

    def _made(self, template: Template, order: Order) -> Made:
        _check_wordings(template, order)
        product, format_ = self._products()[order.product], catalogue.find(order.format)
        wish = Wish(order.type, order.pixel_ratio or 1.0, exact=bool(order.pixel_ratio))
        try:
            creative = self.workshop.make(template, product, format_, wish, dict(order.copy), order.explained)
        except Unfit as unfit:
            if not order.explained:
                raise
            near = {"candidates": candidates(self.workshop, template, product)} if unfit.where else {}
            raise Refused(unfit, of_refusal(unfit) | near) from None
        return _answer(creative)


@lru_cache(maxsize=32)
def _compiled(text: str) -> Template:
    """A template sent along, once for all its previews. InputError names every mistake."""
    template, findings = compile_text(text, "preview")
    findings.raise_errors()
    return template


def _check_wordings(template: Template, order: Order) -> None:
    known = [spec.id for spec in template.objects.values() if spec.kind == "copy"]
    for name, _ in order.copy:
        if name not in known:
            raise InputError(f"the template '{template.id}' has no copy '{name}'", mend=nearest(name, known))


def _answer(creative: Creative) -> Made:
    return Made(creative.body, creative.document, explanation(creative))
