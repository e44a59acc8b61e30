"""What all tests share."""

from collections.abc import Iterator

import pytest
from hypothesis import settings

from tests.support.chromium import Chromium

# A busy machine is no fault of the code: nothing here is timed.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Chromium]:
    """One browser for all tests that draw with it."""
    with Chromium() as browser:
        yield browser
