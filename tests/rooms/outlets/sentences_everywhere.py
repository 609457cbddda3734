"""Sentences that several kinds of printed pages say: each with what must hold for it.

A sentence that is not here, nor among those of its page, is not known, and a page that says it
fails. In patterns ORG, GROUP, TITLE, PREV, CLOSED and OPENED stand for this survey's own names
and days.
"""

from teamhealth.cells.audience import LEADER_THEME
from tests.rooms.outlets.reading_sentences import is_so
from tests.rooms.outlets.told import near, silent

_SEALED = r"Answers lay sealed until the survey closed\. They were opened together, shuffled, counted and destroyed\."
_COUNTS = {"One": 1, "Two": 2, "Three": 3}


def heard(t, m):
    """See that so many of so many asked are in the figures."""
    assert (int(m["n"]), int(m["asked"])) == (t.group.responses, t.group.invited)


def _response(*names):
    return lambda t, _m: is_so(t.group.response in names)


def _asked(t, m):
    assert int(m["s"]) == sum(len(one.items) for one in t.seen.themes)


def _k(t, m):
    assert int(m["k"]) == t.seen.survey.k


def margin(t, m):
    """See that a number is the middle one of the themes' half ranges."""
    halves = sorted(
        (c.interval.high - c.interval.low) / 2 for c in t.other_cells() if c.interval
    )
    middle = len(halves) // 2
    near(m["n"], (halves[middle] + halves[-1 - middle]) / 2)


def balance(t, m):
    """See that two ends are those of the balance of recommendations."""
    near(m["low"], t.group.enps.interval.low, 0)
    near(m["high"], t.group.enps.interval.high, 0)


def _hollow(t, _m):
    assert any(
        silent(t.cell(x)) for x in t.general if t.cell(x) and t.themes[x].id != LEADER_THEME
    )


def silence(t, _m):
    """See that silence moves the lower end of some theme."""
    assert any(map(silent, t.cells()))


COMMON = [
    (r"For GROUP\. Not for ranking, pay or rating\.", None),
    (r"For GROUP, to keep, to copy and to write on\.", None),
    (r"GROUP – team health, TITLE", None),
    (r"GROUP – slides for the team, TITLE", None),
    (r"GROUP – what came out of TITLE", None),
    (r"GROUP – a talk without numbers, TITLE", None),
    (r"(?P<n>\d+) of (?P<asked>\d+)(?! people)", heard),
    (r"people are in these figures\. It is nobody’s business who\.", None),
    (r"people are in these figures\. Some voices are missing\.", _response("some_silent")),
    (r"Some voices are missing\.", _response("some_silent")),
    (r"About half the group is silent here: a conversation starter, no more\.", _response("half_silent")),
    (r"Fewer than four in ten are heard here: these are the voices of those who are, not of the group\.", _response("too_silent")),
    (r"(?P<n>\d+) themes?", lambda t, m: is_so(int(m["n"]) == len(t.seen.themes))),
    (r"with (?P<s>\d+) statements?, closed on CLOSED", _asked),
    (r"(?P<s>\d+) statements, closed on CLOSED", _asked),
    (r"± (?P<n>\d\.\d) points", margin),
    (r"is how far a typical theme may be off, on a scale of 1 to 5", lambda t, _m: is_so(t.has_interval())),
    (rf"{_SEALED}(?: There is no table of answers\.)?", None),
    (r"Every figure covers at least (?P<k>\d+) people(?:, also when figures are subtracted from each other)?\.", _k),
    (r"A team that is too small is counted in the group above\.", None),
    (r"In each group counted at least two answers to a statement stand as not unfavourable, so that “everybody disagreed” never shows\.", None),
    (r"No name, time, device or order is kept with the answers\.", None),
    (r"The figures do not tell who said what; please do not guess either\.", None),
    (r"From 1, disagree, to 5, agree\.", None),
    (r"The pale bar is where the true value likely lies; where bars overlap a good deal, read the values as about the same\.", None),
    (r"Grey: most groups of ORG\.", lambda t, _m: is_so(any(c.usual for c in t.cells()))),
    (r"Hollow: where the bar would begin, had the missing scored half a point lower\.", _hollow),
    (r"(?:value )?where the true value likely lies \(95 %\)", None),
    (r"silence \(in brackets\)", silence),
    (r"most groups of ORG", lambda t, _m: is_so(any(c.usual for c in t.group.themes.values()))),
    (r"(?:very unfavourable unfavourable neither favourable very favourable)", None),
    (r"Blue dot|Pale blue bar|Hollow bar|Grey field", None),
    (r"Colour of (?:very )?(?:un)?favourable|Colour of neither", None),
    (r"Rules for everybody", None),
]  # fmt: skip


TALK = [
    (r"(?P<n>One|Two|Three) statements? to talk about", lambda t, m: is_so(_COUNTS[m["n"]] == t.points)),
]  # fmt: skip
