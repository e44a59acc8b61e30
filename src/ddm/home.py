"""Where fetched weights, fonts and pictures lie: one directory, named once."""

from __future__ import annotations

import os
import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
CACHES = {"darwin": "~/Library/Caches", "win32": "~/AppData/Local"}


def home() -> Path:
    """DDM_HOME when set; `.cache/ddm` of the checkout this code runs from; else the platform's cache directory."""
    if named := os.environ.get("DDM_HOME"):
        return Path(named).expanduser().absolute()
    if (CHECKOUT / "pyproject.toml").is_file():
        return CHECKOUT / ".cache" / "ddm"
    cache = os.environ.get("XDG_CACHE_HOME") or CACHES.get(sys.platform, "~/.cache")
    return Path(cache).expanduser() / "ddm"
