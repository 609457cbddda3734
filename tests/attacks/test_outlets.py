"""An attacker who has read everything that anybody may read, and knows everybody: nothing follows for one to four people.

Organisations of 30 to 3 000 people with two cross-cuts and up to 8 % of the statements
skipped are counted as at a close and read by HR and by whoever leads a group, in every outlet.
"""

import json
import random
from dataclasses import dataclass, replace

import pytest

from teamhealth.cells.canonical import canonical
from teamhealth.cells.model import ItemCell
from teamhealth.cells.plain import to_plain
from teamhealth.db import open_database
from teamhealth.instruments.library import library
from teamhealth.migrations.tables import metadata
from tests.attacks import outlets_solving as solving
from tests.attacks.outlets_reading import read_all
from tests.attacks.test_classes_and_tree import organisation
from tests.journeys.odd_shapes import ATTRIBUTES
from tests.rooms.results.makers import HARSH, USUAL, charter, decided, seeded, survey
from tests.shelf import Shelf

K = 5
FEW, MANY = 4, 300
"""Organisations in ``make test``, and in ``make attack``."""
SMALL = (30, 45, 60, 90)
FORMS = ("quarterly", "quarterly", "full", "pulse")


@dataclass(frozen=True)
class Finished:
    """A counted survey, and who answered what: (group, what they told, answers by question)."""

    snapshot: object
    comments: tuple
    instrument: object
    people: list
    parents: list


def finished(seed, many):
    """Draw an organisation and count its survey."""
    rng = seeded(seed)
    form = replace(library().instrument(rng.choice(FORMS), ["en"]), attributes=ATTRIBUTES)
    parents, size = organisation(rng, many)
    given, fixed = charter(parents, size, asked=form)
    layout, sheets = survey(
        given, fixed, rng, rate=rng.uniform(0.5, 0.95), skip=rng.uniform(0, 0.08),
        mix=HARSH if rng.random() < 0.2 else USUAL,
    )  # fmt: skip
    snapshot, comments = decided(given, layout, sheets, shuffle=rng.shuffle)
    by_name = sorted(range(len(ATTRIBUTES)), key=lambda at: ATTRIBUTES[at].id)
    people = [
        (
            f"g{v}",
            tuple(one.told[at] for at in by_name),
            {i: score for i, score in zip(layout.items, one.answers, strict=True) if score},
        )
        for v, some in sheets.items()
        for one in some
    ]
    return Finished(snapshot, comments, form, people, parents)


@pytest.fixture(scope="module")
def shelf(tmp_path_factory, request):
    """Give a desk for all organisations, on SQLite: what is read has nothing to do with the database."""
    home = tmp_path_factory.mktemp("outlets")
    database = open_database(f"sqlite:///{home / 'teamhealth.sqlite3'}")
    metadata.create_all(database.engine)
    yield Shelf(database, home, led=700 if request.config.getoption("--attack") else 40)
    database.close()


def _told(shelf, survey, name, *, leaders, pages, reports=None):
    """Put a survey on the shelf and read it; everybody who leads one of the first groups reads the files."""
    shelf.put(survey.snapshot, survey.instrument, survey.comments, name)
    groups = [group.id for group in survey.snapshot.groups]
    return read_all(
        shelf,
        name,
        leaders=groups[:leaders],
        pages=groups[:pages],
        reports=None if reports is None else groups[:reports],
    )


def _oracle(survey):
    return json.loads(canonical(to_plain(survey.snapshot)))


def test_nothing_follows_for_one_to_four_people_from_all_outlets_together(shelf, request):
    attack = request.config.getoption("--attack")
    rng = random.Random()  # noqa: S311
    seeds = [*range(FEW), *(rng.randrange(10**6) for _ in range(MANY - FEW if attack else 0))]
    for at, seed in enumerate(seeds):
        many = round(30 * 100 ** (at % 29 / 28)) if attack else SMALL[at % len(SMALL)]
        one = finished(seed, many)
        everybody = {"leaders": 60, "pages": 12, "reports": 2 if many < 60 else None}
        some = {"leaders": 4, "pages": 2, "reports": None if at else 0}
        told = _told(shelf, one, f"a{at}", **(everybody if attack else some))

        where = seed, many
        assert solving.outside(told) == [], where
        found = solving.inside(told, _oracle(one), one.people, ranks=many <= 45)
        assert found == [], where


def _naively(survey):
    """Give the survey as a product tells it that hides groups of fewer than five and nothing else."""
    inside = {group.id: [] for group in survey.snapshot.groups}
    parent = {group.id: group.parent for group in survey.snapshot.groups}
    for who in survey.people:
        group = who[0]
        while group is not None:
            inside[group].append(who)
            group = parent[group]
    groups = tuple(_shown(group, inside[group.id]) for group in survey.snapshot.groups)
    snapshot = replace(survey.snapshot, groups=groups, cross_cuts={}, drivers=None)
    return replace(survey, snapshot=snapshot, comments=())


def _shown(group, people):
    items = {}
    for item in {item for who in people for item in who[2]}:
        said = [who[2][item] for who in people if item in who[2]]
        if len(said) >= K:
            items[item] = ItemCell(len(said), counts=tuple(said.count(s) for s in range(1, 6)))
    return replace(
        group, responses=len(people) if len(people) >= K else None, counted_in=None, themes={},
        items=items if len(people) >= K else {}, enps=None, comments_in=None, history=None,
    )  # fmt: skip


def test_the_attack_reads_the_answers_of_few_where_only_groups_below_five_are_hidden(shelf):
    found = right = 0
    for seed in range(3):
        one = _naively(finished(seed, 120))
        told = _told(shelf, one, f"naive-{seed}", leaders=0, pages=0)
        parent = {group.id: group.parent for group in one.snapshot.groups}
        for leak in solving.outside(told):
            if leak.answers:
                found += 1
                right += leak.answers == _real(one, parent, leak, told)

    assert found > 50
    assert right == found


def _real(survey, parent, leak, told):
    """Count the true answers of the people under a group who are in none of those shown below it."""
    ids = {group.path: group.id for group in survey.snapshot.groups}
    shown = {ids[path] for path, item in told.counts if item == leak.what}
    counts = [0] * 5
    for group, _, answers in survey.people:
        up = group
        while up is not None and up not in shown:
            up = parent[up]
        if up == ids[leak.where] and leak.what in answers:
            counts[answers[leak.what] - 1] += 1
    return tuple(counts)
