"""Cross-cuts: classes are put together until nothing small can be told beside the tree."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from teamhealth.disclosure.atoms import Atoms, Table, tables
from teamhealth.disclosure.classes import partition
from teamhealth.disclosure.crosscuts import cross, release_classes, shown_by_class
from teamhealth.disclosure.cuts import small_cut
from teamhealth.disclosure.flows import least_cut
from teamhealth.disclosure.guards import clip, words, words_of_many
from teamhealth.disclosure.release import add_up, gather
from tests.equations import singled_out
from tests.rooms.disclosure.makers import CALM, HARSH, USUAL, case_from, seeded, tree_of, trees


def told_by(case, rng, options=(3, 3), alike=0.5):
    """Draw what the people of a case tell of themselves, without changing what they answer."""
    found = {}
    home = [rng.randint(1, options[-1]) for _ in case.people]
    for v, n in enumerate(case.sheets.tolist()):
        left = case.counts[v].copy()
        for at in range(n):
            told = [rng.randint(0, many) for many in options]
            if rng.random() < alike:
                told[-1] = home[v]
            rows = found.setdefault((v, *told), [0, np.zeros_like(left)])
            rows[0] += 1
            for j in range(case.items()):
                scores = np.flatnonzero(left[j])
                if left[j].sum() and rng.random() < left[j].sum() / (n - at):
                    score = rng.choice(scores.tolist())
                    left[j, score] -= 1
                    rows[1][j, score] += 1
        last = found[(v, *told)][1] if n else left
        last += left
    keys = sorted(found)
    return Atoms(
        group=np.array([key[0] for key in keys], dtype=np.int64),
        told=np.array([key[1:] for key in keys], dtype=np.int64).reshape(-1, len(options)),
        sheets=np.array([found[key][0] for key in keys], dtype=np.int64),
        counts=np.array([found[key][1] for key in keys], dtype=np.uint16).reshape(
            -1, case.items(), 5
        ),
    )


@st.composite
def crossed_cases(draw, most=7, k=None):
    tree, people = draw(trees(most, 6))
    k = k or draw(st.integers(3, 4))
    people[0] += k
    rng = seeded(draw(st.integers(0, 10**9)))
    mix = HARSH if draw(st.booleans()) else USUAL
    case = case_from(tree, people, k, rng, items=2, skip=0.05, mix=mix)
    return case, told_by(case, rng)


def crossed(case, atoms, *, ordered=(True, False)):
    planned = case.planned().of_items(case.items())
    raw = gather(case.tree, case.counts, planned.fine.block)
    may = np.ones(case.items(), dtype=bool)
    items = shown_by_class(planned, may)
    classes, blocks = cross(
        case.tree, atoms, planned, (raw, clip(raw)), survey="s", items=items,
        ordered=ordered, k=case.k,
    )  # fmt: skip
    return planned, items, classes, add_up(case.tree, blocks, planned)


@settings(max_examples=120, **CALM)
@given(crossed_cases())
def test_no_combination_of_tree_classes_and_themes_is_about_fewer_than_k_people(drawn):
    case, atoms = drawn
    planned, items, classes, workings = crossed(case, atoms)
    home = [
        table.block.tolist()
        for table in tables(case.tree, atoms, planned.sheets, planned.fine, range(case.items()))
    ][1:]
    answered = atoms.counts.sum(axis=2)
    who = [
        [a for a in range(len(atoms.group)) if home[j][a] >= 0 and answered[a, j]]
        for j in range(case.items())
    ]
    rows, sums = [], {}
    for v, j in np.argwhere(workings.fine.sum(axis=2) > 0).tolist():
        below = {u for u in range(len(case.tree)) if _within(case.tree, u, v)}
        cover = [a for a in who[j] if home[j][a] in below]
        assert answered[cover, j].sum() == workings.fine[v, j].sum()
        rows.append({(a, j): 1 for a in cover})
        sums[v, j] = cover
    for at, found in enumerate(classes):
        for c, part in enumerate(found.parts):
            for j in np.flatnonzero(items).tolist():
                cover = [a for a in who[j] if atoms.told[a, at] in part]
                assert answered[cover, j].sum() == found.counts[c, j].sum()
                rows.append({(a, j): 1 for a in cover})
                sums[at, c, j] = cover
    for *place, j in list(sums):  # a theme of both items, wherever both are shown
        if j == 0 and (*place, 1) in sums:
            n = [int(answered[sums[*place, i], i].sum()) for i in (0, 1)]
            rows.append({(a, i): n[1 - i] for i in (0, 1) for a in sums[*place, i]})
    people = {(a, j): int(answered[a, j]) for row in rows for a, j in row}
    # whoever is singled out in one item is singled out: items are different unknowns
    for j in range(case.items()):
        mine = [row for row in rows if {i for _, i in row} == {j}]
        assert not mine or singled_out(mine, people, case.k) is None
    assert not rows or singled_out(rows, people, case.k) is None


def _within(tree, u, v):
    while u > v:
        u = tree.parent[u]
    return u == v


def _least_cut_by_trying(table):
    found = []
    for s in product((0, 1), repeat=table.shape[0]):
        for t in product((0, 1), repeat=table.shape[1]):
            cut = (table * (np.array(s)[:, None] != np.array(t))).sum()
            found += [cut] if cut else []
    return min(found)


@settings(max_examples=150, **CALM)
@given(st.lists(st.lists(st.sampled_from([0, 0, 1, 1, 2, 4]), min_size=4, max_size=4), max_size=5), st.integers(2, 6))  # fmt: skip
def test_solver_and_audit_find_the_same_least_cut_as_trying_all(rows, k):
    table = np.array([row for row in rows if sum(row) >= k], dtype=np.int64).reshape(-1, 4)
    if not table.size:
        return
    least = _least_cut_by_trying(table)
    at, column = np.nonzero(table)

    side = small_cut(table, k)

    assert bool(side) == (least < k)
    assert least_cut(at, column, table[at, column], k) == min(least, k)
    if side:
        inside = table[:, list(side)].sum(axis=1)
        assert np.minimum(inside, table.sum(axis=1) - inside).sum() == least


@settings(max_examples=60, **CALM)
@given(crossed_cases(), st.randoms(use_true_random=False))
def test_neither_numbering_nor_answers_change_the_classes(drawn, rng):
    case, atoms = drawn
    planned, items, classes, _ = crossed(case, atoms)
    order = list(range(len(atoms.group)))
    rng.shuffle(order)
    stirred = atoms.counts.copy()
    for a, j in np.ndindex(stirred.shape[:2]):
        stirred[a, j] = stirred[a, j][list(rng.sample(range(5), 5))]
    other = Atoms(atoms.group[order], atoms.told[order], atoms.sheets[order], stirred[order])

    again = partition(
        other.told,
        tables(case.tree, other, planned.sheets, planned.fine, np.flatnonzero(items).tolist()),
        (True, False),
        case.k,
    )

    assert again == tuple(found.parts for found in classes)
    turned = Atoms(
        atoms.group[order], atoms.told[order], atoms.sheets[order], atoms.counts[order]
    )
    same = crossed(case, turned)
    for one, two in zip(classes, same[2], strict=True):
        assert (one.counts == two.counts).all()
        assert (one.responses == two.responses).all()


@settings(max_examples=80, **CALM)
@given(crossed_cases())
def test_classes_add_up_to_the_organisation_and_are_never_unfavourable_to_the_last(drawn):
    case, atoms = drawn
    planned, items, classes, workings = crossed(case, atoms)

    for at, found in enumerate(classes):
        n, low = found.counts.sum(axis=2), found.counts[..., :2].sum(axis=2)
        assert (low <= np.maximum(n - 2, 0)).all()
        assert ((n == 0) | (n >= case.k)).all()
        assert (found.counts.sum(axis=0)[items] == workings.fine[0, items]).all()
        assert found.responses.sum() == planned.sheets.released[0, 0]
        values = [value for part in found.parts for value in part]
        assert sorted(values) == sorted(set(values))
        assert set(atoms.told[:, at]) >= set(values)
    moved = add_up(case.tree, clip(gather(case.tree, case.counts, planned.fine.block)), planned)
    assert (workings.fine.sum(axis=2) == moved.fine.sum(axis=2)).all()
    assert (workings.fine[..., :2] <= moved.fine[..., :2]).all()
    assert (workings.fine[..., 3:] == moved.fine[..., 3:]).all()


def _tables(*rows):
    """Make one table: rows are (block, value of each attribute…, people)."""
    told = np.array([row[1:-1] for row in rows])
    people = np.array([row[-1] for row in rows])
    return told, [Table(np.array([row[0] for row in rows]), people)]


def test_neighbours_are_put_together_where_order_means_something():
    rows = [(b, t, 9 if t != 3 else 1) for b in range(2) for t in (1, 2, 3, 4)]

    assert partition(*_tables(*rows), (True,), 5) == (((1,), (2, 3), (4,)),)


def test_those_who_told_nothing_go_to_the_many():
    rows = [(b, t, n) for b in range(2) for t, n in ((0, 1), (1, 4), (2, 9), (3, 5))]

    assert partition(*_tables(*rows), (False,), 5) == (((1,), (0, 2), (3,)),)


def test_a_site_that_is_a_department_but_for_two_people_is_not_shown():
    # two people of the department work elsewhere: department less site tells of them
    rows = [(0, 1, 10), (0, 2, 2), (1, 2, 12)]

    assert partition(*_tables(*rows), (False,), 5) == (((1, 2),),)


def test_a_site_that_is_exactly_a_department_is_shown():
    rows = [(0, 1, 10), (1, 2, 12)]

    assert partition(*_tables(*rows), (False,), 5) == (((1,), (2,)),)


def test_where_two_attributes_are_too_much_the_one_that_shows_more_is_kept():
    rows = [(0, t, s, 2) for t in (1, 2, 3) for s in (1, 2, 3)]

    assert partition(*_tables(*rows), (False, False), 5) == (
        ((1,), (2,), (3,)), ((1, 2, 3),),
    )  # fmt: skip


def test_an_item_that_few_answered_does_not_merge_the_classes_of_all_others():
    tree = tree_of([-1, 0, 0])
    case = case_from(tree, [6, 20, 20], 5, seeded(3), items=2, skip=0, rate=1)
    case.counts[1:, 1] = 0
    atoms = told_by(case, seeded(4))
    atoms.counts[np.isin(atoms.group, (1, 2)), 1] = 0

    _, items, classes, _ = crossed(case, atoms)

    assert items.tolist() == [True, False]
    shown = [release_classes(found, case.themes) for found in classes]
    assert max(len(found.parts) for found in shown) > 1
    assert all((found.n[:, 1] == 0).all() for found in shown)


def test_one_class_alone_shows_nothing():
    case = case_from(tree_of([-1]), [9], 5, seeded(1), items=2, rate=1)

    _, _, classes, _ = crossed(case, told_by(case, seeded(2)))

    for found in classes:
        shown = release_classes(found, case.themes)
        assert (shown.parts, shown.themes, shown.n.size) == ((), (), 0)


@pytest.mark.parametrize(("n", "end"), [(5, 1), (19, 1), (20, 2), (50, 5)])
def test_the_ends_of_the_words_of_many_are_a_tenth_wide(n, end):
    counts = [np.array([n - liked, 0, 0, liked, 0]) for liked in range(n + 1)]
    said = [int(words_of_many(one)) for one in counts]

    assert said.count(0) == said.count(4) == end + 1
    if end == 1:
        assert said == [int(words(one)) for one in counts]
