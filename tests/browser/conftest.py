"""A real Chromium for the tests of this folder, started once a session."""

import pytest

from tests.browser.chromium import started
from tests.browser.doors import seated, served_door


@pytest.fixture(scope="session")
def chromium():
    """Give a browser."""
    with started() as browser:
        yield browser


@pytest.fixture
def door(tmp_path):
    """Serve an open survey of eleven people in two groups, in six languages."""
    with served_door(tmp_path) as opened:
        yield opened


@pytest.fixture
def seat(chromium):
    """Sit somebody down at a fresh browser with a phone's screen."""
    with seated(chromium) as person:
        yield person
