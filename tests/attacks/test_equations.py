"""An attacker who sets up an equation for every figure of every outlet, and solves them all together.

Small random firms are counted as at a close, stored, and read at the desk as HR reads
them: CSV, JSON and pages. To be stronger than in life, the attacker knows of every figure
exactly whom it covers (``recount`` does), knows all counts, and takes words and rounded
means for exact. By exact ranks: what they can solve about one to four people is nothing.
"""

import csv
import io
import random
import re
from dataclasses import replace
from fractions import Fraction
from itertools import combinations

import pytest

from teamhealth.campaigns.models import State, Survey
from teamhealth.cells.audience import LEADER_THEME
from teamhealth.cells.canonical import canonical, digest
from teamhealth.instruments.library import library
from teamhealth.instruments.plain import to_plain
from teamhealth.snapshots import storing
from tests.conftest import NOON
from tests.desk import make_accounts, make_groups, signed_in_client
from tests.journeys.recount import recount
from tests.journeys.recount_plan import Firm
from tests.reading import rows
from tests.rooms.results.makers import charter, decided, seeded, survey

K = 5
FEW, MANY = 12, 400
"""Firms in ``make test``, and in ``make attack``."""

FORM = library().instrument("pulse", ["en"])
FOLLOWS = {
    "organisation_mean", "label", "change", "response", "mean_if_silent", "favourable_people",
    "agreement", "divided", "rwg_uniform", "rwg_skewed", "deviation", "polarisation",
    "turned", "reliability", "reliability_kind", "reliability_band", "icc1", "icc2",
}  # fmt: skip
"""Measures that follow from others (tests/numbers), and the whole organisation's, which
are no sums (test_outlets_worlds)."""


def _firm(seed):
    """Draw a firm, its answers and their count; give the snapshot, the firm and who may have a result."""
    rng = seeded(seed)
    parents = [-1, *(rng.choice([0, 0, max(0, v - 1)]) for v in range(1, rng.randint(4, 7)))]
    people = [rng.choice([1, 2, 4, 5, 6, 7, 8, 9, 11, 14]) for _ in parents]
    people[0] += max(0, K - sum(people))
    given, fixed = charter(parents, people, asked=FORM)
    form, sheets = survey(given, fixed, rng, rate=0.85, skip=0.08, comment=0)
    snapshot, _ = decided(given, form, sheets)
    answers = {
        (v, at): _answers(form, sheet) for v in sheets for at, sheet in enumerate(sheets[v])
    }
    firm = Firm(
        survey="s1",
        ids=[place.id for place in given.groups],
        paths=[place.path for place in given.groups],
        parent=parents,
        invited=[place.invited for place in given.groups],
        people=[[who for who in answers if who[0] == v] for v in range(len(parents))],
        answers=answers,
        themes={theme.id: list(theme.items) for theme in FORM.themes},
        extra=["engagement"],
    )
    return snapshot, firm, [v for v, yes in enumerate(fixed.reportable) if yes]


def _answers(form, sheet):
    said = {item: score for item, score in zip(form.items, sheet.answers, strict=True) if score}
    return said if sheet.recommend is None else {**said, "enps": sheet.recommend}


def _rank(matrix):
    left, rank = [row[:] for row in matrix], 0
    for column in range(len(left[0]) if left else 0):
        pivot = next((i for i in range(rank, len(left)) if left[i][column]), None)
        if pivot is None:
            continue
        left[rank], left[pivot] = left[pivot], left[rank]
        for i in range(rank + 1, len(left)):
            if factor := left[i][column] / left[rank][column]:
                left[i] = [x - factor * y for x, y in zip(left[i], left[rank], strict=True)]
        rank += 1
    return rank


def solved(covers):
    """Give one to four people of whom some combination of sums over these sets of people tells, or none.

    A combination that leaves out everybody else exists if, without these people, the
    equations lose rank.
    """
    covers = [cover for cover in covers if cover]
    kinds = {}
    for person in sorted(frozenset().union(*covers)):
        kinds.setdefault(tuple(person in cover for cover in covers), []).append(person)
    columns, people = list(kinds), list(kinds.values())
    whole = _rank([[Fraction(kind[i]) for kind in columns] for i in range(len(covers))])
    small = [at for at, some in enumerate(people) if len(some) < K]
    for many in range(1, K):
        for some in combinations(small, many):
            if sum(len(people[at]) for at in some) < K:
                rest = [kind for at, kind in enumerate(columns) if at not in some]
                left = [[Fraction(kind[i]) for kind in rest] for i in range(len(covers))]
                if _rank(left) < whole:
                    return [who for at in some for who in people[at]]
    return []


