"""Organisations and answers for the gate's tests, drawn by Hypothesis or from a seed."""

import random
from dataclasses import dataclass

import numpy as np
from hypothesis import HealthCheck, assume
from hypothesis import strategies as st

from teamhealth.disclosure.claims import Claims, Evidence, ThemeClaim
from teamhealth.disclosure.planning import plan
from teamhealth.disclosure.release import cover, release, release_enps
from teamhealth.disclosure.rollup import launch, place_comments
from teamhealth.disclosure.tree import Tree

CALM = {"deadline": None, "suppress_health_check": list(HealthCheck)}
USUAL, HARSH = [3, 9, 17, 45, 26], [30, 4, 1, 0, 0]


def seeded(seed):
    return random.Random(seed)  # noqa: S311 - tests want the same draw again


@dataclass
class Case:
    """One survey: who was invited, who answered, what they said."""

    tree: Tree
    people: list
    k: int
    reportable: tuple
    sheets: np.ndarray
    counts: np.ndarray
    scores: np.ndarray
    themes: list

    def planned(self):
        return plan(
            self.tree, "s", sheets=self.sheets, answered=self.answered(),
            themes=self.themes, k=self.k, reportable=self.reportable,
        )  # fmt: skip

    def answered(self):
        return np.column_stack([self.counts.sum(axis=2), self.scores.sum(axis=1)])

    def items(self):
        return self.counts.shape[1]


def published(case, planned=None, workings=None, *, enps=None):
    """Release a case and say what was published as the audit reads it."""
    whole = planned or case.planned()
    planned = whole.of_items(case.items())
    workings = workings or cover(case.tree, case.counts, planned)
    shown = release(planned, workings, case.themes)
    if enps is None:
        enps = release_enps(case.tree, case.scores, whole, case.items())
    claims = Claims(
        names=case.tree.ids,
        parent=case.tree.parent,
        items=tuple(f"i{j}" for j in range(case.items())),
        k=case.k,
        responses=shown.responses,
        n=shown.n,
        full=shown.full,
        counts=shown.counts,
        words=shown.words,
        enps=enps,
        lists=place_comments(
            case.tree,
            planned.sheets.block[:, 0].tolist(),
            planned.sheets.shown[:, 0].tolist(),
            "s",
            at_root=case.sheets[0] > 0,
        ),
        invited=case.tree.totals(case.people),
        themes=tuple(
            ThemeClaim(
                f.group, f"t{f.theme}", f.items, len(case.themes[f.theme]), f.mean, f.full, None
            )
            for f in shown.themes
        ),
    )
    return claims, Evidence(workings.fine, workings.ten)


def answers(rng, sheets, items, *, skip=0.08, mix=USUAL):
    counts = np.zeros((len(sheets), items, 5), dtype=np.int64)
    for v, n in enumerate(sheets):
        for j in range(items):
            for _ in range(n):
                if rng.random() > skip:
                    counts[v, j, rng.choices(range(5), mix)[0]] += 1
    return counts


def case_from(tree, people, k, rng, *, items=3, skip=0.08, mix=USUAL, rate=0.8):
    fixed = launch(tree, people, k)
    sheets = np.array([sum(rng.random() < rate for _ in range(n)) for n in fixed.invited])
    scores = np.zeros((len(tree), 3), dtype=np.int64)
    for v, n in enumerate(sheets):
        for _ in range(n):
            scores[v, rng.choices(range(3), [4, 2, 3])[0]] += 1
    counts = answers(rng, sheets.tolist(), items, skip=skip, mix=mix)
    return Case(
        tree, people, k, fixed.reportable, sheets, counts, scores, [tuple(range(items))]
    )


def tree_of(parents):
    return Tree(tuple(f"g{v}" for v in range(len(parents))), tuple(parents))


@st.composite
def trees(draw, most=25, top=9):
    n = draw(st.integers(1, most))
    tree = tree_of([-1] + [draw(st.integers(0, v - 1)) for v in range(1, n)])
    return tree, [draw(st.integers(0, top)) for _ in range(n)]


@st.composite
def cases(draw, most=12, items=3):
    tree, people = draw(trees(most, 12))
    k = draw(st.integers(3, 6))
    assume(sum(people) >= k)
    rng = seeded(draw(st.integers(0, 10**9)))
    mix = HARSH if draw(st.booleans()) else USUAL
    return case_from(tree, people, k, rng, items=items, mix=mix)


def firm(rng, *, items=3, mix=USUAL):
    """Draw a CEO alone at the top, three departments, small teams."""
    parents, people = [-1], [1]
    for _ in range(3):
        department = len(parents)
        parents.append(0)
        people.append(rng.randint(0, 6))
        for _ in range(rng.randint(2, 5)):
            parents.append(department)
            people.append(rng.randint(3, 14))
    return case_from(tree_of(parents), people, 5, rng, items=items, mix=mix)
