"""How often what is told is true: intervals, labels, words of change, ranges of people.

Made-up teams with a known truth (``answering.py``), told by the same functions as in the
count. The budgets are the figures of the study by which the methods were chosen. Its
generator differed in details, so they bound what is found here and are not repeated by it.
"""

import numpy as np
from answering import (
    KINDS,
    PERSON,
    TEAM,
    Floats,
    Organisation,
    organisation,
    people,
    seen,
    ticks,
    true,
)
from budgets import finish, held, noted

from teamhealth.stats import change, comparison, drivers, favourable, polarisation, response

CELLS = {
    "5 to 9": [(6, 5), (8, 5), (8, 7), (10, 5), (12, 9), (16, 8)],
    "12 to 15": [(16, 12), (16, 15), (24, 12)],
    "18 to 30": [(24, 18), (24, 22), (40, 20), (40, 30)],
}
"""(invited, answered) by size of what is seen."""

SILENT = [(12, 8), (16, 8), (24, 17), (40, 20), (40, 34)]
TEAMS = 4000
SIZES = [8, 10, 12, 16, 20, 28, 40]
MOVED, KEPT, LEFT = 0.25, 0.8, 0.1
"""Latent change of teams; correlation of a person's two standings; share of people who are new."""


def main() -> None:
    """Measure everything once."""
    rng = np.random.default_rng(2026)
    kept = [
        *_intervals(rng), *_silence(rng), *_changes(rng), *_comparisons(rng),
        *_favourable(rng), *_divided(rng), *_drivers(rng),
    ]  # fmt: skip
    finish(*kept)


def _intervals(rng: np.random.Generator) -> list[bool]:
    """Hold how often the interval holds the mean of what all who were asked truly think."""
    whole, kept = organisation(rng), []
    for size, cells in CELLS.items():
        for kind in KINDS:
            inside = [_inside(rng, kind, *cell, whole) for cell in cells]
            what = f"95 % interval holds, {size} answers, {kind} team"
            # below ten a split team is told with the organisation's spread, on purpose
            least = 91.0 if size == "5 to 9" and kind == "split" else 94.6
            kept.append(held(what, 100 * float(np.mean(inside)), "%", least, floor=True))
    return kept


def _inside(
    rng: np.random.Generator, kind: str, invited: int, n: int, whole: Organisation
) -> float:
    stand = people(rng, TEAMS, invited, kind)
    means, answers = true(stand).mean(axis=1), ticks(rng, stand[:, :n])
    told = [seen(some, invited, whole) for some in answers]
    return float(np.mean([s.low <= m <= s.high for s, m in zip(told, means, strict=True)]))


def _silence(rng: np.random.Generator) -> list[bool]:
    """Hold how often interval and whisker hold where the gladder answer more readily."""
    whole, plain, wide = organisation(rng), [], []
    for invited, n in SILENT:
        stand = people(rng, TEAMS, invited, "typical")
        keen = 0.5 * stand / np.hypot(TEAM, PERSON) + rng.gumbel(size=stand.shape)
        first = np.argsort(-keen, axis=1)[:, :n]
        answers = ticks(rng, np.take_along_axis(stand, first, axis=1))
        told = [seen(some, invited, whole) for some in answers]
        ends = [response.whisker(s.low, n, invited, one_decimal=n < 10) for s in told]
        means, high = true(stand).mean(axis=1), np.array([s.high for s in told])
        plain.append(np.mean((means >= [s.low for s in told]) & (means <= high)))
        wide.append(np.mean((means >= np.array(ends)) & (means <= high)))
    noted("interval holds if the glad answer more readily", 100 * min(plain), "%", "worst")
    what = "  with the whisker for silence, worst"
    return [held(what, 100 * float(min(wide)), "%", 94.0, floor=True)]


def _changes(rng: np.random.Generator) -> list[bool]:
    """Hold how often a word of change has the wrong sign: many teams, few, and none that moves.

    With few teams it is poorly known how much teams move at all: there the budget is what
    the words themselves claim, one in ten and one in forty.
    """
    kept = []
    budgets = (6, 300, 4.6, 1.5), (2, 900, 10.0, 2.5), (1, 1800, 10.0, 2.5)
    for times, surveys, likely, very in budgets:
        found, teams = _words(rng, MOVED, times, surveys), times * len(SIZES)
        noted(f"themes that get a word of change, {teams} teams", 100 * found["told"], "%")
        kept += [
            held("  likely or very likely, wrong way", 100 * found["wrong"], "%", likely),
            held("  very likely, wrong way", 100 * found["very_wrong"], "%", very),
        ]
    for times, surveys in ((1, 900), (2, 450)):
        still, teams = _words(rng, 0.0, times, surveys), times * len(SIZES)
        noted(f"themes that get a word though none of {teams} moves", 100 * still["told"], "%")
    still = _words(rng, 0.0, 6, 150)
    what = "themes that get a word though no team moves, 42 teams"
    return [*kept, held(what, 100 * still["told"], "%", 10.0)]


