"""What a trustee does not count, and what a server does not take from it; each changes nothing."""

import json
from dataclasses import replace

import pytest

from teamhealth.campaigns.models import State
from teamhealth.cells.canonical import canonical
from teamhealth.credentials.fingerprint import fingerprint
from teamhealth.errors import RefusedError
from teamhealth.jobs.accepting import accept
from teamhealth.results.count import CountedComment
from tests.firms import found, survey_of
from tests.trustees import Laptop, answered_and_closed, repacked

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def laptop(tmp_path):
    return Laptop(tmp_path / "laptop")


@pytest.fixture
def settings(database, tmp_path, at):
    assert at
    return found(database, tmp_path / "home")


@pytest.fixture
def waiting(database, settings, laptop):
    """Give the id of a survey that waits, and the file with its answers."""
    return answered_and_closed(database, settings, laptop)


def _facts(**changes):
    return lambda about: about["facts"].update(changes)


def _pinned(**changes):
    def change(about):
        about["manifest"] = canonical({**json.loads(about["manifest"]), **changes}).decode()

    return change


def _forged(**changes):
    """Change the manifest and its fingerprint alike: people's invitations have another one."""

    def change(about):
        _pinned(**changes)(about)
        about["facts"]["fingerprint"] = fingerprint(about["manifest"].encode())

    return change


def _group(number, **changes):
    return lambda about: about["groups"][number].update(changes)


def _leaf(number, **changes):
    def change(about):
        group = about["groups"][number]
        group["leaf"] = canonical({**json.loads(group["leaf"]), **changes}).decode()

    return change


def _other_words(about):
    about["instrument"] = about["instrument"].replace("team", "boss", 1)


def _without_a_group(about):
    del about["groups"][-1]


TAMPERED = [
    (_facts(k=4), "smallest group"),
    (_facts(leader_theme="agreed"), "smallest group"),
    (_facts(languages=["en", "tlh"]), "smallest group"),
    (_facts(id="autumn"), "of another survey"),
    (_facts(closed="2026-12-24"), "its date"),
    (_facts(previous="winter"), "the survey before"),
    (_facts(fingerprint="0" * 16), "its fingerprint"),
    (_facts(more=1), "does not fit together"),
    (_pinned(k=4), "smallest group"),
    (_pinned(root="A" * 43), "its fingerprint"),
    (_pinned(box="A" * 87), "another trustee, or another key"),
    (_pinned(trustee={"name": "HR", "sign": "A" * 43}), "another trustee, or another key"),
    (_forged(root="A" * 43), "keys are not the published ones"),
    (_forged(groups=9), "keys are not the published ones"),
    (_forged(headcount=9), "do not add up"),
    (_forged(spare=0), "do not add up"),
    (_forged(survey="autumn"), "of another survey"),
    (_other_words, "questions are not the published ones"),
    (_without_a_group, "are not the published ones"),
    (_leaf(1, size=8), "are not the published ones"),
    (_leaf(1, key="A" * 342), "are not the published ones"),
    (_group(1, name="Elsewhere"), "published under another name"),
    (_group(1, people=1), "smaller than the rules allow"),
    (_group(1, parent=None), "does not fit together"),
    (_group(1, issued=99), "more stamps were given"),
    (_group(1, issued=0), "more answers than stamps"),
    (_group(1, issued=-1), "does not fit together"),
    (lambda about: about.update(groups=[]), "does not fit together"),
    (lambda about: about.pop("previous"), "does not fit together"),
]


def test_a_file_that_is_not_what_was_promised_is_not_opened(waiting, laptop):
    _, box = waiting
    for change, told in TAMPERED:
        with pytest.raises(RefusedError) as refusal:
            laptop.count(repacked(box, laptop, change))
        assert told in str(refusal.value), told
        assert "the key is kept" in str(refusal.value)
    with pytest.raises(RefusedError, match="not the one you gave"):
        laptop.count(box, fingerprint="0123-4567-89AB-CDEF")
    laptop.answers = ["no"]
    with pytest.raises(RefusedError, match="Stopped on request"):
        laptop.count(box, sure=False)
    assert not (laptop.folder / "result").exists()
    assert laptop.pair  # it can still count the right one


