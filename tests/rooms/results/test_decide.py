"""The gate from sheets to snapshot: edge cases a small firm meets on its first day."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from teamhealth.cells.canonical import canonical
from teamhealth.cells.model import Word
from teamhealth.cells.plain import from_plain, to_plain
from teamhealth.disclosure.claims import Evidence
from teamhealth.errors import AuditFailedError
from teamhealth.results import count as counting
from teamhealth.results.auditing import audit_snapshot
from teamhealth.results.sheets import form_of
from tests.rooms.results.makers import (
    COMPANY,
    HARSH,
    ITEMS,
    charter,
    decided,
    drawn,
    instrument,
    seeded,
    sheet,
    survey,
)


def _company(seed=1, **how):
    given_, fixed = charter(*COMPANY)
    form, sheets = survey(given_, fixed, seeded(seed), **how)
    return given_, form, sheets


def test_a_company_gets_a_snapshot_that_survives_reading_and_audit():
    snapshot, comments = decided(*_company())

    assert audit_snapshot(snapshot) == []
    assert from_plain(to_plain(snapshot)) == snapshot
    assert snapshot.root.responses >= 60
    assert comments


@pytest.mark.parametrize("seed", range(12))
def test_the_audit_finds_nothing_in_usual_and_in_miserable_companies(seed):
    for mix in (None, HARSH):
        snapshot, _ = decided(*_company(seed, skip=0.08, **({"mix": mix} if mix else {})))
        assert audit_snapshot(snapshot) == []


def test_the_order_of_sheets_changes_nothing():
    given_, form, sheets = _company()
    turned = {v: some[::-1] for v, some in reversed(sheets.items())}

    assert canonical(to_plain(decided(given_, form, sheets)[0])) == canonical(
        to_plain(decided(given_, form, turned)[0])
    )


def _one_team(answers, *, people=None, **how):
    given_, _ = charter([-1], [people or len(answers)], **how)
    form = form_of(given_.instrument, given_.tree)
    some = [
        sheet(form, dict.fromkeys(form.items, a) if isinstance(a, int) else a) for a in answers
    ]
    snapshot, _ = decided(given_, form, {0: some})
    assert audit_snapshot(snapshot) == []
    return snapshot.root


@pytest.mark.parametrize("answers", [[], [3], [1, 5, 3, 4]])
def test_with_fewer_than_k_answers_nothing_is_shown_and_no_number_told(answers):
    root = _one_team(answers, people=12)

    assert root.responses is None
    assert root.invited == 12
    assert (root.items, root.themes, root.enps, root.comments_in) == ({}, {}, None, None)


def test_a_unanimous_team_does_not_tell_everybody_s_answer():
    best, worst = _one_team([5] * 7), _one_team([1] * 7)

    assert {cell.word for cell in best.items.values()} == {Word.ALMOST_EVERYBODY}
    assert best.themes["safety"].mean == 4.8
    assert best.themes["safety"].interval.high == 5
    # two of seven count as neutral: (5 · 1 + 2 · 3) / 7 = 1.571
    assert worst.themes["safety"].mean == 1.6
    assert {cell.word for cell in worst.items.values()} == {Word.ALMOST_NOBODY}


def test_a_team_answering_only_one_and_five_is_shown_as_any_other():
    root = _one_team([1, 1, 1, 1, 5, 5, 5])

    assert root.items["s1"].word is Word.ABOUT_HALF
    assert root.themes["calm"].mean == round((4 + 15) / 7, 1)


def test_a_theme_of_one_item_shows_a_word_and_no_mean_below_ten():
    root = _one_team([4, 4, 4, 4, 2, 3])

    assert "j1" in root.items
    assert "joy" not in root.themes
    assert "joy" in _one_team([4] * 9 + [2] * 3).themes


def test_an_item_that_everybody_skips_is_hidden_and_its_theme_rests_on_the_others():
    answers = {item: 4 for mine in ITEMS.values() for item in mine if item != "s2"}

    root = _one_team([answers] * 12)

    assert "s2" not in root.items
    assert root.themes["safety"].items == ("s1", "s3")


def test_a_theme_needs_half_of_its_items():
    root = _one_team([{"s1": 4, "c1": 4, "c2": 3}] * 12)

    assert "safety" not in root.themes
    assert root.themes["calm"].mean == 3.5


def test_a_firm_of_twelve_gets_one_result_and_its_teams_where_they_suffice():
    given_, fixed = charter([-1, 0, 0], [1, 6, 5])
    form = form_of(given_.instrument, given_.tree)
    rng = seeded(2)
    sheets = {
        v: [drawn(rng, form, skip=0) for _ in range(n)] for v, n in enumerate(fixed.invited)
    }

    snapshot, _ = decided(given_, form, sheets)

    assert [group.responses for group in snapshot.groups] == [11, 6, 5]  # the chief is left out
    assert snapshot.root.items["s1"].counts is not None
    assert audit_snapshot(snapshot) == []


def test_a_hidden_group_says_where_its_answers_were_counted():
    given_, fixed = charter([-1, 0, 0, 1], [1, 8, 9, 7])
    form = form_of(given_.instrument, given_.tree)
    rng = seeded(3)
    sheets = {1: [drawn(rng, form) for _ in range(7)], 2: [drawn(rng, form) for _ in range(8)],
              3: [drawn(rng, form) for _ in range(3)]}  # fmt: skip

    snapshot, _ = decided(given_, form, sheets)

    hidden = snapshot.group("g3")
    assert (hidden.responses, hidden.counted_in) == (None, "g1")
    assert snapshot.group("g1").counted_in is None
    assert fixed.invited[3] == 7


@pytest.mark.parametrize("shape", ["chain", "one child each"])
def test_odd_trees_are_counted(shape):
    parents = [-1, *range(11)] if shape == "chain" else [-1, 0, 1, 2, 0, 4, 5, 6, 0, 8, 9, 10]
    given_, fixed = charter(parents, [v % 5 + 2 for v in range(12)])
    form, sheets = survey(given_, fixed, seeded(4))

    snapshot, _ = decided(given_, form, sheets)

    assert audit_snapshot(snapshot) == []
    assert snapshot.root.responses


def test_a_follow_up_is_planned_among_those_who_were_asked():
    given_, fixed = charter(*COMPANY)
    asked = instrument()
    scoped = tuple(replace(q, groups=("g2",)) if q.id == "j1" else q for q in asked.questions)
    given_ = replace(given_, instrument=replace(asked, questions=scoped))
    form, sheets = survey(given_, fixed, seeded(5), skip=0)
    asked_of = form.scopes["j1"]
    at = form.items.index("j1")
    for v, some in sheets.items():
        if given_.groups[v].id not in asked_of:
            sheets[v] = [
                replace(s, answers=s.answers[:at] + b"\0" + s.answers[at + 1 :]) for s in some
            ]

    snapshot, _ = decided(given_, form, sheets)

    assert "j1" in snapshot.group("g2").items
    assert all(
        "j1" not in g.items for g in snapshot.groups if g.id not in asked_of and g.parent
    )
    assert audit_snapshot(snapshot) == []


def test_comments_are_listed_where_ten_answered_and_come_shuffled():
    given_, form, sheets = _company(comment=1.0)
    _, comments = decided(given_, form, sheets, shuffle=lambda written: written.reverse())
    snapshot, again = decided(given_, form, sheets)
    listed = {group.comments_in for group in snapshot.groups}

    assert {c.group for c in comments} <= listed
    assert len(comments) == sum(len(some) for some in sheets.values())
    assert {c.group for c in comments} <= {g.id for g in snapshot.groups if g.responses}
    assert sorted(map(repr, comments)) == sorted(map(repr, again))
    assert comments != again


def test_where_comments_are_listed_follows_from_the_responses_that_are_told():
    # ten answer and nine are told: a list of comments would tell that there is one more
    given_, _ = charter([-1, 0, 1, 1], [0, 0, 9, 12])
    form = form_of(given_.instrument, given_.tree)
    one = sheet(form, dict.fromkeys(form.items, 4), comments=[("comment", "c")])

    snapshot, comments = decided(given_, form, {2: [one] * 9, 3: [one]})

    assert [g.responses for g in snapshot.groups] == [9, 9, 9, None]
    assert comments == ()
    assert {g.comments_in for g in snapshot.groups} == {None}


def test_comments_of_fewer_than_ten_people_are_dropped():
    given_, _ = charter([-1], [9])
    form = form_of(given_.instrument, given_.tree)
    some = [sheet(form, {"s1": 4}, comments=[("comment", "secret")]) for _ in range(9)]

    snapshot, comments = decided(given_, form, {0: some})

    assert comments == ()
    assert snapshot.root.comments_in is None
    assert b"secret" not in canonical(to_plain(snapshot))


def test_a_failed_audit_stores_nothing_and_its_sentence_tells_no_number_of_people(monkeypatch):
    def careless(snapshot, evidence):
        return original(snapshot, Evidence(np.zeros_like(evidence.fine), evidence.ten))

    original = counting._require_sound
    monkeypatch.setattr(counting, "_require_sound", careless)

    with pytest.raises(AuditFailedError, match=r"Nothing was stored") as refusal:
        decided(*_company())

    assert "g1" not in str(refusal.value)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10**6), st.integers(5, 8))
def test_random_organisations_pass_their_audit_and_round_trip(seed, k):
    rng = seeded(seed)
    many = rng.randint(1, 15)
    parents = [-1, *(rng.randrange(v) for v in range(1, many))]
    people = [rng.randint(0, 12) for _ in range(many)]
    people[0] += k
    given_, fixed = charter(parents, people, k=k)
    form, sheets = survey(
        given_, fixed, rng, skip=0.1, mix=rng.choice([HARSH, [3, 9, 17, 45, 26]])
    )

    snapshot, _ = decided(given_, form, sheets)

    assert audit_snapshot(snapshot) == []
    assert from_plain(to_plain(snapshot)) == snapshot
