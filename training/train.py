"""Real pictures -> `heads.npz`, of scenes and collages: compositions, features, networks, temperatures.

Run by `python -m training.train --corpora DIR`, after `python -m training.fetch`.

Three sides, by picture: one to fit, one to calibrate and choose, one held back, which nothing here looks at. The bench
(`ddm bench perceive heads`) composes anew from the held-back side.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import zipfile
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from ddm.bench.perceive.judging import auc
from ddm.bench.perceive.laid import compose
from ddm.bench.perceive.pictures import Real, real
from ddm.bench.perceive.pools import Pool, pool
from ddm.perceive import heads
from ddm.perceive import pixels as px
from ddm.perceive.classify import classify
from ddm.perceive.clues import clues
from ddm.perceive.faces import faces
from ddm.perceive.heads import OUTPUTS, Layers
from ddm.perceive.pixels import Floats
from ddm.perceive.texture import texture
from ddm.perceive.things import things
from training.fit import Plan, calibrated, fitted, halved

TUNE = 5
"""One picture in so many of those not held back calibrates and is not fitted to."""
PER_PICTURE = 48
"""Cells taken of a composition: neighbours tell nearly the same."""
COVER = 0.12
"""Part of a cell that a seam covers where the cell counts as one."""
PLANS = {
    "cells": Plan(hidden=64, epochs=6, batch=512, dropout=0.1, decay=0.05),
    "scene": Plan(hidden=48, rate=5e-3, epochs=150, dropout=0.5, decay=1.0, several=True),
    "collage": Plan(hidden=32, rate=5e-3, epochs=150, dropout=0.5, decay=1.0),
}


@dataclass(frozen=True)
class Sample:
    """One composition as features. map: float16 (h, w, 192). cover: bool (h, w), its seams. seen: persons, faces."""

    head: str
    truth: str
    map: Floats
    cover: np.ndarray | None
    clues: Floats
    ratio: float
    embedding: Floats
    seen: Floats


def tuned(one: Real) -> bool:
    return hashlib.sha256(f"tune {one.set} {one.name[:-1]}".encode()).digest()[0] % TUNE == 0


def pools(pictures: Sequence[Real]) -> tuple[Pool, Pool]:
    """What is fitted to, and what calibrates."""
    return tuple(  # type: ignore[return-value]
        pool([one for one in pictures if not one.held and tuned(one) == tune], held=False) for tune in (False, True)
    )


def sample(head: str, number: int, of: Pool, seed: str) -> Sample:
    """The features of one composition."""
    made = compose(head, number, of, seed)
    channels = texture(made.pixels).cells
    cover = None
    if made.cover is not None:
        marked = (made.cover > 0.3 * made.cover.max()).astype(np.float32)
        cover = px.resize(marked, channels.shape[1], channels.shape[0]) > COVER
    embedding, seen = np.zeros(0, np.float32), np.zeros(0, np.float32)
    if head == "scene":
        persons = [one for one in things(made.pixels) if one.kind == "person"]
        embedding, seen = classify(made.pixels).embedding, heads.things_seen(persons, faces(made.pixels))
    ratio = float(np.log(made.pixels.shape[1] / made.pixels.shape[0]))
    return Sample(head, made.truth, channels.astype(np.float16), cover, clues(made.pixels), ratio, embedding, seen)


def samples(of: Pool, counts: dict[str, int], seed: str, workers: int = 1) -> list[Sample]:
    """So many compositions of each head, in order."""
    tasks = [(head, number) for head, count in counts.items() for number in range(count)]
    work = partial(_task, of=of, seed=seed)
    if workers == 1:
        return [work(task) for task in tasks]
    with ProcessPoolExecutor(workers) as executor:
        return list(executor.map(work, tasks, chunksize=16))


def _task(task: tuple[str, int], of: Pool, seed: str) -> Sample:
    return sample(*task, of, seed)


def fit_cells(found: Sequence[Sample]) -> Layers:
    """The network of the cells: whether a seam of a collage runs through each."""
    rng = np.random.default_rng(3)
    inputs, labels = [], []
    for one in found:
        if one.head == "collage":
            flat = heads.around(one.map.astype(np.float32))
            cover = np.zeros(len(flat), bool) if one.cover is None else one.cover.ravel()
            rows = _chosen(rng, cover)
            inputs.append(flat[rows])
            labels.append(cover[rows, None].astype(np.float64))
    return fitted(np.concatenate(inputs), np.concatenate(labels), PLANS["cells"])


def _chosen(rng: np.random.Generator, cover: np.ndarray) -> np.ndarray:
    """Up to half covered cells, the rest others."""
    inside, outside = rng.permutation(np.flatnonzero(cover)), rng.permutation(np.flatnonzero(~cover))
    return np.concatenate([inside[: PER_PICTURE // 2], outside[: PER_PICTURE // 2]])


def features(one: Sample, cells: Layers) -> Floats:
    """Inputs of the sample's head."""
    looked = heads.looked(one.map.astype(np.float32), one.clues, one.ratio, cells)
    return heads.inputs(one.head, looked, one.embedding, one.seen)


