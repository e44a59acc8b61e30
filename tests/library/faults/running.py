"""Other processes that write to a library, and what they said."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).parents[3]


def writer(url: str, name: str, first: int, count: int, shared: str = "", **environ: str) -> subprocess.Popen[str]:
    """Started; its standard output tells what it stored."""
    command = [sys.executable, "-m", "tests.library.faults.writers", url, name, str(first), str(count)]
    return subprocess.Popen(
        [*command, *([shared] if shared else [])],
        cwd=ROOT,
        env=_quiet(environ),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )


def _quiet(more: Mapping[str, str]) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), **more}


def stored(said: str) -> set[str]:
    """Keys of what a writer said it had stored."""
    return {line.split(" ", 1)[1] for line in said.splitlines() if line.startswith("stored ")}


def refused(said: str) -> list[str]:
    return [line for line in said.splitlines() if line.startswith("refused ")]
