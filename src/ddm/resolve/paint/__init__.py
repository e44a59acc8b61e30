"""Coats of paint (shapes, gradients, pictures, veils) into what each shows in any box of the canvas."""

from ddm.resolve.paint.coat import Coat
from ddm.resolve.paint.field import Even, Field
from ddm.resolve.paint.grid import Edges, Grid
from ddm.resolve.paint.picture import Picture
from ddm.resolve.paint.shapes import Flat, Gradient
from ddm.resolve.paint.tones import Tones
from ddm.resolve.paint.veil import Veil, Veiled

__all__ = ["Coat", "Edges", "Even", "Field", "Flat", "Gradient", "Grid", "Picture", "Tones", "Veil", "Veiled"]
