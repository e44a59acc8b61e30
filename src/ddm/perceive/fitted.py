"""What the matte's choices weigh, as `training/mattes.py` fitted it: a name -> weights by name."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.resources import files


def weights(name: str) -> Mapping[str, float]:
    """name: `closer`, `both` or `one`."""
    known: dict[str, dict[str, float]] = json.loads(
        files("ddm.perceive").joinpath("weights", "matte.json").read_text("utf-8")
    )
    return known[name]
