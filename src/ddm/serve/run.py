"""`ddm serve`: a library behind a socket, its secret beside it."""

from __future__ import annotations

import secrets
from pathlib import Path

import uvicorn

from ddm.formats.catalogue import catalogue
from ddm.library.opening import opened
from ddm.produce.service import Service
from ddm.serve.app import create_app
from ddm.serve.service import Order
from ddm.serve.signing import Signer, secret_of

FORMAT = "square-800"


def signed(service: Service, signer: Signer, order: Order) -> str:
    """The path of a creative that may be kept for ever: signed, and naming the version of its content."""
    finer = {"pixel_ratio": f"{order.pixel_ratio:g}"} if order.pixel_ratio else {}
    query = {**dict(order.copy), **finer, "v": service.etag(order)[:16]}
    return signer.creative(order.product, order.template, order.format, order.type, **query)


def run(library: Path | str, host: str, port: int, studio: bool = False) -> None:
    """Serve a folder or URL until told to stop. InputError where there is no library."""
    shelf = opened(library)
    catalogue()  # a mistake in a file of formats is told now, not to the first client
    service, secret = Service(shelf), secret_of(library)
    token = secrets.token_urlsafe(24) if studio else ""
    app = create_app(service, secret, studio=studio, token=token)
    base = f"http://{f'[{host}]' if ':' in host else host}:{port}"
    for line in _welcome(base, service, Signer(secret), token):
        print(line, flush=True)
    uvicorn.run(app, host=host, port=port, log_level="warning", server_header=False)


def _welcome(base: str, service: Service, signer: Signer, token: str) -> list[str]:
    lines = [f"{base}/  {len(service.products)} products, {len(service.templates)} templates"]
    if service.products:
        order = Order(next(iter(service.products)), next(iter(service.templates)), FORMAT)
        lines.append(f"{base}{signed(service, signer, order)}")
    if token:
        lines.append(f"{base}/studio#token={token}")
    return lines
