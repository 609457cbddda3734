"""An attacker with a snapshot's JSON who knows everybody and everything but the answers.

Organisations of 30 to 3 000 people, with two cross-cuts and up to 8 % of the questions
skipped. Every figure is taken for an exact sum. What some combination of all figures
tells about one to four people is nothing.
"""

import json
import math
import random

from teamhealth.cells.canonical import canonical
from teamhealth.cells.plain import to_plain
from tests.attacks.knowledge import Knowledge, least_told
from tests.equations import singled_out
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

K = 5
FEW, MANY = 8, 300
"""Organisations in ``make test``, and in ``make attack``."""

ITEMS = {f"t{t}": tuple(f"t{t}_{i}" for i in range(3)) for t in range(8)}
ASKED = instrument(ITEMS, reverse=(), attributes=(SITE, TENURE))


def organisation(rng, many):
    """Draw a tree of so many people: flat, departments or divisions, teams of eight or so."""
    levels = 1 if many <= 80 else 2 if many <= 400 else 3
    parents, people, above = [-1], [rng.choice([1, 1, 2, 4])], [0]
    while sum(people) < many:
        del above[rng.randint(1, levels) :]
        while len(above) < levels:
            parents.append(above[-1])
            people.append(rng.choice([0, 1, 1, 2, 3, 5]))
            above.append(len(people) - 1)
        for _ in range(rng.randint(2, 6)):
            parents.append(above[-1])
            people.append(max(1, min(40, round(math.exp(rng.gauss(2.08, 0.55))))))
    return parents, people


def counted(seed, many, mix=None):
    """Draw an organisation and count its survey; give the JSON and who answered what."""
    rng = seeded(seed)
    given, fixed = charter(*organisation(rng, many), asked=ASKED)
    mix = mix or (HARSH if rng.random() < 0.2 else USUAL)
    form, sheets = survey(
        given, fixed, rng, rate=rng.uniform(0.5, 0.95), skip=rng.uniform(0, 0.08), mix=mix,
        comment=0,
    )  # fmt: skip
    snapshot, _ = decided(given, form, sheets)
    people = [
        (
            f"g{v}",
            tuple(one.told),
            {i: score for i, score in zip(form.items, one.answers, strict=True) if score},
        )
        for v, some in sheets.items()
        for one in some
    ]
    return json.loads(canonical(to_plain(snapshot))), people


def _leaks(plain, people, question):
    known = Knowledge(plain, people, question)
    known.is_true()
    found = [many for many in known.rings.values() if many < K]
    found += [many for many in known.tens.values() if many < 2 * K]
    least = least_told(known.atoms, K)
    return found + ([] if least is None else [least])


def _naively(plain, people):
    """Change a snapshot to what is shown where only groups and classes of fewer than five are hidden."""
    inside = {group["id"]: [] for group in plain["groups"]}
    parent = {group["id"]: group["parent"] for group in plain["groups"]}
    for who in people:
        group = who[0]
        while group is not None:
            inside[group].append(who)
            group = parent[group]
    for group in plain["groups"]:
        _show(group, inside[group["id"]])
    for at, attribute in enumerate(sorted(plain["cross_cuts"])):
        some = [{"values": [value], "items": {}} for value in range(5)]
        for one in some:
            _show(one, [who for who in people if who[1][at] == one["values"][0]])
        plain["cross_cuts"][attribute] = [one for one in some if one["responses"]]
    return plain


def _show(shown, people):
    for item in (item for items in ITEMS.values() for item in items):
        n = sum(item in who[2] for who in people)
        shown["items"][item] = {"n": n} if n >= K else None
    shown["responses"] = len(people) if len(people) >= K else None


def test_the_attack_finds_small_groups_where_only_small_ones_are_hidden():
    leaks = 0
    for seed in range(4):
        plain, people = counted(seed, 120)
        naive = _naively(plain, people)
        for items in ITEMS.values():
            known = Knowledge(naive, people, items[0])
            leaks += any(many < K for many in known.rings.values())
            leaks += least_told(known.atoms, K) is not None
    assert leaks > 20


def test_nothing_told_of_groups_and_classes_is_about_one_to_four_people(request):
    attack = request.config.getoption("--attack")
    rng = random.Random()  # noqa: S311
    seeds = [*range(FEW), *(rng.randrange(10**6) for _ in range(MANY - FEW if attack else 0))]
    shown = 0
    for at, seed in enumerate(seeds):
        many = round(30 * 100 ** (at % 29 / 28)) if attack else (30, 60, 100, 200)[at % 4]
        plain, people = counted(seed, many)
        questions = [None, *(item for items in ITEMS.values() for item in items), "engagement"]
        for question in questions:
            assert _leaks(plain, people, question) == [], (seed, many, question)
        shown += sum(map(len, plain["cross_cuts"].values()))
    assert shown > 2 * len(seeds)


def test_exact_ranks_find_nothing_either_in_small_firms():
    for seed in range(6):
        plain, people = counted(seed, 30)
        for question in (items[seed % 3] for items in ITEMS.values()):
            known = Knowledge(plain, people, question)
            atoms = known.atoms
            rows = [
                {atom: 1 for atom in atoms if atom[0] == block} for block in known.rings
            ] + [
                {atom: 1 for atom in atoms if atom[1][at] == c}
                for at, some in enumerate(known.classes)
                for c in range(len(some))
            ]
            assert not rows or singled_out(rows, atoms, K) is None, (seed, question)