def labels_of(head: str, found: Sequence[Sample]) -> Floats:
    if head == "scene":
        return np.array([[float(one.truth == word) for word in OUTPUTS["scene"]] for one in found])
    return np.array([[float(one.truth == "joined")] for one in found])


def fit_head(head: str, fit: Sequence[Sample], tune: Sequence[Sample], cells: Layers) -> tuple[Layers, float]:
    """The network and its mean AUC on the side that calibrates."""
    sides = [[one for one in side if one.head == head] for side in (fit, tune)]
    (inputs, labels), (others, truth) = (
        (np.stack([features(one, cells) for one in side]), labels_of(head, side)) for side in sides
    )
    net = calibrated(fitted(inputs, labels, PLANS[head]), others, truth, PLANS[head].several)
    logits = net(others)
    return net, float(np.nanmean([auc(logits[:, i], truth[:, i] > 0) for i in range(truth.shape[1])]))


def weights(fit: Sequence[Sample], tune: Sequence[Sample]) -> bytes:
    """The file of all networks: the same bytes for the same samples."""
    stored = halved(fit_cells(fit))
    cells = _restored(stored)
    arrays = {f"cells.{name}": value for name, value in stored.items()}
    for head in OUTPUTS:
        net, quality = fit_head(head, fit, tune, cells)
        print(f"{head}: AUC {quality:.4f} on the calibrating side, temperature {net.temperature:.2f}")
        arrays |= {f"{head}.{name}": value for name, value in halved(net).items()}
    return packed(arrays)


def _restored(stored: dict[str, np.ndarray]) -> Layers:
    names = ("mean", "scale", "first", "first_bias", "second", "second_bias")
    return Layers(*(stored[name].astype(np.float32) for name in names), float(stored["temperature"]))


def packed(arrays: dict[str, np.ndarray]) -> bytes:
    """An .npz whose entries bear no time."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, value in sorted(arrays.items()):
            entry = io.BytesIO()
            np.lib.format.write_array(entry, np.asarray(value), allow_pickle=False)
            archive.writestr(zipfile.ZipInfo(f"{name}.npy", (1980, 1, 1, 0, 0, 0)), entry.getvalue())
    return file.getvalue()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True, help="the folder of pictures with known truth")
    parser.add_argument("--out", type=Path, default=Path("src/ddm/perceive/heads.npz"))
    parser.add_argument("--count", type=int, default=600, help="compositions of each head")
    parser.add_argument("--workers", type=int, default=2)
    given = parser.parse_args()
    fit, tune = pools(real(given.corpora))
    counts, fewer = (dict.fromkeys(OUTPUTS, count) for count in (given.count, given.count // 4))
    data = weights(samples(fit, counts, "fit", given.workers), samples(tune, fewer, "tune", given.workers))
    given.out.write_bytes(data)
    print(f"{given.out}: {len(data)} bytes, {hashlib.sha256(data).hexdigest()[:12]}")


if __name__ == "__main__":
    main()
