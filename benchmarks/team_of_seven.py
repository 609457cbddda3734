"""A team of seven with six answers in a firm of sixty: how many of its theme means it gets.

Random firms (python benchmarks/team_of_seven.py [firms]): flat or in two departments, who
leads them answering above or among them, three in four of the others answering, 0 to 8 %
of the statements skipped. Budget: 95 % of the theme means of the quarterly and the full form.
"""

import sys
from dataclasses import dataclass
from itertools import pairwise
from random import Random

import numpy as np
from budgets import finish, held, noted

from teamhealth.disclosure import planning, rollup
from teamhealth.disclosure.release import theme_figures
from teamhealth.disclosure.tree import Tree
from teamhealth.instruments.library import library

SHARE, FIRMS, ANSWERS, PEOPLE = 95.0, 2_000, 6, 60
FORMS = ("quarterly", "full", "pulse")
STEPS = (0.0, 0.02, 0.04, 0.06, 0.08)


@dataclass(frozen=True)
class Team:
    """What one team got: themes with a mean, of how many; statements shown, of how many; skipped."""

    means: int
    themes: int
    shown: int
    items: int
    skips: float


def firm(rng: Random) -> tuple[list[int], list[int]]:
    """Draw a firm of sixty: each group's parent and own people; the team of seven is the last."""
    parents, people = [-1], [rng.choice([1, 1, 2, 3])]
    above = [0]
    if rng.random() < 0.5:
        above = [1, 2]
        parents += [0, 0]
        people += [rng.choice([0, 1, 1, 2]) for _ in above]
    while sum(people) + 7 < PEOPLE:
        parents.append(rng.choice(above))
        people.append(min(rng.randint(5, 12), max(1, PEOPLE - 7 - sum(people))))
    return [*parents, rng.choice(above)], [*people, 7]


def told(form: str, seed: int) -> Team:
    """Draw a firm, plan its survey, and say what its team of seven gets."""
    rng, draw = Random(seed), np.random.default_rng(seed)  # noqa: S311 - the same again
    parents, people = firm(rng)
    tree = Tree(tuple(f"g{v}" for v in range(len(parents))), tuple(parents))
    launched = rollup.launch(tree, people, 5)
    asked = library().instrument(form, ["en"])
    themes, many = [], 0
    for theme in asked.themes:
        themes.append(tuple(range(many, many + len(theme.items))))
        many += len(theme.items)
    sheets = draw.binomial(np.array(launched.invited), 0.75)
    sheets[-1] = ANSWERS
    skips = rng.uniform(0, STEPS[-1])
    answered = draw.binomial(sheets[:, None], 1 - skips, (len(tree), many))
    plan = planning.plan(
        tree, f"seven-{seed}", sheets=sheets, answered=answered, themes=themes, k=5,
        reportable=launched.reportable,
    )  # fmt: skip
    shown = plan.fine.shown[-1:]
    nothing = np.ones((1, many, 5), dtype=np.int64)
    figures = theme_figures(shown, plan.ten.shown[-1:], nothing, nothing, themes)
    return Team(len(figures), len(themes), int(shown.sum()), many, skips)


def main() -> None:
    """Measure every form, and hold those with three statements a theme against the budget."""
    firms = int(sys.argv[1]) if len(sys.argv) > 1 else FIRMS
    kept = []
    for form in FORMS:
        found = [told(form, seed) for seed in range(firms)]
        what = f"{form}: theme means of the team ({firms:,} firms)"
        share = _share(found)
        if form == "pulse":  # one statement a theme: below ten answers a word and no mean
            noted(f"{form}: statements of the team", _statements(found), "%")
            continue
        kept.append(held(what, share, "%", SHARE, floor=True))
        noted(f"{form}: statements of the team", _statements(found), "%")
        for low, high in pairwise(STEPS):
            some = [one for one in found if low <= one.skips < high]
            noted(f"  {low:.0%} to {high:.0%} skipped", _share(some), "%")
        all_of_them = 100 * sum(one.means == one.themes for one in found) / len(found)
        noted("  teams that get all of them", all_of_them, "%")
    finish(*kept)


def _share(found: list[Team]) -> float:
    return 100 * sum(one.means for one in found) / sum(one.themes for one in found)


def _statements(found: list[Team]) -> float:
    return 100 * sum(one.shown for one in found) / sum(one.items for one in found)


if __name__ == "__main__":
    main()