def _naively(firm, question):
    """Give what a product shows that hides groups of fewer than five answers and nothing else."""
    for v in range(len(firm.ids)):
        cover = {
            p for u in firm.below(v) for p in firm.people[u] if question in firm.answers[p]
        }
        if len(cover) >= K:
            yield frozenset(cover)


def test_the_attack_solves_small_groups_where_only_small_ones_are_hidden():
    firms = [_firm(seed)[1] for seed in range(6)]
    items = [item for theme in FORM.themes for item in theme.items]
    leaks = [
        who for firm in firms for item in items if (who := solved([*_naively(firm, item)]))
    ]

    assert len(leaks) > 10
    assert all(0 < len(who) < K for who in leaks)


@pytest.fixture
def desk(database, tmp_path):
    """Give what HR downloads and reads of a survey; one after the other in the same place."""
    make_groups(database, 7)
    make_accounts(database)
    client = signed_in_client(database, tmp_path / "home")

    def read(snapshot, number):
        name = f"firm-{number}"
        _store(database, snapshot, name)
        return lambda page: client.get(f"/desk/surveys/{name}/{page}")

    return read


def test_everything_read_at_the_desk_solves_nothing_about_one_to_four_people(desk, request):
    many = MANY if request.config.getoption("--attack") else FEW
    rng = random.Random()  # noqa: S311
    for seed in [*range(FEW), *(rng.randrange(10**6) for _ in range(many - FEW))]:
        snapshot, firm, reportable = _firm(seed)
        told, expected = desk(snapshot, seed), recount(firm, reportable)

        table = list(csv.DictReader(io.StringIO(told("export.csv").text)))
        _figures_are_those_recounted(table, expected.cells, seed)
        _other_outlets_tell_no_more(told, table, firm, seed)
        for question, covers in expected.covers.items():
            assert solved(covers) == [], (seed, question)


def _figures_are_those_recounted(table, cells, seed):
    """See that the equations are about what ``recount`` says: the same figures, the same numbers."""
    shown = {
        (row["group"], row["theme"], row["item"], row["measure"]): row["value"]
        for row in table
        if row["state"] == "shown" and row["measure"] not in FOLLOWS
    }
    wanted = {
        place: value
        for place, (value, _) in cells.items()
        if place[1] != LEADER_THEME and place[3] not in FOLLOWS
    }
    assert shown.keys() == wanted.keys(), seed
    for place, value in wanted.items():
        if isinstance(value, str):
            assert shown[place] == value, (seed, place)
        else:
            assert float(shown[place]) == pytest.approx(value, abs=1e-9), (seed, place)


def _other_outlets_tell_no_more(told, table, firm, seed):
    """See that JSON and pages show a number of answers, or an item, only where the CSV does."""
    answered = {r["group"]: r["value"] for r in table if r["measure"] == "responses"}
    items = {(r["group"], r["item"]) for r in table if r["item"] and r["state"] == "shown"}
    document = told("export.json").json
    for group in document["groups"]:
        assert str(group.get("responses", "")) == answered[group["path"]], seed
        for item, cell in group["items"].items():
            assert ((group["path"], item) in items) == (cell["state"] == "shown"), seed
            assert "n" not in cell or cell["n"] >= 10
    path_of = dict(zip(firm.ids, firm.paths, strict=True))
    for name, words, *cells in rows(told("matrix").text, "heat")[1:]:
        if number := answered[path_of[name[:2]]]:
            assert words.startswith(f"{number} of "), seed
        else:
            assert (words, len(cells)) == ("", 1), seed
            assert (
                re.sub(r"Counted in g\d\.", "", cells[0]).split("anonymity.")[1].strip() == ""
            )


def _store(database, snapshot, name):
    body = canonical(to_plain(FORM))
    named = replace(snapshot, survey=replace(snapshot.survey, id=name))
    with database.write() as db:
        db.add(
            Survey(
                id=name, title="Autumn", form="pulse", state=State.COUNTED, k=K,
                languages=["en"], scope_id="g0", base_url="http://localhost:8000",
                created_at=NOON, opened_at=NOON, closes_at=NOON, closes_latest=NOON,
                closed_at=NOON, headcount=9, instrument=body, instrument_digest=digest(body),
            )
        )  # fmt: skip
        db.flush()
        storing.store(db, named, at=NOON)
        db.commit()
