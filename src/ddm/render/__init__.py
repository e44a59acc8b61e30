"""plain SVG -> pixels -> JPEG, PNG or WebP."""

from ddm.render.encode import encode
from ddm.render.renderer import Renderer

__all__ = ["Renderer", "encode"]
