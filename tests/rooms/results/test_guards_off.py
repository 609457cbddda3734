"""Every guard of the gate is switched off once, in the code that decides; the audit, untouched, must object.

Random firms are counted as at a close. ``outside`` says that the snapshot alone shows it;
else it takes the workings, which exist inside the count only.
"""

from dataclasses import replace

import numpy as np
import pytest

from teamhealth.disclosure import atoms, blocks, crosscuts, planning, release, rollup
from teamhealth.disclosure.audit import audit
from teamhealth.results import count as counting
from teamhealth.results import crossing, scales
from teamhealth.results.auditing import audit_snapshot, claims_of
from teamhealth.stats import drivers, pooling, reliability, spread
from tests.rooms.results.makers import (
    HARSH,
    SITE,
    TENURE,
    USUAL,
    charter,
    decided,
    instrument,
    seeded,
    survey,
)

FIRMS = 8
HAPPY = [0, 0, 0, 1, 40]
ASKED = instrument(
    {"safety": ("s1", "s2", "s3"), "calm": ("c1", "c2")}, attributes=(TENURE, SITE)
)


def _firm(rng):
    """Draw a chief alone at the top, three departments with a few people of their own, small teams."""
    parents, people = [-1], [1]
    for _ in range(3):
        department = len(parents)
        parents.append(0)
        people.append(rng.randint(0, 6))
        for _ in range(rng.randint(2, 5)):
            parents.append(department)
            people.append(rng.randint(3, 14))
    return parents, people


def _led_from_above(rng):
    """Draw departments of one team each, whose other few people answer in the firm."""
    parents, people = [-1], [3]
    for _ in range(5):
        parents += [0, len(parents)]
        people += [rng.randint(3, 4), rng.randint(5, 8)]
    return parents, people


def _objections(monkeypatch, mix, firm=_firm):
    """Count firms in which the audit objects: to the snapshot alone, and with the workings."""
    seen = []
    monkeypatch.setattr(counting, "_require_sound", lambda *finished: seen.append(finished))
    rng = seeded(11)
    for _ in range(FIRMS):
        given, fixed = charter(*firm(rng), asked=ASKED)
        form, sheets = survey(given, fixed, rng, skip=0.08, mix=mix)
        decided(given, form, sheets)
    outside = sum(bool(audit_snapshot(snapshot)) for snapshot, _ in seen)
    inside = sum(bool(audit(claims_of(snapshot), evidence)) for snapshot, evidence in seen)
    return outside, inside


def _root_covers_everybody(monkeypatch):
    settle = blocks.settle

    def all_of_them(tree, own, shown, least):
        found = settle(tree, own, shown, least)
        rest = found.left_out[0] * shown[0]
        for table in (found.block, found.released):
            table[0] += rest
        return found

    monkeypatch.setattr(planning, "settle", all_of_them)


def _one_plan_for_all_items(monkeypatch):
    settle, sheets = blocks.settle, planning._sheets
    shown = []

    def kept(*args):
        shown[:] = [sheets(*args).shown]
        return sheets(*args)

    def whatever(tree, own, _rooms, _draw, least):
        return np.repeat(shown[0], own.shape[1], axis=1) & (tree.totals(own) > (least > 5) * 9)

    def of_any_size(tree, own, shown, least):
        return settle(tree, own, shown, 1 if own.shape[1] > 1 else least)

    monkeypatch.setattr(planning, "_sheets", kept)
    monkeypatch.setattr(planning, "_each", whatever)
    monkeypatch.setattr(planning, "settle", of_any_size)


def _no_clip(monkeypatch):
    monkeypatch.setattr(counting, "clip", lambda counts: counts)


def _no_clip_of_classes(monkeypatch):
    monkeypatch.setattr(crosscuts._Softener, "clip", lambda *_: None)


def _raw(monkeypatch):
    """Give a place in which the raw answers of the survey being counted are found."""
    raw, cross = [], crossing.cross

    def remembered(given, tally, *rest):
        raw[:] = [tally.counts]
        return cross(given, tally, *rest)

    monkeypatch.setattr(crossing, "cross", remembered)
    return raw


def _tens_of_their_own(monkeypatch):
    add_up, raw = release.add_up, _raw(monkeypatch)

    def apart(tree, kept, plan):
        own = blocks.settle(tree, raw[0].sum(axis=2), plan.ten.shown, 10)
        ten = tree.totals(release.gather(tree, raw[0], own.block))
        return replace(add_up(tree, kept, plan), ten=ten * plan.ten.shown[:, :, np.newaxis])

    monkeypatch.setattr(release, "add_up", apart)


