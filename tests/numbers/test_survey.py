"""One small survey's numbers, worked out again from the people by a naive script."""

from collections import Counter
from statistics import correlation, mean

import pytest

from teamhealth.results.sheets import form_of
from tests.rooms.results.makers import ITEMS, charter, decided, drawn, seeded

# A company whose every number is plain: nobody at the root, four teams, everybody answers all.
TEAMS = {1: 12, 2: 15, 3: 7, 4: 9}


@pytest.fixture(scope="module")
def told():
    given, _ = charter([-1, 0, 0, 0, 0], [0, *TEAMS.values()])
    form, rng = form_of(given.instrument, given.tree), seeded(9)
    people = {v: [drawn(rng, form, skip=0) for _ in range(n)] for v, n in TEAMS.items()}
    snapshot, comments = decided(given, form, people)
    rows = {
        f"g{v}": [
            dict(zip(form.items, s.answers, strict=True)) | {"enps": s.recommend} for s in some
        ]
        for v, some in people.items()
    }
    rows["g0"] = [row for some in list(rows.values()) for row in some]
    return snapshot, rows, comments, people


def test_responses_are_people(told):
    snapshot, rows, _, _ = told

    assert {g.id: g.responses for g in snapshot.groups} == {g: len(r) for g, r in rows.items()}


def test_distributions_of_ten_and_more_are_the_answers_themselves(told):
    snapshot, rows, _, _ = told
    for group in ("g0", "g1", "g2"):
        for item, cell in snapshot.group(group).items.items():
            seen = Counter(row[item] for row in rows[group])
            assert cell.counts == tuple(seen[s] for s in range(1, 6))


def test_words_below_ten_are_the_favourable_share(told):
    snapshot, rows, _, _ = told
    for group in ("g3", "g4"):
        n = len(rows[group])
        for item, cell in snapshot.group(group).items.items():
            liked = sum(row[item] >= 4 for row in rows[group])
            word = (
                "almost_everybody" if liked >= n - 1
                else "almost_nobody" if liked <= 1
                else "most" if liked / n > 0.6
                else "a_minority" if liked / n < 0.4
                else "about_half"
            )  # fmt: skip
            assert cell.word == word


def test_theme_means_are_the_means_of_people_s_answers(told):
    snapshot, rows, _, _ = told
    for group, some in rows.items():
        for theme, items in ITEMS.items():
            cell = snapshot.group(group).themes.get(theme)
            if theme == "joy" and len(some) < 10:
                assert cell is None
                continue
            exact = mean(row[item] for row in some for item in items)
            assert cell.mean == pytest.approx(exact, abs=1e-12 if cell.full else 0.0500001)


def test_enps_from_ten_and_its_score_from_twenty(told):
    snapshot, rows, _, _ = told
    for group, some in rows.items():
        scores = [row["enps"] for row in some if row["enps"] is not None]
        cell = snapshot.group(group).enps
        if cell is None:
            assert len(scores) < 10 or group == "g0"
            continue
        low, high = sum(s <= 6 for s in scores), sum(s >= 9 for s in scores)
        if group != "g0":
            assert cell.counts == (low, len(scores) - low - high, high)
        n = sum(cell.counts)
        assert cell.score == (100 * (cell.counts[2] - cell.counts[0]) / n if n >= 20 else None)


def test_the_correlation_is_that_of_answers_less_their_team_s_mean(told):
    snapshot, rows, _, _ = told
    for facts in snapshot.themes[:2]:
        apart = {item: [] for item in facts.items}
        for group, some in rows.items():
            if group != "g0":
                for item in facts.items:
                    middle = mean(row[item] for row in some)
                    apart[item] += [row[item] - middle for row in some]
        a, b, c = facts.items
        pairs = [correlation(apart[x], apart[y]) for x, y in ((a, b), (a, c), (b, c))]
        assert facts.correlation == round(max(0, mean(pairs)), 2)


def test_every_comment_is_there_once(told):
    _, _, comments, people = told

    assert Counter(c.body for c in comments) == Counter(
        body for some in people.values() for s in some for _, body in s.comments
    )
