"""Attacks run on the same houses as journeys; what they measure is printed at the end of ``make attack``."""

import pytest

from tests.journeys.conftest import house

__all__ = ["house"]

_FIGURES = pytest.StashKey[list]()


@pytest.fixture
def figures(request):
    """Give what notes the scores of attacks by name, for the end of ``make attack``."""
    lines = request.config.stash.setdefault(_FIGURES, [])

    def note(build, database, scores):
        kind = "SQLite" if database.is_sqlite else "PostgreSQL"
        for name, one in scores.items():
            told = f"{one.share:6.3f}  chance {one.chance:.3f}  bound {one.bound:.3f}  of {one.people}"
            lines.append(f"{build:8} {kind:10} {told}  {name}")

    return note


def pytest_terminal_summary(terminalreporter, config):
    if config.getoption("--attack") and (lines := config.stash.get(_FIGURES, [])):
        terminalreporter.section("shares of people linked with their answers")
        for line in lines:
            terminalreporter.write_line(line)
