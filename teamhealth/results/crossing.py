"""Cross-cuts inside the count: what the gate makes of the people who told something of themselves.

The leader's theme is not shown by class: it rates the people who lead groups, and a
class might be one group.
"""

from dataclasses import dataclass

import numpy as np

from teamhealth.cells.audience import LEADER_THEME
from teamhealth.disclosure import crosscuts
from teamhealth.disclosure.claims import People
from teamhealth.disclosure.crosscuts import ClassRelease
from teamhealth.disclosure.planning import Plan
from teamhealth.disclosure.tree import Ints
from teamhealth.results.charter import Charter
from teamhealth.results.tallying import Tally


@dataclass(frozen=True, slots=True)
class Crossed:
    """What is shown by class, the tree's clipped ``blocks``, and for the audit what stands behind it."""

    released: tuple[ClassRelease, ...]
    blocks: Ints
    people: People | None = None
    counts: tuple[Ints, ...] = ()


def cross(charter: Charter, tally: Tally, plan: Plan, raw: Ints, clipped: Ints) -> Crossed:
    """Split the released people by what they told; ``raw`` and ``clipped`` are the tree's blocks."""
    attributes = charter.instrument.attributes
    if not attributes:
        return Crossed((), clipped)
    atoms = tally.gathering.atoms()
    themes = [
        () if theme.id == LEADER_THEME else columns
        for theme, columns in zip(charter.instrument.themes, tally.themes, strict=True)
    ]
    leading = {i for t in charter.instrument.themes if t.id == LEADER_THEME for i in t.items}
    may = np.array([item not in leading for item in tally.form.items], dtype=np.bool_)
    classes, blocks = crosscuts.cross(
        charter.tree,
        atoms,
        plan,
        (raw, clipped),
        survey=charter.survey.id,
        items=crosscuts.shown_by_class(plan, may),
        ordered=[attribute.ordered for attribute in attributes],
        k=charter.survey.k,
    )
    released = tuple(crosscuts.release_classes(found, themes) for found in classes)
    return Crossed(
        released=released,
        blocks=blocks,
        people=People(
            group=atoms.group,
            told=atoms.told,
            sheets=atoms.sheets,
            answered=atoms.counts.sum(axis=2, dtype=np.int64),
        ),
        counts=tuple(
            found.counts if shown.parts else found.counts[:0]
            for found, shown in zip(classes, released, strict=True)
        ),
    )