def test_what_the_trustee_reads_before_it_counts(waiting, database, laptop):
    name, box = waiting
    laptop.answers = ["yes"]
    laptop.said.clear()

    laptop.count(box, sure=False)

    told = "\n".join(laptop.said)
    survey = survey_of(database, name)
    print_ = "-".join(survey.fingerprint[at : at + 4] for at in range(0, 16, 4))
    assert f"Fingerprint: {print_}" in told
    assert "Acme/North: 6 of 6 people" in told
    assert "Counted. The key is destroyed" in told
    assert "destroy the printed key" in told


def _changed(outcome, **facts):
    survey = replace(outcome.snapshot.survey, **facts)
    return replace(outcome, snapshot=replace(outcome.snapshot, survey=survey))


def _with_groups(outcome, number, **changes):
    groups = list(outcome.snapshot.groups)
    groups[number] = replace(groups[number], **changes)
    return replace(outcome, snapshot=replace(outcome.snapshot, groups=tuple(groups)))


def _said(outcome, **changes):
    usual = CountedComment("acme", "comment", "Fine.", bytes(32))
    return replace(outcome, comments=[replace(usual, **changes)])


WRONG = [
    (lambda o: _changed(o, title="Summer"), "not the pinned ones"),
    (lambda o: _changed(o, closed="2026-03-17"), "not the pinned ones"),
    (lambda o: _changed(o, previous="winter"), "not the pinned ones"),
    (lambda o: _changed(o, leader_theme="agreed"), "not the pinned ones"),
    (lambda o: _changed(o, k=6), "of another survey"),
    (lambda o: _changed(o, id="autumn"), "of another survey"),
    (lambda o: _with_groups(o, 1, name="Elsewhere"), "groups are not the pinned ones"),
    (lambda o: _with_groups(o, 1, invited=60), "groups are not the pinned ones"),
    (lambda o: _with_groups(o, 1, responses=5), "independent audit objects"),
    (lambda o: replace(o, rows="0" * 64), "not of exactly the answers that lie here"),
    (lambda o: replace(o, counted=o.counted[1:]), "list of counted answers"),
    (lambda o: replace(o, counted=o.counted[::-1]), "list of counted answers"),
    (
        lambda o: replace(o, counted=[bytes([n]) * 32 for n in range(len(o.counted))]),
        "list of counted",
    ),
    (lambda o: _said(o, group="acme-north"), "a comment stands where none can"),
    (lambda o: _said(o, question="weather"), "a comment stands where none can"),
    (lambda o: _said(o, body="a\u202eb"), "a comment stands where none can"),
]


def test_a_result_that_does_not_fit_is_refused_and_the_right_one_still_taken(
    waiting, database, settings, laptop, tmp_path
):
    name, box = waiting
    outcome = laptop.outcome(box)
    right = laptop.sign(outcome)
    stranger = Laptop(tmp_path / "stranger")
    stranger.keygen()
    fewer = laptop.outcome(repacked(box, laptop, lambda _about: None, drop=1))
    unfit = [(laptop.sign(change(outcome)), told) for change, told in WRONG]
    unfit += [
        (stranger.sign(outcome), "not signed with the key"),
        (right[:200] + b"\0" + right[201:], "was not taken"),
        (right[:-1], "damaged"),
        (b"", "damaged"),
        (laptop.sign(fewer), "not of exactly the answers that lie here"),
    ]
    for body, told in unfit:
        with pytest.raises(RefusedError) as refusal:
            accept(database, settings, name, body)
        assert told in str(refusal.value), (told, str(refusal.value))
        assert "Nothing was stored" in str(refusal.value)
    assert survey_of(database, name).state is State.AWAITING_TRUSTEE

    accept(database, settings, name, right)

    assert survey_of(database, name).state is State.COUNTED
