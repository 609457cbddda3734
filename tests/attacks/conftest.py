"""Attacks run on the same houses as journeys."""

from tests.journeys.conftest import house

__all__ = ["house"]
