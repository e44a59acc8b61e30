"""Where fetched weights, fonts and pictures lie: one directory, named once."""

from __future__ import annotations

import os
import sys
from pathlib import Path

CACHES = {"darwin": "~/Library/Caches", "win32": "~/AppData/Local"}


def home() -> Path:
    """DDM_HOME when set; `.cache/ddm` of the checkout this code runs from; else the platform's cache directory."""
    if named := os.environ.get("DDM_HOME"):
        return Path(named).expanduser().absolute()
    checkout = Path(__file__).resolve().parents[2]
    if (checkout / "pyproject.toml").is_file():
        return checkout / ".cache" / "ddm"
    cache = os.environ.get("XDG_CACHE_HOME") or CACHES.get(sys.platform, "~/.cache")
    return Path(cache).expanduser() / "ddm"
