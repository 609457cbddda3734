"""Strict readers of plain data: each takes a value and its place, and returns it typed or raises ValueError."""

import math
from collections.abc import Callable
from dataclasses import fields
from typing import TypeVar

from teamhealth.cells.model import (
    ClassResult,
    EnpsCell,
    GroupResult,
    Range,
    Snapshot,
    SurveyFacts,
    ThemeCell,
    ThemeFacts,
)

T = TypeVar("T")

SNAPSHOT = frozenset(field.name for field in fields(Snapshot))
SURVEY = frozenset(field.name for field in fields(SurveyFacts))
SURVEY_TEXTS = sorted(SURVEY - {"k", "languages", "previous"})
THEME_FACTS = frozenset(field.name for field in fields(ThemeFacts))
GROUP = frozenset(field.name for field in fields(GroupResult))
CLASS = frozenset(field.name for field in fields(ClassResult))
ENPS = frozenset(field.name for field in fields(EnpsCell))
THEME = frozenset(field.name for field in fields(ThemeCell))
WORD_CELL = frozenset({"n", "word"})
COUNT_CELL = frozenset({"n", "counts", "people"})


def _expected(at: str, what: str) -> ValueError:
    return ValueError(f"{at}: {what} expected")


def maybe(read: Callable[[object, str], T], value: object, at: str) -> T | None:
    """Read a value that may be null."""
    return None if value is None else read(value, at)


def record(value: object, at: str, keys: frozenset[str]) -> dict[str, object]:
    """Read an object with exactly these keys."""
    if not isinstance(value, dict):
        raise _expected(at, "an object")
    if value.keys() != keys:
        raise ValueError(f"{at}: missing {keys - value.keys()}, unknown {value.keys() - keys}")
    return value


def mapping(value: object, at: str) -> dict[str, object]:
    """Read an object with whatever keys."""
    if not isinstance(value, dict):
        raise _expected(at, "an object")
    return value


def array(value: object, at: str) -> list[object]:
    """Read a list."""
    if not isinstance(value, list):
        raise _expected(at, "a list")
    return value


def text(value: object, at: str) -> str:
    """Read a string."""
    if not isinstance(value, str):
        raise _expected(at, "a string")
    return value


def texts(value: object, at: str) -> tuple[str, ...]:
    """Read a list of different strings."""
    found = tuple(text(entry, at) for entry in array(value, at))
    if len(set(found)) != len(found):
        raise ValueError(f"{at}: a name appears twice")
    return found


def whole(value: object, at: str) -> int:
    """Read a whole number of zero or more."""
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise _expected(at, "a whole number")
    return value


def wholes(value: object, length: int, at: str) -> tuple[int, ...]:
    """Read a list of so many whole numbers."""
    found = tuple(whole(entry, at) for entry in array(value, at))
    if len(found) != length:
        raise _expected(at, f"{length} numbers")
    return found


def number(value: object, at: str) -> float:
    """Read a finite number."""
    if (
        isinstance(value, bool)
        or not isinstance(value, int | float)
        or not math.isfinite(value)
    ):
        raise _expected(at, "a number")
    return float(value)


def flag(value: object, at: str) -> bool:
    """Read true or false."""
    if not isinstance(value, bool):
        raise _expected(at, "true or false")
    return value


def span(value: object, at: str) -> Range:
    """Read [low, high]."""
    ends = [number(end, at) for end in array(value, at)]
    if len(ends) != 2 or ends[0] > ends[1]:  # noqa: PLR2004
        raise _expected(at, "two ends, the lower first,")
    return Range(*ends)
