"""The sentences of page one, most of them of single themes: each with what must hold for it.

A sentence that is not here is not known, and a page that says it fails.
"""

from statistics import median

from teamhealth.cells.audience import LEADER_THEME
from teamhealth.cells.model import Change, Compared
from tests.rooms.outlets.named_themes import (
    DOWN,
    UP,
    divided,
    high,
    low,
    to_care_for,
    to_keep,
    torn,
)
from tests.rooms.outlets.reading_sentences import is_so

NUMBER = r"\d\.\d"


def _none_high(g, *, others, compared):
    left = [c for c in g.cells.values() if not (others and (torn(c) or divided(c)))]
    assert not any(high(c) or (compared and c.compared is Compared.HIGHER) for c in left)
    _left_out(g, others, any(torn(c) or divided(c) for c in g.cells.values()))


def _none_low(g, *, others, compared):
    left = [c for c in g.cells.values() if not (others and torn(c))]
    assert not any(low(c) or (compared and c.compared is Compared.LOWER) for c in left)
    _left_out(g, others, any(torn(c) for c in g.cells.values()))


def _left_out(g, others, some):
    assert not others or some or g.apart or g.agreed


def _every(g, rule):
    assert not any(rule(cell) for cell in g.cells.values())


def _value(g, m):
    told = [float(m[name]) for name in ("mean", "low", "high")]
    cells = [cell for cell in g.cells.values() if cell.interval]
    means = [c.mean if c.full else min(c.mean, 4.8) for c in cells]
    found = [
        (mean, c.interval.low, c.interval.high) for mean, c in zip(means, cells, strict=True)
    ]
    assert any(all(abs(a - b) < 0.051 for a, b in zip(told, one, strict=True)) for one in found)


def _margin(g, m):
    halves = [(c.interval.high - c.interval.low) / 2 for c in g.general.values() if c.interval]
    assert abs(float(m["margin"]) - median(halves)) < 0.051
    assert abs(float(m["one"]) - 2 / g.group.responses) < 0.051


def _silent(g, number):
    assert g.group.invited - g.group.responses == number


def _responses(*names):
    return lambda g, _m: is_so(g.group.response in names)


def _nothing(g, _m):
    assert not any(to_keep(c) or to_care_for(c) for c in g.cells.values())


def _moved(g, m, where):
    assert all(cell.change in where for cell in g.texts(m["t"]))
    named = {t for t, c in g.cells.items() if c.change in where}
    assert len(named) - 2 <= int(m["n"]) <= len(named)  # but those to keep and to care for


LEAD = [
    (r"(?P<t>.+?) looks strong\.", lambda g, m: is_so(all(to_keep(c) and high(c) for c in g.texts(m["t"])))),
    (r"(?P<t>.+?) is higher than is usual in (?P<o>.+?)\.", lambda g, m: is_so(all(to_keep(c) for c in g.texts(m["t"])))),
    (r"(?P<t>.+?) asks for care\.", lambda g, m: is_so(all(to_care_for(c) for c in g.texts(m["t"])))),
    (r"Nothing clearly asks for care\.", lambda g, _m: _every(g, to_care_for)),
    (r"Nothing else stands out clearly\.", lambda g, _m: _every(g, to_keep)),
    (r"No theme stands out clearly\. Talk about the whole picture\.", _nothing),
    (r"No theme is singled out: each .*? whole picture\.", lambda g, _m: is_so(not g.general)),
    (r"Too few answered the same statement for a result about any theme\.", lambda g, _m: is_so(not g.general)),
    (r"Likely higher than in .+?: (?P<t>.+?)\.", lambda g, m: is_so(all(c.change in UP for c in g.texts(m["t"])))),
    (r"Likely lower than in .+?: (?P<t>.+?)\.", lambda g, m: is_so(all(c.change in DOWN for c in g.texts(m["t"])))),
    (r"(?P<n>\d+) themes are likely higher than in .+?, among them (?P<t>.+?)\.", lambda g, m: _moved(g, m, UP)),
    (r"(?P<n>\d+) themes are likely lower than in .+?, among them (?P<t>.+?)\.", lambda g, m: _moved(g, m, DOWN)),
    (r"No theme has clearly changed since .+?\.",
     lambda g, _m: is_so({c.change for c in g.all.values()} - {None} == {Change.UNCLEAR})),
    (r"People in this group see (?P<t>.+?) very differently\.", lambda g, m: is_so(all(divided(c) for c in g.texts(m["t"])))),
    (r"People in this group see (?P<n>\d+) themes very differently, among them (?P<t>.+?)\.",
     lambda g, m: is_so(sum(map(divided, g.cells.values())) == int(m["n"]) and all(map(divided, g.texts(m["t"]))))),
    (r"Some voices are missing\.", _responses("some_silent")),
    (r"About half the group is silent here: a conversation starter, no more\.", _responses("half_silent")),
    (r"Fewer than four in ten are heard here: .*? not of the group\.(?: Among them:)?", _responses("too_silent")),
]  # fmt: skip


