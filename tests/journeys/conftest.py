"""Houses for journeys: an installation that nobody has set up yet, once on each database."""

import pytest

from tests.journeys.house import House, empty_database


@pytest.fixture(params=["sqlite", "postgresql"])
def house(request, tmp_path):
    """Give an installation in an empty folder, before ``teamhealth init``."""
    if request.param == "postgresql":
        request.getfixturevalue("postgres")  # skips where no PostgreSQL answers
    with empty_database(request.param, tmp_path) as url:
        yield House(tmp_path / "home", url)


@pytest.fixture
def small_house(tmp_path):
    """Give one on SQLite, for what has nothing to do with the database."""
    with empty_database("sqlite", tmp_path) as url:
        yield House(tmp_path / "home", url)
