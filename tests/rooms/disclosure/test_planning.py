"""The plan: small blocks never, as much as possible shown, and nothing but counts decides."""

from itertools import product

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from teamhealth.disclosure.blocks import SHARE, room, settle
from teamhealth.disclosure.lots import lots
from teamhealth.disclosure.planner import Planner, price
from tests.rooms.disclosure.makers import CALM, Case, cases, published, tree_of, trees


def _solved(tree, own, k, cost):
    column = np.array(own).reshape(-1, 1)
    rooms = room(tree.totals(column), k, np.ones_like(column, dtype=bool))
    shown = Planner(tree, k, cost).plan(column[:, 0].copy(), rooms[:, 0].copy())
    return rooms[:, 0], settle(tree, column, shown.reshape(-1, 1), k)


@settings(max_examples=200, **CALM)
@given(trees(), st.integers(2, 8))
def test_no_block_is_small_and_no_group_leaves_out_more_than_a_fifth(drawn, k):
    tree, own = drawn
    total = tree.totals(own)

    _, blocks = _solved(tree, own, k, [price(cells=1, worth=1, lot=0)] * len(tree))

    assert ((blocks.block == 0) | (blocks.block >= k)).all()
    for v in range(len(tree)):
        if blocks.shown[v, 0]:
            left = blocks.left_out[v, 0]
            assert left < k
            assert SHARE * left <= total[v]
            assert blocks.released[v, 0] + left == total[v]
    assert blocks.shown[0, 0] == (total[0] >= k)


@settings(max_examples=80, **CALM)
@given(trees(8), st.integers(2, 6), st.data())
def test_the_plan_is_the_cheapest_of_all_plans(drawn, k, data):
    tree, own = drawn
    assume(sum(own) >= k)
    worth = [data.draw(st.integers(0, 5)) for _ in own]
    cost = [
        price(cells=1, worth=1 + n, lot=lot)
        for n, lot in zip(worth, lots("s", tree), strict=True)
    ]

    rooms, found = _solved(tree, own, k, cost)

    def cheap(blocks):
        hidden = sum(
            c
            for c, r, y in zip(cost, rooms, blocks.shown[:, 0], strict=True)
            if r >= 0 and not y
        )
        left = int(blocks.left_out[blocks.shown].sum())
        return (hidden >> 112, left, hidden & ((1 << 80) - 1))

    best = None
    for choice in product(*([[False] if r < 0 else [True, False] for r in rooms])):
        if choice[0]:
            shown = np.array(choice).reshape(-1, 1)
            blocks = settle(tree, np.array(own).reshape(-1, 1), shown, k)
            if (blocks.left_out[shown] <= rooms.reshape(-1, 1)[shown]).all():
                best = cheap(blocks) if best is None else min(best, cheap(blocks))
    assert cheap(found) == best


def _renumbered(case, rng):
    order, rest = [0], list(range(1, len(case.tree)))
    while rest:
        v = rng.choice([v for v in rest if case.tree.parent[v] in order])
        order.append(v)
        rest.remove(v)
    at = {v: place for place, v in enumerate(order)}
    tree = type(case.tree)(
        tuple(case.tree.ids[v] for v in order),
        tuple(at[case.tree.parent[v]] if v else -1 for v in order),
    )
    return order, Case(
        tree, [case.people[v] for v in order], case.k,
        tuple(case.reportable[v] for v in order), case.sheets[order], case.counts[order],
        case.scores[order], case.themes,
    )  # fmt: skip


@settings(max_examples=60, **CALM)
@given(cases(), st.randoms(use_true_random=False))
def test_the_numbering_of_groups_means_nothing(case, rng):
    order, other = _renumbered(case, rng)

    a, _ = published(case)
    b, _ = published(other)

    assert (a.n[order] == b.n).all()
    assert (a.counts[order] == b.counts).all()
    assert (a.responses[order] == b.responses).all()
    assert (a.enps[order] == b.enps).all()
    assert {(a.names[t.group], t.mean) for t in a.themes} == {
        (b.names[t.group], t.mean) for t in b.themes
    }
    assert [a.lists[v] for v in order] == [-1 if at == -1 else order[at] for at in b.lists]


@settings(max_examples=60, **CALM)
@given(cases(), st.randoms(use_true_random=False))
def test_what_is_shown_depends_on_numbers_of_people_and_never_on_an_answer(case, rng):
    stirred = np.zeros_like(case.counts)
    for v, j in np.ndindex(case.counts.shape[:2]):
        for _ in range(case.counts[v, j].sum()):
            stirred[v, j, rng.randrange(5)] += 1
    other = Case(**{**vars(case), "counts": stirred})

    a, _ = published(case)
    b, _ = published(other)

    assert (a.n == b.n).all()
    assert (a.full == b.full).all()
    assert (a.responses == b.responses).all()
    assert [(t.group, t.items, t.full) for t in a.themes] == [
        (t.group, t.items, t.full) for t in b.themes
    ]


def test_a_team_of_six_is_shown_although_the_chief_is_alone_at_the_top():
    # 60 people: the chief at the root must not cost a team its result
    tree = tree_of([-1, *[0] * 7])
    people = [1, 7, 9, 8, 8, 9, 9, 9]
    sheets = np.array([1, 6, 7, 6, 6, 7, 7, 7])
    counts = np.zeros((8, 3, 5), dtype=np.int64)
    counts[:, :, 3] = sheets[:, None]
    case = Case(
        tree,
        people,
        5,
        (True,) * 8,
        sheets,
        counts,
        np.zeros((8, 3), dtype=np.int64),
        [(0, 1, 2)],
    )

    claims, _ = published(case)

    assert claims.responses.tolist() == [46, 6, 7, 6, 6, 7, 7, 7]
    assert (claims.n[1:] > 0).all()


def test_a_chain_of_three_thousand_groups_is_planned():
    tree = tree_of([-1, *range(2_999)])
    own = [v % 4 for v in range(3_000)]

    _, blocks = _solved(tree, own, 5, [price(cells=1, worth=1, lot=v) for v in range(3_000)])

    assert ((blocks.block == 0) | (blocks.block >= 5)).all()
    assert blocks.shown[0, 0]
