"""The audit of what statistics found, on snapshots in which one thing is wrong. Also: the code that decides, with a rule off."""

from dataclasses import dataclass, replace

import pytest

from teamhealth.cells.findings import Alike, Drivers, Reliability, Response
from teamhealth.cells.model import Change, Compared, Range
from teamhealth.errors import AuditFailedError
from teamhealth.results import changing
from teamhealth.results.auditing import audit_snapshot
from teamhealth.stats import response
from tests.rooms.results.makers import (
    SITE,
    charter,
    decided,
    instrument,
    leaning,
    seeded,
    survey,
)

PEOPLE = [14] * 10 + [8, 8, 30]


@pytest.fixture(scope="module")
def sound():
    given, fixed = charter(
        [-1, *[0] * len(PEOPLE)], [0, *PEOPLE], asked=instrument(attributes=(SITE,))
    )
    form, sheets = survey(given, fixed, seeded(1), rate=1, draw=leaning)
    sheets[12] = sheets[12][:3]  # hidden
    snapshot = decided(given, form, sheets)[0]
    assert audit_snapshot(snapshot) == []
    assert snapshot.group("g12").responses is None
    assert not snapshot.group("g11").themes["safety"].full
    assert snapshot.drivers
    return snapshot


def _group(snapshot, name, **other):
    groups = tuple(replace(g, **other) if g.id == name else g for g in snapshot.groups)
    return replace(snapshot, groups=groups)


def _theme(snapshot, name, **other):
    group = snapshot.group(name)
    cell = replace(group.themes["safety"], **other)
    return _group(snapshot, name, themes={**group.themes, "safety": cell})


def _facts(snapshot, **other):
    first, *rest = snapshot.themes
    return replace(snapshot, themes=(replace(first, **other), *rest))


def _people_of_words(snapshot):
    group = snapshot.group("g11")
    cell = replace(group.items["s1"], people=(3, 7))
    return _group(snapshot, "g11", items={**group.items, "s1": cell})


def _range_of_few_scores(snapshot):
    cell = replace(snapshot.group("g1").enps, interval=Range(-20, 40))
    assert sum(cell.counts) < 20
    return _group(snapshot, "g1", enps=cell)


def _class_says(snapshot, **other):
    first, *rest = snapshot.cross_cuts["site"]
    cell = replace(first.themes["safety"], **other)
    first = replace(first, themes={**first.themes, "safety": cell})
    return replace(snapshot, cross_cuts={"site": (first, *rest)})


def _driver(snapshot, **other):
    first, *rest = snapshot.drivers.themes
    return replace(
        snapshot, drivers=replace(snapshot.drivers, themes=(replace(first, **other), *rest))
    )


ALIKE = Alike("agree", 0.9, 0.8, 0.4, 0.1, divided=False)

WRONG = {
    "agreement in words": lambda s: _theme(s, "g11", agreement=ALIKE),
    "a range of people in words": _people_of_words,
    "a range of few scores": _range_of_few_scores,
    "a hidden group that tells its response": lambda s: _group(s, "g12", response=Response.TOO_SILENT),
    "another band": lambda s: _group(s, "g1", response=Response.TOO_SILENT),
    "a whisker of more than one decimal": lambda s: _theme(s, "g11", silent=3.14),
    "three decimals of reliability": lambda s: _facts(s, reliability=replace(s.themes[0].reliability, value=0.123)),
    "three decimals of how groups differ": lambda s: _facts(s, icc1=0.123),
    "three decimals of a correlation": lambda s: _facts(s, correlation=0.123),
    "three decimals of an outcome": lambda s: replace(s, drivers=replace(s.drivers, r2=0.123)),
    "three decimals of a share": lambda s: _driver(s, share=0.123),
    "agreement of a class": lambda s: _class_says(s, agreement=ALIKE),
    "a change of a class": lambda s: _class_says(s, change=Change.UNCLEAR),
    "a comparison of a class": lambda s: _class_says(s, compared=Compared.USUAL),
    "a whisker of a class": lambda s: _class_says(s, silent=3.1),
}  # fmt: skip


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
def test_the_audit_objects_to(sound, wrong):
    assert audit_snapshot(wrong(sound)) != []


def test_an_error_in_words_may_follow_from_numbers_of_people_only():
    given, fixed = charter([-1, *[0] * 6], [0, *[8] * 6])
    snapshot = decided(given, *survey(given, fixed, seeded(1), rate=1))[0]
    assert audit_snapshot(snapshot) == []

    faults = audit_snapshot(_theme(snapshot, "g2", error=0.2001))

    assert [fault for fault in faults if "an error of its own" in fault]


@dataclass(frozen=True, slots=True)
class WithPeople(Reliability):
    n: int = 0


@dataclass(frozen=True, slots=True)
class OfPeople(Drivers):
    complete: int = 0


def test_no_number_of_people_may_come_with_what_is_told_of_the_whole(sound):
    told = sound.themes[0].reliability
    behind = WithPeople(told.value, told.by, told.band, told.turned, n=137)
    found = sound.drivers
    complete = OfPeople(found.outcome, found.r2, found.early, found.themes, complete=131)

    for wrong in (_facts(sound, reliability=behind), replace(sound, drivers=complete)):
        (fault,) = audit_snapshot(wrong)
        assert "of the whole organisation" in fault


def _twice(answered):
    previous = None
    for at in (1, 2):
        given, fixed = charter([-1, *[0] * 7], [0, *[20] * 7], previous=previous)
        form, sheets = survey(given, fixed, seeded(at), rate=1, skip=0)
        previous = decided(
            given, form, {v: some[: answered[v - 1]] for v, some in sheets.items()}
        )[0]
    return previous


SILENT = [20, 20, 20, 20, 20, 10, 7]


def test_a_change_though_half_kept_silent_is_seen(monkeypatch):
    assert audit_snapshot(_twice(SILENT)) == []
    monkeypatch.setattr(changing, "_HEARD", set(Response))

    with pytest.raises(AuditFailedError, match="found 5 faults"):
        _twice(SILENT)


def test_bands_that_are_too_kind_are_seen(monkeypatch):
    monkeypatch.setattr(response, "band", lambda *_: "normal")

    with pytest.raises(AuditFailedError):
        _twice(SILENT)
