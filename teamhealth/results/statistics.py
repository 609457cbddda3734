"""What statistics find in the finished snapshot: certainty, standing, change, agreement.

Everything here is a function of what is shown anyway, one correlation per theme and
the snapshot before. So it can tell nothing more about anybody, and whoever has both
snapshots can work it out again (docs/snapshot.md).
"""

from dataclasses import replace

from teamhealth.cells.findings import Alike
from teamhealth.cells.model import ClassResult, Snapshot, ThemeCell
from teamhealth.results import agreeing, changing, comparing
from teamhealth.results.changing import Step
from teamhealth.results.comparing import Place
from teamhealth.results.reckoning import Certainty, Reckoning, alike


def with_statistics(snapshot: Snapshot, previous: Snapshot | None) -> Snapshot:
    """Return the snapshot with what is known about each theme's certainty, standing and change."""
    columns, reckonings = {}, {}
    for theme in snapshot.themes:
        reckoning = Reckoning(snapshot, theme)
        columns[theme.id] = _cells(reckoning, changing.before(snapshot, previous, theme))
        reckonings[theme.id] = reckoning
    groups = tuple(
        replace(group, themes={t: columns[t][group.id] for t in group.themes})
        for group in snapshot.groups
    )
    cross_cuts = {
        attribute: tuple(_of_class(one, reckonings) for one in classes)
        for attribute, classes in snapshot.cross_cuts.items()
    }
    return replace(snapshot, groups=groups, cross_cuts=cross_cuts)


def _cells(reckoning: Reckoning, before: Reckoning | None) -> dict[str, ThemeCell]:
    """Return a theme's cells with everything that is said of them."""
    places: dict[str, Place] = {}
    steps: dict[str, Step] = {}
    agreed: dict[str, Alike] = {}
    for some in alike(reckoning.cells):
        places |= comparing.compared(reckoning, some)
        agreed |= agreeing.agreeing(reckoning, some)
        if before is not None:
            steps |= changing.changed(reckoning, some, before)
    return {
        name: _cell(
            cell,
            reckoning.sure(name),
            places.get(name, comparing.NOWHERE),
            steps.get(name, changing.NONE),
            agreed.get(name),
        )
        for name, cell in reckoning.cells.items()
    }


def _of_class(one: ClassResult, reckonings: dict[str, Reckoning]) -> ClassResult:
    """Return a class with what is said of it: who else answered is not known, so no more than that."""
    themes = {
        theme: _cell(cell, reckonings[theme].of_class(one, cell))
        for theme, cell in one.themes.items()
    }
    return replace(one, themes=themes)


def _cell(
    cell: ThemeCell,
    sure: Certainty,
    place: Place = comparing.NOWHERE,
    step: Step = changing.NONE,
    agreement: Alike | None = None,
) -> ThemeCell:
    return ThemeCell(
        items=cell.items,
        mean=cell.mean,
        interval=sure.interval,
        full=cell.full,
        whole=sure.whole,
        usual=place.usual,
        compared=place.compared,
        change=step.change,
        error=sure.error,
        silent=sure.silent,
        above=place.above,
        moved=step.moved,
        agreement=agreement,
    )
