"""Bytes -> the name they are stored by: a part of their SHA-256, so that equal pixels are stored once."""

from __future__ import annotations

import hashlib
import re

DIGITS = 40
"""160 bits: no two of 10^15 files share them by chance."""
NAME = re.compile(r"pixels/([0-9a-f]{2})/(\1[0-9a-f]{38})\.(jpg|png|lz4)\Z")


def digest(body: bytes) -> str:
    """Lower-case hexadecimal, DIGITS of them."""
    return hashlib.sha256(body).hexdigest()[:DIGITS]


def stem_of(body: bytes) -> str:
    """pixels/ab/abcd…, without the suffix."""
    found = digest(body)
    return f"pixels/{found[:2]}/{found}"


def named_rightly(name: str, body: bytes) -> bool:
    """False where the name promises other bytes. A fast form (.lz4) bears the name of its picture and its own sum."""
    found = NAME.match(name)
    return found is None or found[3] == "lz4" or found[2] == digest(body)
