"""The application: each row of the table of URLs with the function that answers it."""

from __future__ import annotations

import hmac
import os
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict
from functools import partial
from importlib.resources import files
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from ddm import __version__
from ddm.errors import InputError
from ddm.formats.catalogue import catalogue
from ddm.formats.rows import row_of
from ddm.language.operations import OPERATIONS
from ddm.perceive.schema import ATTRIBUTES
from ddm.produce.gallery import explaining, part
from ddm.produce.workshop import rebased
from ddm.serve.keep import Keep
from ddm.serve.openapi import description
from ddm.serve.problems import HttpError, answer, not_found, wrong_method
from ddm.serve.requests import check_format, fields_of, matches, nearest_of, order_of
from ddm.serve.routes import (
    MAX_QUERY,
    PICTURES,
    PIXEL_RATIO,
    STUDIO,
    TABLE,
    TYPES,
    Row,
)
from ddm.serve.service import Made, Order, Service
from ddm.serve.signing import MIN_SECRET, Signer
from ddm.svg.writer import write

Answer = Callable[[Request], Awaitable[Response]]

_UP = "../../../"
"""From a creative's URL to where pixels lie beside it; plain SVG holds no absolute addresses."""
FOR_EVER = "public, max-age=31536000, immutable"
FOR_A_MINUTE = "public, max-age=60"
_PLAIN = {"x-content-type-options": "nosniff"}
_SVG_POLICY = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; sandbox"
_PAGE_POLICY = (
    "default-src 'none'; img-src 'self' blob: data:; style-src 'self' 'unsafe-inline'; script-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


def create_app(service: Service, secret: bytes, *, studio: bool = False, token: str = "") -> Starlette:
    """The application. studio: also answer the editor, whose requests bring `token` as a bearer.

    Raises InputError for a secret or a token too short to be one.
    """
    if studio and len(token) < MIN_SECRET:
        raise InputError(f"a studio token of {len(token)} characters", mend=f"at least {MIN_SECRET}, drawn at random")
    handlers = _Handlers(service, Signer(secret), studio, token)
    return Starlette(
        routes=[Route(row.served, handlers.of(row), methods=[row.method]) for row in handlers.rows],
        exception_handlers={404: not_found, 405: wrong_method},
    )


def _guarded(endpoint: Answer) -> Answer:
    async def guarded(request: Request) -> Response:
        try:
            return await endpoint(request)
        except Exception as error:  # the last door: nothing leaves as a trace
            return answer(error)

    return guarded


class _Handlers:
    def __init__(self, service: Service, signer: Signer, studio: bool, token: str) -> None:
        self.service, self.signer, self.token = service, signer, token
        self.rows = [row for row in TABLE.values() if studio or row.name not in STUDIO]
        self.keep = Keep(os.cpu_count() or 1)

    def of(self, row: Row) -> Answer:
        guards: Mapping[str, Callable[[Request], None]] = {"signature": self._signature, "token": self._token}
        inner: Answer = getattr(self, row.name)

        async def endpoint(request: Request) -> Response:
            if len(request.scope.get("query_string", b"")) > MAX_QUERY:
                raise HttpError(400, "the query is too long", f"at most {MAX_QUERY} bytes")
            if row.guard:
                guards[row.guard](request)
            request.scope["parts"] = row.check(request.path_params)
            return await inner(request)

        return _guarded(endpoint)

    # -------------------------------------------------------------------------------------------- guards

    def _signature(self, request: Request) -> None:
        given = request.query_params.getlist("sig")
        path, params = request.scope["path"], request.query_params.multi_items()
        if len(given) != 1 or not self.signer.holds(path, params, given[0]):
            raise HttpError(
                403, "the signature is missing or wrong", "path and query are signed with the server's secret"
            )

    def _token(self, request: Request) -> None:
        scheme, _, given = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not hmac.compare_digest(given.encode(), self.token.encode()):
            raise HttpError(403, "the token is missing or wrong", "open the address that ddm serve --studio printed")

    def _known(self, order: Order, template: bool = True) -> None:
        """404 for what does not exist, naming the nearest; 400 for a size that is too large."""
        check_format(order.format)
        kinds: dict[str, Mapping[str, str]] = {"product": self.service.products}
        if template:
            kinds["template"] = self.service.templates
        for kind, known in kinds.items():
            name = getattr(order, kind)
            if name not in known:
                raise HttpError(404, f"there is no {kind} '{name}'", nearest_of(name, known))

    # -------------------------------------------------------------------------------------------- creatives

    async def creative(self, request: Request) -> Response:
        order, version = order_of(request.scope["parts"], request.query_params.multi_items())
        self._known(order)
        type_ = request.scope["parts"]["type"]
        content = await run_in_threadpool(self.service.etag, order)
        kept = FOR_EVER if version and content.startswith(version) else FOR_A_MINUTE
        headers = {**_PLAIN, "etag": f'"{content}-{type_}"', "cache-control": kept}
        if matches(request.headers.get("if-none-match", ""), headers["etag"]):
            return Response(status_code=304, headers=headers)
        made = await self.keep.get(f"{content} {order.explained}", partial(self.service.make, order))
        return _shown(made, type_, headers)

    async def preview(self, request: Request) -> Response:
        fields = await fields_of(request)
        parts = TABLE["creative"].check({"template": "preview", "type": "jpg", **fields})
        finer = [(PIXEL_RATIO.name, fields[PIXEL_RATIO.name])] if PIXEL_RATIO.name in fields else []
        order, _ = order_of(parts, finer)
        self._known(order, template=False)
        made = await self.keep.run(partial(self.service.preview, fields["text"], order))
        return _shown(made, parts["type"], {**_PLAIN, "cache-control": "no-store"})

    async def pixels(self, request: Request) -> Response:
        name = request.scope["parts"]["pixels"]
        try:
            body = await run_in_threadpool(self.service.pixels, name)
        except InputError as error:
            raise HttpError(404, error.what, error.mend) from None
        return Response(body, headers={**_PLAIN, "cache-control": FOR_EVER}, media_type=PICTURES[name.rsplit(".")[-1]])

    # -------------------------------------------------------------------------------------------- what there is

    async def products(self, _: Request) -> Response:
        return _listed(self.service.products)

    async def templates(self, _: Request) -> Response:
        return _listed(self.service.templates)

    async def formats(self, _: Request) -> Response:
        return JSONResponse([row_of(row) for row in catalogue().values()], headers=_PLAIN)

    async def source(self, request: Request) -> Response:
        name = request.scope["parts"]["template"]
        if name not in self.service.templates:
            raise HttpError(404, f"there is no template '{name}'", nearest_of(name, self.service.templates))
        text = await run_in_threadpool(self.service.source, name)
        return PlainTextResponse(text, headers={**_PLAIN, "cache-control": "no-store"})

    async def openapi(self, _: Request) -> Response:
        return JSONResponse(description(self.rows, __version__), headers=_PLAIN)

    async def healthz(self, _: Request) -> Response:
        return PlainTextResponse("ok\n", headers={**_PLAIN, "cache-control": "no-store"})

    async def index(self, _: Request) -> Response:
        counts = {"products": self.service.products, "templates": self.service.templates, "formats": catalogue()}
        rows = "".join(f"<tr><td><code>{row.path}</code></td><td>{row.meaning}</td></tr>" for row in self.rows)
        page = _page("ddm.serve", "index.html").replace("{{rows}}", rows)
        for name, known in counts.items():
            page = page.replace(f"{{{{{name}}}}}", str(len(known)))
        return _html(page)

    async def studio(self, _: Request) -> Response:
        return _html(_page("ddm.studio", "studio.html"))

    async def language(self, _: Request) -> Response:
        operations = [asdict(row) for row in OPERATIONS.values()]
        attributes = [asdict(row) for row in ATTRIBUTES.values()]
        return JSONResponse({"operations": operations, "attributes": attributes}, headers=_PLAIN)

    async def asset(self, request: Request) -> Response:
        name = request.scope["parts"]["asset"]
        kind = {"js": "text/javascript", "css": "text/css"}[name.rsplit(".")[-1]]
        shared: Mapping[str, Callable[[], str]] = {"explain.js": explaining, "explain.css": partial(part, name)}
        body = shared.get(name, partial(_page, "ddm.studio", name))()
        return Response(body, headers={**_PLAIN, "cache-control": "no-cache"}, media_type=kind)


# ------------------------------------------------------------------------------------------------ answers


def _shown(made: Made, type_: str, headers: dict[str, str]) -> Response:
    if type_ == "json":
        return JSONResponse(dict(made.explanation), headers=headers)
    if type_ == "svg":
        text = write(rebased(made.document, _UP))
        return Response(text, headers={**headers, "content-security-policy": _SVG_POLICY}, media_type=TYPES["svg"])
    return Response(made.body, headers=headers, media_type=TYPES[type_])


def _listed(found: Mapping[str, str]) -> Response:
    rows: list[dict[str, Any]] = [{"id": name, "title": title} for name, title in found.items()]
    return JSONResponse(rows, headers=_PLAIN)


def _page(package: str, name: str) -> str:
    return files(package).joinpath("page", name).read_text("utf-8")


def _html(page: str) -> Response:
    headers = {**_PLAIN, "content-security-policy": _PAGE_POLICY, "referrer-policy": "no-referrer"}
    return HTMLResponse(page, headers={**headers, "cache-control": "no-store"})
