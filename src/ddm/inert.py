"""A value from strangers -> JSON that can stand inside a page and do nothing there."""

from __future__ import annotations

import json

_ESCAPES = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def inert(value: object) -> str:
    """JSON that cannot end the script element it stands in, whatever the strings in it say."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).translate(_ESCAPES)
