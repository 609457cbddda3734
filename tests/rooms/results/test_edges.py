"""Odd trees, odd firms, odd answers: the count stops at nothing, and what it shows is sound."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from teamhealth.cells.canonical import canonical
from teamhealth.cells.plain import from_plain, to_plain
from teamhealth.results.auditing import audit_snapshot
from teamhealth.results.sheets import form_of
from tests.rooms.disclosure.makers import CALM
from tests.rooms.results.makers import (
    SITE,
    TENURE,
    USUAL,
    charter,
    decided,
    drawn,
    instrument,
    seeded,
    sheet,
)

ASKED = instrument(attributes=(TENURE, SITE))

SHAPES = {
    "chain": lambda n: [-1, *range(n - 1)],
    "star": lambda n: [-1] + [0] * (n - 1),
    "one child each": lambda n: [-1, *(v - 1 if v % 3 else 0 for v in range(1, n))],
    "two below each": lambda n: [-1, *((v - 1) // 2 for v in range(1, n))],
}


def _said(form, kind, rng):
    """Draw one person's sheet of some kind."""
    told = [rng.randint(0, many) for _, many in form.attributes]
    if kind == "usual":
        return drawn(rng, form, skip=0.1, mix=USUAL, told=lambda _: told)
    scores = {
        "all alike": lambda _: 5,
        "all ones": lambda _: 1,
        "one or five": lambda _: rng.choice([1, 5]),
        "one item skipped": lambda item: 0 if item == "s2" else 4,
        "nothing": lambda _: 0,
    }[kind]
    return sheet(form, {item: scores(item) for item in form.items}, recommend=0, told=told)


@settings(max_examples=60, **CALM)
@given(st.data())
def test_whatever_the_tree_and_the_answers_the_count_ends_and_its_cells_are_sound(data):
    rng = seeded(data.draw(st.integers(0, 10**6)))
    many = data.draw(st.integers(1, 14))
    people = [data.draw(st.integers(0, 9)) for _ in range(many)]
    people[data.draw(st.integers(0, many - 1))] += 5
    parents = SHAPES[data.draw(st.sampled_from(sorted(SHAPES)))](many)
    kind = data.draw(
        st.sampled_from(
            ["usual", "all alike", "all ones", "one or five", "one item skipped", "nothing"]
        )
    )
    given_, fixed = charter(parents, people, asked=ASKED)
    form = form_of(given_.instrument, given_.tree)
    who = data.draw(st.sampled_from(["everybody", "most", "one group", "one person", "nobody"]))
    only = rng.choice([v for v, n in enumerate(fixed.invited) if n])
    rate = {"everybody": 1, "most": 0.7, "one group": 1, "one person": 1, "nobody": 0}[who]
    sheets = {
        v: [_said(form, kind, rng) for _ in range(n) if rng.random() < rate]
        for v, n in enumerate(fixed.invited)
        if v == only or not who.startswith("one")
    }
    if who == "one person":
        sheets = {only: sheets[only][:1]}

    snapshot, _ = decided(given_, form, sheets)

    _is_sound(snapshot, sum(map(len, sheets.values())))


def _is_sound(snapshot, answered):
    assert audit_snapshot(snapshot) == []
    assert from_plain(json.loads(canonical(to_plain(snapshot)))) == snapshot
    k, root = snapshot.survey.k, snapshot.root
    assert (root.responses is None) == (answered < k)
    shown = {group.id for group in snapshot.groups if group.responses}
    for group in snapshot.groups:
        assert (group.counted_in is None) == (group.id in shown or root.responses is None)
        assert group.counted_in is None or group.counted_in in shown
        assert group.responses or not (group.items or group.themes or group.enps)
        assert all(cell.n >= k for cell in group.items.values())
    assert set(snapshot.cross_cuts) == {"tenure", "site"}
    for classes in snapshot.cross_cuts.values():
        assert len(classes) != 1
        assert all(one.responses >= k for one in classes)
        assert not classes or sum(one.responses for one in classes) == root.responses
        for cell in (c for one in classes for c in one.themes.values()):
            assert 1 <= cell.interval.low <= cell.mean <= cell.interval.high <= 5


@pytest.mark.parametrize("k", [5, 7, 10])
def test_a_firm_of_twelve(k):
    given_, fixed = charter([-1, 0, 0], [1, 6, 5], k=k, asked=ASKED)
    form = form_of(given_.instrument, given_.tree)
    rng = seeded(k)
    sheets = {
        v: [_said(form, "usual", rng) for _ in range(n)] for v, n in enumerate(fixed.invited)
    }

    snapshot, _ = decided(given_, form, sheets)

    _is_sound(snapshot, 12)


def test_very_many_groups_are_counted_and_pass_their_audit(request):
    many = 9_999 if request.config.getoption("--attack") else 2_000
    parents = [-1, *((v - 1) // 12 for v in range(1, many))]
    asked = instrument({"safety": ("s1", "s2")}, attributes=(TENURE, SITE))
    given_, fixed = charter(parents, [3] * many, asked=asked)
    form = form_of(given_.instrument, given_.tree)
    rng = seeded(9)
    some = [_said(form, "usual", rng) for _ in range(200)]
    sheets = {v: rng.sample(some, min(n, 9)) for v, n in enumerate(fixed.invited) if n}

    snapshot, _ = decided(given_, form, sheets)

    assert sum(bool(group.responses) for group in snapshot.groups) > many // 15
    assert len(snapshot.cross_cuts["tenure"]) == 5


@pytest.mark.parametrize("themes", [8, 12], ids=["quarterly", "full"])
def test_a_team_of_seven_with_six_answers_in_a_firm_of_sixty_gets_its_themes(themes):
    asked = instrument({f"t{t}": tuple(f"t{t}_{i}" for i in range(3)) for t in range(themes)})
    shown = firms = 0
    for seed in range(20):  # benchmarks/team_of_seven.py tries thousands
        rng = seeded(seed)
        parents, people = _firm_of_sixty(rng)
        given_, fixed = charter(parents, people, asked=asked)
        form, skip = form_of(given_.instrument, given_.tree), rng.uniform(0, 0.08)
        many = [sum(rng.random() < 0.75 for _ in range(n)) for n in fixed.invited]
        many[-1] = 6
        sheets = {
            v: [drawn(rng, form, skip=skip, comment=0) for _ in range(n)]
            for v, n in enumerate(many)
        }
        team = decided(given_, form, sheets)[0].groups[-1]
        shown, firms = shown + len(team.themes), firms + 1

    assert shown >= 0.95 * themes * firms


def _firm_of_sixty(rng):
    """Draw a flat firm or two departments, a few at the top, the team of seven last."""
    parents, people, above = [-1], [rng.choice([1, 1, 2, 3])], [0]
    if rng.random() < 0.5:
        above = [1, 2]
        parents, people = [-1, 0, 0], [*people, rng.choice([0, 1, 2]), 1]
    while sum(people) < 53:
        parents.append(rng.choice(above))
        people.append(min(rng.randint(5, 12), 53 - sum(people)))
    return [*parents, rng.choice(above)], [*people, 7]
