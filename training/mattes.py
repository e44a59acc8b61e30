"""Fits what the matte's choices weigh: pictures of `views` -> `src/ddm/perceive/weights/matte.json`.

    OMP_NUM_THREADS=1 python -m training.mattes --corpora FOLDER

First which closer looks are believed (`closer`), then how sure of the matte that comes of it one may be (`sureness`),
once with two networks and once with the fast tier's one. Of a picture, sureness is told the matte by closer looks that
were weighed without its thing. Everything is seeded: the same pictures give the same weights. It prints what the
weights of the other folds are worth on each fold; the bench's cut-outs are never looked at. About nine minutes of one
core, and 2 GB; three of them for `--fast`.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from ddm.bench.perceive.matte import Promise, iou, sure
from ddm.perceive import pixels as px
from ddm.perceive.agreement import CHECK_SIDE as SIDE
from ddm.perceive.agreement import likeness
from ddm.perceive.matte import USABLE, checked, draw
from ddm.perceive.pixels import Floats, Mask
from ddm.perceive.sureness import signs, weighed
from ddm.perceive.tiers import FAST
from training import closer, sureness
from training.sureness import WRONG, Sample
from training.views import FOLDS, RIGHT, View, views

OUT = Path("src/ddm/perceive/weights/matte.json")
CHANGED = 0.97
"""Overlap below which a right photograph's matte is another one after closer looks."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument(
        "--fast", action="store_true", help="the confidence of one network alone, in a third of the time"
    )
    asked = parser.parse_args()
    known = list(views(asked.corpora))
    found = json.loads(asked.out.read_text("utf-8")) if asked.fast else of_two(known)
    asked.out.write_text(json.dumps(found | {"one": of_one(known)}, indent=1) + "\n", "utf-8")


def of_two(known: Sequence[View]) -> dict[str, dict[str, float]]:
    """Weights of closer looks and of the confidence with two networks; to three digits."""
    looks = [sample for view in known for sample in closer.samples(view)]
    apart = [closer.fitted([look for look in looks if look.fold != fold]) for fold in range(FOLDS)]
    print(f"{len(known)} pictures, {len(looks)} looks", flush=True)
    told = [view for view in known if view.ground != "blurred"]
    after = [_checked(view, apart[view.fold]) for view in told]
    _say_of_looks(told, [matte for matte, _ in after])
    samples = [_sample(view, matte, against) for view, (matte, against) in zip(told, after, strict=True) if against]
    return {"closer": _rounded(closer.fitted(looks)), "both": _confidence("both", samples, sureness.BOTH)}


def of_one(known: Sequence[View]) -> dict[str, float]:
    """Weights of the confidence by the fast tier's network alone."""
    told = [(view, *_alone(view)) for view in known if view.ground != "blurred"]
    return _confidence("one", [_sample(*one) for one in told if one[-1]], sureness.ONE)


def _rounded(weights: Mapping[str, float]) -> dict[str, float]:
    return {name: float(f"{weight:.3g}") for name, weight in weights.items()}


# -------------------------------------------------------------------------------------------------------- closer looks


def _checked(view: View, weights: Mapping[str, float]) -> tuple[Mask, dict[str, float]]:
    """The matte, (SIDE, SIDE), and the signs against it."""
    assert view.drawn.fine is not None
    settled, against = checked(view.pixels, view.drawn.fine, view.drawn.coarse, weights)
    return _mask(settled), against


def _mask(matte: Floats) -> Mask:
    found: Mask = px.resize(matte, SIDE, SIDE) > 0.5
    return found


def _say_of_looks(told: Sequence[View], after: Sequence[Mask]) -> None:
    pairs = [(view, _mask(view.settled), matte) for view, matte in zip(told, after, strict=True)]
    rooms = [(iou(before, view.truth), iou(then, view.truth)) for view, before, then in pairs if view.truth is not None]
    right = [(view.thing, iou(before, then)) for view, before, then in pairs if view.said == RIGHT]
    other = [name for name, alike in right if alike < CHANGED]
    mean = np.mean(rooms, axis=0)
    print(f"{len(rooms)} rooms {mean[0]:.3f} to {mean[1]:.3f}; {len(right)} photographs, changed: {other}")


# ---------------------------------------------------------------------------------------------------------- confidence


def _sample(view: View, matte: Mask, against: Mapping[str, float]) -> Sample:
    """The truth of a photograph is what a person said; of a right one the matte that he saw."""
    truth = _mask(view.settled) if view.said == RIGHT else view.truth
    overlap = view.said if truth is None else iou(matte, truth)
    assert overlap is not None
    return Sample(against, overlap, view.said is not None, view.thing, view.fold)


def _alone(view: View) -> tuple[Mask, dict[str, float]]:
    """The matte by the fast tier's network, (SIDE, SIDE), and the signs against it; none where there is nothing."""
    coarse, little = draw(view.pixels, FAST).coarse, px.by_halves(view.pixels, SIDE, SIDE)
    small = px.resize(coarse, SIDE, SIDE)
    return small > 0.5, signs(small, likeness(coarse, coarse, little), little, 0.0) if (small > 0.5).any() else {}


def _confidence(name: str, samples: Sequence[Sample], grid: Mapping[str, Sequence[float]]) -> dict[str, float]:
    """The weights; says what those of the other folds are worth."""
    apart = [sureness.chosen([one for one in samples if one.fold != fold], grid) for fold in range(FOLDS)]
    told = [(weighed(one.signs, apart[one.fold]), one) for one in samples]
    rooms = [Promise(said, said >= USABLE, one.overlap) for said, one in told if not one.judged]
    right = [said >= USABLE for said, one in told if one.judged and one.overlap >= RIGHT]
    wrong = [said < USABLE for said, one in told if one.judged and one.overlap < WRONG]
    print(
        f"{name}: {sum(right)} of {len(right)} right and {sum(wrong)} of {len(wrong)} wrong photographs known as such"
    )
    print({key: round(value, 3) for key, value in sure(rooms).items()})
    return _rounded(sureness.chosen(samples, grid))


if __name__ == "__main__":
    main()
