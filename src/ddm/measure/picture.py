"""Measures of pictures: is the subject whole and free of copy, are proportions kept, is the file light enough."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

import cv2
import numpy as np
import numpy.typing as npt

from ddm.geometry import Box
from ddm.measure.evidence import Evidence, Finding
from ddm.measure.scene import Frame, Placed, Points, composed, extent, moved, outline, rounded
from ddm.svg.tree import Image, Text

Shares: TypeAlias = npt.NDArray[np.float32]

GRID = 256
"""Cells along a matte's longer side when coverage is counted: half a cell is 0.2 % of the subject's extent."""
SEE_THROUGH = frozenset({"shadow", "scrim"})
"""Roles that darken or veil what lies beneath and leave it whole."""
_NO_SUBJECT = frozenset({"shadow"})
KILO = 1000
"""Bytes in the kB of ad formats: the stricter reading."""


@dataclass(frozen=True, eq=False)
class Subject:
    """One placed matte in the grid of its own raster: float32 (h, w), 0..1. to_grid: from canvas pixels."""

    item: Placed
    matte: Shares
    to_grid: Frame

    @property
    def name(self) -> str:
        meta = self.item.node.meta
        return meta.object or meta.id or "the subject"

    def mask(self, points: Points, frame: Frame) -> Shares:
        """What a polygon, given in `frame`, covers of the grid: 0 or 1."""
        sheet = np.zeros(self.matte.shape, np.uint8)
        corners = moved(composed(self.to_grid, frame), points) - 0.5
        cv2.fillPoly(sheet, [np.round(corners * 16).astype(np.int32)], 1, shift=4)
        return sheet.astype(np.float32)


def subjects(evidence: Evidence) -> Iterator[tuple[int, Subject]]:
    """Each image that has a matte, with its place in the paint order."""
    for index, item in enumerate(evidence.items):
        node = item.node
        if isinstance(node, Image) and node.href in evidence.context.mattes and item.role not in _NO_SUBJECT:
            matte = _grid(evidence.context.mattes[node.href])
            if matte.any() and node.box.area:
                yield index, Subject(item, matte, _to_grid(node, item.frame, matte.shape))


def _grid(matte: npt.NDArray[np.uint8]) -> Shares:
    scale = GRID / max(matte.shape)
    size = (max(1, round(matte.shape[1] * scale)), max(1, round(matte.shape[0] * scale)))
    way = cv2.INTER_LINEAR if scale > 1 else cv2.INTER_AREA
    return np.asarray(cv2.resize(matte, size, interpolation=way), np.float32) / np.float32(255)


def _to_grid(node: Image, frame: Frame, shape: tuple[int, ...]) -> Frame:
    rows, columns = shape
    across, down = columns / node.box.width, rows / node.box.height
    inner = np.array([[across, 0, -across * node.box.x], [0, down, -down * node.box.y]])
    if node.mirror:
        inner = composed(np.array([[-1.0, 0, columns], [0, 1.0, 0]]), inner)
    return composed(inner, _inverse(frame))


def _inverse(frame: Frame) -> Frame:
    linear = np.linalg.inv(frame[:, :2])
    return np.hstack([linear, -linear @ frame[:, 2:]])


def before(evidence: Evidence, index: int) -> npt.NDArray[np.uint8]:
    """Coverage 0..255, uint8 (h, w) of the canvas, by the cut-out subjects that are painted after that item."""
    found = np.zeros(evidence.pixels.shape[:2], np.uint8)
    for later, subject in subjects(evidence):
        if later > index and subject.item.role == "subject":
            matte = np.round(subject.matte * 255).astype(np.uint8)
            frame, way = subject.to_grid, cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
            np.maximum(found, cv2.warpAffine(matte, frame, found.shape[::-1], flags=way), out=found)
    return found


# ------------------------------------------------------------------------------------------------ the subject


def subject_whole(evidence: Evidence) -> Finding | None:
    """Part of the worst subject's matte that lies outside the canvas or a clip, or beneath what is painted later."""
    found = [(_lost(evidence, index, subject), subject.name) for index, subject in subjects(evidence)]
    if not found:
        return None
    (outside, beneath), name = max(found, key=lambda pair: sum(pair[0]))
    note = f"{outside:.1%} of {name} is cut off, {beneath:.1%} lies beneath other elements"
    return Finding(outside + beneath, note)


