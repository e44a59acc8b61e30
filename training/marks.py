"""Real pictures -> `ddm/perceive/weights/marks.onnx`, which finds watermarks and logos.

    python -m training.marks --corpora DIR        (after `python -m training.fetch`, with the extra `train`)

Compositions are made as they are needed, all from pictures that are not held back; every fifth of those pictures fits
nothing and only makes the chances honest. What marks are laid over is more varied than on those other sides: more
garments, and cut-outs composed on grounds. Each batch of new ones is followed by one of what is still hard among those
seen last. What is shipped is the running mean of the weights. One thread: the same machine gives the same bytes.
"""

from __future__ import annotations

import argparse
import hashlib
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F  # noqa: N812
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from ddm.bench.perceive.heads import HIT, overlap
from ddm.bench.perceive.judging import auc
from ddm.bench.perceive.laid import compose
from ddm.bench.perceive.marks import Rng
from ddm.bench.perceive.pictures import Real, real
from ddm.bench.perceive.pools import Made, Pool
from ddm.geometry import Box
from ddm.perceive import overlaid
from ddm.perceive import pixels as px
from ddm.perceive.overlaid import KINDS, STRIDE
from ddm.perceive.pixels import Bytes, Floats
from ddm.perceive.texture import Texture, texture
from training.marknet import EDGES, MarkNet, cooled, exported, fitted
from training.train import pools, tuned

OUT = Path("src/ddm/perceive/weights/marks.onnx")
PICTURES = 10_000
"""New compositions; as many again are seen twice. Some 20 minutes of one core."""
ORDER = ("watermark", "logo", "watermark", "logo", "watermark")
"""Kinds in turn: watermarks are harder."""
GARMENTS, REST, COMPOSED = 3, 5, 200
"""Of what marks are laid over: one garment in so many; how often every other picture stands beside them; and scenes
composed of cut-outs and grounds."""
SIDE = 388
"""Root of their area: 3:4 at 448 pixels."""
STEP = 32
"""Sides of batches are multiples of so many pixels."""
RATIOS = (1.45, 1.15, 0.87, 0.65)
"""Height over width of batches; a picture goes to the nearest, and is stretched by up to a sixth."""
BATCH = 4
RATE, DECAY, WARM = 2e-3, 0.02, 60
"""Highest rate, decay of weights (both of AdamW), and the steps until that rate."""
COVER = (0.12, 0.5)
"""Part of a cell that a mark of each kind covers where a cell counts as marked: strokes are thin, boxes have edges."""
INSIDE, CELLS, BOXES = (3.0, 1.0), 8.0, 0.25
"""Weights of a marked cell of each kind against a clear one, of the cells' loss against the whole picture's (and of how
well boxes fit), and of the boxes'. A logo's cells weigh like clear ones, else it seems larger than it is."""
LATE = 96
"""Lessons of each shape that may be shown once more: a third of a gigabyte in all."""
KEPT = 0.998
"""Part of the running mean of the weights that a step leaves (Polyak and Juditsky, 1992)."""
TONE = 0.25
"""Exponents up to which each colour of a picture is bent: other lamps, other cameras."""
TUNED = 200
"""Compositions of each kind that make the chances honest."""
TELL = 50
"""Steps between two lines of progress."""
UNKNOWN = {("watermark", "sign"): "logo", ("watermark", "poster"): "logo"}
"""Compositions that may hold the other kind, too: a faint sign is nearly a logo, posters bear some."""


@dataclass(frozen=True)
class Lesson:
    """One composition as the network learns it. seen: of what size it is given. twice: brightness at twice that size.

    cells: float32 (2, h/4, w/4), 0 or 1. edges: float32 (5, h/4, w/4), of cells of logos the distances in cells to the
    left, top, right and bottom edge, and a weight: 1 for each logo in all. whole: float32 (2,). known: float32 (2,), 1
    for kinds whose truth is known.
    """

    seen: Texture
    twice: Bytes
    cells: Floats
    edges: Floats
    whole: Floats
    known: Floats


