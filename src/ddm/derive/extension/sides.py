"""A picture's sides, one after the other, turned so that each is the right one."""

from __future__ import annotations

from typing import TypeVar

import numpy as np
import numpy.typing as npt

from ddm.derive.tone import Canvas

T = TypeVar("T", bound=np.generic)


def facing(plane: npt.NDArray[T], side: str) -> npt.NDArray[T]:
    """Turned so that the side is the right one."""
    turned = plane.swapaxes(0, 1) if side in ("top", "bottom") else plane
    return np.ascontiguousarray(turned[:, ::-1] if side in ("left", "top") else turned)


def back(plane: npt.NDArray[T], side: str) -> npt.NDArray[T]:
    """Undoes `facing`."""
    turned = plane[:, ::-1] if side in ("left", "top") else plane
    return turned.swapaxes(0, 1) if side in ("top", "bottom") else turned


def parts(canvas: Canvas) -> dict[str, tuple[slice, slice]]:
    """The part of the canvas that each growing side makes, with what it grows from: left and right beside the picture
    first, then above and below over the whole width."""
    rows, columns = canvas.own
    height, width = canvas.size
    found = {
        "left": (rows, slice(0, columns.stop)),
        "right": (rows, slice(columns.start, width)),
        "top": (slice(0, rows.stop), slice(0, width)),
        "bottom": (slice(rows.start, height), slice(0, width)),
    }
    return {side: found[side] for side in canvas.sides}


def beyond(canvas: Canvas, side: str) -> tuple[slice, slice]:
    """What a side makes new."""
    rows, columns = parts(canvas)[side]
    own = canvas.own
    return {
        "left": (rows, slice(0, own[1].start)),
        "right": (rows, slice(own[1].stop, columns.stop)),
        "top": (slice(0, own[0].start), columns),
        "bottom": (slice(own[0].stop, rows.stop), columns),
    }[side]


def within(canvas: Canvas, side: str) -> tuple[slice, slice]:
    """What a side grows from."""
    rows, columns = parts(canvas)[side]
    own = canvas.own
    return (rows, own[1]) if side in ("left", "right") else (own[0], columns)
