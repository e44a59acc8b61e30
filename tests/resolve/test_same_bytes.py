"""The same inputs give the same bytes, also in processes that hash differently."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

from ddm import templates
from ddm.errors import Unfit
from ddm.formats.choose import chosen
from ddm.svg.writer import write
from tests.support.materials import BOWL, TEAL, Look, backdrop, material, product
from tests.support.resolving import resolved

ROOT = Path(__file__).parents[2]
FORMATS = ("square-800", "leader-728x90", "sky-160x600", "story-1080x1920", "link-1200x628")


def digest() -> str:
    """Of every shipped template in a few formats, and of the reasons where there is none."""
    jug = material("j", "jug", look=Look(fill=TEAL))
    pool = [material("a"), material("b", look=Look(subject=BOWL), rank=1.0), jug, backdrop("y").perception]
    found = hashlib.sha256()
    for name in templates.shipped():
        for format_ in chosen(FORMATS):
            found.update(_svg(name, format_.id, pool).encode())
    return found.hexdigest()


def _svg(name: str, format_: str, pool: list[object]) -> str:
    try:
        result = resolved(templates.find(name), format_, pool, product())  # type: ignore[arg-type]
    except Unfit as reason:
        return reason.what
    return write(result.document) + "".join(map(str, result.trace.origins))


def _elsewhere(seed: str) -> str:
    asked = "from tests.resolve.test_same_bytes import digest; print(digest())"
    env = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
    run = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True, env=env, cwd=ROOT)
    return run.stdout.strip()


def test_two_processes_with_different_hash_seeds() -> None:
    assert _elsewhere("1") == _elsewhere("2")


def test_once_more_in_one_process() -> None:
    assert digest() == digest()
