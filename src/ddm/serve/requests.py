"""What a request asks for: its path, query and body into an Order, checked at the door."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from starlette.requests import Request

from ddm.errors import InputError
from ddm.formats.catalogue import SIZE, catalogue, find
from ddm.language.findings import nearest
from ddm.produce.target import AUTO
from ddm.serve.problems import HttpError
from ddm.serve.routes import (
    COPY,
    MAX_AD_HOC_PIXELS,
    MAX_AD_HOC_SIDE,
    MAX_BODY,
    MAX_COPIES,
    MAX_COPY,
    PICTURES,
    PIXEL_RATIO,
    VERSION,
)
from ddm.serve.service import Order


def order_of(parts: Mapping[str, str], query: Iterable[tuple[str, str]]) -> tuple[Order, str]:
    """What is asked for and the version it was linked at. InputError for a parameter that is wrong or given twice."""
    found: dict[str, str] = {}
    for name, value in query:
        if name in found:
            raise InputError(f"'{name[:40]}' is given twice")
        found[name] = value
    found.pop("sig", None)
    version = found.pop("v", "")
    if version:
        VERSION.check(version)
    ratio = PIXEL_RATIO.check(found.pop(PIXEL_RATIO.name)) if PIXEL_RATIO.name in found else "0"
    if len(found) > MAX_COPIES:
        raise InputError(f"{len(found)} wordings", mend=f"at most {MAX_COPIES}")
    copy = tuple(sorted((COPY.check(name), _wording(name, value)) for name, value in found.items()))
    picture = parts["type"] if parts["type"] in PICTURES else AUTO
    explained = parts["type"] == "json"
    order = Order(parts["product"], parts["template"], parts["format"], picture, copy, explained, float(ratio))
    return order, version


def check_format(name: str) -> None:
    """404 where there is no such format, 400 where it is a size that is not in the catalogue and too large to serve."""
    try:
        found = find(name)
    except InputError as error:
        raise HttpError(400 if SIZE.fullmatch(name) else 404, error.what, error.mend) from None
    too_large = max(found.width, found.height) > MAX_AD_HOC_SIDE or found.width * found.height > MAX_AD_HOC_PIXELS
    if too_large and name not in catalogue():
        most = f"sides up to {MAX_AD_HOC_SIDE}, {MAX_AD_HOC_PIXELS:,} pixels in all; or a file of formats that has it"
        raise HttpError(400, f"a size of {name} pixels", most)


def _wording(name: str, value: str) -> str:
    if len(value) > MAX_COPY:
        raise InputError(f"'{name}' has {len(value)} characters", mend=f"at most {MAX_COPY}")
    if any(
        not c.isprintable() and c not in "\u200c\u200d\u200e\u200f" for c in value
    ):  # joiners and marks belong to scripts
        raise InputError(f"'{name}' holds control characters", mend="plain text on one line")
    return value


async def fields_of(request: Request) -> dict[str, str]:
    """The JSON object of strings in the body, read no further than the limit."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BODY:
            raise HttpError(413, "the request is too large", f"at most {MAX_BODY} bytes")
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        raise InputError("the body is not JSON") from None
    wanted = {"text", "product", "format"}
    if not isinstance(found, dict) or not wanted <= set(found) or not all(isinstance(v, str) for v in found.values()):
        raise InputError("the body is not an object of strings", mend="text, product, format, and type if need be")
    return found


def matches(given: str, etag: str) -> bool:
    """If-None-Match: any of the tags, compared weakly, or '*'."""
    tags = [tag.strip().removeprefix("W/") for tag in given.split(",")]
    return etag in tags or "*" in tags


def nearest_of(name: str, known: Iterable[str]) -> str:
    names = list(known)
    return nearest(name, names) if len(names) <= 50 else nearest(name, names).split(", ")[0]
