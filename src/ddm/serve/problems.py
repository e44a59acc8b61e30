"""Errors as answers: problem details (RFC 9457) with what, where and mend; never a trace."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from ddm.errors import DdmError, InputError, Missing, Unavailable, Unfit
from ddm.serve.service import Refused

log = logging.getLogger("ddm.serve")


class HttpError(Exception):
    """An answer other than the one asked for. more: further members of the problem."""

    def __init__(self, status: int, detail: str, mend: str = "", **more: Any) -> None:
        self.status, self.detail, self.mend, self.more = status, detail, mend, more
        super().__init__(detail)


TITLES = {
    400: "Bad request",
    403: "Not allowed",
    404: "Not found",
    405: "Method not allowed",
    413: "Too large",
    422: "Cannot be made",
    500: "Internal error",
    503: "Not available",
}
OWN = frozenset({"type", "title", "status", "detail", "mend", "where"})
"""Members of a problem that no explanation may replace."""
_STATUS: Mapping[type[DdmError], int] = {InputError: 400, Unfit: 422, Missing: 503, Unavailable: 503}


def problem(status: int, detail: str, mend: str = "", **more: Any) -> Response:
    members = {"type": "about:blank", "title": TITLES[status], "status": status, "detail": detail, "mend": mend, **more}
    headers = {"cache-control": "no-store", "x-content-type-options": "nosniff"}
    if status == 503:
        headers["retry-after"] = "5"
    kept = {key: value for key, value in members.items() if value}
    return JSONResponse(kept, status, headers, media_type="application/problem+json")


def answer(error: Exception) -> Response:
    """The answer to an error; what is no one's fault but ours is logged and told without detail."""
    if isinstance(error, HttpError):
        return problem(error.status, error.detail, error.mend, **error.more)
    if isinstance(error, DdmError):
        status = next((code for kind, code in _STATUS.items() if isinstance(error, kind)), 500)
        told = error.explanation if isinstance(error, Refused) else {}
        more = {key: value for key, value in told.items() if key not in OWN}
        return problem(status, error.what, error.mend, **{**more, "where": error.where})
    log.error("a request failed", exc_info=error)
    return problem(500, "the server made a mistake; it has been logged")


async def not_found(request: Request, _: Exception) -> Response:
    return problem(404, f"there is nothing at {request.url.path[:200]}", "/openapi.json lists what there is")


async def wrong_method(request: Request, _: Exception) -> Response:
    return problem(405, f"{request.method} is not answered here")
