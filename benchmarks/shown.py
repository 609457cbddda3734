"""How much is shown: cells against the naive rule "five answers or more", which leaks by subtraction.

Made-up organisations of several sizes, 24 items, 3 % of the questions skipped, three in
four people answering; each audited. Budget: at least 97 % of the naive rule's cells where 300
people or more are asked, and no leak; what smaller ones get is told. The same with two
cross-cuts, which must not hide a cell of any group; how many of their classes are shown.
"""

from dataclasses import dataclass

import numpy as np
from budgets import finish, held, noted
from organisations import firm
from plan import OPTIONS, charter, run

from teamhealth.disclosure import crosscuts, planning, release
from teamhealth.disclosure.atoms import Atoms
from teamhealth.disclosure.guards import clip

SHARE, FROM, ITEMS, SKIPS, RATE = 97.0, 300, 24, 0.03, 0.75
SIZES = {25: 100, 60: 100, 120: 50, 300: 40, 1_000: 20, 3_000: 10, 20_000: 2}
"""People: how many firms of that size are tried."""
CROSSED = 10
"""So many of them are tried with two cross-cuts."""
MIX = [0.03, 0.09, 0.17, 0.45, 0.26]


@dataclass(frozen=True)
class Crossed:
    """One survey with two cross-cuts: cells of groups by the plan and in the end, cells of the naive rule.

    ``classes`` are shown of ``values`` that somebody told.
    """

    planned: int
    shown: int
    naive: int
    classes: int
    values: int


def main() -> None:
    """Hold each size from 300 people on against the budget, without and with cross-cuts."""
    kept = []
    for people, tries in SIZES.items():
        usual, hard = _share(people, tries), _share(people, tries, alone=True)
        what = f"shown of naive, {people:,} people ({tries} firms), 0 leaks"
        found = [crossed(people, seed) for seed in range(min(tries, CROSSED))]
        _require_same(found)
        cut = 100 * sum(one.shown for one in found) / sum(one.naive for one in found)
        if people < FROM:
            noted(what, usual, "%")
            noted("  with two cross-cuts", cut, "%")
        else:
            kept.append(held(what, usual, "%", SHARE, floor=True))
            kept.append(held("  with two cross-cuts", cut, "%", SHARE, floor=True))
        noted("  departments small, with one person of their own", hard, "%")
        classes = 100 * sum(one.classes for one in found) / sum(one.values for one in found)
        noted("  classes shown, of what people told", classes, "%")
    finish(*kept)


def crossed(people: int, seed: int) -> Crossed:
    """Plan one survey with two cross-cuts of five and eight options."""
    items = tuple(f"i{j}" for j in range(ITEMS))
    given, launched = charter(items, firm(people, seed))
    tree, rng = given.tree, np.random.default_rng(seed)
    atoms = _atoms(rng, np.array(launched.invited), _sites(given.tree.parent, rng))
    counts = np.zeros((len(tree), ITEMS, 5), dtype=np.int64)
    np.add.at(counts, atoms.group, atoms.counts)
    answered = counts.sum(axis=2)
    themes = [tuple(range(at, at + 3)) for at in range(0, ITEMS, 3)]
    plan = planning.plan(
        tree, f"shown-{seed}", answered=answered, themes=themes, k=5,
        sheets=np.bincount(atoms.group, atoms.sheets, len(tree)).astype(np.int64),
        reportable=launched.reportable,
    )  # fmt: skip
    raw = release.gather(tree, counts, plan.fine.block)
    classes, blocks = crosscuts.cross(
        tree, atoms, plan, (raw, clip(raw)), survey=f"shown-{seed}", ordered=(True, False), k=5,
        items=crosscuts.shown_by_class(plan, np.ones(ITEMS, dtype=np.bool_)),
    )  # fmt: skip
    found = [crosscuts.release_classes(one, themes) for one in classes]
    cells = release.release(plan, release.add_up(tree, blocks, plan), themes)
    return Crossed(
        planned=int(plan.fine.shown.sum()),
        shown=int((cells.n > 0).sum()),
        naive=int((tree.totals(answered) >= 5).sum()),
        classes=sum(len(one.parts) for one in found),
        values=sum(len(np.unique(column)) for column in atoms.told.T),
    )


def _atoms(rng: np.random.Generator, invited: np.ndarray, sites: np.ndarray) -> Atoms:
    """Draw who answers and what they tell: how long they are here by chance, the site as their department."""
    sheets = rng.binomial(invited, RATE)
    group = np.repeat(np.arange(len(sheets)), sheets)
    site = np.where(
        rng.random(len(group)) < 0.85, sites[group], rng.integers(0, OPTIONS[1] + 1, len(group))
    )
    pairs = np.stack([group, rng.integers(0, OPTIONS[0] + 1, len(group)), site], axis=1)
    kinds, people = np.unique(pairs, axis=0, return_counts=True)
    answered = rng.binomial(people[:, None], 1 - SKIPS, (len(people), ITEMS))
    said = rng.multinomial(answered, MIX).astype(np.uint16)
    return Atoms(kinds[:, 0], kinds[:, 1:], people, said)


def _sites(parent: tuple[int, ...], rng: np.random.Generator) -> np.ndarray:
    """Give every group a site: its department's."""
    home = rng.integers(1, OPTIONS[1] + 1, len(parent))
    for v, above in enumerate(parent):
        if above > 0:
            home[v] = home[above]
    return home


def _require_same(found: list[Crossed]) -> None:
    if hidden := sum(one.planned - one.shown for one in found):
        raise SystemExit(f"cross-cuts hid {hidden} cells of groups")


def _share(people: int, tries: int, *, alone: bool = False) -> float:
    found = [run(firm(people, seed, alone=alone), ITEMS, SKIPS, seed) for seed in range(tries)]
    if leaks := sum(one.faults for one in found):
        raise SystemExit(f"the audit found {leaks} leaks")
    return 100 * sum(one.cells for one in found) / sum(one.naive for one in found)


if __name__ == "__main__":
    main()