def _lost(evidence: Evidence, index: int, subject: Subject) -> tuple[float, float]:
    """Shares of the subject's matte: cut off, covered."""
    total = float(subject.matte.sum())
    shown = subject.matte * within(evidence, subject)
    left = shown.copy()
    for later in evidence.items[index + 1 :]:
        left *= 1 - _cover(evidence, subject, later)
    meta = subject.item.node.meta
    may_bleed = bool({meta.id, meta.object} & evidence.context.bleed)
    cut = 0.0 if may_bleed else 1 - float(shown.sum()) / total
    return cut, float((shown - left).sum()) / total


def within(evidence: Evidence, subject: Subject) -> Shares:
    """The part of the grid inside the canvas and all clips."""
    inside = subject.mask(rounded(evidence.canvas, 0), np.eye(2, 3))
    for clip, frame in subject.item.clips:
        inside = inside * subject.mask(outline(clip), frame)
    return inside


def _cover(evidence: Evidence, subject: Subject, item: Placed) -> Shares | float:
    """How much of each cell the item hides: 0 to 1."""
    strength = _strength(item)
    if not strength:
        return 0.0
    shape = _shape(evidence, subject, item)
    for clip, frame in item.clips:
        shape = shape * subject.mask(outline(clip), frame)
    return shape * np.float32(strength)


def _shape(evidence: Evidence, subject: Subject, item: Placed) -> Shares:
    node = item.node
    if isinstance(node, Image) and node.href in evidence.context.mattes and item.role == "subject":
        matte = _grid(evidence.context.mattes[node.href])
        frame = composed(subject.to_grid, _inverse(_to_grid(node, item.frame, matte.shape)))
        rows, columns = subject.matte.shape
        return np.asarray(cv2.warpAffine(matte, frame, (columns, rows), flags=cv2.INTER_LINEAR), np.float32)
    points = rounded(extent(node).caps, 0) if isinstance(node, Text) else outline(node)
    return subject.mask(points, item.frame)


def _strength(item: Placed) -> float:
    """How opaque the item is: 0 for what veils (scrims, shadows, blends) and for mere outlines."""
    node = item.node
    if item.role in SEE_THROUGH or (isinstance(node, Image) and node.blend != "normal"):
        return 0.0
    if isinstance(node, (Image, Text)):
        return item.opacity
    return item.opacity * _paint_strength(node.fill)


def _paint_strength(fill: object) -> float:
    if fill is None or fill == "" or fill == "none":
        return 0.0
    return max((stop.opacity for stop in getattr(fill, "stops", ())), default=1.0)


def subject_clear(evidence: Evidence) -> Finding | None:
    """Share of the copy's area that lies on a subject which shows there."""
    copy = [item for item in evidence.items if isinstance(item.node, Text) and item.node.text.strip()]
    found = list(subjects(evidence))
    if not copy or not found:
        return None
    area = sum(extent(item.node).caps.area for item in copy if isinstance(item.node, Text))
    on = [(subject.name, _copy_on(evidence, index, subject)) for index, subject in found]
    name, worst = max(on, key=lambda pair: pair[1])
    return Finding(min(1.0, sum(share for _, share in on) / area), f"copy lies on {name}" if worst else "")


def _copy_on(evidence: Evidence, index: int, subject: Subject) -> float:
    """Canvas pixels of copy boxes that lie on the subject as it shows just before the copy is painted."""
    left = subject.matte * within(evidence, subject)
    cell = abs(float(np.linalg.det(subject.to_grid[:, :2])))
    found = 0.0
    for later in evidence.items[index + 1 :]:
        if isinstance(later.node, Text):
            found += float((left * _shape(evidence, subject, later)).sum()) / cell
        else:
            left = left * (1 - _cover(evidence, subject, later))
    return found


