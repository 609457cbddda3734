"""Plan and audit of a large survey: python benchmarks/plan.py [groups] [items].

Budget (10 000 groups, 50 items): plan and audit of the snapshot within 7 s on one core,
in processor time, at three rates of skipping. How much is shown: ``shown.py``.
"""

import sys
import time
from dataclasses import dataclass

import numpy as np
from budgets import finish, held
from organisations import organisation

from teamhealth.cells.model import SurveyFacts
from teamhealth.disclosure import planning, release, rollup
from teamhealth.disclosure.tree import Tree
from teamhealth.instruments.model import Instrument, Theme
from teamhealth.results.assembling import Shown, assemble
from teamhealth.results.auditing import audit_snapshot
from teamhealth.results.charter import Charter, Place

BUDGET = 7.0
MIX = [0.03, 0.09, 0.17, 0.45, 0.26]


@dataclass
class Watch:
    """Processor time since it was last looked at."""

    since: float = 0.0

    def lap(self) -> float:
        """Return the seconds since the last lap."""
        now, before = time.process_time(), self.since
        self.since = now
        return now - before


@dataclass(frozen=True)
class Survey:
    """How one planned, released and audited survey came out; times are processor seconds."""

    groups: int
    planned: float
    released: float
    audited: float
    faults: int
    cells: int
    naive: int
    """Cells that the rule n ≥ 5 alone would show."""


Made = tuple[list[str], list[int], list[int]]
"""An organisation as ``organisations`` makes it."""


def charter(items: tuple[str, ...], made: Made) -> tuple[Charter, rollup.Launch]:
    """Make a charter with themes of three items; what is left over belongs to no theme."""
    paths, parents, people = made
    tree = Tree(tuple(f"g{v}" for v in range(len(paths))), tuple(parents))
    launched = rollup.launch(tree, people, 5)
    below = tree.totals(people).tolist()
    places = tuple(
        Place(
            tree.ids[v], tree.ids[parents[v]] if v else None, paths[v], paths[v], below[v],
            launched.reportable[v], None,
        )
        for v in range(len(paths))
    )  # fmt: skip
    themes = tuple(
        Theme(f"t{at}", {}, items[at : at + 3]) for at in range(0, len(items) - 2, 3)
    )
    asked = Instrument("bench", ("en",), themes, (), {})
    facts = SurveyFacts(
        "bench", "", "", "2026-01-01", "2026-01-15", 5, ("en",), "", "", "off", None
    )
    return Charter(facts, asked, places, None, "bench"), launched


def run(made: Made, many: int, skips: float, seed: int = 2) -> Survey:
    """Plan, release and audit one survey of so many items, three in four answering."""
    items = tuple(f"i{j}" for j in range(many))
    given, launched = charter(items, made)
    tree, rng = given.tree, np.random.default_rng(seed)
    sheets = rng.binomial(np.array(launched.invited), 0.75)
    answered = rng.binomial(sheets[:, None], 1 - skips, (len(tree), many))
    counts = rng.multinomial(answered, MIX)
    themes = [
        tuple(items.index(item) for item in theme.items) for theme in given.instrument.themes
    ]
    watch = Watch()
    watch.lap()
    plan = planning.plan(
        tree, "bench", sheets=sheets, answered=answered, themes=themes, k=5,
        reportable=launched.reportable,
    )  # fmt: skip
    planned = watch.lap()
    workings = release.cover(tree, counts, plan)
    shown = release.release(plan, workings, themes)
    snapshot = assemble(
        given,
        Shown(
            items,
            shown,
            np.zeros((len(tree), 3), dtype=np.int64),
            [-1] * len(tree),
            [None] * len(themes),
        ),
        void=0,
    )
    released = watch.lap()
    faults = audit_snapshot(snapshot)
    audited = watch.lap()
    return Survey(
        groups=len(tree),
        planned=planned,
        released=released,
        audited=audited,
        faults=len(faults),
        cells=int(plan.fine.shown.sum()),
        naive=int((tree.totals(answered) >= 5).sum()),
    )


def main() -> None:
    """Run three rates of skipping and hold each against the budget."""
    groups = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    many = int(sys.argv[2]) if len(sys.argv) > 2 else 50
    kept = []
    for skips in (0.0, 0.03, 0.08):
        found = run(organisation(groups), many, skips)
        more = f"plan {found.planned:.2f}, audit {found.audited:.2f}, release {found.released:.2f} s"
        print(f"{found.groups:,} groups × {many} items, {skips:.0%} skipped: {more}")
        took = found.planned + found.audited
        kept.append(held("  plan and audit, processor time", took, "s", BUDGET))
        if found.faults:
            raise SystemExit(f"the audit found {found.faults} faults")
    finish(*kept)


if __name__ == "__main__":
    main()
