"""The one table of URLs: from it requests are taken apart, links are printed and the OpenAPI description is made."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote

from ddm.errors import InputError

PICTURES = {"jpg": "image/jpeg", "png": "image/png", "webp": "image/webp"}
TYPES = {**PICTURES, "svg": "image/svg+xml", "json": "application/json"}

MAX_QUERY = 8192
"""Bytes of a query string: what proxies and browsers reliably carry."""
MAX_COPY = 400
"""Characters of one replaced wording: several times the longest that any format can set."""
MAX_COPIES = 12
"""Replaced wordings in one URL: more objects of copy than any template shows."""
MAX_AD_HOC_SIDE = 4096
"""Pixels of either side of a size that is no format of the catalogue: more than any screen or slot it holds has."""
MAX_AD_HOC_PIXELS = 8_000_000
"""Of such a size in all: a little more than a 4K screen shows; the largest format at its finest has six million."""
MAX_BODY = 1_100_000
"""Bytes of a preview request: the largest template that the language reads, and its envelope."""


@dataclass(frozen=True, slots=True)
class Param:
    """A part of a path or query. pattern: what its whole value matches."""

    name: str
    pattern: str
    meaning: str
    example: str

    def check(self, value: str) -> str:
        """The value itself. InputError where it does not match."""
        if not re.fullmatch(self.pattern, value):
            raise InputError(f"'{value[:60]}' cannot be a {self.name}", mend=f"such as {self.example}")
        return value


_SLUG = r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}"
_SLUG_NO_DOT = r"[A-Za-z0-9][A-Za-z0-9_-]{0,79}"
PRODUCT = Param("product", _SLUG, "Id of a product.", "cactus")
TEMPLATE = Param("template", _SLUG, "Id of a template.", "window")
FORMAT = Param("format", _SLUG_NO_DOT, "Id of a format, or a size in pixels such as 640x400.", "square-800")
TYPE = Param(
    "type",
    "|".join(TYPES),
    "Picture type, one that the format takes; svg for plain SVG, json for the explanation.",
    "jpg",
)
PIXELS = Param(
    "pixels", r"[0-9a-f]{2}/[0-9a-f]{16,64}\.(?:jpg|png|webp)", "Name of derived pixels.", f"ab/{'c' * 40}.png"
)
ASSET = Param("asset", r"(?:studio|explain)\.(?:js|css)", "A part of the editor's page.", "studio.js")
VERSION = Param("v", r"[0-9a-f]{8,64}", "Beginning of the content's hash: the answer may be kept for ever.", "a1b2c3d4")
SIGNATURE = Param("sig", r"[A-Za-z0-9_-]{43}", "HMAC-SHA256 of path and query, base64url.", "…")
PIXEL_RATIO = Param(
    "pixel_ratio", r"[1-4](?:\.\d{1,2})?", "Pixels for each unit of the canvas, one that the format takes.", "2"
)
COPY = Param(
    "copy",
    r"[A-Za-z][A-Za-z0-9_-]{0,39}",
    "Any other name: the wording of the template's object so called.",
    "headline",
)


@dataclass(frozen=True, slots=True)
class Row:
    """One kind of URL. path: with {name} for each of `params`. guard: what a request must bring to be answered."""

    name: str
    path: str
    meaning: str
    params: tuple[Param, ...] = ()
    query: tuple[Param, ...] = ()
    guard: Literal["", "signature", "token"] = ""
    method: str = "GET"
    answers: tuple[str, ...] = ("application/json",)

    @property
    def served(self) -> str:
        """The path as the router reads it; names of pixels reach over a slash."""
        return self.path.replace("{pixels}", "{pixels:path}")

    def print(self, **parts: str) -> str:
        """The path for these parts. InputError for a part that the table forbids."""
        return self.path.format(**{p.name: quote(p.check(parts[p.name]), safe="/") for p in self.params})

    def parse(self, path: str) -> dict[str, str] | None:
        """The parts of a path, or None where it is none of this row's: the inverse of `print`."""
        pattern = re.sub(r"\\{(\w+)\\}", lambda m: f"(?P<{m[1]}>{self._pattern(m[1])})", re.escape(self.path))
        found = re.fullmatch(pattern, path)
        return found.groupdict() if found else None

    def check(self, parts: Mapping[str, str]) -> dict[str, str]:
        """Parts as the router found them. InputError names the wrong one."""
        return {p.name: p.check(parts[p.name]) for p in self.params}

    def _pattern(self, name: str) -> str:
        return next(p.pattern for p in self.params if p.name == name)


_ROWS = (
    Row(
        "creative",
        "/v1/creative/{product}/{template}/{format}.{type}",
        "A creative, its plain SVG or its explanation, made when asked for.",
        (PRODUCT, TEMPLATE, FORMAT, TYPE),
        (VERSION, PIXEL_RATIO, SIGNATURE, COPY),
        "signature",
        answers=tuple(TYPES.values()),
    ),
    Row(
        "pixels", "/v1/pixels/{pixels}", "Pixels that plain SVG refers to.", (PIXELS,), answers=tuple(PICTURES.values())
    ),
    Row("products", "/v1/products", "Ids and titles of all products."),
    Row("templates", "/v1/templates", "Ids and titles of all templates."),
    Row(
        "formats",
        "/v1/formats",
        "All formats: size, weight, types, pixel ratios, what must stay free.",
    ),
    Row("openapi", "/openapi.json", "This table as an OpenAPI 3.1 description."),
    Row("healthz", "/healthz", "Whether the server answers.", answers=("text/plain",)),
    Row("index", "/", "What there is, for people.", answers=("text/html",)),
    Row("studio", "/studio", "The template editor.", answers=("text/html",)),
    Row("language", "/v1/language", "The operations and attributes that templates may name."),
    Row("asset", "/studio/{asset}", "Parts of its page.", (ASSET,), answers=("text/javascript", "text/css")),
    Row(
        "source",
        "/v1/templates/{template}.svg",
        "A template's text.",
        (TEMPLATE,),
        guard="token",
        answers=("text/plain",),
    ),
    Row(
        "preview",
        "/v1/preview",
        "A creative of a template that is sent along.",
        guard="token",
        method="POST",
        answers=tuple(TYPES.values()),
    ),
)

TABLE: dict[str, Row] = {row.name: row for row in _ROWS}
STUDIO = frozenset({"studio", "asset", "language", "source", "preview"})
"""Rows that take or show template text; served only where the studio is switched on."""
