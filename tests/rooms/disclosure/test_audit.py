"""The audit is silent on what the gate makes, and objects when a guard is off."""

from dataclasses import replace

import numpy as np
import pytest

from teamhealth.disclosure.audit import audit
from teamhealth.disclosure.blocks import settle
from teamhealth.disclosure.planning import Plan
from teamhealth.disclosure.release import Workings, cover, gather
from teamhealth.disclosure.rollup import launch
from tests.rooms.disclosure.makers import HARSH, USUAL, Case, firm, published, seeded, tree_of

FIRMS = 40


def _objections(tampered, mix=USUAL, *, inside=True):
    rng = seeded(7)
    found = 0
    for _ in range(FIRMS):
        claims, evidence = tampered(firm(rng, mix=mix))
        found += audit(claims, evidence if inside else None) != []
    return found


def test_with_all_guards_on_the_audit_is_silent():
    assert _objections(published) == 0
    assert _objections(published, HARSH) == 0


def _root_covers_everybody(case):
    planned = case.planned()
    claims, evidence = published(case, planned)
    fine = evidence.fine.copy()
    fine[0] = case.counts.sum(axis=0)
    claims.n[0] = fine[0].sum(axis=1)
    claims.responses[0] = case.sheets.sum()
    return claims, replace(evidence, fine=fine)


def _one_plan_for_all_items(case):
    planned = case.planned()
    shown = np.repeat(planned.sheets.shown, case.items() + 1, axis=1)
    fine = settle(
        case.tree, case.answered(), shown & (case.tree.totals(case.answered()) > 0), 1
    )
    ten = settle(case.tree, fine.block, fine.shown & (fine.released >= 10), 10)
    return published(case, Plan(planned.sheets, fine, ten), enps=np.zeros_like(case.scores))


def _no_clip(case):
    planned = case.planned().of_items(case.items())
    workings = cover(case.tree, case.counts, planned, guard=lambda counts: counts)
    return published(case, workings=workings)


def _ten_blocks_of_their_own(case):
    whole = case.planned()
    planned = whole.of_items(case.items())
    workings = cover(case.tree, case.counts, planned)
    own = settle(case.tree, case.counts.sum(axis=2), planned.ten.shown, 10)
    summed = case.tree.totals(gather(case.tree, case.counts, own.block))
    return published(
        case, whole, Workings(workings.fine, summed * planned.ten.shown[:, :, None])
    )


def _themes_from_raw_answers(case):
    claims, evidence = published(case)
    raw = case.tree.totals(case.counts)
    themes = []
    for theme in claims.themes:
        counts = raw[theme.group, list(theme.items)]
        mean = float(np.mean(counts @ np.arange(1, 6) / counts.sum(axis=1)))
        themes.append(replace(theme, mean=mean if theme.full else round(min(mean, 4.8), 1)))
    return replace(claims, themes=tuple(themes)), evidence


@pytest.mark.parametrize(
    ("tampered", "mix"),
    [
        (_root_covers_everybody, USUAL),
        (_one_plan_for_all_items, USUAL),
        (_no_clip, HARSH),
        (_ten_blocks_of_their_own, USUAL),
        (_themes_from_raw_answers, USUAL),
    ],
)
def test_with_a_guard_off_the_audit_objects(tampered, mix):
    assert _objections(tampered, mix) > FIRMS / 4


@pytest.mark.parametrize(
    ("tampered", "mix"),
    [
        (_root_covers_everybody, USUAL),
        (_one_plan_for_all_items, USUAL),
        (_ten_blocks_of_their_own, USUAL),
    ],
)
def test_from_the_release_alone_it_still_sees_small_blocks(tampered, mix):
    assert _objections(tampered, mix, inside=False) > FIRMS / 4


def _first_word_cell(claims):
    v, j = np.argwhere((claims.n > 0) & ~claims.full)[0]
    return v, j


def test_it_sees_a_wrong_word_a_wrong_n_and_wrong_counts():
    claims, evidence = published(firm(seeded(1)))
    v, j = _first_word_cell(claims)
    claims.words[v, j] = (claims.words[v, j] + 1) % 5
    assert any("another word" in fault for fault in audit(claims, evidence))

    claims, evidence = published(firm(seeded(1)))
    claims.n[0, 0] += 1
    assert any("another n" in fault for fault in audit(claims, evidence))

    claims, evidence = published(firm(seeded(1)))
    v, j = np.argwhere(claims.full)[0]
    claims = replace(claims, counts=claims.counts.copy())
    claims.counts[v, j] = claims.counts[v, j][::-1]
    assert audit(claims, evidence) != []


def test_it_sees_a_theme_below_ten_that_tells_too_much():
    claims, _ = published(firm(seeded(1)))
    small = next(theme for theme in claims.themes if not theme.full)

    def faults(**change):
        return audit(replace(claims, themes=(replace(small, **change),)))

    assert faults() == []
    assert "one decimal" in faults(mean=3.85)[0]
    assert "one decimal" in faults(mean=5.0)[0]
    assert "of one item" in faults(items=small.items[:1], asked=1)[0]
    assert "fewer than half" in faults(asked=9)[0]
    assert "mixes" in faults(full=True)[0]
    assert "interval" in faults(ends=(3.123, 4.5))[0]


def test_it_sees_comments_listed_for_fewer_than_ten():
    claims, _ = published(firm(seeded(1)))
    small = int(np.flatnonzero((claims.responses > 0) & (claims.responses < 10))[-1])
    lists = list(claims.lists)
    lists[small] = small

    assert any("lists comments" in f for f in audit(replace(claims, lists=tuple(lists))))


def test_a_survey_of_9_999_groups_is_planned_and_audited():
    rng = np.random.default_rng(6)
    tree = tree_of([-1, *(max(0, (v - 1) // 7) for v in range(1, 9_999))])
    people = rng.integers(1, 13, len(tree)).tolist()
    fixed = launch(tree, people, 5)
    sheets = rng.binomial(np.array(fixed.invited), 0.75)
    counts = rng.multinomial(
        rng.binomial(sheets[:, None], 0.97, (len(tree), 4)), np.array(USUAL) / 100
    )
    scores = rng.multinomial(sheets, [0.3, 0.3, 0.4])
    case = Case(tree, people, 5, fixed.reportable, sheets, counts, scores, [(0, 1, 2)])

    claims, evidence = published(case)

    assert audit(claims, evidence) == []
    naive = (tree.totals(counts.sum(axis=2)) >= 5).sum()
    assert (claims.n > 0).sum() / naive > 0.9