def cut_shows(evidence: Evidence) -> Finding | None:
    """Length, over the canvas's shorter side, of edges in plain view at which a photograph cut its subject.

    A cord that ends in the air, a table leg that ends above the ground: whole by its matte, yet not in the world.
    """
    found = [
        (_cut_in_view(evidence, index, subject, side), subject.name, side)
        for index, subject in subjects(evidence)
        for side in sorted(_cuts(evidence, subject))
    ]
    if not found:
        return None
    length, name, side = max(found)
    short = min(evidence.canvas.width, evidence.canvas.height)
    return Finding(length / short, f"{name} ends in the air at its {side}" if length else "")


def _cuts(evidence: Evidence, subject: Subject) -> frozenset[str]:
    node = subject.item.node
    assert isinstance(node, Image)
    return evidence.context.cuts.get(node.href, frozenset())


_AT_BORDER = 2.0
"""Canvas pixels within which an edge counts as lying on the canvas's border, or a clip's: there the cut is natural."""
_EDGES: dict[str, Callable[[Shares], Shares]] = {
    "left": lambda cells: cells[:, 0],
    "right": lambda cells: cells[:, -1],
    "top": lambda cells: cells[0],
    "bottom": lambda cells: cells[-1],
}


def _cut_in_view(evidence: Evidence, index: int, subject: Subject, side: str) -> float:
    """Canvas pixels of the subject along one side of its raster, where nothing hides them."""
    seen = subject.matte
    for later in evidence.items[index + 1 :]:
        seen = seen * (1 - _cover(evidence, subject, later))
    line = moved(_inverse(subject.to_grid), _edge_points(subject.matte.shape, side))
    inside = _well_inside(evidence.canvas, line)
    for clip, frame in subject.item.clips:
        inside &= _well_inside(clip.box, moved(_inverse(frame), line))
    cell = float(np.linalg.norm(line[1] - line[0])) if len(line) > 1 else 0.0
    return float((_EDGES[side](seen) * inside).sum()) * cell


def _edge_points(shape: tuple[int, ...], side: str) -> Points:
    """The middles of the cells' outer sides along one side of a grid."""
    rows, columns = shape
    along = np.arange(rows if side in ("left", "right") else columns) + 0.5
    across = np.full_like(along, {"left": 0, "top": 0, "right": columns, "bottom": rows}[side])
    return np.stack([across, along] if side in ("left", "right") else [along, across], axis=1)


def _well_inside(box: Box, points: Points) -> npt.NDArray[np.bool_]:
    inner = box.grown(-_AT_BORDER)
    x, y = points.T
    found: npt.NDArray[np.bool_] = (x > inner.x) & (x < inner.right) & (y > inner.y) & (y < inner.bottom)
    return found


# ------------------------------------------------------------------------------------------------ rasters and the file


def true_shape(evidence: Evidence) -> Finding | None:
    """The worst stretch of a picture: its larger scale over its smaller, less 1."""
    found = [(max(sx, sy) / min(sx, sy) - 1, name) for sx, sy, name in _scales(evidence)]
    return Finding(*max(found)) if found else None


def enlargement(evidence: Evidence) -> Finding | None:
    """The largest scale at which a picture is shown past its own pixels, in pixels of the file."""
    ratio = evidence.context.pixel_ratio
    found = [(max(sx, sy) * ratio, name) for sx, sy, name in _scales(evidence, evidence.context.soft)]
    return Finding(*max(found)) if found else None


def _scales(evidence: Evidence, without: frozenset[str] = frozenset()) -> Iterator[tuple[float, float, str]]:
    for item in evidence.items:
        node = item.node
        size = evidence.context.sizes.get(node.href) if isinstance(node, Image) else None
        if (
            isinstance(node, Image)
            and size
            and item.role not in _NO_SUBJECT
            and node.box.area
            and node.href not in without
        ):
            yield node.box.width / size[0], node.box.height / size[1], node.meta.object or node.meta.id or node.href


def weight(evidence: Evidence) -> Finding | None:
    """The file's bytes over what the format allows."""
    limit, nbytes = evidence.context.format.max_kb * KILO, evidence.context.nbytes
    return Finding(nbytes / limit, f"{nbytes} bytes of {limit}") if limit and nbytes else None
