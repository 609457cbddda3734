"""The report of the organisation, and of a branch of it: the groups below one, nobody else's, in reading size."""

import re
from dataclasses import replace

import pytest

from teamhealth.cells.audience import LEADER_THEME
from tests.rooms.outlets import planting, printing
from tests.rooms.outlets.handing import ABOVE, TEAMS, handed, material, stacked, wide
from tests.rooms.outlets.printing import HIDDEN, counted, text
from tests.rooms.outlets.test_pdf import written

OTHERS = ("g4", "g5", "g6")


def shown(snapshot, group):
    one = snapshot.group(group)
    means = [
        "≥ 4.8" if not cell.full and cell.mean == 4.8 else written(cell.mean)
        for theme, cell in one.themes.items()
        if theme != LEADER_THEME
    ]
    return f"{one.name} {one.responses} of {one.invited} {' '.join(means)}"


def test_a_branch_has_its_own_numbers_and_only_the_groups_below():
    snapshot = stacked(counted()[0])
    printed = text(handed("branch", ABOVE, material(change=stacked)))
    top = snapshot.group(ABOVE)

    assert f"{top.responses} of {top.invited} people are in these figures" in printed
    for name in TEAMS:
        if name != HIDDEN:
            assert shown(snapshot, name) in printed
    assert f"{HIDDEN} Not shown, to protect anonymity. Counted in {ABOVE}." in printed
    assert not [name for name in OTHERS if re.search(rf"\b{name}\b", printed)]
    assert f"2 of {len(TEAMS)} groups have a result" in printed
    for cell in top.themes.values():
        assert written(cell.mean) in printed


def test_a_branch_passes_nothing_of_the_organisation_off_as_its_own():
    def known(one):
        one = planting.facts(one, "listening", reliability=planting.reliable("fine"), icc1=0.2)
        return replace(stacked(one), drivers=planting.moving("listening"))

    of = material(change=known)
    branch = text(handed("branch", ABOVE, of))
    whole = text(handed("organisation", of.snapshot.root.id, of))

    for heading in ("What the themes can carry", "What moves together"):
        assert heading in whole
        assert heading not in branch
    assert "The whole organisation" not in branch


def test_what_is_usual_is_still_the_organisations():
    snapshot = counted()[0]
    printed = text(handed("branch", ABOVE, material(change=stacked)))

    assert f"most groups of {snapshot.root.name}" in printed


def test_a_large_organisation_has_the_levels_that_fit_and_says_which_groups_are_not_here():
    of = material(change=lambda one: wide(one, 40, 24))
    pdf = handed("organisation", of.snapshot.root.id, of)
    printed = text(pdf)

    assert "1,000 of 1,000" in printed
    assert "40 of the 1,000 groups stand here" in printed
    assert "D39 and 24 groups below" in printed
    assert not re.search(r"\bT\d+ \d+ of", printed)
    assert len(printing.pages(pdf)) <= 9


@pytest.mark.parametrize(("tops", "each"), [(1, 0), (5, 8)])
def test_an_organisation_that_fits_is_there_with_every_group(tops, each):
    of = material(change=lambda one: wide(one, tops, each))
    printed = text(handed("organisation", of.snapshot.root.id, of))

    for group in of.snapshot.groups[1:]:
        assert shown(of.snapshot, group.id) in printed
    assert "groups stand here" not in printed


def test_higher_and_lower_can_be_told_apart_without_colour():
    def beside(one):
        one = planting.cells(one, "g1", compared="higher")
        return planting.cells(one, "g2", compared="lower")

    of = material(change=beside)

    assert "orange and underlined: lower" in text(
        handed("organisation", of.snapshot.root.id, of)
    )