def _words(
    rng: np.random.Generator, spread: float, times: int, surveys: int
) -> dict[str, float]:
    whole = organisation(rng)
    told, wrong, very, very_wrong, many = 0, 0, 0, 0, 0
    for _ in range(surveys):
        real, differences, errors = [], [], []
        for invited in SIZES * times:
            before = people(rng, 1, invited, "typical")[0]
            after = _later(rng, before, spread)
            n = max(5, round(0.75 * invited))
            one, two = (
                seen(ticks(rng, rng.permutation(s)[:n]), invited, whole)
                for s in (before, after)
            )
            real.append(float(true(after).mean() - true(before).mean()))
            differences.append(two.mean - one.mean)
            errors.append(float(np.hypot(one.error, two.error)))
        pool = change.pool(differences, errors)
        found = change.shifts(differences, errors, [1.0] * len(real), pool)
        for true_change, shift in zip(real, found, strict=True):
            off = (shift.difference > 0) != (true_change > 0)
            told += shift.word != "unclear"
            wrong += off and shift.word != "unclear"
            very += shift.word.startswith("very")
            very_wrong += off and shift.word.startswith("very")
        many += len(real)
    return {"told": told / many, "wrong": wrong / told, "very_wrong": very_wrong / max(very, 1)}


def _later(rng: np.random.Generator, before: Floats, spread: float) -> Floats:
    """Return the same team a survey later: moved, everybody a little other, some people new."""
    middle = before.mean()
    person = KEPT * (before - middle) + np.sqrt(1 - KEPT**2) * rng.normal(
        0, PERSON, before.shape
    )
    new = rng.random(before.shape) < LEFT
    person = np.where(new, rng.normal(0, PERSON, before.shape), person)
    return middle + rng.normal(0, spread) + person


def _comparisons(rng: np.random.Generator) -> list[bool]:
    """Hold how often a label is given where teams are alike, and is wrong where they are not."""
    kept = []
    for spread, budget in ((0.0, 0.8), (0.2, 19.0), (TEAM, 6.0), (0.5, 6.0)):
        whole = organisation(rng, spread)
        told, wrong, many = 0, 0, 0
        for teams in (6, 12, 30):
            for _ in range(60):
                labels, away = _labels(rng, teams, spread, whole)
                many += teams
                told += sum(label != "usual" for label in labels)
                wrong += sum(
                    label != "usual" and (label == "higher") != (a > 0)
                    for label, a in zip(labels, away, strict=True)
                )
        if not spread:
            kept.append(held("labelled though teams are alike", 100 * told / many, "%", budget))
            continue
        noted(f"teams labelled, latent spread {spread}", 100 * told / many, "%")
        kept.append(
            held("  of them on the wrong side", 100 * wrong / max(told, 1), "%", budget)
        )
    return kept


def _labels(
    rng: np.random.Generator, teams: int, spread: float, whole: Organisation
) -> tuple[list[str], Floats]:
    climate = rng.normal(0, spread, teams)
    means, errors = [], []
    for stand in climate:
        n = int(rng.integers(5, 13))
        one = seen(ticks(rng, stand + rng.normal(0, PERSON, n)), n, whole)
        means.append(one.mean)
        errors.append(float(np.sqrt(whole.variance / n)))
    pool = comparison.pool(means, errors)
    found = comparison.standings(means, errors, [1.0] * teams, pool)
    return [s.label for s in found], climate - climate.mean()


def _favourable(rng: np.random.Generator) -> list[bool]:
    """Hold how often the range of favourable people holds how many there are."""
    share = float((ticks(rng, people(rng, 2000, 10, "typical"), 1) >= 4).mean())
    found = []
    for kind in KINDS:
        for invited, n in [c for cells in CELLS.values() for c in cells if c[1] >= 10]:
            liked = ticks(rng, people(rng, TEAMS, invited, kind), 1)[..., 0] >= 4
            inside = 0
            for team in liked:
                told = favourable.share(int(team[:n].sum()), n, invited, share)
                inside += told.low <= team.sum() <= told.high
            found.append(inside / TEAMS)
    return [
        held(
            "range of favourable people holds, worst case",
            100 * min(found),
            "%",
            95.0,
            floor=True,
        )
    ]


def _divided(rng: np.random.Generator) -> list[bool]:
    """Hold how often a typical team is told to see a theme very differently."""
    said = {}
    for kind in ("typical", "split"):
        found = []
        for n in (10, 12, 16, 24):
            answers = ticks(rng, people(rng, 300, n, kind), 3).astype(int)
            found += [
                polarisation.divided([np.bincount(c, minlength=6)[1:].tolist() for c in team.T])
                for team in answers
            ]
        said[kind] = 100 * float(np.mean(found))
    noted("split teams told to see a theme very differently", said["split"], "%")
    return [held("typical teams told so", said["typical"], "%", 4.0)]


def _drivers(rng: np.random.Generator) -> list[bool]:
    """Hold how often the theme that truly matters most is among the first three."""
    slopes = 0.65 ** np.arange(11)
    halo = np.full((11, 11), 0.5) + 0.5 * np.eye(11)
    noise = np.sqrt(slopes @ halo @ slopes * 0.55 / 0.45)
    kept = []
    for n, least in ((120, 93.0), (200, 98.0)):
        first = 0
        for _ in range(400):
            themes = rng.multivariate_normal(np.zeros(11), halo, n)
            outcome = themes @ slopes + rng.normal(0, noise, n)
            weights = drivers.relative_weights(themes, outcome).weights
            first += 0 in np.argsort(weights)[-3:]
        what = f"strongest theme among the first three, {n} people"
        kept.append(held(what, first / 4, "%", least, floor=True))
    return kept


if __name__ == "__main__":
    main()
