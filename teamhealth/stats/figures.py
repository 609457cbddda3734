"""What a statistic answers: a number and what it rests on, or the reason why there is none."""

import math
from dataclasses import dataclass
from enum import StrEnum


class Reason(StrEnum):
    """Why there is no number, or another number than was asked for."""

    TOO_FEW_ANSWERS = "too_few_answers"
    TOO_FEW_ITEMS = "too_few_items"
    TOO_FEW_GROUPS = "too_few_groups"
    NO_VARIATION = "no_variation"
    """Everybody answered alike, or one question repeats others exactly."""
    NO_ONE_FACTOR = "no_one_factor"
    """No common factor can be fitted, or one question alone is the factor (Heywood case)."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One number over ``n`` people; ``value`` is NaN where ``reason`` says why. ``float()`` gives it."""

    value: float
    n: int
    reason: Reason | None = None

    def __float__(self) -> float:
        return self.value


def none(reason: Reason, n: int) -> Figure:
    """Return the figure that is none."""
    return Figure(math.nan, n, reason)