def lesson(made: Made, kind: str, height: int, width: int) -> Lesson:
    """The composition at that size."""
    own = KINDS.index(kind)
    cells = np.zeros((len(KINDS), height // STRIDE, width // STRIDE), np.float32)
    if made.cover is not None:
        covered = (made.cover > 0.3 * made.cover.max()).astype(np.float32)
        cells[own] = px.resize(covered, width // STRIDE, height // STRIDE) > COVER[own]
    known = np.array([one == kind or UNKNOWN.get((kind, made.note)) != one for one in KINDS], np.float32)
    whole = np.array([one == kind and made.cover is not None for one in KINDS], np.float32)
    found = texture(made.pixels, height, width)
    edges = distances(made.boxes, height // STRIDE, width // STRIDE)
    return Lesson(found, overlaid.twice(made.pixels, found.pixels), cells, edges, whole, known)


def distances(boxes: Sequence[Box], height: int, width: int) -> Floats:
    """float32 (5, height, width): as `Lesson.edges`, of boxes in fractions."""
    found = np.zeros((5, height, width), np.float32)
    x, y = np.arange(width) + 0.5, np.arange(height)[:, None] + 0.5
    for box in (one.scaled(width, height) for one in boxes):
        edges = np.stack(np.broadcast_arrays(x - box.x, y - box.y, box.right - x, box.bottom - y))
        inside = edges.min(0) > 0
        found[:4, inside] = edges[:, inside]
        found[4, inside] = 1 / max(1, inside.sum())
    return found


def seen(of: Texture, twice: Bytes) -> tuple[Floats, Floats, Floats]:
    """What the network is given of a picture: the image, the fine and the middle map."""
    return overlaid.image_of(of.pixels, twice), of.fine, of.middle


@dataclass(frozen=True, slots=True)
class Composed(Real):
    """A picture of cut-outs and grounds, composed anew each time; its name is its number."""

    of: Pool

    @property
    def pixels(self) -> Bytes:
        return compose("scene", int(self.name), self.of, "marks").pixels


def varied(of: Pool, corpora: Path) -> Pool:
    """The pool with more to lay marks over."""
    rest = [one for one in dict.fromkeys(of.bases) if one.set != "garments"]
    clothes = [one for one in real(corpora, GARMENTS) if one.set == "garments" and not (one.held or tuned(one))]
    composed = [Composed("composed", str(i), corpora, "", False, of) for i in range(COMPOSED)]
    return replace(of, bases=(*clothes, *REST * rest, *composed))


def batches(of: Pool, pictures: int) -> Iterator[list[Lesson]]:
    """Batches of one shape each, of compositions in the order of their numbers; what fills no batch is left over."""
    waiting: dict[tuple[int, int], list[Lesson]] = {}
    for number in range(pictures):
        kind = ORDER[number % len(ORDER)]
        made = compose(kind, number, of, "fit")
        made = replace(made, pixels=toned(np.random.default_rng((number, 7)), made.pixels))
        size = _size(made)
        found = waiting.setdefault(size, [])
        found.append(lesson(made, kind, *size))
        if len(found) == BATCH:
            yield waiting.pop(size)


def toned(rng: Rng, pixels: Bytes) -> Bytes:
    """Half of them with each colour bent by a power of its own."""
    if rng.random() < 0.5:
        return pixels
    steps = np.arange(256) / 255
    bent = [(255 * steps ** np.exp(rng.uniform(-TONE, TONE))).astype(np.uint8) for _ in range(3)]
    return np.dstack([curve[pixels[..., i]] for i, curve in enumerate(bent)])


def _size(made: Made) -> tuple[int, int]:
    """Height and width of the batches it goes to."""
    ratio = made.pixels.shape[0] / made.pixels.shape[1]
    near = min(RATIOS, key=lambda one: abs(np.log(one / ratio)))
    height, width = (round(SIDE * near**power / STEP) * STEP for power in (0.5, -0.5))
    return height, width


def _stacked(columns: Iterable[Floats]) -> Tensor:
    return torch.from_numpy(np.stack(list(columns)))


def loss(net: MarkNet, part: Sequence[Lesson]) -> tuple[Tensor, Tensor, Tensor]:
    """Cross entropies of cells in the mean (whether marked, and how well their boxes fit), what boxes lack, and cross
    entropies of each whole picture; where the truth is known."""
    given = [_stacked(column) for column in zip(*(seen(one.seen, one.twice) for one in part), strict=True)]
    columns = (_stacked(getattr(one, name) for one in part) for name in ("cells", "edges", "whole", "known"))
    cells, edges, whole, known = columns
    with torch.autocast("cpu", torch.bfloat16):
        where, boxes, judged = net(*given)
    fits = fit_of(boxes[:, :EDGES].float(), edges[:, :EDGES])
    inside = torch.tensor(INSIDE)[None, :, None, None]
    weights = (1 + (inside - 1) * cells) * known[:, :, None, None]
    of_cells = F.binary_cross_entropy_with_logits(where.float(), cells, weights)
    sure = (fits * (edges[:, EDGES] > 0)).detach()
    of_cells = of_cells + F.binary_cross_entropy_with_logits(boxes[:, EDGES].float(), sure, known[:, 1, None, None])
    of_boxes = (edges[:, EDGES] * -torch.log(fits.clamp(min=1e-3))).sum() / len(part)
    return (
        of_cells,
        of_boxes,
        F.binary_cross_entropy_with_logits(judged.float(), whole, known, reduction="none").mean(1),
    )


def fit_of(logarithms: Tensor, edges: Tensor) -> Tensor:
    """Intersection over union of boxes by their logarithms of distances, and by true ones, both (n, 4, h, w)."""
    away, true = logarithms.clamp(-3, 6).exp(), edges.clamp(min=0)
    near = torch.minimum(away, true)

    def area(of: Tensor) -> Tensor:
        return (of[:, 0] + of[:, 2]) * (of[:, 1] + of[:, 3])

    return area(near) / (area(away) + area(true) - area(near))


class Late:
    """The lessons seen last, by shape, and how hard each was found."""

    def __init__(self) -> None:
        self.rng = np.random.default_rng(11)
        self.of: dict[tuple[int, ...], deque[tuple[float, Lesson]]] = {}

    def hard(self, part: Sequence[Lesson], losses: Floats) -> list[Lesson]:
        """The harder half of twice as many of that shape, drawn by chance, once there are some; keeps the part."""
        kept = self.of.setdefault(part[0].seen.pixels.shape, deque(maxlen=LATE))
        drawn = [kept[i] for i in self.rng.permutation(len(kept))[: 2 * BATCH]]
        kept.extend(zip(map(float, losses), part, strict=True))
        return [one for _, one in sorted(drawn, key=lambda one: -one[0])[:BATCH]]


def trained(of: Pool, pictures: int) -> MarkNet:
    """By AdamW (Loshchilov and Hutter, 2019), with a rate that rises, then falls to nothing along a cosine."""
    torch.manual_seed(5)
    net = MarkNet().train()
    steps = max(1, 2 * (pictures // BATCH))
    optimiser = torch.optim.AdamW(net.parameters(), RATE, weight_decay=DECAY)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, (step + 1) / WARM) * 0.5 * (1 + np.cos(np.pi * min(1.0, step / steps)))
    )
    mean = AveragedModel(net, multi_avg_fn=get_ema_multi_avg_fn(KEPT), use_buffers=True)

    def learnt(part: Sequence[Lesson]) -> tuple[float, float, Floats]:
        cells, boxes, whole = loss(net, part)
        optimiser.zero_grad()
        (CELLS * cells + BOXES * boxes + whole.mean()).backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 2.0)
        optimiser.step()
        schedule.step()
        mean.update_parameters(net)
        return cells.item(), boxes.item(), whole.detach().numpy()

    late, told, start = Late(), [], perf_counter()
    for number, part in enumerate(batches(of, pictures), 1):
        cells, boxes, whole = learnt(part)
        if again := late.hard(part, whole):
            learnt(again)
        told.append((cells, boxes, whole.mean()))
        if number % TELL == 0:
            means = np.mean(told[-TELL:], 0)
            spent = perf_counter() - start
            losses = ", ".join(
                f"{name} {mean:.4f}" for name, mean in zip(("cells", "boxes", "whole"), means, strict=True)
            )
            print(f"{number}/{steps // 2}: {losses}, {spent:.0f} s", flush=True)
    found: MarkNet = mean.module.eval()
    return found


def judged(net: MarkNet, of: Pool, kind: str, count: int) -> tuple[Floats, Floats, Floats]:
    """Logits of whole pictures and their truths, of compositions seen as the product sees them; and, of each box of a
    logo, the logit that it fits and whether it does (n, 2)."""
    logits, truths, boxes = [], [], []
    for number in range(count):
        made = compose(kind, number, of, "tune")
        found = texture(made.pixels)
        with torch.no_grad():
            given = seen(found, overlaid.twice(made.pixels, found.pixels))
            _, cells, whole = (one[0].numpy() for one in net(*(torch.from_numpy(one[None]) for one in given)))
        logits.append(float(whole[KINDS.index(kind)]))
        truths.append(float(made.cover is not None))
        boxes.extend((_logit(one.score), _right(one.box, made.boxes)) for one in overlaid.logos(cells))
    return np.array(logits), np.array(truths), np.array(boxes).reshape(-1, 2)


def _logit(chance: float) -> float:
    return float(np.log(max(chance, 1e-4) / max(1 - chance, 1e-4)))


def _right(box: Box, true: Sequence[Box]) -> bool:
    return any(overlap(box, one) >= HIT for one in true)


def honest(logits: Floats, truths: Floats) -> tuple[float, float]:
    """Temperature and shift that make chances honest (Platt, 1999), of a grid: least cross entropy; 1 and 0 of none."""
    if not len(logits):
        return 1.0, 0.0
    grid = [(float(t), float(s)) for t in np.geomspace(0.5, 6, 60) for s in np.linspace(-2, 2, 41)]
    return min(grid, key=lambda one: float(np.mean(np.logaddexp(0, -(2 * truths - 1) * (logits / one[0] + one[1])))))


def calibrated(net: MarkNet, of: Pool, count: int) -> MarkNet:
    """The network with honest chances."""
    found = []
    for kind in KINDS:
        logits, truths, boxes = judged(net, of, kind, count)
        found.append(honest(logits, truths))
        quality = auc(logits, truths > 0)
        print(f"{kind}: AUC {quality:.4f} on the calibrating side, temperature and shift {found[-1]}", flush=True)
    cooled(net, *(np.array(column) for column in zip(*found, strict=True)))
    fitted(net, *honest(*boxes.T))
    print(f"boxes: {boxes[:, 1].sum():.0f} of {len(boxes)} fit, temperature and shift {honest(*boxes.T)}", flush=True)
    return net


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, required=True, help="the folder of pictures with known truth")
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--pictures", type=int, default=PICTURES)
    parser.add_argument("--tuned", type=int, default=TUNED)
    given = parser.parse_args()
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    fit, tune = pools(real(given.corpora))
    data = exported(calibrated(trained(varied(fit, given.corpora), given.pictures), tune, given.tuned))
    given.out.write_bytes(data)
    print(f"{given.out}: {len(data)} bytes, {hashlib.sha256(data).hexdigest()[:12]}")


if __name__ == "__main__":
    main()
