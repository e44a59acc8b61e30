"""The table of URLs as an OpenAPI 3.1 description."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ddm.serve.problems import TITLES
from ddm.serve.routes import COPY, FORMAT, MAX_COPY, PIXEL_RATIO, TYPE, Param, Row


def description(rows: Iterable[Row], version: str) -> dict[str, Any]:
    """The whole document as plain data."""
    paths: dict[str, dict[str, Any]] = {}
    for row in rows:
        paths.setdefault(row.path, {})[row.method.lower()] = _operation(row)
    return {
        "openapi": "3.1.0",
        "info": {"title": "DDM creatives", "version": version},
        "paths": paths,
        "components": {"securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}},
    }


def _operation(row: Row) -> dict[str, Any]:
    codes = [400, 404, 503] + ([403, 422] if row.guard else [])
    problems = {str(code): {"description": TITLES[code], "content": {"application/problem+json": {}}} for code in codes}
    found: dict[str, Any] = {
        "operationId": row.name,
        "summary": row.meaning,
        "parameters": [*(_parameter(p, "path") for p in row.params), *(_parameter(p, "query") for p in row.query)],
        "responses": {"200": {"description": row.meaning, "content": {kind: {} for kind in row.answers}}, **problems},
    }
    if row.guard == "token":
        found["security"] = [{"token": []}]
    if row.method == "POST":
        found["requestBody"] = {"required": True, "content": {"application/json": {"schema": _order_schema()}}}
    return found


def _parameter(param: Param, where: str) -> dict[str, Any]:
    if param is COPY:
        schema: dict[str, Any] = {"type": "object", "additionalProperties": {"type": "string", "maxLength": MAX_COPY}}
        return {
            "name": param.name,
            "in": where,
            "style": "form",
            "explode": True,
            "schema": schema,
            "description": param.meaning,
        }
    schema = {"type": "string", "pattern": f"^(?:{param.pattern})$"}
    return {
        "name": param.name,
        "in": where,
        "required": where == "path" or param.name == "sig",
        "schema": schema,
        "description": param.meaning,
        "example": param.example,
    }


def _order_schema() -> dict[str, Any]:
    fields = {
        "text": "The template.",
        "product": "Id.",
        "format": FORMAT.meaning,
        "type": TYPE.meaning,
        "pixel_ratio": PIXEL_RATIO.meaning,
    }
    return {
        "type": "object",
        "required": ["text", "product", "format"],
        "properties": {name: {"type": "string", "description": meaning} for name, meaning in fields.items()},
    }
