"""An open survey to answer, and somebody who sits at a browser."""

import pytest

from tests.browser.doors import seated, served_door


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
