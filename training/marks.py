"""Real pictures -> `ddm/perceive/weights/marks.onnx`, which finds watermarks and logos.

    python -m training.marks --corpora DIR        (after `python -m training.fetch`, with the extra `train`)

Compositions are made as they are needed, all from pictures that are not held back; every fifth of those pictures fits
nothing and only makes the chances honest. Each batch of new ones is followed by one of what is still hard among those
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

from ddm.bench.perceive.judging import auc
from ddm.bench.perceive.laid import compose
from ddm.bench.perceive.marks import Rng
from ddm.bench.perceive.pictures import real
from ddm.bench.perceive.pools import Made, Pool
from ddm.perceive import overlaid
from ddm.perceive import pixels as px
from ddm.perceive.overlaid import KINDS, STRIDE
from ddm.perceive.pixels import Bytes, Floats
from ddm.perceive.texture import Texture, texture
from training.marknet import MarkNet, cooled, exported
from training.train import pools

OUT = Path("src/ddm/perceive/weights/marks.onnx")
PICTURES = 9_000
"""New compositions; as many again are seen twice. Some 20 minutes of one core."""
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
INSIDE, CELLS = (3.0, 1.0), 8.0
"""Weights of a marked cell of each kind against a clear one, and of the cells' loss against the whole picture's. A
logo's weigh alike, else its edge moves out to where it is a third sure."""
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
    """One composition as the network learns it. seen: of what size it is given. cells: float32 (2, h/4, w/4), 0 or 1.

    whole: float32 (2,). known: float32 (2,), 1 for kinds whose truth is known.
    """

    seen: Texture
    cells: Floats
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
    return Lesson(texture(made.pixels, height, width), cells, whole, known)


def seen(of: Texture) -> tuple[Floats, Floats, Floats]:
    """What the network is given of a picture: the image, the fine and the middle map."""
    return overlaid.image_of(of.pixels), of.fine, of.middle


def batches(of: Pool, pictures: int) -> Iterator[list[Lesson]]:
    """Batches of one shape each, of compositions in the order of their numbers; what fills no batch is left over."""
    waiting: dict[tuple[int, int], list[Lesson]] = {}
    for number in range(pictures):
        kind = KINDS[number % len(KINDS)]
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


def loss(net: MarkNet, part: Sequence[Lesson]) -> tuple[Tensor, Tensor]:
    """Cross entropies of cells in the mean, and of each whole picture, where the truth is known."""
    given = [_stacked(column) for column in zip(*(seen(one.seen) for one in part), strict=True)]
    cells, whole, known = (_stacked(getattr(one, name) for one in part) for name in ("cells", "whole", "known"))
    with torch.autocast("cpu", torch.bfloat16):
        where, judged = net(*given)
    inside = torch.tensor(INSIDE)[None, :, None, None]
    weights = (1 + (inside - 1) * cells) * known[:, :, None, None]
    of_cells = F.binary_cross_entropy_with_logits(where.float(), cells, weights)
    return of_cells, F.binary_cross_entropy_with_logits(judged.float(), whole, known, reduction="none").mean(1)


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

    def learnt(part: Sequence[Lesson]) -> tuple[float, Floats]:
        cells, whole = loss(net, part)
        optimiser.zero_grad()
        (CELLS * cells + whole.mean()).backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 2.0)
        optimiser.step()
        schedule.step()
        mean.update_parameters(net)
        return cells.item(), whole.detach().numpy()

    late, told, start = Late(), [], perf_counter()
    for number, part in enumerate(batches(of, pictures), 1):
        cells, whole = learnt(part)
        if again := late.hard(part, whole):
            learnt(again)
        told.append((cells, whole.mean()))
        if number % TELL == 0:
            means = np.mean(told[-TELL:], 0)
            spent = perf_counter() - start
            print(f"{number}/{steps // 2}: cells {means[0]:.4f}, whole {means[1]:.4f}, {spent:.0f} s", flush=True)
    found: MarkNet = mean.module.eval()
    return found


def judged(net: MarkNet, of: Pool, kind: str, count: int) -> tuple[Floats, Floats]:
    """Logits of whole pictures and their truths, of compositions seen as the product sees them."""
    logits, truths = [], []
    for number in range(count):
        made = compose(kind, number, of, "tune")
        with torch.no_grad():
            _, whole = net(*(torch.from_numpy(one[None]) for one in seen(texture(made.pixels))))
        logits.append(float(whole[0, KINDS.index(kind)]))
        truths.append(float(made.cover is not None))
    return np.array(logits), np.array(truths)


def honest(logits: Floats, truths: Floats) -> tuple[float, float]:
    """Temperature and shift that make chances honest (Platt, 1999), of a grid: the least cross entropy."""
    grid = [(float(t), float(s)) for t in np.geomspace(0.5, 6, 60) for s in np.linspace(-2, 2, 41)]
    return min(grid, key=lambda one: float(np.mean(np.logaddexp(0, -(2 * truths - 1) * (logits / one[0] + one[1])))))


def calibrated(net: MarkNet, of: Pool, count: int) -> MarkNet:
    """The network with honest chances."""
    found = []
    for kind in KINDS:
        logits, truths = judged(net, of, kind, count)
        found.append(honest(logits, truths))
        quality = auc(logits, truths > 0)
        print(f"{kind}: AUC {quality:.4f} on the calibrating side, temperature and shift {found[-1]}", flush=True)
    cooled(net, *(np.array(column) for column in zip(*found, strict=True)))
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
    data = exported(calibrated(trained(fit, given.pictures), tune, given.tuned))
    given.out.write_bytes(data)
    print(f"{given.out}: {len(data)} bytes, {hashlib.sha256(data).hexdigest()[:12]}")


if __name__ == "__main__":
    main()
