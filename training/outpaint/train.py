"""Trains the generator against the discriminator: an archive of pictures -> checkpoints.

    python -m training.outpaint.train gather CORPORA PICTURES
    python -m training.outpaint.train fit PICTURES RUN.pt --minutes 60 [--device cuda --size 256 --batch 32 --width 64]

First the generator learns alone, on smaller canvases, what colour and features tell; then the discriminator comes in.
The same seed, sizes and `--steps` give the same weights on the same machine; with `--minutes` the machine's speed says
how many steps there are, and the checkpoint notes them. A checkpoint that exists is gone on with.
"""

from __future__ import annotations

import argparse
import math
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from ddm import models
from training.outpaint.canvases import batch
from training.outpaint.losses import Trunk, colour, features, weights
from training.outpaint.networks import WIDTH, Discriminator, Generator
from training.outpaint.pictures import Archive, archive, gather

SEED = 20
ALONE = 0.35
"""Share of the training in which the generator learns alone, on twice as many canvases of SMALL of the size."""
SMALL = 2 / 3
RATE, ADVERSE_RATE, JUDGE_RATE = 1.2e-3, 4e-4, 6e-4
"""Learning rates: of the generator alone, against the discriminator, and the discriminator's."""
COLOUR, LOOK, REAL, MATCH = 4.0, 0.3, 0.06, 1.5
"""Weights of the losses: colour, the trunk's features, the discriminator's score and its features. The last two at .4
and 3 made a plaid of the border's streaks within 300 steps of 8 canvases: they want many more steps than a CPU does."""
AVERAGE = 0.995
"""Of the weights' running mean, what a step leaves: a mean over about 200 steps."""
SAVED = 120.0
"""Seconds between checkpoints."""


@dataclass
class Training:
    """All that a checkpoint holds, and where it runs."""

    device: torch.device
    width: int = WIDTH
    step: int = 0
    spent: float = 0.0

    def __post_init__(self) -> None:
        self.generator, self.mean, self.discriminator = Generator(self.width), Generator(self.width), Discriminator()
        self.mean.load_state_dict(self.generator.state_dict())
        for net in self.nets.values():
            net.to(self.device, memory_format=torch.channels_last)
        self.makes = torch.optim.AdamW(self.generator.parameters(), RATE, betas=(0.9, 0.99), weight_decay=1e-4)
        self.judges = torch.optim.AdamW(self.discriminator.parameters(), JUDGE_RATE, betas=(0.0, 0.99), weight_decay=0)

    @property
    def nets(self) -> dict[str, nn.Module]:
        return {"generator": self.generator, "mean": self.mean, "discriminator": self.discriminator}

    def kept(self) -> dict[str, Any]:
        parts = {**self.nets, "makes": self.makes, "judges": self.judges}
        numbers = {"width": self.width, "step": self.step, "spent": self.spent}
        return {name: part.state_dict() for name, part in parts.items()} | numbers

    def resume(self, kept: dict[str, Any]) -> None:
        for name, part in {**self.nets, "makes": self.makes, "judges": self.judges}.items():
            part.load_state_dict(kept[name])
        self.step, self.spent = kept["step"], kept["spent"]


def fit(training: Training, pictures: Archive, asked: argparse.Namespace) -> Iterator[dict[str, float]]:
    """One step after the other until the time or the steps are over; gives the losses of each."""
    trunk = Trunk(models.path("efficientnet-lite0-trunk")).to(training.device, memory_format=torch.channels_last)
    trunk.requires_grad_(False)
    started = time.monotonic() - training.spent
    while (progress := _progress(training, asked)) < 1:
        alone = progress < ALONE
        side, count = (round(asked.size * SMALL), 2 * asked.batch) if alone else (asked.size, asked.batch)
        rng = np.random.default_rng([SEED, training.step])
        drawn = batch(rng, pictures, False, count, side)
        truth, seen = (_moved(values, training.device) for values in (drawn.truth, drawn.inputs))
        _rate(training, progress)
        found = _step(training, trunk, truth, seen, alone)
        training.step += 1
        training.spent = time.monotonic() - started
        yield found | {"progress": progress}


def _progress(training: Training, asked: argparse.Namespace) -> float:
    return training.step / asked.steps if asked.steps else training.spent / (60 * asked.minutes)


def _moved(values: Any, device: torch.device) -> Tensor:
    return torch.from_numpy(np.ascontiguousarray(values)).to(device).contiguous(memory_format=torch.channels_last)


def _rate(training: Training, progress: float) -> None:
    """Half a cosine down over the whole training, after a short start."""
    fall = 0.05 + 0.95 * 0.5 * (1 + math.cos(math.pi * progress))
    start = min(1.0, (training.step + 1) / 50)
    for group in training.makes.param_groups:
        group["lr"] = (RATE if progress < ALONE else ADVERSE_RATE) * fall * start
    for group in training.judges.param_groups:
        group["lr"] = JUDGE_RATE * fall


