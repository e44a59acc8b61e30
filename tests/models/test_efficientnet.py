"""Folding batch normalisation changes nothing; the converted network knows what photographs show."""

import numpy as np
import pytest
from PIL import Image

from ddm import models
from ddm.models.efficientnet import EPSILON, SIDE, STAGES, _blocks, folded


def test_folded_is_convolution_then_normalisation() -> None:
    rng = np.random.default_rng(7)
    tensors = {"c.weight": rng.normal(size=(4, 3, 1, 1))}
    tensors |= {f"n.{name}": rng.uniform(0.5, 2, 4) for name in ("weight", "bias", "running_mean", "running_var")}
    weight, bias = folded(tensors, "c", "n")
    x = rng.normal(size=3)
    plain = tensors["c.weight"][:, :, 0, 0] @ x
    deviation = np.sqrt(tensors["n.running_var"] + EPSILON)
    normal = (plain - tensors["n.running_mean"]) / deviation * tensors["n.weight"] + tensors["n.bias"]
    np.testing.assert_allclose(weight[:, :, 0, 0] @ x + bias, normal, rtol=1e-5)


def test_blocks_follow_the_stages() -> None:
    blocks = list(_blocks())
    assert len(blocks) == sum(repeats for *_, repeats in STAGES) == 16
    assert sum(stride == 2 for _, stride, _ in blocks) == 4
    assert sum(shortcut for *_, shortcut in blocks) == 9


def run(photograph: str) -> tuple[np.ndarray, np.ndarray]:
    """Probabilities and embedding of a photograph's central square."""
    path = models.pictures("vendure") / "images" / f"{photograph}-unsplash.jpg"
    with Image.open(path) as picture:
        side = min(picture.size)
        left, top = (picture.width - side) // 2, (picture.height - side) // 2
        square = picture.convert("RGB").resize(
            (SIDE, SIDE), Image.Resampling.BICUBIC, (left, top, left + side, top + side)
        )
    planes = ((np.asarray(square, np.float32) - 127) / 128).transpose(2, 0, 1)
    outputs = models.session("efficientnet-lite0").run(["probabilities", "embedding"], {"image": planes[None]})
    return outputs[0][0], outputs[1][0]


@pytest.mark.models
@pytest.mark.parametrize(
    ("photograph", "right"),
    [
        ("alexander-andrews-260988", "reflex camera"),
        ("ben-hershey-574483", "tennis ball"),
        ("chuttersnap-584518", "running shoe"),
        ("eniko-kis-663725", "Polaroid camera"),
        ("mark-tegethoff-667351", "pot, flowerpot"),  # a cactus in a pot
        ("michael-guite-571169", "mountain tent"),
        ("mikkel-bech-748940", "bike"),
        ("oscar-ivan-esquivel-arteaga-687447", "mouse"),
        ("paul-weaver-1120584", "studio couch"),
        ("zoltan-tasi-423051", "tripod"),
    ],
)
def test_photographs_are_recognised(photograph: str, right: str) -> None:
    probabilities, _ = run(photograph)
    assert probabilities.sum() == pytest.approx(1, abs=1e-4)
    assert right in models.classes()[int(probabilities.argmax())]


@pytest.mark.models
def test_embeddings_of_like_things_are_close() -> None:
    camera, other_camera, couch = (
        run(name)[1] for name in ("alexander-andrews-260988", "patrick-brinksma-663044", "paul-weaver-1120584")
    )
    assert camera.shape == (1280,)
    cosine = lambda a, b: float(a @ b / np.linalg.norm(a) / np.linalg.norm(b))  # noqa: E731
    assert cosine(camera, other_camera) > cosine(camera, couch) + 0.2


def test_class_names() -> None:
    names = models.classes()
    assert len(names) == 1000
    assert all(names)
    assert names[0].startswith("tench")
    assert names[999].startswith("toilet tissue")