KEEP = [
    (r"One thing to keep Nothing stands out clearly", lambda g, _m: _every(g, to_keep)),
    (r"No theme is clearly high\.", lambda g, _m: _none_high(g, others=False, compared=False)),
    (r"No theme is clearly high or higher than usual\.", lambda g, _m: _none_high(g, others=False, compared=True)),
    (r"No other theme is clearly high\.", lambda g, _m: _none_high(g, others=True, compared=False)),
    (r"No other theme is clearly high or higher than usual\.", lambda g, _m: _none_high(g, others=True, compared=True)),
    (r"What the team values it will know itself: ask for it first\.", None),
    (r"Also to keep: (?P<t>.+?)\.", lambda g, m: is_so(all(to_keep(c) for c in g.texts(m["t"])))),
    (r"There are (?P<n>\d+) other themes to keep\.", lambda g, m: is_so(sum(map(to_keep, g.cells.values())) == int(m["n"]) + 1)),
]  # fmt: skip


CARE = [
    (r"One thing to care for Nothing stands out clearly", lambda g, _m: _every(g, to_care_for)),
    (r"No theme is clearly low\. That is an answer too\.", lambda g, _m: _none_low(g, others=False, compared=False)),
    (r"No theme is clearly low or lower than usual\. That is an answer too\.", lambda g, _m: _none_low(g, others=False, compared=True)),
    (r"No other theme is clearly low\. That is an answer too\.", lambda g, _m: _none_low(g, others=True, compared=False)),
    (r"No other theme is clearly low or lower than usual\. That is an answer too\.", lambda g, _m: _none_low(g, others=True, compared=True)),
    (r"There is no need to look for a fault\.", None),
    (r"Look at load, staffing and breaks first; habits come second\.", lambda g, _m: is_so(to_care_for(g.cells["focus_recovery"]))),
    (r"Also to care for: (?P<t>.+?)\.", lambda g, m: is_so(all(to_care_for(c) for c in g.texts(m["t"])))),
    (r"There are (?P<n>\d+) other themes to care for\.", lambda g, m: is_so(sum(map(to_care_for, g.cells.values())) == int(m["n"]) + 1)),
]  # fmt: skip


EITHER = [
    (r"No theme has a value of its own here, so none is named\.", lambda g, _m: is_so(not g.general)),
    (r"The signs for (?P<t>.+?) point both up and down, so (?:it is|they are) not named\.", lambda g, m: is_so(all(torn(c) for c in g.texts(m["t"])))),
    (rf"About (?P<mean>{NUMBER}) of 5; the true value likely lies between (?P<low>{NUMBER}) and (?P<high>{NUMBER})\.", _value),
    (rf"(?P<mean>{NUMBER}) or higher of 5; the true value likely lies between (?P<low>{NUMBER}) and (?P<high>{NUMBER})\.", _value),
    (rf"About {NUMBER} of 5\.", None),
    (r"People in this group see this very differently\. The mean, [≥ ]*\d\.\d, stands for few of them\.", lambda g, _m: is_so(any(map(divided, g.cells.values())))),
]  # fmt: skip


SIGNS = [
    (r"It is high on the scale\.", high),
    (r"It is low on the scale\.", low),
    (r"It is higher than is usual in .+?\.", lambda c: c.compared is Compared.HIGHER),
    (r"It is lower than is usual in .+?\.", lambda c: c.compared is Compared.LOWER),
    (r"It is very likely higher than in .+?\.", lambda c: c.change is Change.VERY_LIKELY_HIGHER),
    (r"It is likely higher than in .+?\.", lambda c: c.change is Change.LIKELY_HIGHER),
    (r"It is likely lower than in .+?\.", lambda c: c.change is Change.LIKELY_LOWER),
    (r"It is very likely lower than in .+?\.", lambda c: c.change is Change.VERY_LIKELY_LOWER),
]  # fmt: skip


SURE = [
    (r"How sure this is", None),
    (r"All (\d+) who were asked are in these figures\.", lambda g, _m: _silent(g, 0)),
    (r"One of the (\d+) who were asked is not in these figures\.", lambda g, _m: _silent(g, 1)),
    (r"(?P<n>\d+) of the (\d+) who were asked are not in these figures\.", lambda g, m: _silent(g, int(m["n"]))),
    (r"Not answering is everybody’s right; .*? to protect anonymity\.", None),
    (rf"A typical theme may be off by about (?P<margin>{NUMBER}) up or down\. If one person .*? by about (?P<one>{NUMBER})\.", _margin),
    (r"There is no survey before this one to compare with\.", lambda g, _m: is_so(g.seen.survey.previous is None)),
    (r"With so few answers only a change of about half a point or more can be told\.", lambda g, _m: is_so(any(c.change for c in g.all.values()))),
    (r"No change since the survey before is told here\.", lambda g, _m: is_so(not any(c.change for c in g.general.values()))),
    (r"(?:About half|Fewer than four).*?(?:no more|not of the group)\.", _responses("half_silent", "too_silent")),
    (r"No change since .+? is told\.", _responses("half_silent")),
    (r"No change and no comparison is told\.", _responses("too_silent")),
    (r"No comparison is told\.", _responses("too_silent")),
    (r"(?P<t>.+?) (?:is|are) left out here: over all .*? make no one score\.", lambda g, m: is_so(g.named(m["t"]) == g.apart)),
    (r"(?P<t>.+?) is left out here: it is for support only\.", lambda g, m: is_so(g.agreed and g.named(m["t"]) == [LEADER_THEME])),
]  # fmt: skip
