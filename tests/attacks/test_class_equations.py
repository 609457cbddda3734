"""The attacker of ``test_equations`` in firms whose people told two things of themselves.

What is shown of classes is read at the desk as HR reads it, from CSV, JSON and pages, and
all of it enters the equations beside the figures of groups. The attacker knows whom every
figure covers and takes words and rounded means for exact sums. They may even add up those
who told the same two things, which no outlet shows. What they solve about one to four
people is nothing.
"""

import csv
import io
import random
from collections import Counter

import pytest

from teamhealth.cells.audience import LEADER_THEME
from tests.attacks.knowledge import least_told
from tests.crossed import asked_of, store
from tests.desk import desk_of, make_accounts, make_groups, signed_in_client
from tests.journeys.recount_plan import Firm, plan
from tests.reading import rows
from tests.rooms.results.makers import charter, decided, seeded, survey

K = 5
FEW, MANY = 6, 200
"""Firms in ``make test``, and in ``make attack``."""

FORM = asked_of("pulse", ("Leeds", "Hull", "York"))
ATTRIBUTES = [attribute.id for attribute in FORM.attributes]
ITEMS = [item for theme in FORM.themes if theme.id != LEADER_THEME for item in theme.items]
TEXTS = {FORM.question(item).text["en"]: item for item in [*ITEMS, "engagement"]}
WORDS = ("almost everybody", "almost nobody", "most", "a minority", "about half")


def _firm(seed):
    """Draw a firm of some forty to two hundred, its answers and their count.

    Give the snapshot, the firm, who may have a result, and what everybody told of themselves.
    """
    rng = seeded(seed)
    parents = [-1, *(rng.choice([0, 0, max(0, v - 1)]) for v in range(1, rng.randint(4, 7)))]
    people = [rng.choice([2, 5, 8, 12, 17, 25, 33]) for _ in parents]
    people[0] += max(0, 40 - sum(people))
    given, fixed = charter(parents, people, asked=FORM, survey=f"firm-{seed}")
    form, sheets = survey(given, fixed, rng, rate=0.85, skip=0.05, comment=0)
    snapshot, _ = decided(given, form, sheets)
    everybody = {(v, at): one for v, some in sheets.items() for at, one in enumerate(some)}
    firm = Firm(
        survey=given.survey.id,
        ids=[place.id for place in given.groups],
        paths=[place.path for place in given.groups],
        parent=parents,
        invited=[place.invited for place in given.groups],
        people=[[who for who in everybody if who[0] == v] for v in range(len(parents))],
        answers={
            who: {i: score for i, score in zip(form.items, one.answers, strict=True) if score}
            | ({} if one.recommend is None else {"enps": one.recommend})
            for who, one in everybody.items()
        },
        themes={theme.id: list(theme.items) for theme in FORM.themes},
        extra=["engagement"],
    )
    told = {who: tuple(one.told) for who, one in everybody.items()}
    return snapshot, firm, [v for v, yes in enumerate(fixed.reportable) if yes], told


def _cut(covers, classes, told):
    """Give the fewest people whom some combination of these figures is about, None for none.

    ``covers`` are the sets behind the groups' figures, ``classes`` per attribute the sets of
    values; both split the people of the largest cover, groups into rings.
    """
    whole = max(covers, key=len)
    atoms = Counter()
    for who in whole:
        ring = tuple(who in cover for cover in covers)
        cell = tuple(
            next((at for at, values in enumerate(some) if value in values), -1)
            for some, value in zip(classes, told[who], strict=True)
        )
        atoms[ring, cell] += 1
    rings = Counter(ring for ring, _ in atoms.elements())
    assert min(rings.values()) >= K
    return least_told(atoms, K)


@pytest.fixture
def desk(database, tmp_path):
    """Give what HR reads of a survey, one after the other at the same desk."""
    make_groups(database, 7)
    make_accounts(database)
    client = signed_in_client(
        database, tmp_path / "home", app=desk_of(database, tmp_path / "home")
    )

    def read(snapshot):
        name = store(database, snapshot, FORM)
        return lambda page: client.get(f"/desk/surveys/{name}/{page}")

    return read


def _from_table(read):
    """Give per attribute its classes as the CSV tells them: values, answers, words by item."""
    found = {name: {} for name in ATTRIBUTES}
    for row in csv.DictReader(io.StringIO(read("export.csv").text)):
        if row.get("values"):
            one = found[row["attribute"]].setdefault(row["values"], [None, {}])
            if row["measure"] == "responses":
                one[0] = int(row["value"])
            elif row["item"] and row["state"] == "shown":
                one[1][row["item"]] = row["value"].replace("_", " ")
    return {
        name: [(tuple(map(int, values.split())), *one) for values, one in some.items()]
        for name, some in found.items()
    }


def _from_document(read):
    return {
        name: [
            (
                tuple(one["values"]),
                one["responses"],
                {
                    item: cell["word"].replace("_", " ")
                    for item, cell in one["items"].items()
                    if cell["state"] == "shown"
                },
            )
            for one in some
        ]
        for name, some in read("export.json").json["cross_cuts"].items()
    }


def _from_pages(read):
    """Give per attribute the answers and words of its classes, in the order of the page."""
    found = {}
    for name in ATTRIBUTES:
        page = read(f"by/{name}").text
        heads = [int(answers) for _, answers in rows(page, "heads")[1:]]
        words = [{} for _ in heads]
        item, at = None, 0
        for first, *rest in rows(page, "words")[1:]:
            if first in TEXTS and not rest:
                item, at = TEXTS[first], 0
            elif rest:
                word = next((w for w in WORDS if rest[0].startswith(w)), None)
                if word:
                    words[at][item] = word
                at += 1
        found[name] = list(zip(heads, words, strict=True))
    return found


def test_classes_read_from_every_outlet_solve_nothing_about_one_to_four_people(desk, request):
    many = MANY if request.config.getoption("--attack") else FEW
    rng = random.Random()  # noqa: S311
    shown = 0
    for seed in [*range(FEW), *(rng.randrange(10**6) for _ in range(many - FEW))]:
        snapshot, firm, reportable, told = _firm(seed)
        read = desk(snapshot)
        table, document, pages = _from_table(read), _from_document(read), _from_pages(read)
        assert table == document, seed
        for name, some in table.items():
            assert pages[name] == [(n, words) for _, n, words in some], seed

        covers = plan(firm, reportable).covers(firm)
        _numbers_are_those_of_people(table, covers["responses"], told, seed)
        for question in covers:
            classes = [
                [
                    values
                    for values, _, words in table[name]
                    if question in {"responses", *words}
                ]
                for name in ATTRIBUTES
            ]
            if covers[question]:
                assert _cut(covers[question], classes, told) is None, (seed, question)
        shown += sum(map(len, table.values()))
    assert shown > 2 * many


def _numbers_are_those_of_people(table, covers, told, seed):
    """See that a class is of those whom the root's figures cover, so that the equations are about them."""
    whole = max(covers, key=len)
    for at, name in enumerate(ATTRIBUTES):
        for values, answers, _ in table[name]:
            assert answers == sum(told[who][at] in values for who in whole), (seed, name)


def test_the_attack_finds_few_people_where_no_values_are_put_together():
    found = 0
    for seed in range(FEW):
        _, firm, reportable, told = _firm(seed)
        covers = plan(firm, reportable).covers(firm)["responses"]
        classes = [[(value,) for value in range(6)], [(value,) for value in range(4)]]
        found += covers != [] and _cut(covers, classes, told) is not None
    assert found == FEW