def _themes_from_raw_answers(monkeypatch):
    figures, total, raw = release.theme_figures, release.add_up, _raw(monkeypatch)

    def remembered(tree, kept, plan):
        raw[:] = [tree.totals(raw[0])]
        return total(tree, kept, plan)

    def from_raw(shown, rich, _fine, _ten, themes):
        return figures(shown, rich, raw[0], raw[0], themes)

    monkeypatch.setattr(release, "add_up", remembered)
    monkeypatch.setattr(release, "theme_figures", from_raw)


def _mixed_themes(monkeypatch):
    monkeypatch.setattr(planning, "_unmixed", lambda _shown, rich, _themes: rich)
    figures = release.theme_figures

    def mixed(shown, rich, fine, ten, themes):
        return figures(shown, rich, fine, np.where(rich[..., None], ten, fine), themes)

    monkeypatch.setattr(release, "theme_figures", mixed)


def _everybody_at_the_root(_tree, block):
    return np.zeros_like(block)


def _classes_of_raw_people(monkeypatch):
    monkeypatch.setattr(atoms, "homes", _everybody_at_the_root)
    monkeypatch.setattr(crosscuts, "homes", _everybody_at_the_root)


def _classes_not_merged(monkeypatch):
    def apart(told, tables, *_):
        here = told[tables[0].block >= 0]
        return tuple(tuple((int(v),) for v in np.unique(column)) for column in here.T)

    monkeypatch.setattr(crosscuts, "partition", apart)


def _no_cap(monkeypatch):
    monkeypatch.setattr(release, "told", lambda mean: round(float(mean), 1))


def _no_rounding(monkeypatch):
    monkeypatch.setattr(release, "told", lambda mean: min(4.8, float(mean)))


def _all_groups_reportable(monkeypatch):
    monkeypatch.setattr(rollup, "FURTHER_UP", 0)


def _keys_for_fewer_than_k(monkeypatch):
    pools = rollup._pools
    monkeypatch.setattr(rollup, "_pools", lambda tree, own, _, may: pools(tree, own, 2, may))


def _comments_where_they_were_written(monkeypatch):
    monkeypatch.setattr(rollup, "COMMENTS", 1)


def _the_whole_too_exactly(monkeypatch):
    monkeypatch.setattr(spread, "round", lambda value, _: value, raising=False)
    monkeypatch.setattr(scales, "two_decimals", lambda value: value)


def _the_whole_of_few(monkeypatch):
    for statistic in (reliability, pooling, drivers):
        monkeypatch.setattr(statistic, "LEAST_PEOPLE", 20)


GUARDS = [
    (_root_covers_everybody, USUAL, True),
    (_one_plan_for_all_items, USUAL, True),
    (_tens_of_their_own, USUAL, True),
    (_mixed_themes, USUAL, True),
    (_no_cap, HAPPY, True),
    (_no_rounding, USUAL, True),
    (_comments_where_they_were_written, USUAL, True),
    (_classes_of_raw_people, USUAL, True),
    (_classes_not_merged, USUAL, True),
    (_no_clip, HARSH, False),
    (_no_clip_of_classes, HARSH, False),
    (_themes_from_raw_answers, USUAL, False),
    (_keys_for_fewer_than_k, USUAL, False),
    (_the_whole_too_exactly, USUAL, True),
    (_the_whole_of_few, USUAL, False),
]


@pytest.mark.parametrize("mix", [USUAL, HARSH, HAPPY])
def test_with_every_guard_on_the_audit_is_silent(monkeypatch, mix):
    assert _objections(monkeypatch, mix) == (0, 0)


@pytest.mark.parametrize(
    ("off", "mix", "outside"), GUARDS, ids=[off.__name__[1:] for off, _, _ in GUARDS]
)
def test_with_a_guard_off_the_audit_objects(monkeypatch, off, mix, outside):
    off(monkeypatch)

    alone, workings = _objections(monkeypatch, mix)

    assert workings >= FIRMS / 4
    assert not outside or alone >= FIRMS / 4


def test_a_group_that_one_of_its_teams_would_stand_for_is_seen_with_the_workings(monkeypatch):
    assert _objections(monkeypatch, USUAL, _led_from_above) == (0, 0)
    _all_groups_reportable(monkeypatch)

    _, workings = _objections(monkeypatch, USUAL, _led_from_above)

    assert workings >= FIRMS / 4
