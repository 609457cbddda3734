"""Plan and audit of a large survey: python benchmarks/plan.py [groups] [items].

Budget (10 000 groups, 50 items): plan and audit of the snapshot within 7 s on one core, in
processor time, and 4 s on two: one core of a machine that is not busy keeps both, so that nothing is
split. At three rates of skipping, and once with two cross-cuts of five and eight values, whose
classes the audit then sees with the workings: within 7 s. How much is shown:
``shown.py``.
"""

import sys
import time
from dataclasses import dataclass, replace

import numpy as np
from budgets import finish, held
from numpy.typing import NDArray
from organisations import organisation

from teamhealth.cells.model import SurveyFacts, ThemeFacts
from teamhealth.disclosure import crosscuts, planning, release, rollup
from teamhealth.disclosure.atoms import Atoms
from teamhealth.disclosure.audit import audit
from teamhealth.disclosure.claims import Evidence, People
from teamhealth.disclosure.guards import clip
from teamhealth.disclosure.tree import Tree
from teamhealth.instruments.model import Attribute, Instrument, Theme
from teamhealth.results.assembling import Shown, assemble
from teamhealth.results.auditing import audit_snapshot, claims_of
from teamhealth.results.charter import Charter, Place

BUDGET, ON_TWO_CORES = 7.0, 4.0
MIX = [0.03, 0.09, 0.17, 0.45, 0.26]
OPTIONS = (5, 8)


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
    themes = _themes(given, items)
    watch = Watch()
    watch.lap()
    plan = planning.plan(
        tree, "bench", sheets=sheets, answered=answered, themes=themes, k=5,
        reportable=launched.reportable,
    )  # fmt: skip
    planned = watch.lap()
    workings = release.cover(tree, counts, plan)
    shown = release.release(plan, workings, themes)
    snapshot = assemble(given, _shown(items, shown, given), void=0)
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


def crossed(made: Made, many: int, skips: float, seed: int = 2) -> Survey:
    """Do the same with two cross-cuts; the plan is that of tree and classes."""
    items = tuple(f"i{j}" for j in range(many))
    given, launched = charter(items, made)
    two = tuple(
        Attribute(f"a{at}", {}, ({},) * n, ordered=not at) for at, n in enumerate(OPTIONS)
    )
    given = replace(given, instrument=replace(given.instrument, attributes=two))
    tree, rng = given.tree, np.random.default_rng(seed)
    atoms = _atoms(rng, rng.binomial(np.array(launched.invited), 0.75), many, skips)
    counts = np.zeros((len(tree), many, 5), dtype=np.int64)
    np.add.at(counts, atoms.group, atoms.counts)
    themes = _themes(given, items)
    watch = Watch()
    watch.lap()
    plan = planning.plan(
        tree, "bench", sheets=np.bincount(atoms.group, atoms.sheets, len(tree)).astype(int),
        answered=counts.sum(axis=2), themes=themes, k=5, reportable=launched.reportable,
    )  # fmt: skip
    raw = release.gather(tree, counts, plan.fine.block)
    classes, kept = crosscuts.cross(
        tree, atoms, plan, (raw, clip(raw)), survey="bench", ordered=(True, False), k=5,
        items=crosscuts.shown_by_class(plan, np.ones(many, dtype=bool)),
    )  # fmt: skip
    planned = watch.lap()
    workings = release.add_up(tree, kept, plan)
    shown = _shown(items, release.release(plan, workings, themes), given)
    found = [crosscuts.release_classes(one, themes) for one in classes]
    snapshot = assemble(given, replace(shown, classes=found), void=0)
    released = watch.lap()
    people = People(atoms.group, atoms.told, atoms.sheets, atoms.counts.sum(axis=2, dtype=int))
    evidence = Evidence(
        workings.fine, workings.ten, None, people, tuple(one.counts for one in classes)
    )
    faults = audit(claims_of(snapshot), evidence)
    audited = watch.lap()
    shown_classes = sum(len(one.parts) for one in found)
    return Survey(len(tree), planned, released, audited, len(faults), shown_classes, 0)


def _themes(given: Charter, items: tuple[str, ...]) -> list[tuple[int, ...]]:
    at = {item: j for j, item in enumerate(items)}
    return [tuple(at[item] for item in theme.items) for theme in given.instrument.themes]


def _shown(items: tuple[str, ...], shown: release.Release, given: Charter) -> Shown:
    groups = len(given.groups)
    themes = tuple(ThemeFacts(theme.id, theme.items) for theme in given.instrument.themes)
    nobody = np.zeros((groups, 3), dtype=np.int64)
    return Shown(items, shown, nobody, [-1] * groups, themes)


def _atoms(
    rng: np.random.Generator, sheets: NDArray[np.int64], many: int, skips: float
) -> Atoms:
    """Draw what people tell of themselves, all of it equally often, and their answers."""
    pairs = (OPTIONS[0] + 1) * (OPTIONS[1] + 1)
    split = rng.multinomial(sheets, [1 / pairs] * pairs)
    group, pair = np.nonzero(split)
    people = split[group, pair]
    answered = rng.binomial(people[:, None], 1 - skips, (len(people), many))
    told = np.stack(np.divmod(pair, OPTIONS[1] + 1), axis=1)
    return Atoms(group, told, people, rng.multinomial(answered, MIX).astype(np.uint16))


def _told(found: Survey, many: int, what: str, budget: float) -> bool:
    more = (
        f"plan {found.planned:.2f}, audit {found.audited:.2f}, release {found.released:.2f} s"
    )
    print(f"{found.groups:,} groups × {many} items, {what}: {more}")
    if found.faults:
        raise SystemExit(f"the audit found {found.faults} faults")
    took = found.planned + found.audited
    return held("  plan and audit, processor time", took, "s", budget)


def main() -> None:
    """Run three rates of skipping and two cross-cuts; hold each against the budget."""
    groups = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    many = int(sys.argv[2]) if len(sys.argv) > 2 else 50
    kept = [
        _told(
            run(organisation(groups), many, skips), many, f"{skips:.0%} skipped", ON_TWO_CORES
        )
        for skips in (0.0, 0.03, 0.08)
    ]
    found = crossed(organisation(groups), many, 0.03)
    what = f"3% skipped, two cross-cuts of {found.cells} classes"
    kept.append(_told(found, many, what, BUDGET))
    finish(*kept)


if __name__ == "__main__":
    main()
