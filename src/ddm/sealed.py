"""A value from strangers and a page of ours -> one page that needs no network and runs nothing but its own script."""

from __future__ import annotations

import base64
import hashlib
import json
from importlib.resources import files

_ESCAPES = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def sealed(page: str, style: str, script: str, told: object) -> str:
    """The page with its style, its script, that script's hash for the policy, and what it is told as inert JSON."""
    parts = {
        "/*style*/": style,
        "/*script*/": script,
        "{{hash}}": base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
        "{{told}}": inert(told),
    }
    for mark, text in parts.items():  # what is told comes last: no mark inside it is looked at again
        page = page.replace(mark, text, 1)
    return page


def inert(value: object) -> str:
    """JSON that cannot end the script element it stands in, whatever the strings in it say."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).translate(_ESCAPES)


def elements() -> str:
    """The script with which every page makes its elements: of text and checked attributes, never of markup."""
    return files("ddm").joinpath("elements.js").read_text("utf-8")
