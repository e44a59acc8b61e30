"""Perceptions -> the material perception library: stored, searched, versioned."""
