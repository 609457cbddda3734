"""What five counts say: mean, favourable share, shares, spread. Full precision; outlets round."""

from collections.abc import Sequence
from fractions import Fraction


def mean(counts: Sequence[int]) -> float:
    """Return the mean of answers 1, 2, 3 … given how many gave each; ZeroDivisionError for none."""
    return sum(score * n for score, n in enumerate(counts, 1)) / sum(counts)


def mean_of_means(rows: Sequence[Sequence[int]]) -> float:
    """Return the mean of several items' means: exact, rounded to a float once at the end."""
    means = [Fraction(sum(s * n for s, n in enumerate(row, 1)), sum(row)) for row in rows]
    return float(sum(means, Fraction(0)) / len(means))


def favourable(counts: Sequence[int]) -> float:
    """Return the share of answers 4 and 5 in per cent."""
    return 100 * sum(counts[3:]) / sum(counts)


def shares(counts: Sequence[int]) -> tuple[float, ...]:
    """Return the share of each answer in per cent, disagreeing first."""
    n = sum(counts)
    return tuple(100 * count / n for count in counts)


def variance(counts: Sequence[int]) -> float:
    """Return the variance of the answers, dividing by n − 1; 0 for a single answer."""
    n = sum(counts)
    total = sum(score * count for score, count in enumerate(counts, 1))
    squares = sum(score * score * count for score, count in enumerate(counts, 1))
    return (n * squares - total * total) / (n * (n - 1)) if n > 1 else 0.0
