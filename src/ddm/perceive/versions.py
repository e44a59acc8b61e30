"""Role -> what would perceive such a picture now: a version for each network and for each row of the table."""

from __future__ import annotations

from ddm import models
from ddm.perceive.perceivers import MATTING, TABLE
from ddm.perceive.tiers import BEST, KEY, tier_of

ROOM = "perceive"
"""The key of REVISION among the versions."""
REVISION = "5"
"""Raised when arithmetic changes that many rows share: every picture is then perceived anew. Where one row finds
something else, its own `Perceiver.revision` is raised instead; the row `subject` stands for the matte."""


def row_key(name: str) -> str:
    """The key of a row's revision among the versions."""
    return f"row.{name}"


def model_versions(role: str = "product", tier: str = BEST.name) -> dict[str, str]:
    """What would perceive a picture of that role in that tier now: the tier's name, and a version by name of network,
    row and room. Records with the same need not be made again. Logos are matted without networks, so that they are
    perceived anew where they were taken for products."""
    used = {name for row in TABLE for name in row.models} - (MATTING if role == "logo" else tier_of(tier).without)
    versions = {name: models.TABLE[name].sha256[:12] for name in sorted(used)}
    return versions | {ROOM: REVISION, KEY: tier} | {row_key(row.name): row.revision for row in TABLE}
