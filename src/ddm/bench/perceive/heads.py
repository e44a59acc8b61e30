"""Held-back pictures, composed anew -> what the trained heads and detectors are worth on them.

No picture whose name is held back was fitted to or calibrated with. The perceivers run as they do in `ddm perceive`;
nothing is read from a file of figures.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from ddm.acquire.product import Picture
from ddm.bench.perceive.judging import auc, calibration, confusion
from ddm.bench.perceive.laid import compose
from ddm.bench.perceive.pictures import Real, fetched, real, with_person
from ddm.bench.perceive.pools import Made, Pool, pool
from ddm.geometry import Box
from ddm.perceive.decode import Decoded
from ddm.perceive.heads import Judged
from ddm.perceive.perception import Element
from ddm.perceive.pixels import Bytes
from ddm.perceive.schema import SCENES
from ddm.perceive.sight import Sight
from ddm.perceive.unsafe import unsafe

COUNTS = {"scene": 240, "watermark": 160, "collage": 160, "logo": 160}
"""Compositions of each head: a figure of .97 is then sure to about .015, and the whole takes three minutes."""
HIT = 0.5
"""Intersection over union from which a logo's box is found."""
SURER = (0.7, 0.8, 0.9)
"""Scores from which boxes are judged once more: what one gets who asks for fewer wrong ones."""
EVERYDAY = 80
"""Real pictures on which persons and unsafe content are looked for."""


def measure(corpora: Path) -> dict[str, Any]:
    """Figures of each head; `sets` says which pictures out of packages were there."""
    pictures = real(corpora)
    of = pool(pictures, held=True)
    marks = {head: _binary(head, count, of) for head, count in COUNTS.items() if head != "scene"}
    return {
        "sets": _sets(),
        "scene": _scene(COUNTS["scene"], of),
        **marks,
        **_everyday(pictures),
    }


def _sets() -> str:
    there = sorted(path.name for path in fetched().glob("*") if path.is_dir())
    return ", ".join(there) if there else "none: python -m training.fetch brings them; corpora and `ddm models` alone"


def seen(pixels: Bytes) -> Sight:
    """A picture as perceivers see it."""
    picture = Picture("0" * 64, Path("composed.jpg"), "composed", pixels.shape[1], pixels.shape[0], "image/jpeg")
    return Sight(picture, Decoded(pixels, None, pixels))


def _judged(head: str, count: int, of: Pool) -> list[tuple[Made, Judged]]:
    made = [compose(head, number, of, "held") for number in range(count)]
    return [(one, seen(one.pixels).judged) for one in made]


def _scene(count: int, of: Pool) -> dict[str, Any]:
    found = _judged("scene", count, of)
    chances = np.array([[judged.scene[word] for word in SCENES] for _, judged in found])
    truth = np.array([made.truth for made, _ in found])
    said = np.array(SCENES)[chances.argmax(1)]
    each = {word: auc(chances[:, i], truth == word) for i, word in enumerate(SCENES) if (truth == word).any()}
    genuine = np.array([made.note == "real" for made, _ in found])
    return {
        "auc": float(np.mean(list(each.values()))),
        "each": each,
        "accuracy": float((said == truth).mean()),
        "accuracy_real": float((said == truth)[genuine].mean()),
        "calibration_error": calibration(chances.max(1), said == truth),
        "confusion": confusion(truth.tolist(), said.tolist(), SCENES),
        "pictures": count,
        "sources": {word: len(of.of.get(word, ())) for word in SCENES},
    }


def _binary(head: str, count: int, of: Pool) -> dict[str, Any]:
    found = _judged(head, count, of)
    scores = np.array([getattr(judged, head) for _, judged in found])
    truth = np.array([made.cover is not None for made, _ in found])
    figures = {
        "auc": auc(scores, truth),
        "accuracy": float(((scores >= 0.5) == truth).mean()),
        "calibration_error": calibration(scores, truth),
        "confusion": confusion(_named(truth), _named(scores >= 0.5), ("yes", "no")),
        "hardest": _hardest(found, scores, truth),
        "pictures": count,
    }
    return figures | ({"boxes": _boxes(found)} if head == "logo" else {})


def _named(flags: np.ndarray) -> list[str]:
    return ["yes" if flag else "no" for flag in flags]


def _hardest(found: Sequence[tuple[Made, Judged]], scores: np.ndarray, truth: np.ndarray) -> dict[str, float]:
    """Share of errors by the kind of composition."""
    notes = np.array([made.note for made, _ in found])
    wrong = (scores >= 0.5) != truth
    return {str(note): float(wrong[notes == note].mean()) for note in np.unique(notes)}


def _boxes(found: Sequence[tuple[Made, Judged]]) -> dict[str, Any]:
    """Precision and recall of the logos' boxes at an intersection over union of HIT, and of those surer than SURER; and
    how far scores are from the share that is right."""
    boxes = [(made.boxes, judged.logos) for made, judged in found]
    sure = {str(least): _hits(boxes, least) for least in SURER}
    right = [(one.score, any(overlap(box, one.box) >= HIT for box in true)) for true, said in boxes for one in said]
    scores, hits = np.array(right).reshape(-1, 2).T
    return {**_hits(boxes, 0.0), "calibration_error": calibration(scores, hits > 0), "surer": sure}


def _hits(boxes: Sequence[tuple[Sequence[Box], Sequence[Element]]], least: float) -> dict[str, float]:
    """Precision and recall of those boxes whose score is that at least."""
    told = [(true, [one.box for one in said if one.score >= least]) for true, said in boxes]
    hits = sum(any(overlap(box, one) >= HIT for one in said) for true, said in told for box in true)
    count = sum(len(said) for _, said in told)
    return {"precision": hits / max(1, count), "recall": hits / max(1, sum(len(true) for true, _ in told))}


def overlap(one: Box, other: Box) -> float:
    """Intersection over union."""
    common = one.intersection(other).area
    return common / max(1e-9, one.area + other.area - common)


def _everyday(pictures: Sequence[Real]) -> dict[str, Any]:
    """Persons in pictures with and without, by a person's word; and how often nothing unsafe is taken for unsafe."""
    chosen = _spread(pictures)
    sights = [seen(one.pixels) for one in chosen]
    persons = np.array([max((e.score for e in one.things if e.kind == "person"), default=0.0) for one in sights])
    faces = np.array([max((e.score for e in one.faces), default=0.0) for one in sights])
    there = np.array([bool(with_person(one)) for one in chosen])
    chances = np.array([unsafe(one.pixels) for one in chosen])
    return {
        "person": {
            "auc": auc(persons, there),
            "auc_with_faces": auc(np.maximum(persons, faces), there),
            "recall": float((persons[there] > 0).mean()),
            "false_alarms": float((persons[~there] > 0).mean()),
            "with": int(there.sum()),
            "pictures": len(chosen),
        },
        "unsafe": {
            "false_alarms": float((chances >= 0.5).mean()),
            "highest": float(chances.max()),
            "pictures": len(chosen),
            "recall": "not measured: no package ships such pictures",
        },
    }


def _spread(pictures: Sequence[Real]) -> list[Real]:
    """All with persons, and the others evenly."""
    persons = [one for one in pictures if with_person(one)]
    others = [one for one in pictures if with_person(one) is False]
    return [*persons, *others[:: max(1, len(others) // EVERYDAY)]]
