"""Everyday pictures are safe."""

import numpy as np
import pytest

from ddm.errors import Missing
from ddm.models import path
from ddm.perceive.unsafe import unsafe


@pytest.mark.models
def test_plain_grounds_are_safe() -> None:
    try:
        path("nsfw")
    except Missing as error:
        pytest.skip(str(error))
    assert 0 <= unsafe(np.full((300, 200, 3), 230, np.uint8)) < 0.5
