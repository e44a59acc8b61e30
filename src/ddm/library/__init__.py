"""Perceptions -> the material perception library: stored, searched, versioned."""

from ddm.library.library import Library

__all__ = ["Library"]