def _step(training: Training, trunk: Trunk, truth: Tensor, seen: Tensor, alone: bool) -> dict[str, float]:
    unknown = 1 - seen[:, 3:4]
    with _halved(training.device):
        raw = training.generator(seen)
    made = truth + unknown * (raw.float() - truth)
    losses = {} if alone else {"judge": _judged(training, truth, made.detach(), unknown)}
    with _halved(training.device):
        apart = features(trunk(made), _without(trunk, truth))
    parts = {"colour": COLOUR * colour(made, truth, weights(seen)), "look": LOOK * apart}
    if not alone:
        parts |= _adverse(training, truth, made, unknown)
    total = torch.stack([part.float() for part in parts.values()]).sum()
    training.makes.zero_grad(set_to_none=True)
    total.backward()
    nn.utils.clip_grad_norm_(training.generator.parameters(), 1.0)
    training.makes.step()
    _average(training)
    return losses | {name: float(part.detach()) for name, part in parts.items()}


def _halved(device: torch.device) -> torch.autocast:
    """bfloat16 where it can: 1.7 times the speed on a core with AVX-512 BF16."""
    return torch.autocast(device.type, dtype=torch.bfloat16)


def _without(net: nn.Module, value: Tensor) -> Any:
    with torch.no_grad():
        return net(value)


def _judged(training: Training, truth: Tensor, made: Tensor, unknown: Tensor) -> float:
    """A step of the discriminator (hinge loss), over the patches where something was made."""
    with _halved(training.device):
        scores, _ = training.discriminator(_shown(torch.cat([truth, made]), torch.cat([unknown, unknown])))
    real, fake = scores.float().chunk(2)
    where = F.avg_pool2d(unknown, 16)
    loss = ((F.relu(1 - real) + F.relu(1 + fake)) * where).sum() / where.sum().clamp_min(1)
    training.judges.zero_grad(set_to_none=True)
    loss.backward()
    training.judges.step()
    return float(loss.detach())


def _adverse(training: Training, truth: Tensor, made: Tensor, unknown: Tensor) -> dict[str, Tensor]:
    training.discriminator.requires_grad_(False)
    with _halved(training.device):
        score, maps = training.discriminator(_shown(made, unknown))
        _, wanted = _without(training.discriminator, _shown(truth, unknown))
    training.discriminator.requires_grad_(True)
    where = F.avg_pool2d(unknown, 16)
    real = -(score.float() * where).sum() / where.sum().clamp_min(1)
    return {"real": REAL * real, "match": MATCH * features(maps, wanted)}


def _shown(picture: Tensor, unknown: Tensor) -> Tensor:
    shown: Tensor = torch.cat([2 * picture - 1, unknown], 1)
    return shown.contiguous(memory_format=torch.channels_last)


def _average(training: Training) -> None:
    share = min(AVERAGE, (training.step + 1) / (training.step + 10))
    with torch.no_grad():
        for mean, value in zip(training.mean.parameters(), training.generator.parameters(), strict=True):
            mean.lerp_(value, 1 - share)


def save(training: Training, path: Path) -> None:
    """In one move, so that a reader never sees half a file."""
    beside = path.with_suffix(".part")
    torch.save(training.kept(), beside)
    beside.replace(path)


def run(asked: argparse.Namespace) -> None:
    torch.manual_seed(SEED)
    torch.set_num_threads(asked.threads)
    training = Training(torch.device(asked.device), asked.width)
    if asked.checkpoint.exists():
        training.resume(torch.load(asked.checkpoint, map_location=asked.device))
    saved, told = training.spent, dict[str, float]()
    for losses in fit(training, archive(asked.pictures), asked):
        told = {name: 0.98 * told.get(name, value) + 0.02 * value for name, value in losses.items()}
        if training.step % 25 == 0:
            print(training.step, f"{training.spent:.0f} s", {n: round(v, 4) for n, v in told.items()}, flush=True)
        if training.spent - saved > SAVED:
            save(training, asked.checkpoint)
            saved = training.spent
    save(training, asked.checkpoint)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    one = commands.add_parser("gather")
    one.add_argument("corpora", type=Path)
    one.add_argument("pictures", type=Path)
    two = commands.add_parser("fit")
    two.add_argument("pictures", type=Path)
    two.add_argument("checkpoint", type=Path)
    two.add_argument("--minutes", type=float, default=60)
    two.add_argument("--steps", type=int, default=0, help="instead of minutes: the same weights every time")
    two.add_argument("--size", type=int, default=96, help="a canvas has about this many pixels, squared")
    two.add_argument("--batch", type=int, default=8)
    two.add_argument("--width", type=int, default=WIDTH, help="channels of the generator at a quarter of the size")
    two.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    two.add_argument("--threads", type=int, default=1)
    asked = parser.parse_args()
    if asked.command == "gather":
        print(gather(asked.corpora, asked.pictures).counts)
    else:
        run(asked)


if __name__ == "__main__":
    main()
