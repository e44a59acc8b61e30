"""What all tests share."""

import os
from collections.abc import Iterator

import pytest
from hypothesis import settings

from tests.support.chromium import Chromium

# No deadlines: a busy machine is no fault of the code.
settings.register_profile("ci", derandomize=True, deadline=None)  # one verdict for one commit
settings.register_profile("explore", deadline=None)  # new examples at every run
settings.load_profile("ci" if os.environ.get("CI") else "explore")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Chromium]:
    """One browser for all tests that draw with it."""
    with Chromium() as browser:
        yield browser
