"""Who gave which answer? An attacker with every backup, the logs and the last state tries to tell.

Each attack runs first against a server as they are usually built (``naive``), where it
must link 95 % of the people or it is no attack; against ours it must not do better than
guessing. In a small survey guessing is right by luck now and then: what exceeds three
standard errors is tried on another survey, up to ``ROUNDS`` in all, and is a leak if it exceeds
them every time; of a sound build that is expected in fewer than one run in 10 000.
"""

from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest

from teamhealth.credentials.codes import unb64
from tests.attacks import naive
from tests.attacks.backups import backups_of
from tests.attacks.crowd import FIRM, large_firm
from tests.attacks.evidence import Attacker
from tests.attacks.linking import (
    ANSWERS,
    LENGTHS,
    LOG,
    PEOPLE,
    POLLS,
    SEALED,
    XMIN,
    Attack,
    Joining,
    attacks,
    envelopes,
    late,
    left_behind,
    together,
    tried,
)  # fmt: skip
from tests.attacks.living import Firm, employees, live_naively
from tests.conftest import NOON
from tests.firms import found

ENOUGH = 0.95
ROUNDS, SURVEYS = 3, 5
"""How often an excess is tried again; how many surveys a round has in ``make attack``."""


@pytest.fixture
def backups(database, tmp_path):
    folder = tmp_path / "scratch"
    folder.mkdir()
    maker = backups_of(database, folder)
    yield maker
    maker.close()


@pytest.fixture
def without(backups):
    """Name what this database does not let one see."""
    seen = {LOG: backups.has_log, XMIN: backups.has_xmin}
    return {order for order, yes in seen.items() if not yes}


@pytest.fixture
def size(request):
    """Give the firm and the number of surveys in a round."""
    if request.config.getoption("--attack"):
        return large_firm(), SURVEYS
    return FIRM, 1


@dataclass
class Setting:
    """Where an attack takes place."""

    database: object
    home: Path
    backups: object
    without: set


@pytest.fixture
def setting(database, tmp_path, backups, without):
    return Setting(database, tmp_path / "home", backups, without)


def test_the_log_of_writes_can_be_read(backups):
    if not backups.has_log:
        pytest.skip("this PostgreSQL has no pg_walinspect: its log of writes was not attacked")


def test_every_attack_links_people_and_answers_on_a_server_as_usually_built(
    setting, size, figures
):
    (firm, _), database, without = size, setting.database, setting.without
    found(database, setting.home, {path: people for path, (people, _) in firm.items()})
    told = live_naively(
        database, employees(database), firm, "naive", start=NOON, backups=setting.backups
    )
    completed = [a for a in left_behind(told.evidence) if ".completed ×" in a.name]
    known = [*_ways(without), *completed, LENGTHS, Joining()]

    scores = {attack.name: tried(attack, told.evidence, told.truth) for attack in known}

    figures("naive", database, scores)
    assert {name: one.share for name, one in scores.items() if one.share < ENOUGH} == {}


@pytest.mark.slow
def test_on_ours_nobody_is_linked_with_an_answer(setting, size, figures):
    (sizes, surveys), database, without = size, setting.database, setting.without
    firm = Firm(database, setting.home, sizes)
    start, suspects = NOON, None
    for round_ in range(ROUNDS):
        lived = []
        for number in range(surveys):
            seed = f"{round_}-{number}"
            lived.append(firm.live(seed, start=start, backups=setting.backups))
            start += timedelta(days=30)
            _sees_everything(lived[-1], without)
        if round_ == 0:
            _links_envelopes(database, lived, figures)
            _would_link_without_shuffling(setting, lived[0], figures)
        scores = _scores(lived, without)
        excess = {name for name, one in scores.items() if one.share > one.bound}
        suspects = excess if suspects is None else suspects & excess
        figures(f"ours {round_ + 1}", database, scores)
        if not suspects:
            break

    assert {name: (scores[name].share, scores[name].bound) for name in suspects} == {}


def _ways(without):
    yield from attacks(PEOPLE, ANSWERS, without=without)
    yield from attacks(POLLS, ANSWERS | POLLS, without=without)


def _scores(lived, without):
    """Try everything on each survey; give the scores of all surveys together, by attack."""
    found = {}
    for told in lived:
        known = _ways(without)
        boxes = attacks(SEALED, late(ANSWERS), without=without)
        last = left_behind(told.evidence, without=without)
        for attack in (*known, *boxes, *last, LENGTHS, Joining()):
            one = tried(attack, told.evidence, told.truth)
            found.setdefault(attack.name, []).append(one)
    return {name: together(scores) for name, scores in found.items()}


def _sees_everything(told, without):
    """See that the attacker misses nothing: every order has every person and every answer in it."""
    evidence = told.evidence
    assert set(told.truth.values()) == set(evidence.answers)
    for what, order in ANSWERS.items():
        if what not in without:
            keys = order(evidence)
            assert {
                text for text in evidence.answers if keys.get(text) in {None, ()}
            } == set(), what
    for who, order in (PEOPLE | SEALED).items():
        if who not in without:
            keys = order(evidence)
            assert {
                person for person in told.truth if keys.get(person) in {None, ()}
            } == set(), who
    assert set(told.nonces.values()) == set(evidence.sealed)
    assert evidence.audit == sorted(evidence.audit, key=lambda one: unb64(one, 32))


def _links_envelopes(database, lived, figures):
    """See that the backups are good: as docs/anonymity.md says, they link people with envelopes."""
    scores = []
    for told in lived:
        guessed = envelopes(told.evidence)
        right = sum(guessed.get(who) == nonce for who, nonce in told.nonces.items())
        scores.append(replace(tried(LENGTHS, told.evidence, told.truth), right=right))
    score = together(scores)
    figures("ours", database, {"person × envelope, before the close": score})
    assert score.share >= ENOUGH


def _would_link_without_shuffling(setting, told, figures):
    """See that envelopes lead to answers where a close keeps the order in which it read them."""
    scores, database = {}, setting.database
    for reading, comments in told.orders.items():
        naive.METADATA.create_all(database.engine)
        attacker = Attacker(setting.backups, {"answers": naive.NAIVE["answers"]})
        naive.close_without_shuffling(database, comments)
        evidence = attacker.finish(set())
        mixed = replace(told.evidence, answers=evidence.answers)
        for what in {LOG, "place on disk", "dump", "id"} - setting.without:
            attack = Attack(f"read {reading} × {what}", SEALED[reading], ANSWERS[what])
            scores[attack.name] = tried(attack, mixed, told.truth)
        naive.METADATA.drop_all(database.engine)
    figures("naive", database, scores)
    assert {name: one.share for name, one in scores.items() if one.share < ENOUGH} == {}
